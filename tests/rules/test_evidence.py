"""What a stated value rests on: a share, a text, and no number that belongs to a person."""

import pytest

from quizapp.rules.evidence import LONGEST, check, is_personal


@pytest.mark.parametrize(
    "text",
    ["13912345678", "联系人 139-1234-5678", "139 1234 5678", "１３９１２３４５６７８", "34242519900101123X", "342425199001011234",
     "342425 19900101 123x", "电话13912345678。"],
)  # fmt: skip
def test_phone_and_identity_numbers_are_recognised_however_they_are_spaced(text):
    assert is_personal(text)


@pytest.mark.parametrize(
    "text",
    ["签到表第 12 页", "2026-07-31 培训 35 人", "文号 皖政〔2026〕12 号", "12345678901", "档案号 20260731000100020003",
     "39 12345678 人次", ""],
)  # fmt: skip
def test_other_numbers_are_left_alone(text):
    assert not is_personal(text)


@pytest.mark.parametrize(
    ("value", "evidence", "codes"),
    [
        (0, "有记录", set()),
        (1000, "有记录", set()),
        (-1, "有记录", {"value"}),
        (1001, "有记录", {"value"}),
        (True, "有记录", {"value"}),
        (0.5, " ", {"value", "no-evidence"}),
        (900, "长" * (LONGEST + 1), {"text-too-long"}),
        (900, "坏\x00", {"text-not-storable"}),
        (900, "13912345678", {"personal"}),
    ],
)
def test_every_problem_of_a_value_is_named(value, evidence, codes):
    assert {problem.code for problem in check(value, evidence)} == codes
