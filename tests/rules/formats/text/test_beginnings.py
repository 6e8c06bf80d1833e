"""How rows may begin and what may stand apart: written as most trainers write them, and a question found whole."""

import pytest

from quizapp.rules.formats import find, text

ASKED = [("谁签发证件", ["公安", "村委", "街道"], "A"), ("要交哪些", ["照片", "押金", "证明"], "AC"), ("2025年几日内登记", ["三", "五", "七"], "C")]


def told(source: str) -> list[tuple]:
    return [(one["stem"].strip("（）【】()[]〔〕_? "), one["options"], one["answer"]) for one in text.read(source)["questions"]]


def paper(form: str) -> str:
    """Return ASKED laid out: {n} the number, {s} the stem, {A} {B} {C} its options, {L} the letters, {k} the kind."""
    return "\n".join(
        form.format(n=number, s=stem, A=a, B=b, C=c, L=right, l=right.lower(), k="多选题" if len(right) > 1 else "单选题")
        for number, (stem, (a, b, c), right) in enumerate(ASKED, 1)
    )


OPTIONS = "\nA. {A}\nB. {B}\nC. {C}\n答案：{L}"


@pytest.mark.parametrize("form", [
    "No.{n} {s}（ ）" + OPTIONS, "#{n} {s}（ ）" + OPTIONS, "{n}.、{s}（ ）\nA.、{A}\nB.、{B}\nC.、{C}\n答案：{L}", "### {n}. {s}（ ）" + OPTIONS,
    "{n}. {s}\n□A. {A}\n□B. {B}\n□C. {C}\n答案：{L}", "{n}. {s}\n选项A：{A}\n选项B：{B}\n选项C：{C}\n答案：{L}",
    "{n}. {s}\nⒶ{A}  Ⓑ{B}  Ⓒ{C}\n答案：{L}", "{n}. {s}（{L}）\nA .{A}\t\tB .{B}\nC .{C}", "{n}. {s}\nA.{A}|\nB.{B}|\nC.{C}|\n答案：{L}",
    "{n}. {s}\nA.\n{A}\nB.\n{B}\nC.\n{C}\n答案：{L}", "{n}. {s}（ ）选项：A.{A}；B.{B}；C.{C}。答案：{L}。",
    "{n}|{s}( )|A.{A}|B.{B}|C.{C}|{L}", "{n}｜{s}（ ）｜{A}｜{B}｜{C}｜{L}", "{n}\ufe0f\u20e3 {s}（ ）" + OPTIONS,
    "单选题\n{n}/3\n{s}（ ）\n\nA\n{A}\nB\n{B}\nC\n{C}\n\n正确答案是{L}，你的答案是A，作答正确\n本题共37人作答，全站正确率为61.1%，易错项为B\n",
    "**{n}. {s}**\n\nA. {A}\nB. {B}\nC，{C}\n\n*答案：{L}*\n",
])  # fmt: skip
def test_rows_may_begin_in_many_ways(form):
    assert told(paper(form)) == ASKED


@pytest.mark.parametrize("form", [
    "{n}.{k} (2分)\n{s}（ ）" + OPTIONS, "{n}【{k}】(2分)\n{s}（ ）" + OPTIONS, "第{n}题 / 共3题\n{k}\n{s}（ ）" + OPTIONS,
    "题目{n}\n未回答\n满分5.00\n标记题目\n试题正文\n{s}（ ）\n选择一项：\nA. {A}\nB. {B}\nC. {C}\n反馈\n你的回答不正确\n正确答案：{L}",
    "【题号】{n}\n【题型】{k}\n【题干】{s}（ ）\n【选项】" + OPTIONS, "题目：{s}（ ）" + OPTIONS,
])  # fmt: skip
def test_number_kind_and_words_may_stand_on_rows_of_their_own(form):
    document = text.read(paper(form))
    assert told(paper(form)) == ASKED and document["problems"] == []


@pytest.mark.parametrize("form", [
    "{n}. （{L}）{s}（ ）\nA. {A}\nB. {B}\nC. {C}", "{L} {n}. {s}（ ）\nA. {A}\nB. {B}\nC. {C}", "{n}. {s}[{L}]。\nA. {A}\nB. {B}\nC. {C}",
    "{n}. {s}〔{L}〕为宜\nA. {A}\nB. {B}\nC. {C}", "{n}. {s}（{l}）\nA. {A}\nB. {B}\nC. {C}", "{n}. {s}——{L}\nA. {A}\nB. {B}\nC. {C}",
    "{n}. {s}\nA. {A}\nB. {B}\nC. {C}\n{L}【解析】看书。", "{n}. {s}（ ）\nA. {A}\nB. {B}\nC. {C}\n【答案】{L}你选错了",
])  # fmt: skip
def test_letters_stand_before_behind_and_within_the_words(form):
    assert [(options, answer) for _, options, answer in told(paper(form))] == [one[1:] for one in ASKED]


def test_an_answer_with_the_words_of_its_options_is_all_of_its_letters():
    lines = "1. 带（ ）\nA. 灯\nB. 石\nC. 伞\n正确答案: A:灯;C:伞;\n2. 看（ ）\nA. 灯\nB. 门\n答案：B、门\n3. 选（ ）\nA. 灯\nB. 门\n答案：A、B、C错了"
    answers = [(one["answer"], one["explanation"]) for one in text.read(lines)["questions"]]
    assert answers[:2] == [("AC", ""), ("B", "")] and answers[2][0] is None


def test_the_words_of_an_option_in_the_bracket_are_the_answer():
    (one,) = text.read("1. 居住证由（公安机关）签发。\nA. 村委会\nB. 公安机关\nC. 学校")["questions"]
    assert (one["stem"], one["answer"]) == ("居住证由（）签发。", "B")


def test_a_question_that_ends_in_brackets_is_no_heading():
    (one,) = text.read("1.【单选题】（ ）是村民自治的（ ）。\nA. 灯\nB. 门\n答案：A")["questions"]
    assert (one["kind"], one["answer"]) == ("single_choice", "A")


def test_a_paper_with_numbers_and_answer_in_capitals_is_no_aiken():
    source = paper("{n}. {s}（ ）\nA) {A}\nB) {B}\nC) {C}\nANSWER: {L}")
    assert find(source) == "text" and told(source) == ASKED


def test_decimals_by_chance_make_no_lines_run_on():
    rows = [f"电压为{n}.5伏的灯{n}（ ）。\nA、亮\nB、暗\n答案：A" for n in range(1, 5)]
    assert len(text.read("\n".join(rows))["questions"]) == 4


def test_an_answer_card_may_be_a_table_of_markdown():
    card = "参考答案\n|题号|1|2|3|\n|---|---|---|---|\n|答案|A|AC|C|"
    assert told(paper("{n}. {s}\nA. {A}\nB. {B}\nC. {C}") + "\n" + card) == ASKED


def test_a_sign_may_be_all_of_an_option():
    (one,) = text.read("1. 代替所有字段名的是（ ）\nA *  B %  C _  D .\n答案：A")["questions"]
    assert (one["options"], one["answer"]) == (["*", "%", "_", "."], "A")


def test_a_page_of_moodle_is_read_as_its_text():
    rows = [f"试题 {n}\n正确\n获得1.00分中的1.00分\n题干\n夜里要带灯{n}。\n选择一项：\na. 对\nb. 错\n正确的答案是“对”。" for n in (1, 2, 3)]
    questions = text.read("\n".join(rows))["questions"]
    assert [(one["kind"], one["stem"], one["answer"]) for one in questions] == [("true_false", f"夜里要带灯{n}。", True) for n in (1, 2, 3)]


@pytest.mark.parametrize("is_first", [True, False])
def test_one_part_of_a_file_may_bear_no_numbers(is_first):
    choices = [("夜里出门灯要（ ）", "A.多\nB.少\n答案：A"), ("下雨天伞要（ ）", "A.开\nB.合\n答案：B"), ("红灯时车要（ ）", "A.停\nB.走\n答案：A")]
    truths = [("天是蓝的。（ ）", "答案：对"), ("地是平的。（ ）", "答案：错"), ("水是湿的。（ ）", "答案：对")]
    parts = [[f"{'' if (part == 0) is is_first else f'{n}.'}{stem}\n{rest}" for n, (stem, rest) in enumerate(each, 1)] for part, each in enumerate((choices, truths))]
    found = text.read("\n".join(["一、单选题", *parts[0], "二、判断题", *parts[1]]))["questions"]
    assert [(one["stem"], one["answer"]) for one in found] == [
        *zip([stem for stem, _ in choices], "ABA", strict=True), *zip([stem for stem, _ in truths], (True, False, True), strict=True)]  # fmt: skip


def test_yes_and_no_with_boxes_below_a_statement_are_no_words_of_it():
    found = text.read("1.天是蓝的\n○是 ○否\n答案：是\n2.地是平的\n□对 □错\n答案：错\n")["questions"]
    assert [(one["stem"], one["answer"]) for one in found] == [("天是蓝的", True), ("地是平的", False)]


def test_digits_of_a_script_that_is_not_read_are_words():
    """Found by fuzzing: as numbers of chapters they had no value to count on from."""
    found = text.read("".join(f"{n}. ߁（ ）甲{n}\nA. 亮\nB. 暗\n答案：A\n" for n in (1, 2, 3)))["questions"]
    assert [(one["number"], one["stem"]) for one in found] == [(str(n), f"߁（ ）甲{n}") for n in (1, 2, 3)]


PAIR = ["四级", "三级", "二级", "一级"]


@pytest.mark.parametrize("rows", [
    "A. 四级        C. 二级\nB. 三级        D. 一级", "A、四级\tC、二级\nB、三级\tD、一级", "A.四级  D.一级\nB.三级\nC.二级",
])  # fmt: skip
def test_options_in_columns_are_read_downwards(rows):
    source = f"1. 火警分（D）。\n{rows}\n2. 灯要多（A）。\nA. 亮    B. 暗\nC. 红    D. 绿"
    assert told(source) == [("火警分（）。", PAIR, "D"), ("灯要多（）。", ["亮", "暗", "红", "绿"], "A")]


def test_numbers_on_keys_and_signs_as_pictures_are_numbers_and_signs():
    source = "🔥有奖竞答🔥\n9️⃣ 灯要（ ）。\n⬜A. 暗\n✅B. 亮\n🔟 伞要（ ）。\n✅A. 开\n⬜B. 合\n1️⃣1️⃣ 天是绿的。（✖️）\n1️⃣2️⃣ 天是蓝的。（✔️）\n"
    assert told(source) == [("灯要（ ）。", ["暗", "亮"], "B"), ("伞要（ ）。", ["开", "合"], "A"), ("天是绿的。", [], False), ("天是蓝的。", [], True)]


@pytest.mark.parametrize("row", ["D，一级", "D 一级", "D　一级"])
def test_the_last_letter_may_bear_an_odd_sign_or_none(row):
    assert told(f"1. 火警分（D）。\nA. 四级\nB. 三级\nC. 二级\n{row}") == [("火警分（）。", PAIR, "D")]


@pytest.mark.parametrize("lead", ["2，", "、", "2,"])
def test_a_mistyped_number_is_no_part_of_its_question(lead):
    source = f"1、灯要（A）。\nA、亮\nB、暗\n{lead}伞要（B）。\nA、开\nB、合\n3、门要（A）。\nA、关\nB、开\n"
    assert [one[0] for one in told(source)] == ["灯要（）。", "伞要（）。", "门要（）。"]


def test_options_without_letters_are_those_of_which_the_answer_is_one():
    source = "1. 灯每（ ）年换。\n1\n20\n300\n答案：20\n2. 灯要多（ ）。\nA. 亮\nB. 暗\n答案：A\n"
    assert told(source) == [("灯每（ ）年换。", ["1", "20", "300"], "B"), ("灯要多（ ）。", ["亮", "暗"], "A")]


@pytest.mark.parametrize("stars, level", [("★☆☆", "easy"), ("★★☆", "medium"), ("★★★★★", "hard"), ("★★★★☆", "hard")])
def test_stars_tell_how_hard_a_question_is(stars, level):
    found = text.read(f"1. 灯要（ ）。\nA. 亮\nB. 暗\n正确答案：A\n难易程度：{stars}\n")["questions"][0]
    assert (found["difficulty"], found["problems"]) == (level, [])


@pytest.mark.parametrize("letter", ["A；{}", "A】{}", "<A>{}"])
def test_rare_signs_behind_the_letters_of_options(letter):
    rows = [f"{n}. 第{n}件事要带（ ）。\n" + "\n".join(letter.replace("A", at).format(what) for at, what in zip("ABC", ["灯", "伞", "靴"], strict=True))
            + "\n答案：B" for n in (1, 2, 3)]  # fmt: skip
    assert [(one["options"], one["answer"]) for one in text.read("\n".join(rows))["questions"]] == [(["灯", "伞", "靴"], "B")] * 3


def test_letters_glued_to_units_are_options():
    found = text.read("1.栏杆高不低于（ ）。\nA1mB1.5mC2mD2.5m\n答案：B\n2.绳长（ ）。\nA10mB20mC30mD40m\n答案：C\n")["questions"]
    assert [(one["options"], one["answer"]) for one in found] == [
        (["1m", "1.5m", "2m", "2.5m"], "B"), (["10m", "20m", "30m", "40m"], "C")]  # fmt: skip


def test_hours_in_english_are_no_options():
    found = text.read("1. He works from 8 a.m. to 6 p.m. When does he begin?\na. at 8\nb. at 6\nAnswer: a\n"
                      "2. It opens ____ 9 a.m.\na. at\nb. on\nAnswer: a\n")["questions"]  # fmt: skip
    assert [(one["stem"], one["options"], one["answer"]) for one in found] == [
        ("He works from 8 a.m. to 6 p.m. When does he begin?", ["at 8", "at 6"], "A"),
        ("It opens ____ 9 a.m.", ["at", "on"], "A")]  # fmt: skip


def test_a_cross_behind_a_number():
    found = text.read("1#要带（ ）。\nA. 灯\nB. 伞\n答案：A\n2#雨天带（ ）。\nA. 灯\nB. 伞\n答案：B\n")["questions"]
    assert [(one["number"], one["stem"]) for one in found] == [("1", "要带（ ）。"), ("2", "雨天带（ ）。")]


def test_figures_in_place_of_letters_before_options():
    asked = "{n}、第{n}件事要带（ ）。\n  1) 灯\n  2) 伞\n  3) 靴\n  答案：{n}\n"
    found = text.read("".join(asked.format(n=n) for n in (1, 2, 3)))["questions"]
    assert [(one["options"], one["answer"]) for one in found] == [(["灯", "伞", "靴"], letter) for letter in "ABC"]
    counted = text.read("1) 根本法是____。\n答案：宪法\n2) 成年是____岁。\n答案：18\n3) 一年有几季？\n答案：4\n")["questions"]
    assert [one["number"] for one in counted] == ["1", "2", "3"]


def test_a_box_before_letters_without_a_sign():
    asked = "{n}、第{n}件事要带（ ）。\n□A 灯\n□B 伞\n□C 靴\n答案：B\n"
    found = text.read("".join(asked.format(n=n) for n in (1, 2, 3)))["questions"]
    assert [(one["options"], one["answer"]) for one in found] == [(["灯", "伞", "靴"], "B")] * 3
