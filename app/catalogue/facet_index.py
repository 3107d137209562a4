"""Which exercises each value of each filter lists, as sets of bits: all counts of a screen take some microseconds."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Final
from weakref import WeakKeyDictionary

from app.catalogue.filters import ExerciseSelection
from app.catalogue.snapshot import RecordCollection
from app.kit.closed_lists import list_words
from app.rules.muscles import MUSCLE_ROLES, MUSCLES
from app.rules.strains import STRAINS
from app.rules.vocabulary import (
    OPTIONAL_EQUIPMENT,
    AvailableEquipment,
    Category,
    ContentSource,
    Goal,
    Movement,
    Occasion,
    Position,
    Region,
)
from app.schemas.exercise import Exercise

Bits = int
"""A set of exercises: bit n stands for the exercise n in the order of slugs."""
LEVELS: Final = (1, 2, 3, 4, 5)
VALUES_OF_FACET: Final[Mapping[str, tuple[str, ...]]] = {
    "goal": list_words(Goal),
    "movement": list_words(Movement),
    "category": list_words(Category),
    "suits": list_words(Occasion),
    "position": list_words(Position),
    "region": list_words(Region),
    "muscle": MUSCLES,
    "muscle_role": MUSCLE_ROLES,
    "without_strain": STRAINS,
    "available_equipment": list_words(AvailableEquipment),
    "level_max": tuple(str(level) for level in LEVELS),
    "source": list_words(ContentSource),
}
"""Filters that a screen shows, in its order -> their values as they are sent."""
FILTERS_OF_BOTH: Final = {"muscle": "muscle_role", "muscle_role": "muscle"}
"""Two filters that are one condition: a muscle in a role."""
NARROWING: Final = frozenset({"without_strain", "available_equipment"})
"""Filters whose values count together with those that are chosen: one more strain, one more piece of equipment."""


_indexes: "WeakKeyDictionary[RecordCollection[Exercise], FacetIndex]" = WeakKeyDictionary()
"""The index of each collection that is in use: it goes with its snapshot."""


def get_facet_index(exercises: RecordCollection[Exercise]) -> "FacetIndex":
    """Return the index of a collection; it is made once."""
    index = _indexes.get(exercises)
    if index is None:
        index = _indexes[exercises] = FacetIndex(exercises)
    return index


class FacetIndex:
    """The sets of the exercises of one snapshot."""

    def __init__(self, exercises: RecordCollection[Exercise]) -> None:
        self._records = list(exercises.records.values())
        self._place = {slug: place for place, slug in enumerate(exercises.records)}
        self.everything: Bits = (1 << len(self._records)) - 1
        accessors = ExerciseSelection.accessors
        self._bits_by_value: dict[str, dict[str, Bits]] = {
            name: self._index(accessors[name]) for name in VALUES_OF_FACET if name in accessors
        }
        self._bits_by_value["without_strain"] = self._index(lambda exercise: (one.strain for one in exercise.strains))
        self._bits_by_muscle = self._index(
            lambda exercise: (f"{muscle} {role}" for muscle, role in exercise.muscles.list_with_roles())
        )
        self._bits_by_level = self._index(lambda exercise: (str(exercise.level),))
        # A group is a piece of equipment that is needed, or one of several; groups with a mat are never missing.
        self._bits_by_group = self._index(
            lambda exercise: (
                " ".join(group.any_of) for group in exercise.equipment if OPTIONAL_EQUIPMENT.isdisjoint(group.any_of)
            )
        )

    def bits_of(self, slugs: Iterable[str]) -> Bits:
        """Return the set of these exercises; slugs of others are left out."""
        return sum(1 << self._place[slug] for slug in set(slugs) if slug in self._place)

    def find_listed(self, name: str, values: Collection[str], partner_values: Collection[str] = ()) -> Bits:
        """Return what a filter with these values lists; all where it has none. A partner is the filter of both."""
        match name:
            case "muscle":
                return self._find_muscles(values, partner_values)
            case "muscle_role":
                return self._find_muscles(partner_values, values)
            case _ if not values:
                return self.everything
            case "level_max":
                levels = (self._bits_by_level.get(str(level), 0) for level in LEVELS if level <= min(map(int, values)))
                return _unite(levels)
            case "without_strain":
                return self.everything & ~_unite(self._bits_by_value[name].get(value, 0) for value in values)
            case "available_equipment":
                missing = (bits for group, bits in self._bits_by_group.items() if not set(group.split()) & set(values))
                return self.everything & ~_unite(missing)
        return _unite(self._bits_by_value[name].get(value, 0) for value in values)

    def _find_muscles(self, muscles: Collection[str], roles: Collection[str]) -> Bits:
        if not muscles and not roles:
            return self.everything
        names = (f"{muscle} {role}" for muscle in muscles or MUSCLES for role in roles or MUSCLE_ROLES)
        return _unite(self._bits_by_muscle.get(name, 0) for name in names)

    def _index(self, values_of: Callable[[Exercise], Iterable[str]]) -> dict[str, Bits]:
        """Return for each value the exercises that have it."""
        bits_by_value: dict[str, Bits] = {}
        for place, exercise in enumerate(self._records):
            for value in values_of(exercise):
                bits_by_value[value] = bits_by_value.get(value, 0) | 1 << place
        return bits_by_value


def _unite(sets: Iterable[Bits]) -> Bits:
    united = 0
    for bits in sets:
        united |= bits
    return united
