"""The seed as documents to search, and the queries with what must come first."""

from functools import cache
from pathlib import Path
from typing import Any, NotRequired, TypedDict

import yaml

from app.catalogue.search.documents import build_documents
from app.catalogue.search.index import SearchIndex
from app.catalogue.search.model import Document, Synonym
from app.schemas.exercise import Exercise
from app.schemas.guideline import Guideline, Measure
from app.schemas.routine import Routine
from app.schemas.session import Session
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


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), LOADER)


@cache
def documents(kind: str) -> list[Document]:
    """One document a record, from the seed as it is written (nothing derived but what a search reads)."""
    if kind == "exercises":
        found = [read(path) for path in sorted((SEED / kind).glob("*.yaml"))]
        return build_documents(
            Exercise.model_construct(**{**one, "goals": tuple(one["goals"]), "goal_weights": one["goals"]})
            for one in found
        )
    if kind == "guidelines":
        found = [one for path in sorted((SEED / kind).glob("*.yaml")) for one in read(path)]
        return build_documents(
            Guideline.model_construct(**{**one, "measures": [Measure(**measure) for measure in one["measures"]]})
            for one in found
        )
    return build_documents(_routine(written) for written in read(SEED / "routines.yaml"))


def _routine(written: dict[str, Any]) -> Routine:
    recipe = SessionRequest.model_validate(written["recipe"])
    session: dict[str, Any] = {"exercises": {}}
    fields = {**written, "recipe": recipe, "goals": tuple(goal.goal for goal in recipe.goals)}
    return Routine.model_construct(**fields, session=Session.model_construct(**session))


@cache
def synonyms() -> list[Synonym]:
    return [Synonym.from_stored(one) for one in read(SEED / "synonyms.yaml")]


@cache
def index(kind: str) -> SearchIndex:
    return SearchIndex(documents(kind), synonyms())


@cache
def queries() -> list[Query]:
    found: list[Query] = read(Path(__file__).with_name("queries.yaml"))
    return found
