"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables."""
    _people_and_exercises()
    _grades()
    _standing()
    _refusals()
    _examples()


def _people_and_exercises() -> None:
    op.create_table(
        "students",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("system_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_students"),
        sa.UniqueConstraint("id", name="uq_students_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "topics",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("max_points", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_topics"),
        sa.UniqueConstraint("id", name="uq_topics_id"),
        sqlite_autoincrement=True,
    )


def _grades() -> None:
    op.create_table(
        "submissions",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_submissions"),
    )
    op.create_table(
        "grades",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("student", sa.Text(), nullable=False),
        sa.Column("exercise", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("repeat", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("max_points", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("graded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submission_sha256", sa.String(64), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("tried", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_grades"),
        sa.ForeignKeyConstraint(["student"], ["students.id"], name="fk_grades_student"),
        sa.ForeignKeyConstraint(["exercise"], ["topics.id"], name="fk_grades_exercise"),
        sa.ForeignKeyConstraint(
            ["submission_sha256"], ["submissions.sha256"], name="fk_grades_submission_sha256"
        ),
        sa.UniqueConstraint(
            "fingerprint",
            "student",
            "exercise",
            "repeat",
            name="uq_grades_fingerprint_student_exercise_repeat",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_grades_student_exercise", "grades", ["student", "exercise"])


def _standing() -> None:
    op.create_table(
        "standing",
        sa.Column("student", sa.Text(), nullable=False),
        sa.Column("exercise", sa.Text(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("student", "exercise", name="pk_standing"),
        sa.ForeignKeyConstraint(["student"], ["students.id"], name="fk_standing_student"),
        sa.ForeignKeyConstraint(["exercise"], ["topics.id"], name="fk_standing_exercise"),
        sa.ForeignKeyConstraint(["grade"], ["grades.number"], name="fk_standing_grade"),
        sa.UniqueConstraint("grade", name="uq_standing_grade"),
    )


def _refusals() -> None:
    op.create_table(
        "refusals",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("student", sa.Text(), nullable=False),
        sa.Column("exercise", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_refusals"),
        sqlite_autoincrement=True,
    )


def _examples() -> None:
    op.create_table(
        "examples",
        sa.Column("exercise", sa.Text(), nullable=False),
        sa.Column("tests_sha256", sa.String(64), nullable=False),
        sa.Column("test", sa.Text(), nullable=False),
        sa.Column("arguments_sha256", sa.String(64), nullable=False),
        sa.Column("arguments", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("from_student", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "exercise", "tests_sha256", "test", "arguments_sha256", name="pk_examples"
        ),
    )
