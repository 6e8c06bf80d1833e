"""A13: no process of ours opens a database with an SQLite that can damage it."""

import subprocess
from pathlib import Path

import pytest

OLD = "3.51.2"
VERSION = f'sqlite_version, sqlite_version_info = "{OLD}", {tuple(map(int, OLD.split(".")))}\n'
# every kind of process: the site, what stands beside it, and commands that read, write, set up and check
KINDS = [("serve", "--port", "0"), ("worker",), ("verify",), ("units", "list"), ("init", "--unit", "1", "--login", "office")]


@pytest.fixture
def database_kind() -> str:
    return "sqlite"


@pytest.fixture
def old_library(tmp_path):
    """A folder that makes Python believe both its SQLite libraries to be just too old."""
    folder = tmp_path / "old"
    (folder / "pysqlite3").mkdir(parents=True)
    (folder / "pysqlite3" / "__init__.py").write_text(VERSION)
    (folder / "sitecustomize.py").write_text(f"import sqlite3\n{VERSION.replace('sqlite_', 'sqlite3.sqlite_')}")
    return folder


def test_a13_every_kind_of_process_refuses_an_old_library_with_a_sentence(instance, old_library):
    """A13: exit status 1, one clear sentence, and the database as it was."""
    instance.settings["PYTHONPATH"] = str(old_library)
    path = instance.settings["DATABASE_URL"].removeprefix("sqlite:///")
    before = Path(path).read_bytes()
    for words in KINDS:
        done = instance.run(*words)
        assert done.returncode == 1, (words, done.stdout, done.stderr)
        assert OLD in done.stderr and "3.51.3 or newer" in done.stderr and "Traceback" not in done.stderr, done.stderr
    assert Path(path).read_bytes() == before


def test_a13_a_server_started_any_other_way_refuses_as_well(instance, old_library):
    """A13: the factory itself is the gate."""
    instance.settings["PYTHONPATH"] = str(old_library)
    command = [instance.command[0].with_name("python"), "-c", "import quizapp; quizapp.create_app()"]
    done = subprocess.run(command, env=instance._environment(), capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "UnsafeStorage" in done.stderr and OLD in done.stderr
