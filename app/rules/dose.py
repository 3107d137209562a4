"""What a dose is, which doses each pattern of exercise allows, and how many seconds a dose takes.

Ranges after Garber 2011 (flexibility), ACSM 2009 (strength) and studies of slow breathing; the limits are editorial,
no clinician has reviewed them yet.
"""

from typing import Annotated, Any, NamedTuple

from pydantic import Field, computed_field, model_validator
from pydantic.config import JsonDict

from app.kit.models import FrozenModel
from app.rules.changeover_times import RELEASE_S, get_ready_s, switch_s
from app.rules.vocabulary import LoadGroup, Pattern, Position
from app.texts.loader import TextFile, load_texts
from app.texts.templates import Fields, Template

MIN_TEMPO_S = 2
"""Least seconds of one repetition."""


class DoseLineTexts(TextFile):
    """A dose in words."""

    file_name = "doses.yaml"
    breaths: Annotated[Template, Fields("breaths")]
    sets_of_breaths: Annotated[Template, Fields("sets", "breaths")]
    hold: Annotated[Template, Fields("sets", "hold_s")]
    holds: Annotated[Template, Fields("sets", "reps", "hold_s")]
    repetitions: Annotated[Template, Fields("sets", "reps")]
    with_hold: Annotated[Template, Fields("dose", "hold_s")]
    each_side: Annotated[Template, Fields("dose")]


class Tempo(FrozenModel):
    """Seconds of one repetition or breath: out (or in), pause, back (or out)."""

    out_s: int = Field(ge=0, le=20, description="Seconds of the way out; of the breath in, for breathing.")
    hold_s: int = Field(ge=0, le=20, description="Seconds of pause at the end of the way out.")
    back_s: int = Field(ge=0, le=20, description="Seconds of the way back; of the breath out, for breathing.")

    @property
    def total_s(self) -> int:
        """Seconds of the whole repetition or breath."""
        return self.out_s + self.hold_s + self.back_s


def _mark_as_plain(schema: JsonDict) -> None:
    """Take `readOnly` away: generators of clients would make a second type of every answer with a dose, to send it."""
    schema.pop("readOnly", None)


class Dose(FrozenModel):
    """How much of an exercise: null where a number has no meaning for the pattern."""

    sets: int = Field(ge=1, le=6, description="Sets; on each side where `per_side` is true.")
    reps: int | None = Field(ge=1, le=30, description="Repetitions of a set; holds, for isometric work.")
    hold_s: int | None = Field(ge=1, le=120, description="Seconds of one hold.")
    breaths: int | None = Field(ge=1, le=60, description="Breaths of a set; for breathing only.")
    tempo: Tempo | None = Field(description="Pace of one repetition or breath.")
    rest_s: int = Field(ge=0, le=300, description="Seconds of rest between sets.")
    per_side: bool = Field(description="True where left and right each do all of it.")

    @computed_field(  # type: ignore[prop-decorator]
        description="The dose in one line, such as `2 x 8, hold 3 s, each side`.",
        json_schema_extra=_mark_as_plain,
    )
    @property
    def text(self) -> str:
        """The dose in one line, such as `2 x 8, hold 3 s, each side`."""
        return _describe_dose(self)

    @model_validator(mode="before")
    @classmethod
    def _leave_out_text(cls, data: Any) -> Any:
        """Return the fields without the text: it follows from them, and a stored dose has it as well."""
        return {name: data[name] for name in data if name != "text"} if isinstance(data, dict) else data


class DoseRange(NamedTuple):
    """The lowest and highest of each amount that a pattern allows. None: the amount has no meaning."""

    sets: tuple[int, int]
    reps: tuple[int, int] | None
    hold_s: tuple[int, int] | None
    breaths: tuple[int, int] | None
    rest_s: tuple[int, int]
    tempo: bool
    """Whether a dose has a tempo."""
    max_holds: int | None = None
    """Highest number of holds in all sets together."""


DOSE_RANGES: dict[Pattern, DoseRange] = {
    "dynamic": DoseRange((1, 3), (3, 12), None, None, (0, 30), True),
    "static_hold": DoseRange((1, 3), None, (15, 60), None, (0, 60), False),
    "isometric": DoseRange((1, 3), (1, 10), (5, 30), None, (0, 60), False, max_holds=10),
    "strength": DoseRange((1, 4), (8, 15), None, None, (30, 120), True),
    "breathing": DoseRange((1, 1), None, None, (6, 24), (0, 0), True),
}
"""The range of each pattern. Amounts in repetitions, breaths and seconds."""
HANGING_STRENGTH_RANGE = DoseRange((1, 3), (3, 8), None, None, (90, 180), True)
"""Pulling the weight of the body on a bar: fewer repetitions, longer rests."""


def select_dose_range(pattern: Pattern, load_group: LoadGroup) -> DoseRange:
    """Return the range of an exercise. Strength work on a bar has its own."""
    return HANGING_STRENGTH_RANGE if pattern == "strength" and load_group == "grip" else DOSE_RANGES[pattern]


def find_dose_errors(dose: Dose, pattern: Pattern, load_group: LoadGroup) -> list[str]:
    """Return a sentence for everything that takes `dose` out of its range; an empty list where it is within it."""
    allowed = select_dose_range(pattern, load_group)
    errors: list[str] = []
    for name in ("sets", "reps", "breaths", "rest_s"):
        errors += _find_range_errors(name, getattr(dose, name), getattr(allowed, name), pattern)
    errors += _find_tempo_errors(dose, allowed, pattern)
    if dose.tempo is None:
        errors += _find_range_errors("hold_s", dose.hold_s, allowed.hold_s, pattern)
    if allowed.max_holds and dose.reps and dose.sets * dose.reps > allowed.max_holds:
        errors.append(f"{dose.sets} x {dose.reps} holds: at most {allowed.max_holds} in all")
    return errors


def _find_tempo_errors(dose: Dose, allowed: DoseRange, pattern: Pattern) -> list[str]:
    """Return what is wrong with the tempo, and with the hold that must repeat the pause of the tempo."""
    if dose.tempo is None:
        return [f"a {pattern} dose needs a tempo"] if allowed.tempo else []
    errors = [] if allowed.tempo else [f"a {pattern} dose has no tempo"]
    if dose.tempo.total_s < MIN_TEMPO_S:
        errors.append(f"a tempo of {dose.tempo.total_s} s is too fast: at least {MIN_TEMPO_S} s")
    # `hold_s` repeats the pause, so that a reader finds every hold there. The pause between breaths is no hold.
    if (dose.hold_s or 0) != (dose.tempo.hold_s if pattern in ("dynamic", "strength") else 0):
        errors.append("hold_s must be the middle of the tempo, null where that is 0")
    return errors


def _find_range_errors(name: str, value: int | None, allowed: tuple[int, int] | None, pattern: Pattern) -> list[str]:
    if allowed is None:
        return [] if value is None else [f"a {pattern} dose has no {name}"]
    lowest, highest = allowed
    if value is None:
        return [f"a {pattern} dose needs {name} ({lowest}-{highest})"]
    if not lowest <= value <= highest:
        return [f"{name} {value} is outside the {pattern} range ({lowest}-{highest})"]
    return []


def _describe_dose(dose: Dose) -> str:
    """Return a dose in one line: `2 x 8, hold 3 s, each side`."""
    texts = load_texts(DoseLineTexts)
    if dose.breaths is not None:
        template = texts.breaths if dose.sets == 1 else texts.sets_of_breaths
        text = template.fill(sets=dose.sets, breaths=dose.breaths)
    elif dose.tempo is None and (dose.reps or 1) == 1:
        text = texts.hold.fill(sets=dose.sets, hold_s=dose.hold_s)
    elif dose.tempo is None:
        text = texts.holds.fill(sets=dose.sets, reps=dose.reps, hold_s=dose.hold_s)
    else:
        text = texts.repetitions.fill(sets=dose.sets, reps=dose.reps)
        if dose.hold_s:
            text = texts.with_hold.fill(dose=text, hold_s=dose.hold_s)
    return texts.each_side.fill(dose=text) if dose.per_side else text


def set_work_s(dose: Dose) -> int:
    """Return the seconds of work of one set on one side."""
    if dose.breaths is not None and dose.tempo is not None:
        return dose.breaths * dose.tempo.total_s
    if dose.tempo is not None:
        return (dose.reps or 1) * dose.tempo.total_s
    hold_s = dose.hold_s or 0
    holds = dose.reps or 1
    # After the last hold of a set the muscles relax as well, but a single hold has no release of its own.
    return hold_s if holds == 1 else holds * (hold_s + RELEASE_S)


def total_work_s(dose: Dose) -> int:
    """Return the seconds of work of all sets and both sides, without rests and changes of side."""
    return dose.sets * set_work_s(dose) * (2 if dose.per_side else 1)


def credited_work_s(dose: Dose, pattern: Pattern, load_group: LoadGroup) -> int:
    """Return the seconds of a dose that count for its goals: its work, and the rests that it cannot be without.

    These are the rests between sets of strength work and of hanging. A heavy set is short and its rest is long, and the
    muscle recovers in it: counted by seconds under way, a pull on a bar would be worth a quarter of easy repetitions
    that take the same time.
    """
    rests_s = (dose.sets - 1) * dose.rest_s if pattern == "strength" or load_group == "grip" else 0
    return total_work_s(dose) + rests_s


def total_duration_s(dose: Dose, position: Position) -> int:
    """Return the seconds from taking the position to the end of the last set: the exercise's `est_duration_s`."""
    switches_s = dose.sets * switch_s(position) if dose.per_side else 0
    return get_ready_s(position) + total_work_s(dose) + switches_s + (dose.sets - 1) * dose.rest_s
