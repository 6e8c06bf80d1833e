"""Whether the database itself is whole: its pages, its constraints, and every reference from row to row."""

from sqlalchemy import select, text

from quizapp.extensions import db
from quizapp.rules.words import N_
from quizapp.services import migration
from quizapp.services.transaction import is_postgresql
from quizapp.services.verification.findings import Report, snapshot

MOST = 20  # of each kind of damage; more say nothing new


def check(report: Report) -> None:
    """Add what the database says about itself."""
    with snapshot() as session:
        for words in _postgresql(session) if is_postgresql() else _sqlite(session):
            report.add("database", "damage", "database", N_("The database reports damage: %(words)s."), words=words)
        for table in db.metadata.sorted_tables:
            _check_references(session, table, report)
    if not migration.is_current():
        message = N_("The database is not that of this version: migrations are pending.")
        report.add("database", "migrations", "database", message)


def _sqlite(session) -> list[str]:
    rows = session.execute(text("PRAGMA integrity_check")).scalars().all()
    return [] if rows == ["ok"] else rows[:MOST]


def _postgresql(session) -> list[str]:
    """Return constraints and indexes that are there but not enforced."""
    unchecked = "SELECT conname FROM pg_constraint WHERE NOT convalidated"
    invalid = "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid"
    names = session.execute(text(f"{unchecked} UNION ALL {invalid}")).scalars().all()
    return [f"{name} is not valid" for name in names]


def _check_references(session, table, report: Report) -> None:
    """Find rows that point at a row that is not there, whatever was switched off when they were written."""
    for key in table.foreign_keys:
        column, target = key.parent, key.column.table.alias("target")
        there = target.c[key.column.name]
        query = select(column).select_from(table.outerjoin(target, there == column))
        lost = session.execute(query.where(column.is_not(None), there.is_(None)).limit(MOST))
        report.count("references")
        for value in lost.scalars():
            params = {"table": table.name, "value": value, "target": key.column.table.name}
            message = N_("A row of %(table)s points at %(target)s %(value)s, which is not there.")
            report.add("database", "reference", f"{table.name}.{column.name}={value}", message, **params)
