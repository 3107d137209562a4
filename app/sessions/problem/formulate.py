"""From the eligible exercises to the integer problem that the solver takes."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from app.rules.dose import Dose, total_work_s
from app.rules.halved_doses import MAX_HALVED_PERCENT
from app.rules.progression import NextDose
from app.rules.vocabulary import Goal
from app.schemas.exercise import Exercise
from app.sessions.problem.eligibility import Eligibility
from app.sessions.problem.exercise_index import LIMITED_LOADS, LOAD_GROUPS, dose_distance
from app.sessions.problem.exercise_shares import limit_shares, requested_shares
from app.sessions.problem.first_doses import extra_sets_points, list_first_options
from app.sessions.problem.history_points import HistoryEffects
from app.sessions.problem.limits import SINGLE_PHASE_MAX_S, max_exercises, max_load_seconds, phase_bounds
from app.sessions.problem.overhead_limit import LoadLimits, raise_overhead_limit
from app.sessions.problem.positions import TRANSITIONS
from app.sessions.problem.session_shape import count_wish_points, plan_shape
from app.sessions.problem.stage_places import list_stages
from app.sessions.problem.strain_order import count_limits, list_merged_loads, order_loads, strain_max_seconds
from app.sessions.problem.utility import (
    SHARE_TOLERANCE_PER_MILLE,
    exercise_points,
    floor_change_penalty,
    idle_points_per_second,
    points_per_second,
    utility_curve,
)
from app.sessions.solver.model import DoseOption, IntegerProblem, Placement

MAX_REGION_HOLD_S: Final = 59
"""Seconds that a region may be held before training: from a minute on it costs power."""
MIN_RELEVANCE: Final = 3
"""An exercise that touches a goal lightly gives it only part of its seconds: shares are of at least this weight."""


def formulate_problem(
    eligibility: Eligibility, goals: Sequence[Goal], retained: Sequence[str] = (), keeps_shape: bool = True
) -> IntegerProblem:
    """Return the integer problem of a request. Nothing in it depends on the order of the catalogue's rows.

    `goals` are those of `achievable_goals`; `retained` are slugs that must stay beside those that the request includes.
    Without `keeps_shape` an exercise may stand in any stage of its phases.
    """
    effective = eligibility.effective
    request, index, history = effective.request, effective.index, effective.history
    budget_s = request.duration_s
    required = tuple(sorted({index.number_of[slug] for slug in (*request.include, *retained)}))
    placements = build_placements(eligibility, goals, keeps_shape, retained)
    shares = requested_shares(request, goals)
    limits = LoadLimits(
        placements, max_load_seconds(budget_s, placements, required, index.load_ids), strain_max_seconds(eligibility)
    )
    limits = raise_overhead_limit(limits, budget_s, goals, shares, index)
    placements, load_max_s, strain_max_s = _limit_merged_loads(limits, eligibility)
    rate = points_per_second(budget_s)
    bounds = phase_bounds(request, placements, required)
    idle_penalty_per_s = idle_points_per_second(budget_s)
    return IntegerProblem(
        placements=placements,
        budget_s=budget_s,
        max_exercises=max(max_exercises(budget_s), len(required)),
        goal_utility=tuple(utility_curve(share, budget_s, rate) for share in shares),
        goal_min_share=tuple(1000 * weight // total - SHARE_TOLERANCE_PER_MILLE for weight, total in shares),
        goal_max_share=tuple(1000 * weight // total + SHARE_TOLERANCE_PER_MILLE for weight, total in shares),
        imbalance_penalty_per_s=rate if len(goals) > 1 else 0,
        phase_min_s=bounds.min_s,
        phase_max_s=bounds.max_s,
        # Exercises that a condition keeps apart have a load of their own, which takes any time.
        load_max_s=(*load_max_s, budget_s),
        limited_loads=tuple(load for load, group in enumerate(LOAD_GROUPS) if group in LIMITED_LOADS),
        idle_penalty_per_s=idle_penalty_per_s,
        transition_penalty_per_s=idle_penalty_per_s,
        floor_change_penalty=floor_change_penalty(request),
        wish_points=count_wish_points(eligibility),
        required=required,
        previous_family_count=len(history.last_families),
        repeatable_load=0,
        transitions=TRANSITIONS,
        strain_max_s=strain_max_s,
    )


def _limit_merged_loads(limits: LoadLimits, eligibility: Eligibility) -> LoadLimits:
    """The limits with those of each load group that the order has made one with others, as further ones."""
    merged_loads = list_merged_loads(order_loads(eligibility), eligibility)
    if not merged_loads:
        return limits
    first, load_ids = len(limits.strain_max_s), eligibility.effective.index.load_ids
    number_of = {load: number for number, load in enumerate(merged_loads, start=first)}
    placements = tuple(
        placement._replace(strain_limits=(*placement.strain_limits, number_of[load_ids[placement.exercise]]))
        if load_ids[placement.exercise] in number_of
        else placement
        for placement in limits.placements
    )
    merged_max_s = tuple(limits.load_max_s[load] for load in merged_loads)
    return LoadLimits(placements, limits.load_max_s, (*limits.strain_max_s, *merged_max_s))


def achievable_goals(eligibility: Eligibility) -> tuple[Goal, ...]:
    """Return the requested goals that an eligible exercise serves, in the order of the request."""
    exercises = eligibility.effective.index.exercises
    served = {goal for number in eligibility.exercises for goal in exercises[number].goal_weights}
    return tuple(goal for goal in eligibility.effective.request.weight_by_goal if goal in served)


def build_placements(
    eligibility: Eligibility, goals: Sequence[Goal], keeps_shape: bool = True, retained: Sequence[str] = ()
) -> tuple[Placement, ...]:
    """Return every eligible exercise in every stage where it may stand, with the doses that fit into the time."""
    effective = eligibility.effective
    request, index, history = effective.request, effective.index, effective.history
    shape = plan_shape(eligibility, goals, keeps_shape, retained)
    loads = order_loads(eligibility)
    serving = (index.exercises[number] for number in eligibility.exercises)
    extra_points = extra_sets_points(
        (exercise for exercise in serving if exercise.goal_weights.keys() & goals), request.duration_s
    )
    placements = []
    share_limits = limit_shares(shape, goals)
    for number in eligibility.exercises:
        options = _allowed_options(number, eligibility, extra_points)
        if index.exercises[number].slug not in {*request.include, *retained}:
            options = share_limits.limit_options(options, index.exercises[number])
        if not options:
            continue
        exercise = index.exercises[number]
        weights = [exercise.goal_weights.get(goal, 0) for goal in goals]
        total = max(MIN_RELEVANCE, sum(weights))
        goal_shares = tuple([1000 * weight // total for weight in weights])
        points = exercise_points(number, eligibility, max(weights, default=0)) + history.points.get(exercise.slug, 0)
        placements += [
            Placement(
                exercise=number,
                stage=place.stage,
                options=options,
                value=points + place.points,
                goal_shares=goal_shares,
                family=index.family_ids[number],
                load=loads[number],
                position=index.position_ids[number],
                wishes=place.wishes,
                repeats_family=int(exercise.family in history.last_families),
                strain_limits=count_limits(number, eligibility),
            )
            for place in list_stages(number, shape)
        ]
    return tuple(placements)


def _allowed_options(number: int, eligibility: Eligibility, extra_points: int) -> tuple[DoseOption, ...]:
    """The doses of an exercise that progression, cautions, purpose and time allow.

    More than its own dose costs `extra_points` the first time.
    """
    effective = eligibility.effective
    index, history = effective.index, effective.history
    exercise = index.exercises[number]
    dosing = effective.dosing_of(number)
    options, doses = index.options(number, dosing), index.doses(number, dosing)
    next_dose = history.progressions.get(exercise.slug)
    if exercise.slug in history.halved:
        return _limit_options(_halve_options(options, doses, exercise, history), doses, number, eligibility)
    if next_dose is None:
        budget_s = effective.request.duration_s
        first = list_first_options(options, doses, exercise, budget_s, extra_points)
        return _limit_options(first, doses, number, eligibility)
    allowed = _progressed_options(options, doses, next_dose, next_dose.allowed)
    limited = _limit_options(allowed, doses, number, eligibility)
    is_short = effective.request.duration_s <= SINGLE_PHASE_MAX_S
    if not is_short and (limited or exercise.slug not in effective.request.include):
        return limited
    # Only where the time is short, or the exercise is asked for by name: a filler would undo the progress.
    allowed = _progressed_options(options, doses, next_dose, (*next_dose.allowed, *next_dose.shorter))
    return _limit_options(allowed, doses, number, eligibility)


def _halve_options(
    options: tuple[DoseOption, ...], doses: Sequence[Dose], exercise: Exercise, history: HistoryEffects
) -> tuple[DoseOption, ...]:
    """The doses of about half of the exercise's own, those that are about half of what was last given before others."""
    usual_work_s = history.usual_work_s.get(exercise.slug)
    if usual_work_s is None:
        return options
    halved = tuple(
        option for option in options if 100 * total_work_s(doses[option.dose_id]) <= MAX_HALVED_PERCENT * usual_work_s
    )
    return halved or (min(options, key=lambda option: total_work_s(doses[option.dose_id])),)


def _limit_options(
    options: tuple[DoseOption, ...], doses: Sequence[Dose], number: int, eligibility: Eligibility
) -> tuple[DoseOption, ...]:
    """Those of the doses that cautions, purpose and time allow."""
    request, exercise = eligibility.effective.request, eligibility.effective.index.exercises[number]
    if "isometric_hold" in eligibility.cautioned_strains(number):
        options = _limit_cautioned_holds(options, doses, exercise)
    if exercise.pattern == "static_hold" and request.purpose == "pre_training":
        options = _limit_pre_training_holds(options, doses, eligibility)
    strain_max_s = strain_max_seconds(eligibility)
    max_time_s = min([request.duration_s, *(strain_max_s[limit] for limit in count_limits(number, eligibility))])
    # Options are sorted by time: the last one tells whether any is too long.
    if options and options[-1].time_s > max_time_s:
        options = tuple(option for option in options if option.time_s <= max_time_s)
    return options


def _limit_pre_training_holds(
    options: tuple[DoseOption, ...], doses: Sequence[Dose], eligibility: Eligibility
) -> tuple[DoseOption, ...]:
    """Before training no region is held for a minute: the included holds share the seconds under that."""
    request, index = eligibility.effective.request, eligibility.effective.index
    included = [index.by_slug(slug) for slug in request.include]
    holds_of_region = Counter(
        region for exercise in included if exercise.pattern == "static_hold" for region in exercise.regions
    )
    max_hold_s = MAX_REGION_HOLD_S // max([1, *holds_of_region.values()])
    # Of a hold the work is what one side holds in all, once or for each side.
    return tuple(option for option in options if _side_work_s(option, doses[option.dose_id]) <= max_hold_s)


def _side_work_s(option: DoseOption, dose: Dose) -> int:
    """The seconds of work of the side that does most."""
    return option.credit_s - (total_work_s(dose) // 2 if dose.per_side else 0)


def _limit_cautioned_holds(
    options: tuple[DoseOption, ...], doses: Sequence[Dose], exercise: Exercise
) -> tuple[DoseOption, ...]:
    """Where a stated condition asks for care with long holds, none is longer than the exercise's own."""
    own_hold_s = exercise.dose.hold_s or 0
    limited = tuple(option for option in options if (doses[option.dose_id].hold_s or 0) <= own_hold_s)
    return limited or options[:1]


def _progressed_options(
    options: tuple[DoseOption, ...], doses: Sequence[Dose], next_dose: NextDose, allowed: Sequence[Dose]
) -> tuple[DoseOption, ...]:
    """The allowed doses; the distance is from the dose that the progression aims at, and counts twice."""
    return tuple(
        option._replace(distance=2 * dose_distance(doses[option.dose_id], next_dose.dose))
        for option in options
        if doses[option.dose_id] in allowed
    )
