"""Fixtures: an instance with its commands and its real server, empty or filled by `quizapp demo`."""

import json

import pytest

from tests.alone import built_once
from tests.live import LiveServer


@pytest.fixture
def instance(tmp_path, database_url):
    """An instance with an empty, migrated database whose server does not run yet."""
    server = LiveServer(tmp_path, database_url)
    yield server
    if server.process:
        server.kill()


@pytest.fixture
def live_server(instance):
    """A running server on a fresh database."""
    return instance.start()


@pytest.fixture(scope="session")
def demo_template(request) -> LiveServer:
    """The instance that `quizapp demo` makes; tests work on copies of it."""

    def build(folder):
        (folder / "told.json").write_text(json.dumps(LiveServer(folder).answer("demo")))

    folder = built_once(request.config, "demo", build)
    template = LiveServer(folder)
    template.demo = json.loads((folder / "told.json").read_text())
    return template


@pytest.fixture
def demo_server(demo_template, tmp_path):
    """A running server on a copy of the demo (SQLite); `account` knows who may sign in."""
    server = LiveServer(tmp_path).adopt(demo_template)
    yield server.start()
    server.kill()
