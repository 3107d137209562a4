"""Varied session requests, the same at every run."""

import random
from collections.abc import Sequence
from typing import Any

from app.kit.closed_lists import list_words
from app.rules.vocabulary import ConditionWithRules, Equipment, Goal, Position, Purpose
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest

DURATIONS_S = (60, 60, 90, 120, 180, 240, 300, 300, 480, 600, 600, 720, 900, 900, 1200, 1200, 1500, 1800, 2400, 3600)
UNUSUAL_DURATIONS_S = (30, 45, 60, 60, 90, 120, 180, 240, 299, 300, 301, 420, 600, 600, 601, 900, 1200, 1800, 3600)
EQUIPMENT_SETS: tuple[tuple[str, ...], ...] = (
    (),
    ("chair",),
    ("chair", "wall"),
    ("chair", "wall", "resistance_band"),
    ("mat", "foam_roller"),
    ("pullup_bar", "step", "chair"),
    list_words(Equipment),
)
UPRIGHT_POSITIONS = ("seated", "standing", "wall_standing")


def varied_requests(count: int, exercises: Sequence[Exercise], seed: int = 5) -> list[SessionRequest]:
    """`count` requests of every length and purpose; some with conditions, exclusions and positions."""
    rng = random.Random(seed)
    return [likely_request(rng, DURATIONS_S[number % len(DURATIONS_S)], exercises) for number in range(count)]


def likely_request(rng: random.Random, duration_s: int, exercises: Sequence[Exercise]) -> SessionRequest:
    """A request of this length, as an app could send it."""
    purpose = "standalone"
    if duration_s <= 300 and rng.random() < 0.5:
        purpose = "desk_break"
    elif rng.random() < 0.3:
        purpose = rng.choice(("pre_training", "recovery"))
    goals = rng.sample(list_words(Goal), rng.choice((1, 2, 2, 3, 3, 4)))
    request: dict[str, Any] = {
        "duration_s": duration_s,
        "goals": [{"goal": goal, "weight": rng.choice((1, 1, 2, 3))} for goal in goals],
        "available_equipment": rng.choice(EQUIPMENT_SETS),
        "level": rng.choice((1, 2, 2, 3, 5)),
        "purpose": purpose,
        "age_band": rng.choice((None, None, "18-39", "40-64", "65+")),
        "seed": rng.randrange(1000),
    }
    if rng.random() < 0.2:
        request["positions"] = UPRIGHT_POSITIONS
    if rng.random() < 0.4:
        conditions = [
            condition for condition in list_words(ConditionWithRules) if condition != "vertebral_fracture_recent"
        ]
        request["conditions"] = rng.sample(conditions, rng.choice((1, 1, 2)))
    if rng.random() < 0.3:
        request["exclude"] = [exercise.slug for exercise in rng.sample(list(exercises), 3)]
    return SessionRequest.model_validate(request)


def any_request(rng: random.Random, exercises: Sequence[Exercise]) -> SessionRequest:
    """A request of any kind: odd lengths, includes and rare combinations of positions among them."""
    duration_s = rng.choice(UNUSUAL_DURATIONS_S)
    request = likely_request(
        rng, duration_s + rng.choice((0, 0, 7, 13)) if duration_s < 3000 else duration_s, exercises
    )
    changes: dict[str, Any] = {}
    if rng.random() < 0.15:
        changes["include"] = tuple(exercise.slug for exercise in rng.sample(list(exercises), rng.choice((1, 1, 2, 3))))
        changes["available_equipment"] = list_words(Equipment)
        changes["exclude"] = ()
        changes["level"] = 5
    if rng.random() < 0.15:
        changes["positions"] = tuple(rng.sample(list_words(Position), rng.choice((1, 2, 4, 8))))
    # From the seed, so that the other requests of a random source stay the same.
    if request.seed % 5 < 2:
        changes["stiffer_side"] = ("left", "right")[request.seed % 5]
    if duration_s <= 300 and rng.random() < 0.2:
        changes["purpose"] = rng.choice(list_words(Purpose))
    return SessionRequest.model_validate({**request.model_dump(), **changes})
