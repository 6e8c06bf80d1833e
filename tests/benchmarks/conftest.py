"""Servers to measure: the product or something beside it, each a process of its own on the test's database."""

import os
import sys
import urllib.request

import pytest

from tests import processes

SERVE = "import sys; from quizapp.serving import serve; serve(sys.argv[1], '127.0.0.1', int(sys.argv[2]))"


@pytest.fixture
def beside(tmp_path):
    """A function that serves an application, by default the product, on the database of `app`: (port, process).

    `front` is a program that starts it, such as strace.
    """
    running = []

    def start(app, factory: str = "quizapp:create_app", code: str = SERVE, front: tuple = (), **environment: str):
        port, address = processes.free_port(), app.config["SQLALCHEMY_DATABASE_URI"]
        log = tmp_path / f"{port}.log"
        environment = {
            **os.environ,
            "QUIZAPP_INSTANCE_PATH": str(tmp_path / "instance"),
            "QUIZAPP_SECRET_KEY": app.config["SECRET_KEY"],
            "DATABASE_URL": address,
            "CEILING_DATABASE": address,
            **environment,
        }
        process = processes.start([*front, sys.executable, "-c", code, factory, str(port)], log, env=environment)
        running.append(process)
        processes.wait_until(lambda: _answers(port), 30, log.read_text)
        return port, process

    yield start
    for process in running:
        processes.kill_tree(process)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False
