"""Full text over articles: every Han character is one token, so that two-character words are found."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE article_search USING fts5(body)")  # rowid: article_texts.id
    else:
        op.execute(
            "CREATE TABLE article_search (text_id integer PRIMARY KEY REFERENCES article_texts (id),"
            " body tsvector NOT NULL)"
        )
        op.execute("CREATE INDEX ix_article_search_body ON article_search USING gin (body)")


def downgrade() -> None:
    op.execute("DROP TABLE article_search")
