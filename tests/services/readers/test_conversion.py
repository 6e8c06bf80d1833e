"""Old Word files: read through a converter where the machine has one, which is fenced; else refused with what to do."""

import shutil
import time

import pytest

from quizapp.services.readers import Unreadable, conversion
from quizapp.services.readers.fence import run_fenced
from tests.processes import is_running, wait_until
from tests.samples import files
from tests.services.readers.test_archives import packed

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64 + "WordDocument".encode("utf-16-le")


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "旧.doc"
    path.write_bytes(OLD)
    return path


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Put a program of that name, and no other converter, on the path on which one is looked for."""

    def put(name: str, script: str) -> None:
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        program.chmod(0o755)

    monkeypatch.setattr(conversion, "PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.setattr(conversion, "OFFICE", ("soffice",))
    monkeypatch.setattr(conversion, "PLAIN", {"antiword": []})
    monkeypatch.setattr(conversion, "find_converter", lambda: shutil.which("antiword", path=str(tmp_path / "bin")))
    return put


def test_what_the_converter_says_is_read_like_a_text(install, old, tmp_path, monkeypatch):
    monkeypatch.setenv("QUIZAPP_SECRET_KEY", "nothing for a converter")
    install("antiword", 'test -s file.doc && test -z "$QUIZAPP_SECRET_KEY" && printf "1. 灯要多（A）。\\nA. 亮\\nB. 暗\\n"')
    document = run_fenced("bank", old, {"name": old.name})
    assert (document["converted"], document["questions"][0]["answer"]) == ("antiword", "A")
    assert [path.name for path in tmp_path.iterdir() if path.name not in ("bin", old.name)] == []


@pytest.mark.parametrize("script", ["exit 1", "true", "kill -9 $$"])
def test_a_converter_that_fails_leaves_the_request_for_another_file(install, old, script):
    install("antiword", script)
    with pytest.raises(Unreadable) as refused:
        run_fenced("bank", old, {"name": old.name})
    assert refused.value.code == "old-word"


def test_a_converter_that_hangs_is_ended_with_all_that_it_has_started(install, old, monkeypatch, tmp_path):
    monkeypatch.setattr(conversion, "WALL_SECONDS", 1)
    install("antiword", f"sleep 300 & echo $! > {tmp_path}/started; wait")
    began = time.monotonic()
    with pytest.raises(Unreadable):
        run_fenced("bank", old, {"name": old.name})
    assert time.monotonic() - began < 30
    started = int((tmp_path / "started").read_text())
    wait_until(lambda: not is_running(started), 20, lambda: "what the converter had started goes on")


def test_old_files_in_an_archive_go_the_same_way_and_the_rest_is_read_as_ever(install, tmp_path):
    install("antiword", 'grep -q second file.doc && exit 1; printf "1. 灯要多（A）。\\nA. 亮\\nB. 暗\\n"')
    path = tmp_path / "all.zip"
    path.write_bytes(packed({"甲/一.doc": OLD, "二.doc": OLD + b"second", "三.txt": "1. 门（B）。\nA. 开\nB. 关\n"}))
    document = run_fenced("bank", path, {"name": path.name})
    assert [(one["source"]["from"], one["answer"]) for one in document["questions"]] == [("甲/一.doc!1", "A"), ("三.txt!1", "B")]
    assert [(one["code"], one["place"]) for one in document["problems"]] == [("old-word", "二.doc")]
    assert document["converted"] == "antiword"


def test_without_a_converter_an_old_file_in_an_archive_is_named_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(conversion, "find_converter", lambda: None)
    path = tmp_path / "all.zip"
    path.write_bytes(packed({"一.doc": OLD, "三.txt": "1. 门（B）。\nA. 开\nB. 关\n"}))
    document = run_fenced("bank", path, {"name": path.name})
    (problem,) = document["problems"]
    assert (problem["code"], problem["place"], len(document["questions"])) == ("old-word", "一.doc", 1)
    assert "save it as .docx" in problem["message"] and "converted" not in document


@pytest.mark.skipif(conversion.find_converter() is None, reason="no converter for .doc on this machine")
@pytest.mark.parametrize("path", files("question_banks/*/*.doc"))
def test_real_old_files_are_read_where_there_is_a_converter(path):
    document = run_fenced("bank", path, {"name": path.name})
    assert document["questions"] or document["problems"]
