"""Lines that stand between two questions and belong to neither: rounds of a quiz, heads of a chat, words of a page."""

import pytest

from quizapp.rules.formats import text
from tests.rules.formats.account import codes, lines_lost

ONE = "1. 灯要（ ）。\nA. 亮\nB. 暗\n{0}\n{1}. 门要（ ）。\nA. 开\nB. 关\n"
KEYED = "答案：1.A 2.B\n"
ROUNDS = [
    *["20分题", "【20分题】", "抢答题（每题20分，答错扣20分）", "风险题（30分）：", "加试题", "备用题", "备选", "风险题", "三号台"],
    *["第二轮 抢答题", "第三类：生态环保", "【乡村振兴类】", "★党风廉政", "观众互动题", "第二关", "知识点2：治安", "知识点一 防火"],
]


def read(source: str) -> list[tuple]:
    document = text.read(source)
    assert not lines_lost(source, document) and not document["problems"]
    return [(one["stem"], one["options"], one["answer"]) for one in document["questions"]]


@pytest.mark.parametrize("line", ROUNDS)
@pytest.mark.parametrize("number", [1, 2])
def test_a_round_is_no_part_of_the_option_above_it(line, number):
    source = ONE.format(line, number) + ("答案：A\n" if number == 1 else KEYED)
    assert read(source)[0][:2] == ("灯要（ ）。", ["亮", "暗"])
    assert read(source)[1][:2] == ("门要（ ）。", ["开", "关"])


@pytest.mark.parametrize("line", ROUNDS)
def test_a_round_is_no_part_of_the_answer_or_the_statement_above_it(line):
    source = f"1. 灯叫____。\n答案：甲\n{line}\n2. 灯要亮。（√）\n{line}\n3. 灯在（3）月。\n{line}\n4. 门叫____。\n答案：乙\n"
    stems = [(stem, answer) for stem, _, answer in read(source)]
    assert stems == [("灯叫____。", [["甲"]]), ("灯要亮。（）", True), ("灯在（3）月。", None), ("门叫____。", [["乙"]])]


@pytest.mark.parametrize("line", ["生活垃圾类", "行政处罚类"])
def test_words_that_end_a_long_option_stay_with_it(line):
    long = "按照本镇上一年度印发的实施方案所附的目录应当一律归入"
    source = f"1. 灯要（ ）。\nA. 亮\nB. {long}\n{line}\n2. 门要（ ）。\nA. 开\nB. 关\n{KEYED}"
    assert read(source)[0][1][1] == f"{long}\n{line}"


def test_a_text_below_a_point_of_knowledge_is_no_part_of_the_question_above():
    assert read(ONE.format("知识点2：治安\n匪警电话是110。\n练习", 2) + KEYED)[0][1] == ["亮", "暗"]


def test_heads_of_a_chat_belong_to_no_question():
    one, two, three = (f"{name} 2026-03-01 10:0{n}:11" for n, name in enumerate(("张三", "李四(12345)", "王五")))
    source = f"{one}\n1. 灯要（ ）。\nA. 亮\nB. 暗\n{two}\n答案：A\n{three}\n2. 门要（ ）。\nA. 开\n{one}\nB. 关\n{two}\n答案：B\n"
    assert read(source) == [("灯要（ ）。", ["亮", "暗"], "A"), ("门要（ ）。", ["开", "关"], "B")]
    alone = "1. 事故发生于 2026-03-01 10:00\n下列说法对的是（ ）。\nA. 亮\nB. 暗\n答案：A\n"
    assert "10:00" in read(alone)[0][0]


@pytest.mark.parametrize("line", ["（接下页）", "(转下页)", "未完待续", "（答案在下页）", "（完）", "（接下页）\n（接上页）"])
def test_words_of_a_page_belong_to_no_question(line):
    assert read(ONE.format(line, 2) + KEYED)[0][1] == ["亮", "暗"]
    glued = ONE.format("（接下页）", "（接上页）2") + KEYED
    assert [answer for _, _, answer in read(glued)] == ["A", "B"]


def test_an_unknown_line_below_the_last_option_is_named():
    document = text.read(ONE.format("下面由乙方作答", 2) + KEYED)
    assert codes(document) == ["option-goes-on"]
    assert document["questions"][0]["problems"][0]["severity"] == "warning"


@pytest.mark.parametrize("lines", ["甲\n乙", "甲\n下面由乙方作答"])
def test_an_answer_of_more_lines_than_blanks_is_named(lines):
    assert codes(text.read(f"1. 灯叫____。\n答案：{lines}\n2. 门叫____。\n答案：丙\n")) == ["blank-lines"]


def test_a_round_may_stand_above_its_points_and_its_key_bears_its_name():
    source = f"一、必答题\n{ONE.format('第二轮 风险题' + chr(10) + '10分题', 2)}风险题答案：1.B 2.A\n"
    assert read(source) == [("灯要（ ）。", ["亮", "暗"], "B"), ("门要（ ）。", ["开", "关"], "A")]


def test_an_option_without_a_sign_is_no_round():
    source = "1. 灯是（A）\nA甲议题\nB乙议题\nC丙议题\nD自然风险议题\n2. 门是（B）\nA甲议题\nB乙议题\n"
    assert [len(options) for _, options, _ in read(source)] == [4, 2]


def test_a_question_that_another_line_corrects_is_named():
    source = ONE.format("答案：A", 2) + "答案：B\n更正：第2题答案应为A。\n"
    first, second = text.read(source)["questions"]
    assert not first["problems"] and [one["code"] for one in second["problems"]] == ["correction-unread"]


@pytest.mark.parametrize(("stem", "answer", "code"), [
    ("灯高____℃。", "100℃", "blank-unit"),
    ("灯高____万元，门高____%。", "50万元；10", "blank-unit"),
    ("灯高____。", "18（亿亩）", "blank-remark"),
    ("灯叫（ ）制度。", "甲", ""),
    ("灯高____亩，门高____。", "3；4亩", ""),
])  # fmt: skip
def test_an_answer_that_holds_more_than_the_blank_asks_is_named(stem, answer, code):
    assert codes(text.read(f"一、填空题\n1. {stem}\n答案：{answer}\n")) == [code] * bool(code)


@pytest.mark.parametrize("number", ["{}\ufe0f\u20e3 ", "{}号选手：", "1.1.{}. "])
def test_odd_numbers_begin_questions(number):
    rows = [f"{number.format(n)}灯{n}是（A）。\nA. 亮\nB. 暗\n" for n in (1, 2, 3)]
    assert [(stem, answer) for stem, _, answer in read("".join(rows))] == [(f"灯{n}是（）。", "A") for n in (1, 2, 3)]


def test_points_behind_a_stem_that_has_others_in_it_are_no_blank():
    (one,) = text.read("一、填空题\n1. 合格要得（100分）。（3分）\n")["questions"]
    assert (one["stem"], one["answer"], one["points"]) == ("合格要得（）。", [["100分"]], 3)


def test_a_statement_about_statements_is_no_heading():
    source = "一、单选题\n1. 灯要（A）。\nA. 亮\nB. 暗\n二、判断题\n2. 判断题：每题2分，满分100分。（√）\n3. 灯要亮。（×）\n"
    assert len(read(source)) == 3


def test_titles_above_numbers_of_three_parts_belong_to_no_question():
    part = "{0}.1. 消防\n{0}.1.1. 灯{0}要（A）。\nA. 亮 B. 暗\n{0}.1.2. 门{0}要（B）。\nA. 开 B. 关\n{0}.2. 治安\n{0}.2.1. 窗{0}要亮。（√）\n"
    found = read("1. 安全\n" + part.format(1) + "2. 环保\n" + part.format(2))
    assert [stem for stem, _, _ in found] == [f"{what}{n}要{end}" for n in (1, 2) for what, end in (("灯", "（）。"), ("门", "（）。"), ("窗", "亮。（）"))]
    assert [options for _, options, _ in found] == [["亮", "暗"], ["开", "关"], []] * 2
