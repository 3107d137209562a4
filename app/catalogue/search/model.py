"""What the index is built from, and what it is made of."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from app.catalogue.search.tokenizer import Term

NAME_WEIGHT = 10.0
"""Weight of a word in the name of a record. Fields of a document bring their own weights."""
ALIAS_WEIGHT = 8.0
"""Weight of a word in another name of a record."""
UNRESTRICTED_FACET = "unrestricted:"
"""Beginning of the facet of an exercise that the rules for a condition neither bar nor caution against."""


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
    required_facets: tuple[str, ...] = ()
    """Facets that every record must have, for a word that names a condition."""

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "Synonym":
        """Return the synonym that a stored row describes."""
        targets = (*stored["exercises"], *stored["guidelines"], *stored["routines"])
        facets = stored["maps_to"]
        required = tuple(facet for facet in facets if facet.startswith(UNRESTRICTED_FACET))
        return cls(stored["term"], targets, tuple(facet for facet in facets if facet not in required), required)


class Phrase(NamedTuple):
    """A synonym of several words."""

    terms: "tuple[Term, ...]"
    scores: dict[int, float]
    """Document id -> the score of the whole phrase."""


class NameEntry(NamedTuple):
    """A name of a document."""

    doc_id: int
    terms: "tuple[Term, ...]"
    strength: float
    """1 for the document's own names, less for a synonym that leads to it."""


class QueryTerm(NamedTuple):
    """A word of a query, resolved to the terms that it may mean."""

    matches: "dict[Term, float]"
    """Term -> how well the word matches it: 1 as typed, less for a prefix or a correction."""
    weight: float
    """The highest inverse document frequency among the terms."""
    scores: dict[int, float]
    """Document id -> score of the best match."""
