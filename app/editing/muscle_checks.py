"""What must hold between the muscles of an exercise and its kind: a stretch stretches some, strength work works some.

A person reads the muscles as a promise of what is felt, and colours on a drawing show them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from app.editing.entry_fields import ExerciseEntry
from app.editing.seed_files import SeedRecord
from app.kit.yaml_files import FileFault
from app.rules.muscles import MUSCLE_ROLES, Muscle, MuscleRole
from app.rules.vocabulary import Category, LoadGroup

ROLES_OF_CATEGORY: Final[Mapping[Category, tuple[MuscleRole, ...]]] = {
    "mobility": ("primary", "stretched"),
    "stretch": ("stretched",),
    "strength": ("primary",),
    "stability": ("primary",),
    "posture": ("primary",),
    "self_massage": ("massaged",),
    "breathing": ("primary",),
}
"""The roles of which an exercise of a category has at least one."""
WORKED_MUSCLES: Final[Mapping[LoadGroup, frozenset[Muscle]]] = {
    "grip": frozenset({"forearm_flexors"}),
    "extensors": frozenset({"erector_spinae"}),
    "pull": frozenset(
        {"latissimus_dorsi", "rhomboids", "middle_trapezius", "lower_trapezius", "posterior_deltoid", "rotator_cuff"}
    ),
    "push": frozenset({"pectoralis_major", "serratus_anterior", "triceps_brachii"}),
    "core": frozenset({"rectus_abdominis", "obliques", "transversus_abdominis"}),
}
"""For what an exercise tires, the muscles of which it works at least one. Wrists and arms overhead are no muscles."""
BREATHING_MUSCLES: Final = frozenset[Muscle]({"diaphragm", "intercostals"})


def check_muscles(record: SeedRecord, entry: ExerciseEntry) -> Iterator[FileFault]:
    """Yield the faults of the muscles of an exercise."""
    muscles = entry.muscles
    muscles_by_role: dict[MuscleRole, list[Muscle]] = {role: getattr(muscles, role) for role in MUSCLE_ROLES}
    counts = Counter(muscle for listed in muscles_by_role.values() for muscle in listed)
    for muscle in (muscle for muscle, count in counts.items() if count > 1):
        yield record.fault(f"{muscle!r} stands twice: a muscle has one role", "muscles")
    roles = ROLES_OF_CATEGORY[entry.category]
    if not any(muscles_by_role[role] for role in roles):
        yield record.fault(f"an exercise of the category {entry.category} has {' or '.join(roles)} muscles", "muscles")
    required = WORKED_MUSCLES.get(entry.load_group)
    if required is not None and required.isdisjoint((*muscles.primary, *muscles.secondary)):
        yield record.fault(f"the load_group {entry.load_group} works {_join(required)}", "muscles")
    yield from _check_kind(record, entry)


def _check_kind(record: SeedRecord, entry: ExerciseEntry) -> Iterator[FileFault]:
    """Yield the faults of muscles that only one kind of exercise has."""
    muscles = entry.muscles
    if muscles.massaged and entry.category != "self_massage":
        yield record.fault("only self_massage has massaged muscles", "muscles", "massaged")
    if entry.category == "breathing" and BREATHING_MUSCLES.isdisjoint(muscles.primary):
        yield record.fault(f"breathing has {_join(BREATHING_MUSCLES)} among its primary muscles", "muscles")


def _join(muscles: frozenset[Muscle]) -> str:
    return " or ".join(sorted(muscles))
