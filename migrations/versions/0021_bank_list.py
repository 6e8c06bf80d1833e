"""A bank's list: a question knows its present kind, chapter and difficulty, its words and its tags."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

PRESENT = """UPDATE questions SET (kind, chapter, difficulty) = (
    SELECT kind, chapter, difficulty FROM question_revisions
    WHERE question_id = questions.id AND number = questions.current_number)
    WHERE EXISTS (SELECT 1 FROM question_revisions
    WHERE question_id = questions.id AND number = questions.current_number)"""
WORDS = """SELECT questions.id, code, content FROM questions JOIN question_revisions
    ON question_id = questions.id AND number = current_number"""


def upgrade() -> None:
    for name, length in (("kind", 24), ("chapter", 120), ("difficulty", 16)):
        op.add_column("questions", sa.Column(name, sa.String(length), nullable=False, server_default=""))
    op.execute(PRESENT)
    op.create_index("ix_questions_list", "questions", ["bank_id", "is_retired", "position"])
    op.create_index("ix_questions_parts", "questions", ["bank_id", "is_retired", "kind", "chapter", "difficulty"])
    op.add_column("question_revisions", sa.Column("tags", sa.Text(), nullable=False, server_default="[]"))
    op.create_table(
        "question_tags",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_tags_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("question_id", "tag", name=op.f("pk_question_tags")),
    )
    op.create_index(op.f("ix_question_tags_tag"), "question_tags", ["tag"])
    words = op.create_table(
        "question_words",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_words_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_question_words")),
    )
    rows = [
        {"question_id": number, "words": _words(code, json.loads(content))}
        for number, code, content in op.get_bind().execute(sa.text(WORDS)).all()
    ]
    if rows:
        op.bulk_insert(words, rows)


def _words(code: str, content: dict) -> str:
    return "\n".join([code, content["stem"], *content.get("options", [])]).casefold()


def downgrade() -> None:
    op.drop_table("question_words")
    op.drop_table("question_tags")
    op.drop_column("question_revisions", "tags")
    op.drop_index("ix_questions_parts", "questions")
    op.drop_index("ix_questions_list", "questions")
    for name in ("difficulty", "chapter", "kind"):
        op.drop_column("questions", name)
