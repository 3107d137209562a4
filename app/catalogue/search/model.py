"""What the index is built from, and what it is made of."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.catalogue.search.tokenizer import Term


class Document(NamedTuple):
    """A record as the search sees it."""

    slug: str
    names: tuple[str, ...]
    """The name, then other names for the same record."""
    fields: tuple[tuple[float, str], ...]
    """Texts, each with the weight of a word in it: 1 for plain text."""
    facets: Mapping[str, float]
    """Facet, such as `goal:rotation` -> how strongly the record has it, 0 to 1."""


class Synonym(NamedTuple):
    """A word or phrase that people use, and what they mean by it."""

    term: str
    targets: tuple[str, ...]
    """Slugs of the records that it names, the best first."""
    facets: tuple[str, ...]
    """Facets of other records that fit as well."""

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "Synonym":
        """Return the synonym that a stored row describes."""
        targets = (*stored["exercises"], *stored["guidelines"], *stored["routines"])
        return cls(stored["term"], targets, tuple(stored["maps_to"]))


class Phrase(NamedTuple):
    """A synonym of several words."""

    terms: tuple[Term, ...]
    scores: dict[int, float]
    """Document id -> the score of the whole phrase."""


class NameEntry(NamedTuple):
    """A name of a document."""

    doc_id: int
    terms: tuple[Term, ...]
    strength: float
    """1 for the document's own names, less for a synonym that leads to it."""


class QueryTerm(NamedTuple):
    """A word of a query, resolved to the terms that it may mean."""

    matches: dict[Term, float]
    """Term -> how well the word matches it: 1 as typed, less for a prefix or a correction."""
    weight: float
    """The highest inverse document frequency among the terms."""
    scores: dict[int, float]
    """Document id -> score of the best match."""
