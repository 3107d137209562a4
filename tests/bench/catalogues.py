"""Catalogues to build from: the seed files as they are, and synthetic ones of any size."""

import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import yaml

from app.catalogue.shapes import Contraindication, Disclaimer, Exercise, License, Platform, Provenance
from app.rules.conditions import findings
from app.rules.dose import Dose, duration_s
from app.rules.vocabulary import Goal

SEED = Path(__file__).parents[2] / "seed" / "exercises"
LICENSE = License(
    id="CC-BY-4.0", name="CC BY 4.0", url="https://creativecommons.org/licenses/by/4.0/", attribution="tests"
)
DISCLAIMER = Disclaimer(version="1", text="Not medical advice.", locale="en")


def exercise_of(record: dict[str, Any]) -> Exercise:
    """A seed record as the public shape, with what is derived derived here."""
    goals = dict(record["goals"])
    dose = Dose.model_validate(
        {"reps": None, "hold_s": None, "breaths": None, "tempo": None, "rest_s": 0}
        | record["dose"]
        | {"per_side": record["unilateral"]}
    )
    return Exercise(
        slug=record["slug"],
        name=record["name"],
        aliases=(),
        summary="",
        category=record["category"],
        goals=tuple(sorted(goals, key=lambda goal: -goals[goal])),
        goal_weights=goals,
        suits=tuple(record["suits"]),
        movements=tuple(record["movements"]),
        pattern=record["pattern"],
        phases=tuple(record["phases"]),
        position=record["position"],
        equipment=tuple(tuple(group) for group in record["equipment"]),
        level=record["level"],
        unilateral=record["unilateral"],
        dose=dose,
        est_duration_s=duration_s(dose),
        steps=(),
        cues=("Slowly.",),
        mistakes=(),
        breathing="",
        muscles=tuple(record["muscles"]),
        regions=tuple(record["regions"]),
        load_group=record["load_group"],
        features=tuple(record["features"]),
        contraindications=tuple(
            Contraindication(condition=f.condition, verdict=f.verdict, because=f.because)
            for f in findings(frozenset(record["features"]))
        ),
        easier=(),
        harder=tuple(record["harder"]),
        family=record["family"],
        evidence=(),
        provenance=Provenance(source=record["provenance"]["source"], article_dose=None, notes=()),
        figure=None,
        platform=Platform(health_connect="", healthkit="", garmin=""),
        license=LICENSE,
        stop_rules=("Stop at pain.",),
        disclaimer=DISCLAIMER,
        reviewed_by=None,
        updated_at=datetime(2026, 1, 1, tzinfo=UTC),
        serial=1,
    )


def seed_exercises() -> tuple[Exercise, ...]:
    """All that is in the seed folder."""
    return tuple(exercise_of(yaml.safe_load(path.read_text())) for path in sorted(SEED.glob("*.yaml")))


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
                        Contraindication(condition=f.condition, verdict=f.verdict, because=f.because)
                        for f in findings(frozenset(features))
                    ),
                    "level": max(1, min(5, model.level + dice.choice((-1, 0, 0, 1)))),
                    "family": f"family-{dice.randrange(max(20, count * 6 // 10))}",
                    "harder": (),
                    "easier": (),
                }
            )
        )
    return tuple(made)
