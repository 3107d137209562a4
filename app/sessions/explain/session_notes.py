"""What a session says of itself as a whole: coverage, what is left out and what to do instead, what limits it."""

from collections.abc import Sequence
from itertools import pairwise

from app.rules.vocabulary import Goal
from app.schemas.exercise import Exercise
from app.schemas.session import Coverage, ExcludedExercise
from app.schemas.session_request import SessionRequest
from app.sessions.explain.item_reasons import PURPOSE, listed, words
from app.sessions.ordering.stages import PHASE_OF_STAGE
from app.sessions.problem.exercise_index import LOADS, Shelf
from app.sessions.problem.prepare import Prepared
from app.sessions.solver.model import Choice, IntegerProblem
from app.sessions.solver.objective import FREE_OFF_GOAL_S, goal_seconds

NEAR = 10
"""A tenth between asked and given share needs no reason."""
NAMED = 3
"""Goals that a title has room for."""
ALTERNATIVES = 12
"""Of each goal, the exercises that are looked at as alternatives."""
PHASES_SAID = ("warming up", "mobility", "strength", "winding down")


def title(request: SessionRequest, prepared: Prepared, choices: Sequence[Choice], total: int) -> str:
    """Length, kind and the goals that matter most of those that it serves."""
    problem = prepared.problem
    given = dict(zip(prepared.goals, goal_seconds(problem, choices), strict=True))
    weights = {wish.goal: wish.weight for wish in request.goals}
    goals = sorted(
        (goal for goal in given if given[goal]), key=lambda goal: (-weights[goal], list(weights).index(goal))
    )
    seconds = request.duration_s if total * 10 >= request.duration_s * 9 else total
    length = f"{seconds}-second" if seconds <= 90 else f"{(seconds + 30) // 60}-minute"
    said = f"{length} {PURPOSE[request.purpose]}"
    if not goals:
        return said
    joint = " with a little " if _beside_s(problem, choices) * 2 > total else ": "
    return said + joint + listed([words(goal) for goal in goals[:NAMED]])


def coverage(
    request: SessionRequest, shelf: Shelf, prepared: Prepared, choices: Sequence[Choice], total: int
) -> tuple[Coverage, ...]:
    """Of each goal, the share that was asked for and the share that it got, with the reason where they differ."""
    problem = prepared.problem
    seconds: dict[Goal, int] = dict.fromkeys((wish.goal for wish in request.goals), 0)
    seconds.update(zip(prepared.goals, goal_seconds(problem, choices), strict=True))
    asked = sum(wish.weight for wish in request.goals)
    given = sum(seconds.values())
    found = []
    for wish in request.goals:
        less = wish.weight * given - seconds[wish.goal] * asked
        reason = None
        if not seconds[wish.goal] or less * NEAR > asked * given:
            reason = _too_little(wish.goal, seconds[wish.goal], request, shelf, prepared, choices)
        elif -less * NEAR > asked * given:
            reason = "More than asked, because other goals got less than theirs."
        elif _beside_s(problem, choices) * 2 > total:
            reason = _hardly(wish.goal, seconds[wish.goal], total, prepared, choices)
        found.append(
            Coverage(
                goal=wish.goal,
                requested_share=round(wish.weight / asked, 2),
                actual_share=round(seconds[wish.goal] / given, 2) if given else 0.0,
                seconds=seconds[wish.goal],
                reason=reason,
            )
        )
    return tuple(found)


def _beside_s(problem: IntegerProblem, choices: Sequence[Choice]) -> int:
    """Seconds of exercises that serve none of the goals."""
    return sum(
        problem.placements[number].options[option].time_s
        for number, option in choices
        if problem.placements[number].serves_no_goal
    )


def _hardly(goal: Goal, seconds: int, total: int, prepared: Prepared, choices: Sequence[Choice]) -> str:
    """That a goal has all of what was given, and yet very little of the session."""
    which = prepared.goals.index(goal)
    used = {prepared.problem.placements[choice.placement].family for choice in choices}
    more = any(line.goal_shares[which] and line.family not in used for line in prepared.problem.placements)
    why = "what else serves it does not fit in beside" if more else "nothing else that is possible here serves it"
    return f"Only {seconds} s of the {total} s are work for {words(goal)}: {why}."


def _too_little(
    goal: Goal, seconds: int, request: SessionRequest, shelf: Shelf, prepared: Prepared, choices: Sequence[Choice]
) -> str:
    """Why a goal got less than was asked. Nothing in it tells of a condition, so that it may be kept."""
    problem = prepared.problem
    which = prepared.goals.index(goal) if goal in prepared.goals else -1
    serving = [line for line in problem.placements if which >= 0 and line.goal_shares[which]]
    if not serving:
        return _nothing_serves(goal, request, shelf, prepared)
    families = {line.family for line in serving}
    used = {problem.placements[choice.placement].family for choice in choices}
    if families <= used:
        if prepared.variation.without:
            return f"What else serves {words(goal)} was exchanged, or does not suit the reason for the exchange."
        return (
            f"All that serves {words(goal)} here is in the session, itself or in another form; "
            "longer doses, where there are any, would take time from the rest."
        )
    if len(choices) >= problem.max_exercises:
        held = f"{problem.max_exercises} exercises" if problem.max_exercises > 1 else "one exercise"
        return f"A session of this length holds {held} at most, and the others serve more."
    loaded = {problem.placements[choice.placement].load for choice in choices}
    unused = [line for line in serving if line.family not in used]
    if all(line.load and line.load in loaded for line in unused):
        tired = sorted({LOADS[line.load] for line in unused})
        amount = "More" if seconds else "Any"
        return f"{amount} of it would tire the same parts ({', '.join(tired)}) too long or twice running."
    return f"What more there is for {words(goal)} would take more from the rest of the session than it gives."


def _nothing_serves(goal: Goal, request: SessionRequest, shelf: Shelf, prepared: Prepared) -> str:
    """Why there is nothing for a goal: named only where it is for kit, positions, level or time, which tell nothing."""
    serving = [n for n, exercise in enumerate(shelf.exercises) if goal in exercise.goal_weights]
    if not serving:
        return f"The catalogue holds nothing for {words(goal)}."
    at_hand = frozenset(request.available_equipment)
    if not any(_may_be_done(n, at_hand, request, shelf) for n in serving):
        return f"Nothing that is possible with this kit, these positions and this level serves {words(goal)}."
    manner = prepared.eligibility.setting.manner
    eligible = [shelf.options(n, manner)[0].time_s for n in serving if n in prepared.eligibility.numbers]
    if eligible and min(eligible) > request.duration_s:
        return f"Every exercise for {words(goal)} takes longer than there is time."
    return f"Nothing that is possible in this session serves {words(goal)}."


def _may_be_done(number: int, at_hand: frozenset[str], request: SessionRequest, shelf: Shelf) -> bool:
    exercise = shelf.exercises[number]
    placed = request.positions is None or exercise.position in request.positions
    return placed and exercise.level <= request.level and not any(map(at_hand.isdisjoint, shelf.needs[number]))


def excluded(shelf: Shelf, prepared: Prepared) -> tuple[ExcludedExercise, ...]:
    """What a stated condition keeps out that could have been used, and what serves the same end."""
    if not prepared.eligibility.barred:
        return ()
    best: dict[Goal, list[int]] = {}
    for number in prepared.eligibility.numbers:
        for goal in shelf.exercises[number].goal_weights:
            best.setdefault(goal, []).append(number)
    for goal, numbers in best.items():
        numbers.sort(key=lambda number: -shelf.exercises[number].goal_weights[goal])
        del numbers[ALTERNATIVES:]
    return tuple(
        ExcludedExercise(
            slug=shelf.exercises[number].slug,
            condition=found.condition,
            feature=found.feature,
            alternative=_alternative(shelf.exercises[number], shelf, prepared, best),
        )
        for number, found in sorted(prepared.eligibility.barred.items())
    )


def _alternative(barred: Exercise, shelf: Shelf, prepared: Prepared, by_goal: dict[Goal, list[int]]) -> str | None:
    """The eligible exercise that serves the same end best; of equals one of the family, then an easier one."""
    best: tuple[int, bool, int, int, int] | None = None
    for number in {number for goal in barred.goal_weights for number in by_goal.get(goal, ())}:
        other = shelf.exercises[number]
        if barred.goals[0] not in other.goal_weights:
            continue
        shared = sum(min(weight, other.goal_weights.get(goal, 0)) for goal, weight in barred.goal_weights.items())
        careful = number in prepared.eligibility.cautions
        key = (shared, other.family == barred.family, -careful, -other.level, -number)
        if best is None or key > best:
            best = key
    return None if best is None else shelf.exercises[-best[4]].slug


def shortfall(request: SessionRequest, problem: IntegerProblem, choices: Sequence[Choice], seconds: int) -> str | None:
    """Why so many seconds stay empty; None where hardly any do."""
    if seconds * 50 <= request.duration_s:
        return None
    if len(choices) >= problem.max_exercises:
        held = f"{problem.max_exercises} exercises" if problem.max_exercises > 1 else "one exercise"
        longest = all(choice.option + 1 == len(problem.placements[choice.placement].options) for choice in choices)
        doses = "their doses are full" if longest else "longer doses would bring less than they take"
        return f"A session of this length holds {held} at most, and {doses}."
    used = {problem.placements[choice.placement].family for choice in choices}
    left = [line for line in problem.placements if line.family not in used]
    if not left:
        return "All that is possible here is already in it, itself or in another form, and none is given twice."
    if all(line.serves_no_goal for line in left) and _beside_s(problem, choices) > FREE_OFF_GOAL_S:
        return "What is left serves none of your goals, and enough of the session does so already."
    if all(line.options[0].time_s > seconds for line in left):
        return f"No further exercise fits into the {seconds} s that are left."
    if all(line.load and LOADS[line.load] for line in left):
        return "What is left would tire the same parts too long or twice running."
    return "What is left fits neither the phases of the session nor the order of loads."


def notes(
    request: SessionRequest, shelf: Shelf, prepared: Prepared, choices: Sequence[Choice], total: int
) -> tuple[str, ...]:
    """What else is worth knowing of the session; nothing personal."""
    problem = prepared.problem
    lines = [problem.placements[choice.placement] for choice in choices]
    said = []
    given = sum(goal_seconds(problem, choices))
    if not given:
        said.append("None of it serves your goals: what was asked for by name takes the time.")
    elif _beside_s(problem, choices) * 2 > total:
        said.append(
            f"Only {given} s of these {total} s are work for what you asked. "
            f"Exercises beside your goals take {_beside_s(problem, choices)} s; a shorter session would hold fewer."
        )
    if any(a.load and a.load == b.load for a, b in pairwise(lines)):
        said.append(
            "Two exercises that load the wrists follow each other, because those asked for leave no other order."
        )
    if request.duration_s > 300 and total * 2 > request.duration_s:
        short = [PHASES_SAID[p] for p, least in enumerate(problem.phase_min_s) if _phase_s(problem, choices, p) < least]
        if short:
            said.append(f"There is less {' and '.join(short)} than usual: the rest of the session leaves no more.")
    if request.purpose == "pre_training":
        said.append("Moving before holding, and nothing held long: that keeps the power for what follows.")
    return tuple(said)


def _phase_s(problem: IntegerProblem, choices: Sequence[Choice], phase: int) -> int:
    return sum(
        problem.placements[line].options[option].time_s
        for line, option in choices
        if PHASE_OF_STAGE[problem.placements[line].stage] == phase
    )
