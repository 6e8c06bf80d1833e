"""Question banks: questions, revisions, keys, citations."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "banks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("handbook_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["handbook_id"], ["handbooks.id"], name=op.f("fk_banks_handbook_id_handbooks")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_banks_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_banks")),
        sa.UniqueConstraint("slug", name=op.f("uq_banks_slug")),
    )
    op.create_index(op.f("ix_banks_unit_id"), "banks", ["unit_id"], unique=False)
    op.create_table(
        "questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("current_number", sa.Integer(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["banks.id"], name=op.f("fk_questions_bank_id_banks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint("bank_id", "code", name=op.f("uq_questions_bank_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_questions_public_id")),
    )
    op.create_table(
        "question_revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("chapter", sa.String(length=120), nullable=False),
        sa.Column("difficulty", sa.String(length=16), nullable=False),
        sa.Column("points_milli", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_question_revisions_author_id_people")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_revisions_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_revisions")),
        sa.UniqueConstraint("question_id", "number", name=op.f("uq_question_revisions_question_id")),
    )
    op.create_table(
        "citations",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_citations_article_id_articles")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["question_revisions.id"], name=op.f("fk_citations_revision_id_question_revisions")
        ),
        sa.PrimaryKeyConstraint("revision_id", "article_id", name=op.f("pk_citations")),
    )
    op.create_index(op.f("ix_citations_article_id"), "citations", ["article_id"], unique=False)
    op.create_table(
        "question_keys",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("explanation_html", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["question_revisions.id"], name=op.f("fk_question_keys_revision_id_question_revisions")
        ),
        sa.PrimaryKeyConstraint("revision_id", name=op.f("pk_question_keys")),
    )


def downgrade() -> None:
    op.drop_table("question_keys")
    op.drop_index(op.f("ix_citations_article_id"), table_name="citations")
    op.drop_table("citations")
    op.drop_table("question_revisions")
    op.drop_table("questions")
    op.drop_index(op.f("ix_banks_unit_id"), table_name="banks")
    op.drop_table("banks")
