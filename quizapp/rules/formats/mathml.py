"""Formulas in MathML -> TeX, between the signs $ by which a question shows a formula."""

import html
import re
from xml.etree.ElementTree import Element, SubElement

FORMULA = re.compile(r"<(?P<close>/?)(?:[a-z]{1,10}:)?math\b[^<>]*>", re.IGNORECASE)
TAG = re.compile(r"<(?P<close>/?)(?:[a-z]{1,10}:)?(?P<name>[a-z]{1,20})\b(?P<rest>[^<>]*)>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([a-z]{1,20})\s*=\s*["']([^"'<>]{0,200})["']""", re.IGNORECASE)
DEEPEST = 100
SOURCES = ("application/x-tex", "latex")
STRANGE = r"\square "  # stands before what has no equal
SPECIAL = {"\\": r"\backslash ", "$": "＄", "~": r"\sim ", "^": r"\wedge "} | {sign: "\\" + sign for sign in "{}%&#_"}
BARE = str.maketrans("$\\{}", "＄＼｛｝")  # in words within a formula
UNSEEN = dict.fromkeys([*range(0x2061, 0x2065), 0x200B, 0xFEFF], "") | {0x2212: "-", 0xA0: " "}
NAMED = {"sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh",
         "log", "ln", "lg", "lim", "max", "min", "sup", "inf", "det", "gcd"}  # fmt: skip
LIMITS = set("∑∏∫∐⋃⋂⋁⋀∬∭∮") | {r"\lim ", r"\max ", r"\min ", r"\sup ", r"\inf "}
ABOVE = {**dict.fromkeys("¯‾―_̅", "overline"), "→": "overrightarrow", "⃗": "vec", "˙": "dot", ".": "dot",
         **dict.fromkeys(["^", "ˆ", "\u0302"], "hat"), **dict.fromkeys("~˜∼", "tilde"), "⏞": "overbrace"}  # fmt: skip
BELOW = {**dict.fromkeys("_¯‾―̲", "underline"), "⏟": "underbrace"}


def shown(element) -> str:
    """Return a formula as it stands in a text, with a space on both sides; "" for an empty one."""
    tex = _tex(element).strip()
    return f" ${tex}$ " if tex else ""


def in_html(text: str) -> str:
    """Return HTML in which every formula is written out; it has as many lines as before."""
    pieces, done, start = [], 0, None
    for found in FORMULA.finditer(text) if "math" in text else ():
        if not found["close"]:
            start = start or found
        elif start:
            lines = text.count("\n", start.start(), found.end())
            tree = _tree(start[0], text[start.end() : found.start()])
            pieces += [text[done : start.start()], html.escape(shown(tree)), "\n" * lines]
            done, start = found.end(), None
    return "".join([*pieces, text[done:]])


def _tree(head: str, text: str) -> Element:
    """Return the element that begins with this tag and holds this text."""
    opened = [Element("math", dict(ATTRIBUTE.findall(head)))]
    place = 0
    for found in [*TAG.finditer(text), None]:
        _add_words(opened[-1], html.unescape(text[place : found.start() if found else None]))
        if found is None:
            break
        place, name = found.end(), found["name"].lower()
        if found["close"]:
            while name in [one.tag for one in opened[1:]] and opened.pop().tag != name:
                pass
        elif len(opened) < DEEPEST:
            one = SubElement(opened[-1], name, dict(ATTRIBUTE.findall(found["rest"])))
            opened += [] if found["rest"].endswith("/") else [one]
    return opened[0]


def _add_words(element: Element, words: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words


def _tex(element) -> str:
    name = element.tag.lower() if isinstance(element.tag, str) else ""
    if name == "semantics":
        told = "".join(map(_tex, [*element][:1]))  # what is drawn; the source may use words of its own
        written = [one.text or "" for one in element if one.get("encoding", "").lower() in SOURCES]
        is_whole = told and STRANGE not in told
        return told if is_whole or not written else " ".join(written[0].replace("$", " ").split())
    if name in ("mi", "mn", "mo", "ms", "mtext", "mspace"):
        return _token(name, " ".join("".join(element.itertext()).translate(UNSEEN).split()))
    if name in PARTS and len(element) == PARTS[name][0]:
        return PARTS[name][1](element, *map(_tex, element))
    inside = _loose(element.text) + "".join(_tex(one) + _loose(one.tail) for one in element)
    return READERS[name](element, inside) if name in READERS else STRANGE + inside


def _loose(words: str | None) -> str:
    return _token("mtext", " ".join((words or "").split()))


def _token(name: str, text: str) -> str:
    if name == "mspace":
        return r"\ "
    if name == "mtext" or any("\u3400" <= sign <= "\u9fff" for sign in text):
        return rf"\text{{{text.translate(BARE)}}}" if text else ""
    plain = "".join(SPECIAL.get(sign, sign) for sign in text)
    if text in NAMED:
        return rf"\{text} "
    if not plain.strip() or name in ("mn", "ms") or len(text) == 1 and text.isascii():
        return plain
    return rf"\mathrm{{{plain}}}" if len(text) > 1 and text.isalpha() else plain


def _group(tex: str) -> str:
    return tex if len(tex) == 1 else f"{{{tex}}}"


def _fraction(element, above: str, below: str) -> str:
    if re.fullmatch(r"0(?:\.0+)?[a-z]*", element.get("linethickness", "")):
        return rf"\begin{{matrix}}{above}\\{below}\end{{matrix}}"
    return rf"\frac{{{above}}}{{{below}}}"


def _over(element, base: str, above: str) -> str:
    if base in LIMITS:
        return f"{base}^{{{above}}}"
    sign = above.strip().removeprefix("\\")
    name = ABOVE.get({"wedge": "^", "sim": "~", "_": "_"}.get(sign, sign))
    return rf"\{name}{{{base}}}" if name else rf"\overset{{{above}}}{{{base}}}"


def _under(element, base: str, below: str) -> str:
    if base in LIMITS:
        return f"{base}_{{{below}}}"
    name = BELOW.get(below.strip().removeprefix("\\"))
    return rf"\{name}{{{base}}}" if name else rf"\underset{{{below}}}{{{base}}}"


def _both(element, base: str, below: str, above: str) -> str:
    if base in LIMITS:
        return f"{base}_{{{below}}}^{{{above}}}"
    return _over(element, _under(element, base, below), above)


def _fenced(element, inside: str) -> str:
    ends = [_token("mo", element.get(name, sign).strip()) for name, sign in (("open", "("), ("close", ")"))]
    between = (element.get("separators", ",").strip() or " ")[:1]
    inside = _token("mo", between).join(map(_tex, element))
    return rf"\left{ends[0] or '.'}{inside}\right{ends[1] or '.'}"


def _rows(element, inside: str) -> str:
    rows = [" & ".join(map(_tex, row)) for row in element]
    return r"\begin{matrix}" + r" \\ ".join(rows) + r"\end{matrix}"


PARTS = {  # what has its parts by their places: how many, and how they are written
    "mfrac": (2, _fraction),
    "msup": (2, lambda _, base, above: f"{_group(base)}^{{{above}}}"),
    "msub": (2, lambda _, base, below: f"{_group(base)}_{{{below}}}"),
    "msubsup": (3, lambda _, base, below, above: f"{_group(base)}_{{{below}}}^{{{above}}}"),
    "mroot": (2, lambda _, base, index: rf"\sqrt[{index}]{{{base}}}"),
    "mover": (2, _over),
    "munder": (2, _under),
    "munderover": (3, _both),
}
READERS = {
    "msqrt": lambda _, inside: rf"\sqrt{{{inside}}}",
    "mfenced": _fenced,
    "mtable": _rows,
    **dict.fromkeys(["math", "mrow", "mstyle", "mpadded", "mtd"], lambda _, inside: inside),
}
