"""Markdown into clean HTML: the only place where text of people becomes markup."""

import re

import markdown
import nh3

from quizapp.rules import pictures

BLOCK_TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "del",
    "code",
    "pre",
    "sub",
    "sup",
    "ul",
    "ol",
    "li",
    "blockquote",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "h3",
    "h4",
    "a",
}
INLINE_TAGS = {"br", "strong", "em", "del", "code", "sub", "sup"}
ATTRIBUTES = {"a": {"href"}, "th": {"align"}, "td": {"align"}}
BLANK = re.compile(r"_{2,}")
EMPTY_BRACKET = re.compile(r"（[ \u3000\u00a0]*）")  # where an answer would stand: never torn at the end of a line
PARAGRAPH = re.compile(r"^<p>(.*)</p>$", re.S)


def block(text: str) -> str:
    """Return paragraphs, lists and tables as HTML; anything else in it is shown as text or dropped."""
    html = markdown.markdown(text, extensions=["tables", "sane_lists"], output_format="html")
    clean = nh3.clean(
        html,
        tags=BLOCK_TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return pictures.shown(clean)


def plain(text: str) -> str:
    """Return text that is no Markdown, as paragraphs: what a law says with signs of its own stays as it is."""
    return "".join(f"<p>{nh3.clean_text(line)}</p>" for line in text.splitlines() if line.strip())


def inline(text: str) -> str:
    """Return one line's markup for a stem or an option; a run of underscores stays a blank to fill."""
    marked = markdown.markdown(BLANK.sub("\ue000", text), output_format="html").strip()
    found = PARAGRAPH.match(marked)
    body = (
        found.group(1) if found and "<p>" not in found.group(1) else marked.replace("</p>", "<br>").replace("<p>", "")
    )
    clean = nh3.clean(body, tags=INLINE_TAGS, attributes={}).replace("\ue000", "____").removesuffix("<br>")
    return pictures.shown(EMPTY_BRACKET.sub("（\u00a0\u00a0）", clean))


def is_clean(html: str) -> bool:
    """Whether stored markup is such as this module writes: cleaned once more it stays what it is."""
    html = pictures.without(html)
    again = nh3.clean(
        html,
        tags=BLOCK_TAGS,
        attributes={**ATTRIBUTES, "a": {"href", "rel"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return again.replace("&nbsp;", "\u00a0") == html.replace("&nbsp;", "\u00a0")
