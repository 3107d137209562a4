"""What counts for how much: seconds of a goal, and an exercise beside its goals. In whole points."""

from app.sessions.eligibility import Eligibility
from app.sessions.request import SessionRequest
from app.sessions.shelf import Shelf

WHOLE = 10_000
"""Points for giving every goal all that the time allows."""
USEFUL_PER_MILLE = 620
"""Part of a session that can be work for its goals; the rest is making ready, moving and resting."""
CURVE = ((250, 16), (500, 12), (750, 8), (1000, 4), (2000, 1))
"""Diminishing returns: up to so many thousandths of what a goal is asked to have, points a second in tenths."""
ITEM, CAUTION, FILLER, TIRING_FILLER = -60, -120, -100, -200
"""Points of each further exercise, of each care that it asks; of serving no goal, and of tiring for none."""


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


def value_of(number: int, shelf: Shelf, request: SessionRequest, eligibility: Eligibility, relevance: int) -> int:
    """Points of an exercise beside its goals."""
    exercise = shelf.exercises[number]
    points = ITEM + shelf.merit[number] - 12 * (eligibility.setting.level - exercise.level)
    if request.purpose != "standalone" and request.purpose in exercise.suits:
        points += 30
    if not relevance:
        points += FILLER + TIRING_FILLER * (exercise.pattern in ("strength", "isometric"))
    if number in eligibility.cautions:
        points += CAUTION * len({found.because for found in eligibility.cautions[number]})
    return points + jitter(shelf.salt[number], request.seed)


def jitter(salt: int, seed: int) -> int:
    """0-30 points by exercise and seed: another seed, another choice among equals."""
    state = (salt ^ seed * 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
    state = (state ^ state >> 29) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    return (state >> 33) % 31
