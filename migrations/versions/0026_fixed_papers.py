"""Fixed papers of an exam, dealt evenly."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fixed_papers",
        sa.Column("exam_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("dealt", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["exam_id"], ["exams.id"], name=op.f("fk_fixed_papers_exam_id_exams")),
        sa.PrimaryKeyConstraint("exam_id", "number", name=op.f("pk_fixed_papers")),
    )


def downgrade() -> None:
    op.drop_table("fixed_papers")
