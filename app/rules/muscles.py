"""The muscles of an exercise: a closed list with the standard names of anatomy, and what an exercise does with them.

A word stands for what can be told apart on a drawing of the body: `upper_trapezius`, but `rotator_cuff` for its four
muscles. The words are in the order from head to foot.
"""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from app.kit.closed_lists import list_words
from app.kit.models import FrozenModel

Muscle = TypeAliasType(
    "Muscle",
    Annotated[
        Literal[
            "deep_neck_flexors",
            "neck_extensors",
            "levator_scapulae",
            "upper_trapezius",
            "middle_trapezius",
            "lower_trapezius",
            "rhomboids",
            "serratus_anterior",
            "pectoralis_major",
            "pectoralis_minor",
            "anterior_deltoid",
            "lateral_deltoid",
            "posterior_deltoid",
            "rotator_cuff",
            "teres_major",
            "latissimus_dorsi",
            "biceps_brachii",
            "triceps_brachii",
            "forearm_flexors",
            "intercostals",
            "diaphragm",
            "erector_spinae",
            "multifidus_and_rotatores",
            "quadratus_lumborum",
            "rectus_abdominis",
            "obliques",
            "transversus_abdominis",
            "hip_flexors",
            "gluteus_maximus",
            "gluteus_medius",
            "hip_adductors",
            "quadriceps",
            "hamstrings",
            "calf_muscles",
        ],
        Field(description="A muscle, or several that do the same and lie side by side."),
    ],
)
MuscleRole = TypeAliasType(
    "MuscleRole",
    Annotated[
        Literal["primary", "secondary", "stretched", "massaged"],
        Field(description="What an exercise does with a muscle."),
    ],
)
MUSCLES: tuple[Muscle, ...] = list_words(Muscle)
"""All muscles, from head to foot."""
MUSCLE_ROLES: tuple[MuscleRole, ...] = list_words(MuscleRole)
"""All roles, in the order in which a record lists them."""


class ExerciseMuscles(FrozenModel):
    """The muscles of an exercise by their role. A muscle has one role: the one that it is chosen for."""

    primary: tuple[Muscle, ...] = Field(description="Do most of the work, most important first.")
    secondary: tuple[Muscle, ...] = Field(description="Help, or hold the body steady.")
    stretched: tuple[Muscle, ...] = Field(description="Are lengthened; the exercise is felt there.")
    massaged: tuple[Muscle, ...] = Field(description="Are pressed by a roller or a ball.")

    def list_with_roles(self) -> Iterator[tuple[Muscle, MuscleRole]]:
        """Yield each muscle with its role, role by role."""
        for role in MUSCLE_ROLES:
            muscles: tuple[Muscle, ...] = getattr(self, role)
            yield from ((muscle, role) for muscle in muscles)
