"""What was done to keep the instance safe: backups, restores, restore tests, rehearsals."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "upkeep",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("is_good", sa.Boolean(), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('backup', 'restore_test', 'restore', 'rehearsal')", name=op.f("ck_upkeep_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upkeep")),
    )
    op.create_index("ix_upkeep_kind", "upkeep", ["kind", "id"])


def downgrade() -> None:
    op.drop_table("upkeep")
