"""More time for a person, a unit or all; an exam knows until when somebody may still begin."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("exams", sa.Column("ends_at", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute("UPDATE exams SET ends_at = closes_at")
    op.create_table(
        "extensions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("exam_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("moves_window", sa.Boolean(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("is_outage", sa.Boolean(), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("granted_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("(unit_id IS NULL) <> (person_id IS NULL)", name=op.f("ck_extensions_whom")),
        sa.ForeignKeyConstraint(["exam_id"], ["exams.id"], name=op.f("fk_extensions_exam_id_exams")),
        sa.ForeignKeyConstraint(["granted_by_id"], ["people.id"], name=op.f("fk_extensions_granted_by_id_people")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_extensions_person_id_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_extensions_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extensions")),
        sa.UniqueConstraint("public_id", name=op.f("uq_extensions_public_id")),
    )
    op.create_index(op.f("ix_extensions_exam_id"), "extensions", ["exam_id"], unique=False)
    op.create_table(
        "extended_attempts",
        sa.Column("extension_id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("deadline_before", sa.BigInteger(), nullable=False),
        sa.Column("deadline_after", sa.BigInteger(), nullable=False),
        sa.Column("state_before", sa.String(length=16), nullable=False),
        sa.Column("is_reopened", sa.Boolean(), nullable=False),
        sa.Column("counted_again", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_extended_attempts_attempt_id_attempts")),
        sa.ForeignKeyConstraint(
            ["extension_id"], ["extensions.id"], name=op.f("fk_extended_attempts_extension_id_extensions")
        ),
        sa.PrimaryKeyConstraint("extension_id", "attempt_id", name=op.f("pk_extended_attempts")),
    )
    op.create_index(op.f("ix_extended_attempts_attempt_id"), "extended_attempts", ["attempt_id"], unique=False)


def downgrade() -> None:
    op.drop_table("extended_attempts")
    op.drop_table("extensions")
    op.drop_column("exams", "ends_at")
