"""Answer files taken in from phones that never got back online, and where a late answer came from."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("late_answers", sa.Column("source", sa.String(length=8), nullable=False, server_default="network"))
    op.create_table(
        "answer_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("taken_in_at", sa.BigInteger(), nullable=False),
        sa.Column("taken_in_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_answer_files_attempt_id_attempts")),
        sa.ForeignKeyConstraint(["taken_in_by_id"], ["people.id"], name=op.f("fk_answer_files_taken_in_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_files")),
        sa.UniqueConstraint("public_id", name=op.f("uq_answer_files_public_id")),
        sa.UniqueConstraint("digest", name=op.f("uq_answer_files_digest")),
    )
    op.create_index(op.f("ix_answer_files_attempt_id"), "answer_files", ["attempt_id"])
    op.create_index(op.f("ix_answer_files_taken_in_by_id"), "answer_files", ["taken_in_by_id"])


def downgrade() -> None:
    op.drop_table("answer_files")
    op.drop_column("late_answers", "source")
