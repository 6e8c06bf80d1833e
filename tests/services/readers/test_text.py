"""Text files in every encoding that Chinese comes in, and what is refused with which sentence."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.services.readers import Unreadable
from quizapp.services.readers.text import LARGEST, read_text
from tests.samples import SAMPLES, files

TEXT = "第一条　巡查要带灯。\r\n第二条 灯要亮，㐀𠀀也要亮。\n"


@pytest.mark.parametrize(
    "data, encoding",
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode("utf-8"), "utf-8"),
        (TEXT.encode("gb18030"), "gb18030"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le"),
        (codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"), "utf-32-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (b"\x84\x31\x95\x33" + TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("utf-8") + b"\x1a", "utf-8"),
    ],
)
def test_the_encoding_is_found(data, encoding):
    assert read_text(data) == (TEXT, encoding)


def test_big5_is_told_from_gb18030_by_its_commas():
    text = "一、多選，兩個以上。\n"
    assert read_text(text.encode("big5")) == (text, "big5")


def test_gbk_and_gb2312_are_read_as_what_holds_them_both():
    text = "第一条 巡查要带灯。"
    assert read_text(text.encode("gbk")) == read_text(text.encode("gb2312")) == (text, "gb18030")


@pytest.mark.parametrize(
    "data, code, place",
    [
        (b"", "empty-file", ""),
        (b" \r\n\t\n", "empty-file", ""),
        (codecs.BOM_UTF8, "empty-file", ""),
        (codecs.BOM_UTF16_LE, "empty-file", ""),
        (codecs.BOM_UTF8 + "\u3000\u200b\n".encode(), "empty-file", ""),
        (b"one\ntwo\nthr\0ee\n", "nul-character", "3"),
        ("一行\n二\x07行\n".encode(), "control-character", "2"),
        (codecs.BOM_UTF16_LE + "一行\n二\0行\n".encode("utf-16-le"), "control-character", "2"),
        (codecs.BOM_UTF16_LE + "一\n".encode("utf-16-le") + b"\x00\xd8\x41\x00", "damaged-text", "2"),
        (codecs.BOM_UTF16_LE + "一二\n".encode("utf-16-le") + b"\x00", "damaged-text", "2"),
        ("灯要亮，门要关。\n".encode() * 5 + b"\xff\n", "damaged-text", "6"),
        ("灯要亮，门要关。\n".encode() * 5 + "灯".encode("utf-16-le") + b"\x80\n", "damaged-text", "6"),
        ("灯要亮，门要关。\r\n".encode() * 2 + b"\xed\xa0\x80\r\n", "damaged-text", "3"),
        ("灯要亮。\n".encode("gb18030") * 3 + b"\xff\xff\n", "unknown-encoding", "4"),
        (b"%PDF-1.7\n...", "not-text", ""),
        (b"PK\x03\x04....word/document.xml", "not-text", ""),
        (b"PK\x03\x04....xl/workbook.xml", "not-text", ""),
        (b"PK\x03\x04....notes.txt", "not-text", ""),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "not-text", ""),
        (b"\x89PNG\r\n\x1a\n....", "not-text", ""),
        (b"{\\rtf1 ...}", "not-text", ""),
        (b"x" * (LARGEST + 1), "too-large", ""),
    ],
    ids=lambda value: repr(value)[:24] if isinstance(value, bytes) else None,
)
def test_what_is_no_text_is_refused_with_its_place(data, code, place):
    with pytest.raises(Unreadable) as refused:
        read_text(data)
    assert (refused.value.code, refused.value.place) == (code, place)
    assert str(refused.value)  # every value of the sentence is there


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    try:
        text, _ = read_text(data)
    except Unreadable as refused:
        assert str(refused)
    else:
        assert "\0" not in text
        text.encode()


@pytest.mark.parametrize("path", files("bad_input/encodings/*.txt"))
def test_the_sample_encodings_hold_the_same_text_as_their_originals(path):
    original = {
        "buaa_题库_gb18030.txt": "question_banks/b07_buaa_txt/题库.txt",
        "xuzhou_answer1_utf16le_bom.txt": "question_banks/b01_xuzhou_dangjian/answer1.txt",
    }[path.name]
    text, _ = read_text(path.read_bytes())
    assert text.splitlines() == (SAMPLES / original).read_text("utf-8-sig").splitlines()


@pytest.mark.parametrize("path", files("question_banks/*/*.doc*", "question_banks/*/*.xls*", "question_banks/*/*.pdf"))
def test_sample_files_of_other_kinds_are_refused_by_what_they_are(path):
    with pytest.raises(Unreadable) as refused:
        read_text(path.read_bytes())
    assert refused.value.code == "not-text"
