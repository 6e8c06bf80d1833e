"""The migrations make the very tables that the models describe, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, inspect, select

from quizapp.extensions import db

UNMANAGED = "article_search"  # the full-text index differs by database and has no model


def is_managed(thing, name, kind, reflected, compare_to) -> bool:
    return not (kind == "table" and name.startswith(UNMANAGED))


def test_the_migrated_tables_are_those_of_the_models(app_context):
    with db.engine.connect() as connection:
        migration = MigrationContext.configure(
            connection, opts={"include_object": is_managed, "compare_type": True, "target_metadata": db.metadata}
        )
        assert compare_metadata(migration, db.metadata) == []


def test_a_fresh_database_has_every_table_and_no_row(app_context):
    assert set(db.metadata.tables) <= set(inspect(db.engine).get_table_names())
    filled = {
        name: db.session.execute(select(func.count()).select_from(table)).scalar()
        for name, table in db.metadata.tables.items()
    }
    assert {name: count for name, count in filled.items() if count} == {}
