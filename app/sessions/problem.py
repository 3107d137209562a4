"""A request and the exercises that it may use, as integers: what may be chosen, what it is worth, what it takes."""

from collections.abc import Sequence
from typing import NamedTuple

from app.catalogue.shapes import Exercise
from app.rules.vocabulary import PHASES, Goal
from app.sessions.eligibility import Eligibility
from app.sessions.request import SessionRequest
from app.sessions.shelf import Option, Shelf
from app.sessions.travel import NUMBER

STAGES = 6
"""Prepare, mobilise, holds and breathing of a short or a warming session, strengthen, restore, closing breaths."""
PHASE_OF_STAGE = (0, 1, 1, 2, 3, 3)
BREAK_S = 300
"""Up to here a session has one phase, `mobilise`."""
CAPPED = ("wrist", "grip", "overhead", "extensors")
"""What tires for the day: its time in a session is limited."""
LOADS = ("none", "wrist", "grip", "overhead", "extensors", "pull", "push", "core")
WHOLE = 10_000
"""Points for giving every goal all that the time allows."""
USEFUL_PER_MILLE = 620
"""Part of a session that can be work for its goals; the rest is making ready, moving and resting."""
CURVE = ((250, 16), (500, 12), (750, 8), (1000, 4), (2000, 1))
"""Diminishing returns: up to so many thousandths of what a goal is asked to have, points a second in tenths."""
ITEM, CAUTION, FILLER, DRY_PHASE = -40, -120, -100, 40


class Candidate(NamedTuple):
    """An exercise in a stage with a dose."""

    exercise: int
    option: Option
    stage: int


class Problem(NamedTuple):
    """All that the search needs. Lists run parallel over candidates unless said otherwise."""

    candidates: list[Candidate]
    time: list[int]
    value: list[int]
    serves: list[tuple[int, ...]]
    """Seconds for each served goal."""
    family: list[int]
    load: list[int]
    place: list[int]
    balance: list[int]
    """Bits: turns, arches, strengthens."""
    budget: int
    most: int
    """Exercises at most."""
    goals: tuple[Goal, ...]
    """Goals that something eligible serves."""
    worth: list[list[int]]
    """Of each goal, points for so many seconds."""
    least: tuple[int, ...]
    """Seconds that each phase should have; each second short costs `DRY_PHASE`."""
    largest: tuple[int, ...]
    """Seconds that each phase may have."""
    cap: tuple[int, ...]
    """Seconds that each load may have."""
    idle: int
    """Points lost for a second not used."""
    travel: int
    """Points lost for a second of moving between positions."""
    balance_worth: int
    must: tuple[int, ...]
    """Exercises that are asked for by name."""


def frame(request: SessionRequest, eligibility: Eligibility, shelf: Shelf) -> Problem:
    """The integer problem of a request. Nothing in it depends on the order of the catalogue's rows."""
    budget = request.duration_s
    must = tuple(sorted(shelf.index[slug] for slug in request.include))
    goals = _served(request, eligibility, shelf)
    short = budget <= BREAK_S
    candidates: list[Candidate] = []
    value: list[int] = []
    serves: list[tuple[int, ...]] = []
    for number in eligibility.numbers:
        exercise = shelf.exercises[number]
        worth = value_of(exercise, request, eligibility, number, goals)
        weights = [exercise.goal_weights.get(goal, 0) for goal in goals]
        whole = max(3, sum(weights))
        options = [option for option in shelf.options(number, eligibility.setting.manner) if option.time_s <= budget]
        for stage, bonus in stages_of(exercise, request, short):
            for option in options:
                candidates.append(Candidate(number, option, stage))
                value.append(worth + bonus - option.distance)
                serves.append(tuple(option.work_s * weight // whole for weight in weights))
    exercises = shelf.exercises
    least, largest = phase_shares(request, candidates, shelf, must)
    per_second = max(1, WHOLE * 1000 // (USEFUL_PER_MILLE * budget))
    return Problem(
        candidates=candidates,
        time=[c.option.time_s for c in candidates],
        value=value,
        serves=serves,
        family=[shelf.family[c.exercise] for c in candidates],
        load=[LOADS.index(exercises[c.exercise].load_group) for c in candidates],
        place=[NUMBER[exercises[c.exercise].position] for c in candidates],
        balance=[balance_of(exercises[c.exercise]) for c in candidates],
        budget=budget,
        most=max(most_items(budget), len(must)),
        goals=goals,
        worth=[worth_of(share, budget, per_second) for share in _shares(request, goals)],
        least=least,
        largest=largest,
        cap=load_caps(budget, candidates, shelf, must),
        idle=max(2, 6_000 // budget),
        travel=max(1, 3_000 // budget),
        balance_worth=150 if budget >= 600 and request.purpose == "standalone" else 0,
        must=must,
    )


def most_items(budget: int) -> int:
    """Few things done well: 1 in a minute, 4 in five, 7 in ten, 10 in twenty, 18 in an hour."""
    return 1 + budget // 100 if budget <= 600 else min(18, 7 + (budget - 600) // 200)


def _served(request: SessionRequest, eligibility: Eligibility, shelf: Shelf) -> tuple[Goal, ...]:
    present = {goal for number in eligibility.numbers for goal in shelf.exercises[number].goal_weights}
    return tuple(wish.goal for wish in request.goals if wish.goal in present)


def _shares(request: SessionRequest, goals: Sequence[Goal]) -> list[tuple[int, int]]:
    weights = {wish.goal: wish.weight for wish in request.goals}
    whole = sum(weights[goal] for goal in goals)
    return [(weights[goal], whole) for goal in goals]


def worth_of(share: tuple[int, int], budget: int, per_second: int) -> list[int]:
    """Points for 0, 1, 2 ... seconds of a goal: rising ever more slowly, by whole points a second."""
    wanted = max(1, share[0] * budget * USEFUL_PER_MILLE // (share[1] * 1000))
    points = [0]
    for upto, tenths in CURVE:
        until = wanted * upto // 1000
        rate = per_second * tenths // 10
        more = until - len(points) + 1
        points.extend(range(points[-1] + rate, points[-1] + rate * more + 1, rate) if rate else [points[-1]] * more)
    points.extend([points[-1]] * (budget + 1 - len(points)))
    return points


def value_of(exercise: Exercise, request: SessionRequest, eligibility: Eligibility, number: int, goals: Sequence[Goal]) -> int:
    """Points of an exercise beside its goals."""
    points = ITEM
    points += 10 * bool(exercise.evidence) + 10 * (exercise.provenance.source == "article")
    points -= 12 * (eligibility.setting.level - exercise.level)
    if request.purpose != "standalone" and request.purpose in exercise.suits:
        points += 30
    if not any(goal in exercise.goal_weights for goal in goals):
        points += FILLER
    points += CAUTION * (number in eligibility.cautions)
    return points + jitter(exercise.slug, request.seed)


def jitter(slug: str, seed: int) -> int:
    """0-30 points by slug and seed: another seed, another choice among equals."""
    state = (seed * 0x9E3779B97F4A7C15 + 0xCBF29CE484222325) & 0xFFFFFFFFFFFFFFFF
    for byte in slug.encode():
        state = (state ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    state = (state ^ state >> 29) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    return (state >> 33) % 31


def balance_of(exercise: Exercise) -> int:
    """What a whole session should hold some of: turning, arching, strength or posture."""
    has = exercise.goal_weights
    return ("rotation" in has) | ("extension" in has) << 1 | ("strength" in has or "posture" in has) << 2


def stages_of(exercise: Exercise, request: SessionRequest, short: bool) -> list[tuple[int, int]]:
    """The stages that an exercise may be in, each with its points."""
    quiet = exercise.pattern in ("static_hold", "breathing")
    if short:
        return [(2 if quiet else 1, 0)]
    found = []
    for phase in exercise.phases:
        if phase == "prepare":
            found.append((0, 20 if exercise.pattern in ("dynamic", "breathing") else -30))
        elif phase == "mobilise":
            found.append((2 if quiet and request.purpose == "pre_training" else 1, 0))
        elif phase == "strengthen" and request.purpose != "recovery":
            found.append((3, 0))
        elif phase == "restore" and request.purpose != "pre_training":
            found.append((5 if exercise.pattern == "breathing" else 4, 20 if quiet else 0))
    if not found and request.purpose == "pre_training":
        found.append((2, 0))
    return found


def phase_shares(
    request: SessionRequest, candidates: Sequence[Candidate], shelf: Shelf, must: Sequence[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Seconds that each phase should have and may have, by length and purpose; wider where little is eligible."""
    budget = request.duration_s
    if budget <= BREAK_S:
        return (0, 0, 0, 0), (0, budget, 0, 0)
    weights = {wish.goal: wish.weight for wish in request.goals}
    strong = weights.get("strength", 0) * 4 >= sum(weights.values())
    calm = request.purpose == "recovery"
    older = 60 if request.age_band in ("40-64", "65+") else 0
    least = [budget * 8 // 100, 0, budget * 20 // 100 if strong and not calm else 0, budget * 8 // 100]
    largest = [budget * 22 // 100 + 2 * older, budget, budget, budget * (60 if calm else 25) // 100]
    if request.purpose in ("pre_training", "desk_break"):
        least[3] = 0
    if request.purpose == "pre_training":
        largest[3] = 0
    if older and budget >= 900:
        least[0] += older
    return _made_possible(budget, least, largest, candidates, shelf, must)


def _made_possible(
    budget: int, least: list[int], largest: list[int], candidates: Sequence[Candidate], shelf: Shelf, must: Sequence[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Shares that the eligible exercises can keep: no phase is asked for more than there is, none kept too small."""
    longest: dict[int, list[int]] = {}
    shortest: dict[int, int] = {}
    for candidate in candidates:
        phase = PHASE_OF_STAGE[candidate.stage]
        per_phase = longest.setdefault(shelf.family[candidate.exercise], [0] * len(PHASES))
        per_phase[phase] = max(per_phase[phase], candidate.option.time_s)
        if candidate.exercise in must:
            known = shortest.get(candidate.exercise, 1 << 30)
            shortest[candidate.exercise] = min(known, candidate.option.time_s)
    supply = [sum(times[phase] for times in longest.values()) for phase in range(len(PHASES))]
    inner = sum(max(times[1], times[2]) for times in longest.values())
    missing = max(0, budget - inner - min(largest[0], supply[0]) - min(largest[3], supply[3]))
    named = sum(shortest.values())
    for phase in (0, 3):
        if largest[phase]:
            largest[phase] = min(budget, max(largest[phase] + missing, named))
    least = [min(seconds, there, most) for seconds, there, most in zip(least, supply, largest, strict=True)]
    return tuple(least), tuple(largest)


def load_caps(budget: int, candidates: Sequence[Candidate], shelf: Shelf, must: Sequence[int]) -> tuple[int, ...]:
    """Seconds that each load may have: a third of the session, more only for what is asked for by name."""
    shortest: dict[int, int] = {}
    for candidate in candidates:
        if candidate.exercise in must:
            known = shortest.get(candidate.exercise, 1 << 30)
            shortest[candidate.exercise] = min(known, candidate.option.time_s)
    caps = []
    for load in LOADS:
        named = sum(time for number, time in shortest.items() if shelf.exercises[number].load_group == load)
        caps.append(max(budget * 35 // 100, 100, named) if load in CAPPED else budget)
    return tuple(caps)
