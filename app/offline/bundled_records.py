"""The shapes of the records in the bundle, and a record as the bundle has it.

A bundled record lacks what the bundle says once, when it last changed, which the feed tells, notes for editors,
and of a routine's session what an app does not play; the record at its own address has everything.
"""

from typing import Any

from app.catalogue.vocabulary import Vocabulary
from app.changes.record_kind import RecordKind
from app.offline.omissions import Omissions, dump_without, omit_fields
from app.schemas.exercise import Exercise
from app.schemas.guideline import Guideline
from app.schemas.record import AnyRecord
from app.schemas.reference import Reference
from app.schemas.routine import Routine
from app.screening.schemas import ScreeningQuestions
from app.screening.self_test_schemas import SelfTestList

FIGURE_PATHS = ("svg", "png", "webp", "gif", "lottie")
"""Fields of a figure that follow from the slug: the bundle has one pattern for each."""
CHANGE_OMISSIONS: Omissions = {"serial": True, "updated_at": True}
"""What tells when a record changed: the feed says that of every change."""
EXERCISE_OMISSIONS: Omissions = {
    **CHANGE_OMISSIONS,
    "contraindications": {"advice": True},
    "provenance": {"notes": True},
    "figure": {**dict.fromkeys(FIGURE_PATHS, True), "license": True, "credit": True},
    "sides": True,  # the timelines of routines say it already
    "license": True,
    "stop_rules": True,
    "disclaimer": True,
}
SESSION_OMISSIONS: Omissions = {
    **dict.fromkeys(("id", "title", "catalogue_serial", "seed", "shortfall_s", "shortfall_reason"), True),
    **dict.fromkeys(("stored", "not_stored_reason", "coverage", "funnel", "excluded"), True),
    **dict.fromkeys(("exercises", "stop_rules", "disclaimer"), True),
    "phases": {
        "items": {
            "exercise": {"figure": True},
            "why": True,
            "serves": True,
            "cautions": True,
            "side": True,
            "note": True,
        }
    },
}
"""What tells how a session was built, and what the routine or the bundle has elsewhere, such as its name."""
OMISSIONS: dict[RecordKind, Omissions] = {
    RecordKind.EXERCISE: EXERCISE_OMISSIONS,
    RecordKind.GUIDELINE: {**CHANGE_OMISSIONS, "license": True},
    RecordKind.REFERENCE: {**CHANGE_OMISSIONS, "license": True},
    RecordKind.ROUTINE: {
        **CHANGE_OMISSIONS,
        "license": True,
        "provenance": {"notes": True},
        "session": SESSION_OMISSIONS,
    },
}
BUNDLED_LISTS = (
    *(
        "goals",
        "suits",
        "movements",
        "categories",
        "patterns",
        "phases",
        "equipment",
        "positions",
        "regions",
        "muscles",
    ),
    *("muscle_roles", "load_groups", "strains", "conditions", "purposes", "age_bands", "topics", "applies_to"),
    *("sources", "certainties", "verdicts", "event_kinds", "reference_kinds", "sign_groups"),
)
"""The lists of the vocabulary whose words are in the bundle."""
VOCABULARY_OMISSIONS: Omissions = {
    **dict.fromkeys((name for name in Vocabulary.model_fields if name not in BUNDLED_LISTS), True),
    **{name: {"count": True} for name in BUNDLED_LISTS},
}
"""Words that only answers over the network have are not here. The counts change with every record; an app has the
records, and counts those that its filters leave. What takes the words is no matter without a network."""
QUESTIONS_OMISSIONS: Omissions = {"disclaimer": True}
SELF_TESTS_OMISSIONS: Omissions = {"next_cursor": True, "total": True, "disclaimer": True}

# Any: the classes are made when the module is read, which no type checker does.
BundledExercise: Any = omit_fields(Exercise, EXERCISE_OMISSIONS)
BundledGuideline: Any = omit_fields(Guideline, OMISSIONS[RecordKind.GUIDELINE])
BundledReference: Any = omit_fields(Reference, OMISSIONS[RecordKind.REFERENCE])
BundledRoutine: Any = omit_fields(Routine, OMISSIONS[RecordKind.ROUTINE])
BundledVocabulary: Any = omit_fields(Vocabulary, VOCABULARY_OMISSIONS)
BundledScreeningQuestions: Any = omit_fields(ScreeningQuestions, QUESTIONS_OMISSIONS)
BundledSelfTestList: Any = omit_fields(SelfTestList, SELF_TESTS_OMISSIONS)


def dump_record(kind: RecordKind, record: AnyRecord) -> bytes:
    """Return a record as JSON, as the bundle and the feed of changes have it."""
    return dump_without(record, OMISSIONS[kind])
