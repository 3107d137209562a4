"""An exercise in its place in a session, as the timeline needs it."""

from typing import NamedTuple

from app.rules.dose import Dose
from app.rules.strains import Strain
from app.rules.vocabulary import BodySide, Phase, Side
from app.schemas.exercise import Exercise
from app.sessions.timeline.sides import OTHER_SIDE


class TimelineItem(NamedTuple):
    """One exercise of the session, in its place."""

    exercise: Exercise
    dose: Dose
    phase: Phase
    needs_setup: bool
    """True where equipment must be fetched first."""
    cautioned: frozenset[Strain] = frozenset()
    """The strains for which a stated condition asks for care: no cue asks for them."""

    first_side: BodySide = "left"
    """The side that a one-sided exercise begins with."""
    extra_set: Dose | None = None
    """The set that the first side does more than the other one; None where both do the same."""
    has_introduction: bool = False
    """True where the steps are spoken before it."""
    has_time_limit: bool = False
    """True where a stated condition limits the seconds of such exercises: unused time does not lengthen it."""
    only_side: BodySide | None = None
    """The side of a one-sided exercise that works alone; None where both do."""
    note: str | None = None
    """What a prescription says of it, spoken before it."""

    @property
    def sets(self) -> int:
        """The sets of the exercise, with the extra one of a stiffer side."""
        return self.dose.sets + (self.extra_set is not None)

    @property
    def spoken_cues(self) -> list[str]:
        """The cues that suit the person."""
        return [cue.text for cue in self.exercise.cues if cue.strain is None or cue.strain not in self.cautioned]

    def cue_of_set(self, number: int) -> str:
        """The cue of a set: those that suit the person take turns."""
        spoken = self.spoken_cues
        return spoken[(number - 1) % len(spoken)] if spoken else self.exercise.name

    def sides_of_set(self, number: int) -> tuple[Side, ...]:
        """The sides of a set in order; an even set begins on the side where the one before ended."""
        if not self.dose.per_side:
            return (self.only_side or "both",)
        other = OTHER_SIDE[self.first_side]
        # The person need not turn round between sets.
        return (self.first_side, other) if number % 2 else (other, self.first_side)
