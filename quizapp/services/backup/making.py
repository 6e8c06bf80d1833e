"""Making a backup of the running instance, and what it says of itself."""

import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from flask import current_app

from quizapp import storage
from quizapp.extensions import db
from quizapp.models.types import from_ms
from quizapp.rules.clock import rfc3339
from quizapp.rules.errors import Conflict, Refusal
from quizapp.rules.words import N_
from quizapp.services import migration
from quizapp.services.backup import archive, copying

JOURNALLED = ("attempts", "answer_events", "late_answers", "receipts")  # what people add while they sit an exam
SPARE = 64 * 1024 * 1024  # bytes that must be left on the disk afterwards


class NoRoom(Refusal):
    """The disk cannot hold another backup."""

    status = 507
    type = "no-room"


@dataclass(frozen=True)
class Made:
    """One backup: where it is and what its manifest says."""

    path: Path
    size: int
    manifest: dict


def make(target: Path, now: datetime) -> Made:
    """Write a backup of everything that is committed by now, beside a running server, and return what it holds.

    Raises Conflict where there is such a file or no such folder, NoRoom where the disk is too small.
    """
    if target.exists():
        raise Conflict(N_("There is a file %(name)s already; a backup never replaces another."), name=str(target))
    if not target.parent.is_dir():
        raise Conflict(N_("There is no folder %(name)s."), name=str(target.parent))
    _refuse_without_room(target.parent)
    copied = target.with_name(f".{target.name}.database")
    copied.unlink(missing_ok=True)
    try:
        copying.copy(db.engine, copied)
        facts = {
            "version": version("quizapp"),
            "made_at": rfc3339(now),
            "database": db.engine.dialect.name,
            "revision": migration.present_revision(db.engine),
            **facts_of(copied),
        }
        members = {archive.DATABASE: copied, **archive.files_of(Path(current_app.instance_path))}
        manifest = archive.pack(target, members, facts)
    finally:
        for path in target.parent.glob(f"{copied.name}*"):
            path.unlink()
    return Made(target, target.stat().st_size, manifest)


def _refuse_without_room(folder: Path) -> None:
    database = Path(db.engine.url.database or "")
    is_file = db.engine.dialect.name == "sqlite" and database.is_file()
    needed = 2 * (database.stat().st_size if is_file else 0) + SPARE
    if shutil.disk_usage(folder).free < needed:
        raise NoRoom(N_("There is no room for a backup in %(folder)s: %(megabytes)s MB must be free."),
                     folder=str(folder), megabytes=needed // 2**20)  # fmt: skip


def facts_of(file: Path) -> dict:
    """Return what a copied database holds: how much, up to which answer, and the ends of its chains."""
    with closing(storage.sqlite_module().connect(str(file))) as connection:
        there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        counts = {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608 (our own names)
            for name in ("people", "attempts", "answers")
            if name in there
        }
        last = "SELECT id, arrived_at FROM answer_events ORDER BY id DESC LIMIT 1"
        newest = connection.execute(last).fetchone() if "answer_events" in there else None
        ends = (
            "SELECT c.public_id, h.count, h.head FROM chain_heads h JOIN campaigns c ON c.id = h.campaign_id"
            " WHERE h.count = (SELECT max(count) FROM chain_heads WHERE campaign_id = c.id) ORDER BY c.public_id"
        )
        heads = connection.execute(ends).fetchall() if "chain_heads" in there else []
        last = {
            name: connection.execute(f"SELECT coalesce(max(rowid), 0) FROM {name}").fetchone()[0]  # noqa: S608
            for name in JOURNALLED
            if name in there
        }
    point = {"event": newest[0], "arrived_at": rfc3339(from_ms(newest[1]))} if newest else None
    return {
        "counts": counts,
        "point": point,
        "last": last,
        "heads": [{"campaign": campaign, "count": count, "head": head} for campaign, count, head in heads],
    }
