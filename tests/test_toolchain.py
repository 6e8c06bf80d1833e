"""What a fresh machine relies on: locks that pin and hash everything, and a turn to be alone that is one."""

import fcntl
import re
import sys
import tomllib
from pathlib import Path

import pytest

from tests.processes import start, wait_until

PROJECT = Path(__file__).resolve().parent.parent
LOCKS = sorted(PROJECT.glob("requirements*.lock"))
PIN = re.compile(r"^([a-z0-9-]+)==([^ ;\\]+)", re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    return dict(PIN.findall((PROJECT / lock).read_text()))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_pins_and_hashes_everything_and_names_no_host(lock):
    entries = re.split(r"\n(?=[a-z])", lock.read_text().strip())
    assert [entry for entry in entries if not PIN.match(entry) or "--hash=sha256:" not in entry] == []
    assert "://" not in lock.read_text()


def test_the_locks_hold_what_pyproject_asks_for_and_agree():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    run, test = pins("requirements.lock"), pins("requirements-test.lock")
    assert names(project["project"]["dependencies"] + groups["build"]) <= set(run)
    assert names(groups["test"]) <= set(test)
    assert {name: test.get(name) for name in run} == run


def names(requirements: list[str]) -> set[str]:
    return {re.match(r"[A-Za-z0-9_.-]+", text).group().lower().replace("_", "-") for text in requirements}


PERSON = """
import sys, time
from pathlib import Path
from tests.alone import turn
name, folder = sys.argv[1], Path(sys.argv[2])
with turn(folder, is_alone=name == "alone"), (folder / "story").open("a", buffering=1) as story:
    print(name, "in", file=story)
    while name == "first" and not (folder / "first may go").exists():
        time.sleep(0.01)
    print(name, "out", file=story)
"""


def test_a_test_that_is_alone_waits_for_the_others_and_is_not_overtaken(tmp_path):
    def enter(name):
        return start([sys.executable, "-c", PERSON, name, tmp_path], tmp_path / "log", cwd=PROJECT)

    story = tmp_path / "story"
    people = [enter("first")]
    wait_until(story.exists, 20, lambda: "the first did not get in")
    people.append(enter("alone"))
    wait_until(lambda: is_held(tmp_path / "queue.lock"), 20, lambda: "the one to be alone does not queue")
    people.append(enter("late"))
    (tmp_path / "first may go").touch()
    assert [person.wait(20) for person in people] == [0, 0, 0]
    assert story.read_text().splitlines() == [
        f"{name} {what}" for name in ("first", "alone", "late") for what in ("in", "out")
    ]


def is_held(lock: Path) -> bool:
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False
