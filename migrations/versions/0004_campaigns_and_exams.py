"""Campaigns with their dated rosters, and exams."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaigns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("plan_html", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("roster_on", sa.Date(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_campaigns_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
        sa.UniqueConstraint("public_id", name=op.f("uq_campaigns_public_id")),
    )
    op.create_index(op.f("ix_campaigns_unit_id"), "campaigns", ["unit_id"], unique=False)
    op.create_table(
        "campaign_handbooks",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("handbook_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_handbooks_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(
            ["handbook_id"], ["handbooks.id"], name=op.f("fk_campaign_handbooks_handbook_id_handbooks")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "handbook_id", name=op.f("pk_campaign_handbooks")),
    )
    op.create_table(
        "exams",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("blueprint", sa.Text(), nullable=False),
        sa.Column("posts", sa.Text(), nullable=False),
        sa.Column("opens_at", sa.BigInteger(), nullable=False),
        sa.Column("closes_at", sa.BigInteger(), nullable=False),
        sa.Column("limit_seconds", sa.Integer(), nullable=False),
        sa.Column("grace_seconds", sa.Integer(), nullable=False),
        sa.Column("attempts_allowed", sa.Integer(), nullable=False),
        sa.Column("pass_share_milli", sa.Integer(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("release_rule", sa.String(length=16), nullable=False),
        sa.Column("board", sa.String(length=16), nullable=False),
        sa.Column("released_at", sa.BigInteger(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("board IN ('after_release', 'live')", name=op.f("ck_exams_board")),
        sa.CheckConstraint("release_rule IN ('at_close', 'by_hand')", name=op.f("ck_exams_release_rule")),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_exams_window")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_exams_campaign_id_campaigns")),
        sa.ForeignKeyConstraint(["created_by_id"], ["people.id"], name=op.f("fk_exams_created_by_id_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_exams_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exams")),
        sa.UniqueConstraint("public_id", name=op.f("uq_exams_public_id")),
    )
    op.create_index(op.f("ix_exams_campaign_id"), "exams", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_exams_closes_at"), "exams", ["closes_at"], unique=False)
    op.create_index(op.f("ix_exams_unit_id"), "exams", ["unit_id"], unique=False)
    op.create_table(
        "roster_entries",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(length=64), nullable=False),
        sa.Column("excuse", sa.String(length=200), nullable=False),
        sa.Column("excused_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_roster_entries_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(["excused_by_id"], ["people.id"], name=op.f("fk_roster_entries_excused_by_id_people")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_roster_entries_person_id_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_roster_entries_unit_id_units")),
        sa.PrimaryKeyConstraint("campaign_id", "person_id", name=op.f("pk_roster_entries")),
    )
    op.create_index("ix_roster_entries_unit", "roster_entries", ["campaign_id", "unit_id"], unique=False)
    op.create_table(
        "exam_banks",
        sa.Column("exam_id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["banks.id"], name=op.f("fk_exam_banks_bank_id_banks")),
        sa.ForeignKeyConstraint(["exam_id"], ["exams.id"], name=op.f("fk_exam_banks_exam_id_exams")),
        sa.PrimaryKeyConstraint("exam_id", "bank_id", name=op.f("pk_exam_banks")),
    )


def downgrade() -> None:
    op.drop_table("exam_banks")
    op.drop_index("ix_roster_entries_unit", table_name="roster_entries")
    op.drop_table("roster_entries")
    op.drop_index(op.f("ix_exams_unit_id"), table_name="exams")
    op.drop_index(op.f("ix_exams_closes_at"), table_name="exams")
    op.drop_index(op.f("ix_exams_campaign_id"), table_name="exams")
    op.drop_table("exams")
    op.drop_table("campaign_handbooks")
    op.drop_index(op.f("ix_campaigns_unit_id"), table_name="campaigns")
    op.drop_table("campaigns")
