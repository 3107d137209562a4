"""Varied requests, the same at every run."""

import random
from collections.abc import Sequence
from typing import Any, get_args

from app.rules.vocabulary import Condition, Equipment, Goal, Position, Purpose
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest

DURATIONS = (60, 60, 90, 120, 180, 240, 300, 300, 480, 600, 600, 720, 900, 900, 1200, 1200, 1500, 1800, 2400, 3600)
KITS: tuple[tuple[str, ...], ...] = (
    (),
    ("chair",),
    ("chair", "wall"),
    ("chair", "wall", "resistance_band"),
    ("mat", "foam_roller"),
    ("pullup_bar", "step", "chair"),
    get_args(Equipment),
)
UPRIGHT = ("seated", "standing", "wall_standing")


def varied(count: int, exercises: Sequence[Exercise], seed: int = 5) -> list[SessionRequest]:
    """`count` requests of every length and purpose; some with conditions, exclusions, includes and positions."""
    dice = random.Random(seed)
    return [one(dice, DURATIONS[n % len(DURATIONS)], exercises) for n in range(count)]


def one(dice: random.Random, duration_s: int, exercises: Sequence[Exercise]) -> SessionRequest:
    """A request of this length."""
    purpose = "standalone"
    if duration_s <= 300 and dice.random() < 0.5:
        purpose = "desk_break"
    elif dice.random() < 0.3:
        purpose = dice.choice(("pre_training", "recovery"))
    goals = dice.sample(get_args(Goal), dice.choice((1, 2, 2, 3, 3, 4)))
    request: dict[str, Any] = {
        "duration_s": duration_s,
        "goals": [{"goal": goal, "weight": dice.choice((1, 1, 2, 3))} for goal in goals],
        "available_equipment": dice.choice(KITS),
        "level": dice.choice((1, 2, 2, 3, 5)),
        "purpose": purpose,
        "age_band": dice.choice((None, None, "18-39", "40-64", "65+")),
        "seed": dice.randrange(1000),
    }
    if dice.random() < 0.2:
        request["positions"] = UPRIGHT
    if dice.random() < 0.4:
        request["conditions"] = dice.sample(
            [c for c in get_args(Condition) if c != "vertebral_fracture_recent"], dice.choice((1, 1, 2))
        )
    if dice.random() < 0.3:
        request["exclude"] = [e.slug for e in dice.sample(list(exercises), 3)]
    return SessionRequest.model_validate(request)


def any_request(dice: random.Random, exercises: Sequence[Exercise]) -> SessionRequest:
    """A request of any kind: more kinds than are likely, includes and odd positions among them."""
    duration = dice.choice(
        (30, 45, 60, 60, 90, 120, 180, 240, 299, 300, 301, 420, 600, 600, 601, 900, 1200, 1800, 3600)
    )
    request = one(dice, duration + dice.choice((0, 0, 7, 13)) if duration < 3000 else duration, exercises)
    more: dict[str, Any] = {}
    if dice.random() < 0.15:
        more["include"] = tuple(one.slug for one in dice.sample(list(exercises), dice.choice((1, 1, 2, 3))))
        more["available_equipment"] = get_args(Equipment)
        more["exclude"] = ()
        more["level"] = 5
    if dice.random() < 0.15:
        more["positions"] = tuple(dice.sample(get_args(Position), dice.choice((1, 2, 4, 8))))
    if duration <= 300 and dice.random() < 0.2:
        more["purpose"] = dice.choice(get_args(Purpose))
    return SessionRequest.model_validate({**request.model_dump(), **more})
