"""A password may be a one-time code that somebody was given: until when it works."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("code_until", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("people", "code_until")
