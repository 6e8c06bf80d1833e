"""Lines of a text and the account that is kept of them: none is dropped silently."""

import re
import unicodedata
from dataclasses import asdict, dataclass, field

from quizapp.rules.errors import Problem
from quizapp.rules.formats import places

BREAK = re.compile(r"\r\n|\r|\n")
FOLDED = ("<details", "</details", "<summary")  # how lines begin that fold something away in Markdown
FOLD_HEAD = re.compile(  # one that tells no answer: 查看答案, Show answer
    r"<summary\b[^<>]{0,40}>\s*(?:<(?:b|strong)>)?(?:[^<>A-Z√×对错:：]|[A-Z](?=[a-z])){0,20}(?:</(?:b|strong)>)?\s*</summary>"
)
FOLD = re.compile(r"</?(?:details|summary)\b[^<>]{0,40}>")
INVISIBLE = {"\ufeff", "\u200b", "\u200c", "\u200d", "\u2060", "\u00ad"}
SHOWN = str.maketrans(dict.fromkeys(INVISIBLE, ""))
OTHER_SPACE = re.compile(r"[^\S\u3000]")


def split(text: str) -> list[str]:
    """Return the lines of a text as an editor counts them, each without its end and without invisible characters."""
    return [clean(line) for line in BREAK.split(text)]


def clean(line: str) -> str:
    """Return a line without invisible characters, every kind of space made a plain or full-width one, ends stripped."""
    return OTHER_SPACE.sub(" ", line.translate(SHOWN)).rstrip()


def even_spaces(text: str) -> str:
    """Return a heading with its inner spaces evened out: single letters set apart (总　则) come together."""
    words: list[str] = []
    is_single = False
    for word in text.split():
        was_single, is_single = is_single, len(word) == 1 and is_han(word)
        if is_single and was_single:
            words[-1] += word
        else:
            words.append(word)
    return " ".join(words)


def is_han(char: str) -> bool:
    """Return whether a character is a Chinese one."""
    return unicodedata.name(char, "").startswith("CJK UNIFIED")


def join_wrapped(first: str, second: str) -> str:
    """Join two lines of one sentence, with a space only where both sides are Latin words or figures."""
    if first and second and first[-1].isascii() and second[0].isascii() and first[-1].isalnum() and second[0].isalnum():
        return f"{first} {second}"
    return first + second


@dataclass
class Account:
    """What became of the lines that belong to no article and no question, and what is wrong with the text."""

    ignored: dict[int | str, str] = field(default_factory=dict)
    problems: list[dict] = field(default_factory=list)

    def ignore(self, place: int | str, reason: str) -> None:
        """Note that a line was understood and holds nothing to keep; `reason` is a stable slug."""
        self.ignored[place] = reason

    def problem(self, code: str, message: str, place="", /, severity: str = "error", **params) -> None:
        """Note a problem; `place` is a line number where there is one."""
        self.problems.append(asdict(Problem(code, message, str(place), params, severity)))

    def ranges(self) -> list[dict]:
        """Return the ignored lines as ranges of one reason, in order."""
        found: list[dict] = []
        for place, reason in sorted(self.ignored.items(), key=lambda one: one[0] if isinstance(one[0], int) else 0):
            if found and places.is_next(place, found[-1]["to"]) and found[-1]["reason"] == reason:
                found[-1]["to"] = place
            else:
                found.append({"from": place, "to": place, "reason": reason})
        return found


def ignore_comments(lines: list[str], account: Account) -> list[str]:
    """Return the lines without HTML comments, the same number of them; a line that held nothing else is ignored."""
    kept, is_inside = [], False
    for number, line in enumerate(lines, 1):
        shown, is_inside = _outside_comments(line, is_inside)
        if line.strip() and not shown.strip():
            account.ignore(number, "comment")
        kept.append(shown)
    return kept


def _outside_comments(line: str, is_inside: bool) -> tuple[str, bool]:
    shown, place = "", 0
    while True:
        mark = "-->" if is_inside else "<!--"
        found = line.find(mark, place)
        if not is_inside:
            shown += line[place : found if found >= 0 else None]
        if found < 0:
            return shown.rstrip(), is_inside
        place, is_inside = found + len(mark), not is_inside


@dataclass(frozen=True)
class Row:
    """A line that is not blank: its number, its text without the space around it, and how it stands."""

    number: int
    text: str
    is_apart: bool  # a blank line before it
    is_indented: bool


def lines_of(text: str, account: Account) -> list[str]:
    """Return the lines without HTML comments; those of invisible characters alone are noted as ignored."""
    return ignore_comments(visible(text, account), account)


def without_folds(lines: list[str], account: Account) -> list[str]:
    """Return the lines without the marks that fold answers away in Markdown: <details>, <summary>查看答案</summary>."""
    if not any("</summary>" in line for line in lines):
        return lines
    kept = []
    for number, line in enumerate(lines, 1):
        is_fold = line.lstrip().startswith(FOLDED) or line.rstrip().endswith("</details>")
        bare = FOLD.sub(" ", FOLD_HEAD.sub(" ", line)).strip() if is_fold else line
        if is_fold and not bare:
            account.ignore(number, "markup")
        kept.append(bare)
    return kept


def visible(text: str, account: Account) -> list[str]:
    """Return the lines of a text; those of invisible characters alone are noted as ignored."""
    lines = split(text)
    for number, (raw, line) in enumerate(zip(BREAK.split(text), lines, strict=True), 1):
        if raw.strip() and not line.strip():
            account.ignore(number, "invisible")
    return lines


def rows_of(lines: list[str], first: int = 0) -> list[Row]:
    """Return the lines from index `first` on that are not blank."""
    rows = []
    for index in range(first, len(lines)):
        line = lines[index]
        if line.strip():
            is_apart = index == 0 or not lines[index - 1].strip()
            rows.append(Row(index + 1, line.strip(), is_apart, line[0].isspace()))
    return rows
