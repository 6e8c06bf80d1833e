"""Sheets of questions in the habits of trainers and products: the same questions, and no row lost."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.formats import sheet
from quizapp.rules.formats.sheet.table import sign_of
from tests.rules.formats.account import codes, rows_lost
from tests.samples import files


def book(*tables, name="题库"):
    """Return what the reader of workbooks makes of tables, each a sheet."""
    sheets = [
        {"name": name + (str(place) if place else ""), "rows": table, "merged": []}
        for place, table in enumerate(tables)
    ]
    return {"kind": "xlsx", "sheets": sheets}


def read(*tables, name="题库"):
    given = book(*tables, name=name)
    document = sheet.read(given)
    assert rows_lost(given, document) == []
    return document


def found(*tables, **names):
    return [(one["kind"], one["stem"], one["options"], one["answer"]) for one in read(*tables, **names)["questions"]]


ONE = ("single_choice", "灯要多（  ）。", ["亮", "暗", "红"], "A")
TWO = ("multiple_choice", "出门带（  ）。", ["灯", "伞", "石头"], "AB")
TRUE = ("true_false", "夜里要带灯。", [], True)
FALSE = ("true_false", "雨天不带伞。", [], False)
BLANK = ("fill_blank", "带____和____。", [], [["灯"], ["伞", "雨衣"]])
CHOICES = [["题型", "题干", "选项A", "选项B", "选项C", "答案"],
           ["单选题", "灯要多（  ）。", "亮", "暗", "红", "A"], ["多选题", "出门带（  ）。", "灯", "伞", "石头", "AB"]]  # fmt: skip


def with_head(*head):
    return [list(head), *CHOICES[1:]]


@pytest.mark.parametrize(
    "head",
    [
        ("题型", "题干", "选项A", "选项B", "选项C", "答案"),
        ("试题类型（必填）", "试题内容 *", "选项 A", "选项  B", "Ｃ", "正确答案："),
        ("题目类型", "题目", "选项一", "选项二", "选项三", "标准答案"),
        ("类型", "问题描述", "A", "B", "C", "参考答案"),
        ("题型", "题目", "备选项1", "备选项2", "备选项3", "答案"),
        ("题型", "题目", "备选1", "备选2", "备选3", "答案"),
        ("type", "qtitle", "choiceA", "choiceB", "choiceC", "rightKey"),
        ("type", "question", "item1", "item2", "item3", "answer"),
        ("题型", "题目", "选项", "选项", "选项", "答案"),
        ("题型", "题目", "选项", "", "", "答案"),
        ("Question Type", "question", "Option A", "Option B", "option_c", "Correct Answer"),
        ("【必填】题型", "*题干（必填）", "选项A\n（必填）", "选 项 B", "选项Ｃ（选填）", "正确答案：\n单选填A，多选填AB"),
        ("Type - choose", "Question - max 120 characters", "Answer 1 - max 75", "Answer 2", "Answer 3", "Correct answer(s) - choose"),
        ("试题种类", "试题正文", "选项(A)", "选择B", "第三选项", "标答"), ("類型", "題目", "選項A", "選項B", "選項C", "參考答案"),
        ("题型", "考题题干", "optA", "B.", "答案选项C", "题目正确答案"), ("题型", "标题", "选项①", "选项②", "选项③", "答案选项"),
        ("题型", "题干", "选项A", "选项B", "选项C", "怎么选"),
        ("type", "questionContent", "选项1", "选项2", "选项3", "questionAnswer"),
        ("题型", "problem", "item1", "item2", "item3", "rightKey"),
        ("题型", "题干描述", "选择1", "选择2", "选择3", "答案"), ("题型", "题目文本", "A", "B", "C", "答案"),
        ("题型", "主题干", "A", "B", "C", "答案"), ("题型", "大题题干", "A", "B", "C", "答案"), ("小题题型", "小题题干", "A", "B", "C", "答案"),
    ],
)
def test_columns_are_known_by_their_names(head):
    assert found(with_head(*head)) == [ONE, TWO]


def test_the_answer_tells_the_kind_where_a_heading_or_a_word_means_both():
    rows = [CHOICES[1][1:], CHOICES[2][1:], ["伞要多（ ）。", "大", "小", "红", "B"], ["路要多（ ）。", "大", "小", "红", "B"]]
    wanted = ["single_choice", "multiple_choice", "single_choice", "single_choice"]
    for table in ([["一、选择题"], CHOICES[0][1:], *rows], [CHOICES[0], *(["quiz", *row] for row in rows)]):
        assert [kind for kind, *_ in found(table)] == wanted


@pytest.mark.parametrize("before", ["（{}）", "1.（{}）", "【{}】", "2、[{}]", "({}，2分)"])
def test_the_kind_may_stand_in_brackets_before_the_stem(before):
    rows = [[before.format(kind) + stem, *options, answer] for kind, stem, *options, answer in CHOICES[1:]]
    assert found([CHOICES[0][1:], *rows]) == [ONE, TWO]


@pytest.mark.parametrize("cell", ["A:亮,B:暗,C:红", "A．亮，B．暗，C．红", "亮///暗///红", "亮┋暗┋红"])
def test_options_in_one_cell_leave_their_signs_behind(cell):
    assert found([["题型", "题目", "选项", "答案"], ["单选题", ONE[1], cell, "A"]]) == [ONE]


def test_names_may_stand_in_two_rows():
    heads = [["题型", "题干", "备选答案", "", "", "答案"], ["", "", "A", "B", "选项C", ""]]
    assert found([*heads, *CHOICES[1:]]) == [ONE, TWO]
    assert [stem for _, stem, _, _ in found([CHOICES[0], ["", "A", "选项B"]])] == ["A"]  # of the stems' column none


def test_a_sheet_may_hold_tables_of_other_columns_below_each_other():
    table = [["一、单选题"], ["序号", *CHOICES[0][1:]], ["1", *CHOICES[1][1:]], [], ["二、判断题"], ["序号", "题目", "答案"], ["1", TRUE[1], "1"]]
    assert found(table) == [ONE, TRUE]


@pytest.mark.parametrize(
    "title, kind", [("多选题题库", "multiple_choice"), ("单选、多选题", "single_choice"), ("综合题库", "single_choice")]
)
def test_a_title_above_the_names_is_the_kind_where_it_names_one(title, kind):
    for document in (read([[title], CHOICES[0][1:], CHOICES[1][1:]], name="Sheet1"), read([CHOICES[0][1:], CHOICES[1][1:]], name=title)):
        assert document["questions"][0]["kind"] == kind


def test_rows_without_names_below_titles_count_their_right_answers():
    rows = [[], ["", "标题", "", "守则"], [], *(["", one[1], *one[2], "石", "20", told] for one, told in ((ONE, "1"), (TWO, "1,2"), (ONE, "1")))]
    assert found(rows)[:2] == [(*ONE[:2], [*ONE[2], "石"], "A"), (*TWO[:2], [*TWO[2], "石"], "AB")]


def test_a_row_below_a_question_may_explain_it():
    table = [CHOICES[0], CHOICES[1], ["", "解析：要看路。"], CHOICES[2], ["答案解析：带伞。"]]
    assert [one["explanation"] for one in read(table)["questions"]] == ["要看路。", "带伞。"] and found(table) == [ONE, TWO]


def test_the_letter_of_an_option_may_stand_in_a_column_of_its_own():
    table = [["题号", "题干", "选项", "选项内容", "答案"], ["1", ONE[1], "A", "亮", "A"], ["", "", "B", "暗", ""], ["", "", "C", "红", ""]]
    assert found(table) == [ONE]


def test_options_in_the_lines_below_a_stem_do_not_begin_within_it():
    table = [["题目", "答案"], ["锅炉A、B级许可（ ）。\nA、一\nB、二", "B"]]
    assert found(table) == [("single_choice", "锅炉A、B级许可（ ）。", ["一", "二"], "B")]


@pytest.mark.parametrize(
    "answer", ["灯$;$伞", "灯##伞", "灯&&伞", "灯#伞", "空1：灯；空2：伞", "1.灯；2.伞", '["灯", "伞"]', "【灯】【伞】", "灯@@伞"]
)
def test_blanks_are_parted_by_many_signs(answer):
    assert found([["题型", "题干", "答案"], ["填空题", "带____和____。", answer]])[0][3] == [["灯"], ["伞"]]
    assert found([["题型", "题干", "答案"], ["填空题", "带____。", "【灯】"]])[0][3] == [["灯"]]
    assert found([["题型", "题干", "答案"], ["填空题", "带____万和____。", "1.15；2.灯"]])[0][3] == [["15"], ["灯"]]


def test_texts_of_a_blank_that_is_not_drawn_are_to_be_looked_at():
    document = read([["题型", "题干", "答案"], ["填空题", "带……和……。", "灯；伞"], ["填空题", "带什么？", "灯"]])
    assert codes(document) == ["blank-undrawn"]


def test_a_statement_may_be_answered_twice():
    assert found([["题型", "题干", "答案"], ["判断题", TRUE[1], "正确（√）"], ["判断题", FALSE[1], "B（错误）"]])[0] == TRUE


def test_names_in_words_that_are_not_known_are_no_question():
    rows = [["形", "面", "一", "二", "三", "解"], *CHOICES[1:], *([*one[:1], f"{number}{one[1]}", *one[2:]] for number in "12" for one in CHOICES[1:])]
    assert [one[3] for one in found(rows)] == ["A", "AB"] * 3


def test_a_blank_may_be_filled_by_circled_figures():
    assert found([["题型", "题干", "答案"], ["填空题", "选____。①灯②伞", "①②"]])[0][3] == [["①②"]]


def test_options_in_rows_lose_their_letters_only_where_all_bear_them():
    table = [["题号", "题干", "选项", "选项内容", "答案"], ["1", ONE[1], "A", "A、B级", "A"], ["", "", "B", "A、B、C级", ""]]
    assert found(table)[0][2] == ["A、B级", "A、B、C级"]


def test_a_question_about_names_of_columns_is_no_head():
    assert found([CHOICES[0], ["单选题", "表里有（ ）。", "答案", "灯", "伞", "A"]]) == [("single_choice", "表里有（ ）。", ["答案", "灯", "伞"], "A")]


def test_names_of_statements_and_of_kinds():
    assert found([["序号", "题目", "是否正确"], ["1", TRUE[1], "是"], ["2", FALSE[1], "否"]]) == [TRUE, FALSE]
    assert found([["序号", "单选题", *CHOICES[0][2:]], ["1", *CHOICES[1][1:]]]) == [ONE]
    stem = TRUE[1] + "\nA. 正确\nB. 错误"
    assert found([["题型", "题干", "答案"], ["判断题", stem, "A"]]) == [TRUE]


def test_examples_sums_and_notes_are_no_questions():
    table = [*CHOICES[:1], ["示例", "灯（ ）", "亮", "暗", "", "A"], *CHOICES[1:], ["合计", "2 题"], ["", "注：仅供学习"]]
    reasons = [one["reason"] for one in read(table)["ignored"]]
    assert found(table) == [ONE, TWO] and reasons == ["heading", "example", "instruction"]


def test_columns_stand_in_any_order_and_anywhere():
    turned = [["", "", *reversed(row)] for row in CHOICES]
    assert found([["岗位练兵题库"], [], *turned]) == [ONE, TWO]


@pytest.mark.parametrize(
    "joined",
    [
        ("A.亮\nB.暗\nC.红", "A、灯\nB、伞\nC、石头"),
        ("**A.亮**B.暗**C.红", "**A灯**B伞**C石头"),
        ("A．亮##B．暗##C．红", "灯##伞##石头"),
        ("A:亮|B:暗|C:红", "灯|伞|石头"),
        ("亮；暗；红", "灯;伞;石头"),
        ("亮,暗,红", "灯，伞，石头"),
        ("A.亮,B.暗,C.红", "A、灯，B、伞，C、石头"),
        ("1.亮\n2.暗\n3.红", "（1）灯\n（2）伞\n（3）石头"),
        ("亮///暗///红", "灯┋伞┋石头"),
        ("A.亮 B.暗 C.红", "(A)灯(B)伞(C)石头"),
        ("**A.亮B.暗**C.红", "**A、灯**B、伞C、石头"),
        ("[A]亮\n[B]暗\n[C]红", "A 灯  B 伞  C 石头"),
        ("A.亮<br>B.暗<br>C.红", "灯<br/>伞<br/>石头"),
        ("亮#暗#红", "灯&&伞&&石头"),
        ("['亮', '暗', '红']", "{'A': '灯', 'B': '伞', 'C': '石头'}"),
        (
            '["亮", "暗", "红"]',
            '[{"label": "A", "text": "灯"}, {"label": "B", "text": "伞"}, {"label": "C", "text": "石头"}]',
        ),
        (
            '[{"optionContent":"亮"},{"optionContent":"暗"},{"optionContent":"红"}]',
            '{"A": "灯", "B": "伞", "C": "石头"}',
        ),
    ],
)
def test_options_stand_in_one_cell(joined):
    table = [["题型", "题目内容", "题目选项(选项之间用##隔开)", "题目答案"],
             ["单选", "灯要多（  ）。", joined[0], "A "], ["多选", "出门带（  ）。", joined[1], "A,B"]]  # fmt: skip
    assert found(table) == [ONE, TWO]


def test_figures_that_are_options_stay():
    table = [["题干", "选项", "答案"], ["多重？", "1.5\n2.5\n3.5", "B"], ["多长？", "1.2米\n2.灯", "A"]]
    assert [one[2] for one in found(table)] == [["1.5", "2.5", "3.5"], ["1.2米", "2.灯"]]


def test_a_sign_within_an_option_does_not_part_it():
    table = [["题干", "选项", "答案"], ["电流多大？", "**A.30m**A**B.50m**A**C.70m**A", "B"]]
    assert found(table) == [("single_choice", "电流多大？", ["30mA", "50mA", "70mA"], "B")]


def test_every_option_has_a_row_of_its_own():
    table = [["题目序号", "题目类型", "题目内容", "是否正确项", "选项内容"],
             ["1", "1", "灯要多（  ）。", "1", "亮"], ["1", "1", "灯要多（  ）。", "0", "暗"], ["1", "", "", "0", "红"],
             ["2", "2", "出门带（  ）。", "1", "灯"], ["2", "2", "出门带（  ）。", "1", "伞"], ["2", "2", "出门带（  ）。", "0", "石头"]]  # fmt: skip
    document = read(table)
    assert found(table) == [ONE, TWO]
    assert [one["source"] for one in document["questions"]] == [
        {"from": "题库!2", "to": "题库!4"},
        {"from": "题库!5", "to": "题库!7"},
    ]


def test_every_option_says_beside_it_whether_it_is_right():
    table = [["试题类型", "题干", "选项一内容", "选项一是否正确", "选项二内容", "选项二是否正确", "选项三内容", "选项三是否正确"],
             ["单选题", "灯要多（  ）。", "亮", "是", "暗", "否", "红", "否"], ["多选题", "出门带（  ）。", "灯", "1", "伞", "1", "石头", "0"]]  # fmt: skip
    assert found(table) == [ONE, TWO]


@pytest.mark.parametrize(
    "answers, options",
    [
        (("正确", "错误"), ()), (("对", "错"), ()), (("√", "×"), ()), (("T", "F"), ()), (("TRUE", "FALSE"), ()), (("是", "否"), ()),
        (("1", "2"), ()), (("1", "0"), ()), (("A", "B"), ()), (("A", "B"), ("正确", "错误")), (("B", "A"), ("错", "对")),
        (("正确", "错误"), ("正确", "错误")),
    ],
)  # fmt: skip
def test_statements_are_answered_in_many_ways(answers, options):
    table = [["题型", "题干", *["选项A", "选项B"][: len(options)], "答案"],
             ["判断题", TRUE[1], *options, answers[0]], ["是非题", FALSE[1], *options, answers[1]]]  # fmt: skip
    assert found(table) == [TRUE, FALSE]


def test_figures_for_kinds_mean_what_their_questions_are():
    table = [["题型", "题干", "选项", "答案"], ["3", TRUE[1], "", "1"], ["3", FALSE[1], "", "2"],
             ["0", ONE[1], "亮|暗|红", "A"], ["7", TWO[1], "灯|伞|石头", "A,B"]]  # fmt: skip
    assert found(table) == [TRUE, FALSE, ONE, TWO]


def test_the_name_of_a_column_may_say_which_figure_is_which_kind():
    table = [["编号", "类别(1单选2多选3判断4填空)", "考题", "答案", "选项A", "选项B", "选项C"], ["7", "1", ONE[1], "A", *ONE[2]],
             ["8", "3", TRUE[1], "对", "", "", ""], ["9", "4", "带____。", "灯", "", "", ""]]  # fmt: skip
    assert found(table) == [ONE, TRUE, ("fill_blank", "带____。", [], [["灯"]])]


def test_a_column_named_correct_is_that_of_the_answers_beside_columns_of_options():
    table = [["id", "type", "question", "optionA", "optionB", "optionC", "correct"], ["1", "single", ONE[1], *ONE[2], "A"], ["2", "multiple", TWO[1], *TWO[2], "AB"]]
    assert found(table) == [ONE, TWO]


def test_a_column_behind_each_option_may_say_whether_it_is_right():
    head = ["题型", "题干", "A", "是否正确", "B", "是否正确", "C", "是否正确"]
    table = [head, ["单选题", ONE[1], "亮", "Y", "暗", "N", "红", "N"], ["多选题", TWO[1], "灯", "Y", "伞", "Y", "石头", "N"]]
    assert found(table) == [ONE, TWO]


def test_options_in_one_column_without_a_name_are_no_stems():
    rows = [[str(number), ONE[1] + str(number), "A、亮 B、暗 C、红得像火一样的颜色", "A"] for number in range(1, 5)]
    assert [one[1:] for one in found(rows)] == [(row[1], ["亮", "暗", "红得像火一样的颜色"], "A") for row in rows]


def test_answers_may_be_words_or_count_the_options():
    words = [["题干", "选项A", "选项B", "选项C", "答案"], [ONE[1], "亮", "暗", "红", "亮"]]
    assert found(words) == [ONE]
    figures = [
        ["题型", "题干", "选项A", "选项B", "选项C", "答案"],
        ["单选", ONE[1], "亮", "暗", "红", "1"],
        ["多选", TWO[1], "灯", "伞", "石头", "1,2"],
    ]
    assert found(figures) == [ONE, TWO]


@pytest.mark.parametrize(
    "answers",
    [
        ("a", "ab"), ("【A】", "（A、B）"), ("答案：A", "正确答案:AB"), ('["A"]', '["A", "B"]'), ("['A']", "['A', 'B']"), ("选项A", "选项A、选项B"),
        ("【A】", "【A】【B】"), ("(A)", "(A)(B)"), ("A项", "A项、B项"), ("A:", "A:B"), ("optionA", "A#B"), ("A_", "A_B"), ("①", "①②"), ("A. 亮", "A. 灯┋B. 伞"),
        ("A.亮", "A.灯\nB.伞"), ("A、亮", "A、灯；B、伞"), ("0", "0,1"), ("亮", "灯 伞"), ("“亮”", "灯，伞"),
    ],
)  # fmt: skip
def test_answers_name_options_in_many_forms(answers):
    table = [CHOICES[0], [*CHOICES[1][:5], answers[0]], [*CHOICES[2][:5], answers[1]]]
    assert found(table) == [ONE, TWO]


def test_answers_may_be_a_flag_for_each_option():
    assert found([CHOICES[0], [*CHOICES[1][:5], "1,0,0"], [*CHOICES[2][:5], "1,1,0"]]) == [ONE, TWO]


def test_figures_that_could_count_from_either_end_are_to_be_looked_at():
    table = [CHOICES[0], [*CHOICES[1][:5], "1"], [*CHOICES[2][:5], "1,2"]]
    assert codes(read(table)) == ["answer-counted", "answer-counted"] and found(table) == [ONE, TWO]


def test_multiple_choice_is_the_english_name_of_one_right_option():
    table = [["Question Type", *CHOICES[0][1:]], ["Multiple Choice", *CHOICES[1][1:]], ["Multiple Choice", "灯（ ）", "亮", "暗", "红", "B"]]
    assert [one[0] for one in found(table)] == ["single_choice", "single_choice"]


def test_blanks_have_columns_or_a_sign_between_them():
    columns = [["题干", "空 1", "空 2", "解析"], ["带____和____。", "灯", "伞/雨衣", ""]]
    assert found(columns, name="填空题") == [BLANK]
    assert found([["题型", "题干", "答案"], ["填空题", "带____和____。", "灯|伞/雨衣"]]) == [BLANK]


def test_the_sheets_name_is_the_kind_where_no_column_says_it():
    table = [["序号", "题干", "选项A", "选项B", "选项C", "答案"], ["1", ONE[1], "亮", "暗", "红", "A"]]
    assert read(table, name="多选题")["questions"][0]["kind"] == "multiple_choice"


def test_a_table_goes_on_in_the_next_sheet_with_or_without_names():
    assert found(CHOICES, CHOICES[1:]) == [ONE, TWO, ONE, TWO]
    assert found(CHOICES, CHOICES) == [ONE, TWO, ONE, TWO]


def test_columns_without_names_are_known_by_their_cells():
    table = [["1", "灯要多（  ）。", "亮", "暗", "红", "A"], ["2", "出门带（  ）。", "灯", "伞", "石头", "AB"]]
    assert found(table) == [ONE, TWO]


def test_numbers_before_stems_are_taken_off_and_years_are_not():
    table = [["题干", "答案"], ["1.灯亮。", "对"], ["2、门关。", "错"], ["3.2003年有雨。", "对"], ["4. 伞在。", "对"]]
    questions = read(table)["questions"]
    assert [(one["number"], one["stem"]) for one in questions] == [
        ("1", "灯亮。"), ("2", "门关。"), ("3", "2003年有雨。"), ("4", "伞在。")]  # fmt: skip
    assert found([["题干", "答案"], ["3.5米高的灯。", "对"], ["灯亮。", "错"]])[0][1] == "3.5米高的灯。"


def test_everything_else_of_a_row_is_kept():
    table = [["编号", "题型", "题干", "选项A", "选项B", "答案", "解析", "分值", "难度", "章节", "手册条款", "来源", "页码"],
             ["us-1", "单选", "灯（ ）", "亮", "暗", "A", "要看路。", "2.5", "难", "第一章", "第三条、第五条", "手册", "p3"]]  # fmt: skip
    (one,) = read(table)["questions"]
    assert (one["code"], one["points"], one["difficulty"], one["chapter"]) == ("us-1", 2.5, "hard", "第一章")
    assert (one["citations"], one["explanation"]) == (["第三条", "第五条"], "要看路。\n来源：手册\n页码：p3")


@pytest.mark.parametrize("name", ["每题分值", "每题分数", "默认分值", "默认分数", "题分", "小题分值"])
def test_points_have_many_names(name):
    (one,) = read([["题干", "选项A", "选项B", "答案", name], ["灯（ ）", "亮", "暗", "A", "2.5"]])["questions"]
    assert one["points"] == 2.5


@pytest.mark.parametrize("name", ["解析说明", "试题分析", "题目分析", "explains", "analyze", "resultAnalysis", "答案详解"])
def test_explanations_have_many_names(name):
    (one,) = read([["题干", "选项A", "选项B", "答案", name], ["灯（ ）", "亮", "暗", "A", "要看路。"]])["questions"]
    assert one["explanation"] == "要看路。"


def test_two_tables_beside_each_other_are_both_read():
    table = [["序号", "单选题", "A", "B", "答案", "", "序号", "判断题", "答案"],
             ["1", "灯要多（ ）。", "亮", "暗", "A", "", "1", "门要关。", "对"], ["2", "伞要（ ）。", "大", "小", "A", "", "2", "伞要丢。", "错"],
             ["3", "路要（ ）。", "平", "陡", "A"], ["", "", "", "", "", "", "3", "路要看。", "对"]]  # fmt: skip
    assert [(one[0], one[1], one[3]) for one in found(table)] == [
        ("single_choice", "灯要多（ ）。", "A"), ("single_choice", "伞要（ ）。", "A"), ("single_choice", "路要（ ）。", "A"),
        ("true_false", "门要关。", True), ("true_false", "伞要丢。", False), ("true_false", "路要看。", True)]  # fmt: skip


def test_two_tables_that_touch_are_both_read():
    table = [["序号", "题目", "答案", "序号", "题目", "答案"], ["1", "灯要亮。", "对", "3", "门要关。", "错"], ["2", "伞要带。", "错", "4", "路要看。", "对"]]
    assert [one[3] for one in found(table)] == [True, False, False, True]


ASKED = [["题号", "题目", "A", "B"], ["1", "灯要多（ ）。", "亮", "暗"], ["2", "伞要（ ）。", "小", "大"], ["3", "路要（ ）。", "平", "陡"]]


@pytest.mark.parametrize("gap", [[""], []])
def test_answers_beside_the_questions_are_joined_by_their_numbers(gap):
    answers = [["题号", "答案"], ["2", "B"], ["1", "A"], ["3", "A"]]
    assert [one[3] for one in found([a + gap + b for a, b in zip(ASKED, answers, strict=True)])] == ["A", "B", "A"]


def test_answers_beside_the_questions_may_end_below_them_and_one_of_no_question_is_named():
    rows = zip([*ASKED, ["", "", "", ""]], [["题号", "答案"], ["", ""], ["1", "A"], ["2", "B"], ["4", "B"]], strict=True)
    document = read([a + [""] + b for a, b in rows])
    assert [one["answer"] for one in document["questions"]] == ["A", "B", None]
    assert [(one["code"], one["place"]) for one in document["problems"]] == [("key-without-question", "题库!5")]


KEYS = [
    [["题号", "答案", "解析"], ["3", "A", ""], ["1", "A", "要看路。"], ["2", "B", ""]],
    [["参考答案"], ["1-3 ABA"]],
    [["题号", "1", "2", "3"], ["答案", "A", "B", "A"]],
    [["1", "A"], ["2", "B"], ["3", "A"]],
    [["题号", "答案", "题号", "答案"], ["1", "A", "3", "A"], ["2", "B"]],
    [["题号", "答案"], ["1-2", "AB"], ["3", "A"]],
    [["题目", "答案"], ["伞要（ ）。", "B"], ["路要（ ）。", "A"], ["灯要多（ ）。", "A"]],
]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("is_first", [True, False])
def test_answers_in_a_sheet_of_their_own_are_joined(key, is_first):
    document = read(*((key, ASKED) if is_first else (ASKED, key)))
    assert [one["answer"] for one in document["questions"]] == ["A", "B", "A"] and not document["problems"]


@pytest.mark.parametrize("key", KEYS[:2])
def test_answers_below_the_questions_are_joined(key):
    document = read([*ASKED, [""], *key])
    assert [one["answer"] for one in document["questions"]] == ["A", "B", "A"] and not document["problems"]


def test_a_sheet_of_answers_goes_to_the_sheet_whose_name_it_bears_or_whose_kind():
    truths = [["题号", "题目"], ["1", "灯要亮。"], ["2", "伞要丢。"]]
    key = [["题号", "答案"], ["1", "A"], ["2", "B"], ["3", "A"]]
    for names in (("单选", "判断", "判断答案", "单选答案"), ("甲", "乙", "乙答案", "甲答案")):
        given = book(ASKED, truths, [["题号", "答案"], ["1", "对"], ["2", "错"]], key)
        for one, name in zip(given["sheets"], names, strict=True):
            one["name"] = name
        assert [one["answer"] for one in sheet.read(given)["questions"]] == ["A", "B", "A", True, False]


def test_headings_in_a_sheet_of_answers_tell_whose_they_are_and_what_is_no_answer_is_named():
    truths = [["题号", "题目"], ["1", "灯要亮。"], ["2", "伞要丢。"]]
    key = [["题号", "答案"], ["一、单选题", ""], ["1", "A"], ["2", "B"], ["3", "A"], ["二、判断题", ""], ["题号", "答案"], ["1", "对"],
           ["2", "错"], ["另附说明", "见后"]]  # fmt: skip
    given = book(ASKED, truths, key)
    for one, name in zip(given["sheets"], ("单选", "判断", "答案"), strict=True):
        one["name"] = name
    document = sheet.read(given)
    assert [one["answer"] for one in document["questions"]] == ["A", "B", "A", True, False]
    assert [(one["code"], one["place"]) for one in document["problems"]] == [("key-unread", "答案!10")]


def test_answers_are_not_given_where_several_questions_may_be_meant():
    document = read(ASKED, [["题号", "题目"], ["1", "灯要亮。"]], KEYS[0])
    assert [one["answer"] for one in document["questions"]] == [None, "B", "A", None]
    assert [one["code"] for one in document["problems"]] == ["key-ambiguous"]


def test_an_answer_apart_that_is_not_the_one_beside_the_question_is_named():
    asked = [[*row, answer] for row, answer in zip(ASKED, ["答案", "A", "A", ""], strict=True)]
    document = read(asked, [["题号", "答案"], ["1", "a"], ["2", "B"], ["3", "A"]])
    assert [one["answer"] for one in document["questions"]] == ["A", "A", "A"]
    assert [(one["code"], one["params"]) for one in document["problems"]] == [("key-contradicts", {"number": 2})]


def test_answers_alone_are_no_questions():
    assert {one["code"] for one in read([["题号", "答案"], ["1", "A"]])["problems"]} == {"no-table", "no-questions"}


@pytest.mark.parametrize("options", [[["", "A.亮", "B.暗", "C.红"]], [["", "A.亮  B.暗  C.红"]], [["", "A．亮"], ["", "B．暗"], ["", "C．红"]]])
def test_options_in_rows_below_their_question_are_its_own(options):
    table = [["题号", "题目及选项", "", "", "答案"], ["1", "灯要多（  ）。", "", "", "A"], *options, ["2", "出门带（  ）。", "", "", "AB"],
             ["", "A、灯", "B、伞", "C、石头"]]  # fmt: skip
    document = read(table)
    told = [(one["stem"], one["options"], one["answer"]) for one in document["questions"]]
    assert told == [ONE[1:], TWO[1:]] and not document["problems"]


def test_a_sign_within_an_option_stays_where_letters_part_the_options_of_a_cell():
    (one,) = read([["题干", "选项", "答案"], ["灯要（ ）。", "A.亮;大;B.暗;小", "A"]])["questions"]
    assert one["options"] == ["亮;大", "暗;小"]


def test_columns_that_are_not_read_are_named_in_a_table_without_names():
    table = [["甲", str(one), f"第{one}盏灯要多（ ）。", "亮", "暗", "A"] for one in range(1, 9)]
    (problem,) = read(table)["problems"]
    assert (problem["code"], problem["place"], problem["params"]) == ("column-unread", "题库!1", {"name": "A", "count": 8})


def test_what_was_not_read_is_named_with_its_place():
    table = [["题干", "选项A", "选项B", "答案", "出题人", ""], ["灯（ ）", "亮", "暗", "A", "甲", ""], ["", "亮", "", "", "", ""],
             ["门（ ）", "开", "关", "", "", "旁注"]]  # fmt: skip
    document = read(table)
    noted = [(one["code"], one["place"]) for one in document["problems"]]
    assert noted == [("column-unread", "题库!1"), ("row-without-stem", "题库!3"), ("cell-unread", "题库!4")]
    assert [one["code"] for one in document["questions"][1]["problems"]] == ["no-answer"]


def test_instructions_titles_and_repeated_names_are_left_out_with_their_reason():
    table = [
        ["岗位练兵题库"],
        CHOICES[0],
        ["必填", "必填，不超过 200 字", "", "", "", "多个答案用逗号隔开"],
        CHOICES[1],
        CHOICES[0],
        CHOICES[2],
    ]
    document = read(table)
    assert found(table) == [ONE, TWO]
    assert document["ignored"] == [
        {"from": "题库!1", "to": "题库!1", "reason": "title"}, {"from": "题库!2", "to": "题库!2", "reason": "heading"},
        {"from": "题库!3", "to": "题库!3", "reason": "instruction"}, {"from": "题库!5", "to": "题库!5", "reason": "heading"}]  # fmt: skip


def test_a_merged_chapter_holds_for_all_its_rows():
    given = book([["章节", "题干", "答案"], ["第一章", "灯亮。", "对"], ["", "门关。", "错"]])
    given["sheets"][0]["merged"] = [[1, 0, 2, 0]]
    assert [one["chapter"] for one in sheet.read(given)["questions"]] == ["第一章", "第一章"]


def test_a_paper_pasted_into_a_sheet_is_read_as_text():
    lines = ["一、单选题", "1. 灯要多（  ）。", "A. 亮", "B. 暗", "C. 红", "答案：A", "二、多选题", "1. 出门带（  ）。", "A. 灯  B. 伞  C. 石头", "答案：AB",
             "三、判断题", "1. 夜里要带灯。（√）", "2. 雨天不带伞。（ × ）"]  # fmt: skip
    document = read([[line] for line in lines])
    assert [one["answer"] for one in document["questions"]] == ["A", "AB", True, False]
    assert document["questions"][0]["source"] == {"from": "题库!2", "to": "题库!6"}


def test_a_sheet_without_questions_is_a_problem_at_its_first_row():
    document = read([["姓名", "电话"], ["甲", "1"]])
    assert codes(document) == ["no-table", "no-questions"]
    assert document["problems"][0]["place"] == "题库!1"


def test_the_same_question_with_another_answer_is_a_contradiction_across_sheets():
    other = [CHOICES[0], [*CHOICES[1][:5], "B"]]
    questions = read(CHOICES, other)["questions"]
    assert [(one["code"], one["params"]["where"]) for one in questions[0]["problems"]] == [("contradiction", "（题库1）")]
    problems = questions[2]["problems"]
    assert [(one["code"], one["place"]) for one in problems] == [("contradiction", "题库1!2")]
    assert problems[0]["params"] == {"line": "题库!2", "number": 1, "row": 2, "where": "（题库）"}


cells = st.sampled_from(["", "", "题干", "答案", "选项A", "选项", "题型", "空1", "是否正确项", "单选题", "1", "2", "A", "AB", "对", "灯（ ）", "A.灯B.伞",
                         "必填", "[1", '{"A": 1}', "[[]]", "**", "1.5", "第三条"]) | st.text(max_size=6)  # fmt: skip
tables = st.lists(st.lists(cells, max_size=7), max_size=9)


@given(tables, tables)
def test_no_row_is_lost_and_no_key_is_missing_silently(first, second):
    given = book(first, second)
    document = sheet.read(given)
    assert rows_lost(given, document) == []
    assert all(one["answer"] is not None or one["problems"] for one in document["questions"])
    json.dumps(document)


@pytest.mark.parametrize(
    "path", files("question_banks/*/*.xls*", "question_banks/*/*.csv", "bad_input/encodings/*.csv")
)
def test_every_row_of_a_sample_is_accounted_for(path):
    from quizapp.services.readers import sheets

    with path.open("rb") as file:
        given = sheets.read(file, {})
    document = sheet.read(given)
    assert rows_lost(given, document) == []
    assert all(one["answer"] is not None or one["problems"] for one in document["questions"])
    troubled = sum(any(each["severity"] == "error" for each in one["problems"]) for one in document["questions"])
    assert troubled <= max(0.04 * len(document["questions"]), 1)


@pytest.mark.parametrize("names", [["备选项1", "备选项2", "备选项3"], ["备选答案1", "备选答案2", "备选答案3"], ["choiceA", "choiceB", "choiceC"],
                                   ["Choice A", "Choice B", "Choice C"], ["item1", "item2", "item3"]])  # fmt: skip
def test_options_have_columns_by_many_names(names):
    assert found(with_head("题型分类", "题干", *names, "答案")) == [ONE, TWO]


@pytest.mark.parametrize("cell", ["亮┋暗┋红", "亮@暗@红", "亮///暗///红", "A.亮,B.暗,C.红", "A.亮，B.暗，C.红", "1.亮|2.暗|3.红", "（1）亮；（2）暗；（3）红"])
def test_options_in_one_cell_are_parted_by_many_signs(cell):
    assert found([["题型", "题干", "选项", "答案"], ["单选题", ONE[1], cell, "A"], ["单选题", "门（ ）。", "开|关|锁", "B"]])[0] == ONE


def test_figures_may_be_parted_by_at_signs_and_addresses_are_whole():
    cells = ["55@60@65.5@70", "a1@b.com;x@163.com;邮局"]
    rows = [["单选题", f"第{place}问（ ）。", cell, "B"] for place, cell in enumerate(cells)]
    options = [one[2] for one in found([["题型", "题干", "选项", "答案"], *rows])]
    assert options == [["55", "60", "65.5", "70"], ["a1@b.com", "x@163.com", "邮局"]]


def test_a_kind_before_the_stem_is_no_word_of_it():
    table = [["题干", "选项A", "选项B", "选项C", "答案"], ["（单选题）" + ONE[1], "亮", "暗", "红", "A"], ["2.【多选题】" + TWO[1], "灯", "伞", "石头", "AB"],
             ["3.【多选题】" + TWO[1], "灯", "伞", "石头", "AB"]]  # fmt: skip
    assert found(table)[:2] == [ONE, TWO]


@pytest.mark.parametrize("name", ["试题分析", "解析说明", "试题讲解", "分析"])
def test_an_explanation_has_many_names(name):
    (one,) = read([["题型", "题干", "答案", name, "得分"], ["判断题", "夜里要带灯。", "对", "看路。", "2"]])["questions"]
    assert (one["explanation"], one["points"]) == ("看路。", 2)


@pytest.mark.parametrize("sign", ["*{}", "{} √", "√{}", "{}（正确）", "☑{}"])
def test_a_sign_at_the_right_options_answers_where_no_answer_is_written(sign):
    rows = [[kind, stem, *[sign.format(text) if letter in answer else text for letter, text in zip("ABC", options, strict=True)]]
            for kind, stem, options, answer in (ONE, TWO)]  # fmt: skip
    assert found([["题型", "题干", "选项A", "选项B", "选项C"], *rows]) == [ONE, TWO]


def test_a_sign_that_one_option_bears_beside_written_answers_is_its_word():
    table = [["题干", "选项A", "选项B", "答案"], [ONE[1], "*亮", "暗", "A"], ["门（ ）。", "开", "关", "B"]]
    assert found(table)[0][2] == ["*亮", "暗"]


def test_a_material_has_its_column():
    head = ["材料", "题干", "选项A", "选项B", "答案"]
    given = book([head, ["村里没有灯。", ONE[1], "亮", "暗", "A"], ["", "门（ ）。", "开", "关", "B"], ["", "窗（ ）。", "开", "关", "B"]])
    given["sheets"][0]["merged"] = [[1, 0, 2, 0]]
    assert [one.get("material", "") for one in sheet.read(given)["questions"]] == ["村里没有灯。", "村里没有灯。", ""]


def test_numbers_orders_and_pairs_are_read_in_any_table_by_the_name_of_their_kind():
    """An order such as CAB was read as a multiple choice whose right options are A, B and C, without a word."""
    head = ["题型", "题干", "选项A", "选项B", "选项C", "答案"]
    rows = [["数值题", "几日内发证？", "", "", "", "15±0.5"], ["排序题", "排好。", "申请", "审核", "领证", "CAB"],
            ["排序题", "再排。", "", "", "", "申请；审核；领证"], ["连线题", "连一连。", "甲→乙", "丙→丁", "→戊", ""],
            ["匹配题", "再连。", "", "", "", "甲→乙；丙→丁"], ["单选题", ONE[1], "亮", "暗", "红", "A"]]  # fmt: skip
    assert found([head, *rows]) == [
        ("numerical", "几日内发证？", [], {"value": 15, "tolerance": 0.5}),
        ("ordering", "排好。", [], ["领证", "申请", "审核"]),
        ("ordering", "再排。", [], ["申请", "审核", "领证"]),
        ("matching", "连一连。", [], [["甲", "乙"], ["丙", "丁"], ["", "戊"]]),
        ("matching", "再连。", [], [["甲", "乙"], ["丙", "丁"]]),
        ONE,
    ]


def test_an_order_that_its_answer_does_not_tell_has_none():
    (one,) = read([["题型", "题干", "选项A", "选项B", "选项C", "答案"], ["排序题", "排好。", "申请", "审核", "领证", "AB"]])["questions"]
    assert one["kind"] == "ordering" and one["answer"] is None and "no-answer" in codes(one)


def test_a_twin_is_named_by_its_row_and_by_its_sheet_only_where_that_is_another():
    head = ["题型", "题干", "选项A", "选项B", "答案"]
    row = ["单选题", ONE[1], "亮", "暗", "A"]
    given = book([head, row, row], [head, row])
    problems = [one for question in sheet.read(given)["questions"] for one in question["problems"]]
    assert [one["message"] % one["params"] for one in problems] == [
        "The same question is in line 2 already.", "The same question is in line 2（题库） already."
    ]  # fmt: skip


def test_the_ruler_below_each_table_of_markdown_is_one():
    """Below every table but the first it became a question “---” with the answer “---”, without a word."""
    table = [["", "题目", "答案", ""], ["", "---", ":--:", ""]]
    document = read([["## 判断题"], *table, ["", TRUE[1], "√", ""], ["## 判断题"], *table, ["", FALSE[1], "×", ""]])
    assert [(one["stem"], one["answer"]) for one in document["questions"]] == [(TRUE[1], True), (FALSE[1], False)]
    assert document["problems"] == []
    assert [one["reason"] for one in document["ignored"]].count("ruler") == 2


def test_statements_may_be_called_the_content_and_their_answers_right_or_wrong():
    head = ["序号", "内容", "对错"]
    assert found([head, ["1", TRUE[1], "√"], head, ["2", FALSE[1], "×"]]) == [TRUE, FALSE]


def test_columns_of_wrong_options_make_the_words_of_the_answer_the_right_one():
    """They were not read, and the questions became ones that are answered in words."""
    head = ["题型", "题目", "正确答案", "干扰项1", "干扰项2"]
    rows = [["单选题", ONE[1], "亮", "暗", "红"], ["多选题", TWO[1], "灯；伞", "石头", ""], ["判断题", TRUE[1], "正确", "", ""]]
    assert found([head, *rows]) == [ONE, TWO, TRUE]
    assert found([["题目", "正确答案", "干扰项"], [ONE[1], "亮", "暗；红"]]) == [ONE]


def test_a_column_of_wrong_options_beside_columns_of_all_options_is_named():
    document = read([["题干", "选项A", "选项B", "答案", "干扰项1"], [ONE[1], "亮", "暗", "A", "红"]])
    assert [one["code"] for one in document["problems"]] == ["column-unread"]


@pytest.mark.parametrize("joined", ["A 亮 B 暗 C 红", "A 亮　B 暗　C 红"])
def test_options_of_one_cell_may_be_parted_by_their_letters_and_spaces_alone(joined):
    head = ["题干", "选项", "答案"]
    assert found([head, [ONE[1], joined, "A"], [TWO[1], "A. 灯\nB. 伞\nC. 石头", "AB"]]) == [ONE, TWO]


@pytest.mark.parametrize("name", ["答题依据", "法律依据"])
def test_where_an_answer_stands_is_kept_in_the_explanation(name):
    (one,) = read([["题干", "答案", name], [TRUE[1], "√", "第三条"]])["questions"]
    assert one["explanation"] == f"{name}：第三条"


def test_figures_answer_statements_on_a_sheet_that_is_named_after_them():
    """0 and 1 were refused there, and taken on a sheet of any other name."""
    head = ["题目", "答案"]
    assert found([head, [TRUE[1], "1"], [FALSE[1], "0"]], name="判断") == [TRUE, FALSE]


def test_a_row_that_tells_of_a_case_is_the_material_of_its_questions_below():
    head = ["题型", "题干", "选项A", "选项B", "选项C", "答案"]
    case = ["案例分析题", "村里停电了。", "", "", "", ""]
    document = read([head, case, ["单选题", "（1）灯要多（  ）。", "亮", "暗", "红", "A"],
                     ["判断题", "（2）夜里要带灯。", "", "", "", "√"], ["判断题", "雨天不带伞。", "", "", "", "×"], case])  # fmt: skip
    assert [(one["stem"], one.get("material")) for one in document["questions"]] == [
        (ONE[1], "村里停电了。"), (TRUE[1], "村里停电了。"), (FALSE[1], None), ("村里停电了。", None)
    ]  # fmt: skip
    assert "kind-not-held" in codes(document["questions"][3])


@pytest.mark.parametrize("shown, is_named", [("8:00", False), ("14:30", False), ("1:02", True), ("1月2日", True)])
def test_a_time_of_day_is_no_date_that_a_workbook_made(shown, is_named):
    given = book([["题干", "选项A", "选项B", "答案"], ["几点上班？", shown, "不上", "A"]])
    given["sheets"][0]["dates"] = [[1, 1]]
    (one,) = sheet.read(given)["questions"]
    assert ("cell-date" in codes(one)) == is_named


@pytest.mark.parametrize("other, wanted", [("4", "A"), ("0", "B")])
def test_what_one_sheet_tells_of_how_figures_count_holds_for_all_sheets_of_a_workbook(other, wanted):
    head = ["题型", "题目", "选项A", "选项B", "选项C", "选项D", "答案"]
    document = read([head, ["单选题", ONE[1], "亮", "暗", "红", "绿", "1"]], [head, ["单选题", TWO[1], "灯", "伞", "石头", "书", other]])
    assert document["questions"][0]["answer"] == wanted
    assert "answer-counted" not in codes(document["questions"][0])


PARTED = ["目录", "题型", "大题题干", "小题题型", "小题题干", "正确答案", "答案解析", "难易度", "知识点", "选项数", "A", "B", "C"]


def test_a_part_is_the_question_and_the_stem_beside_it_what_its_questions_share():
    def row(kind, stem, part_kind, part, answer, *options):
        return ["民生", kind, stem, part_kind, part, answer, "见条例。", "易", "低保", str(len(options)), *options]

    case = "某村办了一场灯会。"
    table = [PARTED, row("单选题", ONE[1], "", "", "A", *ONE[2]), row("综合题", case, "多选题", TWO[1], "AB", *TWO[2]), row("综合题", "", "", ONE[1], "A", *ONE[2]),
             row("", "", "", TRUE[1], "对"), row("判断题", FALSE[1], "", "", "错"), ["民生", "阅读理解", case], row("", "", "", TRUE[1], "对")]  # fmt: skip
    document = read(table)
    assert found(table) == [ONE, TWO, ONE, TRUE, FALSE, TRUE]
    assert [one.get("material") or "" for one in document["questions"]] == ["", case, case, case, "", case]
    assert {one["explanation"] for one in document["questions"]} == {"见条例。"}
    assert [one["params"]["name"] for one in document["problems"] if one["code"] == "column-unread"] == ["目录", "选项数"]


def test_a_picture_beside_a_part_is_the_parts():
    given = book([["大题题干", "小题题干", "答案"], ["某村办灯会。", TRUE[1], "对"]])
    given["sheets"][0]["drawings"] = [{"row": 1, "column": 1, "marker": "〔图〕"}]
    (question,) = sheet.read(given)["questions"]
    assert (question["material"], question["stem"]) == ("某村办灯会。", f"{TRUE[1]}〔图〕")


STEMLESS = ["题型", "大题描述", "正确答案", "答案解析", "难度", "知识点", "选项数", "选项A", "选项B", "选项C"]


def below_stemless(*questions, head=STEMLESS):
    said = {True: "对", False: "错"}
    rows = [["单选题" if one[2] else "判断题", one[1], said.get(one[3], one[3]), "看路，天黑以前要早点回家。", "易", "灯", "3", *one[2]] for one in questions]
    return [[*head], *rows]


@pytest.mark.parametrize(
    ("heading", "name"), [("大题描述", "大题描述"), ("这里写问的话", "这里写问的话"), ("", "B")]
)
def test_the_longest_texts_are_the_stems_where_no_heading_is_known_as_theirs(heading, name):
    head = [STEMLESS[0], heading, *STEMLESS[2:]]
    table = [["岗位练兵"], *below_stemless(ONE, TRUE, head=head), *below_stemless(FALSE, head=head)]
    document = read(table)
    assert found(table) == [ONE, TRUE, FALSE]
    assert [one["explanation"] for one in document["questions"]] == ["看路，天黑以前要早点回家。"] * 3
    assert [one["reason"] for one in document["ignored"]] == ["title", "heading", "heading"]
    told = {one["code"]: (one["place"], one["params"]["name"]) for one in document["problems"]}
    assert told == {"stem-column-taken": ("题库!2", name), "column-unread": ("题库!2", "选项数")}


def test_a_column_of_remarks_is_not_taken_for_the_stems_though_it_is_longer():
    table = [[*row, more] for row, more in zip(below_stemless(ONE, TWO), ["备查", "本题由某某镇综合服务中心编写。", "本题由某某镇党政办公室编写而成。"], strict=True)]
    document = read(table)
    assert [one["stem"] for one in document["questions"]] == [ONE[1], TWO[1]]
    assert [one["params"]["name"] for one in document["problems"] if one["code"] == "column-unread"] == ["选项数", "备查"]


def test_nothing_is_read_where_no_column_can_be_that_of_the_stems():
    table = [[cell for place, cell in enumerate(row) if place != 1] for row in below_stemless(ONE, TWO, ONE, TWO)]
    document = read(table)
    assert document["questions"] == []
    assert [(one["code"], one["place"]) for one in document["problems"]] == [("no-stem-column", "题库!1"), ("no-questions", "")]
    assert document["ignored"] == [{"from": "题库!2", "to": "题库!5", "reason": "no-table"}]


@pytest.mark.parametrize("is_first", [True, False])
def test_a_table_whose_stems_are_not_named_may_stand_above_or_below_another(is_first):
    tables = below_stemless(ONE, TRUE), [CHOICES[0], CHOICES[2]]
    table = [row for part in (tables if is_first else tables[::-1]) for row in part]
    assert found(table) == ([ONE, TRUE, TWO] if is_first else [TWO, ONE, TRUE])


def test_answers_without_questions_are_no_table_of_them_though_a_remark_is_long():
    document = read([["题号", "答案", "解析", "考点"], ["1", "A", "要看路。", "夜间出行常识"], ["2", "B", "要带伞。", "雨天出行常识"]])
    assert [one["code"] for one in document["problems"]] == ["no-stem-column", "no-questions"]


@pytest.mark.parametrize("sign", [",", "\t", ";", "|"])
def test_the_cells_of_a_text_are_known_by_a_head_without_stems_too(sign):
    lines = [sign.join(row) for row in below_stemless(ONE, TRUE)]
    assert sign_of("\n".join(lines)) == sign
    assert sign_of(lines[0]) is None


@pytest.mark.parametrize("flags", [("√", ""), ("✓", ""), ("是", "否"), ("1", "0"), ("Y", "N"), ("T", "F"), ("正确", "错误")])
@pytest.mark.parametrize("is_repeated", [True, False])
def test_flags_below_the_name_of_answers_tell_the_right_one_of_options_with_a_row_each(flags, is_repeated):
    rows = [
        [stem if is_repeated or not place else "", option, flags["ABC"[place] not in answer]]
        for _, stem, options, answer in (ONE, TWO)
        for place, option in enumerate(options)
    ]
    assert found([["题干", "选项", "答案"], *rows, [TRUE[1], "", flags[0]]]) == [ONE, TWO, TRUE]


@pytest.mark.parametrize("names", [["题干", "选项标识", "选项描述", "正确答案"], ["题目", "选项号", "选项文本", "答案"]])
def test_a_stem_may_come_again_beside_each_of_its_options(names):
    rows = [[stem, letter, option, answer] for _, stem, options, answer in (ONE, TWO) for letter, option in zip("ABC", options, strict=True)]
    assert found([names, *rows]) == [ONE, TWO]
    assert found([[names[0], *names[2:]], *([row[0], *row[2:]] for row in rows)]) == [ONE, TWO]


def test_questions_with_one_stem_and_their_options_in_one_cell_stay_apart():
    rows = [["下列正确的是（  ）。", f"A.{one}是 B.{one}不是", "A"] for one in ("灯", "伞", "路", "门")]
    assert [len(options) for _, _, options, _ in found([["题干", "选项", "答案"], *rows])] == [2, 2, 2, 2]


def test_letters_of_a_pasted_paper_may_have_cells_of_their_own():
    rows = [row for number, (_, stem, options, answer) in enumerate((ONE, TWO, ONE), 1)
            for row in ([str(number), stem], *map(list, zip("ABC", options, strict=True)), ["答案", answer])]  # fmt: skip
    assert found([["题号", "内容"], *rows]) == [ONE, TWO, ONE]


def test_options_in_one_cell_between_strokes_with_space_around_them():
    head = ["题型", "题干", "选项", "答案"]
    assert found([head, ["单选题", "灯要多（  ）。", "亮 / 暗 / 红", "A"], ["单选题", "限速（  ）。", "30km/h / 60km/h", "B"]]) == [
        ONE, ("single_choice", "限速（  ）。", ["30km/h", "60km/h"], "B")]  # fmt: skip
