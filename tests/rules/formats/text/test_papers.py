"""Whole papers as offices and platforms write them: titles of keys, who signed, results of a test, numbers in stems."""

import pytest

from quizapp.rules.formats import text
from quizapp.rules.formats.text import headings
from tests.rules.formats.account import codes, lines_lost

ONE, TWO = ("灯要（ ）。", ["亮", "暗"], "A"), ("门要（ ）。", ["开", "关"], "B")
QUESTIONS = "1．灯要（ ）。\nA．亮　B．暗\n2．门要（ ）。\nA．开　B．关\n"
KEY = "一、单选题\n1.A　2.B\n"


def read(source: str) -> list[tuple]:
    document = text.read(source)
    assert lines_lost(source, document) == []
    return [(one["stem"], one["options"], one["answer"]) for one in document["questions"]]


@pytest.mark.parametrize("title", [
    "党务知识测试卷（一）参考答案", "试卷一参考答案", "第一章 参考答案", "《信访工作条例》参考答案", "参考答案（一）", "参考答案（仅供参考）",
    "标准答案及评分细则", "附件2：参考答案", "附件二 标准答案", "参 考 答 案", "参　考　答　案", "2024年度考试（B卷）答案", "练习题的答案与解析", "答案及说明（A卷）",
])  # fmt: skip
def test_a_key_is_found_below_whatever_title(title):
    assert read(f"一、单选题\n{QUESTIONS}{title}\n{KEY}") == [ONE, TWO]


@pytest.mark.parametrize("lines", [
    "\n2018年乡镇干部业务能力考试\n参考答案及评分标准\n", "\n附件2\n农村宅基地题库参考答案\n（县农业农村局编）\n\n", "县医疗保障局\n2024年5月\n\n答案\n",
])  # fmt: skip
def test_what_stands_between_the_last_question_and_the_key_is_no_part_of_it(lines):
    source = f"一、单选题\n{QUESTIONS}二、判断题\n3．窗要亮。（ ）\n{lines}{KEY}二、判断题\n3.√\n"
    assert read(source) == [ONE, TWO, ("窗要亮。（ ）", [], True)]


def test_a_line_of_a_stem_above_its_own_answer_stays():
    source = "一、简答题\n1. 村里要办什么？\n请逐项说明\n参考答案\n灯、门\n2. 街上要办什么？\n请逐项说明\n参考答案\n1. 灯\n2. 门\n"
    assert [one["stem"] for one in text.read(source)["questions"]][0] == "村里要办什么？\n请逐项说明"


def test_several_papers_with_their_keys_last_or_after_each():
    one, other = f"一、单选题\n{QUESTIONS}", f"一、单选题\n{QUESTIONS.replace('灯', '窗').replace('门', '锁')}"
    wanted = [ONE, TWO, ("窗要（ ）。", ["亮", "暗"], "B"), ("锁要（ ）。", ["开", "关"], "A")]
    second = "一、单选题\n1.B　2.A\n"
    assert read(f"试卷一\n{one}试卷二\n{other}试卷一参考答案\n{KEY}试卷二参考答案\n{second}") == wanted
    assert read(f"卷（一）\n{one}卷（一）参考答案\n{KEY}\n卷（二）\n{other}卷（二）参考答案\n{second}") == wanted


def test_numbers_that_jump_or_come_twice_begin_questions_that_hold_their_answers_in_brackets():
    numbers = (1, 2, 4, 4, 5, 8)
    source = "一、填空题\n" + "".join(f"{n}．第{place}盏灯在（{place}号）门前。\n" for place, n in enumerate(numbers))
    document = text.read(source)
    assert [one["answer"] for one in document["questions"]] == [[[f"{place}号"]] for place in range(len(numbers))]
    assert codes(document) == ["number-gap"] * 3


@pytest.mark.parametrize("stem", ["5.12是我国的（ ）。", "7、8月要（ ）。", "2.5米以上要（ ）。", "3.15是（ ）。"])
def test_a_figure_that_begins_a_stem_is_no_second_number(stem):
    number, sign = stem[0], stem[1]
    before = "".join(f"{n}{sign}灯要（A）。\nA. 亮\nB. 暗\n" for n in range(1, int(number)))
    found = read(f"{before}{number}{sign}{stem}\nA. 亮\nB. 暗\n答案：A\n")
    assert (found[-1][0], len(found)) == (stem, int(number))


@pytest.mark.parametrize(("stem", "shown", "answer"), [
    ("《支部工作条例（试行）》规定，每（月）开会。", "《支部工作条例（试行）》规定，每（）开会。", [["月"]]),
    ("《信访工作条例》（2022年5月1日起施行）规定，限（60）日。", "《信访工作条例》（2022年5月1日起施行）规定，限（）日。", [["60"]]),
    ("村（居）民委员会每届（五）年。", "村（居）民委员会每届（）年。", [["五"]]),
    ("乡（镇、街道）要报（县级）批准。", "乡（镇、街道）要报（）批准。", [["县级"]]),
    ("《防洪法》第四十五条（紧急防汛期）规定，先（转移）。", "《防洪法》第四十五条（紧急防汛期）规定，先（）。", [["转移"]]),
    ("《（信访）条例》要学（三）遍。", "《（）条例》要学（）遍。", [["信访"], ["三"]]),
])  # fmt: skip
def test_a_bracket_that_says_more_of_the_words_before_it_is_no_blank(stem, shown, answer):
    (one,) = text.read(f"一、填空题\n1. {stem}\n")["questions"]
    assert (one["stem"], one["answer"]) == (shown, answer)


def test_the_results_of_a_test_as_a_survey_platform_shows_them():
    source = (
        "1. 哪些不付（ ）。 [多选题] (分值：5)\nA.灯\nB.伞\nC.门\n您的答案：A.灯┋B.伞\n正确答案：A.灯┋B.伞┋C.门\n得分：5\n"
        "2. 火警电话是（ ）\n【单选题】\nA.110\nB.119\n您的回答：A.110（得分：0）\n正确答案为：B.119\n\n"
        "3. 燃气管道不得改装。\n【判断题】\nA.对\nB.错\n您的回答：B.错（得分：0）\n正确答案为：A.对\n"
    )
    assert read(source) == [("哪些不付（ ）。", ["灯", "伞", "门"], "ABC"), ("火警电话是（ ）", ["110", "119"], "B"), ("燃气管道不得改装。", [], True)]
    assert not codes(text.read(source))


def test_letters_in_rows_of_their_own():
    part = "{n}.单选题(2分)\n{stem}\nA\n{a}\nB\n{b}\n正确答案：{key}\n\n"
    source = "".join(part.format(n=n, stem=one[0], a=one[1][0], b=one[1][1], key=one[2]) for n, one in enumerate((ONE, TWO, ONE), 1))
    assert read(source.replace("灯", "窗", 1)) == [("窗要（ ）。", *ONE[1:]), TWO, ONE]


def test_the_title_tells_the_kind_where_no_heading_does():
    found = text.read("党建填空题（共2题）\n1. 灯要（亮）。\n2. 门要（关）。\n")["questions"]
    assert [(one["kind"], one["answer"]) for one in found] == [("fill_blank", [["亮"]]), ("fill_blank", [["关"]])]
    mixed = text.read("单选题判断题\n1. 灯要（亮）。\n")["questions"]
    assert [one["kind"] for one in mixed] == [None]


def test_a_numbered_material_has_questions_in_round_brackets():
    case = "{n}．阅读下列材料，回答问题。\n某村{n}连续降雨。\n（1）有何不当？（10分）\n答：没有转移。\n（2）怎样防止？（10分）\n答：先看云图。\n"
    found = text.read("材料分析题\n" + "".join(case.format(n=n) for n in (1, 2, 3)))
    assert [one["stem"] for one in found["questions"]] == ["有何不当？", "怎样防止？"] * 3
    assert [f"某村{n}连续降雨" in one["material"] for n, one in zip((1, 1, 2, 2, 3, 3), found["questions"], strict=True)] == [True] * 6
    assert not found["problems"]


def test_an_ordinary_difficulty_is_medium():
    (one,) = text.read("1. 灯要（A）。\nA. 亮\nB. 暗\n难度：一般\n")["questions"]
    assert (one["difficulty"], one["problems"]) == ("medium", [])


@pytest.mark.parametrize("key", ["1.预防为主 2.60 3.全党动员、全民动手", "一、1.预防为主；2.60；3.全党动员、全民动手", "一、填空题：1.预防为主 2.60 3.全党动员、全民动手"])
def test_answers_in_words_may_stand_in_one_row_of_a_key(key):
    source = f"一、填空题\n1. 方针是____。\n2. 期限为____日。\n3. 全体要____。\n参考答案\n{key}\n"
    assert [answer for _, _, answer in read(source)] == [[["预防为主"]], [["60"]], [["全党动员、全民动手"]]]


def test_points_of_one_answer_in_a_row_of_a_key_are_no_answers_of_others():
    questions = "".join(f"{n}. 怎么办{n}？\n" for n in (1, 2, 3))
    found = read(f"一、简答题\n{questions}参考答案\n1. 先看：1. 报警 2. 疏散 3. 灭火\n2. 再看\n3. 问\n")
    assert [answer for _, _, answer in found] == ["先看：1. 报警 2. 疏散 3. 灭火", "再看", "问"]


def test_a_row_of_points_below_an_answer_in_a_key_answers_no_other_question():
    questions = "".join(f"{n}. 怎么办{n}？\n" for n in (1, 2, 3))
    found = read(f"一、简答题\n{questions}参考答案\n1. 答：先看\n2. 答：分三步\n1.报警；2.疏散；3.灭火\n3. 答：用水\n")
    assert [answer for _, _, answer in found] == ["先看", "分三步\n1.报警；2.疏散；3.灭火", "用水"]


def test_a_key_of_all_kinds_may_stand_in_one_row():
    source = f"一、单选题\n{QUESTIONS}二、判断题\n1. 窗要亮。（ ）\n2. 路要看。（ ）\n答案：一、1.A 2.B 二、1.√ 2.×\n"
    assert [answer for _, _, answer in read(source)] == ["A", "B", True, False]


@pytest.mark.parametrize(("right", "wrong"), [("正确：1、3", "错误：2、4"), ("对的有：1，3。", "错的有：2，4。"), ("√：1 3", "×：2 4")])
def test_a_key_may_list_what_is_right_and_what_is_wrong(right, wrong):
    source = "一、判断题\n" + "".join(f"{n}. 灯{n}要亮。（ ）\n" for n in (1, 2, 3, 4)) + f"参考答案\n{right}\n{wrong}\n"
    assert [answer for _, _, answer in read(source)] == [True, False, True, False]


def test_who_wrote_a_paper_is_no_part_of_its_last_question():
    source = "一、判断题\n1. 灯要亮。（ ）\n2. 门要开。（ ）\n出题人：某某\n以上试题由县卫健局提供\n"
    assert [stem for stem, _, _ in read(source)] == ["灯要亮。（ ）", "门要开。（ ）"]


@pytest.mark.parametrize("lead", ["（2-3题共用题干）", "(2~3题共用病例)", "（2-3共用题干）", "第2-3题共用材料："])
def test_a_text_may_be_shared_as_examinations_of_nurses_say_it(lead):
    source = f"一、A1型题\n1. 脑出血时避免\n  A. 静卧\n  B. 搬动\n二、A3/A4型题\n{lead}\n患者，56岁，上腹剧痛6小时。\n2. 诊断是\n  A. 胃炎\n  B. 胰腺炎\n3. 护理是\n  A. 禁食\n  B. 热敷\n三、X型题\n4. 要量\n  A. 体温\n  B. 血压\n  C. 书\n参考答案\n1.B 2.B 3.A 4.AB\n"
    found = text.read(source)["questions"]
    assert [(one["kind"], one["answer"], "患者" in one.get("material", "")) for one in found] == [
        ("single_choice", "B", False), ("single_choice", "B", True), ("single_choice", "A", True), ("multiple_choice", "AB", False)]  # fmt: skip


def test_several_letters_that_only_explanations_tell_make_a_question_of_several():
    found = text.read("1. 要带（ ）。\nA. 灯\nB. 伞\nC. 石头\n【解析】本题考查常识。故本题选AB。\n")["questions"][0]
    assert (found["kind"], found["answer"], [one["code"] for one in found["problems"]]) == ("multiple_choice", "AB", ["answer-from-explanation"])


def test_blanks_and_answers_as_editors_of_markdown_keep_them():
    source = "### 一、填空题（共1题）\n\n**1. 每\\_\\_\\_\\_查一次。**\n\n**答案：** 月\n\n### 二、判断题\n\n**2. 天是蓝的。**\n\n*答案：✅ 正确*\n"
    assert [(one["stem"], one["answer"]) for one in text.read(source)["questions"]] == [("每____查一次。", [["月"]]), ("天是蓝的。", True)]


def test_a_measure_with_a_stroke_is_one_answer():
    assert text.read("填空题\n1、血压低于【120/80】mmHg。\n2、任期【5/五】年。\n")["questions"][0]["answer"] == [["120/80"]]


def test_the_results_of_a_course_as_sites_of_continuing_education_show_them():
    source = "一、单选题\n1. 盐应控制在（）克以下  [本题分数：5.0分]\nA 、3 \nB 、5 \nC 、8 \n用户答案：[A]   得分：0.00\n正确答案：B\n答案解析：暂无\n\n二、判断题\n2. 天是绿的。\n正确\n错误\n用户答案：[正确]   得分：0.00\n正确答案：错误\n"
    found = text.read(source)["questions"]
    assert [(one["stem"], one["options"], one["answer"], one["points"]) for one in found] == [("盐应控制在（）克以下", ["3", "5", "8"], "B", 5), ("天是绿的。", [], False, None)]


def test_an_attempt_as_the_pages_of_moodle_show_it():
    page = "试题 {n}\n正确\n获得5.00分中的5.00分\n未标记标记试题\n试题正文\n{s}\n{k}\na. 灯\nb. 伞\nc. 石头\n反馈\n{r}\n\n"
    source = "形考任务一\n\n" + page.format(n=1, s="夜里要带（ ）。", k="单选题：", r="正确答案是：灯") + page.format(n=2, s="出门带（ ）。", k="选择一项或多项：", r="The correct answers are: 灯, 伞")
    assert [(one["stem"], one["options"], one["answer"]) for one in text.read(source)["questions"]] == [("夜里要带（ ）。", ["灯", "伞", "石头"], "A"), ("出门带（ ）。", ["灯", "伞", "石头"], "AB")]


def test_strokes_may_part_the_options_of_a_row():
    assert text.read("1.灯要（ ）。\nA.亮/B.暗/C.红\n[C]\n2.伞要（ ）。\nA.开/B.合/C.卖\n[A]\n")["questions"][0]["options"] == ["亮", "暗", "红"]


@pytest.mark.parametrize("row", [
    "1.[单选题] 每户有（ ）处宅基地。", "1.(单选题)每年检验（ ）次。", "【单选题】1.每天（ ）次。", "1.【单选题】共产党员应当（ ）。", "1.[单选题] 每个村有（ ）。",
])  # fmt: skip
def test_a_stem_behind_the_name_of_its_kind_is_no_heading(row):
    found = text.read(f"{row}\nA. 一\nB. 二\n答案：A\n2.[单选题] 灯要（ ）。\nA. 亮\nB. 暗\n答案：B\n")
    assert [one["answer"] for one in found["questions"]] == ["A", "B"] and found["problems"] == []


@pytest.mark.parametrize("words", ["略", "待定", "见教材", "暂缺", "无", "？", "……", "待补充", "暂无答案", "-", "（略）"])
def test_words_for_an_answer_that_is_not_there_yet_are_none(words):
    source = f"一、填空题\n1.火警是____。\n答案：{words}\n二、判断题\n2.要检查。\n答案：{words}\n三、单选题\n3.任期（ ）\nA.三\nB.五\n答案：{words}\n"
    found = text.read(source)["questions"]
    assert [(one["answer"], [each["code"] for each in one["problems"]]) for one in found] == [(None, ["no-answer"])] * 3


@pytest.mark.parametrize(("line", "answer"), [
    ("1.党务；2.村务；3.财务", ["党务", "村务", "财务"]), ("1、党务 2、村务 3、财务", ["党务", "村务", "财务"]), ("a.党务 b.村务 c.财务", ["党务", "村务", "财务"]),
    ("1党务 2村务 3财务", ["党务", "村务", "财务"]), ("1人；2人；3人", ["1人", "2人", "3人"]), ("1.5；2.5；3.5", ["1.5", "2.5", "3.5"]),
])  # fmt: skip
def test_numbers_of_blanks_are_no_part_of_their_answers(line, answer):
    source = f"一、填空题\n1.公开____、____、____。\n答案：{line}\n2.火警是____。\n答案：119\n"
    assert text.read(source)["questions"][0]["answer"] == [[one] for one in answer]


@pytest.mark.parametrize("row", [
    "关注微信公众号“村里事”获取更多题库", "更多试题请扫码", "2026/11/27 18:03 安全题库", "11/27/26, 6:03 PM 题库", "https://example.com/a/b 1/4",
])  # fmt: skip
def test_what_a_page_adds_between_options_is_no_part_of_them(row):
    (one,) = text.read(f"1. 灯要（ ）。\nA. 亮\nB. 暗\n{row}\nC. 红\n答案：A\n")["questions"]
    assert one["options"] == ["亮", "暗", "红"]


def test_the_key_of_a_page_may_stand_in_brackets_below_it():
    found = text.read("1. 灯要（ ）。\nA. 亮\nB. 暗\n2. 伞要（ ）。\nA. 开\nB. 合\n（本页答案：1A 2B）\n3. 门要（ ）。\nA. 关\nB. 开\n4. 窗要（ ）。\nA. 擦\nB. 砸\n（本页答案：3B 4A）\n")["questions"]
    assert [(one["options"][1], one["answer"]) for one in found] == [("暗", "A"), ("合", "B"), ("开", "B"), ("砸", "A")]


def test_the_title_of_a_chapter_above_numbers_of_two_parts():
    found = text.read("锅炉题库\n1 基础知识\n1.1 灯亮。（√）\n1.2 灯暗。（×）\n2 安全附件\n2.1 阀要（A）。\nA. 开\nB. 合\n")["questions"]
    assert [(one["stem"], one["answer"], one["chapter"]) for one in found][2:] == [("阀要（）。", "A", "安全附件")] and found[1]["answer"] is False


def test_labels_of_a_kind_with_a_number_and_of_an_answer_that_is():
    source = "".join(f"单选{n}：灯{n}要（ ）。\nA. 亮\nB. 暗\n标准答案为：B\n" for n in (1, 2)) + "判断1：天是蓝的。\n标准答案为：√\n"
    assert [(one["stem"], one["answer"]) for one in text.read(source)["questions"]] == [("灯1要（ ）。", "B"), ("灯2要（ ）。", "B"), ("天是蓝的。", True)]


def test_tagged_blanks_and_remarks_in_brackets():
    found = text.read("填空题\n1. 实现[填空1]。\n正确答案：[填空1]共产主义\n2. 红线为（18）亿亩（2020年国土规划）。\n3. （国务院令第663号）规定每（年）一次。\n")["questions"]
    assert [one["answer"] for one in found] == [[["共产主义"]], [["18"]], [["年"]]]


def test_statements_in_one_row_end_with_a_semicolon_and_the_next_kind_is_a_row_below():
    source = "判断题：1.灯亮（√）；2.伞合（×）。3.门关（√）；4.窗破（×）。\n填空题：1.火警是（119）。2.急救是（120）。3.匪警是（110）。\n"
    assert [(one["kind"], one["answer"]) for one in text.read(source)["questions"]] == [
        *(("true_false", is_right) for is_right in (True, False, True, False)), *(("fill_blank", [[one]]) for one in ("119", "120", "110"))]  # fmt: skip


@pytest.mark.parametrize("kind", ["单选题", "【单选题】"])
def test_the_place_among_all_questions_is_the_number_and_the_kind_may_stand_above_the_options(kind):
    source = f"1/3 灯要（ ）。\n{kind}\n○ A. 亮\n● B. 暗\n\n2/3 伞要（ ）。\n{kind}\n● A. 开\n○ B. 合\n\n3/3 天是蓝的。\n判断题\n● 正确\n○ 错误\n"
    assert [(one["stem"], one["kind"], one["answer"]) for one in text.read(source)["questions"]] == [
        ("灯要（ ）。", "single_choice", "B"), ("伞要（ ）。", "single_choice", "A"), ("天是蓝的。", "true_false", True)]  # fmt: skip


def test_options_may_bear_stems_of_the_calendar_in_brackets():
    found = text.read("1、灯要（ ）。\n（甲）亮　（乙）暗　（丙）红\n2、伞要（ ）。\n（甲）开　（乙）合　（丙）卖\n答案：\n1．乙　2．甲\n")["questions"]
    assert [(one["options"], one["answer"]) for one in found] == [(["亮", "暗", "红"], "B"), (["开", "合", "卖"], "A")]


def test_the_number_and_the_title_of_a_page_are_no_question():
    page = "\n{n}/2 安全题库\n{k}. 灯{k}要（ ）。\nA. 亮\nB. 暗\n答案：A\n"
    found = text.read("安全题库\n" + page.format(n=1, k=1) + page.format(n=2, k=2))["questions"]
    assert [one["stem"] for one in found] == ["灯1要（ ）。", "灯2要（ ）。"]


@pytest.mark.parametrize("head", ["一、单选题 共计：20分", "一、单选题，每个2分", "一、单选题 每小题只有一个答案", "一、单选题（共2题）", "单选题：共有2道题"])
def test_what_each_question_earns_is_part_of_the_heading(head):
    document = text.read(f"{head}\n1. 灯要（ ）。\nA. 亮\nB. 暗\n答案：A\n")
    assert document["ignored"][0] == {"from": 1, "to": 1, "reason": "heading"} and document["questions"][0]["kind"] == "single_choice"


def test_what_a_question_says_of_followers_and_addresses_is_no_advertisement_and_no_page():
    source = "1. 陌生人要求添加微信好友，应当（ ）。\nA. 添加对方微信\nB. 关注对方公众号\nC. 拒绝\n答案：C\n2. 关注公众号领红包，（ ）。\nA. 可信\nB. 要核实\n答案：B\n"
    source += "3. 官网是\nhttps://example.com/a\n（ ）。\nA. 真的\nB. 假的\n答案：A\n"
    found = text.read(source)
    assert [one["answer"] for one in found["questions"]] == ["C", "B", "A"] and found["ignored"] == []
    assert found["questions"][0]["options"] == ["添加对方微信", "关注对方公众号", "拒绝"] and "https" in found["questions"][2]["stem"]


@pytest.mark.parametrize("words", ["A型", "1. B型", "A型血"])
def test_blood_is_no_heading(words):
    assert headings.read_section(words) is None and headings.read_section("二、A1型题") is not None


def test_an_english_paper_with_options_behind_tabs_and_a_key():
    source = (
        "Part I  Multiple Choice\n1. She has lived here ____ 2015.\nA. for\tB. since\tC. from\n2. He is ____ man.\nA. a\tB. an\tC. the\n"
        "Part II  Translation\n3. 安全第一。\nAnswer key\n1-2 BA\n3. Safety first.\n"
    )
    assert [(one["kind"], one["options"], one["answer"]) for one in text.read(source)["questions"]] == [
        ("single_choice", ["for", "since", "from"], "B"), ("single_choice", ["a", "an", "the"], "A"),
        ("short_answer", [], "Safety first.")]  # fmt: skip


def test_a_material_above_the_line_that_names_its_questions_is_kept():
    source = (
        "案例分析题\n材料：老王租房给外地人，没有登记。\n（1～2题共用题干）\n1. 应在几日内登记？\nA. 3\nB. 7\n答案：A\n"
        "2. 由谁登记？\nA. 房东\nB. 邻居\n答案：A\n"
    )
    found = text.read(source)["questions"]
    assert ["老王租房给外地人，没有登记。" in one["material"] for one in found] == [True, True]


def test_a_number_twice_in_a_row_is_called_so():
    source = "".join(f"{n}. 第{at}件事要带（A）\nA. 灯\nB. 伞\n" for at, n in enumerate([1, 2, 5, 5, 9]))
    problems = [one for one in text.read(source)["problems"] if one["code"] == "number-gap"]
    assert [one["message"].split()[0] + str(one["params"]["number"]) for one in problems] == ["The5", "Number5", "The9"]


def test_english_passages_are_shared_by_the_questions_below_them():
    source = (
        "Part I  Reading Comprehension\nPassage 1\nTom is a nurse.\n1. What is Tom?\nA. A nurse\nB. A cook\nPassage 2\nAnn plants rice.\n"
        "2. What does Ann plant?\nA. Rice\nB. Tea\nQuestions 3 to 3 are based on the following passage.\nRice needs water.\n"
        "3. What does rice need?\nA. Milk\nB. Water\nPart II  Vocabulary\n4. She is ____ cook.\nA. a\nB. an\nAnswers\n1-4 AABA\n"
    )
    texts = ["Tom is a nurse.", "Ann plants rice.", "Rice needs water."]
    found = text.read(source)["questions"]
    assert [one["answer"] for one in found] == ["A", "A", "B", "A"]
    assert [one.get("material", "").split("\n")[-1] for one in found] == [*texts, ""]
