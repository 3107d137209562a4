"""The stages in which an exercise may stand, with their points, for the shape of a session."""

from typing import Final, NamedTuple

from app.rules.vocabulary import Pattern, Phase, Region
from app.schemas.exercise import Exercise
from app.sessions.problem.session_shape import (
    QUIET_PATTERNS,
    RESTING_POSITIONS,
    STANDING_POSITIONS,
    SessionShape,
)
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
HANGING_END_POINTS: Final = -1200
"""Points of a hang for winding down: it comes where decompression is asked for."""
MISPLACED_POINTS: Final = -1500
"""Points of an exercise that stands where the shape wants none of its kind, because it may stand nowhere else."""
FLOOR_WORK_POINTS: Final = -300
"""Points of an exercise near its end range in the warm-up before training, where a goal needs the floor."""
RECOVERY_UPRIGHT_POINTS: Final = -300
"""Points of a standing exercise in a recovery session: who recovers sits or lies."""
PURPOSE_WISH: Final = 1
"""The bit of `Placement.wishes` for what the purpose asks for. In a standalone session 1, 2 and 4 stand for balance."""
UPPER_BACK_REGIONS: Final[frozenset[Region]] = frozenset({"thoracic_spine", "ribs", "shoulder_blades", "shoulders"})
"""What a warm-up moves: all that follows asks it of the upper back."""


class StagePlace(NamedTuple):
    """A stage in which an exercise may stand."""

    stage: int
    points: int = 0
    wishes: int = 0
    """What it does for the shape there, as bits of `Placement.wishes`."""


def list_stages(number: int, shape: SessionShape) -> list[StagePlace]:
    """Return the stages in which an exercise may stand; see `ordering.stages`. One in each phase at most."""
    if number in shape.kept_out:
        return []
    places = [_short_session_stage(number, shape)] if shape.is_short else _list_phase_stages(number, shape)
    well_placed = [place for place in places if not shape.is_kept or place.points > MISPLACED_POINTS // 2]
    return [_add_wishes(place, number, shape) for place in well_placed or places]


def _list_phase_stages(number: int, shape: SessionShape) -> list[StagePlace]:
    """The stages of an exercise in a session of several phases."""
    by_phase = [_stage_in_phase(phase, number, shape) for phase in shape.exercise_of(number).phases]
    places = [place for place in by_phase if place is not None]
    # An exercise that is included by name may have no phase before training; it then stands among the holds.
    if not places and shape.eligibility.effective.request.purpose == "pre_training":
        return [StagePlace(1)]
    return places


def _short_session_stage(number: int, shape: SessionShape) -> StagePlace:
    """Gentle movement first; near the end range, holds and breathing afterwards."""
    exercise, purpose = shape.exercise_of(number), shape.eligibility.effective.request.purpose
    if purpose == "pre_training" and shape.closers:
        return StagePlace(2 if number in shape.closers else 1)
    if purpose == "recovery" and shape.closers:
        return StagePlace(2 if _comes_late_in_recovery(number, shape) else 1)
    if not shape.openers:
        return StagePlace(1 if exercise.pattern == "dynamic" else 2)
    return StagePlace(1 if number in shape.openers and exercise.pattern != "breathing" else 2)


def _comes_late_in_recovery(number: int, shape: SessionShape) -> bool:
    """True for what is quiet or near its end range, in a position in which the person can stay."""
    exercise = shape.exercise_of(number)
    is_gentle = exercise.pattern not in QUIET_PATTERNS and (number in shape.openers or not shape.openers)
    return not is_gentle and exercise.position in RESTING_POSITIONS


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
        return None if purpose == "recovery" else StagePlace(choose_strength_stage(exercise))
    has_closers = purpose == "recovery" and shape.closers
    is_last = number in shape.closers if has_closers else exercise.pattern == "breathing"
    return StagePlace(6 if is_last else 5, _ending_points(exercise))


def _pre_training_stage(phase: Phase, number: int, shape: SessionShape) -> StagePlace | None:
    """Up from the floor: what is done there comes in the warm-up, what is done on the feet at the end."""
    is_last = number in shape.closers or not shape.closers
    if phase == "prepare":
        return StagePlace(0, _warm_up_points(number, shape))
    if phase == "mobilise":
        goes_down = shape.closers and shape.is_on_floor(number) and not shape.begins_on_floor
        return StagePlace(2 if is_last else 1, MISPLACED_POINTS if goes_down else 0)
    if phase == "strengthen":
        return StagePlace(4) if is_last else StagePlace(3, MISPLACED_POINTS)
    return None


def _warm_up_points(number: int, shape: SessionShape) -> int:
    """Points in the warm-up before training: gentle, and upright only where nothing goes down to the floor later."""
    points = WARM_UP_POINTS[shape.exercise_of(number).pattern]
    is_last = number in shape.closers or not shape.closers
    may_open = number in shape.openers or not shape.openers
    if may_open and not (shape.begins_on_floor and is_last):
        return points
    # What serves its goal on the floor alone may come in the warm-up, though not first: nothing goes down later.
    is_floor_work = shape.begins_on_floor and shape.is_on_floor(number)
    return points + (FLOOR_WORK_POINTS if is_floor_work else MISPLACED_POINTS)


def _ending_points(exercise: Exercise) -> int:
    """Points for winding down."""
    if exercise.load_group == "grip":
        return HANGING_END_POINTS
    return QUIET_END_POINTS if ends_quietly(exercise) else 0


def ends_quietly(exercise: Exercise) -> bool:
    """Return whether an exercise holds or breathes without a load, in a position in which a person can stay."""
    is_resting = exercise.position in RESTING_POSITIONS and exercise.load_group == "none"
    return is_resting and exercise.pattern in QUIET_PATTERNS


def choose_strength_stage(exercise: Exercise) -> int:
    """Return the stage of strength: pulls and pushes while fresh, then light resistance and the trunk that holds."""
    resists_lightly = any(one.strain == "resistance" and one.degree != "full" for one in exercise.strains)
    is_late = exercise.pattern == "isometric" or exercise.load_group == "core" or resists_lightly
    return 4 if is_late else 3


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
    return stage == 6 if shape.eligibility.effective.request.purpose == "recovery" else stage in (2, 4)
