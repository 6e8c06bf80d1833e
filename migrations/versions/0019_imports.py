"""What each import of a bank did, so that it can be undone, and the questions that are left to finish."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    """Return the constraint that a column holds the id of another table's row."""
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        refers("imports", "bank_id", "banks"),
        refers("imports", "person_id", "people"),
        refers("imports", "undone_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
        sa.UniqueConstraint("public_id", name=op.f("uq_imports_public_id")),
    )
    op.create_index(op.f("ix_imports_bank_id"), "imports", ["bank_id"])
    op.create_table(
        "imported_questions",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("was_retired", sa.Boolean(), nullable=False),
        refers("imported_questions", "import_id", "imports"),
        refers("imported_questions", "question_id", "questions"),
        sa.PrimaryKeyConstraint("import_id", "question_id", name=op.f("pk_imported_questions")),
    )
    op.create_index(op.f("ix_imported_questions_question_id"), "imported_questions", ["question_id"])
    op.create_table(
        "unfinished_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'finished', 'dropped')", name=op.f("ck_unfinished_questions_state")),
        refers("unfinished_questions", "import_id", "imports"),
        refers("unfinished_questions", "bank_id", "banks"),
        refers("unfinished_questions", "settled_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unfinished_questions")),
        sa.UniqueConstraint("public_id", name=op.f("uq_unfinished_questions_public_id")),
    )
    op.create_index(op.f("ix_unfinished_questions_import_id"), "unfinished_questions", ["import_id"])
    op.create_index("ix_unfinished_questions_bank", "unfinished_questions", ["bank_id", "state", "id"])


def downgrade() -> None:
    for name in ("unfinished_questions", "imported_questions", "imports"):
        op.drop_table(name)
