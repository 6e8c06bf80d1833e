"""Pages that a browser or Word saved as one file: they are read as the page, with their pictures."""

import io
from email.message import EmailMessage

import pytest
from PIL import Image

from quizapp.services.readers import banks, mhtml

PAGE = ('<html><body><table><tr><th>题干<th>选项A<th>选项B<th>答案<tr><td>灯要（ ）<img src="{}"><td>多<td>少<td>A'
        "<tr><td>门要（ ）<td>开<td>关<td>B</table></body></html>")  # fmt: skip


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, "PNG")
    return out.getvalue()


def saved(source: str, charset: str = "utf-8") -> bytes:
    """Return a page as a browser saves it: itself, a style sheet, and its picture with where it was and an id."""
    message = EmailMessage()
    message["Snapshot-Content-Location"], message["MIME-Version"] = "https://exam.example/paper", "1.0"
    message.set_content(PAGE.format(source), subtype="html", charset=charset, cte="quoted-printable")
    message.add_related("p {}", subtype="css")
    message.add_related(picture(), "image", "png", cid="<one@frame>", headers=["Content-Location: https://exam.example/i/1.png"])
    return message.as_bytes()


def read(data: bytes) -> dict:
    return banks.read(io.BytesIO(data), {"format": "auto"})


@pytest.mark.parametrize("source", ["https://exam.example/i/1.png", "i/1.png", "cid:one@frame"])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_saved_page_is_read_with_its_pictures(source, charset):
    document = read(saved(source, charset))
    assert document["format"] == "html" and len(document["pictures"]) == 1
    assert [(one["options"], one["answer"]) for one in document["questions"]] == [(["多", "少"], "A"), (["开", "关"], "B")]
    assert "⟦图" in document["questions"][0]["stem"]


def test_a_picture_that_is_not_in_the_file_is_left_out_and_said():
    first, _ = read(saved("https://elsewhere.example/2.png"))["questions"]
    assert [one["code"] for one in first["problems"]] == ["picture-left-out"]


def test_a_text_that_only_speaks_of_such_a_file_is_none():
    assert mhtml.page("1. 灯要（ ）\nMIME-Version: 1.0\n".encode()) is None
    assert mhtml.page(b"MIME-Version: 1.0\nContent-Type: text/plain\n\nA\n") is None


def test_parts_within_parts_without_end_are_not_followed():
    nested = b"MIME-Version: 1.0\n"
    for level in range(300):
        nested += b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (level, level)
    assert mhtml.page(nested + b"Content-Type: text/html\n\n<p>A\n") is None
