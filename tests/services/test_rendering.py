"""People's text as markup: what formats is kept, what speaks of tags is shown, nothing vanishes."""

import re

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizapp.services import rendering


@pytest.mark.parametrize(("text", "shown"), [
    ("网页的标题写在 <title> 里", "网页的标题写在 &lt;title&gt; 里"),
    ('<html lang="en"> 说的是', '&lt;html lang="en"&gt; 说的是'),
    ("若 x<y>z，则", "若 x&lt;y&gt;z，则"), ("<br>", "&lt;br&gt;"), ("<p>", "&lt;p&gt;"), ("少了一半的 <b>", "少了一半的 &lt;b&gt;"),
    ("H<sub>2</sub>O", "H<sub>2</sub>O"), ("第一行<br>第二行", "第一行<br>第二行"), ("<span>红</span><b>字</b>", "红字"),
    ("`<html>`", "<code>&lt;html&gt;</code>"),
])  # fmt: skip
def test_a_tag_that_formats_nothing_is_shown_as_text(text, shown):
    assert rendering.inline(text) == shown
    assert rendering.block(text).removeprefix("<p>").removesuffix("</p>") == shown


@given(st.text(st.sampled_from("甲乙aB19. \u3000，。（）()-+*#_:：/%;“”…—　é\u0301²\n"), max_size=12))
@example("1.5 米")
@example("A.1")
@example("（ ）甲")
def test_a_line_that_needs_no_markdown_is_told_without_it_and_comes_out_the_same(text):
    short = rendering.inline(text), rendering.block(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rendering, "PLAIN", re.compile(r"(?!)"))
        assert short == (rendering.inline(text), rendering.block(text))


def test_an_option_of_plain_words_does_not_wait_for_markdown(monkeypatch):
    monkeypatch.setattr(markdown, "Markdown", lambda *given, **options: pytest.fail("asked Markdown"))
    assert rendering.inline("风险管控、修复 3.5 米（一）") == "风险管控、修复 3.5 米（一）"


@pytest.mark.parametrize(("text", "shown"), [
    ("第一行\n第二行", "第一行<br>\n第二行"), ("下列：\n\n1. 甲\n2. 乙", "下列：<br>\n1. 甲<br>\n2. 乙"), ("1. 甲", "1. 甲"),
    ("- 甲", "- 甲"), ("# 甲", "# 甲"), ("[1]: 甲", "[1]: 甲"), ("一行 **粗**", "一行 <strong>粗</strong>"), ("甲  \n乙", "甲<br>\n乙"),
])  # fmt: skip
def test_a_stem_keeps_its_lines_and_what_they_begin_with(text, shown):
    assert rendering.stem(text) == shown


@pytest.mark.parametrize(("text", "shown"), [
    ("依据：\n1. 甲\n2. 乙\n后文", "<p>依据：<br>\n1. 甲<br>\n2. 乙<br>\n后文</p>"),
    ("1. 甲\n2. 乙", "<ol>\n<li>甲</li>\n<li>乙</li>\n</ol>"), ("一段\n\n又一段", "<p>一段</p>\n<p>又一段</p>"),
    ("注\n\n[1]: 甲", "<p>注</p>\n<p>[1]: 甲</p>"),
])  # fmt: skip
def test_an_explanation_keeps_its_lines(text, shown):
    assert rendering.block(text) == shown


def test_a_table_between_words_is_a_table_and_they_are_none_of_it():
    html = rendering.stem("看表\n| a | b |\n|--|--|\n|1|2|\n选（ ）。")
    assert html.startswith("<p>看表</p>\n<table>") and html.endswith("</table>\n<p>选（ ）。</p>") and html.count("<td>") == 2
