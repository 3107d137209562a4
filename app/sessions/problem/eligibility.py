"""Which exercises may be in a session, and which field of the request keeps each other one out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from app.rules.condition_rules import default_positions, equipment_of_conditions, first_level
from app.rules.conditions import Verdict
from app.rules.dose_options import DosingContext
from app.rules.strain_limits import StrainLimit, list_strain_limits
from app.rules.strains import Strain
from app.rules.vocabulary import OPTIONAL_EQUIPMENT
from app.schemas.exercise import Contraindication, Exercise
from app.schemas.session import EligibilityStep
from app.schemas.session_request import SessionRequest
from app.sessions.problem.dosing import exercise_dosing
from app.sessions.problem.exercise_index import FURNITURE, ExerciseIndex
from app.sessions.problem.history_points import HistoryEffects

MAX_RECOVERY_LEVEL: Final = 2
"""The highest level of an exercise in a recovery session."""
INCLUDED_BONUS: Final = 1000
"""What a piece of equipment is worth for an exercise that is included by name; a goal served is worth 1 to 30."""

FilterStep = Literal["equipment", "position", "level", "purpose", "excluded", "history", "conditions"]
"""The filters, in the order in which the exercises go through them."""
ExclusionTest = Callable[[int], bool]
"""Takes the number of an exercise; true when the filter excludes it."""


@dataclass(frozen=True)
class EffectiveRequest:
    """A request after its age band, purpose and history have limited it."""

    request: SessionRequest
    index: ExerciseIndex
    history: HistoryEffects
    level: int
    available_equipment: frozenset[str]
    positions: frozenset[str] | None
    """None where every position is allowed."""
    safe_positions: frozenset[str] | None
    """Positions that follow from the stated conditions, where the person names none; None where none follow."""
    floor_allowed: bool
    """False where exercises may not ask the person to get down to the floor and up."""
    portable_equipment: frozenset[str]
    """The one portable piece that a desk break may use; empty for other purposes."""

    @property
    def strain_limits(self) -> tuple[StrainLimit, ...]:
        """What the stated conditions limit in time or keep apart, and what the week before limits."""
        return (*list_strain_limits(self.request.conditions), *self.history.weekly_limits)

    def dosing_of(self, number: int) -> DosingContext:
        """How an exercise is dosed: as the whole session, but for what a condition shortens or pain halves."""
        dosing = exercise_dosing(number, self.request, self.index)
        slug = self.index.exercises[number].slug
        # What is given less of after pain is not given more of on any side.
        has_extra_set = dosing.extra_set and not self.history.is_reduced(slug)
        return dosing._replace(halved=slug in self.history.halved, extra_set=has_extra_set)


class Eligibility(NamedTuple):
    """The eligible exercises by number, and why the others are not."""

    effective: EffectiveRequest
    exercises: tuple[int, ...]
    funnel: tuple[EligibilityStep, ...]
    contraindicated: dict[int, Contraindication]
    """Exercises that nothing but a stated condition excludes."""
    cautions: dict[int, tuple[Contraindication, ...]]
    """Eligible exercises with which a stated condition asks for care."""

    def cautioned_strains(self, number: int) -> frozenset[Strain]:
        """The strains of an eligible exercise for which a stated condition asks for care."""
        return frozenset(strain for rule in self.cautions.get(number, ()) for strain in rule.strains)


def effective_request(request: SessionRequest, index: ExerciseIndex, history: HistoryEffects) -> EffectiveRequest:
    """Return the request with the limits that its age band, purpose and history bring."""
    # A stated level stands at any age: the default is a start for everybody, and age shapes doses and steps.
    level = request.level
    if history.long_break:
        level = max(1, level - 1)
    if request.purpose == "recovery":
        level = min(level, MAX_RECOVERY_LEVEL)
    if not request.history:
        level = min(level, first_level(request.conditions) or level)
    safe_positions = default_positions(request.conditions) if request.positions is None else None
    return EffectiveRequest(
        request=request,
        index=index,
        history=history,
        level=level,
        # Not in the request itself: what is stored of it would tell the condition.
        available_equipment=frozenset((*request.available_equipment, *equipment_of_conditions(request.conditions))),
        positions=None if request.positions is None else frozenset(request.positions),
        safe_positions=None if safe_positions is None else frozenset(safe_positions),
        floor_allowed=request.age_band != "65+" or _chooses_floor(request),
        portable_equipment=_portable_equipment(request, index) if request.purpose == "desk_break" else frozenset(),
    )


def _chooses_floor(request: SessionRequest) -> bool:
    """From 65 on, exercises on the floor come only to people who name positions or put out a mat."""
    return request.positions is not None or "mat" in request.available_equipment


def filter_exercises(effective: EffectiveRequest, removed: frozenset[str] = frozenset()) -> Eligibility:
    """Return the exercises that pass every filter. `removed` are slugs that a variation takes out afterwards."""
    exercises = effective.index.exercises
    remaining = list(range(len(exercises)))
    funnel = [EligibilityStep(step="catalogue", left=len(remaining))]
    contraindicated: dict[int, Contraindication] = {}
    for step, is_excluded in exclusion_tests(effective).items():
        passed = [number for number in remaining if not is_excluded(number)] if is_excluded else remaining
        # Conditions are the last filter: what they exclude is excluded by nothing else.
        if step == "conditions":
            contraindicated = _find_contraindications(set(remaining).difference(passed), effective)
        remaining = passed
        funnel.append(EligibilityStep(step=step, left=len(remaining)))
    funnel.append(EligibilityStep(step="eligible", left=len(remaining)))
    return Eligibility(
        effective,
        tuple(number for number in remaining if exercises[number].slug not in removed),
        tuple(funnel),
        contraindicated,
        _find_cautions(remaining, effective),
    )


def exclusion_tests(effective: EffectiveRequest) -> dict[FilterStep, ExclusionTest | None]:
    """Return the test of each filter, in order; None for a filter that excludes nothing."""
    return {
        "equipment": lambda number: _lacks_equipment(number, effective),
        "position": _position_test(effective),
        "level": lambda number: _is_too_hard(effective.index.exercises[number], effective),
        "purpose": _purpose_test(effective),
        "excluded": _slug_test(frozenset(effective.request.exclude), effective),
        "history": _slug_test(effective.history.painful, effective),
        "conditions": _condition_test(effective),
    }


def _lacks_equipment(number: int, effective: EffectiveRequest) -> bool:
    required = effective.index.required_equipment[number]
    return any(map(effective.available_equipment.isdisjoint, required))


def _is_too_hard(exercise: Exercise, effective: EffectiveRequest) -> bool:
    """True above the level; an exercise that is included by name may be one level above the person's own word."""
    request = effective.request
    is_chosen = exercise.slug in request.include and effective.level == request.level
    return exercise.level > effective.level + is_chosen


def _position_test(effective: EffectiveRequest) -> ExclusionTest | None:
    exercises, positions = effective.index.exercises, effective.positions
    if positions is None and effective.floor_allowed:
        return None
    strains, included = effective.index.strains, frozenset(effective.request.include)

    def is_excluded(number: int) -> bool:
        exercise = exercises[number]
        if positions is not None and exercise.position not in positions:
            return True
        # What is asked for by name may lead to the floor.
        return not effective.floor_allowed and "floor_transfer" in strains[number] and exercise.slug not in included

    return is_excluded


def _purpose_test(effective: EffectiveRequest) -> ExclusionTest | None:
    purpose = effective.request.purpose
    if purpose == "desk_break":
        return lambda number: not _suits_desk_break(number, effective)
    if purpose == "pre_training":
        return lambda number: not _suits_pre_training(effective.index.exercises[number], effective.request)
    if purpose == "recovery":
        return lambda number: not _suits_recovery(effective.index.exercises[number])
    return None


def _slug_test(slugs: frozenset[str], effective: EffectiveRequest) -> ExclusionTest | None:
    return (lambda number: effective.index.exercises[number].slug in slugs) if slugs else None


def _condition_test(effective: EffectiveRequest) -> ExclusionTest | None:
    conditions = frozenset(effective.request.conditions)
    avoided_with = effective.index.avoided_with
    if not conditions:
        return None
    return lambda number: (
        not conditions.isdisjoint(avoided_with[number]) or is_outside_safe_positions(number, effective)
    )


def is_outside_safe_positions(number: int, effective: EffectiveRequest) -> bool:
    """Return whether the positions that follow from the conditions keep an exercise out.

    They do not keep out what the person asks for by name.
    """
    exercise = effective.index.exercises[number]
    if effective.safe_positions is None or exercise.slug in effective.request.include:
        return False
    return exercise.position not in effective.safe_positions


def _suits_desk_break(number: int, effective: EffectiveRequest) -> bool:
    """Standing or sitting, and with one portable piece of equipment at most: nobody changes equipment in a break."""
    index = effective.index
    exercise = index.exercises[number]
    if "desk_break" not in exercise.suits or index.heights[number] != "up" or "floor_transfer" in index.strains[number]:
        return False
    portable = [group for group in index.required_equipment[number] if FURNITURE.isdisjoint(group)]
    return not any(map(effective.portable_equipment.isdisjoint, portable))


def _suits_pre_training(exercise: Exercise, request: SessionRequest) -> bool:
    """Nothing that winds down, and nothing that costs power unless it is included by name: that is kept short."""
    return exercise.phases[0] != "restore" and (_keeps_power(exercise) or exercise.slug in request.include)


def _keeps_power(exercise: Exercise) -> bool:
    """Before power work holding still costs power, and strength work tires unless it also serves to warm up."""
    if exercise.pattern in ("strength", "isometric"):
        return "prepare" in exercise.phases or "pre_training" in exercise.suits
    return exercise.pattern != "static_hold"


def _suits_recovery(exercise: Exercise) -> bool:
    """Nothing that tires: no strength work, and no bracing of the trunk or on the hands."""
    tires = exercise.pattern == "strength" or (exercise.pattern == "isometric" and exercise.load_group != "none")
    return not tires and exercise.phases != ("strengthen",)


def _portable_equipment(request: SessionRequest, index: ExerciseIndex) -> frozenset[str]:
    """The available portable piece that serves the goals of a desk break best; empty where there is none."""
    usefulness = {piece: 0 for piece in request.available_equipment if piece not in FURNITURE | OPTIONAL_EQUIPMENT}
    for number, exercise in enumerate(index.exercises):
        if "desk_break" in exercise.suits:
            portable = {group for group in index.required_equipment[number] if FURNITURE.isdisjoint(group)}
            for piece in usefulness.keys() & frozenset[str]().union(*portable):
                usefulness[piece] += _desk_break_gain(exercise, request)
    # The name decides among equals, so that the order of the request never matters.
    best = max(usefulness, key=lambda piece: (usefulness[piece], piece), default=None)
    return frozenset() if best is None else frozenset({best})


def _desk_break_gain(exercise: Exercise, request: SessionRequest) -> int:
    """How much equipment is worth that makes an exercise possible."""
    weights = request.weight_by_goal
    gain = sum(weights.get(goal, 0) * weight for goal, weight in exercise.goal_weights.items())
    return gain + INCLUDED_BONUS if exercise.slug in request.include else gain


def _find_contraindications(numbers: Iterable[int], effective: EffectiveRequest) -> dict[int, Contraindication]:
    """For each exercise that a stated condition bars, by number, the verdict of the first one that does."""
    rules = {number: _rules(number, "avoid", effective) for number in sorted(numbers)}
    return {number: own[0] for number, own in rules.items() if own}


def _find_cautions(numbers: Iterable[int], effective: EffectiveRequest) -> dict[int, tuple[Contraindication, ...]]:
    """The exercises with which a stated condition asks for care, and the rules that do."""
    if not effective.request.conditions:
        return {}
    cautions = {number: _rules(number, "caution", effective) for number in numbers}
    return {number: rules for number, rules in cautions.items() if rules}


def _rules(number: int, verdict: Verdict, effective: EffectiveRequest) -> tuple[Contraindication, ...]:
    conditions = effective.request.conditions
    rules = effective.index.exercises[number].contraindications
    return tuple(rule for rule in rules if rule.verdict == verdict and rule.condition in conditions)
