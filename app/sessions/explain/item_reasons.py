"""Why each exercise is in the session: what it serves, why it stands there, and what it was preferred to."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from app.rules.progression import NextDose
from app.rules.vocabulary import PHASES, BodySide, Goal
from app.schemas.exercise import Exercise
from app.sessions.explain.phrases import goal_phrase, join_goals
from app.sessions.explain.rivals import best_rival_solution, rivals_by_place
from app.sessions.problem.eligibility import MAX_RECOVERY_LEVEL
from app.sessions.problem.limits import SINGLE_PHASE_MAX_S
from app.sessions.problem.prepared_problem import PreparedProblem
from app.sessions.problem.solution import Solution
from app.sessions.problem.stage_places import ends_quietly
from app.sessions.texts import ItemReasonTexts, PhraseTexts, load_texts
from app.sessions.timeline.sides import find_working_side

MIN_REPORTED_LOSS_S: Final = 5
"""Seconds that a goal must lose with a rival for the loss to be a reason."""


class ItemReasons(NamedTuple):
    """The reasons of one exercise."""

    all: tuple[str, ...]
    storable: tuple[str, ...]
    """Those that tell nothing of the person."""


class Preference(NamedTuple):
    """Why an exercise was preferred to a rival."""

    reason: str
    is_personal: bool
    """True where it tells of a condition or of the history."""


def explain_items(solution: Solution) -> list[ItemReasons]:
    """Return the reasons of each exercise, in the order of the session."""
    rivals = rivals_by_place(solution)
    return [_item_reasons(item_index, solution, rivals[item_index]) for item_index in range(len(solution))]


def _item_reasons(item_index: int, solution: Solution, rivals: Sequence[int]) -> ItemReasons:
    prepared = solution.prepared
    exercise = prepared.exercise_of(solution.choices[item_index])
    served = _served_goals(item_index, solution)
    storable = _origin_reasons(exercise, prepared)
    storable.append(_goals_reason(served, exercise) if served else _off_goal_reason(exercise))
    # A session of one phase has no warm-up and no end to speak of.
    if prepared.request.duration_s > SINGLE_PHASE_MAX_S:
        storable += _placement_reasons(item_index, solution)
    personal = _personal_reasons(item_index, solution)
    preference = _preference(item_index, solution, rivals) if served else None
    if preference is not None:
        (personal if preference.is_personal else storable).append(preference.reason)
    return ItemReasons((*storable, *personal), tuple(storable))


def _personal_reasons(item_index: int, solution: Solution) -> list[str]:
    """What the history and a stiffer side change; never stored."""
    prepared = solution.prepared
    exercise = prepared.exercise_of(solution.choices[item_index])
    personal: list[str] = []
    next_dose = prepared.history.progressions.get(exercise.slug)
    if exercise.slug in prepared.history.halved and (next_dose is None or next_dose.step != "restart_mildest"):
        personal.append(load_texts(ItemReasonTexts).halved)
    elif next_dose is not None:
        personal.append(_progression_reason(item_index, solution, next_dose))
    if exercise.slug in prepared.history.unrested:
        personal.append(load_texts(ItemReasonTexts).unrested)
    stiffer_side = prepared.request.stiffer_side
    if stiffer_side is not None and prepared.extra_set_of(solution.choices[item_index]) is not None:
        personal.append(_stiffer_side_reason(stiffer_side, exercise))
    return personal


def _stiffer_side_reason(stiffer_side: BodySide, exercise: Exercise) -> str:
    texts, working_side = load_texts(ItemReasonTexts), find_working_side(stiffer_side, exercise)
    if working_side == stiffer_side:
        return texts.stiffer_side
    return texts.stiffer_side_by_other.fill(working=working_side, stiffer=stiffer_side)


def _origin_reasons(exercise: Exercise, prepared: PreparedProblem) -> list[str]:
    """That it was included by name, or came for another one."""
    texts = load_texts(ItemReasonTexts)
    reasons = [texts.included] if exercise.slug in prepared.request.include else []
    replacement = prepared.variation.replacement
    if replacement is not None and replacement.new == exercise.slug:
        reasons.append(texts.replacement.fill(exercise=prepared.index.by_slug(replacement.old).name))
    return reasons


def _served_goals(item_index: int, solution: Solution) -> list[tuple[int, Goal]]:
    """Seconds for each goal that an exercise serves, the most first."""
    credit_s = solution.options[item_index].credit_s
    shares = zip(solution.placements[item_index].goal_shares, solution.prepared.goals, strict=True)
    served = [(credit_s * share // 1000, goal) for share, goal in shares if credit_s * share >= 1000]
    return sorted(served, key=lambda pair: (-pair[0], pair[1]))


def _goals_reason(served: Sequence[tuple[int, Goal]], exercise: Exercise) -> str:
    """What it works on: what it serves lightly is named only where there is nothing else."""
    texts, goals = load_texts(ItemReasonTexts), [goal for _, goal in served]
    main_goals = [goal for goal in goals if exercise.goal_weights[goal] > 1]
    return texts.serves.fill(goals=join_goals(main_goals)) if main_goals else texts.helps.fill(goals=join_goals(goals))


def _off_goal_reason(exercise: Exercise) -> str:
    return load_texts(ItemReasonTexts).off_goal.fill(goals=join_goals(exercise.goals[:2]))


def _placement_reasons(item_index: int, solution: Solution) -> list[str]:
    """Why it stands where it stands; said of the first or the last of a phase, and only where it is so."""
    texts = load_texts(ItemReasonTexts)
    exercise = solution.prepared.exercise_of(solution.choices[item_index])
    phase = PHASES[solution.phases[item_index]]
    is_first = solution.starts_phase(item_index)
    if phase == "prepare" and is_first:
        return _opening_reasons(exercise, solution.prepared)
    if phase == "strengthen" and is_first and "strength" in exercise.goal_weights:
        return [texts.fresh_strength] if _has_warmed_up(item_index, solution) else []
    if phase == "restore" and item_index == len(solution) - 1 and ends_quietly(exercise):
        return [texts.quiet_end]
    return []


def _has_warmed_up(item_index: int, solution: Solution) -> bool:
    """Whether something before an exercise moves the body: breathing and holds leave it as cold as before."""
    before = (solution.prepared.exercise_of(choice) for choice in solution.choices[:item_index])
    return any(exercise.pattern == "dynamic" for exercise in before)


def _opening_reasons(exercise: Exercise, prepared: PreparedProblem) -> list[str]:
    texts = load_texts(ItemReasonTexts)
    if exercise.pattern == "breathing":
        return [texts.calm_start]
    is_easy = exercise.pattern == "dynamic" and exercise.level <= min(MAX_RECOVERY_LEVEL, prepared.request.level)
    return [texts.easy_start] if is_easy else []


def _progression_reason(item_index: int, solution: Solution, next_dose: NextDose) -> str:
    texts = load_texts(ItemReasonTexts)
    dose = solution.prepared.dose_of(solution.choices[item_index])
    if next_dose.step == "raise_dose" and next_dose.raised_amount is not None and dose == next_dose.dose:
        if next_dose.raised_amount == "sets" and dose.reps is not None:
            return texts.step_up_sets.fill(sets=dose.sets, reps=dose.reps)
        unit = load_texts(PhraseTexts).dose_units[next_dose.raised_amount]
        return texts.step_up.fill(amount=getattr(dose, next_dose.raised_amount), unit=unit)
    reasons = {
        "lower_dose": texts.eased,
        "lower_after_miss": texts.after_miss,
        "restart_lower": texts.returning,
        "restart_mildest": texts.returning_after_pain,
        "mildest_dose": texts.mildest,
        "harder_exercise": texts.outgrown,
        "highest_dose": texts.at_the_top,
    }
    return reasons.get(next_dose.step, texts.repeated)


def _preference(item_index: int, solution: Solution, rivals: Sequence[int]) -> Preference | None:
    """What an exercise was preferred for to its best rival; None where there is none, or no reason.

    A required exercise was not preferred to anything.
    """
    if solution.placements[item_index].exercise in solution.prepared.problem.required:
        return None
    rival = best_rival_solution(item_index, solution, rivals)
    if rival is None:
        return None
    texts = load_texts(ItemReasonTexts)
    goal, seconds = _largest_loss(solution, rival)
    other = solution.prepared.exercise_of(rival.choices[item_index])
    is_alike = other.category == solution.prepared.exercise_of(solution.choices[item_index]).category
    if is_alike and goal is not None and seconds >= MIN_REPORTED_LOSS_S:
        reason = texts.preferred_for_goal.fill(exercise=other.name, goal=goal_phrase(goal))
        return Preference(reason, False)
    return _exercise_preference(item_index, solution, rival)


def _exercise_preference(item_index: int, solution: Solution, rival: Solution) -> Preference | None:
    """What tells two exercises apart that serve the goals alike: care, novelty or level."""
    texts, prepared = load_texts(ItemReasonTexts), solution.prepared
    exercise, other = (prepared.exercise_of(each.choices[item_index]) for each in (solution, rival))
    cautions = prepared.eligibility.cautions
    if rival.placements[item_index].exercise in cautions and solution.placements[item_index].exercise not in cautions:
        return Preference(texts.preferred_for_care.fill(exercise=other.name), True)
    if other.slug in prepared.history.progressions:
        return Preference(texts.preferred_for_novelty.fill(exercise=other.name), True)
    if other.slug in exercise.easier:
        return Preference(texts.preferred_for_level.fill(exercise=other.name), False)
    return None


def _largest_loss(solution: Solution, rival: Solution) -> tuple[Goal | None, int]:
    """The goal that loses most points with a rival, and how many seconds it loses; None where none loses any."""
    problem = solution.prepared.problem
    losses = [
        (utility[min(now, problem.budget_s)] - utility[min(then, problem.budget_s)], now - then, goal)
        for utility, now, then, goal in zip(
            problem.goal_utility, solution.goal_seconds, rival.goal_seconds, solution.prepared.goals, strict=True
        )
    ]
    points, seconds, goal = max(losses, default=(0, 0, None), key=lambda loss: loss[0])
    return (goal, seconds) if points > 0 else (None, 0)
