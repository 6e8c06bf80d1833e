"""How many questions a revision has: one, but several about one material where it is a case."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("question_revisions", sa.Column("parts", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    op.drop_column("question_revisions", "parts")
