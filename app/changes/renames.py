"""Follows the renames of a record: each tombstone names the slug that came next."""

from collections.abc import Container, Mapping

Tombstones = Mapping[str, str | None]
"""For each slug that no longer exists, the slug that replaced it; None where the record was deleted."""


def follow_renames(slug: str, tombstones: Tombstones, existing: Container[str]) -> list[str]:
    """Return the slug and those that replaced it one after the other, up to one that exists."""
    chain = [slug]
    while chain[-1] not in existing:
        replacement = tombstones.get(chain[-1])
        # A chain that leads back to itself would otherwise never end.
        if replacement is None or replacement in chain:
            break
        chain.append(replacement)
    return chain
