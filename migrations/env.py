"""Runs migrations on the application's own engine, or the one given, each in one transaction begun for writing."""

from alembic import context
from flask import current_app

from quizapp.extensions import db

UNMANAGED = ("article_search",)  # full-text tables differ by database; the migration that makes them says how


def is_managed(thing, name, kind, reflected, compare_to):
    """Leave full-text tables and their shadows out of comparisons."""
    return not (kind == "table" and name.startswith(UNMANAGED))


def run(engine) -> None:
    """Upgrade or downgrade as asked."""
    with engine.connect().execution_options(writes=True) as connection:
        context.configure(
            connection=connection, target_metadata=db.metadata, include_object=is_managed,
            render_as_batch=engine.dialect.name == "sqlite", transaction_per_migration=True, compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


given = context.config.attributes.get("engine")  # a database that no application has opened
if given is not None:
    run(given)
else:
    with current_app.app_context():
        run(db.engine)
