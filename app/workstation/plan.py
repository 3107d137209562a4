"""The plan of an assessment: where seat and desk go together, so that no two findings contradict each other.

The plan is the posture that a fit gives for the desk as it stands. A chair that is raised to a high desk is no fault.
"""

from typing import NamedTuple

from app.workstation.body import DeskRange, WorkstationBody
from app.workstation.footrest_limits import MAX_FOOTREST_CM
from app.workstation.observed import ObservedWorkstation
from app.workstation.posture import Posture, find_posture

HIGH_DESK_CM = 2
"""A desk that is farther above elbow height explains a chair that is raised on purpose."""


class Observation(NamedTuple):
    """A body at its workstation, and the plan for seat, desk and screen."""

    body: WorkstationBody
    observed: ObservedWorkstation
    plan: Posture
    """Where seat, desk and eye are in the end."""
    desk_cm: float | None
    """The desk as it stands: measured, or of one known height."""
    current_raise_cm: float | None
    """How far the seat stands above popliteal height now; below 0 where it is lower; None where nothing tells."""

    @property
    def seat_target_cm(self) -> float:
        """The seat of the plan. A chair that does not reach the knees gets a cushion, so its end is no target."""
        return self.plan.unraised_seat_cm + max(self.plan.raised_cm, 0.0)

    @property
    def desk_excess_cm(self) -> float:
        """How far the keys are above the elbows at popliteal height; 0 where the height of the desk is not known."""
        return 0.0 if self.desk_cm is None else self.desk_cm - self.plan.unraised_desk_cm

    @property
    def desk_error_cm(self) -> float:
        """How far the keys are above the elbows as the person sits; below 0 where the desk is too low for the plan.

        A seat that is lower than the knees or higher than the desk asks is no error of the desk: the seat moves.
        """
        excess, planned_raise = self.desk_excess_cm, max(self.plan.raised_cm, 0.0)
        if excess < planned_raise:
            return excess - planned_raise
        # Chair and footrest answer a high desk; where they cannot, they answer for what the plan keeps.
        answered = planned_raise if excess > MAX_FOOTREST_CM else excess
        return excess - min(max(self.current_raise_cm or 0.0, 0.0), answered)

    @property
    def planned_desk_error_cm(self) -> float:
        """How far the keys are above the elbows where the plan ends, because chair or desk go no further."""
        return self.plan.desk_cm - self.plan.unraised_desk_cm - max(self.plan.raised_cm, 0.0)


def observe_body(body: WorkstationBody, observed: ObservedWorkstation) -> Observation:
    """Return the body as it sits, and the plan."""
    # A wheelchair stays: it is where the body sits, whatever the desk.
    chair = body.chair if body.wheelchair else None
    desk, unraised = _find_desk(body, observed), find_posture(body.model_copy(update={"desk": None, "chair": chair}))
    excess = None if desk is None else desk - unraised.unraised_desk_cm
    current_raise = None if body.wheelchair else _find_current_raise(observed, unraised.unraised_seat_cm, excess)
    planned_body = body
    if desk is not None and not is_adjustable(body):
        planned_body = body.model_copy(update={"desk": DeskRange(fixed_cm=desk)})
    kept_raise = 0.0
    if current_raise is not None and _keeps_raise(body, observed, excess):
        kept_raise = min(max(current_raise, 0.0), MAX_FOOTREST_CM)
    return Observation(body, observed, find_posture(planned_body, kept_raise), desk, current_raise)


def is_adjustable(body: WorkstationBody) -> bool:
    """Return whether the desk is known to have more than one height."""
    return body.desk is not None and body.desk.lowest_cm < body.desk.highest_cm


def _find_desk(body: WorkstationBody, observed: ObservedWorkstation) -> float | None:
    if observed.desk_height_cm is None and body.desk is not None and not is_adjustable(body):
        return body.desk.lowest_cm
    return observed.desk_height_cm


def _find_current_raise(observed: ObservedWorkstation, knee_cm: float, excess: float | None) -> float | None:
    """Return how far the seat is above the knees: measured, or guessed from a high desk and feet off the floor."""
    if observed.seat_height_cm is not None:
        return observed.seat_height_cm - knee_cm
    if observed.feet in ("footrest", "dangling") and excess is not None and excess > HIGH_DESK_CM:
        return excess
    return None


def _keeps_raise(body: WorkstationBody, observed: ObservedWorkstation, excess: float | None) -> bool:
    """Return whether a raised chair stays: on a footrest that no fixed desk contradicts, or at a very high desk.

    At a desk that stays and that a footrest can make up for, the desk tells how high the chair goes.
    """
    if excess is None or is_adjustable(body):
        return observed.feet == "footrest"
    return excess > MAX_FOOTREST_CM
