"""The bundle: the whole catalogue as one document, with what its records share said once."""

import functools
import hashlib
import json
from typing import Any

from pydantic import Field

from app.catalogue.snapshot import Snapshot
from app.catalogue.vocabulary import build_vocabulary
from app.changes.record_kind import RecordKind
from app.kit.models import FrozenModel
from app.kit.nullable_schemas import shorten_nullable_schemas
from app.offline import bundled_records as bundled
from app.offline.contraindication_advice import ContraindicationAdvice, list_contraindication_advice
from app.offline.omissions import dump_without
from app.rules.notices import CONTENT_LICENSE, Disclaimer, License, load_disclaimer, load_stop_rules
from app.screening.schemas import list_questions
from app.screening.self_test_schemas import list_self_tests

EXERCISE_PLACE = "{slug}"
HASH_DIGITS = 16
SCHEMA_URI = "https://json-schema.org/draft/2020-12/schema"


class FigurePaths(FrozenModel):
    """Where the illustrations are, by format: the slug of an exercise takes the place of `{slug}`."""

    svg: str
    png: str
    webp: str
    gif: str
    lottie: str


class CatalogueBundle(FrozenModel):
    """The whole catalogue as one document. Records lack what is said once here."""

    serial: int = Field(description="The catalogue serial: `GET /v1/changes?since=` it tells what came later.")
    static_hash: str = Field(
        description="Of everything here that is no record, and of the shapes of the records. It changes with the "
        "program and its texts. The feed of changes repeats it: where it differs, fetch the bundle anew."
    )
    license: License = Field(description="Of every record and illustration.")
    stop_rules: tuple[str, ...] = Field(description="For every exercise and session: when to stop.")
    disclaimer: Disclaimer = Field(description="For every exercise, session, self-test and screening.")
    contraindication_advice: ContraindicationAdvice = Field(description="The advice of every contraindication.")
    figure_paths: FigurePaths
    vocabulary: bundled.BundledVocabulary
    screening: bundled.BundledScreeningQuestions
    self_tests: bundled.BundledSelfTestList
    exercises: tuple[bundled.BundledExercise, ...] = Field(
        description="By slug, as all records here. The `hash` of a `figure` tells which pictures to fetch anew."
    )
    guidelines: tuple[bundled.BundledGuideline, ...]
    references: tuple[bundled.BundledReference, ...]
    routines: tuple[bundled.BundledRoutine, ...] = Field(
        description="The exercises of their sessions are under `exercises`."
    )


def write_bundle(catalogue: Snapshot) -> bytes:
    """Return the bundle of a catalogue as JSON; the same catalogue gives the same bytes. Takes about 0.1 s."""
    start = f'{{"serial":{catalogue.serial},"static_hash":"{hash_static_parts()}"'.encode()
    # Joined by hand, as pages are: to build all of it as one model and write that would take twice as long.
    static = b"".join(b',"%s":%s' % (name.encode(), content) for name, content in write_static_parts().items())
    kinds = (RecordKind.EXERCISE, RecordKind.GUIDELINE, RecordKind.REFERENCE, RecordKind.ROUTINE)
    records = b"".join(b',"%s":[%s]' % (kind.plural.encode(), _write_records(catalogue, kind)) for kind in kinds)
    return b"".join((start, static, records, b"}"))


def _write_records(catalogue: Snapshot, kind: RecordKind) -> bytes:
    records = catalogue.collection_of(kind).records.values()
    return b",".join(bundled.dump_record(kind, record) for record in records)


@functools.cache
def write_static_parts() -> dict[str, bytes]:
    """Return as JSON, by field, what is the same for every catalogue: it changes with the program and its texts."""
    stop_rules = json.dumps(load_stop_rules(), ensure_ascii=False, separators=(",", ":")).encode()
    vocabulary = build_vocabulary(Snapshot.empty())
    return {
        "license": CONTENT_LICENSE.model_dump_json().encode(),
        "stop_rules": stop_rules,
        "disclaimer": load_disclaimer().model_dump_json().encode(),
        "contraindication_advice": list_contraindication_advice().model_dump_json().encode(),
        "figure_paths": _list_figure_paths().model_dump_json().encode(),
        "vocabulary": dump_without(vocabulary, bundled.VOCABULARY_OMISSIONS),
        "screening": dump_without(list_questions(), bundled.QUESTIONS_OMISSIONS),
        "self_tests": dump_without(list_self_tests(), bundled.SELF_TESTS_OMISSIONS),
    }


def _list_figure_paths() -> FigurePaths:
    path = f"{RecordKind.EXERCISE.path}/{EXERCISE_PLACE}/figure"
    return FigurePaths(
        svg=f"{path}.svg", png=f"{path}.png", webp=f"{path}.webp", gif=f"{path}.gif", lottie=f"{path}.json"
    )


@functools.cache
def hash_static_parts() -> str:
    """Return the hash of what is no record, and of the shapes of the records."""
    content = hashlib.sha256(json.dumps(write_bundle_schema(), sort_keys=True).encode())
    for part in write_static_parts().values():
        content.update(part)
    return content.hexdigest()[:HASH_DIGITS]


@functools.cache
def write_bundle_schema() -> dict[str, Any]:
    """Return the JSON Schema of the bundle."""
    schema = CatalogueBundle.model_json_schema(mode="serialization")
    shorten_nullable_schemas(schema)
    return {"$schema": SCHEMA_URI, **schema}
