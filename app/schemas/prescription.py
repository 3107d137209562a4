"""A prescription: an exact list of exercises with their doses. Strict, as every request."""

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field
from typing_extensions import TypeAliasType

from app.kit.models import RequestModel
from app.kit.plain_text import is_plain_line
from app.rules.vocabulary import AgeBand, BodySide
from app.schemas.exercise import ExerciseSlug
from app.schemas.session_request import Conditions

MAX_ITEMS: Final = 20
MAX_NOTE_LETTERS: Final = 200
ItemOrder = TypeAliasType(
    "ItemOrder",
    Annotated[
        Literal["given", "best"],
        Field(description="How the exercises of a prescription are ordered: as they are listed, or by the service."),
    ],
)


def check_note(note: str) -> str:
    """Return a note without spaces around it. Raises `ValueError` where it is empty or more than one line of text."""
    note = note.strip()
    if not note:
        raise ValueError("A note holds words; leave it out where there are none.")
    if not is_plain_line(note):
        raise ValueError("A note is one line of plain text, without line breaks and control characters.")
    return note


class PrescribedTempo(RequestModel):
    """Seconds of one repetition or breath."""

    out_s: int = Field(ge=0, le=20, description="Seconds of the way out; of the breath in.", examples=[2])
    hold_s: int = Field(default=0, ge=0, le=20, description="Seconds of pause at its end.", examples=[0])
    back_s: int = Field(ge=0, le=20, description="Seconds of the way back; of the breath out.", examples=[4])


class PrescribedDose(RequestModel):
    """How much of an exercise. What is left out is as in its record."""

    sets: int | None = Field(default=None, ge=1, le=6, description="Sets, on each side that works.", examples=[3])
    reps: int | None = Field(default=None, ge=1, le=30, description="Repetitions, or holds, of a set.", examples=[10])
    hold_s: int | None = Field(
        default=None,
        ge=1,
        le=120,
        description="Seconds of one hold. With a tempo it is the pause of each repetition, up to 20; beyond, `reps` "
        "holds of so many seconds replace the tempo.",
        examples=[30],
    )
    breaths: int | None = Field(default=None, ge=1, le=60, description="Breaths of a set.", examples=[8])
    tempo: PrescribedTempo | None = Field(default=None, description="Pace of one repetition or breath.")
    rest_s: int | None = Field(
        default=None, ge=0, le=300, description="Seconds of rest between sets, never less.", examples=[90]
    )


class PrescribedItem(RequestModel):
    """One exercise of a prescription."""

    slug: ExerciseSlug = Field(description="The exercise. The same one may come several times.", examples=["open-book"])
    dose: PrescribedDose | None = Field(default=None, description="How much; absent: as in its record.")
    side: BodySide | None = Field(
        default=None,
        description="The only side that works, as in the timeline; absent: a one-sided exercise does both.",
        examples=["left"],
    )
    note: Annotated[str, AfterValidator(check_note)] | None = Field(
        default=None,
        max_length=MAX_NOTE_LETTERS,
        description="One line of plain text, shown and spoken before the exercise. It is stored with the session, and "
        "whoever has the session reads it: nothing personal belongs there.",
        examples=["Elbow at your side."],
    )
    override_conditions: Conditions = Field(
        default=(),
        description="Stated conditions in spite of which it is prescribed; needs a key with the scope `prescribe`.",
        examples=[[]],
    )


class Prescription(RequestModel):
    """Exercises that somebody chose, with doses: they become a session as they are."""

    items: tuple[PrescribedItem, ...] = Field(
        min_length=1, max_length=MAX_ITEMS, strict=False, description="The exercises of a prescription, with doses."
    )
    order: ItemOrder = Field(default="given", description="The order of `items`.", examples=["given"])
    duration_s: int | None = Field(
        default=None,
        ge=30,
        le=3600,
        description="Seconds to fill by longer pauses; absent: as long as the doses take.",
        examples=[900],
    )
    age_band: AgeBand | None = Field(default=None, description="Forgotten afterwards.", examples=["40-64"])
    conditions: Conditions = Field(default=(), description="Forgotten afterwards.", examples=[["wrist_pain"]])
    intro: bool = Field(default=False, description="True where the steps are spoken before.", examples=[False])

    @property
    def is_personal(self) -> bool:
        """True where an age band or conditions are stated."""
        return self.age_band is not None or bool(self.conditions)

    @property
    def overrides_conditions(self) -> bool:
        """True where an exercise is prescribed in spite of a condition."""
        return any(item.override_conditions for item in self.items)
