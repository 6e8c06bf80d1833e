"""The organisation tree's closure: kept beside the parents, so that "within and below" is one join."""

from sqlalchemy import delete, select

from quizapp.models import Unit, UnitClosure
from quizapp.services.transaction import insert


def lock(session) -> None:
    """Let one change of the tree run at a time, so that two moves cannot make a ring (SQLite does so by itself)."""
    session.execute(select(Unit.id).where(Unit.parent_id.is_(None)).order_by(Unit.id).with_for_update())


def ancestors(session, unit_id: int | None) -> list[tuple[int, int]]:
    """Return (unit id, depth) of a unit and everything above it; nothing for None."""
    query = select(UnitClosure.ancestor_id, UnitClosure.depth).where(UnitClosure.descendant_id == unit_id)
    return [tuple(row) for row in session.execute(query)]


def plant(session, unit_id: int, parent_id: int | None) -> None:
    """Add a new unit's closure rows: itself, and everything above its parent."""
    rows = [(unit_id, 0), *((above, depth + 1) for above, depth in ancestors(session, parent_id))]
    session.execute(
        insert(UnitClosure), [{"ancestor_id": above, "descendant_id": unit_id, "depth": depth} for above, depth in rows]
    )


def transplant(session, unit_id: int, parent_id: int | None) -> None:
    """Hang a unit with everything below it under another parent."""
    below = session.execute(
        select(UnitClosure.descendant_id, UnitClosure.depth).where(UnitClosure.ancestor_id == unit_id)
    ).all()
    inside = [row.descendant_id for row in below]
    session.execute(
        delete(UnitClosure).where(
            UnitClosure.descendant_id.in_(_subtree(unit_id)), UnitClosure.ancestor_id.not_in(_subtree(unit_id))
        )
    )
    above = ancestors(session, parent_id)
    rows = [
        {"ancestor_id": high, "descendant_id": low.descendant_id, "depth": up + 1 + low.depth}
        for high, up in above
        for low in below
    ]
    if rows and inside:
        session.execute(insert(UnitClosure), rows)


def _subtree(unit_id: int):
    inner = UnitClosure.__table__.alias("inner_closure")
    return select(inner.c.descendant_id).where(inner.c.ancestor_id == unit_id)
