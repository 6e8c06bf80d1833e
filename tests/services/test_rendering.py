"""People's text as markup: what formats is kept, what speaks of tags is shown, nothing vanishes."""

import pytest

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
