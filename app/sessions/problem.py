"""A request and the exercises that it may use, as integers: what may be chosen, what it is worth, what it takes."""

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from app.catalogue.shapes import Exercise
from app.rules.progression import Next
from app.rules.vocabulary import Feature, Goal, Pattern
from app.sessions.eligibility import Eligibility
from app.sessions.past import Past
from app.sessions.request import SessionRequest
from app.sessions.shelf import LOADS, Option, Shelf, distance
from app.sessions.solver.order import PHASE_OF_STAGE
from app.sessions.worth import USEFUL_PER_MILLE, WHOLE, value_of, worth_of

LONG_HOLD: Feature = "isometric_hold_long"
HELD_S = 60
"""Holding a region so long before training costs power."""
BREAK_S = 300
"""Up to here a session has one phase, `mobilise`."""
OPENING: dict[Pattern, int] = {"dynamic": 20, "breathing": 20, "static_hold": -30, "isometric": -400, "strength": -400}
"""Points of a pattern for being in the warm-up: what tires does not open a session unless there is nothing else."""
CAPPED = ("wrist", "grip", "overhead", "extensors")
"""What tires for the day: its time in a session is limited."""
SPARE_S: Final = 5
"""Seconds that getting ready for an exercise can be stretched: so much idle time costs nothing."""
DRY_PHASE: Final = 40
VARIETY: Final = 600
"""Points lost for each second that a phase is short of its least, and for each family too like the last session."""
ASIDE_S: Final = 400
IDLER: Final = 2
"""What serves no goal may take so long, and as long again as what does; each further second is worth so many points
less than one that stays empty."""
SHARE_OFF: Final = 97
MOST_UNEVEN: Final = 300
"""Thousandths by which a goal's share may differ from what was asked, and the most points that more can cost. Bounded,
so that a share that is out of reach changes little else."""


class Line(NamedTuple):
    """An exercise in a stage, with its doses: a session takes one of its options, or none."""

    exercise: int
    stage: int
    options: tuple[Option, ...]
    value: int
    """Points beside its goals, before what its dose costs (`Option.distance`)."""
    serves: tuple[int, ...]
    """For each served goal, thousandths of its seconds of work that count."""
    family: int
    load: int
    place: int
    balance: int
    """Bits: turns, arches, strengthens."""
    known: int
    """1 where its family was in the last session."""

    @property
    def aside(self) -> bool:
        """True where it serves no goal."""
        return not any(self.serves)


class Problem(NamedTuple):
    """All that the search needs: lines to choose from, and what limits and rewards the choice."""

    lines: tuple[Line, ...]
    budget: int
    most: int
    """Exercises at most."""
    goals: tuple[Goal, ...]
    """Goals that something eligible serves."""
    worth: tuple[list[int], ...]
    """Of each goal, points for so many seconds."""
    low: tuple[int, ...]
    """Of each goal, thousandths of the served seconds that it should have at the least."""
    high: tuple[int, ...]
    """The same at the most."""
    uneven: int
    """Points lost for each second by which a goal is under or over its share; 0 where there is but one."""
    least: tuple[int, ...]
    """Seconds that each phase should have; each second short costs `DRY_PHASE`."""
    largest: tuple[int, ...]
    """Seconds that each phase may have."""
    cap: tuple[int, ...]
    """Seconds that each load may have."""
    idle: int
    """Points lost for a second not used."""
    travel: int
    """Points lost for a second of moving between positions."""
    balance_worth: int
    must: tuple[int, ...]
    """Exercises that are asked for by name."""
    last_families: int
    """Families in the last session; 0 where there was none."""
    excused: int
    """The load that may meet itself, because what is asked for by name leaves no other order; 0: none."""


class Choice(NamedTuple):
    """A line and which of its options."""

    line: int
    option: int


def frame(
    request: SessionRequest, eligibility: Eligibility, shelf: Shelf, past: Past, keep: Sequence[str] = ()
) -> Problem:
    """The integer problem of a request. Nothing in it depends on the order of the catalogue's rows.

    `keep` names exercises that must stay beside those that the request includes.
    """
    budget = request.duration_s
    must = tuple(sorted({shelf.index[slug] for slug in (*request.include, *keep)}))
    goals = _served(request, eligibility, shelf)
    lines = lines_of(request, eligibility, shelf, goals, past)
    least, largest = phase_shares(request, lines, must)
    per_second = max(1, WHOLE * 1000 // (USEFUL_PER_MILLE * budget))
    shares = _shares(request, goals)
    return Problem(
        lines=lines,
        budget=budget,
        most=max(most_items(budget), len(must)),
        goals=goals,
        worth=tuple(worth_of(share, budget, per_second) for share in shares),
        low=tuple(1000 * weight // whole - SHARE_OFF for weight, whole in shares),
        high=tuple(1000 * weight // whole + SHARE_OFF for weight, whole in shares),
        uneven=per_second if len(goals) > 1 else 0,
        least=least,
        largest=largest,
        cap=load_caps(budget, lines, must),
        idle=max(2, 6_000 // budget),
        travel=max(2, 6_000 // budget),
        balance_worth=150 if budget >= 600 and request.purpose == "standalone" else 0,
        must=must,
        last_families=len(past.families),
        excused=0,
    )


def lines_of(
    request: SessionRequest, eligibility: Eligibility, shelf: Shelf, goals: Sequence[Goal], past: Past
) -> tuple[Line, ...]:
    """Every eligible exercise in every stage where it may stand, with the doses that fit into the time."""
    budget = request.duration_s
    setting = eligibility.setting
    lines = []
    for number in eligibility.numbers:
        exercise = shelf.exercises[number]
        options = shelf.options(number, setting.manner)
        course = past.courses.get(exercise.slug)
        if course is not None:
            options = nearest_to(options, course)
        if number in eligibility.cautions and _careful_holds(number, eligibility):
            options = no_longer_holds(options, exercise)
        if exercise.pattern == "static_hold" and request.purpose == "pre_training":
            options = short_holds(options, request, shelf)
        if options and options[-1].time_s > budget:
            options = tuple(option for option in options if option.time_s <= budget)
        if not options:
            continue
        weights = [exercise.goal_weights.get(goal, 0) for goal in goals]
        relevance = sum(weights)
        whole = max(3, relevance)
        serves = tuple([1000 * weight // whole for weight in weights])
        value = value_of(number, shelf, request, eligibility, relevance) + past.bonus.get(exercise.slug, 0)
        family = shelf.family[number]
        for stage, bonus in stages_of(exercise, request, budget <= BREAK_S):
            lines.append(
                Line(
                    number,
                    stage,
                    options,
                    value + bonus,
                    serves,
                    family,
                    shelf.load[number],
                    shelf.place[number],
                    shelf.balance[number],
                    int(exercise.family in past.families),
                )
            )
    return tuple(lines)


def short_holds(options: tuple[Option, ...], request: SessionRequest, shelf: Shelf) -> tuple[Option, ...]:
    """Before training no region is held for 60 s: the holds that were asked for by name share what is under that."""
    named = [shelf.exercises[shelf.index[slug]] for slug in request.include]
    held = Counter(region for one in named if one.pattern == "static_hold" for region in one.regions)
    most = (HELD_S - 1) // max([1, *held.values()])
    return tuple(option for option in options if (option.dose.hold_s or 0) * option.dose.sets <= most)


def _careful_holds(number: int, eligibility: Eligibility) -> bool:
    return any(found.because == LONG_HOLD for found in eligibility.cautions[number])


def no_longer_holds(options: tuple[Option, ...], exercise: Exercise) -> tuple[Option, ...]:
    """Where a stated condition asks care with long holds, none is longer than the exercise's own."""
    own = exercise.dose.hold_s or 0
    return tuple(option for option in options if (option.dose.hold_s or 0) <= own) or options[:1]


def nearest_to(options: tuple[Option, ...], course: Next) -> tuple[Option, ...]:
    """The doses that progress allows, judged by how near they are to the one that it aims at."""
    return tuple(
        option._replace(distance=2 * distance(option.dose, course.dose))
        for option in options
        if option.dose in course.allowed
    )


def most_items(budget: int) -> int:
    """Few things done well: 1 in a minute, 3 in three, 4 in five, 7 in ten, 10 in twenty, 18 in an hour."""
    return 1 + budget // 90 if budget <= 600 else min(18, 7 + (budget - 600) // 200)


def _served(request: SessionRequest, eligibility: Eligibility, shelf: Shelf) -> tuple[Goal, ...]:
    present = {goal for number in eligibility.numbers for goal in shelf.exercises[number].goal_weights}
    return tuple(wish.goal for wish in request.goals if wish.goal in present)


def _shares(request: SessionRequest, goals: Sequence[Goal]) -> list[tuple[int, int]]:
    weights = {wish.goal: wish.weight for wish in request.goals}
    whole = sum(weights[goal] for goal in goals)
    return [(weights[goal], whole) for goal in goals]


def stages_of(exercise: Exercise, request: SessionRequest, short: bool) -> list[tuple[int, int]]:
    """The stages that an exercise may be in, each with its points."""
    quiet = exercise.pattern in ("static_hold", "breathing")
    if short:
        return [(1 if exercise.pattern == "dynamic" else 2, 0)]
    found = []
    for phase in exercise.phases:
        if phase == "prepare":
            found.append((0, OPENING[exercise.pattern]))
        elif phase == "mobilise":
            found.append((2 if quiet and request.purpose == "pre_training" else 1, 0))
        elif phase == "strengthen" and request.purpose != "recovery":
            found.append((3, 0))
        elif phase == "restore" and request.purpose != "pre_training":
            found.append((5 if exercise.pattern == "breathing" else 4, 20 if quiet else 0))
    if not found and request.purpose == "pre_training":
        found.append((2, 0))
    return found


def phase_shares(
    request: SessionRequest, lines: Sequence[Line], must: Sequence[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Seconds that each phase should have and may have, by length and purpose; wider where little is eligible."""
    budget = request.duration_s
    if budget <= BREAK_S:
        return (0, 0, 0, 0), (0, budget, 0, 0)
    weights = {wish.goal: wish.weight for wish in request.goals}
    strong = weights.get("strength", 0) * 4 >= sum(weights.values())
    calm = request.purpose == "recovery"
    older = 60 if request.age_band in ("40-64", "65+") else 0
    least = [budget * 8 // 100, 0, budget * 20 // 100 if strong and not calm else 0, budget * 8 // 100]
    largest = [budget * 22 // 100 + 2 * older, budget, budget, budget * (60 if calm else 25) // 100]
    if request.purpose in ("pre_training", "desk_break"):
        least[3] = 0
    if request.purpose == "pre_training":
        largest[3] = 0
    if older and budget >= 900:
        least[0] += older
    return _made_possible(budget, least, largest, lines, must)


def _made_possible(
    budget: int, least: list[int], largest: list[int], lines: Sequence[Line], must: Sequence[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Shares that the eligible exercises can keep: no phase is asked for more than there is, none kept too small."""
    longest: dict[int, list[int]] = {}
    for line in lines:
        phase = PHASE_OF_STAGE[line.stage]
        times = longest.setdefault(line.family, [0, 0, 0, 0])
        times[phase] = max(times[phase], line.options[-1].time_s)
    supply = [sum(times[phase] for times in longest.values()) for phase in range(4)]
    inner = sum(max(times[1], times[2]) for times in longest.values())
    missing = max(0, budget - inner - min(largest[0], supply[0]) - min(largest[3], supply[3]))
    inside = {line.exercise for line in lines if PHASE_OF_STAGE[line.stage] in (1, 2)}
    outside = {
        line.exercise: line.options[0].time_s for line in lines if line.exercise in must and line.exercise not in inside
    }
    named = sum(outside.values())
    for phase in (0, 3):
        if largest[phase]:
            largest[phase] = min(budget, max(largest[phase] + missing, named))
    least = [min(seconds, there, most) for seconds, there, most in zip(least, supply, largest, strict=True)]
    return tuple(least), tuple(largest)


def load_caps(budget: int, lines: Sequence[Line], must: Sequence[int]) -> tuple[int, ...]:
    """Seconds that each load may have: a third of the session, more only for what is asked for by name."""
    named = [0] * len(LOADS)
    for load, seconds in {
        line.exercise: (line.load, line.options[0].time_s) for line in lines if line.exercise in must
    }.values():
        named[load] += seconds
    return tuple(max(budget * 35 // 100, 100, named[n]) if load in CAPPED else budget for n, load in enumerate(LOADS))
