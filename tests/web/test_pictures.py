"""Pictures of a Word file on the way into a bank: its owner sees them first, everybody who sits an exam afterwards."""

import io
import os
import re
from pathlib import Path

from quizapp.extensions import db
from quizapp.models import Picture
from quizapp.web.banks import written
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


def test_a_picture_is_put_into_a_question_by_hand_made_anew_and_nothing_else_is(browse, stage):
    page, other = browse("trainer"), browse("neighbour")
    fields = {"kind": "true_false", "stem": "图中的灯是亮的。", "truth": "true", "points": "1", "chapter": "", "difficulty": ""}
    page.open("/banks/stage/new?kind=true_false")
    wrong = (io.BytesIO(b"MZ no picture"), "灯.png")
    assert page.send("/banks/stage/new", picture=wrong, look="1", **fields).status_code == 422
    assert "This is no picture that can be taken" in page.words and "图中的灯是亮的。" in page.last.text
    photograph = jpeg()
    page.send("/banks/stage/new", picture=(io.BytesIO(photograph), "灯.jpg"), look="1", **fields)
    marker = re.search("⟦图[^⟧]+⟧", page.last.text)[0]
    (address,) = set(PICTURE.findall(page.last.text))
    assert written.Written("true_false", stem=f"灯{marker}").words.strip() == "灯", "its name finds no article"
    page.send("/banks/stage/new", **{**fields, "stem": f"图中的灯\n\n{marker}\n\n是亮的。"})
    assert "The question is in the bank." in page.words and address in page.last.text
    kept = other.open(address)
    assert kept.status_code == 200 and len(kept.data) < len(photograph) and b"SecretCamera" not in kept.data
    path = page.last.request.path
    again = page.send("/banks/stage/new", **{**fields, "stem": f"图中的灯，\n\n{marker}\n\n是亮的。"})
    assert again.status_code == 409 and "图中的灯 ⟦图⟧ 是亮的。" in page.words, "not the name that a picture has within"
    page.open(f"{path}/edit")
    page.send(f"{path}/edit", number="1", picture=(io.BytesIO(jpeg(300, 200)), "b.jpg"), **{**fields, "stem": marker})
    assert "Revision 2 is kept." in page.words and len(set(PICTURE.findall(page.last.text))) == 2
    assert "⟦图" not in page.last.text and page.last.text.count(address) == 3, "what changed shows the picture too"


def test_a_picture_of_a_question_that_is_never_saved_goes_with_the_files_that_were_never_taken_in(browse, stage, app):
    page, other = browse("trainer"), browse("neighbour")
    fields = {"kind": "true_false", "stem": "图中的灯是亮的。", "truth": "true", "points": "1"}
    page.send("/banks/stage/new", picture=(io.BytesIO(jpeg()), "灯.jpg"), look="1", **fields)
    page.send("/banks/stage/new", picture=(io.BytesIO(jpeg(300, 200)), "b.jpg"), look="1", **fields)
    (address,) = set(PICTURE.findall(page.last.text))
    marker = re.search("⟦图[^⟧]+⟧", page.last.text)[0]
    assert page.open(address).status_code == 200 and other.open(address).status_code == 404
    folder = Path(app.instance_path) / "uploads"
    with app.app_context():
        assert db.session.query(Picture).count() == 0
        assert len(list(folder.glob("*.json"))) == 1, "however many pictures, they push no file out"
    for path in folder.iterdir():
        os.utime(path, (1, 1))
    page.open("/manage/handbooks/new")
    page.send("/manage/handbooks/new", file=(io.BytesIO("第一条 服务。".encode()), "a.txt"), edition_of="", effective="")
    assert not list(folder.glob("*.picture")) and page.open(address).status_code == 404
    typed = {**fields, "stem": f"写了很久的题。{marker}"}
    assert page.send("/banks/stage/new", **typed).status_code == 422
    assert "no longer kept" in page.words and "写了很久的题" in page.last.text
