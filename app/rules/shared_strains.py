"""Which exercises ask for the same strain as one that hurt, so that they rest or are halved together with it."""

from typing import Final, Protocol

from app.rules.strains import ExerciseStrain, Strain
from app.rules.vocabulary import LoadGroup

STRAINS_WITHOUT_PAIN: Final[frozenset[Strain]] = frozenset(
    {
        "supine",
        "prone",
        "side_lying",
        "kneeling",
        "floor_transfer",
        "standing",
        "balance",
        "leg_support",
        "sitting_balance",
        "resistance",
        "isometric_hold",
    }
)
"""Strains of a position or of work in general: they seldom are what hurt, so another exercise may ask for them."""


class ExerciseDemand(Protocol):
    """What an exercise asks of the body."""

    @property
    def family(self) -> str:
        """The drill of which it is a form."""

    @property
    def load_group(self) -> LoadGroup:
        """The part that it tires."""

    @property
    def strains(self) -> tuple[ExerciseStrain, ...]:
        """The strains that it asks for, with their degrees."""


def list_painful_strains(exercise: ExerciseDemand) -> tuple[Strain, ...]:
    """Return the strains of an exercise that may be what hurt, in the order of the vocabulary."""
    return tuple(one.strain for one in exercise.strains if one.strain not in STRAINS_WITHOUT_PAIN)


def is_strained_alike(exercise: ExerciseDemand, painful: ExerciseDemand) -> bool:
    """Return whether an exercise strains what hurt in `painful`.

    That is a form of the same drill, an exercise that tires the same part, and one that asks for a strain that may be
    what hurt, in any degree: what hurt much in one exercise is not safe in a mild form on the same day. Editorial; no
    clinician has reviewed it yet.
    """
    has_same_load = exercise.load_group == painful.load_group and exercise.load_group != "none"
    shared_strains = set(list_painful_strains(exercise)) & set(list_painful_strains(painful))
    return exercise.family == painful.family or has_same_load or bool(shared_strains)
