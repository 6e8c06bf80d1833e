"""JSON in the shapes of platforms and programs: the same questions, every line accounted for."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.formats import objects
from tests.rules.formats.account import codes, lines_lost
from tests.samples import SAMPLES, files

ONE = ("single_choice", "灯要多（  ）。", ["亮", "暗", "红"], "A")
TWO = ("multiple_choice", "出门带（  ）。", ["灯", "伞", "石头"], "AB")
TRUE = ("true_false", "夜里要带灯。", [], True)


def read(value) -> dict:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)
    document = objects.read(text)
    assert lines_lost(text, document) == []
    return document


def found(value) -> list:
    return [(one["kind"], one["stem"], one["options"], one["answer"]) for one in read(value)["questions"]]


@pytest.mark.parametrize(
    "value",
    [
        [{"question": ONE[1], "options": ["A. 亮", "B. 暗", "C. 红"], "answer": "A"},
         {"question": TWO[1], "options": ["A. 灯", "B. 伞", "C. 石头"], "answer": "AB"}],
        {"name": "题库", "questions": [
            {"type": "单选题", "content": ONE[1], "options": [{"label": "A", "text": "亮"}, {"label": "B", "text": "暗"}, {"label": "C", "text": "红"}], "answer": "A"},
            {"type": "多选题", "content": TWO[1], "options": {"A": "灯", "B": "伞", "C": "石头"}, "right_answer": ["A", "B"]}]},
        [{"题干": ONE[1], "选项A": "亮", "选项B": "暗", "选项C": "红", "正确答案": "A"}, {"题干": TWO[1], "A": "灯", "B": "伞", "C": "石头", "答案": "A,B"}],
        [{"title": ONE[1], "choices": [{"value": f"item{n}", "text": text} for n, text in enumerate(ONE[2])], "correctAnswer": "item0"},
         {"title": TWO[1], "choices": [{"value": f"item{n}", "text": text} for n, text in enumerate(TWO[2])], "correctAnswer": ["item0", "item1"]}],
        [{"question": ONE[1], "options": ["亮", "暗", "红"], "answer": "亮"}, {"question": TWO[1], "options": ["灯", "伞", "石头"], "answer": ["灯", "伞"]}],
        # names that nobody knows, holding what can only be options
        [{"content": one[1], "quType": n, "answerList": [{"content": text, "isRight": "ABC"[place] in one[3]} for place, text in enumerate(one[2])]} for n, one in enumerate((ONE, TWO), 1)],
        [{"title": one[1], "optionMap": dict(zip("ABC", one[2], strict=True)), "extra": {}, "rightAnswer": list(one[3])} for one in (ONE, TWO)],
        [{"title": one[1], "selectItems": [{"prefix": "ABC"[place], "words": text} for place, text in enumerate(one[2])], "rightAnswer": list(one[3])} for one in (ONE, TWO)],
        [{"question": ONE[1], "options": ["亮", "暗", "红"], "answer": 0}, {"question": TWO[1], "options": ["灯", "伞", "石头"], "answer": [0, 1]}],
        [{"question": ONE[1], "options": [{"content": "亮", "isCorrect": True}, {"content": "暗", "isCorrect": False}, {"content": "红", "isCorrect": False}]},
         {"question": TWO[1], "answers": [{"text": "灯", "correct": 1}, {"text": "伞", "correct": 1}, {"text": "石头", "correct": 0}]}],
        {ONE[1] + "|亮|暗|红": "亮", TWO[1] + "|灯|伞|石头": "AB"},
        [{"question": ONE[1], "options": ["亮", "暗", "红"], "answer": "0"}, {"question": TWO[1], "options": ["灯", "伞", "石头"], "answer": "0,1"}],
        [{"title": ONE[1], "options": ["亮", "暗", "红"], "correctIndex": 0}, {"title": TWO[1], "options": ["灯", "伞", "石头"], "correctIndex": [0, 1]}],
        [{"question": {"text": ONE[1], "options": ["亮", "暗", "红"]}, "answer": "a"}, {"question": {"text": TWO[1], "options": ["灯", "伞", "石头"]}, "answer": "[\"A\", \"B\"]"}],
        [{"title": ONE[1], "options": [{"id": 71, "text": "亮"}, {"id": 72, "text": "暗"}, {"id": 73, "text": "红"}], "answer": 71},
         {"title": TWO[1], "options": [{"value": "A", "label": "灯"}, {"value": "B", "label": "伞"}, {"value": "C", "label": "石头"}], "answer": ["A", "B"]}],
        [{"title": ONE[1], "answers": [{"content": "亮", "right": "true"}, {"content": "暗", "right": "false"}, {"content": "红", "right": "false"}]},
         {"title": TWO[1], "options": ["灯", "伞", "石头"], "answer": "A.灯；B.伞"}],
        [{"type": "multiple", "question": ONE[1], "correct_answer": "亮", "incorrect_answers": ["暗", "红"]},
         {"question": TWO[1], "options": ["灯", "伞", "石头"], "answer": "AB"}],
        [{"title": ONE[1], "options": [["A", "亮"], ["B", "暗"], ["C", "红"]], "answer": {"A": True, "B": False}},
         {"title": TWO[1], "options": ["灯", "伞", "石头"], "answer": {"A": 1, "B": 1}}],
        {"result": [{"question": ONE[1], "answer": "1", "item1": "亮", "item2": "暗", "item3": "红", "item4": ""},
                    {"question": TWO[1], "answer": "12", "item1": "灯", "item2": "伞", "item3": "石头", "item4": ""}]},
        {"paper": {"list": [
            {"title": ONE[1], "type": 1, "optionDtos": [{"id": 7, "content": "亮", "answer": True}, {"id": 8, "content": "暗", "answer": False}, {"id": 9, "content": "红", "answer": False}]},
            {"title": TWO[1], "type": 2, "optionDtos": [{"id": 4, "content": "灯", "answer": True}, {"id": 5, "content": "伞", "answer": True}, {"id": 6, "content": "石头", "answer": False}]}]}},
        "var bank = " + json.dumps([{"question": one[1], "options": one[2], "answer": one[3]} for one in (ONE, TWO)], ensure_ascii=False, indent=1) + ";",
        {"单选题": [{"题目": ONE[1], "选项": "A.亮 B.暗 C.红", "答案": "A"}], "多选题": [{"题目": TWO[1], "选项": "灯|伞|石头", "答案": "AB"}]},
    ],
)  # fmt: skip
def test_shapes_of_json_give_the_same_questions(value):
    assert found(value) == [ONE, TWO]


@pytest.mark.parametrize(
    "value",
    [
        [{"question": TRUE[1], "answer": True}], [{"question": TRUE[1], "options": ["A. 对", "B. 错"], "answer": "对"}],
        {"type": "true_false", "questions": [{"question": TRUE[1], "answer": "A"}]}, {TRUE[1] + "|正确|错误": "正确"},
    ],
)  # fmt: skip
def test_statements_are_read_in_every_shape(value):
    assert found(value) == [TRUE]


def test_chapters_around_questions_are_kept_and_lines_are_places():
    value = [{"chapter": "第一章", "sections": [{"type": "章节测验", "questions": [{"index": 3, "content": TRUE[1], "answer": "对"}]}]}]
    (one,) = read(value)["questions"]
    assert (one["chapter"], one["number"], one["source"]) == ("第一章", "3", {"from": 8, "to": 12})


def test_damage_is_told_by_its_line_also_behind_what_makes_a_script_of_it():
    document = objects.read('\n\nvar list = [\n{"题干": "灯",\n"答案" "A"}\n];\n')
    assert (document["problems"][0]["code"], document["problems"][0]["place"]) == ("not-json", "5")


def test_figures_that_could_count_from_either_end_are_to_be_looked_at():
    (one,) = read([{"question": ONE[1], "options": ["亮", "暗", "红"], "answer": 1}])["questions"]
    assert one["answer"] == "A" and [each["code"] for each in one["problems"]] == ["answer-counted"]


def test_a_statement_answered_by_a_figure_is_named_where_figures_count_options_from_0():
    choice = {"type": "单选题", "question": ONE[1], "options": ["亮", "暗", "红"], "answer": 0}
    statements = [{"type": "判断题", "question": f"第{n}盏灯要亮。", "answer": [n]} for n in (0, 1)]
    told = [[each["code"] for each in one["problems"]] for one in read([choice, *statements])["questions"]]
    assert told == [[], ["answer-counted"], ["answer-counted"]]
    both = read([{"question": ONE[1], "options": ["亮", "暗", "红"], "answer": 3}, {"question": TWO[1], "options": ["灯", "伞"], "answer": 1}])
    assert [one["answer"] for one in both["questions"]] == ["C", "A"] and codes(both) == []


def test_html_in_fields_is_shown_as_words():
    (one,) = read([{"content": "<p>灯<span>要多</span>（ ）。<br/></p>", "options": ["<p>亮&lt;</p>", "<p>暗</p>"], "answer": "A"}])["questions"]
    assert (one["stem"], one["options"], one["answer"]) == ("灯要多（ ）。", ["亮<", "暗"], "A")
    (one,) = read([{"content": "<p>灯</p>", "options": "<p>A. 亮</p>\n<p>B. 暗</p>", "answer": "A"}])["questions"]
    assert one["options"] == ["亮", "暗"]
    (one,) = read([{"content": "灯&nbsp;（&nbsp;&nbsp;）。", "options": ["亮&amp;白", "暗"], "answer": "A"}])["questions"]
    assert (one["stem"], one["options"]) == ("灯 （  ）。", ["亮&白", "暗"])
    (kept,) = read([{"content": "HTML 中 <br> 是（ ）。", "options": ["换行", "段落"], "answer": "A"}])["questions"]
    assert kept["stem"] == "HTML 中 <br> 是（ ）。"


def test_an_option_that_is_a_figure_is_not_taken_for_its_place():
    options = [{"k": "A", "v": "0.5"}, {"k": "B", "v": "1"}, {"k": "C", "v": "2"}]
    assert found([{"question": ONE[1], "options": options, "answer": "B"}])[0][2:] == (["0.5", "1", "2"], "B")


def test_names_of_parts_are_no_stems():
    group = {"items": [{"itemTitle": ONE[1], "itemOptions": [{"optionTitle": one} for one in ONE[2]], "rightAnswer": "A"}]}
    assert found({"groups": [group]}) == [ONE]
    assert found({"groups": [{"unknown": [{"optionTitle": one} for one in ONE[2]]}]}) == []


def test_letters_that_are_words_of_options_stay():
    assert found([{"question": ONE[1], "options": ["A类", "B类", "C类"], "answer": "B"}])[0][2] == ["A类", "B类", "C类"]


def test_what_was_not_read_is_named_once():
    document = read([{"question": TRUE[1], "answer": True, "author": "甲"}, {"question": "灯亮了。", "answer": False, "author": "乙"}])
    assert [(one["code"], one["params"]) for one in document["problems"]] == [("key-unread", {"name": "author"})]


@pytest.mark.parametrize("text", ["{", '[{"question": "灯"', "[" * 5000, "nonsense", '{"a": 1}', "[]", '"灯"'])
def test_what_is_no_bank_is_a_problem_with_its_line(text):
    document = read(text)
    assert document["questions"] == [] and "no-questions" in codes(document)


values = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 9) | st.floats(0, 2) | st.sampled_from(["A", "AB", "灯", "对", "A.灯B.伞", "单选题"]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from(["question", "题干", "options", "answer", "A", "B", "type", "chapter", "correct", "夜里要带灯|灯|伞", "x"]), inner, max_size=5),
    max_leaves=25,
)  # fmt: skip


@given(values, st.sampled_from([None, 1]))
def test_no_line_is_lost_and_no_key_is_missing_silently(value, indent):
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    document = read(text)
    assert all(one["answer"] is not None or one["problems"] for one in document["questions"])
    json.dumps(document)


@pytest.mark.parametrize("path", files("question_banks/*/*.json"))
def test_every_line_of_a_sample_is_accounted_for(path):
    text = path.read_text("utf-8")
    document = read(text)
    assert all(one["answer"] is not None or one["problems"] for one in document["questions"])
    errors = sum(any(one["severity"] == "error" for one in each["problems"]) for each in document["questions"])
    assert len(document["questions"]) > 10 and errors <= 0.06 * len(document["questions"])


def test_a_saved_page_agrees_with_the_json_of_its_platform():
    from quizapp.rules.formats import page

    folder = SAMPLES / "question_banks" / "b02_chaoxing_html"
    if not folder.is_dir():
        pytest.skip(f"no sample files in {SAMPLES}")
    text = (folder / "判断题.txt").read_text("utf-8")
    document = page.read(text)
    assert lines_lost(text, document) == []
    told = [(one["stem"].replace(" ", ""), one["answer"]) for one in document["questions"]]
    true = json.loads((folder / "true_false.json").read_text("utf-8"))["questions"]
    assert told == [(one["question"].replace(" ", ""), one["answer"] == "对") for one in true]


def test_twins_in_one_line_are_named_by_their_number():
    one = {"题干": "灯要多（ ）。", "选项": ["亮", "暗"], "答案": "A"}
    document = objects.read(json.dumps([{**one, "题干": "门（ ）。"}, one, {**one, "答案": "B"}], ensure_ascii=False))
    (problem,) = document["questions"][2]["problems"]
    assert problem["code"] == "contradiction" and problem["message"] % problem["params"] == (
        "The same question, number 2 from the beginning, has another answer."
    )


def test_options_that_say_themselves_that_they_are_right_may_be_called_answers():
    answers = [[{"content": text, "isCorrect": letter in one[3]} for letter, text in zip("ABC", one[2], strict=True)] for one in (ONE, TWO)]
    assert found([{"text": one[1], "answers": each} for one, each in zip((ONE, TWO), answers, strict=True)]) == [ONE, TWO]


def test_a_material_goes_with_each_of_its_questions():
    value = [{"material": "村里没有灯。", "questions": [{"stem": ONE[1], "options": ["亮", "暗", "红"], "answer": "A"}, {"stem": TWO[1], "options": ["灯", "伞"], "answer": "AB"}]},
             {"stem": "门（ ）。", "options": ["开", "关"], "answer": "B"}]  # fmt: skip
    assert [one.get("material", "") for one in read(value)["questions"]] == ["村里没有灯。", "村里没有灯。", ""]


@pytest.mark.parametrize("nothing", [" ", ";", "|", "**", []])
def test_options_of_signs_alone_are_none(nothing):
    (one,) = read([{"题干": ONE[1], "选项": nothing, "答案": "对"}])["questions"]
    assert (one["kind"], one["options"], one["answer"]) == ("true_false", [], True)


@pytest.mark.parametrize(("stem", "answer"), [("灯（ ）", "甲28"), ("灯（甲28）", ""), ("灯（ ）", "㉘")])
def test_an_answer_that_names_an_option_behind_z_is_named(stem, answer):
    source = json.dumps([{"题干": stem, "选项": [f"甲{number}" for number in range(30)], "答案": answer}], ensure_ascii=False)
    (one,) = objects.read(source)["questions"]
    assert one["answer"] is None and one["problems"]


def counted(*answers: dict) -> list:
    """Return (answer, whether a person is to look at it) of questions of three options with these answers."""
    given = [{"question": f"带哪{place}个？", "options": ["灯", "伞", "石头"], **one} for place, one in enumerate(answers)]
    return [(one["answer"], "answer-counted" in codes(one)) for one in read(given)["questions"]]


def test_figures_that_are_no_texts_count_options_beside_answers_in_letters_and_words():
    """They were unreadable wherever another question of the file had letters."""
    assert counted({"answer": "b"}, {"answer": [0, 2]}) == [("B", False), ("AC", False)]
    assert counted({"answer": "石头"}, {"answer": 3}) == [("C", False), ("C", False)]
    assert counted({"answer": "b"}, {"answer": 1}) == [("B", False), ("A", True)]


def test_an_index_counts_from_zero_unless_a_figure_says_otherwise():
    assert counted({"answer": "伞"}, {"correctIndex": 1}) == [("B", False), ("B", True)]
    assert counted({"correctIndex": 1}, {"correctIndex": 1}) == [("B", True), ("B", True)]
    assert counted({"correctIndex": 1}, {"correctIndex": 0}) == [("B", False), ("A", False)]
    assert counted({"correctIndex": 1}, {"correctIndex": 3}) == [("A", False), ("C", False)]
    assert counted({"answer": 1}, {"answer": 2}) == [("A", True), ("B", True)]


def test_figures_that_are_themselves_options_stay_words_beside_an_index():
    given = [{"question": "几个？", "options": ["1", "2", "3"], "answer": "2"},
             {"question": "带什么？", "options": ["灯", "伞"], "correctIndex": 0}]  # fmt: skip
    assert [one["answer"] for one in read(given)["questions"]] == ["B", "A"]


@pytest.mark.parametrize(
    "one",
    [
        {"name": "灯要多（  ）。", "options": ["A.亮", "B.暗", "C.红"], "answer": "A"},
        {"tm": "灯要多（  ）。", "xx": ["亮", "暗", "红"], "da": "A", "tx": "单选题"},
        {"q": "灯要多（  ）。", "answers": ["亮", "暗", "红"], "correct_answer": "A"},
    ],
)
def test_short_names(one):
    assert found([one, {**one, "answer" if "answer" in one else "da" if "da" in one else "correct_answer": "A"}]) == [ONE] * 2


def test_a_name_is_a_stem_beside_options_that_are_none():
    assert found([{"name": "夜里要带灯。", "options": [], "answer": "对"}, {"name": "灯要多（  ）。", "options": ["亮", "暗", "红"], "answer": "A"}]) == [TRUE, ONE]
