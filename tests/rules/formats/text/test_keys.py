"""Answer keys apart from their questions: before them, of all kinds in one row, without numbers, of chapters."""

import pytest

from quizapp.rules.formats import text

ONE = "1.灯要（ ）。\nA.多\nB.少\n2.伞要（ ）。\nA.开\nB.合\n"
MANY = "1.灯有（ ）。\nA.红\nB.绿\nC.黄\n2.车有（ ）。\nA.大\nB.小\nC.中\n"
TRUTHS = "1.天是蓝的。（ ）\n2.地是圆的。（ ）\n"
PAPER = f"一、单选题\n{ONE}二、多选题\n{MANY}三、判断题\n{TRUTHS}"
RIGHT = ["A", "B", "AB", "BC", True, False]
TEN = "".join(f"{number}.灯{number}要（ ）。\nA.多\nB.少\nC.大\nD.小\n" for number in range(1, 11))


def answers(source: str) -> list:
    return [one["answer"] for one in text.read(source)["questions"]]


@pytest.mark.parametrize("key", [
    "参考答案\n一、单选题\n1.A 2.B\n二、多选题\n1.AB 2.BC\n三、判断题\n1.√ 2.×\n",
    "安全生产题库\n\n答案\n单选题：1A 2B；多选题：1AB 2BC；判断题：1对 2错\n",
])  # fmt: skip
def test_a_key_may_stand_before_the_questions(key):
    assert answers(key + PAPER) == RIGHT


def test_a_labelled_row_before_the_questions_is_their_key_and_the_answer_of_the_first_is_not():
    assert answers("答案：1-2 AB\n" + ONE) == ["A", "B"]
    assert answers("1.灯要（ ）。\nA.多\nB.少\n参考答案：\nA\n2.伞要（ ）。\nA.开\nB.合\n参考答案：\nB\n") == ["A", "B"]


@pytest.mark.parametrize("key", [
    "参考答案：一、单选题：1.A 2.B 二、多选题：1.AB 2.BC 三、判断题：1.√ 2.×\n",
    "答案\n单选题：1A 2B；多选题：1AB 2BC；判断题：1对 2错\n",
])  # fmt: skip
def test_one_row_may_hold_the_keys_of_all_kinds(key):
    assert answers(PAPER + key) == RIGHT


@pytest.mark.parametrize("key", [
    "参考答案\n一、单选题\nAB\n二、多选题\nAB BC\n三、判断题\n√×\n",
    "参考答案\n一、单选题：AB\n二、多选题：AB、BC\n三、判断题：√ ×\n",
])  # fmt: skip
def test_answers_without_numbers_go_by_the_order_where_they_are_as_many_as_the_questions(key):
    assert answers(PAPER + key) == RIGHT


@pytest.mark.parametrize("key", ["答案：ABCDABCDAB\n", "答案：\nABCDA\nBCDAB\n"])
def test_answers_without_numbers_or_headings(key):
    assert answers(TEN + key) == list("ABCDABCDAB")


def test_answers_that_are_fewer_than_the_questions_go_to_none():
    assert answers(TEN + "参考答案\nABCDA\n")[:9] == [None] * 9


@pytest.mark.parametrize("sign", [".", "-", "．"])
def test_numbers_of_chapters_count_on_within_each(sign):
    blocks = [(1, 1, "A"), (1, 2, "B"), (2, 1, "B"), (2, 2, "A"), (2, 3, "A")]
    source = "".join(f"{a}{sign}{b} {a}号灯{b}要（ ）。\nA.多\nB.少\n答案：{right}\n" for a, b, right in blocks)
    found = text.read(source)["questions"]
    assert [one["stem"] for one in found] == [f"{a}号灯{b}要（ ）。" for a, b, _ in blocks]
    assert [one["answer"] for one in found] == [right for _, _, right in blocks]


def test_a_key_may_number_by_chapters_too():
    source = "第一章 灯\n1.1 灯要（ ）。\nA.多\nB.少\n1.2 伞要（ ）。\nA.开\nB.合\n第二章 伞\n2.1 车要（ ）？\nA.停\nB.走\n参考答案\n1.1 A 1.2 B 2.1 B\n"
    assert answers(source) == ["A", "B", "B"]


def test_stems_that_begin_with_figures_are_numbered_as_ever():
    source = "".join(f"{number}.{number}号灯要（ ）。\nA.多\nB.少\n答案：A\n" for number in range(1, 9))
    assert [one["stem"] for one in text.read(source)["questions"]] == [f"{number}号灯要（ ）。" for number in range(1, 9)]


def test_circled_figures_may_number_questions_and_their_key():
    source = "①灯要（ ）。\nA.多\nB.少\n②伞要（ ）。\nA.开\nB.合\n③车要（ ）。\nA.停\nB.走\n答案：①A ②B ③A\n"
    assert answers(source) == ["A", "B", "A"]


def test_each_paper_of_a_file_may_come_behind_its_key():
    second = ONE.replace("灯", "门").replace("伞", "窗")
    assert answers(f"试卷一\n参考答案\n1.A 2.B\n{ONE}试卷二\n参考答案\n1.B 2.A\n{second}") == ["A", "B", "B", "A"]
    assert answers(f"参考答案\n1.A 2.B\n{ONE}参考答案\n1.B 2.A\n{second}") == ["A", "B", "B", "A"]
