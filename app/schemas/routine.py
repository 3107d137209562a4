"""The public JSON shape of a routine: a recipe and the session built from it."""

from pydantic import Field

from app.kit.models import FrozenModel
from app.kit.timestamps import Timestamp
from app.rules.notices import License
from app.rules.vocabulary import ContentSource, Goal, Occasion
from app.schemas.exercise import Slug
from app.schemas.session import Session
from app.schemas.session_recipe import SessionRecipe


class RoutineProvenance(FrozenModel):
    """Where a routine comes from."""

    source: ContentSource
    notes: tuple[str, ...]


class Routine(FrozenModel):
    """A routine: a recipe, and the session built from it, ready to play."""

    slug: Slug
    name: str
    summary: str
    audience: str
    when_to_use: str
    goals: tuple[Goal, ...]
    suits: tuple[Occasion, ...]
    recipe: SessionRecipe = Field(
        description="What its session was asked to be: send it to `POST /v1/sessions`, as it is or changed."
    )
    session: Session = Field(description="The built session with the exercise records: a player needs nothing else.")
    provenance: RoutineProvenance
    license: License
    updated_at: Timestamp
    serial: int = Field(description="The catalogue serial of its last change.")
