"""The shape of a session: in which stages an exercise may stand, so that beginning and end suit the purpose."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from app.rules.end_range import is_near_end_range
from app.rules.vocabulary import Goal, Pattern, Phase, Position, Region
from app.schemas.exercise import Exercise
from app.sessions.problem.bare_ground import find_bare_ground
from app.sessions.problem.eligibility import Eligibility
from app.sessions.problem.limits import SINGLE_PHASE_MAX_S
from app.sessions.solver.model import BEGINNING_WISH

WARM_UP_POINTS: Final[dict[Pattern, int]] = {
    "dynamic": 20,
    "breathing": 20,
    "static_hold": -30,
    "isometric": -400,
    "strength": -400,
}
"""Points of a pattern in the warm-up: what tires does not open a session unless there is nothing else."""
QUIET_END_POINTS: Final = 150
"""Points of a hold or a breathing exercise for winding down."""
HANGING_END_POINTS: Final = -300
"""Points of a hang for winding down: it comes where decompression is asked for."""
MISPLACED_POINTS: Final = -1500
"""Points of an exercise that stands where the shape wants none of its kind, because it may stand nowhere else."""
FLOOR_WORK_POINTS: Final = -300
"""Points of an exercise near its end range in the warm-up before training, where a goal needs the floor."""
RECOVERY_UPRIGHT_POINTS: Final = -300
"""Points of a standing exercise in a recovery session: who recovers sits or lies."""
BALANCE_POINTS: Final = 150
"""Points of each kind of work that a whole session should hold: rotation, extension, strength or posture."""
SHAPE_POINTS: Final = 3000
"""Points of a gentle beginning, and of what the purpose asks for: more than all but the goals bring."""
SHAPE_FROM_S: Final = 120
"""Length from which a session can hold more than one exercise that serves its goals."""
WHOLE_SESSION_FROM_S: Final = 600
"""Length from which a standalone session should hold some of everything."""
MAX_OLDER_OPENING_LEVEL: Final = 2
"""The highest level of the first exercise from the age of 65."""
PURPOSE_WISH: Final = 1
"""The bit of `Placement.wishes` for what the purpose asks for. In a standalone session 1, 2 and 4 stand for balance."""
STANDING_POSITIONS: Final[frozenset[Position]] = frozenset({"standing", "wall_standing", "split_stance"})
"""Positions on the feet."""
RESTING_POSITIONS: Final[frozenset[Position]] = frozenset({"supine", "prone", "side_lying", "heel_sit", "seated"})
"""Positions in which a person can stay when the session is over: lying or sitting."""
UPPER_BACK_REGIONS: Final[frozenset[Region]] = frozenset({"thoracic_spine", "ribs", "shoulder_blades", "shoulders"})
"""What a warm-up moves: all that follows asks it of the upper back."""
QUIET_PATTERNS: Final[tuple[Pattern, ...]] = ("static_hold", "breathing")
"""Patterns without movement of the trunk."""


class StagePlace(NamedTuple):
    """A stage in which an exercise may stand."""

    stage: int
    points: int = 0
    wishes: int = 0
    """What it does for the shape there, as bits of `Placement.wishes`."""


class SessionShape(NamedTuple):
    """What the shape of a session asks for. Exercises are given by number."""

    eligibility: Eligibility
    is_kept: bool
    """False where the included exercises leave no other way than to drop it."""
    openers: frozenset[int]
    """Exercises that may come first; empty where none is gentle enough."""
    closers: frozenset[int]
    """Exercises that end a recovery session, or a warm-up before training; empty for other purposes."""
    standers: frozenset[int]
    """Exercises that lead a desk break away from the chair; empty for other purposes."""
    begins_on_floor: bool
    """True where a goal of a warm-up is served on the floor alone: then nothing upright comes before the floor."""
    kept_out: frozenset[int]
    """Exercises that no stage takes: on the bare ground before training, where upright ones serve the goals."""

    @property
    def is_short(self) -> bool:
        """True where the session has one phase."""
        return self.eligibility.effective.request.duration_s <= SINGLE_PHASE_MAX_S

    def exercise_of(self, number: int) -> Exercise:
        """The exercise of a number."""
        return self.eligibility.effective.index.exercises[number]

    def is_on_floor(self, number: int) -> bool:
        """True where the exercise is done on the floor."""
        return self.eligibility.effective.index.heights[number] == "floor"


def plan_shape(
    eligibility: Eligibility, goals: Sequence[Goal], is_kept: bool = True, retained: Sequence[str] = ()
) -> SessionShape:
    """Return the shape for the purpose of a request and the exercises that are eligible.

    `retained` are slugs that must have a stage beside those that the request includes.
    """
    purpose = eligibility.effective.request.purpose
    kept_out = find_bare_ground(eligibility, goals, retained)
    eligibility = eligibility._replace(exercises=tuple(one for one in eligibility.exercises if one not in kept_out))
    closers, standers = frozenset[int](), frozenset[int]()
    if purpose == "recovery":
        closers = _find_recovery_closers(eligibility)
    elif purpose == "pre_training":
        closers = _find_warm_up_closers(eligibility)
    elif purpose == "desk_break":
        standers = _find_standers(eligibility, goals)
    openers = frozenset(number for number in eligibility.exercises if _may_open(number, eligibility))
    shape = SessionShape(eligibility, is_kept, openers, closers, standers, False, kept_out)
    needs_floor = purpose == "pre_training" and any(_is_served_on_floor_alone(goal, shape) for goal in goals)
    return shape._replace(begins_on_floor=needs_floor)


def count_wish_points(eligibility: Eligibility) -> tuple[int, ...]:
    """Return the points of each bit of `Placement.wishes`, lowest bit first."""
    request = eligibility.effective.request
    # Shorter sessions and breaks cannot hold some of everything.
    is_whole = request.duration_s >= WHOLE_SESSION_FROM_S and request.purpose == "standalone"
    balance = BALANCE_POINTS if is_whole else 0
    shape = SHAPE_POINTS if request.duration_s >= SHAPE_FROM_S else 0
    return (balance if request.purpose == "standalone" else shape, balance, balance, shape)


def list_stages(number: int, shape: SessionShape) -> list[StagePlace]:
    """Return the stages in which an exercise may stand; see `ordering.stages`. One in each phase at most."""
    exercise, request = shape.exercise_of(number), shape.eligibility.effective.request
    if number in shape.kept_out:
        return []
    if shape.is_short:
        places = [_short_session_stage(number, shape)]
    else:
        by_phase = [_stage_in_phase(phase, number, shape) for phase in exercise.phases]
        places = [place for place in by_phase if place is not None]
        # An exercise that is included by name may have no phase before training; it then stands among the holds.
        if not places and request.purpose == "pre_training":
            places = [StagePlace(1)]
    well_placed = [place for place in places if not shape.is_kept or place.points > MISPLACED_POINTS // 2]
    return [_add_wishes(place, number, shape) for place in well_placed or places]


def _may_open(number: int, eligibility: Eligibility) -> bool:
    """True where an exercise is gentle enough for a body that is not warm yet."""
    effective = eligibility.effective
    exercise, degrees = effective.index.exercises[number], effective.index.strains[number]
    if number in eligibility.cautions or is_near_end_range(exercise.pattern, degrees):
        return False
    is_demanding = exercise.level > MAX_OLDER_OPENING_LEVEL or "balance" in degrees
    return not (is_demanding and effective.request.age_band == "65+")


def _find_recovery_closers(eligibility: Eligibility) -> frozenset[int]:
    """Breathing exercises in a resting position; holds where there are none, and else whatever is done resting."""
    exercises = eligibility.effective.index.exercises
    resting = [
        number
        for number in eligibility.exercises
        if exercises[number].position in RESTING_POSITIONS and "restore" in exercises[number].phases
    ]
    for patterns in (("breathing",), QUIET_PATTERNS):
        quiet = frozenset(number for number in resting if exercises[number].pattern in patterns)
        if quiet:
            return quiet
    return frozenset(resting)


def _find_warm_up_closers(eligibility: Eligibility) -> frozenset[int]:
    """Movements on the feet; half kneeling where there are none."""
    index = eligibility.effective.index
    moving = [
        number
        for number in eligibility.exercises
        if index.exercises[number].pattern not in QUIET_PATTERNS and set(index.exercises[number].phases) != {"prepare"}
    ]
    upright = frozenset(number for number in moving if index.exercises[number].position in STANDING_POSITIONS)
    return upright or frozenset(number for number in moving if index.exercises[number].position == "half_kneeling")


def _find_standers(eligibility: Eligibility, goals: Sequence[Goal]) -> frozenset[int]:
    """Exercises on the feet that serve the goals; others where none does. Nobody is made to stand against a caution."""
    exercises = eligibility.effective.index.exercises
    standing = frozenset(
        number
        for number in eligibility.exercises
        if exercises[number].position in STANDING_POSITIONS and number not in eligibility.cautions
    )
    serving = frozenset(number for number in standing if exercises[number].goal_weights.keys() & set(goals))
    return serving or standing


def _is_served_on_floor_alone(goal: Goal, shape: SessionShape) -> bool:
    serving = {number for number in shape.eligibility.exercises if goal in shape.exercise_of(number).goal_weights}
    return bool(serving) and all(shape.is_on_floor(number) for number in serving)


def _short_session_stage(number: int, shape: SessionShape) -> StagePlace:
    """Gentle movement first; near the end range, holds and breathing afterwards."""
    exercise, purpose = shape.exercise_of(number), shape.eligibility.effective.request.purpose
    is_quiet = exercise.pattern in QUIET_PATTERNS
    if purpose == "pre_training" and shape.closers:
        return StagePlace(2 if number in shape.closers else 1)
    if purpose == "recovery" and shape.closers:
        comes_late = is_quiet or (shape.openers and number not in shape.openers)
        return StagePlace(2 if comes_late and exercise.position in RESTING_POSITIONS else 1)
    if not shape.openers:
        return StagePlace(1 if exercise.pattern == "dynamic" else 2)
    return StagePlace(1 if number in shape.openers and exercise.pattern != "breathing" else 2)


def _stage_in_phase(phase: Phase, number: int, shape: SessionShape) -> StagePlace | None:
    """The stage of an exercise in a phase; None where the purpose leaves the phase out."""
    exercise, purpose = shape.exercise_of(number), shape.eligibility.effective.request.purpose
    if purpose == "pre_training":
        return _pre_training_stage(phase, number, shape)
    if phase == "prepare":
        return StagePlace(0, WARM_UP_POINTS[exercise.pattern] + _opening_points(number, shape))
    if phase == "mobilise":
        return StagePlace(1)
    if phase == "strengthen":
        return None if purpose == "recovery" else StagePlace(_strength_stage(exercise))
    has_closers = purpose == "recovery" and shape.closers
    is_last = number in shape.closers if has_closers else exercise.pattern == "breathing"
    return StagePlace(6 if is_last else 5, _ending_points(exercise))


def _pre_training_stage(phase: Phase, number: int, shape: SessionShape) -> StagePlace | None:
    """Up from the floor: what is done there comes in the warm-up, what is done on the feet at the end."""
    pattern = shape.exercise_of(number).pattern
    is_last = number in shape.closers or not shape.closers
    if phase == "prepare":
        # What serves its goal on the floor alone may come in the warm-up, though not first: nothing goes down later.
        is_floor_work = shape.begins_on_floor and shape.is_on_floor(number)
        misplaced = FLOOR_WORK_POINTS if is_floor_work else MISPLACED_POINTS
        is_well_placed = number in shape.openers if shape.openers else True
        is_well_placed = is_well_placed and not (shape.begins_on_floor and is_last)
        return StagePlace(0, WARM_UP_POINTS[pattern] + (0 if is_well_placed else misplaced))
    if phase == "mobilise":
        goes_down = shape.closers and shape.is_on_floor(number) and not shape.begins_on_floor
        return StagePlace(2 if is_last else 1, MISPLACED_POINTS if goes_down else 0)
    return (
        StagePlace(_strength_stage(shape.exercise_of(number)), 0 if is_last else MISPLACED_POINTS)
        if phase == "strengthen"
        else None
    )


def _ending_points(exercise: Exercise) -> int:
    """Points for winding down: holds and breathing that load nothing end quietly, a hang does not."""
    if exercise.load_group == "grip":
        return HANGING_END_POINTS
    return QUIET_END_POINTS if exercise.pattern in QUIET_PATTERNS else 0


def _strength_stage(exercise: Exercise) -> int:
    """Heavy pulls and pushes while fresh; light work and the trunk, which must hold in them, afterwards."""
    resists_fully = any(one.strain == "resistance" and one.degree == "full" for one in exercise.strains)
    is_heavy = exercise.load_group == "grip" or resists_fully
    return 3 if is_heavy and exercise.pattern == "strength" else 4


def _opening_points(number: int, shape: SessionShape) -> int:
    return MISPLACED_POINTS if shape.openers and number not in shape.openers else 0


def _add_wishes(place: StagePlace, number: int, shape: SessionShape) -> StagePlace:
    """The place with what the exercise does there for the shape and, in recovery, the points of its position."""
    request, index = shape.eligibility.effective.request, shape.eligibility.effective.index
    exercise = index.exercises[number]
    is_standing = exercise.position in STANDING_POSITIONS
    wishes = BEGINNING_WISH if _begins_gently(place.stage, number, shape) else 0
    if request.purpose == "standalone":
        wishes |= index.balance[number]
    elif number in shape.standers or (number in shape.closers and _ends(place.stage, shape)):
        wishes |= PURPOSE_WISH
    is_upright_recovery = request.purpose == "recovery" and is_standing
    return StagePlace(place.stage, place.points + RECOVERY_UPRIGHT_POINTS * is_upright_recovery, wishes)


def _begins_gently(stage: int, number: int, shape: SessionShape) -> bool:
    """True where an exercise warms up: a gentle movement in the warm-up, or early in a session of one phase."""
    if number not in shape.openers or UPPER_BACK_REGIONS.isdisjoint(shape.exercise_of(number).regions):
        return False
    is_moving = shape.exercise_of(number).pattern == "dynamic"
    if shape.is_short:
        return is_moving if shape.eligibility.effective.request.purpose == "pre_training" else stage == 1
    return stage == 0 and is_moving


def _ends(stage: int, shape: SessionShape) -> bool:
    """True where what stands in a stage ends the session as its purpose asks for."""
    if shape.is_short:
        return stage == 2
    return stage == 6 if shape.eligibility.effective.request.purpose == "recovery" else stage in (2, 3, 4)
