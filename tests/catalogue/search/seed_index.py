"""The seed files as search documents, and the queries with the slugs that must come first."""

from functools import cache
from pathlib import Path
from typing import Any, NotRequired, TypedDict

import yaml

from app.catalogue.search.documents import build_documents
from app.catalogue.search.index import SearchIndex
from app.catalogue.search.model import Document, Synonym
from app.rules.conditions import list_restrictions
from app.rules.equipment import EquipmentGroup
from app.rules.muscles import MUSCLE_ROLES, ExerciseMuscles
from app.schemas.exercise import Cue, Exercise
from app.schemas.guideline import Guideline, Measure
from app.schemas.routine import Routine
from app.schemas.session import Session
from app.schemas.session_recipe import SessionRecipe
from app.schemas.session_request import SessionRequest

SEED = Path(__file__).resolve().parents[3] / "seed"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Query(TypedDict):
    """One line of queries.yaml."""

    kind: str
    q: str
    first: list[str]
    sort: str
    held_out: NotRequired[bool]


def read_yaml(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), LOADER)


@cache
def load_documents(kind: str) -> list[Document]:
    """Return one document for each written record. Of the derived fields only those that the search reads exist."""
    if kind == "exercises":
        records = [read_yaml(path) for path in sorted((SEED / kind).glob("*.yaml"))]
        return build_documents(_exercise(record) for record in records)
    if kind == "guidelines":
        records = [record for path in sorted((SEED / kind).glob("*.yaml")) for record in read_yaml(path)]
        return build_documents(
            Guideline.model_construct(**{**record, "measures": [Measure(**measure) for measure in record["measures"]]})
            for record in records
        )
    return build_documents(_routine(written) for written in read_yaml(SEED / "routines.yaml"))


def _exercise(written: dict[str, Any]) -> Exercise:
    equipment = tuple(EquipmentGroup(**group) for group in written["equipment"])
    goals = {"goals": tuple(written["goals"]), "goal_weights": written["goals"]}
    cues = [cue if isinstance(cue, dict) else {"text": cue, "strain": None} for cue in written["cues"]]
    spoken = {"cues": tuple(Cue.model_validate(cue) for cue in cues)}
    restrictions = {"contraindications": list_restrictions(written["strains"])}
    muscles = ExerciseMuscles(**{role: written["muscles"].get(role, ()) for role in MUSCLE_ROLES})
    parts = {"equipment": equipment, "muscles": muscles}
    return Exercise.model_construct(**{**written, **goals, **spoken, **restrictions, **parts})


def _routine(written: dict[str, Any]) -> Routine:
    recipe = SessionRecipe.from_request(SessionRequest.model_validate(written["recipe"]))
    session: dict[str, Any] = {"exercises": {}}
    fields = {**written, "recipe": recipe, "goals": tuple(goal.goal for goal in recipe.goals)}
    return Routine.model_construct(**fields, session=Session.model_construct(**session))


@cache
def load_synonyms() -> list[Synonym]:
    return [Synonym.from_stored(record) for record in read_yaml(SEED / "synonyms.yaml")]


@cache
def load_index(kind: str) -> SearchIndex:
    return SearchIndex(load_documents(kind), load_synonyms())


@cache
def load_queries() -> list[Query]:
    records: list[Query] = read_yaml(Path(__file__).with_name("queries.yaml"))
    return records
