"""I9: pictures are made anew from their points: what was hidden in the file is gone, and bombs are not opened."""

import base64
import io
import struct
import time
import zlib

import pytest
from PIL import Image

from quizapp.rules.pictures import MARKER
from quizapp.services.readers import pictures
from quizapp.services.readers.fence import run_fenced
from tests.word import document, p

RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId7" Target="media/image1.jpeg"/><Relationship Id="rId8" Target="media/gone.png"/>'
    '<Relationship Id="rId9" TargetMode="External" Target="http://example.org/x.png"/></Relationships>'
)


def jpeg(width: int = 2000, height: int = 900) -> bytes:
    """Return a photograph that tells which camera made it."""
    exif, held = Image.Exif(), io.BytesIO()
    exif[0x0110] = "SecretCamera"
    Image.radial_gradient("L").resize((width, height)).convert("RGB").save(held, "JPEG", exif=exif, comment=b"<script>1")
    return held.getvalue()


def shown(name: str) -> str:
    return f'<w:r><w:drawing><a:blip r:embed="{name}"/></w:drawing></w:r>'


def read(tmp_path, *body: str) -> dict:
    path = tmp_path / "题.docx"
    path.write_bytes(document(*body, parts={"word/media/image1.jpeg": jpeg(), "word/_rels/document.xml.rels": RELATIONS}))
    return run_fenced("bank", path, {"name": path.name})


def test_i9_a_picture_of_a_word_file_comes_with_its_question_without_what_was_hidden_in_it(tmp_path):
    """I9: re-encoded, small enough for a phone, the camera's name gone."""
    found = read(tmp_path, p("1. 图中是哪种灯（ ）。"), p(shown("rId7")), p("A. 亮", shown("rId7")), p("B. 暗"), p("答案：A"))
    (question,) = found["questions"]
    marker = MARKER.search(question["stem"])
    assert marker and MARKER.search(question["options"][0])[0] == marker[0] and not question["problems"]
    (digest, kept), = found["pictures"].items()
    data = base64.b64decode(kept["data"])
    assert digest == marker["digest"] and b"SecretCamera" not in data and b"script" not in data
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.size == (int(marker["width"]), int(marker["height"])) == (960, 432)
        assert picture.format.lower() == kept["kind"] and not picture.getexif()
    assert len(data) <= pictures.LARGEST


def test_i9_what_is_not_there_or_elsewhere_is_named_at_its_question(tmp_path):
    """I8: nothing is fetched; I9: the question says that its picture is missing."""
    found = read(tmp_path, p("1. 灯（ ）。", shown("rId8"), shown("rId9")), p("A. 亮"), p("B. 暗"), p("答案：A"))
    assert [one["code"] for one in found["questions"][0]["problems"]] == ["picture-left-out"]
    assert "pictures" not in found


def huge() -> bytes:
    """Return a PNG of 30,000 by 30,000 points in a few bytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize("data", [
    b"", b"\x89PNG\r\n\x1a\n", huge(), b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", jpeg()[:300],
    b"GIF89a/*" + bytes(40) + b"*/=1;alert(1)", b"\xd7\xcd\xc6\x9a" + bytes(60),
])  # fmt: skip
def test_i9_bombs_scripts_and_pieces_are_no_pictures(data):
    """I9: polyglots, an SVG with a script, 30k x 30k points, half a file."""
    assert pictures.remade(data) is None


def test_the_same_picture_is_kept_once_and_transparency_stays():
    album, held = pictures.Album(), io.BytesIO()
    Image.new("RGBA", (40, 30), (255, 0, 0, 0)).save(held, "PNG")
    assert album.take(held.getvalue()) == album.take(held.getvalue()) and len(album.pictures) == 1
    (kept,) = album.pictures.values()
    with Image.open(io.BytesIO(base64.b64decode(kept["data"]))) as picture:
        assert picture.mode == "RGBA" and picture.getpixel((0, 0))[3] == 0


def test_a_picture_within_a_web_page_comes_with_its_question_and_lines_stay_where_they_were(tmp_path):
    held, path = io.BytesIO(), tmp_path / "题.html"
    Image.new("RGB", (40, 30), "red").save(held, "PNG")
    data = base64.encodebytes(held.getvalue()).decode()
    body = f'<p>1. 图中是哪种灯（ ）。<img alt="x" src="data:image/png;base64,{data}"></p>\n<p>A. 亮</p>\n<p>B. 暗</p>\n<p>答案：A</p>'
    path.write_text(f"<html><body>\n{body}\n</body></html>", "utf-8")
    found = run_fenced("bank", path, {"name": path.name})
    (question,) = found["questions"]
    assert MARKER.search(question["stem"])["digest"] in found["pictures"] and question["answer"] == "A"
    assert question["source"] == {"from": 2, "to": 5 + data.count("\n")} and not question["problems"]


def test_a_page_full_of_beginnings_of_pictures_is_read_at_once():
    """I12: no pattern runs away."""
    began = time.perf_counter()
    for page in ("<img src='data:image/png;base64," * 20_000, "<img " * 100_000, "<img src='data:image/png;base64," + "A" * 500_000):
        pictures.with_markers(page + "base64,", pictures.Album())
    assert time.perf_counter() - began < 20
