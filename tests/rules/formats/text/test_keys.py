"""Answer keys apart from their questions: before them, of all kinds in one row, without numbers, of chapters."""

import pytest

from quizapp.rules.formats import text
from quizapp.rules.formats.text import keys

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


CASES = (
    "一、单选题\n1. 伞要（ ）。\nA. 开\nB. 合\n二、案例分析题\n案例一：某村有灯。\n" + MANY + "案例二：某镇有窗。\n"
    + MANY.replace("灯", "窗").replace("车", "门")
)  # fmt: skip


@pytest.mark.parametrize("key", [
    "一、单选题\n1. B\n二、案例分析题\n案例一\n1. B 2. C\n案例二\n1. A 2. B\n",
    "一、单选题\n1. B\n二、案例分析题\n案例一：1. B 2. C\n案例二：1. A 2. B\n",
    "一、单选题：1. B\n案例题1：1.B 2.C 案例题2：1.A 2.B\n",
    "一、单选题\n1. B\n案例一：1. B 2. C；案例二：1. A 2. B\n",
    "一、单选题\n1. B\n二、案例分析题\n（一）\n1. B\n2. C\n（二）\n1. A\n2. B\n",
    "一、单选题\n1.【答案】B\n二、案例分析题\n案例一\n1、【答案】B\n【解析】因为。\n2、【答案】C\n案例二\n1、【答案】A\n2、【答案】B\n",
    "一、单选题\n1.【答案】B\n二、案例分析题\n案例一答案：1-2 BC\n案例二答案：1-2 AB\n",
])  # fmt: skip
def test_a_key_may_answer_case_by_case(key):
    document = text.read(f"{CASES}参考答案\n{key}")
    assert [one["answer"] for one in document["questions"]] == ["B", "B", "C", "A", "B"] and not document["problems"]


def test_a_key_below_the_heading_of_cases_answers_questions_that_say_another_kind():
    source = "一、案例分析题\n案例一：某村有灯。\n1、【单选】灯要（ ）。\nA. 亮\nB. 暗\n2、【判断】门要开。\n"
    key = "参考答案\n一、案例分析题\n1、【答案】B\n2、【答案】错误\n"
    assert answers(source + key) == ["B", False]


@pytest.mark.parametrize(("key", "first", "second"), [
    ("1. 答：①甲一；②甲二。\n2. 答：（1）乙一；\n（2）乙二。\n3. 答：丙。\n", "①甲一；②甲二。", "（1）乙一；\n（2）乙二。"),
    ("1、【答案】1.甲一；\n2.甲二；\n3.甲三\n2、【答案】一是乙；\n二是乙二。\n3、【答案】丙。\n", "1.甲一；\n2.甲二；\n3.甲三", "一是乙；\n二是乙二。"),
    ("1、答：1.甲一；\n2.甲二；\n2、答：乙。\n3、答：丙。\n", "1.甲一；\n2.甲二；", "乙。"),
    ("1、1.甲一；\n2.甲二；\n2、乙。\n3、丙。\n", "1.甲一；\n2.甲二；", "乙。"),
    ("1.\n（1）甲一；\n（2）甲二；\n2.\n（1）乙一；\n（2）乙二。\n3. 丙。\n", "（1）甲一；\n（2）甲二；", "（1）乙一；\n（2）乙二。"),
    ("1. 甲：\n①甲一；\n②甲二。\n2. 乙\n3. 丙。\n", "甲：\n①甲一；\n②甲二。", "乙"),
])  # fmt: skip
def test_points_of_an_answer_in_a_key_stay_together(key, first, second):
    document = text.read(f"一、简答题\n1. 简述甲。\n2. 简述乙。\n3. 简述丙。\n参考答案\n{key}")
    assert [one["answer"] for one in document["questions"]] == [first, second, "丙。"] and not document["problems"]
    whole = text.read("一、简答题\n1. 简述甲。\n答案：\n①甲一；\n②甲二。\n2. 简述乙。\n答案：乙。\n")["questions"]
    assert [one["answer"] for one in whole] == ["①甲一；\n②甲二。", "乙。"]


def test_a_hint_may_hold_the_key_and_letters_of_other_kinds_stand_in_one():
    assert answers(f"{TRUTHS}答案提示：第1题对；第2题错。\n") == [True, False]
    han = "一、单选题\n1、灯要（ ）。\n甲、亮  乙、暗\n2、门要（ ）。\n甲、开  乙、关\n二、判断题\n3、伞要开。\n参考答案\n"
    assert answers(f"{han}题号  1  2  3\n答案  乙  甲  √\n") == ["B", "A", True]
    assert answers(f"{han}1.乙 2.甲 3.√\n") == ["B", "A", True]


@pytest.mark.parametrize("key", [
    "答案\n1～5题：ABCDA；6～8题：BCD；9、10题：AB\n", "━━━━━━━━\n答　　案\n1-5：ABCDA\n6-10：BCDAB\n", "答案：1至5题：A，B，C，D，A\n6至10题：B，C，D，A，B\n",
    "参考答案\n第1-5题：ABCDA\n第6-10题：BCDAB\n", "参考答案\n题号\t答案\t分值\n" + "\n".join(f"{number}\t{letter}\t2" for number, letter in enumerate("ABCDABCDAB", 1)),
])  # fmt: skip
def test_a_key_says_from_which_question_to_which(key):
    assert answers(TEN + key) == list("ABCDABCDAB")


def test_the_key_of_an_issue_may_stand_in_brackets_below_it():
    source = f"每周一测 第1期\n\n{ONE}（第1期答案：1.A 2.B）\n\n每周一测 第2期\n\n{ONE}（第2期答案：1.B 2.A）\n"
    assert answers(source) == ["A", "B", "B", "A"]
    assert not any("期" in option for one in text.read(source)["questions"] for option in one["options"])


def test_figures_may_be_the_words_of_options_below_their_letters():
    assert answers("1. 灯每（ ）年换。\nA\n3\nB\n4\nC\n8\n答案：B") == ["B"]


def test_a_gap_in_a_key_leaves_only_its_own_question_without_an_answer():
    assert answers(TEN + "参考答案\n1.A 2.B 3. 4.D 5.A 6.B 7.C 8.D 9.A 10.B\n") == ["A", "B", None, *"DABCDAB"]


@pytest.mark.parametrize("row", ["1-5 ABDC", "1-3：ABCDA", "1-5 BCA 6-10 BCDAB"])
def test_letters_too_few_or_too_many_for_their_questions_answer_none_of_them(row):
    found = text.read(TEN + f"参考答案\n{row}\n")["questions"]
    assert [one["answer"] for one in found] == [None] * 10 and all(one["problems"] for one in found)


@pytest.mark.parametrize(("row", "pairs"), [("1-12 ABD", [(12, "ABD")]), ("2-3 AC", [(2, "A"), (3, "C")]), ("1-5 BCA", [])])
def test_letters_in_their_order_may_answer_one_question_of_a_chapter(row, pairs):
    assert keys.read_row(row) == pairs
