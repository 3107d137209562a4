"""An ordered selection and what it comes to: the one object that explanations and plans are made from."""

from functools import cached_property

from app.rules.vocabulary import Goal
from app.sessions.ordering.stages import PHASE_OF_STAGE
from app.sessions.problem.prepared_problem import PreparedProblem
from app.sessions.solver.model import Choice, DoseOption, Placement
from app.sessions.solver.objective import goal_seconds, ordered_transition_s


class Solution:
    """A selection of a prepared problem, in the order in which it is done. Never changed."""

    def __init__(self, prepared: PreparedProblem, choices: tuple[Choice, ...], points: int = 0) -> None:
        """`points` is the objective of the selection; trial selections of an explanation leave it out."""
        self.prepared = prepared
        self.choices = choices
        self.points = points
        self.placements: list[Placement] = [prepared.problem.placement_of(choice) for choice in choices]
        self.options: list[DoseOption] = [prepared.problem.option_of(choice) for choice in choices]
        self.phases: list[int] = [PHASE_OF_STAGE[placement.stage] for placement in self.placements]
        """Phase of each exercise, by number."""

    def __len__(self) -> int:
        return len(self.choices)

    @cached_property
    def families(self) -> frozenset[int]:
        """The families of its exercises."""
        return frozenset(placement.family for placement in self.placements)

    @cached_property
    def exercise_s(self) -> int:
        """Seconds of all exercises, without transitions."""
        return sum(option.time_s for option in self.options)

    @cached_property
    def off_goal_s(self) -> int:
        """Seconds of exercises that serve none of the goals."""
        pairs = zip(self.placements, self.options, strict=True)
        return sum(option.time_s for placement, option in pairs if placement.serves_no_goal)

    @cached_property
    def goal_seconds(self) -> list[int]:
        """Seconds of work that count for each achievable goal, in the order of `prepared.goals`."""
        return goal_seconds(self.prepared.problem, self.choices)

    @cached_property
    def seconds_by_goal(self) -> dict[Goal, int]:
        """Seconds of work that count for each requested goal, in the order of the request."""
        seconds = dict.fromkeys(self.prepared.request.weight_by_goal, 0)
        return seconds | dict(zip(self.prepared.goals, self.goal_seconds, strict=True))

    @cached_property
    def transition_s(self) -> int | None:
        """Seconds of transitions in the best order; None where equal loads cannot be kept apart."""
        return ordered_transition_s(self.prepared.problem, self.choices)

    def phase_s(self, phase: int) -> int:
        """Seconds of the exercises of a phase."""
        return sum(option.time_s for own, option in zip(self.phases, self.options, strict=True) if own == phase)

    def starts_phase(self, place: int) -> bool:
        """True where the exercise at a place, from 0, is the first of its phase."""
        return place == 0 or self.phases[place - 1] != self.phases[place]

    def replace_choice(self, place: int, choice: Choice) -> "Solution":
        """The selection with another choice at a place, from 0; its points are not known."""
        return Solution(self.prepared, (*self.choices[:place], choice, *self.choices[place + 1 :]))
