"""From a request to its integer problem and a first choice that holds all that is asked for by name."""

from collections.abc import Iterable, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

from app.rules.dose import Dose
from app.rules.vocabulary import PHASES, Goal
from app.schemas.session_request import SessionRequest
from app.sessions.ordering.sequence import SequenceKey
from app.sessions.ordering.stages import PHASE_OF_STAGE
from app.sessions.problem.eligibility import Eligibility, manner_of, sift
from app.sessions.problem.exercise_index import LOADS, Shelf
from app.sessions.problem.formulate import frame, served_goals
from app.sessions.problem.history import Past, read_past
from app.sessions.solver.model import Choice, IntegerProblem, Placement
from app.sessions.solver.objective import is_feasible, order_selection, ordered_transition_s

MOST_WAYS = 243
"""Ways of spreading the named exercises over their stages that are all looked at; beyond, one is improved."""
MOST_SEPARATORS = 4
WRIST = LOADS.index("wrist")


class Variation(NamedTuple):
    """How another session for the same request is to differ."""

    keep: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    """Exercises that were given before and may stand back for others."""
    phases: tuple[tuple[str, str], ...] = ()
    """Of exercises that stay, the phase in which they stay."""
    instead: tuple[str, str] | None = None
    """An exercise that is gone, and the one that comes for it."""


PLAIN = Variation()
GIVEN = -400


class Prepared(NamedTuple):
    """All that is known before the search."""

    past: Past
    eligibility: Eligibility
    goals: tuple[Goal, ...]
    """Goals that something eligible serves, in the order of the problem's."""
    problem: IntegerProblem
    start: tuple[Choice, ...] | None
    """What is asked for by name, at its shortest and in an order that can be done; None where there is none."""
    variation: Variation

    def dose(self, choice: Choice, shelf: Shelf) -> Dose:
        """The dose of a choice."""
        placement = self.problem.placements[choice.placement]
        menu = shelf.doses(placement.exercise, self.eligibility.setting.manner)
        return menu[placement.options[choice.option].dose_id]

    @property
    def feasible(self) -> bool:
        return self.start is not None and bool(self.problem.placements)


def prepare(request: SessionRequest, shelf: Shelf, variation: Variation = PLAIN) -> Prepared:
    """Sift, frame, and lay the corner-stones. Every slug of the request is known."""
    past = read_past(request, shelf, manner_of(request))
    if variation.given:
        bonus = {**past.bonus} | {slug: past.bonus.get(slug, 0) + GIVEN for slug in variation.given}
        past = past._replace(bonus=bonus)
    eligibility = sift(request, shelf, past)
    if variation.without:
        left = tuple(n for n in eligibility.numbers if shelf.exercises[n].slug not in variation.without)
        eligibility = eligibility._replace(numbers=left)
    goals = served_goals(request, eligibility, shelf)
    problem = frame(request, eligibility, shelf, past, goals, variation.keep)
    if variation.phases:
        problem = problem._replace(placements=_where_they_were(problem.placements, shelf, variation))
    if not problem.required:
        return Prepared(past, eligibility, goals, problem, (), variation)
    start = _corner_stones(problem)
    if start is None:
        # Only where no order and no exercise in between helps may two that load the wrists meet.
        eased = problem._replace(exempt_load=WRIST)
        start = _corner_stones(eased)
        problem = eased if start is not None else problem
    return Prepared(past, eligibility, goals, problem, start, variation)


def _where_they_were(lines: Sequence[Placement], shelf: Shelf, variation: Variation) -> tuple[Placement, ...]:
    phase_of = {shelf.index[slug]: PHASES.index(phase) for slug, phase in variation.phases if slug in shelf.index}
    return tuple(
        line for line in lines if phase_of.get(line.exercise, PHASE_OF_STAGE[line.stage]) == PHASE_OF_STAGE[line.stage]
    )


def _corner_stones(problem: IntegerProblem) -> tuple[Choice, ...] | None:
    lines = [[n for n, line in enumerate(problem.placements) if line.exercise == number] for number in problem.required]
    if not all(lines) or len({problem.placements[own[0]].family for own in lines}) < len(lines):
        return None
    best = _spread(problem, lines)
    choices = [Choice(n, 0) for n in best]
    for _ in range(MOST_SEPARATORS + 1):
        if order_selection(problem, choices) is not None:
            break
        between = _separator(problem, choices)
        if between is None:
            return None
        choices.append(between)
    moving = ordered_transition_s(problem, choices)
    if moving is None or not is_feasible(problem, choices, moving) or order_selection(problem, choices) is None:
        return None
    return tuple(choices)


def _spread(problem: IntegerProblem, lines: Sequence[Sequence[int]]) -> list[int]:
    """The stages of the named exercises that take the least moving and keep the limits."""

    def badness(chosen: Iterable[int]) -> tuple[bool, bool, int]:
        choices = [Choice(n, 0) for n in chosen]
        moving = ordered_transition_s(problem, choices)
        seconds = moving if moving is not None else 0
        return not is_feasible(problem, choices, seconds), moving is None, seconds

    if prod(map(len, lines)) <= MOST_WAYS:
        return list(min(product(*lines), key=badness))
    chosen = [own[len(own) // 2] for own in lines]
    now = badness(chosen)
    improving = True
    while improving:
        improving = False
        for place, own in enumerate(lines):
            for n in own:
                trial = [*chosen[:place], n, *chosen[place + 1 :]]
                found = badness(trial)
                if found < now:
                    chosen, now, improving = trial, found, True
    return chosen


def _separator(problem: IntegerProblem, choices: Sequence[Choice]) -> Choice | None:
    """The shortest further exercise that brings equal loads apart, or nearer to it."""
    taken = {problem.placements[choice.placement].family for choice in choices}
    held = [problem.placements[choice.placement] for choice in choices]
    crowded = max(
        ((line.stage, line.load) for line in held if line.load),
        key=lambda kind: (sum((line.stage, line.load) == kind for line in held), kind),
        default=None,
    )
    shortest: dict[SequenceKey, tuple[int, int]] = {}
    for n, line in enumerate(problem.placements):
        if line.family not in taken:
            kind, mine = (line.stage, line.position, line.load), (line.options[0].time_s, n)
            shortest[kind] = min(mine, shortest.get(kind, mine))
    found: list[tuple[bool, bool, int, int]] = []
    for _, n in shortest.values():
        line = problem.placements[n]
        trial = [*choices, Choice(n, 0)]
        moving = ordered_transition_s(problem, trial)
        if is_feasible(problem, trial, moving or 0):
            aside = crowded is None or line.stage != crowded[0] or line.load == crowded[1]
            found.append((moving is None, aside, line.options[0].time_s + (moving or 0), n))
    return Choice(min(found)[3], 0) if found else None
