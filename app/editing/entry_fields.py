"""What a person writes for a record: the fields of a seed file, checked one by one."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError

from app.changes.record_kind import RecordKind
from app.kit.models import StrictModel
from app.kit.plain_text import NO_PLAIN_LINE, is_plain_line
from app.rules import vocabulary as words
from app.rules.dose import Dose, Tempo
from app.rules.equipment import EquipmentGroup
from app.rules.muscles import Muscle
from app.rules.strains import Strain, StrainDegree
from app.schemas.exercise import Evidence, ExerciseSlug, Mistake, Platform, Provenance, Slug
from app.schemas.guideline import GuidelineProvenance, Measure
from app.schemas.routine import RoutineProvenance

Text = Annotated[str, StringConstraints(min_length=2, max_length=700, pattern=r"^\S(.*\S)?$")]
SideText = Annotated[str, StringConstraints(min_length=4, max_length=90, pattern=r"^\S(.*\S)?$")]
CueText = Annotated[str, StringConstraints(min_length=4, max_length=90)]
Year = Annotated[int, Field(ge=1800)]


class Entry(StrictModel):
    """Base of what a person writes."""

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        schema = handler(core_schema)
        handler.resolve_ref_schema(schema)["additionalProperties"] = False  # a misspelt name is found while writing
        return schema


class SluggedEntry(Entry):
    """A record with a permanent slug. Slugs that it had before redirect to it."""

    slug: ExerciseSlug
    formerly: list[ExerciseSlug] = Field(default_factory=list, description="Slugs that this record had before.")

    @model_validator(mode="before")
    @classmethod
    def check_plain_texts(cls, content: Any) -> Any:
        """Return what was written. Raises `ValidationError` with the place of each text that is no plain line.

        Of all texts, wherever they stand: pictures and tables of databases cannot hold every control character.
        """
        error = PydanticCustomError("plain_line", NO_PLAIN_LINE)
        faults = [
            InitErrorDetails(type=error, loc=place, input=text)
            for place, text in _list_texts(content)
            if not is_plain_line(text)
        ]
        if faults:
            raise ValidationError.from_exception_data(cls.__name__, faults)
        return content


def _list_texts(value: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every text in a value of JSON, with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _list_texts(item, (*place, str(name)))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _list_texts(item, (*place, number))


class DoseEntry(Entry):
    """A dose. Fields without meaning for the pattern are left out; `per_side` follows from `unilateral`."""

    sets: int = Field(ge=1, le=6)
    reps: int | None = Field(default=None, ge=1, le=30)
    hold_s: int | None = Field(default=None, ge=1, le=120)
    breaths: int | None = Field(default=None, ge=1, le=60)
    tempo: Tempo | None = None
    rest_s: int = Field(ge=0, le=300)


class CueEntry(Entry):
    """A cue. Where its words ask for a strain, it is not spoken to people who take care with that strain."""

    text: CueText
    strain: Strain | None = None


def _expand_cue(value: Any) -> Any:
    """Return a cue that is written as plain text with its fields."""
    return {"text": value} if isinstance(value, str) else value


WrittenCue = Annotated[CueEntry, BeforeValidator(_expand_cue, json_schema_input_type=str | CueEntry)]
"""A cue, or its text alone."""


class MusclesEntry(Entry):
    """The muscles of an exercise by their role; a role that none has is left out."""

    primary: list[Muscle] = Field(default_factory=list, max_length=4)
    secondary: list[Muscle] = Field(default_factory=list, max_length=6)
    stretched: list[Muscle] = Field(default_factory=list, max_length=6)
    massaged: list[Muscle] = Field(default_factory=list, max_length=6)


class SidesEntry(Entry):
    """What the sides of a one-sided exercise are, in the words of the left side."""

    start: SideText | None = Field(default=None, description="How to get ready, where the side decides it.")
    work: SideText = Field(description="Which part of the body works, and how.")
    trains_other_side: bool = Field(default=False, description="A side trains the other one.")


class ExerciseEntry(SluggedEntry):
    """An exercise. Contraindications, easier links and the duration are derived, never written."""

    name: Text
    aliases: list[Text]
    summary: Text
    category: words.Category
    goals: dict[words.Goal, Annotated[int, Field(ge=1, le=3)]] = Field(min_length=1)
    suits: list[words.Occasion]
    movements: list[words.Movement]
    pattern: words.Pattern
    phases: list[words.Phase] = Field(min_length=1)
    position: words.Position
    equipment: list[EquipmentGroup]
    level: int = Field(ge=1, le=5)
    unilateral: bool
    sides: SidesEntry | None = Field(default=None, description="Where `unilateral`: what is said of each side.")
    dose: DoseEntry
    load_group: words.LoadGroup
    regions: list[words.Region] = Field(min_length=1)
    muscles: MusclesEntry
    strains: dict[Strain, StrainDegree]
    family: Slug
    harder: list[ExerciseSlug]
    easier: list[ExerciseSlug] | None = Field(default=None, description="Where given, the mirror of `harder`.")
    steps: list[Text] = Field(min_length=3, max_length=8)
    cues: list[WrittenCue] = Field(min_length=2, max_length=4)
    mistakes: list[Mistake] = Field(min_length=1, max_length=3)
    breathing: Text
    evidence: list[Evidence]
    provenance: Provenance
    platform: Platform
    reviewed_by: str | None

    @property
    def full_dose(self) -> Dose:
        """The dose with its sides."""
        return Dose(**self.dose.model_dump(), per_side=self.unilateral)


class GuidelineEntry(SluggedEntry):
    """A guideline."""

    topic: words.Topic
    title: Text
    rule: Text
    why: Text
    how_to_check: Text
    measures: list[Measure]
    applies_to: list[words.AppliesTo]
    goals: list[words.Goal]
    exercises: list[Slug]
    evidence: list[Evidence]
    provenance: GuidelineProvenance


class ReferenceEntry(SluggedEntry):
    """A source of exercises, guidelines or figures."""

    authors: str | None
    title: Text
    year: Year | None
    year_printed: Year | None
    container: str | None
    doi: Annotated[str, StringConstraints(pattern=r"^10\.\S+$")] | None
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None
    kind: words.ReferenceKind
    certainty: words.Certainty
    note: Text


class RoutineEntry(SluggedEntry):
    """A routine. Its recipe is a session request, from which its session is built."""

    name: Text
    summary: Text
    audience: Text
    when_to_use: Text
    suits: list[words.Occasion]
    recipe: dict[str, Any]
    provenance: RoutineProvenance


class SynonymEntry(Entry):
    """A term that people use, and the terms of the vocabulary and the records that it stands for."""

    term: Text
    kind: str
    maps_to: list[str]
    exercises: list[Slug]
    guidelines: list[Slug]
    routines: list[Slug]
    note: str | None


SYNONYM = "synonym"
"""The kind of seed records that are no records of the catalogue: they only serve the search."""
ENTRY_BY_KIND: dict[str, type[Entry]] = {
    RecordKind.EXERCISE: ExerciseEntry,
    RecordKind.GUIDELINE: GuidelineEntry,
    RecordKind.REFERENCE: ReferenceEntry,
    RecordKind.ROUTINE: RoutineEntry,
    SYNONYM: SynonymEntry,
}
