"""Catalogues to build from: the seed files as they are, and synthetic ones of any size."""

import random
from collections.abc import Sequence
from functools import lru_cache

from app.editing.derive import derive_contraindications, derive_exercises
from app.editing.seed_files import read_seed
from app.kit.closed_lists import list_words
from app.kit.settings import PROJECT_ROOT
from app.rules.strains import list_strains, map_strains
from app.rules.vocabulary import Goal
from app.schemas.exercise import Exercise
from app.sessions.problem.exercise_index import ExerciseIndex


@lru_cache(maxsize=1)
def seed_exercises() -> tuple[Exercise, ...]:
    """Every exercise of the seed folder."""
    files, faults = read_seed(PROJECT_ROOT / "seed")
    assert not faults, faults
    return tuple(derive_exercises(files.exercises, {}).values())


_indexes: dict[int, tuple[Sequence[Exercise], ExerciseIndex]] = {}
"""By identity, with the exercises themselves, so that no identity is used again."""


def index_of(exercises: Sequence[Exercise]) -> ExerciseIndex:
    """The index of these exercises, made once for each sequence."""
    if id(exercises) not in _indexes:
        _indexes[id(exercises)] = (exercises, ExerciseIndex(exercises))
    return _indexes[id(exercises)][1]


def synthetic_exercises(count: int, seed: int = 1) -> tuple[Exercise, ...]:
    """`count` exercises drawn from the real ones, with goals, families, levels and strains mixed anew."""
    rng = random.Random(seed * 7919 + count)
    return tuple(_synthetic_exercise(rng, number, count) for number in range(count))


def _synthetic_exercise(rng: random.Random, number: int, count: int) -> Exercise:
    model = rng.choice(seed_exercises())
    strain_donor = rng.choice(seed_exercises())
    goal_weights = _mixed_goal_weights(rng, model)
    borrowed = map_strains(tuple(one for one in strain_donor.strains if rng.random() < 0.2))
    degrees = {**borrowed, **map_strains(model.strains)}
    return model.model_copy(
        update={
            "slug": f"drill-{number:04d}",
            "name": f"Drill {number}",
            "goal_weights": goal_weights,
            "goals": tuple(sorted(goal_weights, key=lambda goal: (-goal_weights[goal], goal))),
            "strains": list_strains(degrees),
            "contraindications": derive_contraindications(degrees),
            "level": max(1, min(5, model.level + rng.choice((-1, 0, 0, 1)))),
            "family": f"family-{rng.randrange(max(20, count * 6 // 10))}",
            "harder": (),
            "easier": (),
        }
    )


def _mixed_goal_weights(rng: random.Random, model: Exercise) -> dict[Goal, int]:
    """The weights of the model, with a goal added or taken away at random."""
    weights = dict(model.goal_weights)
    if rng.random() < 0.5:
        weights[rng.choice(list_words(Goal))] = rng.choice((1, 2, 3))
    if len(weights) > 2 and rng.random() < 0.5:
        del weights[rng.choice(sorted(weights))]
    return weights
