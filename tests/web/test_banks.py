"""Bank pages: looking through, retiring, and files that are seen before they are taken in."""

import io
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from tests.cast import MET, OTHER_TOWNSHIP, OTHER_VILLAGE, PASSWORD, TOWNSHIP

HEAD = "---\ntitle: 新题库\nslug: fresh\nhandbook: stage\n---\n# 第一章 总则\n"
GOOD = HEAD + """## 单选题
1. 办理居住证（  ）。
A. 不收费
B. 按次收费
答案：A
解析：免收工本费。
条款：第二条
难度：易
编号：f-1

## 填空题
2. 政府提供____服务。
答案：同等；平等
"""
LAMPS = "一、单选题\n1. 灯要多（ ）。\nA. 亮\nB. 暗\n答案：A\n"
UNFINISHED = re.compile(r'action="(/banks/fresh/unfinished/[^"]+)"')
BAD = GOOD.replace("答案：A", "答案：E").replace("条款：第二条", "条款：第九百条")


def count(app, table: str) -> int:
    from quizapp import models
    from quizapp.extensions import db

    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(getattr(models, table)))


def send_file(page, path: str, text: str | bytes, name: str = "题库.md", **fields):
    data = text.encode() if isinstance(text, str) else text
    return page.send(path, file=(io.BytesIO(data), name), unit=TOWNSHIP, **fields)


def bring(page, text, name="题库.md", **fields):
    """Choose a bank's file and see what was understood; returns the preview's address."""
    page.open("/manage/banks/new")
    return send_file(page, "/manage/banks/new", text, name, **fields).request.path


@pytest.fixture
def next_door(app, cast):
    """A trainer of the next township."""
    from quizapp.services.people import changes

    with app.app_context():
        new = changes.NewPerson("next-door", "沈大暑", OTHER_TOWNSHIP, "教员", ("trainer",), PASSWORD)
        changes.add(None, new, MET)


def first_question(app) -> str:
    from quizapp.extensions import db
    from quizapp.models import Question

    with app.app_context():
        return db.session.scalar(select(Question.public_id).where(Question.code == "q1"))


def test_a_trainer_looks_through_a_bank_with_its_keys(browse, stage):
    page = browse("trainer")
    page.open("/banks")
    assert "示例题库" in page.words and "Single choice 3" in page.words
    assert "Chapters 0 · 12 questions without a chapter" in page.words, "no chapter is not one"
    page.open("/banks/stage")
    assert "12 questions found" in page.words and "解释1" in page.words and "Accepted: 免费；不收费" in page.words
    page.open("/banks/stage?kind=true_false&q=第8号")
    assert "1 question found" in page.words and "第8号题" in page.words and "第7号题" not in page.words
    page.open("/banks/stage?q=nothing&chapter=none&difficulty=odd&state=odd&page=-3")
    assert "No question found" in page.words


def test_nobody_but_trainers_of_the_township_finds_a_bank(browse, stage, app, next_door):
    question = first_question(app)
    page = browse("next-door")
    page.open("/banks")
    assert "示例题库" not in page.words
    for path in ("/banks/stage", f"/banks/stage/{question}"):
        assert page.open(path).status_code == 404
    for deed in ("retirement", "return"):
        assert page.send(f"/banks/stage/{question}/{deed}").status_code == 404
    for who in ("trainee", "township_leader", "admin", "auditor"):
        for path in ("/banks", "/banks/stage", f"/banks/stage/{question}", "/manage/banks/new"):
            assert browse(who).open(path).status_code == 403


def test_a_question_is_taken_out_of_use_and_back_unless_an_exam_needs_it(browse, stage, app):
    page, path = browse("trainer"), f"/banks/stage/{first_question(app)}"
    page.open(path)
    page.send(f"{path}/retirement")
    assert "Out of use" in page.words
    page.open("/banks/stage?state=retired")
    assert "第1号题" in page.words
    from quizapp.extensions import db
    from quizapp.models import Question

    with app.app_context():
        second = db.session.scalar(select(Question.public_id).where(Question.code == "q2"))
    reply = page.send(f"/banks/stage/{second}/retirement")
    assert reply.status_code == 422
    assert "It stays in use: an exam needs it." in page.words and "“示例考试”" in page.words
    assert "wanted 2, found 1, missing 1" in page.words
    page.send(f"{path}/return")
    assert "In use again." in page.words


def test_a_file_is_seen_first_and_taken_in_when_the_trainer_says_so(browse, stage, app):
    page = browse("trainer")
    preview = bring(page, GOOD)
    assert "“新题库” can be taken in." in page.words and "2 new questions, 0 changed" in page.words
    assert "Lines 8 to 15" in page.words and "免收工本费" in page.words and "Right answer" in page.words
    assert (count(app, "Bank"), count(app, "Question")) == (1, 12), "nothing is stored yet"
    page.send(preview)
    assert "Taken in: 2 new, 0 changed, 0 as before." in page.words
    assert (count(app, "Bank"), count(app, "Question")) == (2, 14)
    assert page.open(preview).status_code == 409, "a file is taken in once"
    bring(page, GOOD.replace("B. 按次收费", "B. 每次收费"))
    assert "0 new questions, 1 changed, 1 as they are" in page.words
    page.open(page.last.request.path + "?only=changed")
    assert "每次收费" in page.words and "政府提供" not in page.words


def test_a_file_with_problems_shows_each_with_its_line_and_only_the_good_are_taken_in(browse, stage, app):
    page = browse("trainer")
    preview = bring(page, BAD)
    assert "1 question can be taken in now. 1 question needs you." in page.words
    assert "The answer E names an option that is not there." in page.words and "Lines 8 to 15" in page.words
    assert page.send(preview).status_code == 422, "the whole file is not in order"
    assert (count(app, "Bank"), count(app, "Question")) == (1, 12)
    page.send(preview, only="good")
    assert "Taken in: 1 new, 0 changed, 0 as before. 1 are kept here, to be finished." in page.words
    assert (count(app, "Bank"), count(app, "Question")) == (2, 13)
    assert "办理居住证" in page.words and "1 question is left." in page.words


def test_an_article_that_is_not_there_is_named_at_its_question(browse, stage, app):
    page = browse("trainer")
    bring(page, GOOD.replace("条款：第二条", "条款：第九百条"))
    assert "The handbook has no 第九百条 that this question could cite." in page.words
    assert (count(app, "Bank"), count(app, "Question")) == (1, 12)


CITING = "一、单选题\n1. 灯要（ ）。\nA. 亮\nB. 灭\n答案：A\n条款：第二条\n"


def test_the_handbook_of_cited_articles_is_chosen_where_the_file_names_none(browse, stage, app):
    page = browse("trainer")
    preview = bring(page, CITING, "灯.txt")
    assert "The question cites 第二条, and nothing says of which handbook." in page.words
    page.send(f"{preview}/place", slug="", title="灯", handbook="stage")
    assert "“灯” can be taken in." in page.words and "Choose the handbook first" not in page.words
    page.send(preview, slug="", title="灯", handbook="stage")
    assert "Taken in: 1 new" in page.words and '#' in page.last.text and count(app, "Citation") > 0
    bring(page, CITING.replace("灯要", "门要"), "门.txt")  # the bank has its handbook now
    page.send(page.last.request.path + "/place", slug=bank_of(app, "灯"), title="", handbook="")
    assert "1 new question" in page.words and "Choose the handbook first" not in page.words


def test_a_bank_without_a_handbook_is_given_one_where_its_questions_are_finished(browse, stage, app):
    page = browse("trainer")
    page.send(bring(page, CITING, "灯.txt"), slug="", title="灯", only="good")
    slug = bank_of(app, "灯")
    assert "and nothing says of which handbook" in page.words and "This is the bank's handbook" in page.words
    assert page.send(f"/banks/{slug}/handbook", handbook="nowhere").status_code == 404
    page.send(f"/banks/{slug}/handbook", handbook="stage")
    assert "and nothing says of which handbook" not in page.words and "This is the bank's handbook" not in page.words
    assert page.send(f"/banks/{slug}/handbook", handbook="stage").status_code == 409
    page.open(f"/banks/{slug}/unfinished")
    form = {"kind": "single_choice", "stem": "灯要（ ）。", "options": "亮\n灭", "answer": "A", "citations": "第二条"}
    page.send(re.search(rf'action="(/banks/{slug}/unfinished/[^"]+)"', page.last.text)[1], deed="finish", **form)
    assert "Finished: the question is in the bank." in page.words


def bank_of(app, title: str) -> str:
    with app.app_context():
        from quizapp.extensions import db
        from quizapp.models import Bank

        return db.session.scalar(select(Bank.slug).where(Bank.title == title))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty. Perhaps it was not saved"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "This file is locked with a password."),
        (b"\x7fELF\x02\x01", "Choose the file that holds the words themselves."),
        (b"%PDF-1.7\n", "This PDF is damaged"),
        (b"PK\x03\x04 word/document.xml", "not fetched to its end"),
        (b"\x00\x01\x02", "NUL character"),
    ],
)
def test_what_is_no_text_is_refused_at_the_field(browse, stage, app, content, sentence):
    page = browse("trainer")
    page.open("/manage/banks/new")
    reply = send_file(page, "/manage/banks/new", content, "../../evil.md")
    assert reply.status_code == 422 and 'id="file-error"' in reply.text
    assert sentence in page.words
    assert count(app, "Bank") == 1


def test_several_files_are_read_together_and_two_of_one_name_are_both_read(browse, stage, app):
    page = browse("trainer")
    page.open("/manage/banks/new")
    texts = (("a/灯.txt", LAMPS), ("b/灯.txt", LAMPS.replace("灯", "门")), ("坏.docx", "PK\x03\x04"))
    reply = page.send("/manage/banks/new", file=[(io.BytesIO(text.encode()), name) for name, text in texts], unit=TOWNSHIP)
    assert "2 灯.txt" in page.words and "坏.docx" in page.words and "not fetched to its end" in page.words
    assert reply.text.count("data-question") == 2


def test_a_form_without_a_file_or_with_a_wrong_unit_is_refused(browse, stage, app):
    page = browse("trainer")
    page.open("/manage/banks/new")
    assert page.send("/manage/banks/new", unit=TOWNSHIP).status_code == 422
    assert "Please choose a file, or paste its text." in page.words
    reply = page.send("/manage/banks/new", file=(io.BytesIO(GOOD.encode()), "a.md"), unit=OTHER_VILLAGE)
    assert reply.status_code == 422, "another township's unit is not offered"
    bring(page, LAMPS, "灯.txt", unit_id="1", id="1")
    page.send(page.last.request.path + "/place", slug="", title="另起一名")
    assert "“另起一名” can be taken in." in page.words
    page.send(page.last.request.path + "/place", slug="stage", title="")
    assert "“示例题库” can be taken in." in page.words or "(stage)" in page.words


def test_text_that_is_pasted_is_read_like_a_file(browse, stage, app):
    page = browse("trainer")
    page.open("/manage/banks/new")
    page.send("/manage/banks/new", text=LAMPS, unit=TOWNSHIP)
    assert "1 Single choice" in page.words and "灯要多" in page.words and "in a line of their own 1" in page.words


def test_a_question_is_corrected_in_its_place_left_out_and_taken_back(browse, stage, app):
    page = browse("trainer")
    preview = bring(page, BAD)
    form = {"kind": "single_choice", "stem": "办理居住证要钱吗（ ）。", "options": "A. 不收费\nB. 收费", "answer": "a", "explanation": "", "citations": "第二条"}
    page.send(f"{preview}/questions/0", deed="mend", **form)
    assert "2 new questions, 0 changed" in page.words and "corrected by you" in page.words
    page.send(f"{preview}/questions/1", deed="leave")
    assert "1 new questions" in page.words and "left out 1" in page.words
    page.send(f"{preview}/questions/1", deed="back")
    assert "2 new questions" in page.words
    assert re.search('id="here"></span>\\s*<article[^>]* id="q1"', page.send(f"{preview}/questions/0", deed="leave", only="new").text)
    page.send(f"{preview}/questions/0", deed="back")
    assert re.search('id="here"></span>\\s*<article[^>]* id="q0"', page.last.text), "the page goes on where it was"
    page.send(f"{preview}/questions/0", deed="mend", **{**form, "answer": "Z"})
    assert "corrected by you" not in page.words, "what is still to be mended is not called so"
    page.send(f"{preview}/questions/0", deed="mend", **form)
    assert page.send(f"{preview}/questions/99", deed="mend", **form).status_code == 404
    page.open(preview)
    page.send(preview)
    assert "Taken in: 2 new, 0 changed, 0 as before." in page.words and "办理居住证要钱吗" in page.open("/banks/fresh").text


def test_a_case_is_corrected_question_by_question_before_it_is_taken_in(browse, stage, app):
    page = browse("trainer")
    parts = "（1）【单选题】先做什么（ ）。\nA. 登记\nB. 走开\n答案：{}\n（2）【判断题】要收费。\n答案：错误"
    preview = bring(page, "## 案例题\n\n1. 来了一户。\n" + parts.format(""), "案例.md")
    assert "Question 1 of the case has no answer" in page.words and "（2）【判断题】要收费。" in page.last.text
    page.send(f"{preview}/questions/0", deed="mend", kind="case", stem="来了一户。", parts=parts.format("A"))
    page.open(preview)
    page.send(preview)
    assert "Taken in: 1 new, 0 changed, 0 as before." in page.words


def test_every_line_of_a_file_is_told_and_those_not_understood_are_listed(browse, stage, app):
    page = browse("trainer")
    bring(page, "答案：没头没尾\n" + LAMPS, "灯.txt")
    assert "1 line was not understood." in page.words and "答案：没头没尾" in page.words
    page.send(page.last.request.path, only="good")
    assert "1 are kept here, to be finished." in page.words and "答案：没头没尾" in page.words
    assert "This line belongs to nothing" in page.words


def test_the_way_to_bring_questions_in_bears_the_name_of_its_page_everywhere(browse, stage, app):
    page = browse("trainer")
    for path in ("/banks", "/banks/stage"):
        page.open(path)
        links = re.findall(r'href="/manage/banks/new[^"]*"[^>]*>(?:<svg.*?</svg>)?\s*([^<]+)<', page.last.text, re.DOTALL)
        assert {one.strip() for one in links} == {"Bring questions in"}
    assert "<h1>Bring questions in" in page.open("/manage/banks/new").text


def test_the_bank_with_another_answer_is_a_contradiction_until_somebody_says_which_is_right(browse, stage, app):
    page = browse("trainer")
    page.send(bring(page, LAMPS, "灯.txt"))
    assert "Taken in: 1 new" in page.words
    preview = bring(page, LAMPS.replace("答案：A", "答案：B"), "灯.txt")
    assert "The bank has this question with another answer. Which one is right?" in page.words
    assert "Its answer there: A. 亮" in page.words
    other = re.search('href="(/banks/[^"]+)">Look at that question', page.last.text)[1]
    assert page.open(other).status_code == 200 and "灯要" in page.words
    page.send(f"{preview}/questions/0", deed="confirm")
    assert "0 new questions, 1 changed" in page.words
    page.send(preview)
    assert "Taken in: 0 new, 1 changed, 0 as before." in page.words


def test_a_question_that_the_bank_has_with_its_options_in_another_order_is_the_banks_own(browse, stage, app):
    """A platform shuffles them: the bank must not hold it twice, and another answer is a contradiction all the same."""
    page = browse("trainer")
    page.send(bring(page, LAMPS, "灯.txt"))
    shuffled = LAMPS.replace("A. 亮", "A. 暗").replace("B. 暗", "B. 亮")
    assert shuffled != LAMPS
    preview = bring(page, shuffled.replace("答案：A", "答案：B"), "灯.txt")
    assert "The bank has this question already." in page.words and "0 new questions, 0 changed, 1 as they are" in page.words
    page.send(preview)
    assert "Taken in: 0 new, 0 changed, 1 as before." in page.words
    preview = bring(page, shuffled, "灯.txt")
    assert "The bank has this question with another answer. Which one is right?" in page.words
    page.send(f"{preview}/questions/0", deed="confirm")
    page.send(preview)
    assert "Taken in: 0 new, 1 changed, 0 as before." in page.words and count(app, "Question") == 13


def test_a_twin_within_the_file_is_shown_with_its_answer_and_one_click_away(browse, stage, app):
    page = browse("trainer")
    some = "".join(f"{n}. 第{n}盏灯要（ ）。\nA. 亮\nB. 暗\n答案：A\n" for n in range(1, 31))
    preview = bring(page, some + "31. 第1盏灯要（ ）。\nA. 亮\nB. 暗\n答案：B\n", "灯.txt")
    page.open(f"{preview}?only=mend")
    assert "Its answer there: A. 亮" in page.words and "Its answer there: B. 暗" in page.words
    assert re.findall('href="#(q[0-9]+)">Look at that question', page.last.text) == ["q30", "q0"], "both, each the other"
    page.open(preview)
    address, box = re.search('href="([^"#]+)#(q[0-9]+)">Look at that question', page.last.text).groups()
    assert f'id="{box}"' in page.open(address).text and box == "q30"


def test_the_lines_of_a_key_in_a_second_file_stand_there_with_the_questions_they_answer(browse, stage, app):
    page, held = browse("trainer"), io.BytesIO()
    paper = "一、单选题\n" + "".join(f"{n}. 第{n}盏灯要（ ）。\nA. 亮\nB. 暗\n" for n in range(1, 31))
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("甲卷.txt", paper)
        archive.writestr("甲卷答案.txt", "标准答案\n1-20 " + "AB" * 10 + "\n21-30 " + "BA" * 5 + "\n31. A\n")
    page.open("/manage/banks/new")
    page.send("/manage/banks/new", file=(io.BytesIO(held.getvalue()), "两份.zip"), unit=TOWNSHIP)
    assert "甲卷.txt › Answer key" in page.words and page.words.count("1-20 ABAB") == 1 and "21-30" not in page.words
    of = re.search(r'data-of="([^"]*)"><span class="source-place">2</span><span class="source-text">1-20', page.last.text)[1]
    assert of.split() == [f"q{n}" for n in range(20)] and page.last.text.count('id="q0"') == 1
    page.open(f"{page.last.request.path}?page=2")
    assert "21-30 BA" in page.words and "标准答案" in page.words, "what answers nothing stands at the end"
    assert re.search(r'is-unread"><span class="source-place">4</span>', page.last.text)
    assert "Line 4 of the answer key" in page.words and "not understood · 甲卷" not in page.words


def test_a_text_without_questions_is_told_once_with_what_can_be_done(browse, stage, app):
    page = browse("trainer")
    bring(page, "今天开会。\n大家都来了。\n", "没有.txt")
    assert "No question was found in this file." in page.words and "choose another file" in page.words
    assert "There is no question in this file." not in page.words and "今天开会。" in page.words


def test_what_is_left_of_a_file_in_one_line_shows_its_own_piece_of_it(browse, stage, app):
    page = browse("trainer")
    some = [{"题干": f"第{n}盏灯要（ ）。", "选项": ["亮", "暗"], "答案": "A"} for n in range(1, 5)]
    preview = bring(page, json.dumps([*some, {**some[0], "答案": "B"}], ensure_ascii=False), "灯.json")
    page.send(preview, only="good")
    lines = re.findall('class="source-text">([^<]*)<', page.last.text)
    assert len(lines) == 2 and all("第1盏灯" in line and "第2盏灯" not in line for line in lines)


def test_tags_of_a_file_are_shown_and_then_found(browse, stage, app):
    page = browse("trainer")
    preview = bring(page, "---\nslug: fresh\ntitle: 新题\n---\n# 第一章\n## 判断题\n1. 灯要亮着出门。\n答案：正确\n标签：夜巡，重点\n", "灯.md")
    assert "Tags: 夜巡、重点" in page.words
    page.send(preview)
    assert "灯要亮着出门" in page.open("/banks/fresh?tag=夜巡").text
    assert "灯要亮着出门" not in page.open("/banks/fresh?tag=别").text


def test_a_file_is_read_again_as_its_owner_says(browse, stage, app):
    page = browse("trainer")
    preview = bring(page, "一、填空题\n1. 灯要____。\n答案：亮；明\n", "灯.txt")
    assert "Accepted: 亮；明" in page.words
    page.send(f"{preview}/reading", semicolon="next", kind="odd", encoding="odd", format="odd")
    assert "Read again as you said." in page.words and "the answer fills 2" in page.words
    page.send(f"{preview}/reading", format="docx")
    assert "not a file of the format that was asked for" in page.last.text
    page.send(f"{preview}/reading", encoding="big5")
    assert "This file is not written in BIG5. Choose another encoding" in page.words and "灯要" in page.words


def test_what_is_left_is_finished_or_dropped_one_by_one(browse, stage, app):
    page = browse("trainer")
    page.send(bring(page, BAD + "\n## 判断题\n3. 天是蓝的。\n"), only="good")
    assert "2 questions are left." in page.words
    first, second = UNFINISHED.findall(page.last.text)
    form = {"kind": "single_choice", "stem": "办理居住证要钱吗（ ）。", "options": "不收费\n收费", "answer": "C", "explanation": "", "citations": "第二条"}
    assert page.send(first, deed="finish", **form).status_code == 422
    assert "The answer C names an option that is not there." in page.words and "办理居住证要钱吗" in page.words
    page.send(first, deed="finish", **{**form, "answer": "A"})
    assert "Finished: the question is in the bank." in page.words and count(app, "Question") == 14
    page.send(second, deed="drop")
    assert "Nothing is left to finish" in page.words
    assert page.send(second, deed="drop").status_code == 409

TWINS = "一、单选题\n1. 甲题一二三（ ）\nA. 一\nB. 二\n答案：A\n2. 乙题四五六（ ）\nA. 一\nB. 二\n"


def test_what_is_finished_as_a_question_that_the_bank_has_is_told_so_and_nothing_is_lost(browse, stage, app):
    """The same import brought the first one: its chapter differs, so the second would change it."""
    page = browse("trainer")
    page.send(bring(page, TWINS, "撤.txt"), slug="fresh", only="good")
    (second,) = UNFINISHED.findall(page.last.text)
    form = {"kind": "single_choice", "stem": "甲题一二三（ ）", "options": "一\n二", "answer": "A", "explanation": "自己写的解析"}
    assert page.send(second, deed="finish", **form).status_code == 422
    assert "The bank has this question already. If it is the same one, drop this one." in page.words
    assert "Its answer there: A. 一" in page.words and "自己写的解析" in page.words
    other = re.search('href="(/banks/fresh/[^"]+)">Look at that question', page.last.text)[1]
    assert page.open(other).status_code == 200 and "甲题一二三" in page.words
    assert page.send(second, deed="finish", **{**form, "answer": "B"}).status_code == 422
    assert "The bank has this question with another answer." in page.words
    page.send(second, deed="confirm", **{**form, "answer": "B"})
    assert "Finished: the question is in the bank." in page.words and count(app, "Question") == 13


def test_what_is_wrong_on_a_later_page_is_told_there_and_keeps_what_was_typed(browse, stage, app):
    page = browse("trainer")
    many = "".join(f"{n}. 第{n}盏灯要（ ）。\nA. 亮\nB. 暗\n" for n in range(2, 25))
    page.send(bring(page, LAMPS + many, "灯.txt"), slug="fresh", only="good")
    page.open("/banks/fresh/unfinished?page=2")
    last = UNFINISHED.findall(page.last.text)[-1]
    form = {"kind": "single_choice", "stem": "最后一盏灯要（ ）。", "options": "亮\n暗", "answer": "Z", "explanation": "自己写的解析"}
    assert page.send(last, deed="finish", **form).status_code == 422
    assert "最后一盏灯要（ ）。" in page.words and "自己写的解析" in page.words and "第2盏灯" not in page.words
    wrong = re.search(r'<input[^>]*name="answer"[^>]*value="Z"[^>]*>', page.last.text)[0]
    assert 'aria-invalid="true"' in wrong
    error = re.search(r'aria-describedby="[^"]* ([^" ]+-error)"', wrong)[1]
    assert re.search(rf'id="{error}".*?The answer Z names an option that is not there', page.last.text, re.DOTALL)
    assert page.send(last, deed="finish", **{**form, "answer": "甲乙"}).status_code == 422 and 'value="甲乙"' in page.last.text
    page.send(last, deed="finish", **{**form, "answer": "A"})
    assert page.last.request.args["page"] == "2" and "22 questions are left." in page.words


def test_answers_in_words_are_dropped_together(browse, stage, app):
    """A paper ends with ten of them; nobody should have to drop each."""
    words = "".join(f"{number}. 怎样登记第{number}户？\n答案：当面登记。\n" for number in range(1, 4))
    page = browse("trainer")
    page.send(bring(page, f"{LAMPS}2. 门要（ ）。\nA. 开\nB. 关\n二、简答题\n{words}", "灯.txt"), slug="fresh", only="good")
    page.open("/banks/fresh/unfinished")
    assert "4 questions are left." in page.words and "3 of them ask for an answer in words" in page.words
    page.send("/banks/fresh/unfinished", which="unmarkable")
    assert "3 questions are dropped." in page.words and "1 question is left." in page.words
    assert "Drop these" not in page.words and count(app, "Question") == 13
    with app.app_context():
        from quizapp.extensions import db
        from quizapp.models import AuditEvent

        assert db.session.scalar(select(AuditEvent.detail).where(AuditEvent.action == "question.dropped"))["count"] == 3


def test_many_that_are_left_are_dropped_together(browse, stage, app):
    page = browse("trainer")
    many = "".join(f"{n}. 第{n}盏灯要（ ）。\nA. 亮\nB. 暗\n" for n in range(2, 30))
    page.send(bring(page, LAMPS + many, "灯.txt"), slug="fresh", only="good")
    page.open("/banks/fresh/unfinished?page=2")
    ids = re.findall(r'name="id" value="([^"]+)" form="drop"', page.last.text)
    assert len(ids) == 8 and "28 questions are left." in page.words
    assert "Choose the questions first." in page.send("/banks/fresh/unfinished", which="chosen").text
    page.send("/banks/fresh/unfinished", which="chosen", id=[*ids[:3], "nonsense"])
    assert "3 questions are dropped." in page.words and "25 questions are left." in page.words
    page.send("/banks/fresh/unfinished", which="all")
    assert "25 questions are dropped." in page.words and "Nothing is left to finish" in page.words


def test_a_contradiction_that_is_left_leads_to_the_other_question_wherever_it_is_by_now(browse, stage, app):
    """Both sides wait at first; when one is in the bank, the other is compared with that, and with nothing once it is dropped."""
    page = browse("trainer")
    sides = "2. 门要（ ）。\nA. 开\nB. 关\n答案：A\n3. 门要（ ）。\nA. 开\nB. 关\n答案：B\n"
    page.send(bring(page, LAMPS + sides, "灯.txt"), slug="fresh", only="good")
    first, second = UNFINISHED.findall(page.last.text)
    name = first.rpartition("/")[2].partition("#")[0]
    assert f'href="/banks/fresh/unfinished?page=1#u{name}">Look at that question' in page.last.text
    assert "Its answer there: A. 开" in page.words and "Its answer there: B. 关" in page.words
    form = {"kind": "single_choice", "stem": "门要（ ）。", "options": "开\n关", "explanation": ""}
    page.send(first, deed="finish", **form, answer="A")
    assert "The bank has this question with another answer. Which one is right?" in page.words and "Its answer there: A. 开" in page.words
    other = re.search('href="(/banks/fresh/[^"]+)">Look at that question', page.last.text)[1]
    assert "unfinished" not in other and "门要" in page.open(other).text


def test_what_contradicted_a_question_that_was_dropped_contradicts_nothing(browse, stage, app):
    page = browse("trainer")
    sides = "2. 门要（ ）。\nA. 开\nB. 关\n答案：A\n3. 门要（ ）。\nA. 开\nB. 关\n答案：B\n"
    page.send(bring(page, LAMPS + sides, "灯.txt"), slug="fresh", only="good")
    first, _ = UNFINISHED.findall(page.last.text)
    page.send(first, deed="drop")
    assert "1 question is left." in page.words and "with another answer" not in page.words and "Look at that question" not in page.words


def test_an_import_is_listed_and_undone(browse, stage, app):
    page = browse("trainer")
    page.send(bring(page, BAD), only="good")
    page.open("/banks/fresh/imports")
    assert "题库.md" in page.words and "1 new, 0 changed, 0 as before" in page.words and "1 of 1" in page.words
    deed = re.search(r'action="(/banks/fresh/imports/[^"]+/undoing)"', page.last.text)[1]
    page.send(deed)
    assert "The import is undone." in page.words and "undone" in page.words
    assert page.send(deed).status_code == 409
    page.open("/banks/fresh/unfinished")
    assert "Nothing is left to finish" in page.words


def test_a_large_file_is_read_by_the_worker_and_the_page_waits_for_it(browse, stage, app, monkeypatch):
    from quizapp.services.banks import previews

    monkeypatch.setattr(previews, "LARGE", 10)
    monkeypatch.setattr(previews, "MANY", 0)
    page = browse("trainer")
    preview = bring(page, GOOD)
    assert "Waiting for its turn" in page.words and page.last.headers["Refresh"] == "2"
    assert page.send(f"{preview}/questions/0", deed="leave").status_code == 409

    def work():
        with app.app_context():
            return previews.work(datetime.now(UTC))

    assert (work(), work()) == (1, 0)
    page.open(preview)
    assert "2 new questions, 0 changed" in page.words
    page.send(preview)
    assert "Being taken into the bank" in page.words and count(app, "Question") == 12
    assert work() == 1
    page.open(preview)
    assert "“新题库” is taken in." in page.words and count(app, "Question") == 14
    bring(page, b"\x7fELF" + bytes(20), "a.md")
    work()
    page.open(page.last.request.path)
    assert "This file cannot be read." in page.words


def test_a_preview_is_its_owners_alone_and_only_for_a_week(browse, stage, app, next_door, monkeypatch):
    page = browse("trainer")
    preview = bring(page, GOOD)
    other = browse("next-door")
    assert other.open(preview).status_code == 409
    assert other.send(preview).status_code == 409
    for odd in ("0000", "../../secret_key", "%2e%2e%2fsecret_key", "a" * 300):
        assert page.open(f"/manage/banks/new/{odd}").status_code in (404, 409)
    assert page.open(preview.replace("/banks/", "/handbooks/")).status_code == 409, "a bank is no handbook"
    from quizapp.web import edge

    monkeypatch.setattr(edge, "now", lambda: datetime.now(UTC) + timedelta(days=8))
    assert page.open(preview).status_code in (302, 409)


def test_kept_files_are_readable_by_the_server_alone_and_do_not_pile_up(browse, stage, app, monkeypatch):
    from pathlib import Path

    from quizapp.services import uploads

    monkeypatch.setattr(uploads, "MOST", 3)
    page = browse("trainer")
    for _ in range(5):
        bring(page, GOOD)
    kept = list((Path(app.instance_path) / "uploads").iterdir())
    assert sorted(path.suffix for path in kept) == [".bytes"] * 3 + [".json"] * 3
    assert {path.stat().st_mode & 0o777 for path in kept} == {0o600}
    page.open("/manage/banks/new")
    assert "kept for a week, the newest 3" in page.words


def test_text_from_a_file_becomes_no_markup(browse, stage):
    page = browse("trainer")
    vector = '<img src=x onerror=alert(1)><script>alert(2)</script>[a](javascript:alert(3))'
    bring(page, GOOD.replace("办理居住证", vector).replace("不收费\n", vector + "\n").replace("免收工本费", vector), vector)
    page.send(page.last.request.path)
    for path in ("/banks/fresh", "/banks"):
        text = page.open(path).text
        assert "<img src=x" not in text and "<script>alert" not in text and 'href="javascript:' not in text


LAW = "# 示例服务办法\n\n第一条 为了服务，制定本办法。\n\n第二条 服务不收费。\n"


def test_a_handbook_is_seen_first_and_taken_in_when_the_trainer_says_so(browse, stage, app):
    page = browse("trainer")
    page.open("/study")
    assert "/manage/handbooks/new" in page.last.text
    page.open("/manage/handbooks/new")
    preview = page.send("/manage/handbooks/new", file=(io.BytesIO(LAW.encode()), "办法.md"), edition_of="", effective="2026-01-01")
    preview = preview.request.path
    assert "“示例服务办法” can be taken in." in page.words and "第二条" in page.words
    assert count(app, "Handbook") == 1
    page.send(preview)
    assert "articles taken in" in page.words and count(app, "Handbook") == 2
    page.open("/manage/handbooks/new")
    page.send("/manage/handbooks/new", file=(io.BytesIO(LAW.encode()), "办法.md"), edition_of="", effective="2026-01-01")
    assert "This edition is here already; nothing would change." in page.words
    other = LAW.replace("不收费", "一律免费")
    page.open("/manage/handbooks/new")
    page.send("/manage/handbooks/new", file=(io.BytesIO(other.encode()), "办法.md"), edition_of="", effective="2026-01-01")
    assert "exists with another text" in page.words and "Take it in" not in page.words


def test_whoever_takes_in_an_edition_is_told_how_many_questions_it_takes_out_of_new_papers(browse, stage, app):
    page = browse("trainer")
    law = "第一条 同样的服务。\n第二条 换一种说法。\n第二条之一 不收费。\n第三条 讲记录。\n"
    page.open("/manage/handbooks/new")
    upload = {"file": (io.BytesIO(law.encode()), "办法.md"), "edition_of": "stage", "effective": "2026-01-01"}
    page.send("/manage/handbooks/new", **upload)
    preview = page.last.request.path
    assert "12 questions in use rest on what changes." in page.words and "What changes 4" in page.words
    assert "第二条 worded anew" in page.words and "第三条 added" in page.words
    [bank] = set(re.findall(r'href="(/banks/stage\?article=[^"]+)"', page.last.text))
    assert "第三条" in page.open(preview + "?view=all").text
    page.open(bank)
    assert "12 questions found" in page.words
    page.send(preview)
    assert re.search(r"Questions that rest on an article worded anew: [1-9]", page.words)


def test_a_handbooks_wrong_file_is_refused_and_others_have_no_business_here(browse, stage, app):
    page = browse("trainer")
    page.open("/manage/handbooks/new")
    reply = page.send("/manage/handbooks/new", file=(io.BytesIO(b"\x7fELF"), "x.md"), edition_of="")
    assert reply.status_code == 422 and 'id="file-error"' in reply.text
    assert page.send("/manage/handbooks/new", file=(io.BytesIO(LAW.encode()), "x.md"), edition_of="", effective="soon").status_code == 422
    assert browse("admin").open("/manage/handbooks/new").status_code == 403
    page = browse("trainee")
    assert "/manage/handbooks/new" not in page.open("/study").text


def test_a_word_document_and_a_workbook_come_in_like_any_other_file(browse, stage, app):
    from tests.services.readers.test_banks import HEAD, ROW, workbook
    from tests.word import RED, document, p, run

    page = browse("trainer")
    lamp = document(p("1. 灯要多（ ）。"), p(run("A. 亮", RED)), p("B. 暗"))
    preview = bring(page, lamp, "灯.docx")
    assert "“灯” can be taken in." in page.words and "Paragraphs 1 to 3" in page.words and "Right answer" in page.words
    page.send(preview)
    assert "Taken in: 1 new, 0 changed, 0 as before." in page.words
    preview = bring(page, workbook(HEAD, ROW), "表.xlsx")
    assert "题库 Line 2" in page.words
    page.send(preview)
    assert "Taken in: 1 new, 0 changed, 0 as before." in page.words and count(app, "Bank") == 3


def test_kinds_that_no_bank_holds_are_named_question_by_question(browse, stage, app):
    page = browse("trainer")
    bring(page, "说说灯。{}\n\n灯亮。{T}\n", "灯.gift")
    assert "Short answer" in page.words and "a bank cannot hold them" in page.words and "Line 1" in page.words
    assert count(app, "Bank") == 1


def test_many_questions_are_seen_first_and_changed_together(browse, stage, app):
    page = browse("trainer")
    page.open("/banks/stage?kind=true_false")
    page.open("/banks/stage/changes?kind=true_false&all=1")
    assert "3 questions chosen" in page.words
    asked = "/banks/stage/changes?kind=true_false&all=1&show=1&points=2.5&add_tags=新的"
    page.open(asked)
    assert "Change 3 questions" in page.words and "1 → 2.5" in page.words and count(app, "QuestionRevision") == 12
    reply = page.send(asked, expected="2")
    assert reply.status_code == 409 and "Nothing was changed" in page.words
    page.send(asked, expected="3")
    assert "3 questions changed." in page.words and count(app, "QuestionRevision") == 15
    assert dict(page.last.request.args) == {"kind": "true_false"}  # what was looked for still stands
    page.open("/banks/stage?tag=新的")
    assert "3 questions found" in page.words and "Tags: 新的" in page.words


@pytest.mark.parametrize(
    "wrong", ["points=many", "points=nan", "points=-1", "points=1e999", "new_chapter=" + "x" * 300, "add_tags=" + "y" * 99]
)
def test_a_change_that_cannot_be_is_named_and_nothing_is_changed(browse, stage, app, wrong):
    page = browse("trainer")
    reply = page.open(f"/banks/stage/changes?all=1&show=1&slug=x&_external=1&{wrong}")
    assert reply.status_code == 422 and "Nothing was changed." in page.words
    assert page.send(f"/banks/stage/changes?all=1&{wrong}", expected="12").status_code == 422
    assert count(app, "QuestionRevision") == 12


def written(**fields) -> dict:
    return {"kind": "single_choice", "stem": "灯要多（ ）", "option_0": "亮", "option_1": "暗", "right": "A", "points": "2", **fields}


def told_of_twins(page) -> str:
    """Return what the form sends along when it is kept all the same."""
    return re.search(r'name="told" value="([^"]+)"', page.last.text)[1]


def test_whoever_writes_what_the_bank_has_already_is_told_before_it_is_kept_and_loses_nothing(browse, stage, app):
    page = browse("trainer")
    page.send("/banks/stage/new", **written(stem="村里的路灯应当由谁负责每晚巡查一次（ ）"))
    first = page.last.request.path
    near = written(stem="村里的路灯应当由谁来负责每晚巡查一次（ ）", explanation="写了很久的解析")
    assert page.send("/banks/stage/new", **near).status_code == 409 and count(app, "Question") == 13
    assert "nothing was saved yet" in page.words and "nearly the same" in page.words and "A. 亮" in page.words
    assert f'href="{first}" target="_blank"' in page.last.text and "写了很久的解析" in page.last.text
    assert "Keep it all the same" in page.words
    other = {**near, "stem": "村里的路灯应当由谁负责每晚巡查一次", "right": "B", "told": told_of_twins(page)}
    assert page.send("/banks/stage/new", **other).status_code == 409, "of this it was not told"
    assert "the same question with another key" in page.words and count(app, "Question") == 13
    page.send("/banks/stage/new", **{**other, "told": told_of_twins(page)})
    assert "The question is in the bank." in page.words and count(app, "Question") == 14
    second = page.last.request.path
    page.send(f"{second}/edit", **{**other, "told": "", "explanation": "短一些"}, number="1", seen="")
    assert "Revision 2 is kept." in page.words, "the words that are compared are as before"
    page.send(f"{second}/edit", **{**other, "told": "", "option_1": "昏暗"}, number="2", seen="")
    assert "Revision 3 is kept." in page.words, "it was alike before in the same way"
    apart = written(stem="另一件事情要怎么办理才算妥当呢（ ）", option_0="走着去办", option_1="等人来办")
    page.send("/banks/stage/new", **apart)
    third = page.last.request.path
    near["option_0"] = "由村里的电工负责"
    assert page.send(f"{third}/edit", **near, number="1", seen="").status_code == 409
    page.send(f"{third}/edit", **near, number="1", seen="", told=told_of_twins(page))
    assert "Revision 2 is kept." in page.words


def test_a_question_is_written_looked_at_kept_and_changed(browse, stage, app):
    page = browse("trainer")
    page.open("/banks/stage/new")
    assert "Single choice" in page.words
    page.open("/banks/stage/new?kind=single_choice")
    reply = page.send("/banks/stage/new", **written(look="1", explanation="面积 $a^2$，村干部不得要求外出人员返乡"))
    assert reply.status_code == 200 and "<msup>" in reply.text and "speaks of the same" in page.words
    assert count(app, "Question") == 12
    reply = page.send("/banks/stage/new", **written(right=""))
    assert reply.status_code == 422 and "The right answer is missing." in page.words and "灯要多" in reply.text
    reply = page.send("/banks/stage/new", **written(article="第九十九条"))
    assert reply.status_code == 422 and "“第九十九条” names no single article." in page.words
    assert count(app, "Question") == 12, "an article that was named does not go missing"
    page.send("/banks/stage/new", **written(article="第二条之一"))
    assert "The question is in the bank." in page.words and "第二条之一" in page.words
    path = page.last.request.path
    page.open(f"{path}/edit")
    assert page.send(f"{path}/edit", **written(number="1", stem="灯要多亮（ ）")).status_code == 200
    assert "Revision 2 is kept." in page.words and "What changed" in page.words
    reply = page.send(f"{path}/edit", **written(number="1", stem="灯要很亮（ ）"))
    assert reply.status_code == 409 and "Nothing of yours is lost" in page.words and "灯要很亮" in reply.text
    assert 'name="number" value="2"' in reply.text, "kept now it goes over theirs"
    page.open(f"/banks/stage/new?like={path.rsplit('/', 1)[1]}")
    assert "灯要多亮" in page.last.text
    assert page.send("/banks/stage/look", kind="riddle").status_code == 400


LONGER = {  # kind -> (what is typed, what is wrong in it, what is said of that)
    "numerical": ({"value": "１,８００", "tolerance": "0.50"}, {"value": "很多"}, "The right answer is not a number."),
    "ordering": ({"entries": "登记\n\n公示\n发证"}, {"entries": "登记\n登记"}, "Options A and B are the same."),
    "matching": ({"left_0": "甲", "right_0": "灯", "left_1": "乙", "right_1": "伞", "right_2": "门"}, {"right_1": ""},
                 "An entry is empty."),
}  # fmt: skip


@pytest.mark.parametrize("kind", LONGER)
def test_the_longer_kinds_are_written_and_changed_on_the_page_too(browse, stage, app, kind):
    typed, wrong, told = LONGER[kind]
    page = browse("trainer")
    page.open(f"/banks/stage/new?kind={kind}")
    form = {"kind": kind, "stem": "配一配", "points": "2", **typed}
    assert page.send("/banks/stage/new", **{**form, **wrong}).status_code == 422 and told in page.words
    assert "So it will look" in page.words and count(app, "Question") == 12
    page.send("/banks/stage/new", **form)
    assert "The question is in the bank." in page.words
    path = page.last.request.path
    page.open(f"{path}/edit")
    assert page.send(f"{path}/edit", number="1", **form).status_code == 200 and "Nothing was changed." in page.words
    for words in {"numerical": ["1800", "0.5"], "ordering": ["公示"], "matching": ["门"]}[kind]:
        assert words in page.open(f"{path}/edit").text


def test_a_text_that_is_shared_outlives_a_change_of_the_question(browse, stage, app):
    page = browse("trainer")
    page.send(bring(page, GOOD.replace("解析：", "材料：某村有两户。\n解析：")))
    path = re.search(r'href="(/banks/fresh/[a-z0-9]{16})"', page.open("/banks/fresh").text)[1]
    assert "某村有两户" in page.open(f"{path}/edit").text


def test_what_stands_twice_in_a_file_is_left_out_at_one_press(browse, stage):
    """The first of each stays, and one that knows an answer which the first lacks."""
    once = "1. 灯要亮（ ）。\nA. 亮\nB. 灭\n答案：A\n"
    page = browse("trainer")
    path = bring(page, once * 3 + "2. 门要关（ ）。\nA. 关\nB. 开\n" + "3. 门要关（ ）。\nA. 关\nB. 开\n答案：A\n", "twice.txt")
    assert "2 questions stand earlier in this file too" in page.words
    page.send(f"{path}/repeats")
    assert "2 repeats are left out." in page.words and "Leave out the repeats" not in page.words
    assert "left out 2" in page.words and "to mend 2" in page.words


PARTS = "（1）【单选题】先做什么（ ）。\nA. 登记\nB. 走开\n答案：A\n解析：先登记。\n（2）【判断题】要收费。\n答案：错误"


def test_a_case_is_written_seen_and_changed_on_the_form(browse, stage, app):
    page = browse("trainer")
    page.open("/banks/stage/new?kind=case")
    fields = {"kind": "case", "stem": "某村来了一户。", "points": "4", "chapter": "", "difficulty": ""}
    assert page.send("/banks/stage/new", parts=PARTS.replace("答案：A\n", ""), **fields).status_code == 422
    assert "Line 1: Question 1 of the case has no answer" in page.words and count(app, "Question") == 12
    assert page.send("/banks/stage/new", parts="先做什么？", **fields).status_code == 422
    assert "begins with its number and kind" in page.words and "先做什么？" in page.last.text
    page.send("/banks/stage/look", parts=PARTS, **fields)
    assert "先登记" in page.last.text and "要收费" in page.last.text
    page.open("/banks/stage/new?kind=case")
    page.send("/banks/stage/new", parts=PARTS, **fields)
    path = page.last.request.path
    assert "The question is in the bank." in page.words and "某村来了一户" in page.words
    assert "Why 先登记" in " ".join(page.words.split()), "what explains one of its questions is called so"
    page.open(f"{path}/edit")
    assert PARTS in page.last.text
    page.send(f"{path}/edit", number="1", seen="", parts=PARTS.replace("错误", "正确"), **fields)
    assert "Revision 2 is kept." in page.words
    page.open(f"{path}/edit")
    page.send(f"{path}/edit", number="2", seen="", parts=PARTS.replace("错误", "正确"), **fields)
    assert "Nothing was changed." in page.words


@pytest.fixture
def colleague(app, cast):
    """Another trainer of the township."""
    from quizapp.services.people import changes

    with app.app_context():
        changes.add(None, changes.NewPerson("colleague", "韩芒种", TOWNSHIP, "教员", ("trainer",), PASSWORD), MET)


def test_a_question_is_sent_to_review_and_agreed_to_by_somebody_else(browse, stage, app, colleague):
    page = browse("trainer")
    page.send("/banks/stage/new", **written())
    path = page.last.request.path
    assert "I agree to it" not in page.words and "Not reviewed" in page.words and "Send to review" in page.words
    assert "leave it out until somebody else has agreed" in page.words and "You wrote these words" in page.words
    page.send(f"{path}/review", number="1")
    assert "Sent to review." in page.words and "Waits for review" in page.words and "ot reviewed" not in page.words
    assert "Send back" not in page.words
    page.open("/manage/banks/review")
    assert "Yours, waiting for somebody else" in page.words and "灯要多" in page.words
    page.open(path)
    assert page.send(f"{path}/agreement", number="1").status_code == 409 and "your own words" in page.words
    other = browse("colleague")
    other.open("/manage/banks/review")
    assert "灯要多" in other.words and "Waits for your review" in other.words
    other.open(path)
    assert "I agree to it" in other.words and "Send back" in other.words and "You wrote" not in other.words
    other.open("/manage/banks/review")
    other.send(f"{path}/sending-back", number="1", note="多少盏？", back="queue")
    assert "Sent back." in other.words and "Nothing waits" in other.words
    page.open("/")
    assert "Sent back to you" in page.words and "1 question" in page.words
    page.open("/manage/banks/review")
    assert "Sent back to you" in page.words and "多少盏？" in page.words and "韩芒种" in page.words
    page.open(path)
    assert "Sent back" in page.words and "韩芒种: 多少盏？" in page.words and "Send to review" in page.words
    page.send(f"{path}/review", number="1")
    page.open("/manage/banks/review")
    assert "Sent back to you" not in page.words
    other.open("/")
    assert "Waits for your review" in other.words
    other.send(f"{path}/agreement", number="1")
    assert "You agreed to this revision." in other.words and "Reviewed" in other.words and "leave it out" not in other.words
    page.open("/banks/stage?state=reviewed")
    assert "1 question found" in page.words
    page.open(path)
    page.send(f"{path}/retirement")
    assert "papers drawn before keep it" in page.words and "Bring it back into use" in page.words
    assert "Reviewed" not in page.words and "Take it out of use" not in page.words
    page.send(f"{path}/return")
    page.open(f"{path}/edit")
    page.send(f"{path}/edit", **{**written(), "stem": "灯还要再多（ ）。"}, number="1", seen="")
    assert "draw revision 1 until somebody else has agreed" in page.words and "Not reviewed" in page.words


def test_a_new_edition_brings_its_questions_to_the_queue_beside_both_texts(browse, stage, app):
    from quizapp.services.handbooks.importing import import_edition
    from tests.stage import handbook

    document = handbook()
    document["edition"] = "2027"
    document["articles"][1]["text"] = "办理居住证一律免费，孕检结果不得公开。"
    with app.app_context():
        assert import_edition(None, document, stage.now).flagged == 12
    page = browse("trainer")
    page.open("/banks")
    assert "To review" in page.words and "12" in page.words
    page.open("/manage/banks/review")
    assert "一律免费" in page.words and "不收取任何费用" in page.words and "Still right" in page.words
    path = f"/banks/stage/{first_question(app)}"
    page.open(path)
    assert "An article that this question rests on was changed." in page.words
    assert page.send(f"{path}/still-right", seen="1-9999").status_code == 409
    page.open(path)
    seen = page.last.text.split('name="seen" value="')[1].split('"')[0]
    page.send(f"{path}/still-right", seen=seen)
    assert "It is drawn again." in page.words
    page.open("/banks/stage?problem=flagged")
    assert "11 questions found" in page.words


def test_a_bank_is_looked_through_and_its_pairs_are_decided(browse, stage, app):
    from quizapp.services.banks import checking

    page = browse("trainer")
    lamp = "村里的路灯应当每晚巡查一次并且登记在册"
    for stem in (f"{lamp}。", f"{lamp}备查。"):
        page.send("/banks/stage/new", kind="true_false", stem=stem, truth="true", points="1")
    page.send("/banks/stage/new", kind="true_false", stem=stem, truth="true", points="1", told=told_of_twins(page))
    page.open("/banks/stage/health")
    assert "Nobody has looked" in page.words
    page.send("/banks/stage/health")
    assert "The look through the bank is about to begin." in page.words
    with app.app_context():
        checking.run_due(stage.now)
    page.open("/banks/stage/health")
    assert "Nearly the same" in page.words and "Never drawn" in page.words
    page.open("/banks/stage/pairs")
    action = page.last.text.split('action="/banks/stage/pairs/')[1].split('"')[0]
    page.send(f"/banks/stage/pairs/{action}", decision="both")
    assert "The decision is remembered." in page.words
    assert page.send(f"/banks/stage/pairs/{action}", decision="both").status_code == 409
    assert page.send(f"/banks/stage/pairs/{action}", decision="odd").status_code == 404
    page.open("/banks/stage/articles?only=none")
    assert "第一条" in page.words and "without a question 2" in page.words


def test_what_is_left_of_a_sheet_tells_its_rows_and_its_material(browse, stage, app):
    from tests.services.readers.test_banks import workbook

    page = browse("trainer")
    good = ("单选题", "", "门要（ ）。", "开", "关", "A")
    rows = (good, ("单选题", "老王租了一间房。\n他没有登记。", "他应当（ ）。", "登记", "不管", ""))
    preview = bring(page, workbook(("题型", "材料", "题干", "选项A", "选项B", "答案"), *rows), "题.xlsx")
    material = "<summary>Material</summary><p>老王租了一间房。<br>\n他没有登记。</p>"
    assert material in page.last.text, "also of a question that is still to be mended"
    page.send(preview, slug="fresh", only="good")
    page.open("/banks/fresh/unfinished")
    assert "题.xlsx › 题库 · " in page.words and "题库!" not in page.words and material in page.last.text


def test_whoever_undoes_an_import_is_told_before_and_after_of_what_was_edited_since(browse, stage, app):
    page = browse("trainer")
    page.send(bring(page, GOOD))
    page.open("/banks/fresh")
    path = re.search(r'href="(/banks/fresh/[a-z0-9]{16})"', page.last.text)[1]
    page.open(f"{path}/edit")
    page.send(f"{path}/edit", number="1", **written(stem="后来改的题（ ）"))
    assert "Revision 2 is kept." in page.words
    page.open("/banks/fresh/imports")
    assert "what somebody has edited since then stays as it is now" in page.words
    page.send(re.search(r'action="(/banks/fresh/imports/[^"]+/undoing)"', page.last.text)[1])
    assert "1 was changed since and stays." in page.words and "1 edited since and left as they are" in page.words
