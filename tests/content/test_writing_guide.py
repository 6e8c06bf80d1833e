"""The guide for trainers: its examples are complete files without a problem."""

import re
from pathlib import Path

from quizapp.rules.formats import handbook, markdown

GUIDE = Path(__file__).resolve().parents[2] / "question_banks" / "README.md"
EXAMPLES = re.findall(r"^```markdown\n(.*?)^```$", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def test_the_handbook_in_the_guide_is_read_without_a_problem():
    document = handbook.read(EXAMPLES[0])
    assert document["problems"] == []
    assert [article["number"] for article in document["articles"]] == ["第一条", "第一条之一", "第二条"]
    assert document["articles"][0]["basis"] == ["《某某办法》第三条、第五条"]


def test_the_bank_in_the_guide_is_read_without_a_problem():
    document = markdown.read(EXAMPLES[1])
    assert document["problems"] + [one for question in document["questions"] for one in question["problems"]] == []
    kinds = [question["kind"] for question in document["questions"]]
    assert kinds == ["single_choice", "multiple_choice", "true_false", "fill_blank"]
    assert document["questions"][3]["answer"] == [["电池"], ["当晚", "当天晚上"]]
