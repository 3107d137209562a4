"""The muscles of a stored exercise become words of a closed list, by their role.

What was stored says no roles: a stretch gets its muscles as stretched, self-massage as massaged, any other exercise as
primary. The next seeding writes the true ones.

Revision 0014, after 0013.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True)
CHANGE = sa.table("change", sa.column("serial"), sa.column("record", JSON))
EXERCISE = sa.table("exercise", sa.column("slug"), sa.column("category"), sa.column("muscles", JSON))
ROUTINE = sa.table("routine", sa.column("slug"), sa.column("session", JSON))
SESSION = sa.table("session", sa.column("id"), sa.column("content", JSON))
EXERCISE_FIELDS = {"slug", "category", "muscles", "regions"}
ROLES = ("primary", "secondary", "stretched", "massaged")
ROLE_OF_CATEGORY = {"stretch": "stretched", "self_massage": "massaged"}
WORD_OF_NAME = {
    "abdominals": "rectus_abdominis",
    "adductors": "hip_adductors",
    "biceps": "biceps_brachii",
    "deltoid": "lateral_deltoid",
    "finger flexors": "forearm_flexors",
    "foot muscles": "calf_muscles",
    "infraspinatus": "rotator_cuff",
    "long head of triceps": "triceps_brachii",
    "multifidus": "multifidus_and_rotatores",
    "pectorals": "pectoralis_major",
    "rotatores": "multifidus_and_rotatores",
    "suboccipitals": "neck_extensors",
    "teres minor": "rotator_cuff",
    "trapezius": "middle_trapezius",
    "triceps": "triceps_brachii",
}
"""Names whose word is not the name itself with `_` for spaces."""
WORDS = {
    *WORD_OF_NAME.values(),
    *("anterior_deltoid", "deep_neck_flexors", "diaphragm", "erector_spinae", "gluteus_maximus", "gluteus_medius"),
    *(
        "hamstrings",
        "hip_flexors",
        "intercostals",
        "latissimus_dorsi",
        "levator_scapulae",
        "lower_trapezius",
        "obliques",
    ),
    *("pectoralis_minor", "posterior_deltoid", "quadratus_lumborum", "quadriceps", "rhomboids", "serratus_anterior"),
    *("teres_major", "transversus_abdominis", "upper_trapezius"),
}
"""The words that names become; a name that becomes none of them is left out."""
ConvertMuscles = Callable[[Any, str], Any]
"""Returns stored muscles, given with the category of the exercise, in the other form."""


def upgrade() -> None:
    convert_stored_muscles(group_by_role)


def downgrade() -> None:
    convert_stored_muscles(list_names)


def group_by_role(names: Any, category: str) -> dict[str, list[str]]:
    words = (WORD_OF_NAME.get(name, name.replace(" ", "_")) for name in names)
    known = list(dict.fromkeys(word for word in words if word in WORDS))
    role_of_all = ROLE_OF_CATEGORY.get(category, "primary")
    return {role: known if role == role_of_all else [] for role in ROLES}


def list_names(muscles: Any, _: str) -> list[str]:
    return [word.replace("_", " ") for role in ROLES for word in muscles[role]]


def convert_stored_muscles(convert: ConvertMuscles) -> None:
    """Convert the muscles in every column that holds exercises."""
    connection = op.get_bind()
    columns = (EXERCISE.c.slug, EXERCISE.c.category, EXERCISE.c.muscles)
    for slug, category, muscles in connection.execute(sa.select(*columns)).all():
        changed = {"muscles": convert(muscles, category)}
        connection.execute(sa.update(EXERCISE).where(EXERCISE.c.slug == slug).values(changed))
    for table, key, column in (
        (ROUTINE, ROUTINE.c.slug, ROUTINE.c.session),
        (SESSION, SESSION.c.id, SESSION.c.content),
        (CHANGE, CHANGE.c.serial, CHANGE.c.record),
    ):
        for row_key, value in connection.execute(sa.select(key, column)).all():
            converted = convert_exercises_in(value, convert)
            if converted != value:
                connection.execute(sa.update(table).where(key == row_key).values({column.name: converted}))


def convert_exercises_in(value: Any, convert: ConvertMuscles) -> Any:
    """Return the JSON value with the muscles of every exercise in it converted."""
    if isinstance(value, list):
        return [convert_exercises_in(item, convert) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() >= EXERCISE_FIELDS:
        return {**value, "muscles": convert(value["muscles"], value["category"])}
    return {name: convert_exercises_in(item, convert) for name, item in value.items()}
