"""The plain search that the builder is measured against: take what pays most by the second, then try exchanges."""

import random

from app.sessions.solver.model import Choice, Problem
from app.sessions.solver.objective import Ordered, fits, put_in_order, seconds_served


def plain_search(problem: Problem, seed: int, trials: int = 200) -> Ordered | None:
    """Greedy by points a second, then random exchanges kept where they help."""
    dice = random.Random(seed)
    choices = [Choice(n, option) for n, line in enumerate(problem.lines) for option in range(len(line.options))]
    choices.sort(key=lambda choice: (-_ratio(problem, choice), choice))
    best: Ordered | None = None
    held = [next(one for one in choices if problem.lines[one.line].exercise == number) for number in problem.must]
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


def _ratio(problem: Problem, choice: Choice) -> int:
    line = problem.lines[choice.line]
    option = line.options[choice.option]
    served = seconds_served(problem, [choice])
    points = line.value - option.distance + sum(worth[s] for worth, s in zip(problem.worth, served, strict=True))
    return points * 1000 // option.time_s


def _whole(problem: Problem, choices: list[Choice]) -> Ordered | None:
    if not fits(problem, choices, 0):
        return None
    found = put_in_order(problem, choices)
    return found if found is not None and fits(problem, choices, found.moving_s) else None
