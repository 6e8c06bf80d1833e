"""A bank looked through as a whole: pairs nearly the same, how often each question was drawn and solved."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bank_checks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["people.id"], name=op.f("fk_bank_checks_asked_by_id_people")),
        sa.ForeignKeyConstraint(["bank_id"], ["banks.id"], name=op.f("fk_bank_checks_bank_id_banks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_checks")),
    )
    op.create_index(
        "uq_bank_checks_open",
        "bank_checks",
        ["bank_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "duplicate_pairs",
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(length=16), nullable=False),
        sa.Column("likeness_milli", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=8), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["bank_id"], ["banks.id"], name=op.f("fk_duplicate_pairs_bank_id_banks")),
        sa.ForeignKeyConstraint(["check_id"], ["bank_checks.id"], name=op.f("fk_duplicate_pairs_check_id_bank_checks")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["people.id"], name=op.f("fk_duplicate_pairs_decided_by_id_people")
        ),
        sa.ForeignKeyConstraint(["first_id"], ["questions.id"], name=op.f("fk_duplicate_pairs_first_id_questions")),
        sa.ForeignKeyConstraint(["second_id"], ["questions.id"], name=op.f("fk_duplicate_pairs_second_id_questions")),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_duplicate_pairs")),
    )
    op.create_index("ix_duplicate_pairs_bank_id", "duplicate_pairs", ["bank_id", "decision"])
    op.create_table(
        "question_figures",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False),
        sa.Column("marked", sa.Integer(), nullable=False),
        sa.Column("earned_share_milli", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_figures_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_question_figures")),
    )


def downgrade() -> None:
    for table in ("question_figures", "duplicate_pairs", "bank_checks"):
        op.drop_table(table)
