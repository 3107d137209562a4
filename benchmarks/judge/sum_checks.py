"""Whether the sums of a session are kept: seconds, sides, goals and the filters of the request."""

from collections.abc import Iterator
from itertools import pairwise

from app.schemas.session import SessionItem
from benchmarks.judge.care_checks import Case, Finding
from benchmarks.judge.facts import FLOOR

MIN_GET_READY_ON_FLOOR_S = 8
MAX_UNEXPLAINED_S = 14
"""Empty seconds that nobody asks about."""
MIN_EXTRA_SHARE = 0.5
"""Least part of a set that a stiffer side does more, after it was worked first."""
SWITCH_S = {"side_lying": 8, "side_plank": 8, "half_kneeling": 8, "split_stance": 8}
"""Least seconds to change sides where the whole body turns."""


def find_sum_faults(case: Case) -> Iterator[Finding]:
    """Yield where a sum or a filter of the request is not kept."""
    for check in (_seconds, _goals, _sides, _filters, _families, _changeovers, _spoken, _stored):
        yield from check(case)


def _seconds(case: Case) -> Iterator[Finding]:
    plan, end_s = case.plan, 0
    for event in plan.timeline:
        is_end = event is plan.timeline[-1]
        if (event.kind == "done") != is_end:
            yield "not one end", f"{event.kind} at {event.at_s} s"
        if event.at_s != end_s or event.duration_s < 1 - is_end:
            yield "gap in the timeline", f"at {event.at_s} s"
        end_s = event.at_s + event.duration_s
    phases_s = sum(phase.duration_s for phase in plan.phases)
    items_s = sum(item.duration_s for item in case.items)
    if not end_s == plan.duration_s == phases_s == items_s:
        yield "seconds do not add up", f"{end_s}, {plan.duration_s}, {phases_s}, {items_s}"
    if plan.duration_s > case.request.duration_s or plan.shortfall_s != case.request.duration_s - plan.duration_s:
        yield "longer than asked", f"{plan.duration_s} s, shortfall {plan.shortfall_s} s"
    if plan.shortfall_s > max(MAX_UNEXPLAINED_S, case.request.duration_s * 0.02) and not plan.shortfall_reason:
        yield "empty seconds without a reason", f"{plan.shortfall_s} s"


def _credited_rests_s(case: Case, item: SessionItem) -> int:
    """The rests between sets of strength work and of hanging count for its goals."""
    exercise = case.plan.exercises[item.exercise.slug]
    is_credited = exercise.pattern == "strength" or exercise.load_group == "grip"
    return item.dose.rest_s * (item.dose.sets - 1) if is_credited else 0


def _goals(case: Case) -> Iterator[Finding]:
    total_weight = sum(goal.weight for goal in case.request.goals)
    served = {goal.goal: 0 for goal in case.request.goals}
    for item in case.items:
        own = {one.goal: one.seconds for one in item.serves}
        if sum(own.values()) > case.work_s(item.exercise.slug) + _credited_rests_s(case, item):
            yield "goals get more than the work", item.exercise.slug
        for goal, seconds in own.items():
            served[goal] += seconds
            if goal not in case.facts.exercises[item.exercise.slug].goals:
                yield "goal that an exercise does not serve", f"{item.exercise.slug}: {goal}"
    total_s = sum(served.values())
    for line, asked in zip(case.plan.coverage, case.request.goals, strict=True):
        shares = (round(asked.weight / total_weight, 2), round(served[line.goal] / total_s, 2) if total_s else 0.0)
        if (line.goal, line.seconds) != (asked.goal, served[asked.goal]):
            yield "seconds of a goal", f"{line.goal}: {line.seconds}, of the items {served[asked.goal]}"
        if (line.requested_share, line.actual_share) != shares:
            yield "share of a goal", f"{line.goal}: {line.requested_share}, {line.actual_share}; right {shares}"
        if abs(shares[0] - shares[1]) > 0.11 and not line.reason:
            yield "share without a reason", f"{line.goal}: {shares}"


def _sides(case: Case) -> Iterator[Finding]:
    for item, exercise in zip(case.items, case.exercises, strict=True):
        work = case.events_of(exercise.slug, "work")
        sides = {side: [event.duration_s for event in work if event.side == side] for side in ("left", "right")}
        if exercise.unilateral != bool(sides["left"]) or exercise.unilateral == any(e.side == "both" for e in work):
            yield "one side or both", exercise.slug
        if item.extra_set is None:
            if sorted(sides["left"]) != sorted(sides["right"]):
                yield "sides differ", exercise.slug
            continue
        first, other = (
            (sides[side] for side in ("left", "right"))
            if work[0].side == "left"
            else (sides[side] for side in ("right", "left"))
        )
        extra_share = (sum(first) - sum(other)) / max(other)
        if item.extra_set.side != work[0].side or not MIN_EXTRA_SHARE <= extra_share <= 1:
            yield "extra set of the stiffer side", f"{exercise.slug}: {first}, {other}"
        if case.request.stiffer_side is None or exercise.pattern in ("strength", "isometric"):
            yield "extra set that nobody asked for", exercise.slug


def _filters(case: Case) -> Iterator[Finding]:
    request = case.request
    seat = {"chair"} if "wheelchair_user" in request.conditions else set[str]()
    at_hand = {*request.available_equipment, *seat}
    slugs = [exercise.slug for exercise in case.exercises]
    for exercise in case.exercises:
        if any(not group & at_hand for group in exercise.equipment if "mat" not in group):
            yield "equipment not at hand", exercise.slug
        if request.positions is not None and exercise.position not in request.positions:
            yield "position not asked for", exercise.slug
        # What is asked for by name may be one level above the person's own word.
        if exercise.level > request.level + (exercise.slug in request.include):
            yield "level above the one asked", exercise.slug
        if exercise.slug in request.exclude:
            yield "excluded exercise", exercise.slug
        if request.purpose == "desk_break" and exercise.position in FLOOR:
            yield "desk break on the floor", exercise.slug
    for slug in request.include:
        if slugs.count(slug) != 1:
            yield "included exercise", slug


def _families(case: Case) -> Iterator[Finding]:
    families = [exercise.family for exercise in case.exercises]
    if len(set(families)) < len(families):
        yield "two forms of one drill", str(families)
    for before, after in pairwise(case.exercises):
        is_named = {before.slug, after.slug} <= set(case.request.include)
        if before.load_group == after.load_group != "none" and not is_named:
            yield "load twice running", f"{before.slug}, {after.slug}"


def _changeovers(case: Case) -> Iterator[Finding]:
    for exercise in case.exercises:
        for event in case.events_of(exercise.slug, "get_ready"):
            if exercise.position in FLOOR and event.duration_s < MIN_GET_READY_ON_FLOOR_S:
                yield "get-ready on the floor", f"{exercise.slug}: {event.duration_s} s"
        for event in case.events_of(exercise.slug, "switch"):
            if event.duration_s < SWITCH_S.get(exercise.position, 5):
                yield "time to change sides", f"{exercise.slug}: {event.duration_s} s"


def _spoken(case: Case) -> Iterator[Finding]:
    for event in case.plan.timeline:
        if not event.say or event.say[0].at_s:
            yield "nothing said at the start", event.slug
        if any(before.at_s >= after.at_s for before, after in pairwise(event.say)):
            yield "spoken lines out of order", event.slug
        if event.kind != "done" and any(line.at_s >= event.duration_s for line in event.say):
            yield "line after the end", event.slug
    for exercise in case.exercises:
        first = case.events_of(exercise.slug, "work")[0]
        if first.duration_s >= 10 and not any(character.isdigit() for character in first.say[0].text):
            yield "cue without how many", f"{exercise.slug}: {first.say[0].text}"


def _stored(case: Case) -> Iterator[Finding]:
    stored = [*case.plan.storable_notes, *(why for own in case.plan.storable_reasons for why in own)]
    for text in stored:
        if any(word in text for word in ("you stated", "stated condition", "hurt", "last time", "From 65")):
            yield "stored text tells of the person", text
