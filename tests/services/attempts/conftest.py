"""Fixtures: real workers beside the services."""

import subprocess

import pytest

from tests import processes
from tests.live import COMMAND, PROJECT


@pytest.fixture
def workers(app, database_url, tmp_path):
    """A function that starts a real `quizapp worker` on this test's database."""
    started = []

    def start() -> subprocess.Popen:
        settings = {"QUIZAPP_INSTANCE_PATH": app.instance_path, "DATABASE_URL": database_url, "PATH": "/usr/bin:/bin",
                    "QUIZAPP_SECRET_KEY": app.config["SECRET_KEY"]}  # fmt: skip
        started.append(processes.start([COMMAND, "worker"], tmp_path / "worker.log", env=settings, cwd=PROJECT))
        return started[-1]

    yield start
    for one in started:
        processes.kill_tree(one)
