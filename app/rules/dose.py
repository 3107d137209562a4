"""Doses: what one is, which ones each pattern allows, and the seconds that they take.

Figures: facts on flexibility (Garber 2011), strength (ACSM 2009) and slow breathing, as
ranges that a builder may choose from. All editorial until a clinician has read them.
"""

from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from app.rules.vocabulary import LoadGroup, Pattern

GET_READY_S = 5
"""Seconds to take the position before the first set."""
SWITCH_S = 5
"""Seconds to change sides; one change a set, the second set starts on the side that the first ended on."""
RELEASE_S = 2
"""Seconds of letting go between two holds of one isometric set."""


class Tempo(BaseModel):
    """Seconds of one repetition or breath: out (or in), pause, back (or out)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    out_s: int = Field(ge=0, le=20, description="Seconds of the way out; of the breath in, for breathing.")
    hold_s: int = Field(ge=0, le=20, description="Seconds of pause at the end of the way out.")
    back_s: int = Field(ge=0, le=20, description="Seconds of the way back; of the breath out, for breathing.")

    @property
    def total_s(self) -> int:
        return self.out_s + self.hold_s + self.back_s


class Dose(BaseModel):
    """How much of an exercise: null where a number has no meaning for the pattern."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sets: int = Field(ge=1, le=6, description="Sets; on each side where `per_side` is true.")
    reps: int | None = Field(ge=1, le=30, description="Repetitions of a set; holds, for isometric work.")
    hold_s: int | None = Field(ge=1, le=120, description="Seconds of one hold.")
    breaths: int | None = Field(ge=1, le=60, description="Breaths of a set; for breathing only.")
    tempo: Tempo | None = Field(description="Pace of one repetition or breath.")
    rest_s: int = Field(ge=0, le=300, description="Seconds of rest between sets.")
    per_side: bool = Field(description="True where left and right each do all of it.")


class Menu(NamedTuple):
    """What a pattern allows; each pair is lowest and highest, both included. `None`: not meant."""

    sets: tuple[int, int]
    reps: tuple[int, int] | None
    hold_s: tuple[int, int] | None
    breaths: tuple[int, int] | None
    rest_s: tuple[int, int]
    tempo: bool
    most_holds: int | None = None


MENUS: dict[Pattern, Menu] = {
    "dynamic": Menu((1, 2), (3, 12), None, None, (0, 30), True),
    "static_hold": Menu((1, 3), None, (15, 60), None, (0, 60), False),
    "isometric": Menu((1, 3), (1, 10), (5, 30), None, (0, 60), False, most_holds=10),
    "strength": Menu((1, 4), (8, 15), None, None, (30, 120), True),
    "breathing": Menu((1, 1), None, None, (6, 18), (0, 0), True),
}
HANGING_STRENGTH = Menu((1, 3), (3, 8), None, None, (90, 180), True)
"""Pulling the body's own weight on a bar: fewer repetitions, longer rests."""


def menu_of(pattern: Pattern, load_group: LoadGroup) -> Menu:
    """The menu of an exercise; work on a bar has its own."""
    return HANGING_STRENGTH if pattern == "strength" and load_group == "grip" else MENUS[pattern]


def faults_of_dose(dose: Dose, pattern: Pattern, load_group: LoadGroup) -> list[str]:
    """What takes `dose` off its menu, a sentence each; empty when it is on it."""
    menu = menu_of(pattern, load_group)
    found: list[str] = []
    for name in ("sets", "reps", "breaths", "rest_s"):
        found += _outside(name, getattr(dose, name), getattr(menu, name), pattern)
    if menu.tempo and dose.tempo is None:
        found.append(f"a {pattern} dose needs a tempo")
    if not menu.tempo and dose.tempo is not None:
        found.append(f"a {pattern} dose has no tempo")
    if dose.tempo is not None:
        if dose.tempo.total_s < 2:
            found.append(f"a tempo of {dose.tempo.total_s} s is too fast: at least 2 s")
        if (dose.hold_s or 0) != (dose.tempo.hold_s if pattern in ("dynamic", "strength") else 0):
            found.append("hold_s must be the middle of the tempo, null where that is 0")
    else:
        found += _outside("hold_s", dose.hold_s, menu.hold_s, pattern)
    if menu.most_holds and dose.reps and dose.sets * dose.reps > menu.most_holds:
        found.append(f"{dose.sets} x {dose.reps} holds: at most {menu.most_holds} in all")
    return found


def _outside(name: str, value: int | None, allowed: tuple[int, int] | None, pattern: Pattern) -> list[str]:
    if allowed is None:
        return [] if value is None else [f"a {pattern} dose has no {name}"]
    if value is None:
        return [f"a {pattern} dose needs {name} ({allowed[0]}-{allowed[1]})"]
    if not allowed[0] <= value <= allowed[1]:
        return [f"{name} {value} is off the {pattern} menu ({allowed[0]}-{allowed[1]})"]
    return []


def set_s(dose: Dose) -> int:
    """Seconds of work of one set on one side."""
    if dose.breaths is not None and dose.tempo is not None:
        return dose.breaths * dose.tempo.total_s
    if dose.tempo is not None:
        return (dose.reps or 1) * dose.tempo.total_s
    hold = dose.hold_s or 0
    holds = dose.reps or 1
    return hold if holds == 1 else holds * (hold + RELEASE_S)


def work_s(dose: Dose) -> int:
    """Seconds of work, both sides and all sets, without rests and changes."""
    return dose.sets * set_s(dose) * (2 if dose.per_side else 1)


def duration_s(dose: Dose) -> int:
    """Seconds from taking the position to the end of the last set: what `est_duration_s` says."""
    switches = dose.sets * SWITCH_S if dose.per_side else 0
    return GET_READY_S + work_s(dose) + switches + (dose.sets - 1) * dose.rest_s
