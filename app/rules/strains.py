"""What an exercise asks of the body: strains, each in a degree, and the order of the degrees."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from app.kit.closed_lists import list_words
from app.kit.models import FrozenModel

Strain = TypeAliasType(
    "Strain",
    Annotated[
        Literal[
            "trunk_rotation",
            "loaded_rotation",
            "trunk_flexion",
            "loaded_flexion",
            "thoracic_extension",
            "lumbar_extension",
            "loaded_extension",
            "trunk_side_bend",
            "neck_rotation",
            "neck_bend",
            "neck_load",
            "overhead",
            "shoulder_end_range",
            "arm_behind_body",
            "shoulder_weight_bearing",
            "hanging",
            "wrist_weight_bearing",
            "grip",
            "resistance",
            "isometric_hold",
            "abdominal_pressure",
            "sustained_end_range",
            "chest_compression",
            "belly_compression",
            "inversion",
            "supine",
            "prone",
            "side_lying",
            "kneeling",
            "deep_knee_bend",
            "hip_end_range",
            "floor_transfer",
            "standing",
            "balance",
            "leg_support",
            "sitting_balance",
        ],
        Field(description="What an exercise asks of the body; conditions bar some of it or ask for care."),
    ],
)
StrainDegree = TypeAliasType(
    "StrainDegree",
    Annotated[
        Literal["mild", "full"],
        Field(description="How much of a strain an exercise asks for; a strain that is not listed is not asked for."),
    ],
)
StrainDegrees = Mapping[Strain, StrainDegree]
"""The strains of an exercise with their degrees; a strain that is absent is not asked for."""
STRAINS: tuple[Strain, ...] = list_words(Strain)
"""All strains in the order of the vocabulary."""
STRAIN_DEGREES: tuple[StrainDegree, ...] = list_words(StrainDegree)
"""All degrees, from little to much."""


class ExerciseStrain(FrozenModel):
    """A strain of an exercise, and how much of it the exercise asks for."""

    strain: Strain
    degree: StrainDegree


def reaches_degree(degree: StrainDegree | None, threshold: StrainDegree | None) -> bool:
    """Return whether `degree` is at least `threshold`. False where there is no degree, or no threshold."""
    if degree is None or threshold is None:
        return False
    return STRAIN_DEGREES.index(degree) >= STRAIN_DEGREES.index(threshold)


def list_strains(degrees: StrainDegrees) -> tuple[ExerciseStrain, ...]:
    """Return the strains as a record shows them, in the order of the vocabulary."""
    return tuple(ExerciseStrain(strain=strain, degree=degrees[strain]) for strain in STRAINS if strain in degrees)


def map_strains(strains: tuple[ExerciseStrain, ...]) -> dict[Strain, StrainDegree]:
    """Return the degree of each strain of a record."""
    return {one.strain: one.degree for one in strains}
