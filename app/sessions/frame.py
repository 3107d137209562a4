"""From a request and what is eligible to the integer problem."""

from collections import Counter
from collections.abc import Sequence

from app.rules.progression import Next
from app.rules.vocabulary import Feature, Goal, Pattern
from app.schemas.exercise import Exercise
from app.sessions.eligibility import Eligibility
from app.sessions.limits import BREAK_S, load_caps, phase_shares
from app.sessions.past import Past
from app.sessions.problem.utility import USEFUL_PER_MILLE, WHOLE, value_of, worth_of
from app.sessions.request import SessionRequest
from app.sessions.shelf import Option, Shelf, distance
from app.sessions.solver.model import SHARE_OFF, Line, Problem

LONG_HOLD: Feature = "isometric_hold_long"
HELD_S = 60
"""Holding a region so long before training costs power."""
OPENING: dict[Pattern, int] = {"dynamic": 20, "breathing": 20, "static_hold": -30, "isometric": -400, "strength": -400}
"""Points of a pattern for being in the warm-up: what tires does not open a session unless there is nothing else."""


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
