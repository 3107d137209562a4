"""Whose record a slug names: `acme--wall-drill` is an exercise of the partner `acme`, `open-book` is everybody's."""

from typing import Final

OWNER_SEPARATOR: Final = "--"
"""Stands between the slug of a partner and the name that it gave; nowhere else in a slug."""


def owner_of(slug: str) -> str | None:
    """Return the slug of the partner that a record belongs to; None where it is shared."""
    partner, separator, _ = slug.partition(OWNER_SEPARATOR)
    return partner if separator else None


def is_visible(slug: str, partner: str | None) -> bool:
    """Whether a partner sees the record with a slug; `partner` is None for those without a key."""
    return owner_of(slug) in (None, partner)
