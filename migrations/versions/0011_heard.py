"""When attempts were heard, what their phones tell, and when the server could write."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _attempt(**more) -> sa.Column:
    return sa.Column("attempt_id", sa.Integer(), sa.ForeignKey("attempts.id"), nullable=False, **more)


def upgrade() -> None:
    op.create_table(
        "attempt_contacts",
        _attempt(primary_key=True, autoincrement=False),
        sa.Column("heard_at", sa.BigInteger(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "attempt_silences",
        sa.Column("id", LONG, primary_key=True),
        _attempt(index=True),
        sa.Column("from_at", sa.BigInteger(), nullable=False),
        sa.Column("until_at", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "attempt_signals",
        sa.Column("id", LONG, primary_key=True),
        _attempt(index=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("device", sa.String(16), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "serving_spans",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False, index=True),
    )


def downgrade() -> None:
    for table in ("serving_spans", "attempt_signals", "attempt_silences", "attempt_contacts"):
        op.drop_table(table)
