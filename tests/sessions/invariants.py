"""What every session keeps, checked on what is answered: sentences on each promise that is broken."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from app.rules.dose import find_dose_errors, total_work_s
from app.rules.vocabulary import HEIGHT_OF_POSITION, PHASES
from app.schemas.exercise import Exercise
from app.schemas.session import SessionItem
from app.schemas.session_request import SessionRequest
from app.sessions.ordering.transitions import min_floor_changes
from app.sessions.plan import Plan
from app.sessions.problem.positions import POSITION_ID, TRANSITIONS
from tests.sessions.ordering.paths import count_floor_changes

SHORT_HOLDS = {"osteoporosis": "trunk_rotation", "hypermobility": "sustained_end_range"}
"""Conditions with which no hold of an exercise that asks fully for this strain is longer than 15 s."""


def broken_promises(request: SessionRequest, plan: Plan, exercises: Mapping[str, Exercise]) -> list[str]:
    """Every promise that this plan breaks."""
    checks = (_time, _sides, _rests, _sequence, _filters, _neighbours, _doses, _purpose)
    return [sentence for check in checks for sentence in check(request, plan, exercises)]


def _slugs(plan: Plan) -> list[str]:
    return [item.exercise.slug for phase in plan.phases for item in phase.items]


def _time(request: SessionRequest, plan: Plan, exercises: Mapping[str, Exercise]) -> Iterator[str]:
    end_s = 0
    for event in plan.timeline:
        is_last = event is plan.timeline[-1]
        if (event.kind == "done") != is_last or (event.duration_s == 0) != is_last:
            yield f"{event.kind} at {event.at_s} lasts {event.duration_s} s"
        if event.at_s != end_s or event.duration_s < 0:
            yield f"a gap or an empty event at {event.at_s}"
        end_s += event.duration_s
    if not end_s == plan.duration_s == sum(phase.duration_s for phase in plan.phases):
        yield f"{end_s} s in the timeline, {plan.duration_s} s stated"
    if plan.duration_s > request.duration_s or plan.shortfall_s != request.duration_s - plan.duration_s:
        yield f"{plan.duration_s} s of {request.duration_s} s, shortfall {plan.shortfall_s}"
    if plan.shortfall_s >= 15 and plan.shortfall_s * 50 > request.duration_s and not plan.shortfall_reason:
        yield f"a shortfall of {plan.shortfall_s} s without a reason"
    for event in plan.timeline:
        on_floor = HEIGHT_OF_POSITION[exercises[event.slug].position] == "floor"
        # Taking the position, fetching equipment, and up to five seconds that are left over.
        if event.kind == "get_ready" and not (8 if on_floor else 5) <= event.duration_s <= (18 if on_floor else 15):
            yield f"a get-ready of {event.duration_s} s for {event.slug}"
    if any(event.kind == "transition" and event.duration_s > 10 for event in plan.timeline):
        yield "a transition of more than 10 s"


def _sides(request: SessionRequest, plan: Plan, exercises: Mapping[str, Exercise]) -> Iterator[str]:
    items = {item.exercise.slug: item for phase in plan.phases for item in phase.items}
    for slug in _slugs(plan):
        work = [event for event in plan.timeline if event.slug == slug and event.kind == "work"]
        left, right, both = (
            [(event.set, event.duration_s, event.reps) for event in work if event.side == side]
            for side in ("left", "right", "both")
        )
        if bool(left) == bool(both) or _without_extra(left, right, items[slug]) is None:
            yield f"{slug}: left and right differ"
        if left and request.stiffer_side and work[0].side != _trained_by(request.stiffer_side, slug):
            yield f"{slug}: does not begin with the stiffer side"
        if exercises[slug].unilateral != bool(left):
            yield f"{slug}: one side or both"
        sides = [event.side for event in work][: 2 * items[slug].dose.sets]
        if any(before != after for before, after in zip(sides[1::2], sides[2::2], strict=False)) and left:
            yield f"{slug}: a set does not begin on the side where the last one ended"


SetRow = tuple[int | None, int, int | None]
"""Number, seconds and repetitions of a set on one side."""


def _without_extra(left: list[SetRow], right: list[SetRow], item: SessionItem) -> list[SetRow] | None:
    """The sets of each side without the extra one of the stiffer side; None where the sides then differ."""
    if item.extra_set is not None:
        favoured = left if item.extra_set.side == "left" else right
        number, seconds, reps = favoured.pop()
        work_s = total_work_s(item.dose) // 2
        # Half as much again, rounded up to a repetition or to five seconds of a hold; of three sets and more a third.
        if number != item.dose.sets + 1 or reps != (item.extra_set.breaths or item.extra_set.reps):
            return None
        if not work_s <= seconds * item.dose.sets * (1 if item.dose.sets > 1 else 2) <= work_s * 1.5:
            return None
    return left if sorted(left) == sorted(right) else None


def _trained_by(stiffer_side: str, slug: str) -> str:
    """The working side that turns the upper back to the stiffer side, or stretches it."""
    other = {"knee-rolls", "prone-scorpion", "seated-side-slide", "supine-spinal-twist", "thread-the-needle"}
    return {"left": "right", "right": "left"}[stiffer_side] if slug in other else stiffer_side


def _rests(request: SessionRequest, plan: Plan, exercises: Mapping[str, Exercise]) -> Iterator[str]:
    for before, after in pairwise(plan.timeline):
        if before.kind == "rest":
            said = before.say[0].text
            words = said.replace("-", " ").rstrip(".").split()
            side = [] if after.side == "both" else [after.side, "side"]
            is_announced = f"set {after.set}" in said and (not side or words[-2:] == side)
            is_announced |= said.endswith("more on this side.") and after.set == (before.set or 0) + 1
            if after.slug != before.slug or not is_announced or len(words) > min(10, before.duration_s * 2.5):
                yield f"{before.slug}: a rest of {before.duration_s} s that says {said!r}"


def _sequence(request: SessionRequest, plan: Plan, exercises: Mapping[str, Exercise]) -> Iterator[str]:
    phases = [PHASES.index(phase.phase) for phase in plan.phases]
    if phases != sorted(set(phases)):
        yield f"phases out of order: {phases}"
    slugs = _slugs(plan)
    if list(dict.fromkeys(event.slug for event in plan.timeline)) != slugs:
        yield "the timeline does not follow the items"
    if any(slugs.count(slug) != 1 for slug in request.include):
        yield "an include is missing or doubled"
    families = [exercises[slug].family for slug in slugs]
    if len(set(families)) < len(families):
        yield "two of a family"
    for phase in plan.phases:
        for item in phase.items:
            if request.duration_s > 300 and phase.phase not in exercises[item.exercise.slug].phases:
                is_forced = request.purpose == "pre_training" and item.exercise.slug in request.include
                if not is_forced:
                    yield f"{item.exercise.slug} in {phase.phase}"


def _filters(request: SessionRequest, plan: Plan, exercises: Mapping[str, Exercise]) -> Iterator[str]:
    seat = {"chair"} if "wheelchair_user" in request.conditions else set[str]()
    available = {*request.available_equipment, *seat}
    for slug in dict.fromkeys(event.slug for event in plan.timeline):
        exercise = exercises[slug]
        if any("mat" not in group.any_of and not available.intersection(group.any_of) for group in exercise.equipment):
            yield f"{slug}: kit that is not at hand"
        if request.positions is not None and exercise.position not in request.positions:
            yield f"{slug}: position"
        if exercise.level > request.level or slug in request.exclude:
            yield f"{slug}: level or exclusion"
        if any(c.verdict == "avoid" and c.condition in request.conditions for c in exercise.contraindications):
            yield f"{slug}: a stated condition bars it"


def _neighbours(request: SessionRequest, plan: Plan, exercises: Mapping[str, Exercise]) -> Iterator[str]:
    in_order = [exercises[slug] for slug in _slugs(plan)]
    for before, after in pairwise(in_order):
        are_included = before.slug in request.include and after.slug in request.include
        is_exempt = before.load_group == "wrist" and are_included and plan.notes
        if before.load_group != "none" and before.load_group == after.load_group and not is_exempt:
            yield f"{before.slug} and {after.slug} load alike"
    masks = [0] * 4
    for phase in plan.phases:
        for item in phase.items:
            masks[PHASES.index(phase.phase)] |= 1 << POSITION_ID[exercises[item.exercise.slug].position]
    if (
        count_floor_changes(TRANSITIONS, [POSITION_ID[exercise.position] for exercise in in_order])
        > min_floor_changes(TRANSITIONS, masks) + 1
    ):
        yield "more getting down and up than is forced"


def _doses(request: SessionRequest, plan: Plan, exercises: Mapping[str, Exercise]) -> Iterator[str]:
    for phase in plan.phases:
        for item in phase.items:
            exercise = exercises[item.exercise.slug]
            # About half, because something that strains alike hurt, may be less than any usual dose.
            if any("about half" in reason for reason in item.why) and 3 * total_work_s(item.dose) <= 2 * total_work_s(
                exercise.dose
            ):
                continue
            for error in find_dose_errors(item.dose, exercise.pattern, exercise.load_group):
                yield f"{exercise.slug}: {error}"
            if item.dose.rest_s % 5:
                yield f"{exercise.slug}: a rest of {item.dose.rest_s} s"
            if exercise.pattern == "static_hold" and item.dose.sets * (item.dose.hold_s or 0) > (
                90 if request.age_band == "65+" else 60
            ):
                yield f"{exercise.slug}: stretched for longer than it gives anything"
            is_stretch = exercise.pattern == "static_hold" and exercise.load_group != "grip"
            is_long = is_stretch and request.purpose != "pre_training"
            is_shortened = exercise.pattern == "static_hold" and _has_short_holds(exercise, request)
            if request.age_band == "65+" and is_long and (item.dose.hold_s or 0) < 30 and not is_shortened:
                yield f"{exercise.slug}: a hold under 30 s at 65"
            if is_shortened and (item.dose.hold_s or 0) > 15:
                yield f"{exercise.slug}: a hold over 15 s with a condition that shortens it"


def _has_short_holds(exercise: Exercise, request: SessionRequest) -> bool:
    """True where a stated condition shortens the holds of an exercise."""
    full = {one.strain for one in exercise.strains if one.degree == "full"}
    return any(condition in request.conditions and strain in full for condition, strain in SHORT_HOLDS.items())


def _purpose(request: SessionRequest, plan: Plan, exercises: Mapping[str, Exercise]) -> Iterator[str]:
    items = [(item, exercises[item.exercise.slug]) for phase in plan.phases for item in phase.items]
    if request.purpose == "desk_break" and any(HEIGHT_OF_POSITION[exercise.position] != "up" for _, exercise in items):
        yield "a desk break that goes to the floor"
    if request.purpose == "pre_training":
        if any(phase.phase == "restore" for phase in plan.phases):
            yield "a cool-down before training"
        on_region: dict[str, int] = {}
        for item, exercise in items:
            for region in exercise.regions if exercise.pattern == "static_hold" else ():
                on_region[region] = on_region.get(region, 0) + item.dose.sets * (item.dose.hold_s or 0)
        if any(seconds >= 60 for seconds in on_region.values()):
            yield "a region held for 60 s before training"
        if any(
            exercise.pattern in ("strength", "isometric")
            and exercise.phases == ("strengthen",)
            and "pre_training" not in exercise.suits
            and exercise.slug not in request.include
            for _, exercise in items
        ):
            yield "tired before training"
    for _, exercise in items if request.purpose == "recovery" else []:
        if exercise.pattern == "strength" or (exercise.pattern == "isometric" and exercise.load_group != "none"):
            yield f"{exercise.slug} in a recovery session"
