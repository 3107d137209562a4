"""The shape of a session: which exercises may begin and end it, so that beginning and end suit the purpose."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from app.rules.end_range import is_near_end_range
from app.rules.vocabulary import Goal, Pattern, Position
from app.schemas.exercise import Exercise
from app.sessions.problem.bare_ground import find_bare_ground
from app.sessions.problem.eligibility import Eligibility
from app.sessions.problem.limits import SINGLE_PHASE_MAX_S

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
STANDING_POSITIONS: Final[frozenset[Position]] = frozenset({"standing", "wall_standing", "split_stance"})
"""Positions on the feet."""
RESTING_POSITIONS: Final[frozenset[Position]] = frozenset({"supine", "prone", "side_lying", "heel_sit", "seated"})
"""Positions in which a person can stay when the session is over: lying or sitting."""
QUIET_PATTERNS: Final[tuple[Pattern, ...]] = ("static_hold", "breathing")
"""Patterns without movement of the trunk."""


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


def _may_open(number: int, eligibility: Eligibility) -> bool:
    """True where an exercise is gentle enough for a body that is not warm yet."""
    effective = eligibility.effective
    exercise, degrees = effective.index.exercises[number], effective.index.strains[number]
    if number in eligibility.cautions or is_near_end_range(exercise.pattern, degrees):
        return False
    # What is harder than the person's level, or gives less because it hurt, comes when the body is warm.
    if exercise.level > effective.level or effective.history.is_reduced(exercise.slug):
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
        if index.exercises[number].pattern not in QUIET_PATTERNS
        and set(index.exercises[number].phases) != {"prepare"}
        # What winds down does not lead to sport.
        and "restore" not in index.exercises[number].phases
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
