"""Responses that are made from the snapshot: one record, or a page of a list."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar
from urllib.parse import quote_plus

from fastapi import Request
from pydantic_core import to_json
from starlette.responses import Response

from app.catalogue.filters import RecordFilter
from app.catalogue.redirects import redirect_if_renamed
from app.catalogue.requested_slugs import follow_requested_slugs
from app.catalogue.snapshot import RecordCollection, Snapshot
from app.kit import caching
from app.kit.cursors import Cursor, decode_cursor, encode_cursor, filters_digest
from app.kit.linked_response import LinkedResponse
from app.schemas.record import AnyRecord

Record = TypeVar("Record", bound=AnyRecord)
_quote = lru_cache(maxsize=1024)(quote_plus)


def json_response(catalogue: Snapshot, content: bytes, **headers: str) -> Response:
    """Return a JSON response with the headers that every response from the catalogue has."""
    return LinkedResponse(
        content,
        media_type="application/json",
        headers={
            "Cache-Control": caching.CATALOGUE,
            "X-Catalogue-Serial": str(catalogue.serial),
            **headers,
        },
    )


def record_response(
    catalogue: Snapshot,
    collection: RecordCollection[Record],
    slug: str,
    request: Request,
    fields: Sequence[str] | None = None,
    json_by_slug: Mapping[str, bytes] | None = None,
) -> Response:
    """Return one record, the selected `fields` of it, or its shorter form of `json_by_slug`; a redirect if renamed.

    Raises `RecordNotFound` and `RecordGone`.
    """
    redirect = redirect_if_renamed(collection, slug, request)
    if redirect is not None:
        return redirect
    return json_response(catalogue, b"".join(_list_json(collection, [slug], fields, json_by_slug)))


def page_response(
    catalogue: Snapshot,
    collection: RecordCollection[Record],
    query: RecordFilter,
    request: Request,
    fields: Sequence[str] | None = None,
    json_by_slug: Mapping[str, bytes] | None = None,
) -> Response:
    """Return a page of the records that match the query, and the next cursor.

    The records are whole, or have the selected `fields`, or the shorter form of `json_by_slug`.

    Raises `InvalidRequest` for a cursor of other filters, and for a slug that no record ever had.
    """
    matching = collection.select(follow_requested_slugs(collection, query).predicates, query.q)
    filters = query.active_filters()
    digest = filters_digest({"kind": collection.kind, **filters})
    start = _start_index(matching, query.cursor, digest, is_ranked="q" in filters)
    slugs = matching[start : start + query.limit]
    items = _list_json(collection, slugs, fields, json_by_slug)
    next_cursor = None
    if start + query.limit < len(matching):
        next_cursor = encode_cursor(Cursor(catalogue.serial, slugs[-1], start + len(slugs)), digest)
    # Joined by hand: the records are serialised already, and building them again for each page would be slow.
    end = b'],"next_cursor":' + to_json(next_cursor) + b',"total":' + str(len(matching)).encode() + b"}"
    headers = {"Link": f'<{_next_path(request.scope["path"], query, next_cursor)}>; rel="next"'} if next_cursor else {}
    if fields is None and json_by_slug is None:
        headers["ETag"] = _page_etag(collection, slugs, end)
    # One join of all pieces: each further one would copy the whole page again.
    return json_response(catalogue, b"".join([b'{"items":[', *items, end]), **headers)


def _page_etag(collection: RecordCollection[Record], slugs: Iterable[str], end: bytes) -> str:
    """Return the ETag of a page of whole records, from their digests: to digest all their bytes would take long."""
    digests = [collection.digest_by_slug[slug] for slug in slugs]
    return f'"{hashlib.sha256(b"".join((*digests, end))).hexdigest()[:32]}"'


def _list_json(
    collection: RecordCollection[Record],
    slugs: Sequence[str],
    field_names: Sequence[str] | None,
    json_by_slug: Mapping[str, bytes] | None,
) -> list[bytes]:
    """Return the records as JSON with commas between them, with the named fields in their order or (None) with all."""
    if field_names is None:
        source = collection.json_by_slug if json_by_slug is None else json_by_slug
        records = [source[slug] for slug in slugs]
    else:
        values = map(collection.read_fields, slugs)
        records = [to_json({name: fields[name] for name in field_names}) for fields in values]
    pieces = [b","] * max(0, 2 * len(records) - 1)
    pieces[::2] = records
    return pieces


def _start_index(matching: list[str], cursor: str | None, digest: str, is_ranked: bool) -> int:
    """Return the index of the first record of the page: the one after the last record of the page before.

    When that record is gone, a list by slug goes on where its slug would be, and a ranked list at its former rank.
    """
    if cursor is None:
        return 0
    previous = decode_cursor(cursor, digest)
    if previous.key in matching:
        return matching.index(previous.key) + 1
    if is_ranked:
        return min(max(previous.rank, 0), len(matching))
    return sum(1 for slug in matching if slug <= previous.key)


def _next_path(path: str, query: RecordFilter, cursor: str) -> str:
    """Return the address of the next page, the same for every order of the parameters: the cache has one answer."""
    parameters = []
    for name in sorted(query.model_fields_set - {"cursor"}):
        value = getattr(query, name)
        values = value if isinstance(value, list) else (value,)
        # Names of fields need no quoting. Truth values are written as in JSON.
        parameters += [f"{name}={_quote(str(one).lower() if isinstance(one, bool) else str(one))}" for one in values]
    return f"{path}?{'&'.join([*parameters, f'cursor={cursor}'])}"
