"""The sample files: those with truth exactly, the others with every line accounted for."""

import json
import re
import unicodedata

import pytest

from quizapp.rules import formats
from quizapp.rules.formats import text
from quizapp.services.readers.text import read_text
from tests.rules.formats.account import lines_lost
from tests.samples import SAMPLES, files

RIGHT = 0.98  # of the questions of a file, stem, options and answer


def even(words: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", words))


def told(question: dict) -> tuple:
    return even(question["stem"]), [even(option) for option in question["options"]], question["answer"]


@pytest.mark.parametrize("path", files("question_layouts/*_truth.json"))
def test_files_with_truth_are_read_exactly(path):
    truth = json.loads(path.read_text("utf-8"))
    questions = text.read(path.with_name(path.name.replace("_truth.json", ".txt")).read_text("utf-8"))["questions"]
    assert len(questions) == len(truth)
    right = sum(is_right(one, true) for one, true in zip(questions, truth, strict=True))
    assert right >= RIGHT * len(truth)


def is_right(question: dict, true: dict) -> bool:
    """Compare with the truth; where its options are not in the source, the answer's words fill the bracket."""
    stem, options, answer = even(true["stem"]), [even(option) for option in true["options"]], true["answer"]
    if question["kind"] == "fill_blank":
        words = options["ABCDEFGH".index(answer)].rstrip("。")
        return even(question["stem"]) == stem and [even(one) for one in question["answer"][0]] == [words]
    return told(question) == (stem, options, answer)


def test_two_layouts_of_one_bank_agree():
    folder = SAMPLES / "question_banks" / "b01_xuzhou_dangjian"
    if not folder.is_dir():
        pytest.skip(f"no sample files in {SAMPLES}")
    whole, short = (
        text.read((folder / name).read_text("utf-8-sig"))["questions"] for name in ("answer.txt", "answer1.txt")
    )
    assert len(whole) == len(short) == 813
    answers = [(one["kind"], one["answer"]) for one in whole]
    differing = sum(one != (other["kind"], other["answer"]) for one, other in zip(answers, short, strict=True))
    assert differing <= 3  # the short one was typed anew


def test_a_platforms_export_agrees_with_its_own_json():
    folder = SAMPLES / "question_banks" / "b04_adore_multi"
    if not folder.is_dir():
        pytest.skip(f"no sample files in {SAMPLES}")
    chapters = json.loads((folder / "题库.json").read_text("utf-8"))
    known = {}
    for true in (one for chapter in chapters for section in chapter["sections"] for one in section["questions"]):
        answer = {"对": True, "错": False}.get(true["answer"].split("\n")[0], true["answer"].split("\n")[0])
        options = [even(option["text"]) for option in true["options"]]
        known.setdefault(even(true["content"].lstrip("* ")), []).append((options, answer))
    for name in ("题库.txt", "题库.md"):
        questions = text.read((folder / name).read_text("utf-8-sig"))["questions"]
        objective = [one for one in questions if one["kind"] in ("single_choice", "multiple_choice", "true_false")]
        right = sum((told(one)[1], one["answer"]) in known.get(told(one)[0], []) for one in objective)
        assert right >= RIGHT * 1540


@pytest.mark.parametrize("path", files("question_banks/*/*.txt", "question_banks/*/*.md", "bad_input/encodings/*.txt"))
def test_every_line_of_a_sample_is_accounted_for(path):
    content, _ = read_text(path.read_bytes()) if "判断题" not in path.name else (path.read_text("utf-8"), "")
    for name in dict.fromkeys(["text", "markdown", "html", formats.find(content)]):
        document = formats.TEXTS[name].read(content)
        assert lines_lost(content, document) == []
        assert all(one["answer"] is not None or one["problems"] for one in document["questions"])
