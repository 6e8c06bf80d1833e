"""`handbook check` and `bank check` by the outside contract: documents, exit codes, words, and no instance."""

import json
import time
import zipfile

import pytest

from tests.cli.commands import run
from tests.samples import files

BANK = "## 判断题\n1. 灯要亮。\n答案：对\n"
BAD_BANK = "## 单选题\n1. 先看（ ）\nA. 灯\nB. 门\n答案：C\n难度：很难\n又一行\n再一行\n"
HANDBOOK = "# 巡查规定\n\n第一条 走路。\n\n第二条 看路。\n"


@pytest.fixture
def folder(tmp_path):
    for name, text in {"good.md": BANK, "bad.md": BAD_BANK, "handbook.md": HANDBOOK}.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_one_file_gives_one_document(folder):
    done = run("bank", "check", "good.md", "--json", folder=folder)
    document = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert {name: document[name] for name in ("file", "format", "encoding", "problems", "ignored")} == {
        "file": "good.md",
        "format": "markdown",
        "encoding": "utf-8",
        "problems": [],
        "ignored": [{"from": 1, "to": 1, "reason": "heading"}],
    }
    assert document["questions"][0]["source"] == {"from": 2, "to": 3}
    assert document["habit"]["layout"] == "house"


def test_several_files_give_a_list_even_where_one_is_refused(folder):
    (folder / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n")
    done = run("bank", "check", "good.md", "picture.md", "--json", folder=folder)
    good, picture = json.loads(done.stdout)
    assert done.returncode == 1
    assert (good["file"], good["problems"]) == ("good.md", [])
    assert (picture["file"], picture["questions"], picture["encoding"]) == ("picture.md", [], None)
    assert [problem["code"] for problem in picture["problems"]] == ["not-text"]


def test_a_handbook_gives_the_document_of_the_contract(folder):
    done = run("handbook", "check", "handbook.md", "--json", folder=folder)
    document = json.loads(done.stdout)
    assert done.returncode == 0
    assert {"title", "edition", "front_matter", "articles", "problems", "ignored", "file", "encoding"} <= set(document)
    assert document["articles"][1] == {
        "number": "第二条",
        "ordinal": 2,
        "suffix": 0,
        "path": [],
        "text": "看路。",
        "basis": [],
        "source": {"from": 5, "to": 5},
    }


def test_every_problem_is_listed_with_its_place_in_the_interface_language(folder):
    done = run("bank", "check", "bad.md", folder=folder)
    assert done.returncode == 1
    assert done.stderr == ""
    told = done.stdout.splitlines()
    assert told[0].startswith("bad.md: 1 道题 (单选题 1)")
    assert [line for line in told if "✗" in line] == [
        "  ✗ 第 2 行: 答案 C 没有对应的选项。",
        "  ✗ 第 6 行: 难度只能写易、中、难，不能写“很难”。",
        "  ✗ 第 7 至 8 行: 这一行不属于任何试题，没有读入。",
    ]
    english = run("bank", "check", "bad.md", folder=folder, QUIZAPP_LANGUAGE="en").stdout
    assert "✗ Line 2: The answer C names an option that is not there." in english


def test_problems_in_json_are_said_in_the_interface_language_too(folder):
    document = json.loads(run("bank", "check", "bad.md", "--json", folder=folder).stdout)
    assert document["questions"][0]["problems"][-1] == {
        "code": "answer-without-option",
        "message": "答案 C 没有对应的选项。",
        "place": "2",
        "severity": "error",
    }


@pytest.mark.parametrize("arguments", [["good.md"], ["good.md", "--json"]])
def test_no_instance_is_needed_and_none_is_made(folder, arguments):
    nowhere = folder / "nowhere"
    done = run("bank", "check", *arguments, folder=folder, QUIZAPP_INSTANCE_PATH=str(nowhere), DATABASE_URL="nonsense:")
    assert done.returncode == 0
    assert not nowhere.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["bank", "check"],
        ["bank", "check", "nothing.md"],
        ["bank", "check", "."],
        ["bank", "check", "good.md", "--format", "stone"],
        ["bank", "check", "good.md", "--loud"],
        ["bank", "chek", "good.md"],
        ["nonsense"],
        ["handbook", "check"],
    ],
)
def test_wrong_usage_is_told_apart_from_wrong_input(folder, arguments):
    done = run(*arguments, folder=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "错误：" in done.stderr


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_make_no_difference(folder, encoding, end):
    (folder / "other.md").write_bytes(BAD_BANK.replace("\n", end).encode(encoding))
    same = json.loads(run("bank", "check", "bad.md", "--json", folder=folder).stdout)
    other = json.loads(run("bank", "check", "other.md", "--json", folder=folder).stdout)
    assert (other["questions"], other["problems"]) == (same["questions"], same["problems"])


def test_an_empty_file_and_an_unreadable_name_are_refused_with_a_sentence(folder):
    (folder / "空.md").touch()
    done = run("handbook", "check", "空.md", folder=folder)
    assert done.returncode == 1
    assert "文件是空的。可能没有保存" in done.stdout


def test_a_very_long_line_is_no_burden(folder):
    (folder / "long.md").write_text("## 判断题\n1. " + "灯（" * 300_000 + "\n答案：对\n", "utf-8")
    began = time.perf_counter()
    document = json.loads(run("bank", "check", "long.md", "--json", folder=folder).stdout)
    assert [problem["code"] for problem in document["questions"][0]["problems"]] == ["text-too-long"]
    assert time.perf_counter() - began < 10


def test_answers_may_stand_in_a_file_of_their_own(folder):
    (folder / "paper.txt").write_text("1. 先看（ ）\nA. 灯\nB. 门\n2. 后看（ ）\nA. 灯\nB. 门\n", "utf-8")
    (folder / "key.txt").write_text("参考答案\n1-2 AB\n", "gb18030")
    document = json.loads(run("bank", "check", "paper.txt", "--answers", "key.txt", "--json", folder=folder).stdout)
    assert document["format"] == "text"
    assert [question["answer"] for question in document["questions"]] == ["A", "B"]
    assert run("bank", "check", "paper.txt", "--answers", "nothing.txt", folder=folder).returncode == 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<html><p>1. 灯亮。</p><p>答案：对</p></html>", "html"),
        ('[{"question": "灯亮。", "answer": true}]', "json"),
        ("题干,答案\n灯亮。,对\n", "csv"),
    ],
)
def test_pages_data_and_tables_are_known_although_they_are_text(folder, text, name):
    (folder / "file.txt").write_text(text, "utf-8")
    document = json.loads(run("bank", "check", "file.txt", "--json", folder=folder).stdout)
    assert (document["format"], [question["answer"] for question in document["questions"]]) == (name, [True])


@pytest.mark.parametrize(
    "path", files("regulations/laws_md/*口与计划生育法*.md", "regulations/gov_docs/*居住证条例*.txt")
)
def test_a_real_law_passes(path):
    done = run("handbook", "check", path)
    assert done.returncode == 0
    assert "没有发现问题。" in done.stdout


def test_a_report_says_how_the_file_is_written_and_of_an_archive_each_file(folder):
    paper = "一、填空题\n1. 灯要____，门要____。\n答案：亮；开\n2. 灯要____，窗要____。\n答案：亮；关\n"
    (folder / "甲.txt").write_text(paper, "utf-8")
    done = run("bank", "check", "甲.txt", folder=folder)
    assert "  写法：题号 1. · 答案位置 单独一行 2 · “；”表示 下一个空" in done.stdout
    with zipfile.ZipFile(folder / "两份.zip", "w") as archive:
        archive.writestr("乙.txt", "一、判断题\n1. 灯要亮。\n2. 门要开。\n")
        archive.writestr("乙答案.txt", "1.√ 2.×\n")
    done = run("bank", "check", "两份.zip", folder=folder)
    assert "  写法：乙.txt 纯文本" in done.stdout and "答案取自 乙答案.txt" in done.stdout
