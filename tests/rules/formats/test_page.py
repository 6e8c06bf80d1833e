"""Saved web pages: what a person sees on them is read, scripts and hidden parts are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.formats import page, webpage
from tests.rules.formats.account import codes, lines_lost

PAGE = """<!DOCTYPE html>
<html><head><title>作业</title><style>p{}</style></head>
<body><script>var 答案 = "B";</script>
<h3>一. 单选题</h3>
<div><span>1.</span> <span>(单选题, 2分)</span><p>灯要多（ ）。</p></div>
<ul><li>A. <b>亮</b></li><li>B. 暗<br></li></ul>
<div>我的答案:<i>B</i> 正确答案:<i>A</i></div>
<div style="display:none">正确答案:B</div>
<ol><li>1</li><li>2</li><li>3</li><li>4</li><li>5</li></ol>
</body></html>
"""


def read(text: str) -> dict:
    document = page.read(text)
    assert lines_lost(text, document) == []
    return document


def test_the_visible_words_of_a_page_are_a_bank():
    document = read(PAGE)
    (one,) = document["questions"]
    assert (one["kind"], one["stem"], one["options"], one["answer"]) == ("single_choice", "灯要多（ ）。", ["亮", "暗"], "A")
    assert one["source"] == {"from": 5, "to": 7}
    assert {"from": 9, "to": 9, "reason": "page-button"} in document["ignored"]


def test_a_table_on_a_page_is_read_by_its_columns():
    cells = [["序号", "题干", "选项A", "选项B", "答案"], ["", "灯要多（ ）。", "亮", "暗", "A"]]
    rows = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells)
    (one,) = read(f"<table>\n{rows}\n</table>")["questions"]
    assert (one["stem"], one["options"], one["answer"], one["source"]) == ("灯要多（ ）。", ["亮", "暗"], "A", {"from": 3, "to": 3})


def test_a_picture_is_named_at_its_question():
    assert codes(read('<p>1. 看图。<img src="x.png"></p>\n<p>答案：对</p>')) == ["picture-left-out"]


@pytest.mark.parametrize("text, wanted", [(PAGE, 1.0), ("  <div>1. 灯</div>", 1.0), ("1. 灯<br>", 0.0), ("# 题", 0.0), ("<?xml version='1.0'?>", 0.0)])
def test_pages_are_known_by_how_they_begin(text, wanted):
    assert page.likeness(text) == wanted


tags = st.sampled_from(["<p>", "</p>", "<div hidden>", "</div>", "<script>", "</script>", "<table>", "<tr>", "<td>", "<br>", "<![if x]>", "<!--", "-->",
                        "<!", "<", "&lt;", "&#x110000;", "1. 灯", "A. 亮", "答案：A", "\n", "题干", "<img>", "<svg/>", "<style>"])  # fmt: skip


@given(st.lists(tags | st.text(max_size=5), max_size=40))
def test_no_line_of_any_page_is_lost(pieces):
    read("".join(pieces))


def test_a_page_of_nothing_but_marks_is_read_in_no_time():
    """I12: no pattern runs wild on tags that never end."""
    for token in ("<", "<a ", "<!--", "<![", "&", "<p>", "</p>", "<div hidden>", '<a b="'):
        webpage.lines(token * 20_000)
