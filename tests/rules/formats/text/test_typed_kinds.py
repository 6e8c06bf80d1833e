"""Numbers, pairs and orders below headings of their kinds."""

import pytest

from quizapp.rules.formats import text

PAPER = """一、排序题
1. 把步骤排好。
A. 申请
B. 审核
C. 领证
答案：{order}
二、数值题
2. 几日内发证？
答案：{number}
三、连线题
3. 连一连。
租房合同→住所证明
户口簿→身份证明
"""


@pytest.mark.parametrize("order", ["CAB", "C→A→B", "C、A、B"])
def test_an_order_is_none_of_several_right_options(order):
    """CAB below 排序题 was a multiple choice with the key ABC, without a problem."""
    first, second, third = text.read(PAPER.format(order=order, number="15±0.5"))["questions"]
    assert (first["kind"], first["options"], first["answer"]) == ("ordering", [], ["领证", "申请", "审核"])
    assert (second["kind"], second["answer"]) == ("numerical", {"value": 15, "tolerance": 0.5})
    assert (third["kind"], third["stem"]) == ("matching", "连一连。")
    assert third["answer"] == [["租房合同", "住所证明"], ["户口簿", "身份证明"]]
    assert not [one for question in (first, second, third) for one in question["problems"]]


def test_what_is_no_order_and_no_number_is_told():
    first, second, _ = text.read(PAPER.format(order="AB", number="半个月"))["questions"]
    for question in (first, second):
        assert question["answer"] is None
        assert {one["code"] for one in question["problems"]} & {"answer-unreadable", "no-answer"}
