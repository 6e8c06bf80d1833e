"""Review: which revision of a question a second person agreed to, and exams that draw only such ones."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("questions", sa.Column("asked_number", sa.Integer(), nullable=True))
    op.add_column("questions", sa.Column("reviewed_number", sa.Integer(), nullable=True))
    rewording = sa.Column("is_rewording", sa.Boolean(), nullable=False, server_default=sa.true())
    op.add_column("question_revisions", rewording)
    op.add_column("exams", sa.Column("only_reviewed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "question_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("what IN ('asked', 'reviewed', 'returned')", name=op.f("ck_question_reviews_what")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_question_reviews_person_id_people")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_reviews_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_reviews")),
    )
    op.create_index(op.f("ix_question_reviews_question_id"), "question_reviews", ["question_id"])


def downgrade() -> None:
    op.drop_table("question_reviews")
    op.drop_column("exams", "only_reviewed")
    op.drop_column("question_revisions", "is_rewording")
    op.drop_column("questions", "reviewed_number")
    op.drop_column("questions", "asked_number")
