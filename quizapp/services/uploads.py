"""Files that trainers bring: read behind the fence, what was understood kept for an hour until it is confirmed."""

import contextlib
import os
import re
import secrets
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from flask import current_app

from quizapp.rules.errors import Conflict
from quizapp.rules.permissions import Actor
from quizapp.rules.words import N_
from quizapp.services.readers.fence import run_fenced

LASTS = timedelta(hours=1)
LONGER = {  # what takes work before it can be taken in
    "bank": timedelta(days=7),
    "picture": timedelta(days=7),
}
MOST = 30  # kept for one person; the page of banks says so
TOKEN = re.compile("[0-9a-f]{32}")
GONE = N_("This preview is no longer kept. Please choose the file again.")


@dataclass(frozen=True)
class Kept:
    """What was understood of a file; `wishes` are what its owner chose beside it."""

    file_name: str
    document: dict
    wishes: dict


class Head(msgspec.Struct):
    """The first line of what is kept: all that a list of files needs."""

    kind: str
    kept_at: datetime
    file_name: str

    def is_kept(self, kind: str, now: datetime) -> bool:
        """Whether it is of this kind and not too old."""
        return self.kind == kind and now - self.kept_at <= LONGER.get(kind, LASTS)


HEAD = msgspec.json.Decoder(Head)


def read(kind: str, stream, file_name: str, options: dict | None = None) -> dict:
    """Return the document of an uploaded handbook or roster; its bytes lie on the disk only while they are read.

    Raises Unreadable.
    """
    with tempfile.NamedTemporaryFile() as source:
        shutil.copyfileobj(stream, source)
        source.flush()
        return run_fenced(kind, source.name, {**(options or {}), "name": Path(file_name).name})


def keep(actor: Actor, kind: str, kept: Kept, now: datetime) -> str:
    """Keep a document in the instance folder for its owner alone; returns the token that finds it again."""
    folder, token = _folder(), secrets.token_hex(16)
    _tidy(folder, actor, now)
    _write(folder / _name(actor, token), kind, kept, now)
    return token


def change(actor: Actor, kind: str, token: str, kept: Kept, now: datetime) -> None:
    """Put another document in the place of the one that is kept under a token; its time begins anew."""
    _write(_folder() / _name(actor, token), kind, kept, now)


def keep_beside(actor: Actor, token: str, suffix: str, stream) -> Path:
    """Keep bytes beside a document, under a suffix such as ".bytes"; returns where they lie."""
    path = beside(actor, token, suffix)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        shutil.copyfileobj(stream, file)
    return path


def beside(actor: Actor, token: str, suffix: str) -> Path:
    """Return where bytes lie, or would, that are kept beside a document under a suffix."""
    return (_folder() / _name(actor, token)).with_suffix(suffix)


def all_beside(actor: Actor, token: str, suffix: str) -> list[Path]:
    """Return where everything lies that is kept beside a document under a suffix, whatever comes before it."""
    return sorted(_folder().glob(f"{actor.public_id}-{token}.*{suffix}"))


def find_beside(actor: Actor, suffix: str) -> bytes | None:
    """Return the bytes that are kept under a suffix beside any document of this person, or None."""
    found = next(_folder().glob(f"{actor.public_id}-*{suffix}"), None)
    return found and found.read_bytes()


def claim(waiting: str, claimed: str, now: datetime, patience: timedelta) -> tuple[str, str] | None:
    """Take one document that waits for a worker: the mark beside it changes its suffix, for one worker alone.

    Returns (public id of its owner, token), or None where nothing waits. What was claimed longer ago than `patience`
    was left by a worker that died, and waits again.
    """
    folder = _folder()
    for path in folder.glob(f"*{claimed}"):
        if now.timestamp() - path.stat().st_mtime > patience.total_seconds():
            _renamed(path, waiting)
    for path in sorted(folder.glob(f"*{waiting}"), key=lambda one: one.stat().st_mtime):
        mine = _renamed(path, claimed)
        if mine:
            os.utime(mine, (now.timestamp(), now.timestamp()))
            owner, _, token = path.stem.rpartition("-")
            return owner, token
    return None


def _renamed(path: Path, suffix: str) -> Path | None:
    try:
        return path.rename(path.with_suffix(suffix))
    except FileNotFoundError:  # another worker was first
        return None


def list_kept(actor: Actor, kind: str, now: datetime) -> list[tuple[str, str]]:
    """Return (token, name of the file) of what is kept of this person, the newest first; no document is read."""
    found = []
    for path in sorted(_folder().glob(_name(actor, "*")), key=lambda one: one.stat().st_mtime, reverse=True):
        with contextlib.suppress(FileNotFoundError), path.open("rb") as file:  # taken in or thrown away meanwhile
            head = HEAD.decode(file.readline())
            if head.is_kept(kind, now):
                found.append((path.stem.rpartition("-")[2], head.file_name))
    return found


def _write(path: Path, kind: str, kept: Kept, now: datetime) -> None:
    """Write what is kept so that a reader sees all of it or what was there before."""
    head = Head(kind, now, kept.file_name)
    body = {"document": kept.document, "wishes": kept.wishes}
    fresh = path.with_suffix(f".{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(msgspec.json.encode(head) + b"\n" + msgspec.json.encode(body))
    fresh.replace(path)


def find(actor: Actor, kind: str, token: str, now: datetime) -> Kept:
    """Return what is kept under a token. Raises Conflict where it is too old, somebody else's, or of another kind."""
    path = _folder() / _name(actor, token)
    if not TOKEN.fullmatch(token) or not path.is_file():
        raise Conflict(GONE)
    line, _, body = path.read_bytes().partition(b"\n")
    head = HEAD.decode(line)
    if not head.is_kept(kind, now):
        raise Conflict(GONE)
    told = msgspec.json.decode(body or line)  # what an earlier version kept is one line
    return Kept(head.file_name, told["document"], told["wishes"])


def forget(actor: Actor, token: str) -> None:
    """Throw away what is kept under a token of this person."""
    if TOKEN.fullmatch(token):
        for path in _folder().glob(f"{actor.public_id}-{token}.*"):
            path.unlink(missing_ok=True)


def _folder() -> Path:
    folder = Path(current_app.instance_path) / "uploads"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _name(actor: Actor, token: str) -> str:
    return f"{actor.public_id}-{token}.json"


def _tidy(folder: Path, actor: Actor, now: datetime) -> None:
    """Throw away what is too old, and of this person's own all but the newest."""
    own = sorted(folder.glob(_name(actor, "*")), key=lambda path: path.stat().st_mtime, reverse=True)
    longest = max([LASTS, *LONGER.values()]).total_seconds()
    old = [path for path in folder.iterdir() if now.timestamp() - path.stat().st_mtime > longest]
    for path in {*old, *(each for one in own[MOST - 1 :] for each in folder.glob(f"{one.stem}.*"))}:
        path.unlink(missing_ok=True)
