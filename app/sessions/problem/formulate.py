"""From a request and what is eligible to the integer problem."""

from collections import Counter
from collections.abc import Sequence

from app.rules.dose import Dose
from app.rules.progression import NextDose
from app.rules.vocabulary import Feature, Goal, Pattern
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.problem.eligibility import Eligibility
from app.sessions.problem.exercise_index import CAPPED, LOADS, Shelf, distance
from app.sessions.problem.history import Past
from app.sessions.problem.limits import BREAK_S, load_caps, phase_shares
from app.sessions.problem.positions import TRANSITIONS
from app.sessions.problem.utility import SHARE_TOLERANCE_PER_MILLE, exercise_points, points_per_second, utility_curve
from app.sessions.solver.model import DoseOption, IntegerProblem, Placement

LONG_HOLD: Feature = "isometric_hold_long"
HELD_S = 60
"""Holding a region so long before training costs power."""
OPENING: dict[Pattern, int] = {"dynamic": 20, "breathing": 20, "static_hold": -30, "isometric": -400, "strength": -400}
"""Points of a pattern for being in the warm-up: what tires does not open a session unless there is nothing else."""


def frame(
    request: SessionRequest,
    eligibility: Eligibility,
    shelf: Shelf,
    past: Past,
    goals: Sequence[Goal],
    keep: Sequence[str] = (),
) -> IntegerProblem:
    """The integer problem of a request. Nothing in it depends on the order of the catalogue's rows.

    `goals` are those of `served_goals`; `keep` names exercises that must stay beside those that the request includes.
    """
    budget = request.duration_s
    must = tuple(sorted({shelf.index[slug] for slug in (*request.include, *keep)}))
    lines = lines_of(request, eligibility, shelf, goals, past)
    least, largest = phase_shares(request, lines, must)
    per_second = points_per_second(budget)
    shares = _shares(request, goals)
    return IntegerProblem(
        placements=lines,
        budget_s=budget,
        max_exercises=max(most_items(budget), len(must)),
        goal_utility=tuple(utility_curve(share, budget, per_second) for share in shares),
        goal_min_share=tuple(1000 * weight // whole - SHARE_TOLERANCE_PER_MILLE for weight, whole in shares),
        goal_max_share=tuple(1000 * weight // whole + SHARE_TOLERANCE_PER_MILLE for weight, whole in shares),
        imbalance_penalty_per_s=per_second if len(goals) > 1 else 0,
        phase_min_s=least,
        phase_max_s=largest,
        load_max_s=load_caps(budget, lines, must),
        limited_loads=tuple(number for number, load in enumerate(LOADS) if load in CAPPED),
        idle_penalty_per_s=max(2, 6_000 // budget),
        transition_penalty_per_s=max(2, 6_000 // budget),
        balance_bonus=150 if budget >= 600 and request.purpose == "standalone" else 0,
        required=must,
        previous_family_count=len(past.families),
        exempt_load=0,
        transitions=TRANSITIONS,
    )


def lines_of(
    request: SessionRequest, eligibility: Eligibility, shelf: Shelf, goals: Sequence[Goal], past: Past
) -> tuple[Placement, ...]:
    """Every eligible exercise in every stage where it may stand, with the doses that fit into the time."""
    budget = request.duration_s
    setting = eligibility.setting
    lines = []
    for number in eligibility.numbers:
        exercise = shelf.exercises[number]
        options = shelf.options(number, setting.manner)
        doses = shelf.doses(number, setting.manner)
        course = past.courses.get(exercise.slug)
        if course is not None:
            options = nearest_to(options, doses, course)
        if number in eligibility.cautions and _careful_holds(number, eligibility):
            options = no_longer_holds(options, doses, exercise)
        if exercise.pattern == "static_hold" and request.purpose == "pre_training":
            options = short_holds(options, doses, request, shelf)
        if options and options[-1].time_s > budget:
            options = tuple(option for option in options if option.time_s <= budget)
        if not options:
            continue
        weights = [exercise.goal_weights.get(goal, 0) for goal in goals]
        relevance = sum(weights)
        whole = max(3, relevance)
        serves = tuple([1000 * weight // whole for weight in weights])
        value = exercise_points(number, shelf, request, eligibility, relevance) + past.bonus.get(exercise.slug, 0)
        family = shelf.family[number]
        for stage, bonus in stages_of(exercise, request, budget <= BREAK_S):
            lines.append(
                Placement(
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


def short_holds(
    options: tuple[DoseOption, ...], doses: Sequence[Dose], request: SessionRequest, shelf: Shelf
) -> tuple[DoseOption, ...]:
    """Before training no region is held for 60 s: the holds that were asked for by name share what is under that."""
    named = [shelf.exercises[shelf.index[slug]] for slug in request.include]
    held = Counter(region for one in named if one.pattern == "static_hold" for region in one.regions)
    most = (HELD_S - 1) // max([1, *held.values()])
    return tuple(
        option for option in options if (doses[option.dose_id].hold_s or 0) * doses[option.dose_id].sets <= most
    )


def _careful_holds(number: int, eligibility: Eligibility) -> bool:
    return any(found.feature == LONG_HOLD for found in eligibility.cautions[number])


def no_longer_holds(
    options: tuple[DoseOption, ...], doses: Sequence[Dose], exercise: Exercise
) -> tuple[DoseOption, ...]:
    """Where a stated condition asks care with long holds, none is longer than the exercise's own."""
    own = exercise.dose.hold_s or 0
    return tuple(option for option in options if (doses[option.dose_id].hold_s or 0) <= own) or options[:1]


def nearest_to(options: tuple[DoseOption, ...], doses: Sequence[Dose], course: NextDose) -> tuple[DoseOption, ...]:
    """The doses that progress allows, judged by how near they are to the one that it aims at."""
    return tuple(
        option._replace(distance=2 * distance(doses[option.dose_id], course.dose))
        for option in options
        if doses[option.dose_id] in course.allowed
    )


def most_items(budget: int) -> int:
    """Few things done well: 1 in a minute, 3 in three, 4 in five, 7 in ten, 10 in twenty, 18 in an hour."""
    return 1 + budget // 90 if budget <= 600 else min(18, 7 + (budget - 600) // 200)


def served_goals(request: SessionRequest, eligibility: Eligibility, shelf: Shelf) -> tuple[Goal, ...]:
    """The requested goals that something eligible serves, in the order of the request."""
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
