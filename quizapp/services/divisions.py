"""Real administrative divisions from files into the tree: all at once, again as often as one likes."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from sqlalchemy import select, update

from quizapp.extensions import db
from quizapp.models import Unit, UnitClosure
from quizapp.rules import division_files, division_plan
from quizapp.rules.division_plan import Standing, UnitPlan
from quizapp.rules.divisions import LEVELS, clean_code
from quizapp.rules.errors import Invalid
from quizapp.services import audit, boards, tree
from quizapp.services.readers.text import read_text
from quizapp.services.transaction import insert, writing


@dataclass(frozen=True)
class Imported:
    """How many units the files made, renamed, moved and found as they were."""

    new: int
    renamed: int
    moved: int
    unchanged: int


def import_files(paths: list[Path], within: str, now: datetime) -> Imported:
    """Take the units of all files into the tree; the shell's operator alone may do it.

    Existing units keep their rows: they are renamed and moved, never removed. `within` takes only a unit with what
    is above and below it. Raises Invalid with every problem, Unreadable for a file that is no text; then nothing
    has changed.
    """
    drafts, problems = [], []
    for path in paths:
        text, _ = read_text(path.read_bytes())
        found, wrong = division_files.read(text, path.name)
        drafts += found
        problems += wrong
    if problems:
        raise Invalid(problems)
    with writing() as session:
        tree.lock(session)
        plan = division_plan.make(drafts, _standing(), clean_code(within))
        if plan.problems:
            raise Invalid(plan.problems)
        _carry_out(session, plan)
        _record(session, plan, [path.name for path in paths], now)
    return Imported(len(plan.new), len(plan.renamed), len(plan.moved), plan.unchanged)


def _standing() -> dict[str, Standing]:
    rows = db.session.execute(select(Unit.id, Unit.code, Unit.name, Unit.kind, Unit.parent_id)).all()
    codes = {row.id: row.code for row in rows}
    return {row.code: Standing(row.name, row.kind, codes.get(row.parent_id)) for row in rows}


def _carry_out(session, plan: UnitPlan) -> None:
    ids = {row.code: row.id for row in session.execute(select(Unit.code, Unit.id))}
    for _, level in groupby(plan.new, key=lambda draft: LEVELS[draft.kind]):
        rows = [
            {"code": one.code, "name": one.name, "kind": one.kind, "parent_id": ids.get(one.parent)} for one in level
        ]
        fresh = session.execute(insert(Unit).returning(Unit.code, Unit.id), rows)
        ids.update({row.code: row.id for row in fresh})
        _plant(session, [(ids[row["code"]], row["parent_id"]) for row in rows])
    for draft in plan.renamed:
        session.execute(update(Unit).where(Unit.id == ids[draft.code]).values(name=draft.name))
    for draft in plan.moved:
        unit_id, parent_id = ids[draft.code], ids[draft.parent]
        session.execute(update(Unit).where(Unit.id == unit_id).values(parent_id=parent_id))
        tree.transplant(session, unit_id, parent_id)
        boards.follow_tree(session, unit_id)


def _plant(session, units: list[tuple[int, int | None]]) -> None:
    """Add the closure rows of many units whose parents stand already."""
    parents = sorted({parent_id for _, parent_id in units if parent_id is not None})
    above: dict[int | None, list[tuple[int, int]]] = {None: []}
    for start in range(0, len(parents), 500):
        query = select(UnitClosure.descendant_id, UnitClosure.ancestor_id, UnitClosure.depth)
        for row in session.execute(query.where(UnitClosure.descendant_id.in_(parents[start : start + 500]))):
            above.setdefault(row.descendant_id, []).append((row.ancestor_id, row.depth + 1))
    session.execute(
        insert(UnitClosure),
        [
            {"ancestor_id": ancestor_id, "descendant_id": unit_id, "depth": depth}
            for unit_id, parent_id in units
            for ancestor_id, depth in [(unit_id, 0), *above[parent_id]]
        ],
    )


def _record(session, plan: UnitPlan, names: list[str], now: datetime) -> None:
    changed = [*plan.new, *plan.renamed, *plan.moved]
    if changed:
        top = min(changed, key=lambda draft: LEVELS[draft.kind])
        unit_id = session.scalar(select(Unit.id).where(Unit.code == top.code))
        counts = {"new": len(plan.new), "renamed": len(plan.renamed), "moved": len(plan.moved)}
        audit.record(None, unit_id, "units.imported", ", ".join(names)[:120], now, **counts)
