"""The papers of an exam on a page: fixed ones set up and drawn anew, compared, printed, as PDF."""

import io

from pypdf import PdfReader

from tests.cast import TOWNSHIP
from tests.services.readers.test_pictures import RELATIONS, jpeg, shown
from tests.web.test_exam_management import drafts, fields, rows
from tests.word import document, p


def made(page, app, stage, *sections, **changes) -> str:
    given = rows(*sections) if sections else {}
    page.send("/manage/exams/new", **fields(stage, **given, **changes))
    assert "The exam is set up" in page.last.text, page.words
    return drafts(app)[-1][0]


def test_fixed_papers_are_set_up_printed_and_drawn_anew(browse, stage, app):
    page = browse("trainer")
    exam = made(page, app, stage, forms="2", fresh_days="30")
    assert {name: drafts(app)[-1][1].blueprint[name] for name in ("forms", "fresh_days")} == {"forms": 2, "fresh_days": 30}
    page.open(f"/manage/exams/{exam}/papers")
    assert "Paper A" in page.words and "Paper B" in page.words and "The fixed papers, compared." in page.words
    page.open(f"/manage/exams/{exam}/papers/1")
    assert "期末考试 · Paper A" in page.words and "Key: 期末考试 · Paper A" in page.words and "√" in page.words
    page.send(f"/manage/exams/{exam}/papers")
    assert "The papers were drawn anew." in page.words
    assert page.open(f"/manage/exams/{exam}/papers/3").status_code == 404
    page.open(f"/manage/exams/{exam}/edit")
    assert 'name="forms"' in page.last.text and 'value="2"' in page.last.text


def test_a_paper_comes_as_pdf_with_its_key_on_the_last_page_for_trainers_only(browse, stage, app):
    exam = made(browse("trainer"), app, stage, forms="1")
    for login, has_key in (("trainer", True), ("admin", False)):
        reply = browse(login).open(f"/manage/exams/{exam}/papers/1/pdf")
        assert reply.mimetype == "application/pdf" and "attachment" in reply.headers["Content-Disposition"]
        texts = [one.extract_text() for one in PdfReader(io.BytesIO(reply.data)).pages]
        assert "期末考试" in texts[0] and "甲项" in texts[0]
        assert any("Key" in text for text in texts) is has_key


def test_an_exam_without_fixed_papers_is_compared_by_drawing_many(browse, stage):
    page = browse("trainer")
    page.open(f"/manage/exams/{stage.exam}/papers")
    assert "300 papers were drawn for this" in page.words and "Draw the papers anew" not in page.words
    assert "From 0 to 0" not in page.words and "The questions have no chapter." in page.words
    page.open(f"/manage/exams/{stage.exam}/papers/0")
    assert "is kept nowhere" in page.words and page.last.text.count("paper-question") == 8
    assert page.send(f"/manage/exams/{stage.exam}/papers").status_code == 409


def test_a_section_is_narrowed_to_an_article_and_has_a_rule_of_its_own(browse, stage, app):
    page = browse("trainer")
    narrowed = ("multiple_choice", 2, "2", {"article": "stage#第二条", "rule": "net"})
    made(page, app, stage, narrowed)
    section = drafts(app)[-1][1].blueprint["sections"][0]
    assert (section["article"], section["rule"], "parts" in section) == ("stage#第二条", "net", False)
    lacking = ("multiple_choice", 2, "2", {"article": "stage#第一条"})
    page.send("/manage/exams/new", **fields(stage, **rows(lacking)))
    assert "multiple-choice questions wanted 2, found 0, missing 2" in page.words
    page.open("/manage/exams/new")
    assert '<option value="stage#第二条">' in page.last.text


def test_the_cover_and_the_exam_page_say_how_each_section_is_scored(browse, stage):
    page = browse("trainee")
    page.open(f"/exams/{stage.exam}")
    for words in ("The right option earns full points", "Some of the right options and no wrong one earn half",
                  "Each right blank earns an equal share"):  # fmt: skip
        assert words in page.words


def test_one_is_told_as_one(browse, stage, app):
    page = browse("trainer")
    given = fields(stage, **rows(("single_choice", 1, "1")), forms="1", minutes="1")
    page.send("/manage/exams/new", **{name: value for name, value in given.items() if not name.startswith("sections-1")})
    exam = drafts(app)[-1][0]
    page.open(f"/manage/exams/{exam}/papers/1")
    assert "1 minute, 1 point in all" in page.words and "1 point each" in page.words
    reply = page.open(f"/manage/exams/{exam}/papers/1/pdf")
    assert "1 minute, 1 point in all" in PdfReader(io.BytesIO(reply.data)).pages[0].extract_text()
    page.open("/banks/stage")
    assert "1 point " in page.words and "1 points" not in page.words
    trainee = browse("trainee")
    trainee.open(f"/exams/{exam}")
    assert "Single choice: 1 question, 1 point each" in trainee.words


def test_pictures_of_questions_stand_on_the_page_and_in_the_pdf(browse, stage, app):
    page = browse("trainer")
    parts = {"word/media/image1.jpeg": jpeg(), "word/_rels/document.xml.rels": RELATIONS}
    body = (p("1. 图中是哪种灯（ ）。", shown("rId7")), p("A. 亮"), p("B. 暗", shown("rId7")), p("答案：A"),
            p("2. 图里是什么（ ）。", shown("rId7")), p("A. 桥"), p("B. 路"), p("答案：B"))  # fmt: skip
    page.open("/manage/banks/new")
    page.send("/manage/banks/new", file=(io.BytesIO(document(*body, parts=parts)), "灯.docx"), unit=TOWNSHIP)
    page.send(page.last.request.path)
    sections, bank = [("single_choice", 1, "2")] * 2, page.last.request.path.rpartition("/")[2]
    exam = made(page, app, stage, *sections, forms="1", banks=[bank])
    assert page.open(f"/manage/exams/{exam}/papers/1").text.count('src="/pictures/') == 3
    pages = PdfReader(io.BytesIO(page.open(f"/manage/exams/{exam}/papers/1/pdf").data)).pages
    drawn = pages[0].get_contents().get_data()
    assert drawn.count(b"/P0 Do") == 3 and [one.image.size for one in pages[0].images] == [(960, 432)]


def test_a_pdf_says_formulas_and_tears_no_question(browse, stage, app):
    page = browse("trainer")
    one = "{0}. 面积的 $\\frac{{1}}{{4}}$ 是第{0}项（ ）。\nA. 甲{0}\nB. 乙{0}\nC. 丙{0}\nD. 丁{0}\n答案：A\n"
    text = "\n".join(map(one.format, range(1, 26)))
    page.send("/manage/banks/new", file=(io.BytesIO(text.encode()), "面积.txt"), unit=TOWNSHIP)
    page.send(page.last.request.path)
    bank = page.last.request.path.rpartition("/")[2]
    exam = made(page, app, stage, ("single_choice", 13, "2"), ("single_choice", 12, "1"), forms="1", banks=[bank])
    pages = PdfReader(io.BytesIO(page.open(f"/manage/exams/{exam}/papers/1/pdf").data)).pages
    texts = [one.extract_text() for one in pages]
    assert len(pages) > 2 and "面积的 1/4" in texts[0]
    for one in texts[:-1]:
        assert one.count("面积的") == one.count("D. "), "stem and options stand on one page"


def test_on_the_printed_page_the_number_stands_before_the_words_above_a_table(browse, stage, app):
    page = browse("trainer")
    text = "".join(f"{n}. 看第{n}号表：\n|费|元|\n|--|--|\n|甲|{n}|\nA. 多\nB. 少\n答案：A\n\n" for n in (1, 2))
    page.send("/manage/banks/new", file=(io.BytesIO(f"---\ntitle: 表\nslug: tables\n---\n## 单选题\n{text}".encode()), "表.md"), unit=TOWNSHIP)
    page.send(page.last.request.path)
    exam = made(page, app, stage, ("single_choice", 1, "2"), ("single_choice", 1, "1"), forms="1", banks=["tables"])
    shown = page.open(f"/manage/exams/{exam}/papers/1").text
    assert "<p>1. 看第" in shown and "<p>2. 看第" in shown and shown.count("<table>") == 2
