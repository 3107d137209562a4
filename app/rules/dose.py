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


class Manner(NamedTuple):
    """How a session is to be dosed, beside what the exercise itself asks."""

    short: bool = False
    """A desk break: one short set."""
    older: bool = False
    """65 and over: holds of 30 s, 10-15 repetitions, rests half as long again."""
    before_training: bool = False
    """No hold that would cost power: 30 s at most."""


MOST_WORK_S = 240
"""Seconds of work after which a drill of the day has given what it gives; longer only where its own dose is."""
MOST_SLOW_S, MOST_STRONG_S, MOST_HANGING_S = 75, 90, 40
"""Seconds of one set: slow repetitions, strength, pulling on a bar. Longer only where the exercise's own dose is."""
MOST_HELD_S, MOST_HELD_OLDER_S = 60, 90
"""Seconds that a stretch is held in all: 60 s give nearly all that a day can, from 65 on somewhat more helps."""
MOST_PROPPED_S = 30
"""Seconds of one hold while the hands carry weight."""
STEP_S = 5
"""Rests are told in steps of 5 s."""


def choices(own: Dose, pattern: Pattern, load_group: LoadGroup, manner: Manner) -> tuple[Dose, ...]:
    """The doses that a session may choose from for an exercise whose own dose is `own`; shortest first, never empty."""
    longest = menu_of(pattern, load_group).rest_s[1]
    if pattern == "static_hold":
        found = [_with(own, longest, manner, sets=s, hold_s=h) for s, h in _holds(own, load_group, manner)]
    elif pattern == "isometric":
        found = [_with(own, longest, manner, sets=s, reps=r, hold_s=h) for s, r, h in _isometrics(own, manner)]
    elif pattern == "breathing":
        counts = (6, 8, 10, 12) if manner.short else (6, 8, 10, 12, 15, 18)
        found = [_with(own, longest, manner, sets=1, breaths=b) for b in counts]
    else:
        counted = _counted(own, pattern, load_group, manner)
        found = [_with(own, longest, manner, sets=s, reps=r) for s, r in counted]
    found.sort(key=lambda dose: (duration_s(dose), dose.sets, dose.reps or 0, dose.hold_s or 0))
    most = max(MOST_WORK_S, work_s(own))
    return tuple(dose for n, dose in enumerate(found) if n == 0 or work_s(dose) <= most)


def _holds(own: Dose, load_group: LoadGroup, manner: Manner) -> list[tuple[int, int]]:
    """Sets and seconds of a static hold: 60 s in all is the aim, 10-30 s a hold (30-60 s from 65 on)."""
    if load_group == "grip":
        lengths = (15, 20) if manner.older else (15, 20, 30)
        return [(s, h) for s in ((1,) if manner.short else (1, 2, 3)) for h in lengths if s * h <= MOST_HELD_S]
    if manner.before_training:
        return [(1, 15), (1, 20), (1, 30)]
    if manner.short and not manner.older:
        return [(1, 15), (1, 20), (1, 30), (2, 15)]
    least = min(30, own.sets * (own.hold_s or 30))
    most = MOST_HELD_OLDER_S if manner.older else MOST_HELD_S
    usual = [hold for hold in _hold_lengths(own, manner) if load_group != "wrist" or hold <= MOST_PROPPED_S]
    return [(s, h) for s in ((1,) if manner.short else (1, 2, 3)) for h in usual if least <= s * h <= most]


def _hold_lengths(own: Dose, manner: Manner) -> tuple[int, ...]:
    """What is lain in or leaned on at ease is held longer at any age, and what is brief by itself may stay so."""
    held = own.hold_s or 20
    if manner.older:
        return (30, 45, 60)
    if held > 30:
        return (20, 30, 45, 60)
    return (held, 20, 30) if held < 20 else (20, 30)


def _isometrics(own: Dose, manner: Manner) -> list[tuple[int, int, int]]:
    """Sets, holds and seconds of isometric work: 5-10 holds of 5-10 s, or 1-3 of 15-30 s."""
    if (own.reps or 1) == 1:
        holds = (15, 20) if manner.short or manner.before_training else (15, 20, 30)
        return [(s, 1, h) for s in ((1,) if manner.short else (1, 2, 3)) for h in holds]
    if manner.short:
        return [(1, r, h) for r in (4, 5, 6, 7, 8) for h in (5, 6)]
    # What is told in several sets tires: its holds are not all put into one.
    most = (own.reps or 0) + 2 if own.sets > 1 else 10
    once = [(1, r, h) for r in (5, 6, 8, 10) for h in (5, 8) if r <= most]
    return once + ([(2, 5, 5), (2, 5, 8)] if own.sets > 1 else [])


def _counted(own: Dose, pattern: Pattern, load_group: LoadGroup, manner: Manner) -> list[tuple[int, int]]:
    """Sets and repetitions of what is counted: one set more than its own at most, and no set that drags on."""
    reps: tuple[int, ...] = (8, 10, 12)
    most_s, sets = MOST_STRONG_S, min(4, own.sets + 1)
    if pattern == "dynamic":
        reps, most_s, sets = (6, 8, 10, 12), MOST_SLOW_S, 2
    elif load_group == "grip":
        reps, most_s, sets = (3, 4, 5, 6, 8), MOST_HANGING_S, 3
    elif manner.older:
        reps, sets = (10, 12, 15), min(3, sets)
    if own.reps is not None and not manner.older:
        reps = tuple(sorted({own.reps, *reps}))
    if manner.short:
        reps, sets = (3, 4, 5, 6, 8, 10, 12) if pattern == "dynamic" else reps, 1
    if manner.before_training:
        sets = min(sets, 2)
    pace = own.tempo.total_s if own.tempo is not None else 0
    upto = max(most_s, set_s(own), reps[0] * pace)
    return [(s, r) for s in range(1, sets + 1) for r in reps if r * pace <= upto]


def _with(
    own: Dose,
    longest_rest_s: int,
    manner: Manner,
    sets: int,
    reps: int | None = None,
    hold_s: int | None = None,
    breaths: int | None = None,
) -> Dose:
    """`own` with another amount; the rest between sets follows the kind of work and the age."""
    if own.tempo is not None and breaths is None:
        hold_s = own.hold_s
    rest = own.rest_s
    if sets > 1 and breaths is None and rest < 10:
        # Where each side works by itself, one side does two sets running.
        rest = 10 if own.per_side or reps is None else 15 if own.tempo is not None else 30
    if manner.older:
        rest += (rest + 1) // 2
    rest = min(longest_rest_s, -(-rest // STEP_S) * STEP_S)
    return own.model_copy(update={"sets": sets, "reps": reps, "hold_s": hold_s, "breaths": breaths, "rest_s": rest})
