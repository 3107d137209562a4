"""From a prescription to a plan: the one way in."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from app.rules.conditions import write_care
from app.rules.vocabulary import PHASES, Goal
from app.schemas.prescription import Prescription
from app.schemas.session import Caution, ExerciseCard, SessionItem, SessionPhase
from app.sessions.errors import FaultyItem, FaultyItemsError, InfeasibleRequestError
from app.sessions.explain.phrases import join_goals
from app.sessions.explain.session_notes import MAX_TITLE_GOALS, MAX_TITLE_SECONDS
from app.sessions.plan import Plan
from app.sessions.prescription.dosed_items import DosedItem, dose_items
from app.sessions.prescription.item_order import choose_phases, order_best
from app.sessions.prescription.item_reasons import explain_item, list_storable_reasons
from app.sessions.prescription.notes import write_personal_notes, write_plain_notes
from app.sessions.prescription.pauses import stretch_pauses
from app.sessions.prescription.safety import check_exercises, check_totals
from app.sessions.prescription.served_goals import cover_goals, list_served_goals
from app.sessions.prescription.texts import PrescriptionTexts
from app.sessions.problem.blocking import check_not_blocked
from app.sessions.problem.exercise_index import ExerciseIndex
from app.sessions.texts import RefusalTexts, SessionNoteTexts, load_texts
from app.sessions.timeline.events import Timeline, build_storable_timeline, build_timeline
from app.sessions.timeline.items import TimelineItem

MAX_DURATION_S: Final = 7200
"""Seconds of a prescription whose doses take as long as they take."""


class PrescribedOrder(NamedTuple):
    """The items in the order in which they are done."""

    items: list[DosedItem]
    phases: list[int]
    """The phase of each, by number."""
    keeps_loads_apart: bool


def build_prescription(
    prescription: Prescription, index: ExerciseIndex, replaced: dict[int, str] | None = None
) -> Plan:
    """Return the session of a prescription: exactly its exercises and doses. All slugs must be in the index.

    `replaced` names, for items by their index, the exercises in whose place they come. Raises
    `SessionBlockedError`, `FaultyItemsError`, `BarredItemsError` or `InfeasibleRequestError`.
    """
    check_not_blocked(prescription.conditions, prescription.age_band)
    items = dose_items(prescription, index)
    check_exercises(items, prescription, index)
    order = _order_items(items, prescription)
    timeline_items = _list_timeline_items(order, prescription, index)
    shortest = build_timeline(timeline_items, 0, stretch_pauses)
    budget_s = _check_duration(sum(shortest.item_seconds), prescription)
    timeline = build_timeline(timeline_items, budget_s, stretch_pauses)
    check_totals(order.items, timeline.item_seconds, prescription, index)
    return _describe_plan(prescription, index, order, timeline_items, timeline, replaced or {})


def _order_items(items: list[DosedItem], prescription: Prescription) -> PrescribedOrder:
    ordered, keeps_loads_apart = (items, True) if prescription.order == "given" else order_best(items)
    return PrescribedOrder(ordered, choose_phases([item.exercise for item in ordered]), keeps_loads_apart)


def _list_timeline_items(
    order: PrescribedOrder, prescription: Prescription, index: ExerciseIndex
) -> list[TimelineItem]:
    return [
        TimelineItem(
            exercise=item.exercise,
            dose=item.dose,
            phase=PHASES[phase],
            needs_setup=index.needs_setup[item.number],
            cautioned=item.cautioned_strains,
            has_introduction=prescription.intro,
            only_side=item.item.side,
            note=item.item.note,
        )
        for item, phase in zip(order.items, order.phases, strict=True)
    ]


def _check_duration(shortest_s: int, prescription: Prescription) -> int:
    """The seconds to fill. Raises `FaultyItemsError` or `InfeasibleRequestError` where the doses take longer."""
    texts = load_texts(PrescriptionTexts)
    if shortest_s > MAX_DURATION_S:
        detail = texts.faults.session_too_long.fill(seconds=shortest_s, max_s=MAX_DURATION_S)
        raise FaultyItemsError([FaultyItem("/items", detail)])
    available_s = prescription.duration_s
    if available_s is None:
        return shortest_s
    if shortest_s > available_s:
        detail = texts.needs_time.fill(needed=shortest_s, available=available_s)
        change = load_texts(RefusalTexts).changes.set_value.fill(field="duration_s", value=shortest_s)
        raise InfeasibleRequestError(detail, ["duration_s"], [change], shortest_s)
    return available_s


def _describe_plan(
    prescription: Prescription,
    index: ExerciseIndex,
    order: PrescribedOrder,
    timeline_items: Sequence[TimelineItem],
    timeline: Timeline,
    replaced: dict[int, str],
) -> Plan:
    items, duration_s = order.items, sum(timeline.item_seconds)
    session_items = [
        _describe_item(number, item, prescription, seconds, replaced)
        for number, (item, seconds) in enumerate(zip(items, timeline.item_seconds, strict=True), start=1)
    ]
    coverage = cover_goals(session_items)
    budget_s = prescription.duration_s or duration_s
    notes = write_plain_notes(items, has_better_order=order.keeps_loads_apart)
    shortfall_s = budget_s - duration_s
    shortfall = load_texts(PrescriptionTexts).shortfall.fill(seconds=shortfall_s) if shortfall_s else None
    return Plan(
        title=_describe_title(duration_s, [one.goal for one in coverage]),
        duration_s=duration_s,
        purpose="standalone",
        seed=0,
        phases=_group_phases(session_items, order.phases),
        timeline=timeline.events,
        coverage=coverage,
        funnel=(),
        excluded=(),
        exercises={item.exercise.slug: item.exercise for item in items},
        shortfall_s=shortfall_s,
        shortfall_reason=shortfall,
        notes=(*notes, *write_personal_notes(items, prescription, index)),
        stop_rules=tuple(dict.fromkeys(rule for item in items for rule in item.exercise.stop_rules)),
        disclaimer=items[0].exercise.disclaimer,
        score=0,
        storable_reasons=tuple(list_storable_reasons(item, replaced) for item in items),
        storable_notes=notes,
        storable_timeline=build_storable_timeline(
            timeline_items, timeline.events, budget_s, stretch_pauses, is_personal=prescription.is_personal
        ),
    )


def _describe_item(
    number: int, item: DosedItem, prescription: Prescription, duration_s: int, replaced: dict[int, str]
) -> SessionItem:
    exercise = item.exercise
    return SessionItem(
        position_in_session=number,
        exercise=ExerciseCard(slug=exercise.slug, name=exercise.name, figure=exercise.figure),
        dose=item.dose,
        extra_set=None,
        side=item.item.side,
        note=item.item.note,
        duration_s=duration_s,
        why=explain_item(item, replaced),
        serves=list_served_goals(item),
        cautions=tuple(
            Caution(
                condition=rule.condition,
                strains=rule.strains,
                advice=write_care(rule.condition, rule.strains, prescription.conditions),
            )
            for rule in (*item.overridden, *item.cautions)
        ),
    )


def _group_phases(items: Sequence[SessionItem], phases: Sequence[int]) -> tuple[SessionPhase, ...]:
    groups = [
        (phase, tuple(item for item, own in zip(items, phases, strict=True) if own == number))
        for number, phase in enumerate(PHASES)
    ]
    return tuple(
        SessionPhase(phase=phase, duration_s=sum(item.duration_s for item in group), items=group)
        for phase, group in groups
        if group
    )


def _describe_title(duration_s: int, goals: Sequence[Goal]) -> str:
    """The length and the goals that get most."""
    texts, what = load_texts(SessionNoteTexts).title, load_texts(PrescriptionTexts).in_title
    if duration_s <= MAX_TITLE_SECONDS:
        title = texts.seconds.fill(count=duration_s, purpose=what)
    else:
        title = texts.minutes.fill(count=(duration_s + 30) // 60, purpose=what)
    # So little work is possible that no goal gets a whole second of it.
    return texts.with_goals.fill(title=title, goals=join_goals(goals[:MAX_TITLE_GOALS])) if goals else title
