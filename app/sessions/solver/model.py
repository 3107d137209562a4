"""The integer problem: what may be selected, and what limits and rewards a selection.

All values are whole numbers. Exercises, families, loads, positions and goals are known by number
alone: the problem package makes the numbers and keeps what they mean.
"""

from typing import Final, NamedTuple

from app.sessions.ordering.transitions import TransitionTable

BEGINNING_WISH: Final = 8
"""The bit of `Placement.wishes` for a gentle beginning: among orders that cost the same, one of
these comes first."""


class DoseOption(NamedTuple):
    """One dose with which an exercise may be done."""

    dose_id: int
    """Number of the dose in the menu of its exercise; the solver does not read it."""
    time_s: int
    """Seconds of the session that it takes: getting ready, work, changes of side and rests."""
    credit_s: int
    """Seconds that count for goals: work, and the rests between sets of strength work."""
    distance: int
    """Penalty in points for the distance from the preferred dose."""


class Placement(NamedTuple):
    """An exercise in a stage. A selection holds one of its dose options, or none."""

    exercise: int
    stage: int
    options: tuple[DoseOption, ...]
    """From the shortest to the longest."""
    value: int
    """Points beside goals, before `DoseOption.distance` is taken off."""
    goal_shares: tuple[int, ...]
    """For each goal, thousandths of the credited seconds that count for it."""
    family: int
    """A selection holds at most one exercise of a family."""
    load: int
    """What it loads; exercises of one load are never adjacent. Load 0 may be."""
    position: int
    wishes: int
    """Bits of what the session should hold: one exercise with a bit earns its `wish_points`."""
    repeats_family: int
    """1 where its family was in the last session, else 0."""
    strain_limits: tuple[int, ...] = ()
    """Numbers of the strain limits of the problem to which its seconds count."""

    @property
    def serves_no_goal(self) -> bool:
        """True where no second of it counts for a goal."""
        return not any(self.goal_shares)


class Choice(NamedTuple):
    """A placement with one of its dose options: one candidate of the knapsack."""

    placement: int
    option: int


class IntegerProblem(NamedTuple):
    """A multiple-choice knapsack with several limits, whose selection must also have an order."""

    placements: tuple[Placement, ...]
    budget_s: int
    """Seconds of the whole session, transitions included."""
    max_exercises: int
    goal_utility: tuple[list[int], ...]
    """For each goal, points by seconds that count for it: `goal_utility[goal][seconds]`, up to
    the budget."""
    goal_min_share: tuple[int, ...]
    """For each goal, thousandths of all seconds that count for goals under which the imbalance
    begins."""
    goal_max_share: tuple[int, ...]
    """The same, above which the imbalance begins."""
    imbalance_penalty_per_s: int
    """Points lost for each second of a goal outside its shares; 0 where there is but one goal."""
    phase_min_s: tuple[int, ...]
    """Seconds that each phase should have; less costs points."""
    phase_max_s: tuple[int, ...]
    """Seconds that each phase may have. Phase 1 (mobilise) has no limit but the budget."""
    load_max_s: tuple[int, ...]
    """Seconds that each load may have; read for `limited_loads` alone."""
    limited_loads: tuple[int, ...]
    """The loads whose seconds are limited: four at most."""
    idle_penalty_per_s: int
    transition_penalty_per_s: int
    floor_change_penalty: int
    """Points lost for each change between the floor and other heights after the first one."""
    wish_points: tuple[int, ...]
    """Points for each bit of `Placement.wishes` that the selection holds, lowest bit first."""
    required: tuple[int, ...]
    """Exercises that every selection holds."""
    previous_family_count: int
    """Families in the last session; 0 where there was none."""
    repeatable_load: int
    """The load that may follow itself, because the required exercises leave no other order; 0
    where there is none."""
    transitions: TransitionTable
    strain_max_s: tuple[int, ...] = ()
    """For each strain limit, the seconds that the exercises which count to it may have together."""

    def placement_of(self, choice: Choice) -> Placement:
        """The placement of a choice."""
        return self.placements[choice.placement]

    def option_of(self, choice: Choice) -> DoseOption:
        """The dose option of a choice."""
        return self.placements[choice.placement].options[choice.option]
