"""Proposals: what one person asked for and a second one decides."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

IS_OPEN = sa.text("state = 'open'")
TWO_PEOPLE = "state NOT IN ('accepted', 'declined') OR (decided_by_id IS NOT NULL AND decided_by_id <> asked_by_id)"


def upgrade() -> None:
    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'accepted', 'declined', 'withdrawn', 'expired')", name=op.f("ck_proposals_state")
        ),
        sa.CheckConstraint(TWO_PEOPLE, name=op.f("ck_proposals_two_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_proposals_unit_id_units")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["people.id"], name=op.f("fk_proposals_asked_by_id_people")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_proposals_decided_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sa.UniqueConstraint("public_id", name=op.f("uq_proposals_public_id")),
    )
    op.create_index(
        "uq_proposals_open", "proposals", ["kind", "subject"], unique=True, sqlite_where=IS_OPEN,
        postgresql_where=IS_OPEN,
    )  # fmt: skip
    op.create_index("ix_proposals_subject", "proposals", ["subject"])
    for column in ("unit_id", "asked_by_id", "decided_by_id"):
        op.create_index(op.f(f"ix_proposals_{column}"), "proposals", [column])


def downgrade() -> None:
    op.drop_table("proposals")
