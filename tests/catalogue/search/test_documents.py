"""Documents: what the search knows of each kind of record."""

from app.catalogue.search.documents import LABEL_WEIGHT, build_documents
from app.catalogue.search.model import Document
from app.catalogue.snapshot import Snapshot


def build_one(snapshot: Snapshot, kind: str, slug: str) -> Document:
    collection = getattr(snapshot, kind)
    (document,) = build_documents([collection.records[slug]])
    return document


def test_an_exercise_has_its_names_facets_and_labels(snapshot: Snapshot) -> None:
    exercise = snapshot.exercises.records["band-row"]
    document = build_one(snapshot, "exercises", "band-row")
    assert document.names == (exercise.name, *exercise.aliases)
    assert document.facets["equipment:resistance_band"] == 0.7
    assert document.facets[f"goal:{exercise.goals[0]}"] == exercise.goal_weights[exercise.goals[0]] / 3
    assert (LABEL_WEIGHT, "resistance band") in document.fields
    assert set(exercise.steps) <= {text for _, text in document.fields}


def test_only_exercises_without_equipment_are_found_by_its_absence(snapshot: Snapshot) -> None:
    for document in build_documents(snapshot.exercises.records.values()):
        pieces = {facet for facet in document.facets if facet.startswith("equipment:")} - {"equipment:mat"}
        assert any("no equipment" in text for _, text in document.fields) is not bool(pieces), document.slug


def test_a_guideline_a_routine_and_a_reference_are_found_by_title_and_slug(snapshot: Snapshot) -> None:
    guideline = snapshot.guidelines.records["desk-height"]
    assert build_one(snapshot, "guidelines", "desk-height").names == (guideline.title, "desk-height")
    routine = snapshot.routines.records["desk-break-5-min-chair"]
    document = build_one(snapshot, "routines", routine.slug)
    assert document.names == (routine.name, routine.slug)
    assert {exercise.name for exercise in routine.session.exercises.values()} <= {text for _, text in document.fields}
    reference = snapshot.references.records["cho-2017"]
    document = build_one(snapshot, "references", "cho-2017")
    assert document.names == (reference.title, "cho-2017")
    assert (2 * LABEL_WEIGHT, reference.authors) in document.fields
