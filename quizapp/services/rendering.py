"""Markdown into clean HTML: the only place where text of people becomes markup."""

import re

import nh3

from quizapp.rules import formulas, pictures
from quizapp.rules.revisions import RULER

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
MATH_TAGS = {
    "math",
    "mrow",
    "mi",
    "mn",
    "mo",
    "ms",
    "mtext",
    "mspace",
    "mfrac",
    "msqrt",
    "mroot",
    "msub",
    "msup",
    "msubsup",
    "munder",
    "mover",
    "munderover",
    "mtable",
    "mtr",
    "mtd",
    "mstyle",
    "mpadded",
    "mphantom",
    "mmultiscripts",
    "mprescripts",
    "menclose",
}
MATH_ATTRIBUTES = {
    "math": {"display"},
    "mi": {"mathvariant"},
    "mo": {"stretchy", "fence", "accent", "minsize", "maxsize"},
    "mspace": {"width"},
    "mfrac": {"linethickness"},
    "mstyle": {"displaystyle", "scriptlevel"},
    "mtd": {"columnalign"},
    "mtable": {"columnalign"},
}
ATTRIBUTES = {"a": {"href"}, "th": {"align"}, "td": {"align"}}
VOID = {"br", "hr", "img"}
# Left out, their words kept:
DRESSING = {"span", "font", "div", "b", "i", "u", "s", "strike", "small", "big", "center", "h1", "h2", "h5", "h6"}
MARKUP = BLOCK_TAGS | INLINE_TAGS | DRESSING | VOID
TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w:.-]*)(?=[\s/>])")
SEEN = re.compile(r"<[^>]*>|\s|&nbsp;")
BLANK = re.compile(r"_{2,}")
EMPTY_BRACKET = re.compile(r"（[ \u3000\u00a0]*）")  # where an answer would stand: never torn at the end of a line
TABLE = re.compile(r"^\s*\|?\s*:?-+:?\s*\|", re.M)  # the line below a table's head
PLACE = re.compile("\ue001(\\d+)\ue002")
OURS = re.compile("[\ue000-\ue002]")
# One line that Markdown leaves as it is: nearly every option of a bank, and most stems.
PLAIN = re.compile(
    r"(?!\s)(?:[^\W_]|(?<=\d)\.(?=\d)|[ \u3000]|[，。、；：？！“”‘’（）《》〈〉【】「」『』…—·％℃,;?%/()])+(?<!\s)"
)
# Of Markdown, what a stem or an option never means: there "1. " and "- " are words of theirs.
NO_LINE = ("ulist", "olist", "quote", "code", "indent", "hashheader", "setextheader", "hr")
PARAGRAPH = re.compile(r"^<p>(.*)</p>$", re.S)


def block(text: str) -> str:
    """Return paragraphs, lists, tables and formulas as HTML; any other tag in it is shown as text."""
    text, taken = _take_formulas(text)
    html = _markup(_tables_apart(text), ["tables", "sane_lists", "nl2br"])
    clean = _cleaned(
        html,
        text,
        tags=BLOCK_TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return _put_formulas(pictures.shown(clean), taken)


def _tables_apart(text: str) -> str:
    """Return a text with empty lines around its tables: else Markdown takes them for words, or words for cells."""
    if not TABLE.search(text):
        return text
    lines, found, in_table = text.split("\n"), [], False
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        begins = not in_table and "|" in line and RULER.fullmatch(below.strip()) is not None
        if begins or (in_table and "|" not in line):
            found.append("")
        in_table = begins or (in_table and "|" in line)
        found.append(line)
    return "\n".join(found)


def plain(text: str) -> str:
    """Return text that is no Markdown, as paragraphs: what a law says with signs of its own stays as it is."""
    return "".join(f"<p>{nh3.clean_text(line)}</p>" for line in text.splitlines() if line.strip())


def stem(text: str) -> str:
    """Return a stem's markup: as a line, or where it holds a table as a block; blanks stay blanks."""
    if not TABLE.search(text):
        return inline(text)
    return block(BLANK.sub("____".replace("_", "\\_"), text))


def _take_formulas(text: str) -> tuple[str, list[str]]:
    """Return the text with a place for each formula between $ signs, and the formulas."""
    taken: list[str] = []

    def keep(found: re.Match) -> str:
        taken.append(found[1])
        return f"\ue001{len(taken) - 1}\ue002"

    return formulas.FORMULA.sub(keep, OURS.sub("", text)), taken


def _put_formulas(html: str, taken: list[str]) -> str:
    return PLACE.sub(lambda found: formula(taken[int(found[1])]), html)


def formula(latex: str) -> str:
    """Return a formula as MathML, which browsers draw without a script or a font of ours; a wrong one as it is."""
    made = formulas.mathml(latex)
    if made is None:
        return f"<code>{nh3.clean_text(latex)}</code>"
    return nh3.clean(made, tags=MATH_TAGS, attributes=MATH_ATTRIBUTES, clean_content_tags=set())


def inline(text: str) -> str:
    """Return the markup of a stem or an option, line by line; a run of underscores stays a blank to fill."""
    text, taken = _take_formulas(text)
    marked = _markup(BLANK.sub("\ue000", text), ["nl2br"], without=NO_LINE).strip()
    found = PARAGRAPH.match(marked)
    body = (
        found.group(1) if found and "<p>" not in found.group(1) else marked.replace("</p>", "<br>").replace("<p>", "")
    )
    clean = _cleaned(body, text, tags=INLINE_TAGS, attributes={}).replace("\ue000", "____").removesuffix("<br>")
    return _put_formulas(pictures.shown(EMPTY_BRACKET.sub("（\u00a0\u00a0）", clean)), taken)


def _cleaned(html: str, text: str, **kept) -> str:
    """Return markup that holds only what may be kept; a text of which nothing would be seen is shown as it is written.

    A question about <title> or x<y>z speaks of tags: what formats nothing, or lacks its other half, is text.
    """
    halves = {(bool(found["close"]), found["name"].lower()) for found in TAG.finditer(html)}

    def told(found: re.Match) -> str:
        name = found["name"].lower()
        is_whole = name in VOID or {(False, name), (True, name)} <= halves
        return found[0] if name in MARKUP and is_whole else "&lt;" + found[0][1:]

    clean = nh3.clean(TAG.sub(told, html), **kept)
    return clean if SEEN.sub("", clean) or not text.strip() else nh3.clean_text(text)


def _markup(text: str, extensions: list[str], without: tuple[str, ...] = ()) -> str:
    if PLAIN.fullmatch(text):
        return f"<p>{text}</p>"
    import markdown  # for what is taken in or written: a start does not wait for it

    reader = markdown.Markdown(output_format="html", extensions=extensions)
    for name in ("reference", *without):  # "[1]: words" are words too
        reader.parser.blockprocessors.deregister(name)
    return reader.convert(text)


def is_clean(html: str) -> bool:
    """Whether stored markup is such as this module writes: cleaned once more it stays what it is."""
    html = pictures.without(html)
    again = nh3.clean(
        html,
        tags=BLOCK_TAGS | MATH_TAGS,
        attributes={**ATTRIBUTES, **MATH_ATTRIBUTES, "a": {"href", "rel"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return again.replace("&nbsp;", "\u00a0") == html.replace("&nbsp;", "\u00a0")
