"""Words that would be read as marks of the house format: a backslash before them says that they are words."""

import re

HEAD = re.compile(r"$|\\|\s|#|[-*_=•·]|\d|[A-ZＡ-Ｚ]\s?[.．、:：)）]|[\u4e00-\u9fff]{2,4}\s*[：:]"
                  r"|[（(]\d{1,2}[)）]\s*[\[【]")  # fmt: skip; the last begins a question of a case
RULER = re.compile(r"(?:[-*_=]\s*){3,}")
COMMENT, KEPT_COMMENT = re.compile(r"<(\\*)!--"), re.compile(r"<\\(\\*)!--")
BRACKET = re.compile(r"\\(?P<bracket>[（(][^（()）]{1,40}[)）]\s?[。.？?！!：:]?)$")
SIGN, KEPT_SIGN = re.compile(r"[|｜;；]"), re.compile(r"\\([|｜;；])")


def escaped(text: str) -> str:
    """Return a text of several lines with a backslash before every line but the first that would be a mark."""
    first, *rest = COMMENT.sub(r"<\\\1!--", text).split("\n")
    return "\n".join([first, *(f"\\{line}" if HEAD.match(line) else line for line in rest)])


def item(text: str) -> str:
    """Return a line of a list, which may go on in further ones; what would be a ruler gets another sign before it."""
    line = f"- {escaped(text)}"
    return f"•{line[1:]}" if RULER.fullmatch(line) else line


def shown(text: str) -> str:
    """Return a text whose lines lost their backslash already, with its comments as they were."""
    return KEPT_COMMENT.sub(r"<\1!--", text)


def accepted(text: str) -> str:
    """Return a text that a blank accepts with a backslash before every sign that would part it."""
    kept = SIGN.sub(r"\\\g<0>", COMMENT.sub(r"<\\\1!--", text))
    return kept + " " if kept.endswith("\\") else kept


def parted(text: str, signs: str) -> list[str]:
    """Return a text parted at signs that no backslash goes before."""
    return re.split(rf"(?<!\\)[{signs}]", text)


def unsigned(text: str) -> str:
    """Return a part without the backslashes before its signs."""
    return shown(KEPT_SIGN.sub(r"\1", text).strip())
