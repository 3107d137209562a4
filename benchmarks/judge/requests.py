"""Requests for the judge: every condition alone and with others, all purposes, ages, positions, levels, histories."""

import random
from collections.abc import Iterator
from itertools import cycle
from typing import Any

from app.kit.closed_lists import list_words
from app.rules.vocabulary import AgeBand, BlockingCondition, Equipment, Goal, Position, Purpose
from app.schemas.session_request import SessionRequest
from benchmarks.judge.facts import Facts

DURATIONS_S = (60, 120, 180, 300, 300, 480, 600, 600, 900, 900, 1200, 1500, 1800, 3600)
KITS: tuple[tuple[str, ...], ...] = (
    (),
    ("chair",),
    ("chair", "desk"),
    ("mat",),
    ("mat", "chair", "wall"),
    ("chair", "wall", "resistance_band"),
    ("mat", "foam_roller", "massage_ball"),
    ("pullup_bar", "step", "resistance_band"),
    list_words(Equipment),
)
POSITIONS: tuple[tuple[str, ...] | None, ...] = (
    *[None] * 6,
    list_words(Position),
    ("seated",),
    ("standing", "wall_standing"),
    ("supine", "side_lying", "prone"),
    ("seated", "standing", "quadruped", "side_lying"),
)


def draw_requests(count: int, facts: Facts, seed: int = 1) -> Iterator[SessionRequest]:
    """Yield requests: in turn each condition alone, with another one, with two others, and as many without any."""
    rng = random.Random(seed)
    conditions = [one for one in facts.rules if one not in list_words(BlockingCondition)]
    turns = cycle([(size, one) for size in (1, 2, 3) for one in conditions] + [(0, "")] * 26)
    for _ in range(count):
        size, first = next(turns)
        others = rng.sample([one for one in conditions if one != first], max(0, size - 1))
        yield SessionRequest.model_validate(_draw_fields(rng, facts, [first, *others][:size]))


def _draw_fields(rng: random.Random, facts: Facts, conditions: list[str]) -> dict[str, Any]:
    goals = rng.sample(list_words(Goal), rng.choice((1, 1, 2, 2, 3, 4)))
    fields: dict[str, Any] = {
        "duration_s": rng.choice(DURATIONS_S) + rng.choice((0, 0, 0, 7)) * (rng.random() < 0.5),
        "goals": [{"goal": goal, "weight": rng.choice((1, 1, 2, 3))} for goal in goals],
        "available_equipment": rng.choice(KITS),
        "positions": rng.choice(POSITIONS),
        "level": rng.randint(1, 5),
        "purpose": rng.choice(list_words(Purpose)),
        "age_band": rng.choice([None, *[band for band in list_words(AgeBand) if band != "under-18"]]),
        "conditions": conditions,
        "seed": rng.randrange(1000),
        "stiffer_side": rng.choice([None, None, None, "left", "right"]),
    }
    fields["duration_s"] = min(3600, fields["duration_s"])
    if rng.random() < 0.35:
        fields["history"] = _draw_history(rng, list(facts.exercises))
    if rng.random() < 0.1:
        fields["include"] = rng.sample(list(facts.exercises), rng.choice((1, 1, 2)))
        fields["available_equipment"] = list_words(Equipment)
        fields["level"] = 5
    if rng.random() < 0.1:
        fields["exclude"] = rng.sample([one for one in facts.exercises if one not in fields.get("include", ())], 4)
    return fields


def _draw_history(rng: random.Random, slugs: list[str]) -> list[dict[str, Any]]:
    """Return one to four sessions; in two of three nothing hurt more than a little."""
    pains = (0, 1, 2, 3) if rng.random() < 0.67 else (0, 0, 0, 0, 2, 4, 5, 6, 9)
    return [
        {
            "days_ago": rng.choice((0, 1, 2, 4, 7, 8, 12, 14, 15, 30, 200)),
            "items": [_draw_report(rng, slug, pains) for slug in rng.sample(slugs, rng.randint(1, 5))],
        }
        for _ in range(rng.randint(1, 4))
    ]


def _draw_report(rng: random.Random, slug: str, pains: tuple[int, ...]) -> dict[str, Any]:
    report: dict[str, Any] = {"slug": slug, "completed": rng.random() < 0.9}
    report |= {"effort": rng.randint(0, 10), "pain": rng.choice(pains), "settled": rng.random() < 0.9}
    return {name: value for name, value in report.items() if rng.random() < 0.95 or name == "slug"}
