"""Lines of a file beside its questions, corrections in a form, and what is suspicious about a whole bank."""

import pytest

from quizapp.rules.errors import Problem
from quizapp.rules.formats import accounting, checks, markdown, mending, places, suspicions, text


def read(words: str, **options) -> dict:
    document = text.read(words, options)
    return {**document, "source": [[number, line] for number, line in enumerate(words.split("\n"), 1) if line.strip()]}


def test_every_line_is_told_with_what_became_of_it():
    document = read("一、单选题\n1. 灯要多（ ）。\nA. 亮\nB. 暗\n答案：A\n\n2. 无解\nA. 一\nB. 二")
    lines = accounting.account(document)
    assert [line.what for line in lines] == ["heading"] + ["question"] * 7
    assert [pair.questions for pair in accounting.pairs(lines, document["questions"])] == [[], [0], [1]]
    lost = {**document, "questions": document["questions"][:1]}
    assert [line.what for line in accounting.account(lost)][-3:] == [accounting.UNREAD] * 3


@pytest.mark.parametrize(("place", "name", "told"), [
    ("12", "text", ("", "Line %(first)s")), ("12", "docx", ("", "Paragraph %(first)s")),
    ("Sheet1!28", "xlsx", ("Sheet1", "Line %(first)s")), ("卷/一.xlsx!单选!28", "zip", ("卷/一.xlsx › 单选", "Line %(first)s")),
    ("一.docx!key:23", "zip", ("一.docx", "Line %(first)s of the answer key")), ("一2.docx", "zip", ("一2.docx", "")),
])  # fmt: skip
def test_a_place_is_told_by_file_sheet_and_line(place, name, told):
    assert places.said(place, place, name)[:2] == told


def test_a_line_of_many_questions_is_cut_at_each():
    document = read("1.灯要多（A）。A.亮 B.暗 2.天要多（B）。A.亮 B.蓝 3.水要（A）。A.清 B.浊 4.地要（A）A.平B.坑")
    pairs = accounting.pairs(accounting.account(document), document["questions"])
    assert [(pair.questions, pair.lines[0].text[:4]) for pair in pairs] == [
        ([0], "1.灯要"), ([1], "2.天要"), ([2], "3.水要"), ([3], "4.地要"),
    ]  # fmt: skip


def test_a_corrected_question_loses_its_problem_and_keeps_the_rest():
    document = read("1. 灯要多（ ）。\nA. 亮\nB. 暗\n答案：E")
    wrong = document["questions"][0] | {"chapter": "第一章", "citations": ["第二条"]}
    fields = mending.fields_of(wrong)
    assert fields["options"] == "亮\n暗" and wrong["problems"]
    mended = mending.mended(wrong, {**fields, "answer": "b", "options": "A. 亮\nB. 很暗"})
    assert (mended["answer"], mended["options"], mended["problems"]) == ("B", ["亮", "很暗"], [])
    assert (mended["chapter"], mended["citations"], mended["source"]) == ("第一章", ["第二条"], {"from": 1, "to": 4})
    outside = mending.mended(wrong, {**fields, "answer": "E"})
    assert [one["code"] for one in outside["problems"]] == ["answer-without-option"]
    still = mending.mended(wrong, {**fields, "answer": "没有"})
    assert [one["code"] for one in still["problems"]] == ["answer-unreadable"]


def test_a_case_is_corrected_question_by_question_and_no_word_of_it_is_lost():
    text = "（1）【单选题】先做什么（ ）。\nA. 登记\nB. 走开\n答案：\n（2）【简答题】为什么？\n答案：要登记"
    parts, _ = markdown.read_parts(text)
    case = mending.draft_of({"kind": "case", "stem": "来了一户。", "answer": None, "parts": parts, "number": "1",
                             "source": {"from": 3, "to": 9}, "problems": []}).as_document()  # fmt: skip
    fields = mending.fields_of({**case, "explanation": "看规定。"})
    assert fields["parts"] == text
    same = mending.mended(case, fields)
    assert [one["code"] for one in same["problems"]] == ["no-answer", "part-kind"]
    typed = text.replace("答案：\n", "答案：A\n").replace("简答题", "判断题").replace("为什么？\n答案：要登记", "要登记。\n答案：对")
    mended = mending.mended(case, {**fields, "parts": typed})
    assert mended["problems"] == [] and [part["answer"] for part in mended["parts"]] == ["A", True]
    lost = mending.mended(case, {**fields, "parts": "先登记\n再办理"})
    assert "先登记\n再办理" in mending.fields_of(lost)["parts"] and lost["problems"]


@pytest.mark.parametrize(("kind", "typed", "answer"), [
    ("true_false", "错", False), ("fill_blank", "亮；明|暗", [["亮", "明"], ["暗"]]), ("multiple_choice", "d、a", "AD"),
])  # fmt: skip
def test_an_answer_is_typed_as_people_write_it_and_shown_so_that_it_reads_the_same(kind, typed, answer):
    assert mending.read_answer(kind, typed) == answer
    assert mending.read_answer(kind, mending.answer_text(answer)) == answer


def test_twins_are_found_anew_after_a_correction_and_what_is_left_out_does_not_count():
    one = "{n}. 灯要多（ ）。\nA. 亮\nB. 暗\n答案：{a}\n"
    document = read(one.format(n=1, a="A") + one.format(n=2, a="B"))
    questions = document["questions"]
    assert [[problem["code"] for problem in one["problems"]] for one in questions] == [["contradiction"]] * 2
    twins = [mending.twin_of(questions, Problem(**one["problems"][0])) for one in questions]
    assert twins == [1, 0], "each leads to the other"
    questions[1] = mending.mended(questions[1], {**mending.fields_of(questions[1]), "answer": "A"})
    mending.compare(questions, "text")
    assert [problem["code"] for problem in questions[1]["problems"]] == ["duplicate-question"]
    assert questions[0]["problems"] == []
    questions[0]["left_out"] = True
    mending.compare(questions, "text")
    assert questions[1]["problems"] == []


def test_the_first_of_many_that_contradict_it_names_one_of_them_at_a_time():
    one = "{n}. 灯要多（ ）。\nA. 亮\nB. 暗\nC. 旧\n答案：{a}\n"
    questions = read("".join(one.format(n=n, a=a) for n, a in enumerate("ABC", 1)))["questions"]
    assert [[each["params"]["number"] for each in one["problems"]] for one in questions] == [[2], [1], [1]]
    questions[1]["left_out"] = True
    mending.compare(questions, "text")
    assert [each["params"]["number"] for each in questions[0]["problems"]] == [3]


def test_in_word_files_another_place_is_a_paragraph_in_an_archive_too():
    one = "{n}. 灯要多（ ）。\nA. 亮\nB. 暗\n答案：{a}\n"
    questions = read(one.format(n=1, a="A") + one.format(n=2, a="B"))["questions"]
    for name, place, word in (("text", "{}", "line"), ("docx", "{}", "paragraph"), ("zip", "卷.docx!{}", "paragraph"),
                              ("zip", "表.xlsx!题库!{}", "line")):  # fmt: skip
        at = [dict(one, source={"from": place.format(n), "to": place.format(n)}) for n, one in enumerate(questions, 1)]
        mending.compare(at, name)
        [problem] = at[1]["problems"]
        assert problem["message"] % problem["params"] == f"The same question in {word} 1 has another answer."
        said = places.in_words(at[0]["source"]["from"], at[0]["source"]["to"], name, lambda text, **how: text % how)
        assert said.endswith(f"{word.capitalize()} 1")


def test_a_twin_is_numbered_among_all_questions_of_the_file_whatever_is_left_out():
    one = "{n}. 灯要多（ ）。\nA. 亮\nB. 暗\n答案：{a}\n"
    questions = read("1. 门要（ ）。\nA. 开\nB. 关\n答案：A\n" + one.format(n=2, a="A") + one.format(n=3, a="B"))["questions"]
    questions[0]["left_out"] = True
    mending.compare(questions, "text")
    assert [(one["code"], one["params"]["number"]) for one in questions[2]["problems"]] == [("contradiction", 2)]


def test_options_are_compared_only_of_questions_whose_text_stands_twice(monkeypatch):
    text = "".join(f"{n}. 第{n}盏灯（ ）。\nA. 亮\nB. 暗\n答案：A\n" for n in range(1, 21))
    questions, looked_at = read(text)["questions"], []
    monkeypatch.setattr(checks, "even_out", lambda text: looked_at.append(text) or text)
    mending.compare(questions, "text")
    assert len(looked_at) == 20  # a stem each: a correction in a large file does not wait for its 40 options


def test_keys_that_are_all_alike_and_letters_without_a_meaning_are_named():
    words = "\n".join(f"{n}. 第{n}盏灯要多（ ）。\nA. 亮{n}\nB. 暗{n}\n答案：A" for n in range(1, 15))
    document = read(words)
    suspicions.note(document)
    assert [one["code"] for one in document["problems"]] == ["keys-alike"]
    document = read("1. 灯\ue123要\ue124多（ ）。\nA. 亮\nB. 暗\n答案：A")
    suspicions.note(document)
    (problem,) = document["questions"][0]["problems"]
    assert (problem["code"], problem["params"]) == ("hidden-letters", {"count": 2})


def test_what_a_semicolon_means_and_the_kind_may_be_chosen():
    words = "一、填空题\n1. 灯要____，天要____。\n答案：亮；蓝"
    assert read(words)["questions"][0]["answer"] == [["亮"], ["蓝"]]
    assert read(words, semicolon="or")["questions"][0]["answer"] == [["亮", "蓝"]]
    single = read("1. 灯要____。\n答案：亮；蓝", semicolon="next", kind="fill_blank")["questions"][0]
    assert single["answer"] == [["亮"], ["蓝"]]


def test_rare_letters_close_together_are_those_of_a_page_with_its_own_font():
    """Names and old texts have rare letters too, but from all over Unicode."""
    asked = "1. 在新廅代，总廇记提出（ ）。\nA. 灯\nB. 伞廆\n答案：A\n2. 要带（ ）。\nA. 灯\nB. 伞\n答案：B\n"
    document = text.read(asked)
    suspicions.note(document)
    at = [one["params"]["letters"] for one in document["questions"][0]["problems"] if one["code"] == "replaced-letters"]
    assert (at, document["questions"][1]["problems"]) == (["廅廆廇"], [])
    assert [one["code"] for one in document["problems"]] == ["replaced-letters"]
    document = text.read(asked.replace("廅", "邽").replace("廇", "楙").replace("廆", "繻"))
    suspicions.note(document)
    assert document["problems"] == document["questions"][0]["problems"] == []
