"""The public JSON shapes of the catalogue's lists."""

from pydantic import Field

from app.kit.models import FrozenModel
from app.schemas.exercise import Exercise
from app.schemas.guideline import Guideline
from app.schemas.reference import Reference
from app.schemas.routine import Routine


class PageBase(FrozenModel):
    """What every page of a list has beside its items."""

    next_cursor: str | None = Field(description="Send it as `cursor` for the next page; null on the last.")
    total: int = Field(description="Records that match the filters, on all pages.")


class ExercisePage(PageBase):
    """A page of exercises."""

    items: tuple[Exercise, ...]


class GuidelinePage(PageBase):
    """A page of guidelines."""

    items: tuple[Guideline, ...]


class ReferencePage(PageBase):
    """A page of references."""

    items: tuple[Reference, ...]


class RoutinePage(PageBase):
    """A page of routines."""

    items: tuple[Routine, ...]
