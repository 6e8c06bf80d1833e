"""The secrets shared with receivers: one file each at 0600 in the instance folder, never in the database."""

import os
import secrets
from pathlib import Path

from flask import current_app

from quizapp.rules.webhooks import secret_from_text, secret_to_text

SECRET_BYTES = 32


def _path(slug: str) -> Path:
    return Path(current_app.instance_path) / "receivers" / f"{slug}.secret"


def make(slug: str) -> str:
    """Make a receiver's secret and return it as it is handed over, this once. Raises FileExistsError for a second."""
    text = secret_to_text(secrets.token_bytes(SECRET_BYTES))
    path = _path(slug)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(text + "\n")
    return text


def read(slug: str) -> list[bytes]:
    """Return a receiver's secrets: one a line, so that during a rotation the old and the new both sign.

    Raises ValueError for a weak or misspelt one, OSError where there is no file.
    """
    return [secret_from_text(line.strip()) for line in _path(slug).read_text().splitlines() if line.strip()]


def forget(slug: str) -> None:
    """Remove a receiver's secret, if there is one."""
    _path(slug).unlink(missing_ok=True)
