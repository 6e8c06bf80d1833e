"""What holds for every text, however wrong: nothing is raised, no line is lost, and what was written comes back."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.rules import formats
from quizapp.rules.formats import handbook, markdown
from tests.rules.formats.account import codes, lines_lost

MARKS = [
    "---",
    "title: 甲",
    "# 第一章 总则",
    "## 单选题",
    "## 判断题",
    "### 杂",
    "目录",
    "第一章　总　则",
    "第二节",
    "第一条 走。",
    "第二条规定的人",
    "第二条之一　跑",
    "第九条",
    "一、走路",
    "二、跑步。",
    "附件：表",
    "2020年1月2日",
    "依据：某法第三条",
    "1. 先看（A）",
    "2、后看____",
    "3.5米",
    "A. 灯",
    "B、门",
    "答案：B",
    "答案：对",
    "解析：因为",
    "难度：难",
    "来源：网",
    "<!-- 注",
    "-->",
    "\u200b",
    "",
    "　　普通的一行",
    "。",
    "| 表 | 格 |",
]
lines = st.lists(st.sampled_from(MARKS) | st.text(max_size=12), max_size=30)


@given(lines, st.sampled_from(["\n", "\r\n", "\r"]))
def test_no_line_of_a_handbook_is_lost(rows, end):
    text = end.join(rows)
    assert lines_lost(text, handbook.read(text)) == []


@given(lines, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(sorted(formats.TEXTS)))
def test_no_line_of_a_bank_is_lost(rows, end, name):
    text = end.join(rows)
    document = formats.TEXTS[name].read(text)
    assert lines_lost(text, document) == []
    assert all(question["answer"] is not None or question["problems"] for question in document["questions"])
    assert document["questions"] or document["problems"]


words = st.text("灯门云草走看ab12，。？", min_size=1, max_size=12).filter(lambda text: text.strip("ab12，。？ "))
answer_texts = st.lists(st.lists(words, min_size=1, max_size=3), min_size=1, max_size=3)


@st.composite
def questions(draw, number):
    kind = draw(st.sampled_from(["single_choice", "multiple_choice", "true_false", "fill_blank"]))
    options = draw(st.lists(words, min_size=2, max_size=6, unique=True)) if kind.endswith("choice") else []
    stem = f"第{number}个" + draw(words)
    if kind == "single_choice":
        answer = draw(st.sampled_from("ABCDEF"[: len(options)]))
    elif kind == "multiple_choice":
        answer = "".join(sorted(draw(st.sets(st.sampled_from("ABCDEF"[: len(options)]), min_size=1))))
    elif kind == "true_false":
        answer = draw(st.booleans())
    else:
        answer = draw(answer_texts)
        stem += "____" + "，____" * (len(answer) - 1)
    return {
        "kind": kind,
        "stem": stem,
        "options": options,
        "answer": answer,
        "explanation": draw(st.just("") | words),
        "points": draw(st.none() | st.integers(1, 20) | st.sampled_from([0.5, 2.5])),
        "chapter": draw(st.sampled_from(["", "第一章 出门", "第二章 回来"])),
        "citations": draw(st.lists(st.sampled_from(["第一条", "第二条之一", "other#第三条"]), max_size=2, unique=True)),
        "difficulty": draw(st.sampled_from(["", "easy", "medium", "hard"])),
        "code": draw(st.sampled_from(["", f"q-{number}"])),
        "any_order": kind == "fill_blank" and draw(st.booleans()),
    }


@st.composite
def banks(draw):
    found = [draw(questions(number)) for number in range(draw(st.integers(1, 6)))]
    return sorted(found, key=lambda question: question["chapter"])  # a chapter cannot be left empty again


@given(banks(), st.dictionaries(st.sampled_from(["title", "slug", "handbook"]), words))
@settings(max_examples=200)
def test_a_bank_that_was_written_is_read_back_the_same(written, matter):
    document = markdown.read(markdown.write({"front_matter": matter, "questions": written}))
    read = [
        {name: value for name, value in question.items() if name not in ("number", "source", "problems")}
        for question in document["questions"]
    ]
    assert read == written
    assert document["front_matter"] == matter
    assert set(codes(document)) <= {"option-twice"}  # options that differ by signs only


LONG = [
    "#",
    " ",
    "　",
    "（",
    "（A）",
    "(",
    "*",
    "-",
    "_",
    "第",
    "第一条",
    "一",
    "、",
    "1",
    "1.",
    "A.",
    "<!--",
    "-->",
    ".",
    "…",
    "：",
    "|",
    "；",
    "=",
    "《",
    "A ",
]
HEADS = [
    "",
    "# ",
    "## ",
    "## 单选题\n1. ",
    "## 填空题\n1. ____\n答案：",
    "第一章 ",
    "第一条 ",
    "目录\n",
    "题 2020年",
    "1. 问（ ）\nA. 甲\n答案：",
]


def read_long(token: str, heads: list[str]) -> None:
    """Read 20,000 signs of a token behind each head, in every format; a reading that goes wrong takes a minute."""
    for head in heads:
        text = head + token * (20_000 // len(token)) + "尾"
        for read in (handbook.read, *(one.read for one in formats.TEXTS.values())):
            began = time.perf_counter()
            read(text)
            assert time.perf_counter() - began < 10


@pytest.mark.parametrize("place", range(len(LONG)))
def test_a_long_line_of_anything_is_read_in_no_time(place):
    """I12: no pattern runs wild; a quadratic one would take a minute here. Each sign alone, and behind one head."""
    read_long(LONG[place], ["", HEADS[1 + place % (len(HEADS) - 1)]])


@pytest.mark.soak("I12")
@pytest.mark.parametrize("token", LONG)
def test_i12_a_long_line_of_anything_behind_any_head_is_read_in_no_time(token):
    read_long(token, HEADS)


@pytest.mark.parametrize(
    "line",
    [
        "# 甲",
        "第一章 甲",
        "第一条 甲",
        "第九条规定",
        "一、甲",
        "1. 甲（A）",
        "5. 甲",
        "A. 甲",
        "答案：A",
        "目录",
        "解析：甲",
        "附件：甲",
        "甲",
    ],
)
def test_many_lines_of_anything_are_read_in_no_time(line):
    began = time.perf_counter()
    text = "\n".join([line] * 2000)
    handbook.read(text)
    for one in formats.TEXTS.values():
        one.read("## 单选题\n" + text)
    assert time.perf_counter() - began < 20
