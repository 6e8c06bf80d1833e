"""The house format of a bank, line by line."""

import pytest

from quizapp.rules import formats
from quizapp.rules.formats import markdown
from tests.rules.formats.account import codes, lines_lost

BANK = """---
title: 夜间巡查题库
slug: night-watch
handbook: night-watch
---
# 第一章  出　门

## 单选题

1. 出门先看（  ）。
A. 手电筒
B、天上的云
C．地上的草
  哪一种草都行
答案：A
解析：没有光看不见路。
1. 电池要满。
2. 灯泡要亮。
条款：第一条、第二条之一
难度：易
分值：2
编号：nw-001

2. 巡查时第二件事是
什么（B）？
A. 睡觉
B. 登记

## 多选题
1、要带的有（ ）。
A. 水
B. 灯
C. 狗
答案：C、A
## 判断题
2. 夜里可以不登记。
答案：×
3) 灯要亮。（√）

## 填空题

4. 先看____，再看______。
答案：手电筒|门窗；窗户
顺序：不限
条款：day-watch#第三条
"""


def read(text):
    document = markdown.read(text)
    assert lines_lost(text, document) == []
    return document


def one(body: str) -> dict:
    """Return the only question of a bank with this body below a heading of its kind."""
    document = read(body)
    assert len(document["questions"]) == 1
    return document["questions"][0]


def test_a_whole_bank():
    document = read(BANK)
    assert codes(document) == []
    assert document["front_matter"]["handbook"] == "night-watch"
    assert document["ignored"] == [
        {"from": 1, "to": 5, "reason": "front-matter"},
        {"from": 6, "to": 6, "reason": "heading"},
        {"from": 8, "to": 8, "reason": "heading"},
        {"from": 29, "to": 29, "reason": "heading"},
        {"from": 35, "to": 35, "reason": "heading"},
        {"from": 40, "to": 40, "reason": "heading"},
    ]
    first = document["questions"][0]
    assert first == {
        "number": "1",
        "kind": "single_choice",
        "stem": "出门先看（  ）。",
        "options": ["手电筒", "天上的云", "地上的草\n哪一种草都行"],
        "answer": "A",
        "explanation": "没有光看不见路。\n1. 电池要满。\n2. 灯泡要亮。",
        "points": 2,
        "chapter": "第一章 出门",
        "citations": ["第一条", "第二条之一"],
        "difficulty": "easy",
        "code": "nw-001",
        "any_order": False,
        "source": {"from": 10, "to": 22},
        "problems": [],
    }


def test_the_kinds_and_their_answers():
    _, second, third, fourth, fifth, sixth = read(BANK)["questions"]
    assert (second["stem"], second["answer"]) == ("巡查时第二件事是\n什么（）？", "B")
    assert (third["kind"], third["answer"]) == ("multiple_choice", "AC")
    assert (fourth["kind"], fourth["answer"]) == ("true_false", False)
    assert (fifth["stem"], fifth["answer"]) == ("灯要亮。（）", True)
    assert (sixth["answer"], sixth["any_order"]) == ([["手电筒"], ["门窗", "窗户"]], True)
    assert sixth["citations"] == ["day-watch#第三条"]
    assert (fifth["points"], fifth["difficulty"], fifth["code"]) == (None, "", "")


@pytest.mark.parametrize(
    "label, answer",
    [
        ("答案：正确", True),
        ("答案：对", True),
        ("答案:√", True),
        ("正确答案： 是。", True),
        ("答案：错误", False),
        ("答案：错", False),
        ("答案：×", False),
        ("参考答案：不正确", False),
    ],
)
def test_the_words_for_true_and_false(label, answer):
    assert one(f"## 判断题\n1. 灯要亮。\n{label}\n")["answer"] is answer


@pytest.mark.parametrize(
    "text, answer",
    [
        ("ABD", "ABD"),
        ("A、B、D", "ABD"),
        ("d,b,a", "ABD"),
        ("Ａ Ｂ", "AB"),
        ("A；C", "AC"),
        ("A-D", "ABCD"),
        ("AAB", "AB"),
    ],
)
def test_the_ways_to_write_several_letters(text, answer):
    body = f"## 多选题\n1. 要带（ ）\nA. 水\nB. 灯\nC. 狗\nD. 伞\n答案：{text}\n"
    assert one(body)["answer"] == answer


CHOICE = "## 单选题\n1. 先看（ ）\nA. 灯\nB. 云\n"


@pytest.mark.parametrize(
    "body, expected",
    [
        (CHOICE, ["no-answer"]),
        (CHOICE + "答案：C\n", ["answer-without-option"]),
        (CHOICE + "答案：AB\n", ["key-too-many"]),
        (CHOICE + "答案：灯\n", ["answer-unreadable"]),
        (CHOICE + "答案：A\n答案：B\n", ["label-twice"]),
        (CHOICE.replace("（ ）", "（A）") + "答案：B\n", ["answer-contradicts"]),
        (CHOICE.replace("（ ）", "（A）") + "答案：A\n", []),
        (CHOICE.replace("B. 云", "B. 灯") + "答案：A\n", ["option-twice"]),
        (CHOICE.replace("B. 云", "B.") + "答案：A\n", ["option-empty"]),
        (CHOICE.replace("B. 云", "C. 云") + "答案：A\n", ["option-order"]),
        (CHOICE.replace("B. 云\n", "") + "答案：A\n", ["option-count"]),
        (CHOICE.replace("先看（ ）", "") + "答案：A\n", ["stem-missing"]),
        (CHOICE + "答案：A\n难度：很难\n", ["difficulty-unknown"]),
        (CHOICE + "答案：A\n分值：零\n", ["points-unreadable"]),
        (CHOICE + "答案：A\n分值：0\n", ["points-unreadable"]),
        (CHOICE + "答案：A\n编号：第一题\n", ["code-unreadable"]),
        (CHOICE + "答案：A\n条款：第一条、附则\n", ["citation-unreadable"]),
        (CHOICE + "答案：A\n顺序：随意\n", ["order-unknown"]),
        (CHOICE + "答案：A\n来源：网上\n", ["unknown-label"]),
        (CHOICE + "答案：A\n又一行\n", ["unread-line"]),
        ("前言\n" + CHOICE + "答案：A\n", ["unread-line"]),
        ("## 判断题\n1. 灯要亮。\n", ["no-answer"]),
        ("## 判断题\n1. 灯要亮。\nA. 对\nB. 错\n答案：对\n", ["options-unwanted"]),
        ("## 判断题\n1. 灯要亮。\n答案：A\n", ["answer-unreadable"]),
        ("## 填空题\n1. 先看____。\n答案：灯|门\n", ["blank-count"]),
        ("## 填空题\n1. 先看____和__。\n答案：灯\n", ["blank-count"]),
        ("## 填空题\n1. 先看____和__。\n答案：灯|\n", ["key-empty"]),
        ("## 简答题\n1. 先看什么？（ ）\nA. 灯\nB. 门\n答案：A\n", ["unknown-heading", "no-kind-heading"]),
        ("1. 先看什么？（ ）\nA. 灯\nB. 门\n答案：A\n", ["no-kind-heading"]),
        ("1. 先看什么？\n答案：灯\n", ["no-kind-heading", "answer-unreadable", "no-kind"]),
        ("# 空的\n", ["no-questions"]),
    ],
)
def test_problems_are_named(body, expected):
    assert codes(read(body)) == expected


def two(first: str, second: str) -> list[str]:
    return codes(read(f"## 单选题\n{first}\n\n{second}\n"))


def test_questions_are_compared_with_each_other():
    question = "{}. 先看（ ）\nA. 灯\nB. 云\n答案：{}"
    assert two(question.format(1, "A"), question.format(2, "A")) == ["duplicate-question"]
    assert two(question.format(1, "A"), question.format(2, "B")) == ["contradiction"] * 2, "both"
    turned = "2. 先看（ ）。\nA. 云\nB. 灯\n答案：B"
    assert two(question.format(1, "A"), turned) == ["duplicate-question"]
    assert two(question.format(1, "A"), turned.replace("云", "门")) == ["duplicate-stem"]
    assert two(question.format(1, "A") + "\n编号：x-1", turned.replace("先", "后") + "\n编号：x-1") == [
        "duplicate-code"
    ]


def test_a_text_that_many_questions_share_makes_them_alike_only_with_an_option_they_share():
    words = ["甲", "乙", "丙", "丁"]
    many = [f"{n}. 选出正确的词（ ）\nA. {word}一\nB. {word}二\n答案：A" for n, word in enumerate(words, 1)]
    assert codes(read("## 单选题\n" + "\n\n".join(many[:3]))) == ["duplicate-stem"] * 2
    assert codes(read("## 单选题\n" + "\n\n".join(many))) == []
    again = "5. 选出正确的词（ ）\nA. 甲一\nB. 甲三\n答案：A"
    (problem,) = read("## 单选题\n" + "\n\n".join([*many, again]))["questions"][4]["problems"]
    assert problem["code"] == "duplicate-stem" and (problem["params"]["line"], problem["params"]["number"]) == (2, 1)


def test_a_problem_stands_where_the_line_is():
    document = read(CHOICE + "答案：A\n难度：很难\n\n3. 后看（ ）\nA. 灯\nB. 门\n答案：A\n")
    assert [(one["code"], one["place"], one["severity"]) for one in document["problems"]] == [
        ("number-gap", "8", "warning")
    ]
    assert [(one["code"], one["place"]) for one in document["questions"][0]["problems"]] == [
        ("difficulty-unknown", "6")
    ]


def test_numbers_begin_again_or_run_on_below_each_heading():
    body = "A. 灯\nB. 云\n答案：A\n"
    for numbers in ((1, 2, 1, 2), (1, 2, 3, 4)):
        stems = [f"{number}. 问{place}\n{body}" for place, number in enumerate(numbers)]
        text = "## 单选题\n" + "".join(stems[:2]) + "## 多选题\n" + "".join(stems[2:])
        assert codes(read(text)) == []


def test_a_question_after_a_gap_is_not_swallowed_by_the_explanation_before():
    text = CHOICE + "答案：A\n解析：因为\n5. 后看（ ）\nA. 灯\nB. 门\n答案：B\n"
    document = read(text)
    assert [question["number"] for question in document["questions"]] == ["1", "5"]
    assert codes(document) == ["number-gap"]


def test_a_stem_may_begin_with_a_year_and_an_explanation_with_a_decimal():
    document = read(CHOICE + "答案：A\n解析：灯高\n2.5米。\n\n2.2024年先看（ ）\nA. 灯\nB. 门\n答案：A\n")
    assert document["questions"][0]["explanation"] == "灯高\n2.5米。"
    assert document["questions"][1]["stem"] == "2024年先看（ ）"


@pytest.mark.parametrize("stem", ["维生素（B）对身体的作用是", "他说（好）", "按（一）办"])
def test_a_bracket_in_the_middle_or_with_other_words_is_no_answer(stem):
    question = one(f"## 单选题\n1. {stem}\nA. 大\nB. 小\n答案：A\n")
    assert (question["stem"], question["answer"], question["problems"]) == (stem, "A", [])


def test_rulers_and_comments_between_questions_are_left_out():
    document = read(CHOICE + "答案：A\n\n---\n<!-- 下一题待改 -->\n2. 后看（ ）\nA. 灯\nB. 门\n答案：A\n")
    assert codes(document) == []
    assert [one["reason"] for one in document["ignored"]] == ["heading", "ruler", "comment"]


def test_questions_that_are_headings_below_headings_of_kinds_are_other_markdown():
    """Not one of them was read: “3. 灯要” was called no kind of question."""
    text = "## 单选题\n\n### 1. 灯要（ ）。\n\n- [x] A. 亮\n- [ ] B. 暗\n\n### 2. 门要（ ）。\n\n- [ ] 开\n- [x] 关\n"
    assert formats.find(text) == "text"
    questions = formats.FORMATS["text"].read(text)["questions"]
    assert [(one["stem"], one["options"], one["answer"]) for one in questions] == [
        ("灯要（ ）。", ["亮", "暗"], "A"), ("门要（ ）。", ["开", "关"], "B")
    ]  # fmt: skip
    assert formats.find("## 判断题\n\n1. 带灯。\n答案：正确\n\n## 2. 附\n") == "markdown"
