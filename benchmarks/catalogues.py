"""Catalogues to build from: the seed files as they are, and synthetic ones of any size."""

import random
from functools import lru_cache
from typing import get_args

from app.editing.derive import derive_exercises
from app.editing.seed_files import read_seed
from app.kit.settings import PROJECT_ROOT
from app.rules.conditions import list_restrictions
from app.rules.vocabulary import Goal
from app.schemas.exercise import Contraindication, Exercise

SEED = PROJECT_ROOT / "seed"


@lru_cache(maxsize=1)
def seed_exercises() -> tuple[Exercise, ...]:
    """All that is in the seed folder."""
    files, faults = read_seed(SEED)
    assert not faults, faults
    return tuple(derive_exercises(files.exercises, {}).values())


def synthetic_exercises(count: int, seed: int = 1) -> tuple[Exercise, ...]:
    """`count` exercises drawn from the real ones, with goals, families, levels and features mixed anew."""
    dice = random.Random(seed * 7919 + count)
    real = seed_exercises()
    made = []
    for number in range(count):
        model = dice.choice(real)
        other = dice.choice(real)
        goals = dict(model.goal_weights)
        if dice.random() < 0.5:
            goals[dice.choice(get_args(Goal))] = dice.choice((1, 2, 3))
        if len(goals) > 2 and dice.random() < 0.5:
            del goals[dice.choice(sorted(goals))]
        features = tuple(sorted({*model.features, *(f for f in other.features if dice.random() < 0.2)}))
        made.append(
            model.model_copy(
                update={
                    "slug": f"drill-{number:04d}",
                    "name": f"Drill {number}",
                    "goal_weights": goals,
                    "goals": tuple(sorted(goals, key=lambda goal: (-goals[goal], goal))),
                    "features": features,
                    "contraindications": tuple(
                        Contraindication(condition=f.condition, verdict=f.verdict, feature=f.feature)
                        for f in list_restrictions(frozenset(features))
                    ),
                    "level": max(1, min(5, model.level + dice.choice((-1, 0, 0, 1)))),
                    "family": f"family-{dice.randrange(max(20, count * 6 // 10))}",
                    "harder": (),
                    "easier": (),
                }
            )
        )
    return tuple(made)
