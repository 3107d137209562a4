"""What every session keeps, checked on what is answered: sentences on each promise that is broken."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from app.rules.dose import find_dose_errors
from app.rules.vocabulary import HEIGHT_OF_POSITION, PHASES
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.ordering.transitions import min_floor_changes
from app.sessions.plan import Plan
from app.sessions.problem.positions import POSITION_ID, TRANSITIONS
from tests.sessions.ordering.paths import count_floor_changes

LEVELS = {"40-64": 3, "65+": 2}


def broken(request: SessionRequest, plan: Plan, exercises: Mapping[str, Exercise]) -> list[str]:
    """Every promise that this plan breaks."""
    checks = (_time, _sides, _sequence, _filters, _neighbours, _doses, _purpose)
    return [said for check in checks for said in check(request, plan, exercises)]


def _held(plan: Plan) -> list[str]:
    return [item.exercise.slug for block in plan.phases for item in block.items]


def _time(request: SessionRequest, plan: Plan, exercises: Mapping[str, Exercise]) -> Iterator[str]:
    at = 0
    for event in plan.timeline:
        if event.at_s != at or event.duration_s <= 0:
            yield f"a gap or an empty event at {event.at_s}"
        at += event.duration_s
    if not at == plan.duration_s == sum(block.duration_s for block in plan.phases):
        yield f"{at} s in the timeline, {plan.duration_s} s stated"
    if plan.duration_s > request.duration_s or plan.shortfall_s != request.duration_s - plan.duration_s:
        yield f"{plan.duration_s} s of {request.duration_s} s, shortfall {plan.shortfall_s}"
    if plan.shortfall_s * 50 > request.duration_s and not plan.shortfall_reason:
        yield f"a shortfall of {plan.shortfall_s} s without a reason"
    if any(event.kind == "get_ready" and event.duration_s > 15 for event in plan.timeline):
        yield "a get-ready of more than 15 s"
    if any(event.kind == "transition" and event.duration_s > 10 for event in plan.timeline):
        yield "a transition of more than 10 s"


def _sides(request: SessionRequest, plan: Plan, exercises: Mapping[str, Exercise]) -> Iterator[str]:
    for slug in _held(plan):
        work = [event for event in plan.timeline if event.slug == slug and event.kind == "work"]
        left, right, both = (
            [(event.set, event.duration_s, event.reps) for event in work if event.side == side]
            for side in ("left", "right", "both")
        )
        if sorted(left) != sorted(right) or bool(left) == bool(both):
            yield f"{slug}: left and right differ"
        if exercises[slug].unilateral != bool(left):
            yield f"{slug}: one side or both"
        sides = [event.side for event in work]
        if any(a != b for a, b in zip(sides[1::2], sides[2::2], strict=False)) and left:
            yield f"{slug}: a set does not begin on the side where the last one ended"


def _sequence(request: SessionRequest, plan: Plan, exercises: Mapping[str, Exercise]) -> Iterator[str]:
    phases = [PHASES.index(block.phase) for block in plan.phases]
    if phases != sorted(set(phases)):
        yield f"phases out of order: {phases}"
    held = _held(plan)
    if list(dict.fromkeys(event.slug for event in plan.timeline)) != held:
        yield "the timeline does not follow the items"
    if any(held.count(slug) != 1 for slug in request.include):
        yield "an include is missing or doubled"
    families = [exercises[slug].family for slug in held]
    if len(set(families)) < len(families):
        yield "two of a family"
    for block in plan.phases:
        for item in block.items:
            if request.duration_s > 300 and block.phase not in exercises[item.exercise.slug].phases:
                forced = request.purpose == "pre_training" and item.exercise.slug in request.include
                if not forced:
                    yield f"{item.exercise.slug} in {block.phase}"


def _filters(request: SessionRequest, plan: Plan, exercises: Mapping[str, Exercise]) -> Iterator[str]:
    at_hand = set(request.available_equipment)
    level = min(request.level, LEVELS.get(request.age_band or "", 5))
    for slug in dict.fromkeys(event.slug for event in plan.timeline):
        one = exercises[slug]
        if any("mat" not in group and not at_hand.intersection(group) for group in one.equipment):
            yield f"{slug}: kit that is not at hand"
        if request.positions is not None and one.position not in request.positions:
            yield f"{slug}: position"
        if one.level > level or slug in request.exclude:
            yield f"{slug}: level or exclusion"
        if any(c.verdict == "avoid" and c.condition in request.conditions for c in one.contraindications):
            yield f"{slug}: a stated condition bars it"


def _neighbours(request: SessionRequest, plan: Plan, exercises: Mapping[str, Exercise]) -> Iterator[str]:
    held = [exercises[slug] for slug in _held(plan)]
    for a, b in pairwise(held):
        excused = a.load_group == "wrist" and a.slug in request.include and b.slug in request.include and plan.notes
        if a.load_group != "none" and a.load_group == b.load_group and not excused:
            yield f"{a.slug} and {b.slug} load alike"
    masks = [0] * 4
    for block in plan.phases:
        for item in block.items:
            masks[PHASES.index(block.phase)] |= 1 << POSITION_ID[exercises[item.exercise.slug].position]
    if (
        count_floor_changes(TRANSITIONS, [POSITION_ID[one.position] for one in held])
        > min_floor_changes(TRANSITIONS, masks) + 1
    ):
        yield "more getting down and up than is forced"


def _doses(request: SessionRequest, plan: Plan, exercises: Mapping[str, Exercise]) -> Iterator[str]:
    for block in plan.phases:
        for item in block.items:
            one = exercises[item.exercise.slug]
            for fault in find_dose_errors(item.dose, one.pattern, one.load_group):
                yield f"{one.slug}: {fault}"
            if item.dose.rest_s % 5:
                yield f"{one.slug}: a rest of {item.dose.rest_s} s"
            if one.pattern == "static_hold" and item.dose.sets * (item.dose.hold_s or 0) > (
                90 if request.age_band == "65+" else 60
            ):
                yield f"{one.slug}: stretched for longer than it gives anything"
            held = one.pattern == "static_hold" and one.load_group != "grip" and request.purpose != "pre_training"
            if request.age_band == "65+" and held and (item.dose.hold_s or 0) < 30:
                yield f"{one.slug}: a hold under 30 s at 65"


def _purpose(request: SessionRequest, plan: Plan, exercises: Mapping[str, Exercise]) -> Iterator[str]:
    held = [(item, exercises[item.exercise.slug]) for block in plan.phases for item in block.items]
    if request.purpose == "desk_break" and any(HEIGHT_OF_POSITION[one.position] != "up" for _, one in held):
        yield "a desk break that goes to the floor"
    if request.purpose == "pre_training":
        if any(block.phase == "restore" for block in plan.phases):
            yield "a cool-down before training"
        on_region: dict[str, int] = {}
        for item, one in held:
            for region in one.regions if one.pattern == "static_hold" else ():
                on_region[region] = on_region.get(region, 0) + item.dose.sets * (item.dose.hold_s or 0)
        if any(seconds >= 60 for seconds in on_region.values()):
            yield "a region held for 60 s before training"
        if any(
            one.pattern in ("strength", "isometric")
            and one.phases == ("strengthen",)
            and "pre_training" not in one.suits
            and one.slug not in request.include
            for _, one in held
        ):
            yield "tired before training"
    for _, one in held if request.purpose == "recovery" else []:
        if one.pattern == "strength" or (one.pattern == "isometric" and one.load_group != "none"):
            yield f"{one.slug} in a recovery session"
