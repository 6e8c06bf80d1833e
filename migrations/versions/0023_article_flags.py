"""Questions whose article was worded anew wait, flagged, until somebody has looked at both texts."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("questions", sa.Column("is_flagged", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "article_flags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("old_text_id", sa.Integer(), nullable=False),
        sa.Column("new_text_id", sa.Integer(), nullable=True),
        sa.Column("raised_at", sa.BigInteger(), nullable=False),
        sa.Column("cleared_at", sa.BigInteger(), nullable=True),
        sa.Column("cleared_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_article_flags_article_id_articles")),
        sa.ForeignKeyConstraint(["cleared_by_id"], ["people.id"], name=op.f("fk_article_flags_cleared_by_id_people")),
        sa.ForeignKeyConstraint(
            ["new_text_id"], ["article_texts.id"], name=op.f("fk_article_flags_new_text_id_article_texts")
        ),
        sa.ForeignKeyConstraint(
            ["old_text_id"], ["article_texts.id"], name=op.f("fk_article_flags_old_text_id_article_texts")
        ),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name=op.f("fk_article_flags_question_id_questions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_flags")),
    )
    op.create_index(
        "uq_article_flags_open",
        "article_flags",
        ["question_id", "article_id"],
        unique=True,
        sqlite_where=sa.text("cleared_at IS NULL"),
        postgresql_where=sa.text("cleared_at IS NULL"),
    )
    op.create_index(op.f("ix_article_flags_article_id"), "article_flags", ["article_id"])


def downgrade() -> None:
    op.drop_table("article_flags")
    op.drop_column("questions", "is_flagged")
