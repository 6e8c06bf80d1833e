"""Where an answer may stand and in which words: below the options, behind the last, at the end of the question."""

import pytest

from quizapp.rules.formats import text
from quizapp.rules.formats.drafts import LETTERS
from tests.rules.formats.account import lines_lost

ASKED = [("谁签发证件", ["公安", "村委", "街道"], "A"), ("要交哪些", ["照片", "押金", "证明"], "AC"), ("几日内登记", ["三", "五", "七"], "C"),
         ("谁来核查", ["网格员", "保安", "业主"], "A"), ("窗口设在", ["学校", "中心", "商场"], "B")]  # fmt: skip
STATED = [("办证不收费", True), ("可以要求返乡", False), ("当日登记", True), ("信息可以公开", False)]


def paper(form: str) -> str:
    """Return ASKED laid out: {s} the question, {A} {B} {C} its options, {L} the letters, {t} the words of the first."""
    blocks = []
    for number, (stem, (a, b, c), right) in enumerate(ASKED, 1):
        words = [a, b, c]["ABC".index(right[0])]
        blocks.append(f"{number}. " + form.format(s=stem, A=a, B=b, C=c, L=right, t=words))
    return "\n".join(blocks)


def told(source: str) -> list[tuple]:
    return [(one["stem"].rstrip("（）【】()[]_? "), one["options"], one["answer"]) for one in text.read(source)["questions"]]


@pytest.mark.parametrize("line", [
    "（{L}）", "<{L}>", "选{L}", "本题应选{L}。", "Ans: {L}", "Key: {L}", "Correct answer: {L}", "正解：{L}", "正确项：{L}", "标答：{L}",
    "正确的是{L}", "答 {L}", ">> {L}", "答案（{L}）", "★答案：{L}", "Ans. {L}", "答案∶{L}", "答案=>{L}", "正确答案 - {L}", "答案:选项{L}", "〖答案〗{L}",
    "「答案」{L}", "（答案：{L}）",
])  # fmt: skip
def test_a_line_below_the_options_tells_the_answer_in_many_words(line):
    assert told(paper("{s}\nA. {A}\nB. {B}\nC. {C}\n" + line)) == ASKED


@pytest.mark.parametrize("form", [
    "{s}[{L}]", "{s}【{L}】", "{s}（选{L}）", "{s}（答：{L}）", "{s}____{L}____", "{s}  {L}", "{s}?{L}", "{s}（答案：{L}）",
])  # fmt: skip
def test_letters_that_end_most_questions_are_their_answers(form):
    assert told(paper(form + "\nA. {A}\nB. {B}\nC. {C}")) == ASKED


@pytest.mark.parametrize("tail", ["（{L}）", " 【{L}】", "    {L}", " 选{L}", "。（{L}）", "  答案 {L}", "（答案：{L}）"])
@pytest.mark.parametrize("between", ["\n", "  "])
def test_letters_behind_most_last_options_are_their_answers(tail, between):
    assert told(paper("{s}（ ）\n" + between.join(["A. {A}", "B. {B}", "C. {C}"]) + tail)) == ASKED


def test_letters_at_the_end_of_one_question_of_many_are_its_words():
    source = paper("{s}\nA. {A}\nB. {B}\nC. {C}").replace("窗口设在", "缺乏维生素 A")
    assert [answer for _, _, answer in told(source)] == [None] * 5


@pytest.mark.parametrize(("answer", "wanted"), [("第二项", "B"), ("②", "B"), ("第九项", None)])
def test_an_answer_may_name_the_place_of_an_option(answer, wanted):
    (one,) = text.read(f"1. 灯（ ）\nA. 亮\nB. 暗\n答案：{answer}")["questions"]
    assert one["answer"] == wanted


@pytest.mark.parametrize("form", ["A. {A}; B. {B}; C. {C}\n答案：{L}", "A、{A}，B、{B}，C、{C}\n答案：{L}", "A:{A}|B:{B}|C:{C}\n答案：{L}"])
def test_signs_between_the_options_of_a_line_are_no_words(form):
    assert told(paper("{s}（ ）\n" + form)) == ASKED


def test_small_letters_within_a_line_are_options():
    assert told(paper("{s}\na. {A} b. {B} c. {C}\n答案：{L}")) == ASKED


@pytest.mark.parametrize("form", [
    "{s}。（{w}）", "（{w}）{s}。", "{s}。 {w}", "{s}。——{w}", "{s}。\n判断：{w}", "{s}。\n本题{w}", "{s}。\n该说法{w}。", "{w} {s}。",
])  # fmt: skip
@pytest.mark.parametrize(("right", "wrong"), [("正确", "错误"), ("对", "错"), ("√", "×"), ("T", "F")])
def test_a_statement_is_answered_around_its_words(form, right, wrong):
    lines = [f"{n}. " + form.format(s=stem, w=right if is_true else wrong) for n, (stem, is_true) in enumerate(STATED, 1)]
    questions = text.read("判断题\n" + "\n".join(lines))["questions"]
    assert [(one["stem"].strip("（）。 "), one["answer"]) for one in questions] == STATED


@pytest.mark.parametrize(("word", "wanted"), [("正确的", True), ("错误的。", False), ("对的", True), ("错的", False)])
def test_right_and_wrong_may_end_in_a_particle(word, wanted):
    (one,) = text.read(f"1. 办证不收费。\n答案：{word}")["questions"]
    assert (one["kind"], one["answer"]) == ("true_false", wanted)


def test_words_in_brackets_behind_most_blanks_fill_them():
    source = "1.签发证件的机关是____。（公安机关）\n2.登记的期限是____。（三日）\n3.地点是____（村委会）\n4.证件有效____年。\n答案：十\n"
    assert told(source) == [("签发证件的机关是____。", [], [["公安机关"]]), ("登记的期限是____。", [], [["三日"]]),
                            ("地点是", [], [["村委会"]]), ("证件有效____年。", [], [["十"]])]  # fmt: skip


def test_a_remark_behind_a_blank_is_none():
    source = "1.签发证件的机关是____。（2分）\n2.登记的期限是____。（2024年真题）\n3.地点是____。（2分）\n"
    assert [answer for _, _, answer in told(source)] == [None] * 3


@pytest.mark.parametrize("remarks", [["填数字", "写两个", "填单位"], ["本题必答"] * 3])
def test_what_is_to_be_written_and_what_stands_behind_each_fills_no_blank(remarks):
    source = "".join(f"{n}.签发证件的机关{n}是____。（{remark}）\n" for n, remark in enumerate(remarks, 1))
    assert [answer for _, _, answer in told(source)] == [None] * 3


def test_blanks_of_one_sign_are_blanks_where_none_is_longer():
    source = "1.签发证件的机关是_。\n答案：公安机关\n2.登记的期限是_日。\n答案：三\n3.在_登记。\n答案：村委会\n"
    assert [(one["kind"], one["answer"]) for one in text.read(source)["questions"]] == [
        ("fill_blank", [["公安机关"]]), ("fill_blank", [["三"]]), ("fill_blank", [["村委会"]])]  # fmt: skip


def test_a_letter_apart_at_the_end_of_a_statement_says_whether_it_is_right():
    source = "判断题\n" + "".join(f"{n}. {stem} {'T' if right else 'F'}\n" for n, (stem, right) in enumerate(STATED, 1))
    assert told(source) == [(stem, [], right) for stem, right in STATED]


@pytest.mark.parametrize("form", ["{L} {n}.{s}（ ）", "（{l}）{n}.{s}（ ）"])
def test_letters_before_the_number_are_the_answer_of_the_question(form):
    blocks = [form.format(n=n, s=f"{stem}夜间工作", L=right, l="、".join(right)) + "\nA.{} B.{} C.{}".format(*options)
              for n, (stem, options, right) in enumerate(ASKED, 1)]  # fmt: skip
    assert [answer for _, _, answer in told("\n".join(blocks))] == [right for _, _, right in ASKED]


@pytest.mark.parametrize("head", ["----参考答案----", "==答案==", "——参考答案——"])
def test_a_key_may_begin_with_a_heading_between_lines(head):
    source = paper("{s}（ ）\nA. {A}\nB. {B}\nC. {C}") + f"\n{head}\n" + "\n".join(f"{n}.{right}" for n, (_, _, right) in enumerate(ASKED, 1))
    assert told(source) == ASKED


@pytest.mark.parametrize("words", ["全选", "以上都对", "全部"])
def test_all_options_may_be_named_at_once(words):
    source = paper("{s}（ ）\nA. {A}\nB. {B}\nC. {C}\n答案：{L}").replace("答案：AC", f"答案：{words}")
    (_, many, *_) = text.read(source)["questions"]
    assert (many["kind"], many["answer"], many["problems"]) == ("multiple_choice", "ABC", [])


@pytest.mark.parametrize("line", ["{}. 甲{}", "{}.甲{} √", "（{}）甲{}", "{}甲{}", "{}甲"])
@pytest.mark.parametrize("between", ["\n", "  "])
def test_behind_z_no_letter_is_looked_for(line, between):
    options = between.join(line.format(letter, letter) for letter in LETTERS) + "\n" + line.format("A", "又")
    source = "".join(f"{number}. {stem}（ ）\n{options}\n答案：甲Z\n" for number, stem in enumerate("灯门窗", 1))
    found = text.read(source)
    assert len(found["questions"]) == 3 and lines_lost(source, found) == []


@pytest.mark.parametrize(("right", "wrong"), [("正确", "错误"), ("对", "错"), ("√", "×"), ("True", "False"), ("○ 正确", "○ 错误"), ("- 正确", "- 错误"), ("A. 对", "B. 错")])
@pytest.mark.parametrize("head", ["三、判断题\n", ""])
def test_both_truths_may_stand_below_a_statement_as_options(head, right, wrong):
    source = head + "".join(
        f"{number}. {stem}。\n{right}\n{wrong}\n正确答案：{(right if is_right else wrong)[-2:].strip() if right != 'True' else is_right}\n\n"
        for number, (stem, is_right) in enumerate(STATED, 1)
    )
    assert [(one["stem"], one["options"], one["answer"]) for one in text.read(source)["questions"]] == [(f"{stem}。", [], is_right) for stem, is_right in STATED]


@pytest.mark.parametrize("behind", ["（  ）  {}", "。{}", "。 {}", "（）{}。", "。\n{}"])
@pytest.mark.parametrize("signs", ["√×", "✔✘"])
def test_a_sign_behind_all_of_a_statement_says_its_kind_too(behind, signs):
    """Statements among choices, with no heading, were of no kind and had no answer."""
    rows = [f"{n}. {stem}{behind.format(signs[not right])}" for n, (stem, right) in enumerate(STATED, 1)]
    read = text.read("\n".join([*rows, "5. 谁签发证件（  ） A", "A.公安 B.村委 C.街道"]))["questions"]
    assert [(one["stem"].strip("（）。 "), one["answer"]) for one in read] == [*STATED, ("谁签发证件", "A")]


def test_words_at_the_end_of_a_stem_are_no_answer_of_a_statement():
    read = text.read("1. 下列说法哪项不对\nA.甲 B.乙\n答案：A\n2. 下列说法是否正确\n答案：不正确，应由公安签发\n3. 怎样改正错误")["questions"]
    assert [one["stem"] for one in read] == ["下列说法哪项不对", "下列说法是否正确", "怎样改正错误"]


def test_words_behind_the_letter_of_an_explanation():
    source = paper("{s}（ ）\nA. {A}\nB. {B}\nC. {C}\n答案及解析：{L}。见手册第三章。")
    assert told(source) == ASKED


@pytest.mark.parametrize("answer", ["1、宪法  2、18  3、灯，伞", "（1）宪法 （2）18 （3）灯，伞"])
def test_one_line_of_answers_in_words_answers_the_questions_above_it(answer):
    found = text.read(f"填空题\n1、根本法是____。\n2、成年是____岁。\n3、带____和____。\n答案：{answer}\n")["questions"]
    assert [one["answer"] for one in found] == [[["宪法"]], [["18"]], [["灯"], ["伞"]]]


def test_figures_on_both_sides_of_or_are_two_accepted_texts():
    found = text.read("填空题\n1、大气压是____。\n答案：101.3或101.325\n2、由____批准。\n答案：省级或市级政府\n")["questions"]
    assert [one["answer"] for one in found] == [[["101.3", "101.325"]], [["省级或市级政府"]]]


def test_a_remark_behind_right_or_wrong_tells_the_kind():
    found = text.read("1、灯是亮的。\n答案：错（见手册）\n2、伞挡雨。\n答案：对，常识\n")["questions"]
    assert [(one["kind"], one["answer"]) for one in found] == [("true_false", False), ("true_false", True)]


def test_a_word_for_an_empty_bracket_fills_it():
    found = text.read("1、根本法是（ ）。\n答案：宪法\n2、成年是（ ）岁。\n答案：18\n")["questions"]
    assert [(one["kind"], one["answer"]) for one in found] == [("fill_blank", [["宪法"]]), ("fill_blank", [["18"]])]


def test_several_habits_in_stems_of_one_file_are_read_one_after_another():
    ends = ["{}（{}）", "{}【{}】"]
    rows = [f"{number}. " + ends[number > 6].format(f"第{number}件事要带", "ABC"[number % 3]) + "\nA. 灯\nB. 伞\nC. 靴"
            for number in range(1, 13)]  # fmt: skip
    assert [one["answer"] for one in text.read("\n".join(rows))["questions"]] == ["BCA"[(n - 1) % 3] for n in range(1, 13)]


def test_the_difficulty_in_brackets_behind_an_answer_is_no_part_of_it():
    found = text.read(paper("{s}\nA. {A}\nB. {B}\nC. {C}\n答案：{L} 【难度】难"))["questions"]
    assert [(one["answer"], one["difficulty"]) for one in found] == [(right, "hard") for _, _, right in ASKED]
