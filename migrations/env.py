"""Runs migrations on the engine that services/migration hands over, each in one transaction begun for writing."""

from alembic import context

from quizapp.extensions import db

UNMANAGED = ("article_search",)  # full-text tables differ by database; the migration that makes them says how


def is_managed(thing, name, kind, reflected, compare_to):
    """Leave full-text tables and their shadows out of comparisons."""
    return not (kind == "table" and name.startswith(UNMANAGED))


engine = context.config.attributes["engine"]
with engine.connect().execution_options(writes=True) as connection:
    context.configure(
        connection=connection, target_metadata=db.metadata, include_object=is_managed,
        render_as_batch=engine.dialect.name == "sqlite", transaction_per_migration=True, compare_type=True,
    )  # fmt: skip
    with context.begin_transaction():
        context.run_migrations()
