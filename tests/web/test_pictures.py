"""Pictures of a Word file on the way into a bank: its owner sees them first, everybody who sits an exam afterwards."""

import io
import re

from tests.cast import TOWNSHIP
from tests.services.readers.test_pictures import RELATIONS, jpeg, shown
from tests.word import document, p

PICTURE = re.compile(r'src="(/pictures/[0-9a-f]{24})"')


def test_a_picture_is_its_owners_before_the_import_and_the_questions_afterwards(browse, stage, app):
    page, other = browse("trainer"), browse("neighbour")
    parts = {"word/media/image1.jpeg": jpeg(), "word/_rels/document.xml.rels": RELATIONS}
    body = (p("1. 图中是哪种灯（ ）。"), p(shown("rId7")), p("A. 亮"), p("B. 暗"), p("答案：A"))
    page.open("/manage/banks/new")
    page.send("/manage/banks/new", file=(io.BytesIO(document(*body, parts=parts)), "灯.docx"), unit=TOWNSHIP)
    assert "⟦图⟧" in page.words, "the file's own words show a sign, not the name that a picture has within"
    preview, (address,) = page.last.request.path, set(PICTURE.findall(page.last.text))
    assert page.open(address).mimetype in ("image/webp", "image/png") and other.open(address).status_code == 404
    page.open(preview)
    page.send(preview)
    assert address in page.open(page.last.request.path).text
    reply = other.open(address)
    assert reply.status_code == 200 and "immutable" in reply.headers["Cache-Control"]
    assert browse().open(address).status_code == 302, "not for those who are not signed in"


def test_the_picture_of_a_material_that_questions_share_is_kept_with_them(browse, stage):
    """Not stems and options alone: a case's photograph stands in its material, a match's in its pairs."""
    page = browse("trainer")
    parts = {"word/media/image1.jpeg": jpeg(), "word/_rels/document.xml.rels": RELATIONS}
    body = (p("根据以下材料，回答1-2题"), p("村口的灯："), p(shown("rId7")), p("1. 灯亮吗（ ）。"), p("A. 亮"), p("B. 暗"),
            p("答案：A"), p("2. 灯旧吗（ ）。"), p("A. 新"), p("B. 旧"), p("答案：B"))  # fmt: skip
    page.open("/manage/banks/new")
    page.send("/manage/banks/new", file=(io.BytesIO(document(*body, parts=parts)), "灯.docx"), unit=TOWNSHIP)
    (address,) = set(PICTURE.findall(page.last.text))
    page.send(page.last.request.path)
    assert address in page.open(page.last.request.path).text
    assert browse("neighbour").open(address).status_code == 200
