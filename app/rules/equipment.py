"""Which equipment an exercise needs, and which of it is missing."""

from collections.abc import Collection, Iterable, Set
from typing import TypeVar

from app.rules.vocabulary import OPTIONAL_EQUIPMENT, Equipment

EquipmentGroup = TypeVar("EquipmentGroup", bound=Collection[Equipment])
"""Pieces of equipment of which any one is enough. An exercise needs one piece of each of its groups."""


def missing_equipment(groups: Iterable[EquipmentGroup], available: Set[str]) -> tuple[EquipmentGroup, ...]:
    """Return the groups of which no piece is available, in their order: empty when the exercise can be done.

    A group with a mat is never missing: a mat makes an exercise more comfortable and is never required.
    """
    return tuple(group for group in groups if available.isdisjoint(group) and OPTIONAL_EQUIPMENT.isdisjoint(group))
