"""An instance with something in it, and a folder for its backups."""

from datetime import UTC, datetime

import pytest

from quizapp.services.backup import making


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def file(app_context, cast, now, tmp_path):
    """A backup of the cast's instance."""
    return making.make(tmp_path / "one.backup", now).path
