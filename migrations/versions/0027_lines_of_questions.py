"""Lines of stems, materials and explanations, which were stored but not shown: made into markup once more."""

import re

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

CONCERNED = re.compile(r'\\n|"(?:\d+\.|[-+*#>]) ')  # content as JSON: more than a line, or a list to Markdown
REVISIONS = sa.table("question_revisions", sa.column("id"), sa.column("content"), sa.column("html"))
KEYS = sa.table("question_keys", sa.column("revision_id"), sa.column("explanation"), sa.column("explanation_html"))


def upgrade() -> None:
    from quizapp.services import rendering
    from quizapp.services.banks import documents

    connection = op.get_bind()
    for row_id, content in connection.execute(sa.select(REVISIONS.c.id, REVISIONS.c.content)).all():
        if CONCERNED.search(content):
            html = msgspec.json.encode(documents.rendered(msgspec.json.decode(content))).decode()
            connection.execute(REVISIONS.update().where(REVISIONS.c.id == row_id).values(html=html))
    for row_id, text in connection.execute(sa.select(KEYS.c.revision_id, KEYS.c.explanation)).all():
        if "\n" in text:
            change = KEYS.update().where(KEYS.c.revision_id == row_id)
            connection.execute(change.values(explanation_html=rendering.block(text)))


def downgrade() -> None:
    pass  # what is shown is as good for the version before
