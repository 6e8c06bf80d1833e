"""`quizapp bank export`: a file that comes in again as it went out, and what its format does not hold."""

import json

import pytest

from tests.cli.test_exams import BANK


@pytest.fixture
def township(shell, tmp_path):
    shell.answer("init", "--unit", "999901=云溪县", "--unit", "999901101=青禾镇", "--login", "admin", "--name", "陈白露")
    (tmp_path / "small.md").write_text(BANK, "utf-8")
    shell.answer("bank", "import", str(tmp_path / "small.md"))
    return shell


def test_a_bank_goes_out_and_comes_in_unchanged(township, tmp_path):
    target = tmp_path / "out.md"
    told = township.answer("bank", "export", "small", "--to", "markdown", "--output", str(target))
    assert (told["questions"], told["losses"], told["head_lost"]) == (3, [], False)
    again = township.answer("bank", "import", str(target))
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 3)


def test_what_is_lost_is_said_and_no_file_is_overwritten(township, tmp_path):
    target = tmp_path / "out.zip"
    status, _, said = township.run("bank", "export", "small", "--to", "qti", "--output", str(target))
    assert status == 0 and "难度" in said and "s2" in said
    before = target.read_bytes()
    status, _, said = township.run("bank", "export", "small", "--to", "qti", "--output", str(target))
    assert status == 1 and "--output" in said and target.read_bytes() == before


def test_an_answer_key_beside_its_paper_is_joined(township, tmp_path):
    paper, key = tmp_path / "甲卷.txt", tmp_path / "甲卷答案.txt"
    paper.write_text("1. 先看（ ）\nA. 灯\nB. 门\n2. 后看（ ）\nA. 灯\nB. 门\n", "utf-8")
    key.write_text("1-2 AB\n", "utf-8")
    status, told, said = township.run("bank", "check", str(paper), str(key), "--json")
    assert status == 0 and "甲卷答案.txt" in said
    assert [one["answer"] for one in json.loads(told)["questions"]] == ["A", "B"]


def test_a_file_too_large_to_come_in_again_is_said_to_be_so(township, tmp_path, monkeypatch):
    from quizapp.services.banks import exporting

    monkeypatch.setattr(exporting, "LARGEST", 100)
    status, _, said = township.run("bank", "export", "small", "--to", "markdown", "--output", str(tmp_path / "out.md"))
    assert status == 0 and "一个文件太大" in said and "：" not in said.split("一个文件太大")[1]
