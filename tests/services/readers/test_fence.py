"""R19: whatever a file does to its reader, only the child ends, and the reason is said in a sentence."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from quizapp.services.readers import Unreadable, fence

BANK = "## 判断题\n1. 灯要亮。\n答案：对\n"


@pytest.fixture
def misbehaving(monkeypatch):
    """Put readers behind the fence that do what no reader may."""
    program = Path(__file__).with_name("misbehaving.py")
    monkeypatch.setattr(fence, "CHILD", [sys.executable, "-I", "-X", "utf8", str(program)])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "bank.md"
    path.write_text(BANK, "utf-8")
    return path


def test_a_file_is_read_behind_the_fence(file):
    document = fence.run_fenced("bank", file, {"format": "auto", "name": file.name})
    assert (document["format"], document["encoding"]) == ("markdown", "utf-8")
    assert document["questions"][0]["answer"] is True


def test_what_the_reader_refuses_is_refused_outside_too(tmp_path):
    empty = tmp_path / "empty.md"
    empty.touch()
    with pytest.raises(Unreadable) as refused:
        fence.run_fenced("bank", empty)
    assert (refused.value.code, refused.value.status, refused.value.type) == ("empty-file", 422, "unreadable")


def test_reading_takes_little_time_beside_starting_python(file):
    """Of processor time, so that a busy machine changes nothing: 7 to 9 times a start of Python that does nothing."""

    def seconds(deed):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        deed()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    pairs = [
        (
            seconds(lambda: fence.run_fenced("bank", file)),
            seconds(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True)),
        )
        for _ in range(5)
    ]
    fenced, bare = (min(one) for one in zip(*pairs, strict=True))
    assert fenced < 16 * bare


@pytest.mark.parametrize(
    "reader, options, code",
    [
        ("memory", {"bytes": 600 * 1024 * 1024}, "too-much"),
        ("processor", {}, "too-slow"),
        ("flood", {}, "too-much"),
        ("crash", {}, "not-understood"),
        ("killed", {}, "too-much"),
    ],
)
def test_a_child_that_breaks_the_fence_is_a_refusal(misbehaving, file, reader, options, code):
    with pytest.raises(Unreadable) as refused:
        fence.run_fenced(reader, file, options)
    assert refused.value.code == code


def test_memory_within_the_fence_is_there(misbehaving, file):
    assert fence.run_fenced("memory", file, {"bytes": 200 * 1024 * 1024}) == {"size": 200 * 1024 * 1024}


def test_a_child_that_sleeps_is_ended_and_leaves_nothing_behind(misbehaving, file, monkeypatch):
    monkeypatch.setattr(fence, "WALL_SECONDS", 1)
    started = []
    popen = fence.subprocess.Popen
    monkeypatch.setattr(fence.subprocess, "Popen", lambda *args, **kw: started.append(popen(*args, **kw)) or started[0])
    with pytest.raises(Unreadable) as refused:
        fence.run_fenced("sleep", file)
    assert refused.value.code == "too-slow"
    assert started[0].poll() is not None


def test_there_is_no_network_no_program_no_other_file_and_no_secret(misbehaving, file, monkeypatch):
    monkeypatch.setenv("QUIZAPP_SECRET_KEY", "must not be seen")
    found = fence.run_fenced("look_around", file, {"folder": str(file.parent)})
    assert set(found["deeds"].values()) <= {"PermissionError", "ValueError"}
    assert not any(name.startswith("QUIZAPP") for name in found["environment"])
    assert found["bytes"] == len(BANK.encode())
    assert sorted(path.name for path in file.parent.iterdir()) == [file.name]


def test_a_missing_file_is_an_error_of_the_caller(tmp_path):
    with pytest.raises(FileNotFoundError):
        fence.run_fenced("bank", tmp_path / "nothing")
