"""Why each exercise is in the session: what it serves, what it is there for, and what it was preferred to."""

from collections.abc import Sequence
from typing import NamedTuple

from app.rules.dose import Dose
from app.rules.progression import NextDose
from app.rules.vocabulary import Goal
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.ordering.stages import PHASE_OF_STAGE
from app.sessions.problem.eligibility import EASY_LEVEL
from app.sessions.problem.exercise_index import Shelf
from app.sessions.problem.prepare import Prepared
from app.sessions.solver.model import Choice, IntegerProblem, Placement
from app.sessions.solver.objective import goal_seconds, is_feasible, objective, ordered_transition_s

RIVALS, LOOKED_AT = 6, 80
"""Rivals that are tried for each place, and lines that are looked at for all of them, the most promising first."""
WORTH_SAYING_S = 5
"""A goal that would get fewer seconds less is no reason to name."""
STEP = {"reps": "repetitions", "sets": "sets", "hold_s": "seconds of hold", "breaths": "breaths"}

PURPOSE = {
    "standalone": "session",
    "desk_break": "desk break",
    "pre_training": "warm-up before training",
    "recovery": "recovery session",
}
WORDS = {"lateral_flexion": "side bending", "flexion": "bending forward", "overhead": "reaching overhead"}


class Why(NamedTuple):
    """The reasons as they are answered, and as they may be kept: those tell nothing of the person."""

    answered: tuple[str, ...]
    kept: tuple[str, ...]


class Rival(NamedTuple):
    """The best other exercise for a place, and what it would have cost."""

    choice: Choice
    points: int


def words(goal: str) -> str:
    """A goal as it is written in a sentence."""
    return WORDS.get(goal, goal)


def why(
    place: int,
    request: SessionRequest,
    shelf: Shelf,
    prepared: Prepared,
    choices: Sequence[Choice],
    rivals: Sequence[int],
) -> Why:
    """The reasons for the exercise at this place of the session."""
    problem = prepared.problem
    line = problem.placements[choices[place].placement]
    exercise = shelf.exercises[line.exercise]
    said = []
    if exercise.slug in request.include:
        said.append("You asked for it.")
    instead = prepared.variation.instead
    if instead is not None and instead[1] == exercise.slug:
        said.append(f"Instead of {shelf.exercises[shelf.index[instead[0]]].name}.")
    served = _served(prepared, choices[place])
    said += served or [_beside(exercise)]
    if request.duration_s > 300:
        said += _placed(place, exercise, problem, choices)
    personal = []
    course = prepared.past.courses.get(exercise.slug)
    if course is not None:
        personal += _progress(course, prepared.dose(choices[place], shelf))
    if served and line.exercise not in problem.required:
        rival = _rival(place, problem, choices, rivals)
        if rival is not None:
            text, tells = _beaten(rival, place, shelf, prepared, choices)
            if text:
                (personal if tells else said).append(text)
    return Why((*said, *personal), tuple(said))


def _served(prepared: Prepared, choice: Choice) -> list[str]:
    line = prepared.problem.placements[choice.placement]
    work = line.options[choice.option].work_s
    parts = [
        (work * share // 1000, goal)
        for goal, share in zip(prepared.goals, line.goal_shares, strict=True)
        if work * share >= 1000
    ]
    if not parts:
        return []
    parts.sort(key=lambda part: (-part[0], part[1]))
    return [f"Gives {listed([f'{seconds} s of work for {words(goal)}' for seconds, goal in parts])}."]


def _beside(exercise: Exercise) -> str:
    """What an exercise that serves none of the goals is good for."""
    return f"Beside your goals: for {listed([words(goal) for goal in exercise.goals[:2]])}."


def _placed(place: int, exercise: Exercise, problem: IntegerProblem, choices: Sequence[Choice]) -> list[str]:
    """Why it stands where it stands; said once a phase, and only where it is so."""
    phases = [PHASE_OF_STAGE[problem.placements[choice.placement].stage] for choice in choices]
    first = place == 0 or phases[place - 1] != phases[place]
    if phases[place] == 0 and first and exercise.pattern == "breathing":
        return ["A calm start."]
    if phases[place] == 0 and first and exercise.pattern == "dynamic" and exercise.level <= EASY_LEVEL:
        return ["An easy start, to warm up."]
    if phases[place] == 2 and first and place and "strength" in exercise.goal_weights:
        return ["Strength while you are warm and still fresh."]
    quiet = exercise.pattern in ("static_hold", "breathing") and exercise.load_group == "none"
    if phases[place] == 3 and place == len(choices) - 1 and quiet:
        return ["A quiet end."]
    return []


def listed(parts: Sequence[str]) -> str:
    """The parts as a sentence names them."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _progress(course: NextDose, dose: Dose) -> list[str]:
    if course.step == "raise_dose" and course.raised_amount is not None and dose == course.dose:
        amount = course.raised_amount
        return [f"One step up, because it was easy twice: {getattr(dose, amount)} {STEP[amount]}."]
    if course.step == "lower_dose":
        return ["About half to two thirds of last time, because it hurt or took long to settle."]
    if course.step == "restart_lower":
        return ["A little less than before the break; build up again from here."]
    if course.step == "harder_exercise":
        return ["You have outgrown its doses; its harder form is the next step."]
    return ["No more than last time."]


def contenders(problem: IntegerProblem, choices: Sequence[Choice], ranked: Sequence[int]) -> list[list[int]]:
    """Of each place, the lines that might have stood there for its main goal, the most promising first.

    A line is a rival once in a session: of the exercise that it is most like.
    """
    found: list[list[int]] = [[] for _ in choices]
    held = [problem.placements[choice.placement] for choice in choices]
    taken = {line.family for line in held}
    unused = [n for n in ranked if problem.placements[n].family not in taken]
    for n in unused[:LOOKED_AT] if problem.goal_utility else ():
        rival = problem.placements[n]
        place = _most_like(rival, problem, held)
        mine = held[place]
        if PHASE_OF_STAGE[rival.stage] == PHASE_OF_STAGE[mine.stage] and rival.goal_shares[_main(mine)]:
            found[place].append(n)
    return found


def _main(line: Placement) -> int:
    """The goal that it serves most."""
    return line.goal_shares.index(max(line.goal_shares))


def _most_like(rival: Placement, problem: IntegerProblem, held: Sequence[Placement]) -> int:
    """The place of the exercise that serves most of what `rival` serves; of equals one in the same position."""
    best, found = (-1, False), 0
    for n, line in enumerate(held):
        shared = sum(map(min, line.goal_shares, rival.goal_shares))
        if line.exercise not in problem.required and (shared, line.position == rival.position) > best:
            best, found = (shared, line.position == rival.position), n
    return found


def _rival(place: int, problem: IntegerProblem, choices: Sequence[Choice], lines: Sequence[int]) -> Rival | None:
    """The best session with one of these lines in this place and all others as they are."""
    others = [choice for n, choice in enumerate(choices) if n != place]
    used = sum(problem.placements[choice.placement].options[choice.option].time_s for choice in others)
    room = problem.budget_s - used
    found: list[Rival] = []
    for n in lines:
        fitting = [o for o, option in enumerate(problem.placements[n].options) if option.time_s <= room]
        if fitting:
            trial = [*others[:place], Choice(n, fitting[-1]), *others[place:]]
            if is_feasible(problem, trial, 0):
                found.append(Rival(Choice(n, fitting[-1]), objective(problem, trial, 0)))
        if len(found) == RIVALS:
            break
    for rival in sorted(found, key=lambda one: (-one.points, one.choice)):
        moving = ordered_transition_s(problem, [*others[:place], rival.choice, *others[place:]])
        if moving is not None and used + moving <= problem.budget_s:
            return rival
    return None


def _beaten(rival: Rival, place: int, shelf: Shelf, prepared: Prepared, choices: Sequence[Choice]) -> tuple[str, bool]:
    """What it was preferred for, and whether that tells something of the person."""
    problem = prepared.problem
    mine, theirs = problem.placements[choices[place].placement], problem.placements[rival.choice.placement]
    name = shelf.exercises[theirs.exercise].name
    trial = [*choices[:place], rival.choice, *choices[place + 1 :]]
    goal, seconds = _most_lost(prepared, choices, trial)
    if goal is not None and seconds >= WORTH_SAYING_S:
        return f"Preferred to {name}, with which {words(goal)} would get {seconds} s less.", False
    now, then = ordered_transition_s(problem, choices) or 0, ordered_transition_s(problem, trial) or 0
    if then > now:
        return f"Preferred to {name}, for which you would change position more often or further.", False
    if theirs.exercise in prepared.eligibility.cautions and mine.exercise not in prepared.eligibility.cautions:
        return f"Preferred to {name}, which a stated condition asks care with.", True
    if shelf.exercises[theirs.exercise].slug in prepared.past.courses:
        return f"Preferred to {name}, which you did lately.", True
    if shelf.exercises[mine.exercise].level > shelf.exercises[theirs.exercise].level:
        return f"Preferred to {name}, which is easier than your level.", False
    return "", False


def _most_lost(prepared: Prepared, choices: Sequence[Choice], trial: Sequence[Choice]) -> tuple[Goal | None, int]:
    """The goal that loses most points by the exchange and how many seconds, where any loses some."""
    problem = prepared.problem
    before, after = goal_seconds(problem, choices), goal_seconds(problem, trial)
    lost = [
        (worth[min(now, problem.budget_s)] - worth[min(then, problem.budget_s)], now - then, goal)
        for worth, now, then, goal in zip(problem.goal_utility, before, after, prepared.goals, strict=True)
    ]
    points, seconds, goal = max(lost, default=(0, 0, None), key=lambda one: one[0])
    return (goal, seconds) if points > 0 else (None, 0)
