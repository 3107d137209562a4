"""The snapshot that is served now, and answers made from it."""

from collections.abc import Sequence
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from fastapi import Depends, Request
from pydantic_core import to_json
from starlette.responses import Response

from app.catalogue.mapping import Shaped
from app.catalogue.snapshot import Shelf, Snapshot
from app.kit import caching
from app.kit.errors import FieldError, InvalidRequest, Problem
from app.kit.pagination import Cursor, decode_cursor, encode_cursor, filters_digest
from app.kit.query import FieldsQuery, PageQuery

S = TypeVar("S", bound=Shaped)


class RecordNotFound(Problem):
    status, title = 404, "No such record"


class RecordGone(Problem):
    status, title = 410, "Deleted"


async def current_snapshot(request: Request) -> Snapshot:
    """Asynchronous, as are the handlers that only read it: a hop to a thread costs more than they do."""
    snapshot: Snapshot = request.app.state.catalogue.snapshot
    return snapshot


CurrentCatalogue = Annotated[Snapshot, Depends(current_snapshot)]


def answer(snapshot: Snapshot, content: bytes, **headers: str) -> Response:
    """Ready bytes, with what every answer from the catalogue carries."""
    return Response(
        content,
        media_type="application/json",
        headers={"Cache-Control": caching.PUBLIC_1_MINUTE, "X-Catalogue-Serial": str(snapshot.serial), **headers},
    )


def one(snapshot: Snapshot, shelf: Shelf[S], slug: str, request: Request, asked: FieldsQuery) -> Response:
    """The record of that slug: whole, or some fields of it; 308 where it was renamed, 410 where it was deleted."""
    moved = locate(shelf, slug, request)
    if moved is not None:
        return moved
    names = _fields(shelf, asked)
    if names is None:
        return answer(snapshot, shelf.bytes[slug])
    return answer(snapshot, to_json({name: shelf.loose[slug][name] for name in names}))


def locate(shelf: Shelf[S], slug: str, request: Request) -> Response | None:
    """None where the record stands; the redirect where it was renamed; 404 and 410 are raised."""
    if slug in shelf.records:
        return None
    if slug not in shelf.gone:
        raise RecordNotFound(f"There is no {shelf.kind} {slug!r}; GET /v1/{shelf.kind}s lists those that there are.")
    target = shelf.gone[slug]
    while target is not None and target in shelf.gone:
        target = shelf.gone[target]
    if target is None:
        raise RecordGone(f"The {shelf.kind} {slug!r} was deleted.")
    stood = f"/{shelf.kind}s/{slug}"
    path = request.url.path.replace(stood, f"/{shelf.kind}s/{target}", 1)
    query = f"?{request.url.query}" if request.url.query else ""
    return Response(status_code=308, headers={"Location": path + query, "Cache-Control": caching.PUBLIC_1_HOUR})


def page(
    snapshot: Snapshot, shelf: Shelf[S], chosen: list[str], asked: PageQuery, filters: dict[str, Any], request: Request
) -> Response:
    """A page of the chosen records, with the cursor of the next."""
    digest = filters_digest({"kind": shelf.kind, **filters})
    start = _start(chosen, asked.cursor, digest, ranked="q" in filters)
    slugs = chosen[start : start + asked.limit]
    names = _fields(shelf, asked)
    following = None
    if start + asked.limit < len(chosen):
        following = encode_cursor(Cursor(snapshot.serial, slugs[-1], start + len(slugs)), digest)
    items = _items(shelf, slugs, names)
    tail = b',"next_cursor":' + to_json(following) + b',"total":' + str(len(chosen)).encode() + b"}"
    headers = {"Link": f'<{_next_link(request, following)}>; rel="next"'} if following else {}
    return answer(snapshot, b'{"items":[' + items + b"]" + tail, **headers)


def _items(shelf: Shelf[S], slugs: Sequence[str], names: list[str] | None) -> bytes:
    if names is None:
        return b",".join(shelf.bytes[slug] for slug in slugs)
    return b",".join(to_json({name: shelf.loose[slug][name] for name in names}) for slug in slugs)


def _start(chosen: list[str], cursor: str | None, digest: str, ranked: bool) -> int:
    """Where the page begins: after the last key, wherever that is now; where it is gone, at its place."""
    if cursor is None:
        return 0
    last = decode_cursor(cursor, digest)
    if last.key in chosen:
        return chosen.index(last.key) + 1
    if ranked:
        return min(max(last.rank, 0), len(chosen))
    return sum(1 for slug in chosen if slug <= last.key)


def _next_link(request: Request, cursor: str) -> str:
    others = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    return f"{request.url.path}?{urlencode([*others, ('cursor', cursor)])}"


def _fields(shelf: Shelf[Any], asked: FieldsQuery) -> list[str] | None:
    if asked.fields is None:
        return None
    allowed = list(shelf.shape.model_fields)
    names = list(dict.fromkeys(name.strip() for name in asked.fields.split(",")))
    unknown = [name for name in names if name not in allowed]
    if unknown:
        detail = f"There is no field {unknown[0][:60]!r}."
        fault: FieldError = {"in": "query", "name": "fields", "detail": detail, "allowed": allowed}
        raise InvalidRequest(f"fields: {detail}", errors=[fault])
    return names
