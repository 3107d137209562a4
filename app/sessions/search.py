"""Choosing exercises and doses: threshold accepting over whole numbers, with fixed work and its own dice."""

from app.sessions.order import best_order
from app.sessions.problem import DRY_PHASE, PHASE_OF_STAGE, STAGES, Problem
from app.sessions.travel import tour_s


def score(problem: Problem, chosen: list[int]) -> int | None:
    """Points of a choice; None where a limit is broken. Neighbouring loads are looked at when ordering."""
    if len(chosen) > problem.most:
        return None
    families = {problem.family[c] for c in chosen}
    if len(families) < len(chosen):
        return None
    masks = [0] * STAGES
    phases = [0, 0, 0, 0]
    loads = [0] * len(problem.cap)
    seconds = [0] * len(problem.goals)
    points = balance = used = 0
    for c in chosen:
        stage = problem.candidates[c].stage
        time = problem.time[c]
        masks[stage] |= 1 << problem.place[c]
        phases[PHASE_OF_STAGE[stage]] += time
        loads[problem.load[c]] += time
        used += time
        points += problem.value[c]
        balance |= problem.balance[c]
        for g, s in enumerate(problem.serves[c]):
            seconds[g] += s
    moving = tour_s(masks)
    if used + moving > problem.budget:
        return None
    if any(time > most for time, most in zip(phases, problem.largest)):
        return None
    if any(time > most for time, most in zip(loads, problem.cap)):
        return None
    points += sum(worth[s] for worth, s in zip(problem.worth, seconds))
    points -= DRY_PHASE * sum(max(0, least - time) for time, least in zip(phases, problem.least))
    points += problem.balance_worth * balance.bit_count()
    return points - problem.idle * (problem.budget - used - moving) - problem.travel * moving


def ordered(problem: Problem, chosen: list[int]) -> tuple[int, list[int]] | None:
    """The choice in the order in which it is done, with its seconds of moving; None where it cannot be ordered in time."""
    found = best_order(
        [problem.candidates[c].stage for c in chosen],
        [problem.place[c] for c in chosen],
        [problem.load[c] for c in chosen],
    )
    if found is None or found[0] + sum(problem.time[c] for c in chosen) > problem.budget:
        return None
    return found[0], [chosen[n] for n in found[1]]


class Dice:
    """Xorshift: the same numbers everywhere."""

    def __init__(self, seed: int) -> None:
        self.state = (seed * 0x9E3779B97F4A7C15 + 0x1234567) & 0xFFFFFFFFFFFFFFFF or 1

    def below(self, limit: int) -> int:
        x = self.state
        x ^= x << 13 & 0xFFFFFFFFFFFFFFFF
        x ^= x >> 7
        x ^= x << 17 & 0xFFFFFFFFFFFFFFFF
        self.state = x
        return (x >> 33) % limit


def search(problem: Problem, seed: int, moves: int = 3000) -> list[int] | None:
    """The best choice found, in order; None where none was found."""
    dice = Dice(seed)
    count = len(problem.candidates)
    if not count:
        return None
    must = set(problem.must)
    of_exercise: dict[int, list[int]] = {}
    for c, candidate in enumerate(problem.candidates):
        of_exercise.setdefault(candidate.exercise, []).append(c)
    current = [min(of_exercise[e], key=lambda c: problem.time[c]) for e in problem.must]
    points = score(problem, current)
    best: list[int] | None = None
    best_points = -(1 << 60)
    if points is not None and current:
        if ordered(problem, current):
            best, best_points = list(current), points
    if points is None:
        points = -(1 << 50)
    for move in range(moves):
        n = len(current)
        kind = dice.below(100)
        trial = list(current)
        if n == 0 or kind < 20:
            trial.append(dice.below(count))
        else:
            i = dice.below(n)
            exercise = problem.candidates[trial[i]].exercise
            if kind < 28 and exercise not in must:
                trial.pop(i)
            elif kind < 60 or exercise in must:
                pool = of_exercise[exercise]
                trial[i] = pool[dice.below(len(pool))]
            else:
                trial[i] = dice.below(count)
        found = score(problem, trial)
        if found is None:
            continue
        slack = 300 * (moves - move) // moves
        if found >= points - slack * slack // 300:
            current, points = trial, found
            if found > best_points and ordered(problem, trial):
                best, best_points = list(trial), found
    if best is None:
        return None
    result = ordered(problem, best)
    assert result is not None
    return result[1]
