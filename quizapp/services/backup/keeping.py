"""Backups by the clock: often while an exam is open, thinned when they grow old, and one restored every day to see."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

from flask import current_app

from quizapp.rules import thinning
from quizapp.rules.clock import rfc3339
from quizapp.rules.errors import Conflict, Refusal
from quizapp.rules.words import N_
from quizapp.services import migration, upkeep
from quizapp.services.backup import making

IN_WINDOW, OTHERWISE = timedelta(minutes=5), timedelta(hours=1)
TEST_EVERY = timedelta(hours=24)
AGAIN = {"backup": timedelta(minutes=1), "restore_test": timedelta(hours=1)}  # after one that failed
SETTLING = timedelta(minutes=1)  # a worker that has just begun first does what people wait for
NAME = re.compile(r"quizapp-(\d{8}T\d{6}Z)(-before-\w+)?\.backup")
STAMP = "%Y%m%dT%H%M%SZ"
TEST_SECONDS = 1800
BEFORE_MIGRATION = N_("The database was not changed, because no backup could be made before: %(reason)s")


def folder() -> Path:
    """Return where this instance keeps its backups, made where it is missing."""
    path = configured() or Path(current_app.instance_path) / "backups"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def configured() -> Path | None:
    """Return the folder that the settings name for backups, if they do."""
    told = current_app.extensions["settings"].backup_path
    return Path(told) if told else None


def kept() -> dict[datetime, Path]:
    """Return the backups in the folder by the moment they were made."""
    found = {path: NAME.fullmatch(path.name) for path in folder().iterdir()}
    return {datetime.strptime(match[1], STAMP).replace(tzinfo=UTC): path for path, match in found.items() if match}


def interval(now: datetime) -> timedelta:
    """Return how far apart backups may be at this moment."""
    return IN_WINDOW if migration.has_open_exam(now) else OTHERWISE


def back_up_due(now: datetime, since: datetime, make=making.make) -> int:
    """Make a backup where the last is too old, and thin out old ones; `since`: when this worker began."""
    if not _is_due("backup", interval(now), now, since):
        return 0
    made = back_up(now, make)
    _thin(now)
    return int(made is not None)


def back_up(now: datetime, make=making.make) -> Path | None:
    """Make a backup in the folder and keep a record of how it went; None where it failed."""
    began = monotonic()
    try:
        target = folder() / f"quizapp-{now.strftime(STAMP)}.backup"
        made = make(target, now)
    except (OSError, Refusal) as error:
        upkeep.record("backup", False, now, now, {"problem": str(error)[:300]})
        return None
    told = {"file": str(target), "size": made.size, "point": made.manifest["point"], "digest": made.manifest["digest"]}
    upkeep.record("backup", True, now, now + timedelta(seconds=monotonic() - began), told)
    return target


def before_migration(now: datetime, note: str) -> None:
    """Make a backup before the tables are changed. Raises Conflict where that fails: then nothing is changed."""
    try:
        making.make(folder() / f"quizapp-{now.strftime(STAMP)}{note}.backup", now)
    except (OSError, Refusal) as error:
        raise Conflict(BEFORE_MIGRATION, reason=str(error)) from error


def _is_due(kind: str, every: timedelta, now: datetime, since: datetime) -> bool:
    last = upkeep.newest(kind)
    if last is None:
        return now - since >= SETTLING
    return now - last.began_at >= (every if last.is_good else min(every, AGAIN[kind]))


def _thin(now: datetime) -> None:
    """Throw away what is superfluous; what the last good restore test was made with stays."""
    found = kept()
    tested = upkeep.newest("restore_test", only_good=True)
    for moment in thinning.superfluous(list(found), now):
        if tested is None or str(found[moment]) != tested.told.get("file"):
            found[moment].unlink(missing_ok=True)
    for left in folder().glob(".*"):  # of one that was killed
        if now.timestamp() - left.lstat().st_mtime > 2 * TEST_SECONDS:
            shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)


def test_due(now: datetime, since: datetime) -> int:
    """Restore the newest backup into an instance of its own once a day and verify it: only then does it count."""
    if not _is_due("restore_test", TEST_EVERY, now, since):
        return 0
    found = kept()
    if not found:
        return 0
    path = found[max(found)]
    began = monotonic()
    is_good, told = restored_well(path)
    ended = now + timedelta(seconds=monotonic() - began)
    told |= {"file": str(path), "made_at": rfc3339(max(found))}
    upkeep.record("restore_test", is_good, now, ended, told)
    return int(is_good)


def gently(target: Path, now: datetime) -> making.Made:
    """Make a backup by the command itself, which gives way to whoever saves. Raises OSError where that fails."""
    try:
        done = _give_way("backup", str(target))
        if done.returncode:
            raise OSError(done.stderr.decode(errors="replace")[-300:])
        told = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise OSError(f"{type(error).__name__}: {error}") from error
    return making.Made(target, told["size"], {"point": told["point"], "digest": told["digest"]})


def _give_way(*words: str, env: dict | None = None) -> subprocess.CompletedProcess:
    """Run a command of ours that gets the processors only when nobody else wants them."""
    return subprocess.run(
        [sys.executable, "-m", "quizapp", *words, "--json"], env=env, stdin=subprocess.DEVNULL, capture_output=True,
        timeout=TEST_SECONDS, preexec_fn=lambda: os.nice(15), check=False,
    )  # fmt: skip


def restored_well(path: Path) -> tuple[bool, dict]:
    """Restore a backup by the command itself into a folder that is gone afterwards; returns what it found."""
    scratch = Path(tempfile.mkdtemp(prefix=".restore-test-", dir=path.parent))
    surroundings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    surroundings |= {"QUIZAPP_INSTANCE_PATH": str(scratch), "QUIZAPP_LANGUAGE": "en"}
    try:
        done = _give_way("restore", str(path), env=surroundings)
        if done.returncode:
            return False, {"problem": done.stderr.decode(errors="replace")[-300:]}
        report = json.loads(done.stdout)
        return report["valid"], {"checked": report["checked"], "point": report["point"]}
    except (subprocess.TimeoutExpired, ValueError, KeyError) as error:
        return False, {"problem": f"{type(error).__name__}: {error}"[:300]}
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
