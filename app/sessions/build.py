"""From a request to a plan: the one way in."""

from collections.abc import Sequence
from difflib import get_close_matches

from app.rules.conditions import load_condition_texts
from app.rules.vocabulary import PHASES
from app.schemas.exercise import Exercise
from app.schemas.session import Caution, ExerciseCard, GoalSeconds, SessionItem, SessionPhase
from app.schemas.session_request import SessionRequest
from app.sessions.assemble import attempt
from app.sessions.errors import Blocked, UnknownExercise
from app.sessions.explain import session_notes
from app.sessions.explain.conflicts import refusal
from app.sessions.explain.item_reasons import Why, contenders, why
from app.sessions.ordering.stages import PHASE_OF_STAGE
from app.sessions.plan import Plan
from app.sessions.problem.exercise_index import Shelf, shelf_of
from app.sessions.problem.prepare import PLAIN, Prepared, Variation
from app.sessions.solver.model import Choice
from app.sessions.solver.objective import OrderedSelection
from app.sessions.solver.shortlist import shortlist
from app.sessions.timeline import Part, timeline


def build(request: SessionRequest, exercises: Sequence[Exercise], variation: Variation = PLAIN) -> Plan:
    """A session for this request from these exercises, the same for the same request whatever their order.

    Raises `Blocked`, `UnknownExercise` or `CannotBuild`.
    """
    refuse(request)
    shelf = shelf_of(exercises)
    known(request, shelf)
    prepared, chosen = attempt(request, shelf, variation)
    if chosen is None:
        raise refusal(request, shelf, prepared)
    return _plan(request, shelf, prepared, chosen)


def refuse(request: SessionRequest) -> None:
    """No session where a professional must be asked first."""
    blocking = load_condition_texts().blocking
    instead = [blocking[condition] for condition in request.conditions if condition in blocking]
    if instead:
        raise Blocked("A stated condition needs a professional's word before any session.", instead)
    if request.age_band == "under-18":
        raise Blocked(
            "Sessions are built for adults.",
            ["Under 18, ask a physiotherapist or a coach who works with young people."],
        )


def known(request: SessionRequest, shelf: Shelf) -> None:
    """Every slug of the request is in the catalogue."""
    named = [(slug, f"/include/{n}") for n, slug in enumerate(request.include)]
    named += [(slug, f"/exclude/{n}") for n, slug in enumerate(request.exclude)]
    for s, session in enumerate(request.history):
        named += [(done.slug, f"/history/{s}/items/{n}/slug") for n, done in enumerate(session.items)]
    for slug, pointer in named:
        if slug not in shelf.index:
            raise UnknownExercise(slug, pointer, get_close_matches(slug, sorted(shelf.index), 2, 0.75))


def _plan(request: SessionRequest, shelf: Shelf, prepared: Prepared, chosen: OrderedSelection) -> Plan:
    problem, choices = prepared.problem, chosen.choices
    parts = []
    for choice in choices:
        number = problem.placements[choice.placement].exercise
        parts.append(Part(shelf.exercises[number], prepared.dose(choice, shelf), shelf.fetches[number]))
    events, spent = timeline(parts, request.duration_s)
    total = sum(spent)
    rivals = contenders(problem, choices, shortlist(problem))
    reasons = [why(n, request, shelf, prepared, choices, rivals[n]) for n in range(len(choices))]
    said = session_notes.notes(request, shelf, prepared, choices, total)
    return Plan(
        title=session_notes.title(request, prepared, choices, total),
        duration_s=total,
        purpose=request.purpose,
        seed=request.seed,
        phases=_phases(shelf, prepared, choices, spent, reasons),
        timeline=events,
        coverage=session_notes.coverage(request, shelf, prepared, choices, total),
        funnel=prepared.eligibility.funnel,
        excluded=session_notes.excluded(shelf, prepared),
        exercises={part.exercise.slug: part.exercise for part in parts},
        shortfall_s=request.duration_s - total,
        shortfall_reason=session_notes.shortfall(request, problem, choices, request.duration_s - total),
        notes=(*said, *prepared.past.advice),
        stop_rules=tuple(dict.fromkeys(rule for part in parts for rule in part.exercise.stop_rules)),
        disclaimer=parts[0].exercise.disclaimer,
        score=chosen.points,
        stored_why={part.exercise.slug: reason.kept for part, reason in zip(parts, reasons, strict=True)},
        stored_notes=said,
    )


def _phases(
    shelf: Shelf, prepared: Prepared, choices: Sequence[Choice], spent: Sequence[int], reasons: Sequence[Why]
) -> tuple[SessionPhase, ...]:
    problem = prepared.problem
    blocks = []
    for p, phase in enumerate(PHASES):
        places = [
            n for n, choice in enumerate(choices) if PHASE_OF_STAGE[problem.placements[choice.placement].stage] == p
        ]
        if places:
            items = tuple(_item(n, shelf, prepared, choices[n], spent[n], reasons[n]) for n in places)
            blocks.append(SessionPhase(phase=phase, duration_s=sum(spent[n] for n in places), items=items))
    return tuple(blocks)


def _item(n: int, shelf: Shelf, prepared: Prepared, choice: Choice, seconds: int, reason: Why) -> SessionItem:
    line = prepared.problem.placements[choice.placement]
    option = line.options[choice.option]
    served = [option.work_s * share // 1000 for share in line.goal_shares]
    exercise = shelf.exercises[line.exercise]
    return SessionItem(
        position_in_session=n + 1,
        exercise=ExerciseCard(slug=exercise.slug, name=exercise.name, figure=exercise.figure),
        dose=prepared.dose(choice, shelf),
        duration_s=seconds,
        why=reason.answered,
        serves=tuple(GoalSeconds(goal=g, seconds=s) for g, s in zip(prepared.goals, served, strict=True) if s),
        cautions=tuple(
            Caution(condition=f.condition, feature=f.feature, advice=load_condition_texts().care[f.feature])
            for f in prepared.eligibility.cautions.get(line.exercise, ())
        ),
    )
