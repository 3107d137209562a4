"""Which equipment an exercise needs, and which of it is missing."""

from collections.abc import Iterable, Set

from pydantic import Field

from app.kit.models import FrozenModel
from app.rules.vocabulary import OPTIONAL_EQUIPMENT, Equipment


class EquipmentGroup(FrozenModel):
    """Pieces of equipment of which any one is enough. An exercise needs one piece of each of its groups."""

    # An object and no plain list: a list of lists of words makes several generators of clients write code that fails.
    any_of: tuple[Equipment, ...] = Field(min_length=1)


def missing_equipment(groups: Iterable[EquipmentGroup], available: Set[str]) -> tuple[EquipmentGroup, ...]:
    """Return the groups of which no piece is available, in their order: empty when the exercise can be done.

    A group with a mat is never missing: a mat makes an exercise more comfortable and is never required.
    """
    return tuple(
        group for group in groups if available.isdisjoint(group.any_of) and OPTIONAL_EQUIPMENT.isdisjoint(group.any_of)
    )


def list_pieces(groups: Iterable[EquipmentGroup]) -> frozenset[Equipment]:
    """Return every piece of equipment that is in one of the groups."""
    return frozenset(piece for group in groups for piece in group.any_of)
