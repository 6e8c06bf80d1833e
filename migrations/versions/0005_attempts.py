"""Attempts, answers and their history, receipts, results."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("exam_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("deadline_at", sa.BigInteger(), nullable=False),
        sa.Column("outage_seconds", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'submitted', 'auto_submitted', 'marked', 'sealed')", name=op.f("ck_attempts_state")
        ),
        sa.ForeignKeyConstraint(["exam_id"], ["exams.id"], name=op.f("fk_attempts_exam_id_exams")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_attempts_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
        sa.UniqueConstraint("exam_id", "person_id", "number", name=op.f("uq_attempts_exam_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_attempts_public_id")),
    )
    op.create_index(op.f("ix_attempts_person_id"), "attempts", ["person_id"], unique=False)
    op.create_index("ix_attempts_state_deadline_at", "attempts", ["state", "deadline_at"], unique=False)
    op.create_index(
        "uq_attempts_open",
        "attempts",
        ["exam_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "answer_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.String(length=8), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_answer_events_attempt_id_attempts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_events")),
    )
    op.create_index(op.f("ix_answer_events_attempt_id"), "answer_events", ["attempt_id"], unique=False)
    op.create_table(
        "answers",
        sa.Column("attempt_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("slot", sa.String(length=8), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_answers_attempt_id_attempts")),
        sa.PrimaryKeyConstraint("attempt_id", "slot", name=op.f("pk_answers")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "late_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.String(length=8), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_late_answers_attempt_id_attempts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_answers")),
    )
    op.create_index(op.f("ix_late_answers_attempt_id"), "late_answers", ["attempt_id"], unique=False)
    op.create_table(
        "receipts",
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("key_id", sa.String(length=32), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        sa.Column("submitted_at", sa.BigInteger(), nullable=False),
        sa.Column("superseded_by", sa.String(length=10), nullable=True),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_receipts_attempt_id_attempts")),
        sa.ForeignKeyConstraint(["superseded_by"], ["receipts.code"], name=op.f("fk_receipts_superseded_by_receipts")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_receipts")),
    )
    op.create_index(op.f("ix_receipts_attempt_id"), "receipts", ["attempt_id"], unique=False)
    op.create_table(
        "results",
        sa.Column("attempt_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("exam_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("points_milli", sa.Integer(), nullable=False),
        sa.Column("full_milli", sa.Integer(), nullable=False),
        sa.Column("seconds_used", sa.Integer(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("marking_version", sa.Integer(), nullable=False),
        sa.Column("answers_digest", sa.String(length=64), nullable=False),
        sa.Column("marked_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_results_attempt_id_attempts")),
        sa.ForeignKeyConstraint(["exam_id"], ["exams.id"], name=op.f("fk_results_exam_id_exams")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_results_person_id_people")),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_results")),
    )
    op.create_index(op.f("ix_results_person_id"), "results", ["person_id"], unique=False)
    op.create_index("ix_results_rank", "results", ["exam_id", "points_milli", "seconds_used"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_results_rank", table_name="results")
    op.drop_index(op.f("ix_results_person_id"), table_name="results")
    op.drop_table("results")
    op.drop_index(op.f("ix_receipts_attempt_id"), table_name="receipts")
    op.drop_table("receipts")
    op.drop_index(op.f("ix_late_answers_attempt_id"), table_name="late_answers")
    op.drop_table("late_answers")
    op.drop_table("answers")
    op.drop_index(op.f("ix_answer_events_attempt_id"), table_name="answer_events")
    op.drop_table("answer_events")
    op.drop_index(
        "uq_attempts_open",
        table_name="attempts",
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.drop_index("ix_attempts_state_deadline_at", table_name="attempts")
    op.drop_index(op.f("ix_attempts_person_id"), table_name="attempts")
    op.drop_table("attempts")
