"""Reads GIFT: blocks of lines, each a stem with its answers in braces."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from quizapp.rules import pictures
from quizapp.rules.formats import cases, checks, markup, tags
from quizapp.rules.formats.drafts import LETTERS, Draft
from quizapp.rules.formats.lines import Account, visible
from quizapp.rules.formats.moodle.reading import last_of
from quizapp.rules.question_types import numerical
from quizapp.rules.words import N_

SIGN = re.compile(r"(?<!\\)\{\s*(?:[=~#]|(?:T|TRUE|F|FALSE)\s*[}#]|\})")
TITLE = re.compile(r"::((?:[^:\\]|\\.|:(?!:))*)::\s*", re.DOTALL)
FORMAT = re.compile(r"\s{0,9}\[(?:html|moodle|plain|markdown)\]\s*", re.IGNORECASE)
TRUTH = re.compile(r"\s*(?P<truth>T|TRUE|F|FALSE)\s*(?=#|$)", re.IGNORECASE)
WEIGHT = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")
ESCAPED = re.compile(r"\\([~=#{}:\\n])")
NUMBER = r"[-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?"
RANGE = re.compile(rf"\s*({NUMBER})\s*(?:\.\.\s*({NUMBER})|:\s*({NUMBER}))?\s*")
IDENTITY = re.compile(r"\[id:([^\]\[]{1,64})\]")
TAGGED = re.compile(r"\[tag:([^\]\[]{1,200})\]")
BLANK = "_____"


@dataclass
class Block:
    """The lines of one question, as one text."""

    text: str
    first: int
    last: int
    chapter: str
    code: str
    tags: list[str]


@dataclass(frozen=True)
class Choice:
    """One answer: the sign before it, its share of the points in per cent where it says one, its words."""

    sign: str
    weight: float | None
    text: str
    feedback: str


def likeness(text: str) -> float:
    """Return how sure it is, 0 to 1, that a text is GIFT: by braces that hold answers."""
    return 0.95 if SIGN.search(text) and not text.lstrip().startswith(("{", "[", "<")) else 0.0


def read(text: str, options: dict | None = None) -> dict:
    """Return the document of `bank check` for a GIFT text; it never refuses, but lists problems."""
    account = Account()
    blocks = _blocks(visible(text, account), account)
    found = [(question, cases.mark(block.tags)) for block in blocks if (question := _understood(block, account))]
    return checks.finished(cases.gathered(found), account, {"layout": "gift"})


def _blocks(lines: list[str], account: Account) -> list[Block]:
    """Return the questions' lines: an empty line parts them, where no brace is open."""
    blocks: list[Block] = []
    held: list[tuple[int, str]] = []
    chapter = code = ""
    tagged: list[str] = []
    is_open = False

    def close() -> None:
        if held:
            words = "\n".join(line for _, line in held)
            blocks.append(Block(words, held[0][0], held[-1][0], chapter, code, tagged))

    for number, line in enumerate(lines, 1):
        bare = line.strip()
        if bare.startswith("//"):
            account.ignore(number, "comment")
            if held and not is_open and "}" in held[-1][1]:
                close()
                code, held, tagged = "", [], []
            tagged = [*tagged, *TAGGED.findall(bare)]
            code = found[1] if (found := IDENTITY.search(bare)) else code
        elif bare.startswith("$CATEGORY:"):
            account.ignore(number, "heading")
            chapter = last_of(bare.partition(":")[2])
        elif not bare and not is_open:
            close()
            code, tagged = ("", []) if held else (code, tagged)
            held = []
        elif bare:
            held.append((number, line))
            is_open = _is_open(line, is_open)
    close()
    return blocks


def _is_open(line: str, is_open: bool) -> bool:
    for sign in re.findall(r"\\.|[{}]", line):
        is_open = {"{": True, "}": False}.get(sign, is_open)
    return is_open


def _understood(block: Block, account: Account) -> Draft | None:
    title = TITLE.match(block.text)
    text = block.text[title.end() :] if title else block.text
    start = _find(text, "{")
    end = _find(text, "}", start + 1) if start >= 0 else -1
    draft = Draft(first=block.first, last=block.last, chapter=block.chapter, code=_code(block.code))
    tags.take(draft, block.tags)
    if start < 0 and cases.mark(block.tags):
        draft.kind, draft.stem = "case", _plain(text)
        return draft
    if start < 0:
        message = N_("“%(text)s” is no question but a text between questions; it was not taken.")
        for number in range(block.first, block.last + 1):
            account.problem("no-question", message, number, "warning", text=block.text.strip()[:40])
        return None
    before, behind = _plain(text[:start]), _plain(text[end + 1 :]) if end >= 0 else ""
    form = FORMAT.match(text[:start])
    is_html = form is not None and "html" in form[0].lower()
    if is_html:
        if markup.has_picture(block.text):
            draft.problem("picture-left-out", pictures.OF_QUESTION, severity="warning")
        before, behind = markup.shown(before), markup.shown(behind)
    draft.stem = f"{before} {BLANK} {behind}".strip() if behind else before
    if end < 0:
        draft.problem("brace-open", N_("The brace of the answers is not closed."))
    elif _find(text, "{", end + 1) >= 0:
        message = N_("Answers in a second brace stand in this text; only those of the first were read.")
        draft.problem("brace-again", message)
    _answer(draft, text[start + 1 : end if end >= 0 else None], _shown if is_html else _plain)
    return draft


def _code(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", text) else ""


def _find(text: str, sign: str, start: int = 0) -> int:
    """Return where a sign stands that no backslash goes before, or -1."""
    found = re.compile(rf"\\.|({re.escape(sign)})", re.DOTALL)
    return next((one.start() for one in found.finditer(text, start) if one[1]), -1)


def _plain(text: str) -> str:
    """Return words without their format and their backslashes."""
    text = FORMAT.sub("", text, count=1) if FORMAT.match(text) else text
    return ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], text).strip()


def _shown(text: str) -> str:
    """Return the words of HTML without their backslashes."""
    return markup.shown(_plain(text))


def _answer(draft: Draft, body: str, words: Callable[[str], str]) -> None:
    body, _, general = body.partition("####")
    truth = TRUTH.match(body)
    if not body.strip():
        draft.kind = "short_answer"
    elif body.lstrip().startswith("#"):
        _numerical(draft, body.lstrip()[1:], words)
    elif truth:
        draft.kind, draft.answer = "true_false", truth["truth"].upper().startswith("T")
        draft.explanation = "\n".join(words(one) for one in _parted(body[truth.end() :], "#") if one.strip())
    else:
        _choices(draft, _read_choices(body, words), words)
    draft.explanation = "\n".join(filter(None, [words(general), draft.explanation]))


def _parted(text: str, signs: str) -> list[str]:
    """Return a text parted at signs that no backslash goes before; each part but the first begins with its sign."""
    places = [one.start() for one in re.finditer(rf"\\.|([{re.escape(signs)}])", text, re.DOTALL) if one[1]]
    bounds = zip([0, *places], [*places, len(text)], strict=True)
    parts = [text[start:end] for start, end in bounds]
    return [part.lstrip("#") for part in parts] if signs == "#" else parts


def _read_choices(body: str, words: Callable[[str], str]) -> list[Choice]:
    head, *parts = _parted(body, "=~")
    if not parts:
        parts = ["=" + head]
    return [_choice(part[0], part[1:], words) for part in parts]


def _choice(sign: str, text: str, words: Callable[[str], str]) -> Choice:
    weight = WEIGHT.match(text)
    own, *feedback = _parted(text[weight.end() :] if weight else text, "#")
    return Choice(sign, float(weight[1]) if weight else None, own, words("#".join(feedback)))


def _choices(draft: Draft, choices: list[Choice], words: Callable[[str], str]) -> None:
    if all(one.sign == "=" for one in choices):
        pairs = [one.text.split("->", 1) for one in choices]
        if len(pairs) > 1 and all(len(pair) == 2 for pair in pairs):
            draft.kind, draft.answer = "matching", [[words(left), words(right)] for left, right in pairs]
            return
        draft.kind, draft.answer = "fill_blank", [[words(one.text) for one in choices if one.weight in (None, 100.0)]]
        draft.explanation = "\n".join(f"{words(one.text)}: {one.feedback}" for one in choices if one.feedback)
        draft.answer = draft.answer if draft.answer[0] else None
    else:
        draft.options = [words(one.text) for one in choices]
        right = [place for place, one in enumerate(choices) if one.sign == "=" or one.weight == 100]
        several = [place for place, one in enumerate(choices) if (one.weight or 0) > 0]
        chosen = right or several
        draft.answer = "".join(LETTERS[place] for place in chosen if place < len(LETTERS)) or None
        is_weighed = not any(one.sign == "=" for one in choices) and bool(several)
        draft.kind = "multiple_choice" if len(chosen) > 1 or is_weighed else "single_choice"
        told = [f"{letter}: {one.feedback}" for letter, one in zip(LETTERS, choices, strict=False) if one.feedback]
        draft.explanation = "\n".join(told)
    is_partial = [one for one in choices if one.weight not in (None, 0, 100)]
    if is_partial and draft.kind != "multiple_choice":
        draft.problem(
            "partial-credit", N_("Some answers earn a part of the points; here they earn nothing."), severity="warning"
        )


def _numerical(draft: Draft, body: str, words: Callable[[str], str]) -> None:
    """Read 1822, 1822:5 or 1..5; of several answers the first that earns all points."""
    draft.kind = "numerical"
    body = body if body.lstrip().startswith(("=", "~")) else f"={body}"
    choices = [one for one in _read_choices(body, words) if one.text.strip()]
    whole = [one for one in choices if one.weight in (None, 100.0)]
    found = RANGE.fullmatch(whole[0].text) if whole else None
    if whole and not found:
        draft.problem("answer-unreadable", checks.NO_SUCH_ANSWER, answer=whole[0].text.strip()[:40])
    elif found:
        draft.answer = _interval(found)
        draft.explanation = "\n".join(one.feedback for one in choices if one.feedback)
    if len(choices) > 1:
        message = N_("The question has several numerical answers; only the first that earns all points was taken.")
        draft.problem("partial-credit", message, severity="warning")


def _interval(found: re.Match) -> dict:
    first, last, tolerance = (_number(one) if one else None for one in found.groups())
    if last is not None:
        return {"value": _figure((first + last) / 2), "tolerance": _figure(abs(last - first) / 2)}
    return {"value": _figure(first), "tolerance": _figure(tolerance or Decimal(0))}


def _number(text: str) -> Decimal:
    """Return a number as it is written; one that nobody writes out as near as a machine comes to it, or as none."""
    if len(text) <= numerical.LONGEST and "e" not in text.lower():
        return Decimal(text)
    return Decimal(repr(near)) if math.isfinite(near := float(text)) else Decimal("NaN")


def _figure(value: Decimal) -> float:
    return numerical.figure(value) if value.is_finite() and abs(value) < 10**numerical.LONGEST else float(value)
