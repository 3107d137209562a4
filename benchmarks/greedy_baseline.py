"""The plain search that the builder is measured against: take what pays most by the second, then try exchanges."""

import random

from app.sessions.solver.model import Choice, IntegerProblem
from app.sessions.solver.objective import OrderedSelection, goal_seconds, is_feasible, order_selection


def plain_search(problem: IntegerProblem, seed: int, trials: int = 200) -> OrderedSelection | None:
    """Greedy by points a second, then random exchanges kept where they help."""
    dice = random.Random(seed)
    choices = [Choice(n, option) for n, line in enumerate(problem.placements) for option in range(len(line.options))]
    choices.sort(key=lambda choice: (-_ratio(problem, choice), choice))
    best: OrderedSelection | None = None
    held = [
        next(one for one in choices if problem.placements[one.placement].exercise == number)
        for number in problem.required
    ]
    for choice in choices[:400]:
        found = _whole(problem, [*held, choice])
        if found is not None and (best is None or found.points > best.points):
            held, best = [*held, choice], found
    for _ in range(trials):
        trial = list(held)
        if held and dice.random() < 0.7:
            trial.pop(dice.randrange(len(trial)))
        found = _whole(problem, [*trial, dice.choice(choices)]) if choices else None
        if found is not None and (best is None or found.points > best.points):
            held, best = list(found.choices), found
    return best


def _ratio(problem: IntegerProblem, choice: Choice) -> int:
    line = problem.placements[choice.placement]
    option = line.options[choice.option]
    served = goal_seconds(problem, [choice])
    points = line.value - option.distance + sum(worth[s] for worth, s in zip(problem.goal_utility, served, strict=True))
    return points * 1000 // option.time_s


def _whole(problem: IntegerProblem, choices: list[Choice]) -> OrderedSelection | None:
    if not is_feasible(problem, choices, 0):
        return None
    found = order_selection(problem, choices)
    return found if found is not None and is_feasible(problem, choices, found.transition_s) else None
