"""Banks in every kind of file, read behind the fence as the commands and the page do it."""

import io
import time

import openpyxl
import pytest

from quizapp.services.readers import Unreadable, banks, fence
from tests.word import document, p

HEAD = ["题型", "题干", "选项A", "选项B", "答案"]
ROW = ["单选题", "灯要多（  ）。", "亮", "暗", "A"]
CSV = "\n".join(",".join(row) for row in (HEAD, ROW))


def workbook(*rows, change=lambda book: None) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.title = "题库"
    for row in rows:
        book.active.append(row)
    change(book)
    book.save(out)
    return out.getvalue()


def read(data: bytes, **options) -> dict:
    return banks.read(io.BytesIO(data), options)


def refused(data: bytes, **options) -> str:
    with pytest.raises(Unreadable) as refusal:
        read(data, **options)
    assert str(refusal.value)
    return refusal.value.code


def told(document: dict) -> list:
    return [(one["kind"], one["stem"], one["options"], one["answer"]) for one in document["questions"]]


ONE = ("single_choice", "灯要多（  ）。", ["亮", "暗"], "A")


def test_a_workbook_is_a_bank_with_rows_for_places():
    document = read(workbook(HEAD, ROW))
    assert (document["format"], document["encoding"], told(document)) == ("xlsx", "", [ONE])
    assert document["questions"][0]["source"] == {"from": "题库!2", "to": "题库!2"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_csv_is_known_by_its_head_whatever_its_name_encoding_and_sign(encoding, sign):
    document = read(CSV.replace(",", sign).encode(encoding))
    assert (document["format"], told(document)) == ("csv", [ONE])
    assert document["questions"][0]["source"] == {"from": 2, "to": 2}


def test_a_cell_of_several_lines_has_them_all_for_its_place():
    document = read('题干,选项,答案\n灯（ ）,"A.亮\nB.暗",A\n门开。,,对\n'.encode())
    assert [one["source"] for one in document["questions"]] == [{"from": 2, "to": 3}, {"from": 4, "to": 4}]


def test_text_that_only_holds_commas_is_no_table():
    assert read("题目,答案都在下面\n1. 灯亮，门关，伞在。\n答案：对\n".encode())["format"] == "text"


def test_hidden_sheets_and_pictures_are_named():
    def hide(book):
        book.create_sheet("旧").sheet_state = "hidden"

    document = read(workbook(HEAD, ROW, change=hide))
    assert [(one["code"], one["params"]) for one in document["problems"]] == [("hidden-sheets", {"count": 1})]


def test_comments_on_cells_are_named():
    """Trainers write there that an answer has changed."""

    def comment(book):
        book.active["A2"].comment = openpyxl.comments.Comment("答案改为B", "教员")

    document = read(workbook(HEAD, ROW, change=comment))
    told = [(one["code"], one["place"], one["params"]) for one in document["questions"][0]["problems"]]
    assert (told, document["problems"]) == ([("comment-left-out", "题库!2", {"text": "答案改为B"})], [])


def test_a_format_that_was_asked_for_has_to_be_there():
    assert read(CSV.encode(), format="csv")["format"] == "csv"
    assert refused(workbook(HEAD, ROW), format="text") == "other-format"
    assert refused("灯".encode(), format="xlsx") == "other-format"


def test_old_word_files_are_asked_for_as_docx():
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64 + "WordDocument".encode("utf-16-le")) == "old-word"


@pytest.mark.soak("I5")
def test_sixteen_hundred_rows_take_less_than_three_seconds(tmp_path):
    """I5, the figure: behind the fence, Python's start counted in."""
    path = tmp_path / "bank.xlsx"
    path.write_bytes(workbook(HEAD, *([*ROW[:1], f"灯{number}（ ）", *ROW[2:]] for number in range(1600))))
    began = time.perf_counter()
    assert len(fence.run_fenced("bank", path)["questions"]) == 1600
    assert time.perf_counter() - began < 3


def test_of_a_word_file_everything_is_told_by_paragraphs():
    found = read(document(p("答案：没头没尾"), p("1. 灯要多（ ）。"), p("A. 亮"), p("B. 暗"), p("答案：A"),
                          p("2. 灯要多（ ）。"), p("A. 亮"), p("B. 暗"), p("答案：B")))  # fmt: skip
    words = [one["message"] for each in [found, *found["questions"]] for one in each["problems"]]
    assert len(words) == 3 and all("paragraph" in one and "line" not in one for one in words), words
