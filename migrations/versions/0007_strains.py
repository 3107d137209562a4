"""An exercise has strains with degrees, where it had features; a condition has one verdict on it.

`features: ["end_range_rotation"]` becomes `strains: [{"strain": "trunk_rotation", "degree": "full"}]`. A
contraindication names all the strains that decide it and has advice; there were as many as features. A cue is an
object, so that it can name the strain that its words ask for.

What the feature list did not hold is not made up here: the next `python -m app seed` writes every exercise anew.

Revision 0007, after 0006.
"""

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True)
STRAIN_OF_FEATURE = {
    "loaded_flexion": ("loaded_flexion", "full"),
    "end_range_flexion": ("trunk_flexion", "full"),
    "end_range_rotation": ("trunk_rotation", "full"),
    "loaded_rotation": ("loaded_rotation", "mild"),
    "end_range_extension": ("lumbar_extension", "full"),
    "loaded_extension": ("loaded_extension", "full"),
    "end_range_thoracic_extension": ("thoracic_extension", "full"),
    "end_range_side_bend": ("trunk_side_bend", "full"),
    "prone": ("prone", "full"),
    "supine": ("supine", "full"),
    "inverted": ("inversion", "full"),
    "inverted_mild": ("inversion", "mild"),
    "hanging": ("hanging", "full"),
    "overhead": ("overhead", "full"),
    "shoulder_end_range": ("shoulder_end_range", "full"),
    "shoulder_weight_bearing": ("shoulder_weight_bearing", "full"),
    "wrist_weight_bearing": ("wrist_weight_bearing", "full"),
    "grip_demand": ("grip", "full"),
    "kneeling": ("kneeling", "full"),
    "deep_knee_flexion": ("deep_knee_bend", "full"),
    "isometric_hold_long": ("isometric_hold", "full"),
    "heavy_resistance": ("resistance", "full"),
    "resistance": ("resistance", "mild"),
    "neck_load": ("neck_load", "full"),
    "neck_end_range": ("neck_bend", "full"),
    "chest_compression": ("chest_compression", "full"),
    "balance_demand": ("balance", "mild"),
    "floor_transfer": ("floor_transfer", "full"),
}
FEATURE_OF_STRAIN = {strain: feature for feature, strain in STRAIN_OF_FEATURE.items()}
FEATURE_OF_STRAIN_NAME = {strain: feature for feature, (strain, _) in STRAIN_OF_FEATURE.items()}
LATER_CONDITIONS = {
    "anticoagulants",
    "abdominal_hernia_or_diastasis",
    "orthostatic_hypotension",
    "hip_replacement",
    "shoulder_replacement",
    "migraine",
    "pregnancy_first_trimester",
    "postpartum",
}
"""Conditions that came with the strains: the service of the revision before does not know these words."""
ADVICE = {"avoid": "Leave this exercise out.", "caution": "Take care with what the strains name."}

Record = dict[str, Any]


def upgrade() -> None:
    with op.batch_alter_table("exercise") as batch_op:
        batch_op.alter_column("features", new_column_name="strains")
    convert_stored_exercises(to_strains, "features", "strains")


def downgrade() -> None:
    convert_stored_exercises(to_features, "strains", "features")
    with op.batch_alter_table("exercise") as batch_op:
        batch_op.alter_column("strains", new_column_name="features")


def to_strains(exercise: Mapping[str, Any]) -> Record:
    pairs = [STRAIN_OF_FEATURE[feature] for feature in exercise["features"]]
    return {
        "strains": [{"strain": strain, "degree": degree} for strain, degree in pairs],
        "contraindications": merge_contraindications(exercise["contraindications"]),
        "cues": [{"text": cue, "strain": None} for cue in exercise["cues"]],
    }


def merge_contraindications(rows: list[Record]) -> list[Record]:
    """One row for each condition, from a row for each condition and feature."""
    merged: dict[str, Record] = {}
    for row in rows:
        found = {
            "condition": row["condition"],
            "verdict": row["verdict"],
            "strains": [],
            "advice": ADVICE[row["verdict"]],
        }
        strains = merged.setdefault(row["condition"], found)["strains"]
        strain = STRAIN_OF_FEATURE[row["feature"]][0]
        if strain not in strains:
            strains.append(strain)
    return list(merged.values())


def to_features(exercise: Mapping[str, Any]) -> Record:
    """The nearest features: strains that had none are left out, and so are conditions that came later."""
    pairs = [(one["strain"], one["degree"]) for one in exercise["strains"]]
    return {
        "features": [FEATURE_OF_STRAIN[pair] for pair in pairs if pair in FEATURE_OF_STRAIN],
        "contraindications": [
            {"condition": row["condition"], "verdict": row["verdict"], "feature": FEATURE_OF_STRAIN_NAME[strain]}
            for row in exercise["contraindications"]
            for strain in row["strains"]
            if strain in FEATURE_OF_STRAIN_NAME and row["condition"] not in LATER_CONDITIONS
        ],
        "cues": [cue["text"] for cue in exercise["cues"]],
    }


def convert_stored_exercises(convert: Callable[[Mapping[str, Any]], Record], old: str, new: str) -> None:
    """Convert every exercise: rows of its table, sessions of routines, and the history of changes."""
    connection = op.get_bind()
    names = ("strains", "contraindications", "cues")
    exercise = sa.table("exercise", sa.column("slug"), *[sa.column(name, JSON) for name in names])
    for slug, *values in connection.execute(sa.select(exercise.c.slug, *[exercise.c[name] for name in names])).all():
        row = convert({old: values[0], "contraindications": values[1], "cues": values[2]})
        stored = {"strains": row[new], "contraindications": row["contraindications"], "cues": row["cues"]}
        connection.execute(sa.update(exercise).where(exercise.c.slug == slug).values(stored))
    for table_name, key_name, column_name in (("routine", "slug", "session"), ("change", "serial", "record")):
        table = sa.table(table_name, sa.column(key_name), sa.column(column_name, JSON))
        for key, value in connection.execute(sa.select(table.c[key_name], table.c[column_name])).all():
            converted = convert_exercises_in(value, convert, old, new)
            if converted != value:
                connection.execute(sa.update(table).where(table.c[key_name] == key).values({column_name: converted}))


def convert_exercises_in(value: Any, convert: Callable[[Mapping[str, Any]], Record], old: str, new: str) -> Any:
    """Return the JSON value with every exercise in it converted, its fields in the same order."""
    if isinstance(value, list):
        return [convert_exercises_in(item, convert, old, new) for item in value]
    if not isinstance(value, dict):
        return value
    if old in value and "contraindications" in value and "cues" in value:
        converted = convert(value)
        renamed = {new if name == old else name: item for name, item in value.items()}
        return {**renamed, **converted}
    return {name: convert_exercises_in(item, convert, old, new) for name, item in value.items()}
