"""Live answers, read into the models of datamodel-code-generator: as they are, and as a later version may send them."""

import json
import os
import sys
from typing import Any
from urllib.request import Request, urlopen

import models

BASE_URL = os.environ["BASE_URL"]
FURTHER_FIELD = {"further_field": {"of": ["a later version"]}}
MAPS = ("exercises", "goal_weights")
"""Fields that hold an object whose keys are data."""
WORDS_ARE_OPEN = "words-are-open" in sys.argv


def read(path: str, body: Any = None) -> Any:
    """Return the JSON that the server answers."""
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(BASE_URL + path, data, {"Content-Type": "application/json"})) as answer:
        return json.load(answer)


def add_fields(value: Any) -> Any:
    """Return the value with one more field in every object that has a fixed set of fields."""
    if isinstance(value, dict):
        changed = {name: add_fields(part) for name, part in value.items() if name not in MAPS}
        return value | changed | FURTHER_FIELD
    return [add_fields(part) for part in value] if isinstance(value, list) else value


exercise = read("/v1/exercises/open-book")
request = {"duration_s": 420, "goals": [{"goal": "rotation"}], "available_equipment": ["chair"]}
assessment = {"body": {"stature_cm": 170}, "measured": {"desk_height_cm": 80, "feet": "dangling"}}
answers = [
    (models.Exercise, exercise),
    (models.ExercisePage, read("/v1/exercises?limit=100")),
    (models.PartialExercise, read("/v1/partial/exercises/open-book?fields=slug")),
    (models.PartialExercisePage, read("/v1/partial/exercises?limit=2&fields=slug&fields=name")),
    (models.RoutinePage, read("/v1/routines?limit=100")),
    (models.GuidelinePage, read("/v1/guidelines?limit=100")),
    (models.ReferencePage, read("/v1/references?limit=100")),
    (models.Session, read("/v1/sessions", request)),
    (models.WorkstationFit, read("/v1/workstation/fit", {"stature_cm": 170})),
    (models.WorkstationReport, read("/v1/workstation/assessment", assessment)),
    (models.ReminderSchedule, read("/v1/reminders?timezone=UTC")),
]
for model, answer in answers:
    assert model.model_validate(answer).model_dump(mode="json", by_alias=True, exclude_unset=True)
    model.model_validate(add_fields(answer))
if WORDS_ARE_OPEN:
    later = exercise | {"category": "yoga", "goals": ["rotation", "balance"]}
    assert models.Exercise.model_validate(later).model_dump()["category"] == "yoga"
else:
    assert isinstance(models.Exercise.model_validate(exercise).goals[0], models.Goal)
