"""GIFT and Aiken: every construct, and the fixtures of others with their expected parse."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules import formats
from quizapp.rules.formats import aiken, gift, markup
from tests.rules.formats.account import codes, lines_lost
from tests.samples import files


def read(text: str, module=gift) -> dict:
    document = module.read(text)
    assert lines_lost(text, document) == []
    return document


def one(text: str, module=gift) -> dict:
    (found,) = read(text, module)["questions"]
    return found


@pytest.mark.parametrize(
    "text, kind, stem, options, answer",
    [
        ("灯要多（ ）。{=亮 ~暗 ~红}", "single_choice", "灯要多（ ）。", ["亮", "暗", "红"], "A"),
        ("出门带{~%50%灯 ~%50%伞 ~%-100%石头}。", "multiple_choice", "出门带 _____ 。", ["灯", "伞", "石头"], "AB"),
        ("::名::夜里要带灯。{T}", "true_false", "夜里要带灯。", [], True),
        ("雨天不带伞。{FALSE#要带。}", "true_false", "雨天不带伞。", [], False),
        ("带什么？{=灯 =手电筒}", "fill_blank", "带什么？", [], [["灯", "手电筒"]]),
        ("带什么？{灯}", "fill_blank", "带什么？", [], [["灯"]]),
        ("配对。{=甲 -> 灯 =乙 -> 伞}", "matching", "配对。", [], [["甲", "灯"], ["乙", "伞"]]),
        ("配对。{=甲 -> 灯 =乙 -> 伞 = -> 石}", "matching", "配对。", [], [["甲", "灯"], ["乙", "伞"], ["", "石"]]),
        ("几盏？{#-0.125:1e-3}", "numerical", "几盏？", [], {"value": -0.125, "tolerance": 0.001}),
        ("几盏？{#6.02E23:1E21}", "numerical", "几盏？", [], {"value": 602 * 10**21, "tolerance": 10**21}),
        ("几盏？{#3:0.5}", "numerical", "几盏？", [], {"value": 3, "tolerance": 0.5}),
        ("几盏？{#3.5:.5 }", "numerical", "几盏？", [], {"value": 3.5, "tolerance": 0.5}),
        ("几盏？{#=.5:0.1}", "numerical", "几盏？", [], {"value": 0.5, "tolerance": 0.1}),
        ("几盏？{#1..4}", "numerical", "几盏？", [], {"value": 2.5, "tolerance": 1.5}),
        ("写一段。{}", "short_answer", "写一段。", [], None),
        (r"2 \= 1 \+ 1，\{对\}？{=是\~的 ~不\:是}", "single_choice", r"2 = 1 \+ 1，{对}？", ["是~的", "不:是"], "A"),
        ("[markdown]看\\n路{=好 ~坏}", "single_choice", "看\n路", ["好", "坏"], "A"),
    ],
)
def test_each_construct(text, kind, stem, options, answer):
    found = one(text)
    assert (found["kind"], found["stem"], found["options"], found["answer"]) == (kind, stem, options, answer)


def test_feedback_is_explanation_and_categories_are_chapters():
    text = "$CATEGORY: 题库/第一章\n\n// [id:us-1]\n灯（ ）。{\n~暗#看不见\n=亮#对了\n####总评}\n"
    found = one(text)
    assert (found["explanation"], found["chapter"], found["code"]) == ("总评\nA: 看不见\nB: 对了", "第一章", "us-1")
    assert found["source"] == {"from": 4, "to": 7}


def test_questions_under_the_mark_of_a_material_are_its_case():
    marked = "// [tag:案例：1]\n灯灭了。\n\n// [tag:案例：1]\n先看？{=灯 ~门}\n\n// [tag:案例：1]\n几盏？{#3}\n\n门要关。{T}\n"
    case, other = read(marked)["questions"]
    assert (case["kind"], case["stem"], case["source"]) == ("case", "灯灭了。", {"from": 2, "to": 8})
    assert [(part["kind"], part["stem"]) for part in case["parts"]] == [("single_choice", "先看？"), ("numerical", "几盏？")]
    assert (other["kind"], other["stem"]) == ("true_false", "门要关。")
    assert [each["kind"] for each in read(marked.split("\n\n", 1)[1])["questions"]] == [
        "single_choice", "numerical", "true_false"]  # fmt: skip


def test_a_number_beyond_all_measure_is_named_and_harms_nothing():
    for text in ("灯{#1e999..2e999}", "灯{#1e999:-1e999}", f"灯{{#{'9' * 5000}}}"):
        assert "key-number" in codes(read(text))


def test_what_has_no_equal_is_named():
    assert codes(read("请拿出笔。\n\n灯亮。{T}")) == ["no-question"]
    assert codes(read("灯（ ）。{=亮 ~%50%较亮 ~暗}")) == ["partial-credit"]
    assert "brace-open" in codes(read("灯{=亮 ~暗"))


AIKEN = "灯要多（ ）。\nA) 亮\nB. 暗\nANSWER: A\n\n门要（ ）。\nA. 开\nB. 关\nANSWER: B\n"


def test_aiken_is_read_and_both_are_known_by_their_signs():
    document = read(AIKEN, aiken)
    assert [(each["stem"], each["options"], each["answer"]) for each in document["questions"]] == [
        ("灯要多（ ）。", ["亮", "暗"], "A"), ("门要（ ）。", ["开", "关"], "B")]  # fmt: skip
    assert formats.find(AIKEN) == "aiken" and formats.find("灯{=亮 ~暗}") == "gift"
    assert formats.find("1. 灯（ ）\nA. 亮\nB. 暗\n答案：A\n") == "text"
    assert codes(read("灯（ ）\nA. 亮\nB. 暗\nANSWER: 没有\n门（ ）\nA. 开", aiken))[:2] == [
        "answer-unreadable",
        "no-answer",
    ]


def test_aiken_is_read_with_odd_spacing_and_a_missing_answer_spoils_no_other_question():
    text = "灯要多（ ）。\n A )亮\nB.  暗\nc) 红\n\nAnswer : b\n\n没有答案的\nA. 开\nB. 关\n\n门要（ ）。\nA. 开\nB. 关\nANSWER: B\n"
    document = read(text, aiken)
    assert [(one["stem"], one["options"], one["answer"]) for one in document["questions"]] == [
        ("灯要多（ ）。", ["亮", "暗", "红"], "B"), ("没有答案的", ["开", "关"], None), ("门要（ ）。", ["开", "关"], "B")]  # fmt: skip
    assert codes(document)[0] == "no-answer"


pieces = st.sampled_from(
    [
        "{",
        "}",
        "=",
        "~",
        "#",
        "####",
        "->",
        "%50%",
        "::",
        "\\",
        "T",
        "//",
        "\n",
        "\n\n",
        "$CATEGORY: x",
        "灯",
        "1..2",
        "ANSWER: A",
        "A. ",
        "[html]",
    ]
)


@given(st.lists(pieces | st.text(max_size=3), max_size=25), st.sampled_from([gift, aiken]))
def test_no_line_is_lost_and_no_key_is_missing_silently(given_pieces, module):
    document = read("".join(given_pieces), module)
    assert all(each["answer"] is not None or each["problems"] for each in document["questions"])
    json.dumps(document)


KINDS = {
    "MC": ("single_choice", "multiple_choice"), "TF": ("true_false",), "Short": ("fill_blank",), "Numerical": ("numerical",),
    "Essay": ("short_answer",), "Matching": ("matching",),
}  # fmt: skip


def even(text: str) -> str:
    return re.sub(r"\s", "", text)


def words_of(text: dict) -> str:
    """Return the words of a text as a page shows them, without spaces."""
    return even(markup.shown(text["text"]) if text["format"] == "html" else text["text"])


@pytest.mark.parametrize("path", files("interchange/gift_peg/*.gift"))
def test_fixtures_agree_with_their_expected_parse(path):
    document = read(path.read_text("utf-8"))
    true = [each for each in json.loads(path.with_suffix(".json").read_text("utf-8")) if each["type"] in KINDS]
    assert len(document["questions"]) == len(true)
    for found, wanted in zip(document["questions"], true, strict=True):
        assert found["kind"] in KINDS[wanted["type"]]
        assert even(found["stem"]) == words_of(wanted["stem"])
        assert key_of(found) == key_wanted(wanted)


def key_of(found: dict):
    if found["kind"] in ("single_choice", "multiple_choice"):
        return [even(option) for option in found["options"]], found["answer"]
    if found["kind"] == "fill_blank":
        return [even(text) for text in found["answer"][0]]
    return found["answer"]


def key_wanted(wanted: dict):
    choices = wanted.get("choices")
    if wanted["type"] == "MC":
        right = [n for n, each in enumerate(choices) if each["isCorrect"] or each["weight"] == 100]
        right = right or [n for n, each in enumerate(choices) if (each["weight"] or 0) > 0]
        return [words_of(each["text"]) for each in choices], "".join("ABCDEFGH"[n] for n in right)
    if wanted["type"] == "Short":
        return [words_of(each["text"]) for each in choices if each["weight"] in (None, 100)]
    if wanted["type"] == "Matching":
        return [[pair["subquestion"]["text"], pair["subanswer"]] for pair in wanted["matchPairs"]]
    if wanted["type"] == "Numerical":
        one = (
            choices
            if isinstance(choices, dict)
            else next(each["text"] for each in choices if each["weight"] in (None, 100))
        )
        low, high = one.get("numberLow"), one.get("numberHigh")
        if low is not None:
            return {"value": round((low + high) / 2, 9), "tolerance": round((high - low) / 2, 9)}
        return {"value": one["number"], "tolerance": one.get("range", 0)}
    return wanted.get("isTrue")


def test_what_is_said_to_be_html_is_shown_as_a_page_shows_it():
    (one,) = read("::一::[html]<p>带上<b>灯</b>（ ）。</p>{=灯 ~伞}")["questions"]
    assert (one["stem"], one["answer"]) == ("带上灯（ ）。", "A")
    (one,) = read("::二::[html]<p>带上（ ）。</p>{\n=<p>灯</p>#<p>对</p>\n~<p>伞</p>\n####<p>见第三条。</p>\n}")["questions"]
    assert (one["options"], one["explanation"]) == (["灯", "伞"], "见第三条。\nA: 对")
    (one,) = read("::三::[html]<p>带上____。</p>{=<p>灯</p> =<p>电筒</p>}")["questions"]
    assert one["answer"] == [["灯", "电筒"]]


def test_a_second_brace_is_named():
    (one,) = read("夜里带{=灯}和{=伞}出门。")["questions"]
    assert codes(one) == ["brace-again"]


def test_the_feedback_of_aiken_explains_the_question_above_it():
    text = "灯要多（ ）。\nA. 亮\nB. 暗\nANSWER: A\nFEEDBACK: 要看路。\n\n伞要多（ ）。\nA. 大\nB. 小\nANSWER: B\n"
    questions = read(text, aiken)["questions"]
    assert [(one["stem"], one["explanation"]) for one in questions] == [("灯要多（ ）。", "要看路。"), ("伞要多（ ）。", "")]


def test_a_number_before_its_feedback_needs_no_sign():
    (one,) = read("几？{#3:2~#不对}")["questions"]
    assert (one["kind"], one["answer"], one["problems"]) == ("numerical", {"value": 3, "tolerance": 2}, [])


@pytest.mark.parametrize("number", ["3,5", "5:abc", "1 2", "约3"])
def test_what_is_no_number_is_named_and_not_half_read(number):
    (one,) = gift.read(f"几盏？{{#{number}}}\n")["questions"]
    problem = next(one for one in one["problems"] if one["code"] == "answer-unreadable")
    assert one["answer"] is None and problem["params"] == {"answer": number}


def test_a_picture_in_html_is_named():
    (one,) = gift.read('[html]看图 <img src\\="@@PLUGINFILE@@/a.png" alt\\="图"> {=甲 ~乙}\n')["questions"]
    assert one["stem"] == "看图" and [problem["code"] for problem in one["problems"]] == ["picture-left-out"]
