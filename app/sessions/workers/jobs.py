"""What is to be built: a session, one with an exercise exchanged, alternatives, the example.

A job is sent to a worker process and its result sent back, so both hold plain values. Jobs know neither HTTP nor the
database: the process that answers reads the session that is varied, and stores what was built.
"""

from collections.abc import Collection
from typing import Final, Generic, NamedTuple, Protocol, TypeVar, get_args

from pydantic_core import to_json

from app.schemas.prescription import Prescription
from app.schemas.session_request import SessionRequest
from app.schemas.session_variation import PersonalFields, SessionAlternativesRequest, SwapRequest
from app.sessions.build import build_session
from app.sessions.errors import (
    BarredItemsError,
    FaultyItemsError,
    InfeasibleRequestError,
    SessionBlockedError,
    UnknownExerciseError,
)
from app.sessions.plan import Plan
from app.sessions.prescription.build import build_prescription
from app.sessions.problem.blocking import check_not_blocked
from app.sessions.storage.base_session import EXAMPLE_ID, EXAMPLE_REQUEST, BaseSession
from app.sessions.storage.stored_session import StoredSession, mark_owner, to_impersonal, to_response, to_stored
from app.sessions.variation.alternatives import build_alternatives
from app.sessions.variation.prescription_swap import PrescriptionToVary, replace_prescribed
from app.sessions.variation.session_to_vary import SessionToVary
from app.sessions.variation.swap import replace_exercise
from app.sessions.workers.builder_catalogue import BuilderCatalogue

Result_co = TypeVar("Result_co", covariant=True)
Value = TypeVar("Value")
KNOWN_AFTER_STORING: Final = {"id", "stored", "not_stored_reason"}
BuilderError = SessionBlockedError | UnknownExerciseError | InfeasibleRequestError | FaultyItemsError | BarredItemsError
BUILDER_ERRORS: Final = get_args(BuilderError)


class Job(Protocol[Result_co]):
    """Something to build."""

    def run(self, catalogue: BuilderCatalogue) -> Result_co:
        """Build it. Raises the errors of the builder."""


class JobOutcome(NamedTuple, Generic[Value]):
    """What came of a job: its result, or the error of the builder."""

    results: tuple[Value, ...]
    """The result, unless there is an error."""
    error: BuilderError | None = None

    def unwrap(self) -> Value:
        """Return the result. Raises the error where there is one."""
        if self.error is not None:
            raise self.error
        (result,) = self.results
        return result


class BuiltSession(NamedTuple):
    """A session that was built and has no id yet."""

    answer: bytes
    """The session as it is answered, in JSON, without the fields of `KNOWN_AFTER_STORING`."""
    stored: StoredSession
    """The session as it is stored."""

    def to_json(self, session_id: str, not_stored_reason: str | None) -> bytes:
        """Return the answer in JSON; `not_stored_reason` is None where the session is stored."""
        first = {"id": session_id, "stored": not_stored_reason is None, "not_stored_reason": not_stored_reason}
        return to_json(first)[:-1] + b"," + self.answer[1:]


class NewSession(NamedTuple):
    """A session for a request."""

    request: SessionRequest
    exercise_records: bool
    """False where the answer has no exercise records."""

    def run(self, catalogue: BuilderCatalogue) -> BuiltSession:
        """Build it."""
        # Before the slugs: who must ask a professional first is told so whatever else is wrong.
        check_not_blocked(self.request.conditions, self.request.age_band)
        request = catalogue.resolver.resolve_request(self.request)
        plan = build_session(request, catalogue.index)
        return _to_built(plan, request, catalogue, self.exercise_records)


class PrescribedSession(NamedTuple):
    """The session of a prescription."""

    prescription: Prescription
    exercise_records: bool

    def run(self, catalogue: BuilderCatalogue) -> BuiltSession:
        """Build it."""
        check_not_blocked(self.prescription.conditions, self.prescription.age_band)
        prescription = catalogue.resolver.resolve_prescription(self.prescription)
        plan = build_prescription(prescription, catalogue.index)
        return _to_built(plan, prescription, catalogue, self.exercise_records)


class SwappedSession(NamedTuple):
    """A session with one exercise exchanged."""

    base: BaseSession
    body: SwapRequest
    exercise_records: bool

    def run(self, catalogue: BuilderCatalogue) -> BuiltSession:
        """Build it. The position must be one of the session."""
        place = self.body.position_in_session - 1
        if isinstance(self.base.request, Prescription):
            prescribed = _resolve_prescription(self.base, self.base.request, catalogue, self.body, place)
            plan, varied, removed = replace_prescribed(prescribed, place, self.body.reason, catalogue.index)
            return _to_built(plan, varied, catalogue, self.exercise_records, removed)
        session = _resolve(self.base, catalogue, self.body, exchanged_place=place)
        plan, request, removed = replace_exercise(session, place, self.body.reason, catalogue.index)
        return _to_built(plan, request, catalogue, self.exercise_records, removed)


class AlternativeSessions(NamedTuple):
    """Several sessions that differ from one and from each other."""

    base: BaseSession
    body: SessionAlternativesRequest
    exercise_records: bool

    def run(self, catalogue: BuilderCatalogue) -> tuple[list[BuiltSession], bool]:
        """Build them; also return whether there are no more."""
        session = _resolve(self.base, catalogue, self.body)
        alternatives, is_exhausted = build_alternatives(session, self.body.count, catalogue.index)
        built = [
            _to_built(plan, request, catalogue, self.exercise_records, removed)
            for plan, request, removed in alternatives
        ]
        return built, is_exhausted


class ExampleSession(NamedTuple):
    """The example, which is the same as long as the catalogue is."""

    def run(self, catalogue: BuilderCatalogue) -> bytes:
        """Build it, and return it in JSON as it is read."""
        plan = build_session(EXAMPLE_REQUEST, catalogue.index)
        return to_impersonal(plan, EXAMPLE_ID, catalogue.serial).model_dump_json().encode()


def run_job(job: Job[Value], catalogue: BuilderCatalogue) -> JobOutcome[Value]:
    """Return what comes of a job. Any other error than those of the builder is raised."""
    try:
        return JobOutcome((job.run(catalogue),))
    except BUILDER_ERRORS as error:
        return JobOutcome((), error)


def _to_built(
    plan: Plan,
    request: SessionRequest | Prescription,
    catalogue: BuilderCatalogue,
    exercise_records: bool,
    removed: Collection[str] = (),
) -> BuiltSession:
    answered = plan if exercise_records else plan._replace(exercises={})
    answer = to_response(answered, "", catalogue.serial).model_dump_json(exclude=KNOWN_AFTER_STORING).encode()
    stored = to_stored(plan, request, catalogue.serial, removed)
    return BuiltSession(answer, mark_owner(stored, catalogue.partner, catalogue.own_words))


def _resolve(
    base: BaseSession, catalogue: BuilderCatalogue, body: PersonalFields, exchanged_place: int | None = None
) -> SessionToVary:
    """The session with what is personal now, and with the slugs of today; a deleted exercise keeps its old slug.

    Raises `SessionBlockedError`, and `UnknownExerciseError` where a slug of the history never existed, or where the
    session includes by name an exercise that was deleted since and is not exchanged now.
    """
    check_not_blocked(body.conditions or (), body.age_band)
    assert isinstance(base.request, SessionRequest)
    resolver = catalogue.resolver
    slugs = [resolver.current_slug(slug) or slug for slug in base.slugs]
    exchanged = [] if exchanged_place is None else [slugs[exchanged_place]]
    history = resolver.resolve_history(body.history)
    request = body.added_to(resolver.resolve_stored(base.request, exchanged)).model_copy(update={"history": history})
    removed = frozenset(resolver.current_slug(slug) or slug for slug in base.removed)
    return SessionToVary(request, slugs, base.phases, base.doses, removed)


def _resolve_prescription(
    base: BaseSession, prescription: Prescription, catalogue: BuilderCatalogue, body: PersonalFields, place: int
) -> PrescriptionToVary:
    """The prescription with what is personal now, and with the slugs of today.

    Raises `SessionBlockedError`, and `UnknownExerciseError` where an exercise was deleted that is not exchanged now, or
    a slug of the history never existed.
    """
    check_not_blocked(body.conditions or (), body.age_band)
    resolver = catalogue.resolver
    items = tuple(
        item.model_copy(update={"slug": resolver.resolve_kept(item.slug, is_needed=number != place)})
        for number, item in enumerate(prescription.items)
    )
    personal = {"items": items, "age_band": body.age_band, "conditions": body.conditions or ()}
    removed = frozenset(resolver.current_slug(slug) or slug for slug in base.removed)
    history = resolver.resolve_history(body.history)
    return PrescriptionToVary(prescription.model_copy(update=personal), base.phases, removed, history)
