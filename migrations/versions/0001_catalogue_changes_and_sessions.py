"""The first tables: catalogue, changes and sessions.

Revision 0001, the first.
"""

import sqlalchemy as sa
from alembic import op

import app.kit.database

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "change",
        sa.Column("serial", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("replaced_by", sa.String(), nullable=True),
        sa.Column("record", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("at", app.kit.database.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(action = 'delete') = (record IS NULL)", name=op.f("ck_change_record_unless_deleted")),
        sa.CheckConstraint("action IN ('upsert', 'delete')", name=op.f("ck_change_action_known")),
        sa.CheckConstraint(
            "kind IN ('exercise', 'guideline', 'routine', 'reference')", name=op.f("ck_change_kind_known")
        ),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_change")),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index("ix_change_kind_slug", ["kind", "slug"], unique=False)

    op.create_table(
        "exercise",
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", app.kit.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("pattern", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("unilateral", sa.Boolean(), nullable=False),
        sa.Column("est_duration_s", sa.Integer(), nullable=False),
        sa.Column("breathing", sa.String(), nullable=False),
        sa.Column("load_group", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("reviewed_by", sa.String(), nullable=True),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("suits", sa.JSON(), nullable=False),
        sa.Column("movements", sa.JSON(), nullable=False),
        sa.Column("phases", sa.JSON(), nullable=False),
        sa.Column("equipment", sa.JSON(), nullable=False),
        sa.Column("dose", sa.JSON(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("cues", sa.JSON(), nullable=False),
        sa.Column("mistakes", sa.JSON(), nullable=False),
        sa.Column("muscles", sa.JSON(), nullable=False),
        sa.Column("regions", sa.JSON(), nullable=False),
        sa.Column("features", sa.JSON(), nullable=False),
        sa.Column("contraindications", sa.JSON(), nullable=False),
        sa.Column("provenance", sa.JSON(), nullable=False),
        sa.Column("platform", sa.JSON(), nullable=False),
        sa.Column("figure", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint(
            "category IN ('mobility', 'stretch', 'strength', 'stability', 'posture', 'self_massage', 'breathing')",
            name=op.f("ck_exercise_category_known"),
        ),
        sa.CheckConstraint(
            "load_group IN ('none', 'wrist', 'grip', 'overhead', 'extensors', 'pull', 'push', 'core')",
            name=op.f("ck_exercise_load_group_known"),
        ),
        sa.CheckConstraint("origin IN ('seed', 'api')", name=op.f("ck_exercise_origin_known")),
        sa.CheckConstraint(
            "pattern IN ('dynamic', 'static_hold', 'isometric', 'strength', 'breathing')",
            name=op.f("ck_exercise_pattern_known"),
        ),
        sa.CheckConstraint(
            "position IN ('seated', 'standing', 'wall_standing', 'half_kneeling', 'kneeling', 'quadruped', 'heel_sit', 'prone', 'supine', 'side_lying', 'side_plank', 'prone_plank', 'inverted_v', 'split_stance', 'hanging', 'bench')",
            name=op.f("ck_exercise_position_known"),
        ),
        sa.CheckConstraint("slug <> '' AND slug = lower(slug)", name=op.f("ck_exercise_slug_formed")),
        sa.CheckConstraint("est_duration_s > 0", name=op.f("ck_exercise_takes_time")),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_exercise_level_range")),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_exercise")),
        sa.UniqueConstraint("name", name=op.f("uq_exercise_name")),
    )
    with op.batch_alter_table("exercise", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exercise_family"), ["family"], unique=False)

    op.create_table(
        "guideline",
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", app.kit.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("how_to_check", sa.String(), nullable=False),
        sa.Column("applies_to", sa.JSON(), nullable=False),
        sa.Column("goals", sa.JSON(), nullable=False),
        sa.Column("provenance", sa.JSON(), nullable=False),
        sa.CheckConstraint("origin IN ('seed', 'api')", name=op.f("ck_guideline_origin_known")),
        sa.CheckConstraint("slug <> '' AND slug = lower(slug)", name=op.f("ck_guideline_slug_formed")),
        sa.CheckConstraint(
            "topic IN ('workstation', 'posture', 'habits', 'training', 'anatomy', 'signs', 'safety')",
            name=op.f("ck_guideline_topic_known"),
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_guideline")),
    )
    op.create_table(
        "reference",
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", app.kit.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("authors", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("year_printed", sa.Integer(), nullable=True),
        sa.Column("container", sa.String(), nullable=True),
        sa.Column("doi", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("certainty", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "certainty IN ('confirmed', 'likely', 'unidentified')", name=op.f("ck_reference_certainty_known")
        ),
        sa.CheckConstraint(
            "kind IN ('rct', 'review', 'study', 'guideline', 'viewpoint', 'standard', 'survey', 'web page')",
            name=op.f("ck_reference_kind_known"),
        ),
        sa.CheckConstraint("origin IN ('seed', 'api')", name=op.f("ck_reference_origin_known")),
        sa.CheckConstraint("slug <> '' AND slug = lower(slug)", name=op.f("ck_reference_slug_formed")),
        sa.CheckConstraint("year BETWEEN 1800 AND 2200", name=op.f("ck_reference_year_sane")),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_reference")),
        sa.UniqueConstraint("doi", name=op.f("uq_reference_doi")),
    )
    op.create_table(
        "routine",
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", app.kit.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("when_to_use", sa.String(), nullable=False),
        sa.Column("duration_s", sa.Integer(), nullable=False),
        sa.Column("suits", sa.JSON(), nullable=False),
        sa.Column("recipe", sa.JSON(), nullable=False),
        sa.Column("session", sa.JSON(), nullable=False),
        sa.Column("provenance", sa.JSON(), nullable=False),
        sa.CheckConstraint("origin IN ('seed', 'api')", name=op.f("ck_routine_origin_known")),
        sa.CheckConstraint("slug <> '' AND slug = lower(slug)", name=op.f("ck_routine_slug_formed")),
        sa.CheckConstraint("duration_s BETWEEN 30 AND 3600", name=op.f("ck_routine_duration_range")),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_routine")),
    )
    op.create_table(
        "serial",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_serial_one_row")),
        sa.CheckConstraint("value >= 0", name=op.f("ck_serial_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_serial")),
    )
    op.create_table(
        "session",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("catalogue_serial", sa.BigInteger(), nullable=False),
        sa.Column("duration_s", sa.Integer(), nullable=False),
        sa.Column("request", sa.JSON(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("personal_hmac", sa.String(), nullable=False),
        sa.Column("created_at", app.kit.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", app.kit.database.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("duration_s > 0", name=op.f("ck_session_takes_time")),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_session_expires_later")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "synonym",
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("term", name=op.f("pk_synonym")),
    )
    op.create_table(
        "tombstone",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("replaced_by", sa.String(), nullable=True),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.Column("at", app.kit.database.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('exercise', 'guideline', 'routine', 'reference')", name=op.f("ck_tombstone_kind_known")
        ),
        sa.PrimaryKeyConstraint("kind", "slug", name=op.f("pk_tombstone")),
    )
    op.create_table(
        "exercise_evidence",
        sa.Column("exercise", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("supports", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exercise"], ["exercise.slug"], name=op.f("fk_exercise_evidence_exercise"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reference"], ["reference.slug"], name=op.f("fk_exercise_evidence_reference"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("exercise", "reference", name=op.f("pk_exercise_evidence")),
    )
    op.create_table(
        "exercise_goal",
        sa.Column("exercise", sa.String(), nullable=False),
        sa.Column("goal", sa.String(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "goal IN ('rotation', 'extension', 'flexion', 'lateral_flexion', 'strength', 'stability', 'posture', 'overhead', 'decompression', 'breathing', 'recovery')",
            name=op.f("ck_exercise_goal_goal_known"),
        ),
        sa.CheckConstraint("weight BETWEEN 1 AND 3", name=op.f("ck_exercise_goal_weight_range")),
        sa.ForeignKeyConstraint(
            ["exercise"], ["exercise.slug"], name=op.f("fk_exercise_goal_exercise"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("exercise", "goal", name=op.f("pk_exercise_goal")),
        sa.UniqueConstraint("exercise", "rank", name=op.f("uq_exercise_goal_exercise_rank")),
    )
    op.create_table(
        "exercise_link",
        sa.Column("easier", sa.String(), nullable=False),
        sa.Column("harder", sa.String(), nullable=False),
        sa.CheckConstraint("easier <> harder", name=op.f("ck_exercise_link_not_itself")),
        sa.ForeignKeyConstraint(
            ["easier"], ["exercise.slug"], name=op.f("fk_exercise_link_easier"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["harder"], ["exercise.slug"], name=op.f("fk_exercise_link_harder"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("easier", "harder", name=op.f("pk_exercise_link")),
    )
    op.create_table(
        "guideline_evidence",
        sa.Column("guideline", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("supports", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guideline"], ["guideline.slug"], name=op.f("fk_guideline_evidence_guideline"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reference"], ["reference.slug"], name=op.f("fk_guideline_evidence_reference"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("guideline", "reference", name=op.f("pk_guideline_evidence")),
    )
    op.create_table(
        "guideline_exercise",
        sa.Column("guideline", sa.String(), nullable=False),
        sa.Column("exercise", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exercise"], ["exercise.slug"], name=op.f("fk_guideline_exercise_exercise"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["guideline"], ["guideline.slug"], name=op.f("fk_guideline_exercise_guideline"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("guideline", "exercise", name=op.f("pk_guideline_exercise")),
    )
    op.create_table(
        "guideline_measure",
        sa.Column("guideline", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("qualifier", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("reference", sa.String(), nullable=True),
        sa.CheckConstraint("(source IS NULL) = (reference IS NOT NULL)", name=op.f("ck_guideline_measure_one_source")),
        sa.CheckConstraint("low <= high", name=op.f("ck_guideline_measure_in_order")),
        sa.CheckConstraint("low IS NOT NULL OR high IS NOT NULL", name=op.f("ck_guideline_measure_has_a_figure")),
        sa.ForeignKeyConstraint(
            ["guideline"], ["guideline.slug"], name=op.f("fk_guideline_measure_guideline"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["reference"], ["reference.slug"], name=op.f("fk_guideline_measure_reference")),
        sa.PrimaryKeyConstraint("guideline", "rank", name=op.f("pk_guideline_measure")),
    )
    op.create_table(
        "routine_exercise",
        sa.Column("routine", sa.String(), nullable=False),
        sa.Column("exercise", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exercise"], ["exercise.slug"], name=op.f("fk_routine_exercise_exercise"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["routine"], ["routine.slug"], name=op.f("fk_routine_exercise_routine"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("routine", "exercise", name=op.f("pk_routine_exercise")),
    )
    op.execute("INSERT INTO serial (id, value) VALUES (1, 0)")


def downgrade() -> None:
    op.drop_table("routine_exercise")
    op.drop_table("guideline_measure")
    op.drop_table("guideline_exercise")
    op.drop_table("guideline_evidence")
    op.drop_table("exercise_link")
    op.drop_table("exercise_goal")
    op.drop_table("exercise_evidence")
    op.drop_table("tombstone")
    op.drop_table("synonym")
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_expires_at"))

    op.drop_table("session")
    op.drop_table("serial")
    op.drop_table("routine")
    op.drop_table("reference")
    op.drop_table("guideline")
    with op.batch_alter_table("exercise", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exercise_family"))

    op.drop_table("exercise")
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.drop_index("ix_change_kind_slug")

    op.drop_table("change")
