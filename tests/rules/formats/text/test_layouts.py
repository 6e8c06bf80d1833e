"""Every layout gives the same questions: stem, options, answer exactly."""

import re

import pytest

from quizapp.rules.formats import text
from tests.rules.formats.account import codes, lines_lost
from tests.rules.formats.text import layouts as lay
from tests.rules.formats.text.layouts import BLANKS, CHOICES, EVERY, MULTIPLES, SINGLES, TRUTHS


def read(source):
    document = text.read(source)
    assert lines_lost(source, document) == []
    return document


def plain(stem: str) -> str:
    return re.sub(r"\s", "", stem.replace("（", "(").replace("）", ")"))


def found(document):
    return [(one["kind"], plain(one["stem"]), one["options"], one["answer"]) for one in document["questions"]]


def wanted(questions, bracket="()"):
    return [(one.kind, plain(one.bare(bracket)), list(one.options), one.answer) for one in questions]


def by_kind(layout, **words):
    """Return the text of a layout with a heading before each kind."""
    return lay.sections(
        ("single_choice", layout(SINGLES, **words)),
        ("multiple_choice", layout(MULTIPLES, **words)),
        ("true_false", layout(TRUTHS, **words)),
    )


PLAIN_BLOCKS = {
    "the common one": {},
    "1、 A、 正确答案": {"number": "{}、", "option": "{}、", "label": "正确答案："},
    "full width": {"number": "{}．", "option": "{}．", "label": "【答案】", "explain": "【解析】"},
    "answer in brackets with a colon": {"number": "{}、", "label": "【答案】:", "gap": "\n\n"},
    "(1) and (A)": {"number": "（{}）", "option": "({})", "label": "参考答案: "},
    "1) and A)": {"number": "{})", "option": "{})", "label": "标准答案："},
    "第1题": {"number": "第{}题：", "option": "{}:", "label": "答：", "explain": "说明："},
    "【1】": {"number": "【{}】", "option": "{}. ", "label": "[答案] ", "explain": "[解析] "},
    "问题一": {"number": "问题{}：", "option": "{}、", "label": "答案 "},
    "1 and a space": {"number": "{} ", "option": "{}. ", "label": "答案: "},
    "a tab": {"number": "{}\t", "option": "{}、", "label": "正确答案："},
    "A without a sign": {"number": "{}．", "option": "{} ", "label": "答案："},
    "markdown": {"number": "{}. ", "option": "- {}. ", "label": "- **答案：", "explain": "", "words": "对 错"},
    "indented": {"number": "  {}. ", "option": "     {}. ", "label": "     [答案] ", "gap": "\n"},
    "full-width spaces": {"number": "　　{}、", "option": "　　{}、", "label": "　　答案："},
    "√ and ×": {"words": "√ ×"},
    "T and F": {"words": "T F"},
    "A. and English label": {"label": "ANSWER: ", "explain": "", "words": "对 错"},
}


@pytest.mark.parametrize("name", PLAIN_BLOCKS)
def test_a_part_a_line_without_headings(name):
    document = read(lay.block(EVERY, **PLAIN_BLOCKS[name]).replace("**答案：", "答案："))
    assert found(document) == wanted(EVERY)
    assert codes(document) == []


@pytest.mark.parametrize("name", PLAIN_BLOCKS)
def test_a_part_a_line_below_headings_that_number_anew(name):
    document = read(by_kind(lay.block, **PLAIN_BLOCKS[name]))
    assert found(document) == wanted(EVERY)
    assert codes(document) == []


HEADINGS = [
    "{}、{}",
    "{}、{}（每题2分，共20分）",
    "{}. {}（共3题）",
    "## {}、{}",
    "第{}部分 {}(15题)",
    "（{}）{}：",
    "【{1}】",
    "[{1}组]",
    "--- {1} ---",
    "{1}",
    "{}、{}，共3题，每题2分",
    "{}、{}(请选出正确的答案，每小题2分)",
]


@pytest.mark.parametrize("heading", HEADINGS)
def test_the_ways_to_head_a_kind(heading):
    kinds = (("single_choice", SINGLES), ("multiple_choice", MULTIPLES), ("true_false", TRUTHS))
    document = read(lay.sections(*[(kind, lay.block(part)) for kind, part in kinds], heading=heading))
    assert found(document) == wanted(EVERY)
    assert sum(one["to"] - one["from"] + 1 for one in document["ignored"]) == 3
    assert {question["points"] for question in document["questions"]} == ({2} if "2分" in heading else {None})


@pytest.mark.parametrize("separator", ["\n", "    ", "\t", "　　", ""])
def test_answers_in_the_bracket_and_options_in_one_line(separator):
    document = read(by_kind(lay.in_bracket, option="{}.", separator=separator))
    bare = [(kind, stem + ("" if options else "()"), options, answer) for kind, stem, options, answer in wanted(EVERY)]
    assert found(document) == bare
    assert codes(document) == []


@pytest.mark.parametrize("words", ["√ ×", "对 错", "正确 错误"])
def test_answers_in_the_bracket_without_headings(words):
    document = read(lay.in_bracket(EVERY, words=words))
    assert [one["answer"] for one in document["questions"]] == [one.answer for one in EVERY]
    assert [one["kind"] for one in document["questions"]] == [one.kind for one in EVERY]


@pytest.mark.parametrize("text_", ["A、{}、B", "{}"])
def test_letters_in_a_stem_begin_no_options(text_):
    source = f"1. 甲地A、乙地B、丙地C中（ ）。\nA. 甲\nB. 乙\n答案：A\n2. 从A、B、C三处选{text_}（ ）\nA. 一\nB. 二\n答案：B\n"
    assert [one["options"] for one in read(source)["questions"]] == [["甲", "乙"], ["一", "二"]]


KEYS = {
    "ranges": "参考答案\n1-4 BACD\n5-7：ABD ABD ABCD\n8—10 × √ √\n",
    "ranges with points between": "答案：\n1—4 BACD 5—7 ABD . ABD . ABCD . 8-10 错 对 对\n",
    "pairs": "答案\n:\n1.B2.A3.C4.D5.ABD6.ABD7.ABCD8.×9.√10.√\n",
    "pairs with spaces": "附：参考答案\n1.B  2.A  3.C  4.D  5.ABD\n6.ABD 7.ABCD 8.错 9.对 10.对\n",
    "one a line": "答案解析\n1.【答案】B【解析】没有电就没有光。\n2.【答案】A\n3.【答案】C\n4.【答案】D\n"
    "5.【答案】ABD\n"
    "6.【答案】ABD\n7.【答案】ABCD\n8.【答案】×\n9.【答案】√\n10.【答案】√\n",
    "a table": "标准答案：\n1、B\n2、A\n3、C\n4、D\n5、ABD\n6、ABD\n7、ABCD\n8、错误\n9、正确\n10、正确\n",
}


@pytest.mark.parametrize("name", KEYS)
def test_a_key_at_the_end(name):
    document = read(lay.without_answers(EVERY) + "\n" + KEYS[name])
    assert found(document) == wanted(EVERY)
    assert codes(document) == []
    assert document["questions"][0]["explanation"] in ("", "没有电就没有光。")


def test_a_key_whose_numbers_begin_anew_below_each_heading():
    body = by_kind(lay.without_answers)
    key = "参考答案\n一、单选题\n1-4 BACD\n二、多选题\n1.ABD 2.ABD 3.ABCD\n三、判断题\n1-3 ×√√\n"
    document = read(body + key)
    assert found(document) == wanted(EVERY)
    assert codes(document) == []


def test_a_key_after_each_part():
    parts = [
        lay.without_answers(SINGLES) + "答案\n1.B2.A3.C4.D\n",
        lay.without_answers(MULTIPLES) + "答案\n1.ABD2.ABD3.ABCD\n",
    ]
    document = read("".join(f"第{number}期\n{part}" for number, part in enumerate(parts, 1)))
    assert found(document) == wanted(CHOICES)


def test_a_key_that_does_not_fit_is_told():
    document = read(lay.without_answers(SINGLES) + "参考答案\n1-3 BAC\n9.D\n")
    assert codes(document) == ["key-without-question", "no-answer"]


def test_run_on_text_without_line_breaks():
    document = read(lay.run_on(EVERY))
    assert found(document) == wanted(EVERY)
    assert codes(document) == []


def test_the_answer_behind_a_dash():
    source = "".join(
        f"{mark}{one.bare()}。-{one.answer}:{'、'.join(one.options[lay.LETTERS.index(x)] for x in one.answer)}\n"
        for mark, one in lay.numbered(CHOICES)
    )
    document = read(source)
    assert [(one["kind"], one["answer"], one["options"]) for one in document["questions"]] == [
        (one.kind, one.answer, []) for one in CHOICES
    ]
    assert set(codes(document)) == {"no-options", "option-count"}


def test_the_answer_between_stem_and_options():
    lines = []
    for mark, one in lay.numbered(CHOICES):
        lines += [mark + one.bare(), f"答案：{one.answer}"]
        lines += [f"{letter}. {option}" for letter, option in zip(lay.LETTERS, one.options, strict=False)]
    document = read("\n".join(lines))
    assert found(document) == wanted(CHOICES)


def test_no_numbers_at_all():
    document = read(lay.block(EVERY, number=""))
    assert found(document) == wanted(EVERY)


def test_a_star_before_each_stem():
    document = read(lay.block(CHOICES, number="*", label="答案:", explain="解析:"))
    assert found(document) == wanted(CHOICES)


def test_the_kind_in_the_head_of_the_stem():
    names = {"single_choice": "单选题", "multiple_choice": "多选题", "true_false": "判断题"}
    for head in ("({}, 2.0分)", "【{}】", "_[{}]_", "（{}）"):
        source = lay.block(EVERY)
        for number, one in enumerate(EVERY, 1):
            tag = head.format(names[one.kind]).replace("题]_", "]_")
            source = source.replace(f"{number}.{one.bare()}", f"{number}. {tag} {one.bare()}", 1)
        assert found(read(source)) == wanted(EVERY), head


@pytest.mark.parametrize(
    "written, letters",
    [("ABD", "ABD"), ("A B D", "ABD"), ("A、B、D", "ABD"), ("A,B,D", "ABD"), ("A;B;D", "ABD"), ("A/B/D", "ABD")]
    + [
        ("ＡＢＤ", "ABD"),
        ("A-D", "ABCD"),
        ("全选", "ABCD"),
        ("以上全选", "ABCD"),
        ("A，B和D", "ABD"),
        ("ABD。", "ABD"),
    ],
)
def test_the_ways_to_write_several_letters(written, letters):
    source = lay.sections(("multiple_choice", lay.block(MULTIPLES[:2])))
    document = read(source.replace("答案：ABD", f"答案：{written}", 1))
    assert document["questions"][0]["answer"] == letters


@pytest.mark.parametrize("words", ["正确 错误", "对 错", "是 否", "√ ×", "✓ ✗", "T F", "True False", "同意 不同意"])
def test_the_ways_to_write_right_and_wrong(words):
    document = read(lay.sections(("true_false", lay.block(TRUTHS, words=words))))
    assert [one["answer"] for one in document["questions"]] == [False, True, True]


def test_true_or_false_with_two_options():
    source = "".join(
        f"{mark}{one.stem}\nA. 正确\nB. 错误\n答案：{'AB'[not one.answer]}\n" for mark, one in lay.numbered(TRUTHS)
    )
    assert found(read("一、判断题\n" + source)) == wanted(TRUTHS)
    assert found(read(source)) == wanted(TRUTHS)


FILLED = {
    "| and ；": "1. 巡查记录保存____年，由____保管。\n答案：5;五|村委会\n2. 报警电话是____。\n答案：110\n"
    "3. 另带一副____。\n答案：电池\n",
    "one label a blank": "1. 巡查记录保存____年，由____保管。\n[参考答案]5；五\n[参考答案]村委会\n"
    "2. 报警电话是____。\n[参考答案]110\n"
    "3. 另带一副____。\n[参考答案]电池\n",
    "groups": "1、巡查记录保存________年，由_____保管。\n[5 五][村委会][2分][2分]\n2、报警电话是_____。\n[110][1分]\n"
    "3、另带一副_____。\n[电池]\n",
    "round groups": "1. 巡查记录保存____年，由____保管。\n【答案】(5；五)(村委会)\n2. 报警电话是____。\n【答案】110\n"
    "3. 另带一副____。\n【答案】电池\n",
    "double brackets": "1. 巡查记录保存____年，由____保管。((5/五;;村委会))\n2. 报警电话是____。((110))\n"
    "3. 另带一副____。((电池))\n",
    "numbered": "1. 巡查记录保存____年，由____保管。\n答案：第一空：5；五 第二空：村委会\n"
    "2. 报警电话是____。\n答案：110\n"
    "3. 另带一副____。\n答案：第一空：电池\n",
}


@pytest.mark.parametrize("name", FILLED)
def test_the_ways_to_fill_blanks(name):
    document = read("一、填空题\n" + FILLED[name])
    assert [one["answer"] for one in document["questions"]] == [one.answer for one in BLANKS]
    assert [re.sub("_+", "____", one["stem"]) for one in document["questions"]] == [one.stem for one in BLANKS]


def test_answers_written_into_the_blanks():
    brackets = "一、填空(请将正确的答案填入括号内,每题一分)\n1、记录保存(五)年，由(村委会 )保管。\n2、报警电话(指国内)是(110 )。\n"
    document = read(brackets.replace("(五)", "(五 )"))
    assert [one["answer"] for one in document["questions"]] == [[["五"], ["村委会"]], [["110"]]]
    assert [one["stem"] for one in document["questions"]] == ["记录保存()年，由()保管。", "报警电话(指国内)是()。"]
    lines = "一、填空题\n1、记录保存__五__年，由__村委会__保管。\n2、报警电话是__110__。\n"
    document = read(lines)
    assert [one["answer"] for one in document["questions"]] == [[["五"], ["村委会"]], [["110"]]]
    assert [one["stem"] for one in document["questions"]] == ["记录保存____年，由____保管。", "报警电话是____。"]


def test_a_semicolon_parts_blanks_where_there_are_as_many():
    document = read("一、填空题\n1. 保存____年，由____保管。\n答案：5；村委会\n2. 电话____、____。\n答案：110；119\n")
    assert [one["answer"] for one in document["questions"]] == [[["5"], ["村委会"]], [["110"], ["119"]]]
    assert document["habit"]["semicolon"] == "next"


def test_answers_in_words_keep_their_points():
    source = (
        "一、简答题\n1. 夜间巡查前要做什么？\n答：1. 看电量。\n2. 带电池。\n3. 看天气。\n"
        "2. 发现井盖丢失怎么办？\n答案：（1）报告；（2）放警示牌。\n"
    )
    document = read(source)
    assert [one["kind"] for one in document["questions"]] == ["short_answer"] * 2
    assert document["questions"][0]["answer"] == "1. 看电量。\n2. 带电池。\n3. 看天气。"
    assert document["questions"][1]["answer"] == "（1）报告；（2）放警示牌。"


def test_tags_leave_the_stem():
    source = "1. 先看什么（ ）（2分）[难度:0.9]\nA. 灯\nB. 门\n答案：A\n2. (3分) 后看什么（ ）\nA. 灯\nB. 门\n答案：B\n难度：难\n"
    first, second = read(source)["questions"]
    assert (first["stem"], first["points"], first["difficulty"]) == ("先看什么（ ）", 2, "easy")
    assert (second["stem"], second["points"], second["difficulty"]) == ("后看什么（ ）", 3, "hard")


def test_the_head_of_a_paper_is_no_question():
    source = (
        "绝密★启用前\n夜间巡查知识测试卷\n单位：______ 姓名：______ 得分：____\n注意事项：\n1. 请用黑色笔。\n"
        "2. 不要折叠。\n" + by_kind(lay.block)
    )
    document = read(source)
    assert found(document) == wanted(EVERY)


def test_what_the_person_answered_is_not_the_key():
    source = "".join(
        f"{mark}{one.bare()}\n"
        + "".join(f"{x}、{o}\n" for x, o in zip(lay.LETTERS, one.options, strict=False))
        + f"我的答案：\n\nC\n\n4.1分\n\n正确答案：\n\n{one.answer}\n\n"
        for mark, one in lay.numbered(CHOICES)
    )
    document = read(source)
    assert [one["answer"] for one in document["questions"]] == [one.answer for one in CHOICES]


def test_a_missing_answer_is_named_and_the_rest_is_read():
    document = read(lay.block(EVERY).replace("答案：C\n", "").replace("答案：错误\n", ""))
    assert [one["answer"] for one in document["questions"]] == [
        None if one in (SINGLES[2], TRUTHS[0]) else one.answer for one in EVERY
    ]
    assert codes(document).count("no-answer") == 2


def test_a_question_in_a_gap_is_not_swallowed():
    document = read(lay.block(EVERY).replace("4.含", "14.含"))
    assert len(document["questions"]) == len(EVERY)
    assert "number-gap" in codes(document)


PRODUCTS = {
    "groups in brackets, a tag each": (
        "[单选题组]\n1.出门先看手电筒的[难度:0.9][分数:2]\nA.颜色\nB.电量\n[参考答案]B\n[答案解析]没有电就没有光。\n"
        "[判断题组]\n2.手电筒要有备用电池。\n[正确]\n3.可以第二天再登记。\n[错误]\n"
        "[填空题组]\n4.保存____年，由____保管。\n[参考答案]5\n[参考答案]村委会\n",
        [
            ("single_choice", "出门先看手电筒的", ["颜色", "电量"], "B"),
            ("true_false", "手电筒要有备用电池。", [], True),
            ("true_false", "可以第二天再登记。", [], False),
            ("fill_blank", "保存____年，由____保管。", [], [["5"], ["村委会"]]),
        ],
    ),
    "answer and points in brackets below": (
        "1.要带的有\n哪些？\nA.雨衣\nB。手电筒\nC、风筝\n[AB][3分][1分]\n[解析]风筝用不上。\n"
        "2.报警电话是________，火警是________\n[110][119 一一九][2分][2分][答案无顺序][不区分大小写]\n"
        "3、下雨天也要巡查\n[√][2分]\n",
        [
            ("multiple_choice", "要带的有\n哪些？", ["雨衣", "手电筒", "风筝"], "AB"),
            ("fill_blank", "报警电话是________，火警是________", [], [["110"], ["119", "一一九"]]),
            ("true_false", "下雨天也要巡查", [], True),
        ],
    ),
    "tags of a survey": (
        "1. 先看什么[Single Choice][Answer: B][Score: 5][All]\nA. 颜色\nB. 电量\n"
        "2. 要带的有[Multiple Choice][Answer: A, C][Score: 2, 3][Partial]\nA. 雨衣\nB. 风筝\nC. 雨靴\n"
        "3. 电话____，火警____[Fill in the Blank][Answer: 1.110, 2.119][Score: 2, 3][ByBlank]\n",
        [
            ("single_choice", "先看什么", ["颜色", "电量"], "B"),
            ("multiple_choice", "要带的有", ["雨衣", "风筝", "雨靴"], "AC"),
            ("fill_blank", "电话____，火警____", [], [["110"], ["119"]]),
        ],
    ),
    "everything at the end of the stem": (
        "[单选题]\n1. 出门先看（B）\nA. 颜色\nB. 电量\n[填空题]\n2. 电话____、____。((110;;119))\n"
        "[判断题]\n3. 下雨天也要巡查。(√)\n[解析]\n更要巡查。\n[多选题]\n4. 要带的有(AB)\n[解析] 风筝用不上\n"
        "A. 雨衣\nB. 灯\nC. 风筝\n",
        [
            ("single_choice", "出门先看（）", ["颜色", "电量"], "B"),
            ("fill_blank", "电话____、____。", [], [["110"], ["119"]]),
            ("true_false", "下雨天也要巡查。()", [], True),
            ("multiple_choice", "要带的有()", ["雨衣", "灯", "风筝"], "AB"),
        ],
    ),
    "a sign before the number": (
        "判断题\n（√）1、手电筒要有电。\n（×）2、登记可以等到第二天。\n( √ ) 3. 下雨天也要巡查。\n",
        [
            ("true_false", "手电筒要有电。", [], True),
            ("true_false", "登记可以等到第二天。", [], False),
            ("true_false", "下雨天也要巡查。", [], True),
        ],
    ),
    "a sign behind the statement": (
        "判断题\n1、手电筒要有电。√\n2、登记可以等到第二天。×\n3、下雨天不用巡查。 ×\n",
        [
            ("true_false", "手电筒要有电。", [], True),
            ("true_false", "登记可以等到第二天。", [], False),
            ("true_false", "下雨天不用巡查。", [], False),
        ],
    ),
    "small letters": (
        "1. 先看（ ）\na. 灯\nb. 门\n答案：a\n2. 要带（ ）\na. 灯\nb. 伞\n答案：a、b\n",
        [("single_choice", "先看（ ）", ["灯", "门"], "A"), ("multiple_choice", "要带（ ）", ["灯", "伞"], "AB")],
    ),
    "the answer in words": (
        "1. 先看（ ）\nA. 灯\nB. 门\n答案：门\n",
        [("single_choice", "先看（ ）", ["灯", "门"], "B")],
    ),
    "single or multiple, the answer tells": (
        "一、选择题\n1. 要带（ ）\nA. 灯\nB. 伞\nC. 风筝\n答案：AB\n2. 先看（ ）\nA. 灯\nB. 门\n答案：A\n",
        [
            ("multiple_choice", "要带（ ）", ["灯", "伞", "风筝"], "AB"),
            ("single_choice", "先看（ ）", ["灯", "门"], "A"),
        ],
    ),
    "the answer in the explanation only": (
        "1. 先看（ ）\nA. 灯\nB. 门\n解析：开灯才看得见，故选A。\n",
        [("single_choice", "先看（ ）", ["灯", "门"], "A")],
    ),
    "letters of options printed wrongly": (
        "1. 先看（ ）\nA. 灯\nB. 门\nB. 窗\nD. 墙\n答案：C\n",
        [("single_choice", "先看（ ）", ["灯", "门", "窗", "墙"], "C")],
    ),
}


@pytest.mark.parametrize("name", PRODUCTS)
def test_the_layouts_of_products(name):
    source, questions = PRODUCTS[name]
    document = read(source)
    assert [(one["kind"], one["stem"], one["options"], one["answer"]) for one in document["questions"]] == questions
    assert set(codes(document)) <= {"answer-from-explanation", "option-order"}


def test_material_that_questions_share_is_kept_with_them():
    source = (
        "一、单选题\n根据以下材料，回答1-2题：\n巡查队有五个人，每人一支手电筒。\n1. 几个人（ ）\nA. 三\n"
        "B. 五\n答案：B\n"
        "2. 几支手电筒（ ）\nA. 三\nB. 五\n答案：B\n3. 另一题（ ）\nA. 一\nB. 二\n答案：A\n材料二：又一段。\n"
        "4. 第四题（ ）\nA. 一\nB. 二\n答案：A\n"
    )
    document = read(source)
    texts = [one.get("material", "") for one in document["questions"]]
    assert ["五个人" in text for text in texts] == [True, True, False, False]
    assert ["又一段" in text for text in texts] == [False, False, False, True]
    assert codes(document) == ["shared-material"] * 3


CASES = {
    "numbered within": ("{n}. {text}", "（{m}）", (16, 17), (1, 2)),
    "circled within": ("{n}. {text}", "{circled}", (16, 17), (1, 2)),
    "the case by words": ("案例{han}：{text}", "{m}. ", (1, 2), (1, 2)),
    "the case by ordinals": ("（{han}）{text}", "{k}. ", (1, 2), (16, 19)),
    "the ordinal alone": ("（{han}）\n{text}", "{k}. ", (1, 2), (16, 19)),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("has_more_before", [True, False])
def test_what_a_case_tells_goes_with_its_questions(name, has_more_before):
    case, inner, numbers, _ = CASES[name]
    before = "".join(f"{n}. 第{n}项要钱吗（A）。\nA. 不要\nB. 要\n" for n in range(1, 16)) if has_more_before else ""
    asked = iter([("先做什么（A）。\nA. 登记\nB. 走开\n", 1, 16), ("要做的有（AB）。\nA. 建档\nB. 告知\nC. 罚款\n", 2, 17),
                  ("能享受什么（B）。\nA. 一\nB. 二\n", 1, 18), ("由县发放。（√）\n", 2, 19)])  # fmt: skip
    body = ""
    for han, number, told in zip("一二", numbers, ("来了一户外来人口。", "张某夫妇都是农民。"), strict=True):
        body += case.format(n=number, han=han, text=told) + "\n"
        for words, within, running in [next(asked), next(asked)]:
            body += inner.format(m=within, k=running, circled="①②"[within - 1]) + words
    source = (f"一、单选题\n{before}" if before else "") + f"三、案例分析题（每题5分）\n{body}"
    document = read(source)
    told = document["questions"][15 if before else 0 :]
    assert [(one["stem"], one["answer"]) for one in told] == [
        ("先做什么（）。", "A"), ("要做的有（）。", "AB"), ("能享受什么（）。", "B"), ("由县发放。（）", True),
    ]  # fmt: skip
    assert [one["options"][-1:] for one in told] == [["走开"], ["罚款"], ["二"], []]
    texts = [one["material"].removeprefix("案例一：").removeprefix("案例二：") for one in told]
    assert texts == ["来了一户外来人口。"] * 2 + ["张某夫妇都是农民。"] * 2
    assert lines_lost(source, document) == [] and set(codes(document)) == {"shared-material"}


@pytest.mark.parametrize("before", [0, 15])
def test_one_line_answers_all_questions_of_a_case(before):
    others = "".join(f"{n}. 第{n}项要钱吗（A）。\nA. 不要\nB. 要\n" for n in range(1, before + 1))
    document = read(
        (f"一、单选题\n{others}" if others else "") + "二、案例题\n1. 来了一户。\n（1）先做什么（ ）。\nA. 登记\nB. 走开\n（2）再做什么（ ）。\nA. 建档\nB. 告知\n答案：（1）A；（2）AB\n"
    )
    assert [(one["answer"], one["material"]) for one in document["questions"][before:]] == [
        ("A", "来了一户。"), ("AB", "来了一户。"),
    ]  # fmt: skip


def test_points_of_a_stem_are_no_questions_of_a_case():
    before = "".join(f"{n}. 第{n}项要钱吗（A）。\nA. 不要\nB. 要\n" for n in range(1, 6))
    source = before + "6. 关于下列做法：\n（1）甲要登记；\n（2）乙要罚款。\n其中对的是（A）。\nA. 甲\nB. 乙\n"
    last = read(source)["questions"][-1]
    assert (last["answer"], last.get("material", ""), last["stem"].count("\n")) == ("A", "", 3)


@pytest.mark.parametrize("number", ["单选题{n}：", "单选题 {n}、", "{n}–", "{n} — "])
def test_rarer_ways_to_number(number):
    source = "".join(number.format(n=n) + f"第{n}项要钱吗（ ）。\nA. 不要\nB. 要\n答案：A\n" for n in range(1, 6))
    told = [(one["number"], one["stem"], one["kind"], one["answer"]) for one in read(source)["questions"]]
    assert told == [(str(n), f"第{n}项要钱吗（ ）。", "single_choice", "A") for n in range(1, 6)]


def test_a_line_that_holds_too_much_is_told():
    document = read("1. 先看（ ）\nA. 灯\nB. 门\n答案：A\n解析：" + "【解析】再看。" * 500 + "\n")
    assert "line-too-full" in codes(document)


def test_a_key_in_a_file_of_its_own():
    body = by_kind(lay.without_answers)
    key = "夜间巡查测试 答案\n一、单选题（每题2分）\n1—4     BACD\n二、多选题\n1—3 ABD . ABD . ABCD\n三、判断题\n1.×2.√3.√\n"
    document = text.read(body, {"answers": key})
    assert lines_lost(body, document) == []
    assert found(document) == wanted(EVERY)
    assert codes(document) == []


def test_a_key_in_a_file_of_its_own_for_answers_in_words():
    body = "一、简答题\n1.简述巡查前要做什么。\n2.简述怎么登记。\n"
    key = "答案\n一、简答题\n1.简述巡查前要做什么。\n答：看电量（2分），带电池（2分）。\n2.简述怎么登记。\n答：当晚登记（4分）。\n多余的一行\n"
    document = text.read(body, {"answers": key})
    assert [one["answer"] for one in document["questions"]] == [
        "看电量（2分），带电池（2分）。",
        "当晚登记（4分）。\n多余的一行",
    ]


def test_what_a_key_file_holds_beside_answers_is_told():
    document = text.read(lay.without_answers(SINGLES), {"answers": "1-4 BACD\n9.B\n这是什么（ ）\n"})
    assert [(one["code"], one["place"]) for one in document["problems"]] == [
        ("key-unread", "key:3"),
        ("key-without-question", "key:2"),
    ]


def test_options_without_a_question_are_told():
    document = read("一、单选题\nA. 灯\nB. 门\n答案：A\n1. 先看（ ）\nA. 灯\nB. 门\n答案：A\n")
    assert [(one["code"], one["place"]) for one in document["problems"]] == [("unread-line", n) for n in "234"]


def test_a_key_in_another_order_than_its_questions_goes_by_its_headings():
    body = lay.sections(
        ("single_choice", lay.without_answers(SINGLES)), ("multiple_choice", lay.without_answers(MULTIPLES))
    )
    key = "参考答案\n二、多选题\n1.ABD 2.ABD 3.ABCD\n一、单选题\n1-4 BACD\n"
    document = read(body + key)
    assert found(document) == wanted(CHOICES)


def test_a_number_inside_a_run_on_option_begins_no_question():
    source = (
        "1.先看()A.第2.条B.门答案:A。2.后看()A.灯B.第3.条答案:B。3.再看()A.灯B.门答案:A。4.要带()A.灯B.伞答案:B。\n"
    )
    document = read(source)
    assert [one["options"] for one in document["questions"]][:2] == [["第2.条", "门"], ["灯", "第3.条"]]
    assert [one["answer"] for one in document["questions"]] == ["A", "B", "A", "B"]


def test_what_a_page_repeats_around_questions_is_left_out():
    source = "".join(f"{number}. 看什么{number}（ ）\nA. 灯\nB. 门\n答案：A\n收藏 纠错\n" for number in range(1, 5))
    document = read(source)
    assert [one["explanation"] for one in document["questions"]] == [""] * 4
    assert [one["reason"] for one in document["ignored"]] == ["repeated-line"] * 4


def test_letters_in_a_bracket_beside_an_empty_one_are_no_answer():
    document = read("1. 图中（A）处是（ ）\nA. 灯\nB. 门\n答案：A\n2. 图中（B）处是（ ）\nA. 灯\nB. 门\n")
    assert [one["stem"] for one in document["questions"]] == ["图中（A）处是（ ）", "图中（B）处是（ ）"]
    assert [one["answer"] for one in document["questions"]] == ["A", None]


@pytest.mark.parametrize(
    "source", ["一、判断题\n1. 灯要亮。\n答案：不一定\n", "一、单选题\n1. 先看（ ）\nA. 灯\nB. 门\n答案：天\n"]
)
def test_an_answer_that_makes_no_sense_is_told(source):
    assert codes(read(source)) == ["answer-unreadable"]


def options_in_rows(question, sign, between, rows=99):
    parts = [sign.format(letter) + option for letter, option in zip(lay.LETTERS, question.options, strict=False)]
    return "\n".join(between.join(parts[first : first + rows]) for first in range(0, len(parts), rows))


@pytest.mark.parametrize("sign", ["{}.", "{}、", "({})", "（{}）", "[{}]", "【{}】", "{},", "{}，", "{} ", "{}"])
@pytest.mark.parametrize("between, rows", [("\n", 99), ("    ", 2), ("\t", 2), ("  ", 99), ("", 99)])
def test_option_letters_of_every_sign_in_every_arrangement(sign, between, rows):
    """Letters in brackets, before a comma or without any sign; on lines of their own, two a line, all in one."""
    questions = [one for one in CHOICES if "A型血的人数" not in one.options]
    source = "".join(
        f"{mark}{one.bare()}\n{options_in_rows(one, sign, between, rows)}\n答案：{one.answer}\n"
        for mark, one in lay.numbered(questions)
    )
    assert found(read(source)) == wanted(questions)


@pytest.mark.parametrize("sign", ["[{}]", "{},", "{} ", "{}"])
def test_such_options_behind_their_stem(sign):
    questions = [one for one in CHOICES if "A型血的人数" not in one.options]
    source = "".join(
        f"{mark}{one.bare()}{options_in_rows(one, sign, '')}\n答案：{one.answer}\n" for mark, one in lay.numbered(questions)
    )
    assert found(read(source)) == wanted(questions)


def test_a_stem_that_names_letters_keeps_them():
    source = "1. 甲地A、乙地B和丙地C之间先修（ ）\nA. 桥\nB. 路\n答案：A\n2. A,B,C三类中人数最多的是（ ）\nA. 甲\nB. 乙\n答案：B\n"
    assert [one["stem"] for one in read(source)["questions"]] == ["甲地A、乙地B和丙地C之间先修（ ）", "A,B,C三类中人数最多的是（ ）"]


def test_a_heading_says_what_is_to_be_done():
    source = (
        "一、单选题：下列各题的备选答案中只有一个是对的，请把它的字母填在括号里。\n" + lay.block(SINGLES)
        + "二、多选题（每题3分）：下列各题有两个以上答案。\n" + lay.block(MULTIPLES)
        + "三、判断题：对的打√，错的打×。\n" + lay.block(TRUTHS, words="√ ×")
    )  # fmt: skip
    document = read(source)
    assert found(document) == wanted(EVERY) and codes(document) == []


SHORT_KEYS = ["1.B 2.A", "1-2 BA", "1、B\n2、A", "1、答案：B\n2、答案：A", "（1）B （2）A", "1 B\n2 A", "1B，2A", "1.B；2.A"]


@pytest.mark.parametrize("key", SHORT_KEYS)
def test_a_key_behind_each_part_of_the_file_ends_where_the_next_part_begins(key):
    part = "1. 先看（ ）\nA. 灯\nB. 门\n2. 后看（ ）\nA. 灯\nB. 门\n"
    source = f"一、单选题\n{part}答案：\n{key}\n二、判断题\n1. 灯要亮。\n2. 门要开。\n答案：\n1.√ 2.×\n"
    assert [one["answer"] for one in read(source)["questions"]] == ["B", "A", True, False]


@pytest.mark.parametrize("words", ["是 否", "T F", "✓ ✗", "对 错", "√ ×"])
@pytest.mark.parametrize("layout", ["1-3 {} {} {}", "1.{} 2.{} 3.{}", "1、{}\n2、{}\n3、{}"])
def test_right_and_wrong_in_a_key_in_every_spelling(words, layout):
    yes, no = words.split()
    source = "一、判断题\n1. 灯要亮。\n2. 门要开。\n3. 窗要关。\n参考答案\n" + layout.format(yes, no, yes) + "\n"
    assert [one["answer"] for one in read(source)["questions"]] == [True, False, True]


def test_an_answer_before_the_number_and_options_in_brackets_that_are_figures():
    source = "（A）1. 灯要几支才够用（ ）\n（A）1999（B）2000\n（B）2. 门要几扇才够用（ ）\n（A）56\n（B）55\n"
    assert [(one["answer"], one["options"]) for one in read(source)["questions"]] == [
        ("A", ["1999", "2000"]), ("B", ["56", "55"])]  # fmt: skip


def test_several_letters_in_the_last_of_several_brackets_answer_them_all():
    source = "1. 要带（ ）、（ ）和（ABD）出门。\nA. 灯\nB. 伞\nC. 风筝\nD. 雨靴\n2. 先看（B）。\nA. 灯\nB. 门\n"
    first, second = read(source)["questions"]
    assert (first["answer"], first["stem"], second["answer"]) == ("ABD", "要带（ ）、（ ）和（）出门。", "B")


def test_a_sign_with_its_reason_behind_it():
    source = "1. 灯可以不亮。（  错）（没有光看不见路）\n2. 门要开。（ : 对 ）\n3. 窗要关。（ 错 ）\n因为要通风。\n"
    assert [(one["answer"], one["explanation"]) for one in read("一、判断题\n" + source)["questions"]] == [
        (False, "没有光看不见路"), (True, ""), (False, "因为要通风。")]  # fmt: skip


def test_a_dash_inside_an_option_stays():
    source = "1. 先看（ ）\nA. CL- B. 2024 - 2025年\n答案：A\n"
    assert read(source)["questions"][0]["options"] == ["CL-", "2024 - 2025年"]


def test_cells_for_marks_at_the_end_of_a_question_are_left_out():
    document = read("一、简答题\n1. 怎么登记？\n得分\n评卷人\n2. 怎么巡查？\n得 分 评卷人\n")
    assert [one["stem"] for one in document["questions"]] == ["怎么登记？", "怎么巡查？"]


def test_numbered_blanks_below_a_stem_are_one_question():
    blanks = "".join(f"（{n}）________振兴\n" for n in range(1, 6))
    source = f"一、填空题\n1. 五个振兴包括：\n{blanks}答案：（1）甲（2）乙（3）丙（4）丁（5）戊\n" + "".join(f"{n}. 灯{n}叫____。\n答案：己\n" for n in (2, 3))
    first, second, _ = text.read(source)["questions"]
    assert first["answer"] == [["甲"], ["乙"], ["丙"], ["丁"], ["戊"]] and first["stem"].count("\n") == 5
    assert second["answer"] == [["己"]] and not codes(text.read(source))


def test_numbers_in_the_order_of_columns_are_no_gap_and_missing_ones_are():
    rows = [f"{n}. 灯{n}要亮。（√）\n" for n in range(1, 7)]
    assert codes(text.read("一、判断题\n" + "".join(rows[i] for i in (0, 2, 1, 3, 4, 5)))) == []
    assert "number-gap" in codes(text.read("一、判断题\n" + "".join(rows[i] for i in (0, 2, 3, 4, 5))))
    assert "number-gap" in codes(text.read("一、判断题\n" + "".join(rows[:2]) + "二、是非题\n" + "".join(rows[3:])))


@pytest.mark.parametrize("head", ["单选题（共用选项）\n", "一、单选题\n（1～3题共用备选答案）\n"])
@pytest.mark.parametrize("shared", ["A.民政办 B.应急办 C.司法所\n", "A.民政办\nB.应急办\nC.司法所\n"])
def test_options_above_several_questions_are_those_of_each(head, shared):
    first = f"{shared}1. 低保由（ ）受理。\n2. 调解由（ ）负责。\n3. 防汛由（ ）负责。\n"
    second = "A.甲 B.乙 C.丙\n4. 灯由（ ）管。\n5. 门由（ ）管。\n"
    source = f"{head}{first}{second}答案：1.A 2.C 3.B 4.A 5.B\n二、单选题\n6. 伞要（ ）。\nA.开\nB.合\n答案：A\n"
    document = text.read(source)
    assert [one["options"][0] for one in document["questions"]] == ["民政办"] * 3 + ["甲"] * 2 + ["开"]
    assert [one["answer"] for one in document["questions"]] == [*"ACBABA"]
    assert codes(document) == ["shared-options"] * 5 and not lines_lost(source, document)


def test_options_above_one_question_or_before_others_with_their_own_are_named():
    document = text.read("一、单选题\nA.民政办\nB.应急办\n1. 灯要（ ）。\nA.亮\nB.暗\n答案：A\n")
    assert "unread-line" in codes(document) and document["questions"][0]["options"] == ["亮", "暗"]
