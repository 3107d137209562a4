"""The slugs that a list is asked for, as the catalogue has them now."""

from typing import TypeVar

from app.catalogue.filters import ExerciseSelection, RecordSelection
from app.catalogue.snapshot import RecordCollection
from app.kit.errors import FieldError, InvalidRequest
from app.kit.value_hints import describe_suggestion, suggest_words
from app.schemas.record import AnyRecord

Record = TypeVar("Record", bound=AnyRecord)
Selection = TypeVar("Selection", bound=RecordSelection)


def follow_requested_slugs(collection: RecordCollection[Record], query: Selection) -> Selection:
    """Return the query with the present slugs of renamed records.

    The slug of a deleted record stays and matches nothing: who lists what somebody once chose must not get an error for
    all because of one. Raises `InvalidRequest` for slugs that no record ever had: they are mistakes of the client.
    """
    if not isinstance(query, ExerciseSelection) or not query.slug:
        return query
    unknown = [slug for slug in query.slug if slug not in collection.records and slug not in collection.tombstones]
    if unknown:
        errors = [_describe_unknown(collection, slug) for slug in dict.fromkeys(unknown)]
        raise InvalidRequest(f"slug: {errors[0]['detail']}", errors=errors)
    return query.model_copy(update={"slug": [collection.find_successor(slug) or slug for slug in query.slug]})


def _describe_unknown(collection: RecordCollection[Record], slug: str) -> FieldError:
    suggestion = describe_suggestion(suggest_words(slug, collection.records))
    detail = " ".join(filter(None, (f"There is no {collection.kind} {slug!r}.", suggestion)))
    return {"in": "query", "name": "slug", "detail": detail}
