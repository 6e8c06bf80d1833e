"""The commands on an instance of the test's own, run inside this process."""

import json
import sys

import pytest

from quizapp.cli import main


class Shell:
    """The commands on one instance, run inside this process: starting Python for each would take minutes."""

    def __init__(self, capfd):
        self.capfd = capfd

    def run(self, *words: str):
        """Run a command and return (exit status, standard output, standard error)."""
        sys.argv = ["quizapp", *words]
        self.capfd.readouterr()
        try:
            main()
            status = 0
        except SystemExit as end:
            status = end.code or 0
        return status, *self.capfd.readouterr()

    def answer(self, *words: str):
        """Run a command with --json, demand success, and return its document."""
        status, said, complaint = self.run(*words, "--json")
        assert status == 0, complaint
        return json.loads(said)


@pytest.fixture
def shell(sqlite_url, tmp_path, monkeypatch, capfd):
    """An instance with nothing in it."""
    monkeypatch.setenv("QUIZAPP_INSTANCE_PATH", str(tmp_path / "instance"))
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setattr(sys, "argv", ["quizapp"])
    return Shell(capfd)
