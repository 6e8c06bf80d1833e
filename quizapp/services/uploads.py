"""Files that trainers bring: read behind the fence, what was understood kept for an hour until it is confirmed."""

import json
import os
import re
import secrets
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app

from quizapp.rules.errors import Conflict
from quizapp.rules.permissions import Actor
from quizapp.rules.words import N_
from quizapp.services.readers.fence import run_fenced

LASTS = timedelta(hours=1)
MOST = 10  # kept for one person
TOKEN = re.compile("[0-9a-f]{32}")
GONE = N_("This preview is no longer kept. Please choose the file again.")


@dataclass(frozen=True)
class Kept:
    """What was understood of a file; `wishes` are what its owner chose beside it."""

    file_name: str
    document: dict
    wishes: dict


def read(kind: str, stream, file_name: str, options: dict | None = None) -> dict:
    """Return the document of an uploaded bank or handbook; its bytes lie on the disk only while they are read.

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
    body = {"kind": kind, "kept_at": now.isoformat(), **vars(kept)}
    path = folder / _name(actor, token)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        json.dump(body, file, ensure_ascii=False)
    return token


def find(actor: Actor, kind: str, token: str, now: datetime) -> Kept:
    """Return what is kept under a token. Raises Conflict where it is too old, somebody else's, or of another kind."""
    path = _folder() / _name(actor, token)
    if not TOKEN.fullmatch(token) or not path.is_file():
        raise Conflict(GONE)
    body = json.loads(path.read_text("utf-8"))
    if body["kind"] != kind or now - datetime.fromisoformat(body["kept_at"]) > LASTS:
        raise Conflict(GONE)
    return Kept(body["file_name"], body["document"], body["wishes"])


def forget(actor: Actor, token: str) -> None:
    """Throw away what is kept under a token of this person."""
    if TOKEN.fullmatch(token):
        (_folder() / _name(actor, token)).unlink(missing_ok=True)


def _folder() -> Path:
    folder = Path(current_app.instance_path) / "uploads"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _name(actor: Actor, token: str) -> str:
    return f"{actor.public_id}-{token}.json"


def _tidy(folder: Path, actor: Actor, now: datetime) -> None:
    """Throw away what is too old, and of this person's own all but the newest."""
    own = sorted(folder.glob(_name(actor, "*")), key=lambda path: path.stat().st_mtime, reverse=True)
    old = [path for path in folder.glob("*.json") if now.timestamp() - path.stat().st_mtime > LASTS.total_seconds()]
    for path in {*old, *own[MOST - 1 :]}:
        path.unlink(missing_ok=True)
