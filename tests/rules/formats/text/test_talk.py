"""Questions and answers as a talk: Q1：… above A：…."""

import pytest

from quizapp.rules.formats import text
from tests.rules.formats.account import lines_lost

OPTIONS = "A. 亮\nB. 暗\n"


def read(source: str) -> list[tuple]:
    document = text.read(source)
    assert not lines_lost(source, document) and not document["problems"]
    return [(one["stem"], one["options"], one["answer"]) for one in document["questions"]]


@pytest.mark.parametrize("source", [
    "业务问答\nQ1：多久一次？\nA：每年一次。\nQ2：能卖吗？\nA：不能。\n另见办法。\n",
    "业务问答\nQ：多久一次？\nA：每年一次。\nQ：能卖吗？\nA：不能。\n另见办法。\n",
    "Q1. 多久一次？\nA1：每年一次。\nQ2. 能卖吗？\nA2：不能。\n另见办法。\n",
    "Q1：多久一次？ A：每年一次。\nQ2：能卖吗？A：不能。\n另见办法。\n",
    "问：多久一次？\n答：每年一次。\n问：能卖吗？\n答：不能。\n另见办法。\n",
    "问：多久一次？\n答：每年一次。\n\nQ：能卖吗？\nA：不能。\n另见办法。\n",
])  # fmt: skip
def test_what_a_says_is_the_answer_and_no_option(source):
    assert read(source) == [("多久一次？", [], "每年一次。"), ("能卖吗？", [], "不能。\n另见办法。")]


def test_options_between_q_and_a_are_options():
    source = f"Q1：灯要？\n{OPTIONS}A：B\nQ2：门要？\nA：亮\nB：暗\n答案：A\nQ3：窗要？\nA：亮 B：暗\nA：A\n"
    assert read(source) == [("灯要？", ["亮", "暗"], "B"), ("门要？", ["亮", "暗"], "A"), ("窗要？", ["亮", "暗"], "A")]
