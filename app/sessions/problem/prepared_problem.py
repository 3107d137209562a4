"""From a request to everything that is known before the search: the prepared problem."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from app.rules.dose import Dose, total_work_s
from app.rules.extra_sets import make_extra_set
from app.rules.vocabulary import PHASES, Goal
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.ordering.stages import PHASE_OF_STAGE
from app.sessions.problem.eligibility import Eligibility, effective_request, filter_exercises
from app.sessions.problem.exercise_index import LOAD_GROUPS, ExerciseIndex
from app.sessions.problem.formulate import achievable_goals, formulate_problem
from app.sessions.problem.history_points import HistoryEffects, analyse_history, offer_harder_forms
from app.sessions.problem.initial_selection import place_required
from app.sessions.solver.model import Choice, IntegerProblem, Placement

ALREADY_USED_PENALTY: Final = -400
"""Points of an exercise that an earlier alternative holds."""
WRIST: Final = LOAD_GROUPS.index("wrist")


class Replacement(NamedTuple):
    """The slug of an exercise that was exchanged, and of the one that comes for it."""

    old: str
    new: str


class Variation(NamedTuple):
    """How a session differs from the plain one of its request. Exercises are given by slug."""

    retained: tuple[str, ...] = ()
    """Exercises that stay, beside those that the request includes."""
    removed: frozenset[str] = frozenset()
    """Exercises that may not be in it."""
    halved: tuple[tuple[str, Dose], ...] = ()
    """Exercises that are given at about half of a dose, because one that strains alike was exchanged for pain."""
    advice: tuple[str, ...] = ()
    """Further sentences for the person. They tell of pain, so they are never stored."""
    already_used: frozenset[str] = frozenset()
    """Exercises of earlier alternatives, which make room for others."""
    pinned_phases: tuple[tuple[str, str], ...] = ()
    """Exercises with the phase in which they stay."""
    pinned_doses: tuple[tuple[str, Dose], ...] = ()
    """Exercises with the dose that they keep where it is still allowed."""
    adds_nothing: bool = False
    """True where no exercise comes beside the required ones."""
    replacement: Replacement | None = None
    others: tuple[str, ...] = ()
    """Where an exercise is exchanged, the other exercises of the session before."""

    @property
    def is_exchange(self) -> bool:
        """True where one exercise of a session is exchanged."""
        return bool(self.others) or self.replacement is not None


NO_VARIATION: Final = Variation()


@dataclass(frozen=True)
class PreparedProblem:
    """A request, the catalogue, and everything that follows from them before the search."""

    request: SessionRequest
    index: ExerciseIndex
    history: HistoryEffects
    eligibility: Eligibility
    goals: tuple[Goal, ...]
    """The requested goals that an eligible exercise serves; goals of `problem` are indexes into them."""
    problem: IntegerProblem
    initial: tuple[Choice, ...] | None
    """The required exercises at their shortest, in an order that keeps every limit; None where there is none."""
    variation: Variation

    @property
    def is_feasible(self) -> bool:
        """True where the required exercises fit and something can be selected."""
        return self.initial is not None and bool(self.problem.placements)

    def exercise_of(self, choice: Choice) -> Exercise:
        """The exercise of a choice."""
        return self.index.exercises[self.problem.placement_of(choice).exercise]

    def dose_of(self, choice: Choice) -> Dose:
        """The dose of a choice, without what a stiffer side does more."""
        exercise = self.problem.placement_of(choice).exercise
        doses = self.index.doses(exercise, self.eligibility.effective.dosing_of(exercise))
        return doses[self.problem.option_of(choice).dose_id]

    def extra_set_of(self, choice: Choice) -> Dose | None:
        """What the stiffer side does after the dose of a choice; None where both sides do the same."""
        dosing = self.eligibility.effective.dosing_of(self.problem.placement_of(choice).exercise)
        return make_extra_set(self.dose_of(choice)) if dosing.extra_set else None


def prepare_problem(
    request: SessionRequest, index: ExerciseIndex, variation: Variation = NO_VARIATION
) -> PreparedProblem:
    """Filter the exercises, formulate the problem and place the required exercises.

    All slugs of the request and of `variation.retained` must be in the index.
    """
    history = analyse_history(request, index)
    history = history._replace(
        halved=history.halved.union(slug for slug, _ in variation.halved),
        usual_work_s={**history.usual_work_s, **{slug: total_work_s(dose) for slug, dose in variation.halved}},
        advice=(*history.advice, *variation.advice),
    )
    if variation.retained:
        # What stays was built within the limits of the week.
        history = history._replace(weekly_limits=())
    if variation.already_used:
        points = {slug: history.points.get(slug, 0) + ALREADY_USED_PENALTY for slug in variation.already_used}
        history = history._replace(points={**history.points, **points})
    eligibility = filter_exercises(effective_request(request, index, history), variation.removed)
    history = offer_harder_forms(history, index, eligibility.exercises)
    eligibility = eligibility._replace(effective=replace(eligibility.effective, history=history))
    goals = achievable_goals(eligibility)
    problem = _formulate_variation(eligibility, goals, variation, keeps_shape=True)
    initial = place_required(problem)
    if initial is None:
        relaxed = _formulate_variation(eligibility, goals, variation, keeps_shape=False)
        # What is required goes before the shape of the session. Two exercises that load the wrists may follow each
        # other only where no order and no separator avoids it.
        for attempt in (problem._replace(repeatable_load=WRIST), relaxed, relaxed._replace(repeatable_load=WRIST)):
            initial = place_required(attempt)
            if initial is not None:
                problem = attempt
                break
    return PreparedProblem(request, index, history, eligibility, goals, problem, initial, variation)


def _formulate_variation(
    eligibility: Eligibility, goals: Sequence[Goal], variation: Variation, keeps_shape: bool
) -> IntegerProblem:
    """The problem with what the variation pins; see `formulate_problem`."""
    problem = formulate_problem(eligibility, goals, variation.retained, keeps_shape)
    if variation.pinned_phases:
        index = eligibility.effective.index
        problem = problem._replace(placements=_pin_to_phases(problem.placements, index, variation))
    if variation.pinned_doses:
        problem = problem._replace(placements=_pin_doses(problem.placements, eligibility, variation))
    return problem._replace(max_exercises=len(problem.required)) if variation.adds_nothing else problem


def _pin_to_phases(
    placements: Sequence[Placement], index: ExerciseIndex, variation: Variation
) -> tuple[Placement, ...]:
    """The placements without those of a pinned exercise in another phase."""
    phase_of = {
        index.number_of[slug]: PHASES.index(phase) for slug, phase in variation.pinned_phases if slug in index.number_of
    }
    return tuple(
        placement
        for placement in placements
        if phase_of.get(placement.exercise, PHASE_OF_STAGE[placement.stage]) == PHASE_OF_STAGE[placement.stage]
    )


def _pin_doses(
    placements: Sequence[Placement], eligibility: Eligibility, variation: Variation
) -> tuple[Placement, ...]:
    """The placements with one dose for each pinned exercise: its dose of before, where that is among the allowed.

    Where it is not, as after pain that is no longer stated, the exercise gets no more than it had.
    """
    effective, index = eligibility.effective, eligibility.effective.index
    dose_of = {index.number_of[slug]: dose for slug, dose in variation.pinned_doses if slug in index.number_of}
    pinned = []
    for placement in placements:
        dose = dose_of.get(placement.exercise)
        doses = index.doses(placement.exercise, effective.dosing_of(placement.exercise))
        if dose is not None:
            same = tuple(option for option in placement.options if doses[option.dose_id] == dose)
            max_work_s = total_work_s(dose)
            options = same or tuple(
                option for option in placement.options if total_work_s(doses[option.dose_id]) <= max_work_s
            )
            pinned.append(placement._replace(options=options or placement.options[:1]))
        else:
            pinned.append(placement)
    return tuple(pinned)
