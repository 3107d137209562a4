"""Where a slug leads that the catalogue no longer holds: 308 to its new name, 410 when deleted, 404 when unknown."""

from typing import TypeVar

from fastapi import Request
from starlette.responses import Response

from app.catalogue.snapshot import RecordCollection
from app.kit import caching
from app.kit.errors import Problem
from app.kit.linked_response import LinkedResponse
from app.kit.value_hints import describe_suggestion, suggest_words
from app.schemas.record import AnyRecord

Record = TypeVar("Record", bound=AnyRecord)


class RecordNotFound(Problem):
    """No record has ever had this slug."""

    status, title = 404, "No such record"


class RecordGone(Problem):
    """The record was deleted; its slug is never used again."""

    status, title = 410, "Deleted"


def redirect_if_renamed(collection: RecordCollection[Record], slug: str, request: Request) -> Response | None:
    """Return None when the record exists, and a redirect (308) to its present slug when it was renamed.

    The redirect keeps sub-path and query. Raises `RecordNotFound` and `RecordGone`.
    """
    if slug in collection.records:
        return None
    kind = collection.kind
    # Not known at all is 404; known and deleted is 410, so that clients can drop what they stored.
    if slug not in collection.tombstones:
        suggestion = describe_suggestion(suggest_words(slug, collection.records))
        listed = suggestion or f"GET {kind.path} lists those that there are."
        raise RecordNotFound(f"There is no {kind} {slug!r}. {listed}")
    successor = collection.find_successor(slug)
    if successor is None:
        raise RecordGone(f"The {kind} {slug!r} was deleted.")
    path = request.url.path.replace(f"/{kind.plural}/{slug}", f"/{kind.plural}/{successor}", 1)
    query = f"?{request.url.query}" if request.url.query else ""
    headers = {"Location": path + query, "Cache-Control": caching.INDEX_AND_REDIRECTS}
    return LinkedResponse(status_code=308, headers=headers)
