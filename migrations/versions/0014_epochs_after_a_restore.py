"""After a restore every device must resume: the lowest epoch that an attempt still takes."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("attempts", sa.Column("least_epoch", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    op.drop_column("attempts", "least_epoch")
