"""What a session says of itself as a whole: its title, why time stays empty, and notes. Nothing in it is personal."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from app.kit.closed_lists import list_words
from app.rules.condition_rules import default_positions, first_level
from app.rules.terms import load_terms
from app.rules.vocabulary import PHASES, Position
from app.schemas.session_request import SessionRequest
from app.sessions.explain.exchange_notes import list_added, write_exchange_notes
from app.sessions.explain.phrases import join_goals, join_words
from app.sessions.problem.limits import SINGLE_PHASE_MAX_S
from app.sessions.problem.prepared_problem import PreparedProblem
from app.sessions.problem.solution import Solution
from app.sessions.solver.model import Placement
from app.sessions.solver.objective import OFF_GOAL_ALLOWANCE_S
from app.sessions.texts import PhraseTexts, SessionNoteTexts, load_texts

MAX_TITLE_GOALS: Final = 3
MAX_TITLE_SECONDS: Final = 90
"""Lengths up to this are given in seconds, longer ones in minutes."""
MIN_SHORTFALL_DIVISOR: Final = 50
"""A shortfall of at most one part of so many needs no reason."""
MIN_SHORTFALL_S: Final = 15
"""Fewer empty seconds than this need no reason: nobody misses them."""

USUAL_FIRST_LEVEL_65_PLUS: Final = 2
"""The level at which most people of 65 and over start; a higher one is said to be their own choice."""
MAX_LEVEL: Final = 5
MIN_HELD_BACK_PERCENT: Final = 80
"""Hundredths of the seconds that the week leaves a strain, from which the week holds it back."""


def describe_title(solution: Solution, duration_s: int) -> str:
    """Return the length, the purpose and the served goals with the largest weights."""
    texts = load_texts(SessionNoteTexts).title
    request = solution.prepared.request
    weights = request.weight_by_goal
    served = [goal for goal, seconds in solution.seconds_by_goal.items() if seconds]
    goals = sorted(served, key=lambda goal: -weights[goal])[:MAX_TITLE_GOALS]
    shown_s = request.duration_s if duration_s * 10 >= request.duration_s * 9 else duration_s
    purpose = load_texts(PhraseTexts).purposes[request.purpose]
    if shown_s <= MAX_TITLE_SECONDS:
        title = texts.seconds.fill(count=shown_s, purpose=purpose)
    else:
        title = texts.minutes.fill(count=(shown_s + 30) // 60, purpose=purpose)
    if not goals:
        return title
    template = texts.with_few_goals if solution.off_goal_s * 2 > duration_s else texts.with_goals
    return template.fill(title=title, goals=join_goals(goals))


def explain_shortfall(solution: Solution, shortfall_s: int) -> str | None:
    """Return why seconds stay empty; None where hardly any do."""
    problem = solution.prepared.problem
    if shortfall_s < MIN_SHORTFALL_S or shortfall_s * MIN_SHORTFALL_DIVISOR <= solution.prepared.request.duration_s:
        return None
    texts = load_texts(SessionNoteTexts).shortfall
    unused = [placement for placement in problem.placements if placement.family not in solution.families]
    is_full = len(solution) >= problem.max_exercises
    if solution.prepared.variation.is_exchange and (is_full or not unused):
        # Doses are those of before, so that nothing can be said of what more of them would do.
        return texts.exchanged_and_added if list_added(solution) else texts.exchanged
    if is_full:
        template = texts.max_exercises_full_doses if _has_full_doses(solution) else texts.max_exercises_costly_doses
        return template.fill(problem.max_exercises)
    return _explain_unused(unused, solution, shortfall_s)


def _has_full_doses(solution: Solution) -> bool:
    """True where every exercise has its longest dose."""
    pairs = zip(solution.choices, solution.placements, strict=True)
    return all(choice.option + 1 == len(placement.options) for choice, placement in pairs)


def _explain_unused(unused: Sequence[Placement], solution: Solution, shortfall_s: int) -> str:
    """Why none of the unused placements takes the empty seconds."""
    texts = load_texts(SessionNoteTexts).shortfall
    if not unused:
        return texts.all_used
    if all(placement.serves_no_goal for placement in unused) and solution.off_goal_s > OFF_GOAL_ALLOWANCE_S:
        return texts.only_off_goal
    if all(placement.options[0].time_s > shortfall_s for placement in unused):
        return texts.nothing_fits.fill(seconds=shortfall_s)
    is_too_much = all(placement.load or _exceeds_strain_limit(placement, solution) for placement in unused)
    return texts.would_tire if is_too_much else texts.phases_and_loads


def _exceeds_strain_limit(placement: Placement, solution: Solution) -> bool:
    """True where the shortest dose, with what the session has, takes longer than a condition or the week allows."""
    max_s, pairs = solution.prepared.problem.strain_max_s, zip(solution.placements, solution.options, strict=True)
    used = [(own.strain_limits, option.time_s) for own, option in pairs]
    return any(
        placement.options[0].time_s + sum(time_s for limits, time_s in used if limit in limits) > max_s[limit]
        for limit in placement.strain_limits
    )


def write_notes(solution: Solution, duration_s: int) -> tuple[str, ...]:
    """Return what else is worth knowing about the session."""
    texts = load_texts(SessionNoteTexts)
    request = solution.prepared.request
    notes: list[str] = []
    if not any(solution.goal_seconds):
        notes.append(texts.serves_no_goal)
    elif solution.off_goal_s * 2 > duration_s:
        notes.append(texts.mostly_off_goal)
    if any(before.load and before.load == after.load for before, after in pairwise(solution.placements)):
        notes.append(texts.wrists_follow)
    # A session that is mostly empty has its reason in the shortfall.
    if request.duration_s > SINGLE_PHASE_MAX_S and duration_s * 2 > request.duration_s:
        notes += _short_phases_note(solution)
    level = solution.prepared.eligibility.effective.level
    harder = [one.name for one in map(solution.prepared.exercise_of, solution.choices) if one.level > level]
    if harder:
        notes.append(texts.above_level.fill(exercises=load_texts(PhraseTexts).all_of.join(harder)))
    if request.purpose == "pre_training":
        notes.append(texts.pre_training)
    return (*notes, *write_exchange_notes(solution))


def write_condition_notes(prepared: PreparedProblem) -> list[str]:
    """Return what the stated conditions change in the session as a whole. These notes are never stored.

    Positions that the person names come before those that follow from a condition, and the note says so.
    """
    texts, request, notes = load_texts(SessionNoteTexts).conditions, prepared.request, list[str]()
    notes += _write_position_note(request)
    level = first_level(request.conditions)
    if level is not None and level < request.level and not request.history:
        notes.append(texts.first_level.fill(level=level))
    return notes


def _write_position_note(request: SessionRequest) -> list[str]:
    """Where the conditions leave positions out, these, or those that are left, whichever are fewer."""
    safe = default_positions(request.conditions)
    if safe is None:
        return []
    texts = load_texts(SessionNoteTexts).conditions
    outside = [position for position in request.positions or list_words(Position) if position not in safe]
    if request.positions is not None:
        return [texts.named_positions.fill(positions=_name_positions(outside))] if outside else []
    if len(outside) < len(safe):
        return [texts.positions_outside.fill(positions=_name_positions(outside))]
    return [texts.positions_inside.fill(positions=_name_positions(safe))]


def _name_positions(positions: Sequence[Position]) -> str:
    return join_words([load_terms()["positions"][position].label_in_sentence for position in positions])


def write_age_notes(prepared: PreparedProblem) -> list[str]:
    """Return what the age changes, and what it leaves as it was asked for. Never stored."""
    texts, effective = load_texts(SessionNoteTexts).aged_65_plus, prepared.eligibility.effective
    if prepared.request.age_band != "65+":
        return []
    notes = [texts.level.fill(level=effective.level)] if effective.level > USUAL_FIRST_LEVEL_65_PLUS else []
    if effective.floor_allowed or prepared.request.purpose == "desk_break":
        return notes
    index = prepared.index
    names_floor = any("floor_transfer" in index.strains[index.number_of[slug]] for slug in prepared.request.include)
    return [*notes, texts.named_on_floor if names_floor else texts.no_floor]


def suggest_next_level(prepared: PreparedProblem) -> list[str]:
    """Return the next level as a proposal where weeks of easy reports speak for it. Never stored."""
    request, history = prepared.request, prepared.eligibility.effective.history
    # Where a condition or a quiet purpose keeps the level low, easy is what it should be.
    is_low_on_purpose = request.purpose == "recovery" or first_level(request.conditions) is not None
    if not history.level_outgrown or request.level == MAX_LEVEL or is_low_on_purpose:
        return []
    return [load_texts(SessionNoteTexts).next_level.fill(level=request.level + 1)]


def _short_phases_note(solution: Solution) -> list[str]:
    phrases = load_texts(PhraseTexts)
    short = [
        phrases.phases[PHASES[phase]]
        for phase, min_s in enumerate(solution.prepared.problem.phase_min_s)
        if solution.phase_s(phase) < min_s
    ]
    return [load_texts(SessionNoteTexts).phases_shorter.fill(phases=phrases.each_of.join(short))] if short else []


def write_side_notes(solution: Solution) -> list[str]:
    """Return that the stiffer side gets nothing more, where that is so. Never stored."""
    prepared = solution.prepared
    if prepared.request.stiffer_side is None or any(map(prepared.extra_set_of, solution.choices)):
        return []
    return [load_texts(SessionNoteTexts).no_extra_set]


def note_weekly_limits(solution: Solution) -> tuple[str, ...]:
    """Return which strains the week holds back, in a sentence that tells of the person and is never stored."""
    index, terms = solution.prepared.index, load_terms()["strains"]
    held = []
    for limit in solution.prepared.history.weekly_limits:
        concerned = [
            option.time_s
            for placement, option in zip(solution.placements, solution.options, strict=True)
            if limit.concerns(index.strains[placement.exercise])
        ]
        if concerned and sum(concerned) * 100 >= (limit.max_total_s or 0) * MIN_HELD_BACK_PERCENT:
            held.append(terms[limit.strain].label_in_sentence)
    if not held:
        return ()
    return (load_texts(SessionNoteTexts).held_back.fill(strains=load_texts(PhraseTexts).all_of.join(held)),)
