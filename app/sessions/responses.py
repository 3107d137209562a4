"""Answers that hold sessions, and the builder's errors as problems."""

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

from starlette.responses import Response

from app.kit import caching
from app.kit.errors import FieldError, InvalidRequest, Problem
from app.kit.linked_response import LinkedResponse
from app.kit.models import FrozenModel
from app.sessions.errors import (
    BarredItem,
    BarredItemsError,
    FaultyItem,
    FaultyItemsError,
    InfeasibleRequestError,
    SessionBlockedError,
    UnknownExerciseError,
)
from app.sessions.texts import RefusalTexts, load_texts


class SessionCannotBeBuilt(Problem):
    """The requirements of the request contradict each other."""

    status, title = 422, "No such session can be built"


class SessionBlocked(Problem):
    """A stated condition or the age asks for a professional first."""

    status, title = 422, "Ask a professional first"


class BarredByCondition(Problem):
    """A stated condition bars an exercise or a dose of the prescription."""

    status, title = 422, "Barred by a stated condition"


class PrescriptionIsFixed(Problem):
    """A prescription has no alternatives."""

    status, title = 409, "A prescription has no alternatives"


class SessionNotFound(Problem):
    """No session, routine or example has this id."""

    status, title = 404, "No such session"


@contextlib.contextmanager
def builder_errors_as_problems() -> Iterator[None]:
    """Raise the HTTP problem for every error of the builder that is raised inside."""
    try:
        yield
    except SessionBlockedError as error:
        raise SessionBlocked(error.reason, blocked=True, instead=list(error.instead)) from None
    except UnknownExerciseError as error:
        raise _unknown_exercise(error) from None
    except FaultyItemsError as error:
        raise _point_at(InvalidRequest, error.items) from None
    except BarredItemsError as error:
        barred = [{name: value for name, value in item._asdict().items() if name != "detail"} for item in error.items]
        raise _point_at(BarredByCondition, error.items, barred=barred) from None
    except InfeasibleRequestError as error:
        members: dict[str, Any] = {
            "conflict": [{"requirement": requirement} for requirement in error.conflict],
            "suggestions": [{"change": change} for change in error.suggestions],
        }
        # Absent where more time would not do: a null would read as if none were needed.
        if error.needed_s is not None:
            members["needed_s"] = error.needed_s
        raise SessionCannotBeBuilt(error.detail, **members) from None


def _unknown_exercise(error: UnknownExerciseError) -> InvalidRequest:
    if error.pointer is None:
        return InvalidRequest(load_texts(RefusalTexts).slugs.in_stored_session.fill(detail=error))
    field_error: FieldError = {"in": "body", "pointer": error.pointer, "detail": str(error)}
    return InvalidRequest(f"{error.pointer}: {error}", errors=[field_error])


def _point_at(problem: type[Problem], items: Sequence[FaultyItem | BarredItem], **extensions: Any) -> Problem:
    """Return a problem that names each item; its detail tells the first one."""
    pointed = [item for item in items if item.pointer]
    errors: list[FieldError] = [{"in": "body", "pointer": item.pointer, "detail": item.detail} for item in pointed]
    start = f"{pointed[0].pointer}: " if pointed else ""
    return problem(start + items[0].detail, errors=errors, **extensions)


def invalid_field(pointer: str, detail: str) -> InvalidRequest:
    """Return the problem of one wrong field of a body."""
    return InvalidRequest(detail, errors=[{"in": "body", "pointer": pointer, "detail": detail}])


def session_response(content: bytes, catalogue_serial: int) -> Response:
    """Return a session that is read again: it never changes, and only its owner may keep it."""
    headers = {"X-Catalogue-Serial": str(catalogue_serial), "Cache-Control": caching.STORED_SESSION}
    return LinkedResponse(content, media_type="application/json", headers=headers)


def built_response(content: bytes, catalogue_serial: int, *, is_stored: bool, location: str | None = None) -> Response:
    """Return sessions that were built now: 201, or 200 where they are not stored.

    They tell of conditions, so nobody may keep the answer.
    """
    headers = {"X-Catalogue-Serial": str(catalogue_serial), "Cache-Control": caching.NO_STORE}
    if location is not None:
        headers["Location"] = location
    return LinkedResponse(content, 201 if is_stored else 200, headers, "application/json")


def document_not_stored(shape: type[FrozenModel]) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of the answer with sessions that cannot be stored at the moment."""
    return {200: {"description": "Built, and not stored while the database is away.", "model": shape}}
