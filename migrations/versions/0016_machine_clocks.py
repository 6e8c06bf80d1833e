"""The time carried on since each machine's start, and whether the clock on the wall has left it."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "machine_clocks",
        sa.Column("boot", sa.String(length=64), nullable=False),
        sa.Column("offset_ms", sa.BigInteger(), nullable=False),
        sa.Column("steady_ms", sa.BigInteger(), nullable=False),
        sa.Column("noted_at", sa.BigInteger(), nullable=False),
        sa.Column("jump_ms", sa.BigInteger(), nullable=False),
        sa.Column("jumped_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("boot", name=op.f("pk_machine_clocks")),
    )


def downgrade() -> None:
    op.drop_table("machine_clocks")
