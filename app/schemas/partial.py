"""Shapes of partial answers: each record kind with every field optional, its pages, and the names of its fields.

They are made from the whole shapes, so that no field can be forgotten.
"""

from typing import Annotated, Any, Literal, NamedTuple

from pydantic import MISSING, Field, create_model
from typing_extensions import TypeAliasType

from app.kit.models import FrozenModel
from app.schemas.exercise import Exercise
from app.schemas.guideline import Guideline
from app.schemas.page import PageBase
from app.schemas.reference import Reference
from app.schemas.routine import Routine


class PartialShapes(NamedTuple):
    """The shapes of partial answers of one record kind."""

    record: type[FrozenModel]
    """Such as `PartialExercise`: the same fields, each of which may be absent. What is not nullable stays so."""
    page: type[PageBase]
    """Such as `PartialExercisePage`."""
    field: Any
    """Such as `ExerciseField`: the closed list of the names of the fields."""


def make_partial(model: type[FrozenModel]) -> PartialShapes:
    """Return the partial shapes of a record kind."""
    name = model.__name__
    # MISSING and not None: a field that was not selected is absent, and null means what it means in the whole record.
    fields: dict[str, Any] = {
        field_name: (field.rebuild_annotation() | MISSING, Field(MISSING, description=field.description))
        for field_name, field in model.model_fields.items()
    }
    doc = f"The selected fields of `{name}`, in the order of the request; those that were not selected are absent."
    record = create_model(f"Partial{name}", __base__=FrozenModel, __doc__=doc, __module__=__name__, **fields)
    items: Any = (tuple[record, ...], Field())
    page = create_model(
        f"Partial{name}Page", __base__=PageBase, __doc__=f"A page of `Partial{name}`.", __module__=__name__, items=items
    )
    return PartialShapes(record, page, _list_fields(model))


def _list_fields(model: type[FrozenModel]) -> Any:
    """Return the closed list of the names of the fields of a model.

    In generated clients its members are in capitals. As it stands, the field `name` takes the place of the member
    `name` that every enum of Kotlin and Dart has, and the client does not compile.
    """
    names = tuple(model.model_fields)
    docs = Field(
        description=f"A field of `{model.__name__}`.",
        json_schema_extra={"x-enum-varnames": [name.upper() for name in names]},
    )
    return TypeAliasType(f"{model.__name__}Field", Annotated[Literal[names], docs])


PARTIAL_EXERCISE = make_partial(Exercise)
PARTIAL_GUIDELINE = make_partial(Guideline)
PARTIAL_REFERENCE = make_partial(Reference)
PARTIAL_ROUTINE = make_partial(Routine)
