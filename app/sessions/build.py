"""From a request to a plan: the one way in."""

from collections.abc import Sequence

from app.rules.conditions import write_care
from app.rules.strain_limits import has_time_limit
from app.rules.vocabulary import PHASES, Phase
from app.schemas.session import Caution, ExerciseCard, ExtraSet, GoalSeconds, SessionItem, SessionPhase
from app.schemas.session_request import SessionRequest
from app.sessions.explain.coverage import cover_goals
from app.sessions.explain.exclusions import list_exclusions
from app.sessions.explain.item_reasons import ItemReasons, explain_items
from app.sessions.explain.refusals import explain_infeasible
from app.sessions.explain.session_notes import (
    describe_title,
    explain_shortfall,
    note_weekly_limits,
    suggest_next_level,
    write_age_notes,
    write_condition_notes,
    write_notes,
    write_side_notes,
)
from app.sessions.plan import Plan
from app.sessions.problem.blocking import check_not_blocked
from app.sessions.problem.exercise_index import ExerciseIndex
from app.sessions.problem.prepared_problem import NO_VARIATION, PreparedProblem, Variation, prepare_problem
from app.sessions.problem.slug_resolver import SlugResolver
from app.sessions.problem.solution import Solution
from app.sessions.solve import solve
from app.sessions.solver.model import Choice
from app.sessions.timeline.events import build_storable_timeline, build_timeline
from app.sessions.timeline.items import TimelineItem
from app.sessions.timeline.sides import find_working_side


def build_session(request: SessionRequest, index: ExerciseIndex, variation: Variation = NO_VARIATION) -> Plan:
    """Return a session for this request: the same for the same request and exercises.

    Raises `SessionBlockedError`, `UnknownExerciseError` or `InfeasibleRequestError`.
    """
    check_not_blocked(request.conditions, request.age_band)
    resolved = SlugResolver(index.number_of).resolve_request(request)
    prepared = prepare_problem(resolved, index, variation)
    solution = solve(prepared)
    if solution is None:
        raise explain_infeasible(prepared)
    return _build_plan(solution)


def _build_plan(solution: Solution) -> Plan:
    prepared = solution.prepared
    request = prepared.request
    items = [
        _build_timeline_item(choice, PHASES[phase], prepared)
        for choice, phase in zip(solution.choices, solution.phases, strict=True)
    ]
    timeline, item_seconds = build_timeline(items, request.duration_s)
    duration_s = sum(item_seconds)
    reasons = explain_items(solution)
    notes = write_notes(solution, duration_s)
    return Plan(
        title=describe_title(solution, duration_s),
        duration_s=duration_s,
        purpose=request.purpose,
        seed=request.seed,
        phases=_build_phases(solution, items, item_seconds, reasons),
        timeline=timeline,
        coverage=cover_goals(solution, duration_s),
        funnel=prepared.eligibility.funnel,
        excluded=list_exclusions(prepared.eligibility),
        exercises={item.exercise.slug: item.exercise for item in items},
        shortfall_s=request.duration_s - duration_s,
        shortfall_reason=explain_shortfall(solution, request.duration_s - duration_s),
        notes=(*notes, *_write_personal_notes(solution)),
        stop_rules=tuple(dict.fromkeys(rule for item in items for rule in item.exercise.stop_rules)),
        disclaimer=items[0].exercise.disclaimer,
        score=solution.points,
        storable_reasons=tuple(reason.storable for reason in reasons),
        storable_notes=notes,
        storable_timeline=build_storable_timeline(items, timeline, request.duration_s, is_personal=request.is_personal),
    )


def _write_personal_notes(solution: Solution) -> tuple[str, ...]:
    """What conditions, age, a stiffer side and history change. These notes are never stored."""
    prepared = solution.prepared
    return (
        *write_condition_notes(prepared),
        *write_age_notes(prepared),
        *write_side_notes(solution),
        *prepared.history.advice,
        *suggest_next_level(prepared),
        *note_weekly_limits(solution),
    )


def _build_timeline_item(choice: Choice, phase: Phase, prepared: PreparedProblem) -> TimelineItem:
    exercise, number = prepared.exercise_of(choice), prepared.problem.placement_of(choice).exercise
    stiffer_side = prepared.request.stiffer_side
    return TimelineItem(
        exercise,
        prepared.dose_of(choice),
        phase,
        prepared.index.needs_setup[number],
        prepared.eligibility.cautioned_strains(number),
        find_working_side(stiffer_side, exercise) if stiffer_side else "left",
        prepared.extra_set_of(choice),
        prepared.request.intro,
        has_time_limit(prepared.request.conditions, prepared.index.strains[number]),
    )


def _build_phases(
    solution: Solution, planned: Sequence[TimelineItem], item_seconds: Sequence[int], reasons: Sequence[ItemReasons]
) -> tuple[SessionPhase, ...]:
    phases = []
    for number, phase in enumerate(PHASES):
        item_indexes = [item_index for item_index, item_phase in enumerate(solution.phases) if item_phase == number]
        if item_indexes:
            items = tuple(
                _build_item(item_index, solution, planned[item_index], item_seconds[item_index], reasons[item_index])
                for item_index in item_indexes
            )
            seconds = sum(item_seconds[item_index] for item_index in item_indexes)
            phases.append(SessionPhase(phase=phase, duration_s=seconds, items=items))
    return tuple(phases)


def _build_item(
    item_index: int, solution: Solution, planned: TimelineItem, duration_s: int, reasons: ItemReasons
) -> SessionItem:
    prepared, placement, exercise = solution.prepared, solution.placements[item_index], planned.exercise
    credit_s = solution.options[item_index].credit_s
    seconds = [credit_s * share // 1000 for share in placement.goal_shares]
    return SessionItem(
        position_in_session=item_index + 1,
        exercise=ExerciseCard(slug=exercise.slug, name=exercise.name, figure=exercise.figure),
        dose=planned.dose,
        extra_set=_describe_extra_set(planned),
        side=None,
        note=None,
        duration_s=duration_s,
        why=reasons.all,
        serves=tuple(
            GoalSeconds(goal=goal, seconds=goal_s)
            for goal, goal_s in zip(prepared.goals, seconds, strict=True)
            if goal_s
        ),
        cautions=tuple(
            Caution(
                condition=rule.condition,
                strains=rule.strains,
                advice=write_care(rule.condition, rule.strains, prepared.request.conditions),
            )
            for rule in prepared.eligibility.cautions.get(placement.exercise, ())
        ),
    )


def _describe_extra_set(item: TimelineItem) -> ExtraSet | None:
    more = item.extra_set
    if more is None:
        return None
    return ExtraSet(side=item.first_side, reps=more.reps, hold_s=more.hold_s, breaths=more.breaths, text=more.text)
