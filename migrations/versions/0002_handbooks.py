"""Handbooks, editions, articles and who has read them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handbooks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handbooks")),
        sa.UniqueConstraint("slug", name=op.f("uq_handbooks_slug")),
    )
    op.create_table(
        "articles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("handbook_id", sa.Integer(), nullable=False),
        sa.Column("identity", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["handbook_id"], ["handbooks.id"], name=op.f("fk_articles_handbook_id_handbooks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("handbook_id", "identity", name=op.f("uq_articles_handbook_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_articles_public_id")),
    )
    op.create_table(
        "editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handbook_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("imported_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["handbook_id"], ["handbooks.id"], name=op.f("fk_editions_handbook_id_handbooks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editions")),
        sa.UniqueConstraint("handbook_id", "label", name=op.f("uq_editions_handbook_id")),
    )
    op.create_index(
        "uq_editions_current",
        "editions",
        ["handbook_id"],
        unique=True,
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    )
    op.create_table(
        "article_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_article_texts_article_id_articles")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_article_texts_edition_id_editions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_texts")),
        sa.UniqueConstraint("edition_id", "article_id", name=op.f("uq_article_texts_edition_id")),
        sa.UniqueConstraint("edition_id", "position", name=op.f("uq_article_texts_position")),
    )
    op.create_index(op.f("ix_article_texts_article_id"), "article_texts", ["article_id"], unique=False)
    op.create_table(
        "readings",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("first_read_at", sa.BigInteger(), nullable=False),
        sa.Column("last_read_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_readings_article_id_articles")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_readings_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", "article_id", name=op.f("pk_readings")),
    )
    op.create_index(op.f("ix_readings_article_id"), "readings", ["article_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_readings_article_id"), table_name="readings")
    op.drop_table("readings")
    op.drop_index(op.f("ix_article_texts_article_id"), table_name="article_texts")
    op.drop_table("article_texts")
    op.drop_index(
        "uq_editions_current",
        table_name="editions",
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    )
    op.drop_table("editions")
    op.drop_table("articles")
    op.drop_table("handbooks")
