"""Answers of statements: right or wrong in words or signs, on a line, in the bracket of the stem, or behind it."""

import re

from quizapp.rules.formats.drafts import LETTERS, Draft, read_letters, read_truth
from quizapp.rules.formats.text.choosing import CONTRADICTS
from quizapp.rules.words import N_

LEFT = re.compile(r"[(（]\s?[√×✓✗]\s?[)）]")
WORDS_CONTRADICT = N_("In the answer “%(answer)s”, the letter and the word say different things.")
ONE_MORE = N_("One more sign for right or wrong stands in this text; perhaps another question does too.")
BRACKET = re.compile(
    r"([(（\[【［〔])[\s:：]{0,80}(不?正确的?|错误的?|正確|錯誤|對|錯|[Rr]ight|[Ww]rong|不?对的?|错的?|说法正确|说法错误|是|否|[√×✓✔✗✘✖╳✕∨TFXxv]|[Tt]rue|[Ff]alse|TRUE|FALSE)\s*([)）\]】］〕])"
    r"\s*[。.；;]?\s*$"
)
START = re.compile(
    r"^([(（\[【])\s{0,20}((?:正确|错误|对|错)的?|说法正确|说法错误|是|否|[√×✓✔✗✘✖╳✕TFVYN]|[Tt]rue|[Ff]alse)\s{0,20}([)）\]】])"
    r"(?=\s{0,9}[^\s)）])"
)
BEFORE = re.compile(r"^(√|×|✓|✔|✗|✘|对|错|正确|错误|[TF]|[Tt]rue|[Ff]alse)[\s:：]{1,9}(?=[^\s)）])")
TYPED = re.compile(r"([(（\[【])\s{0,20}([VYN])\s{0,20}([)）\]】])[\s。.]{0,3}$")  # for √, yes and no
LETTER = re.compile(r"([(（\[【])\s{0,20}([AB])\s{0,20}([)）\]】])[\s。.]{0,3}$")
END = re.compile(
    r"(?<=[。.！!？?)）])(?:\s*[-—–]{1,2})?\s*"
    r"(√|×|✓|✔|✗|✘|(?:对|错|正确|错误)的?|(?<=[\s—-])(?:[TFYNV]|是|否|[Tt]rue|[Ff]alse|说法正确|说法错误))\s*[。.]?$"
)
BEHIND = re.compile(r"(?<=[。.！!？?)）])\s*(?:[√×✓✔✗✘]|(?<=\s)(?:正确|错误|对|错))\s*[。.]?$")  # a kind without a name
SPACED = re.compile(r"\s(√|×|✓|✔|✗|✘|对|错|正确|错误|[TF]|[Tt]rue|[Ff]alse)\s*[。.]?$")
IN_LINE = re.compile(  # a sign that ends a line, a remark in brackets or more lines behind it
    r"([(（\[【])[\s:：]{0,20}(正确|错误|对|错|[√×✓✔✗✘✖╳✕])\s{0,20}([)）\]】])[。. ]{0,9}"
    r"(?:[(（](?P<remark>[^()（）]{2,200})[)）]|(?P<why>(?:改正|理由|应[该当为改]|正确[是为]).{1,200})|$)[ )）]{0,9}"
    r"(?:\n(?P<more>.*))?$",
    re.DOTALL | re.MULTILINE,
)
NAMED = re.compile(r"([AB])\s?[.．、:：]?\s?[(（]?(正确|错误|对|错|√|×)[)）]?[。.]?")  # A（正确）
REMARKED = re.compile(r"(?:正确|错误|不正确|不对|对|错|[√×✓✗])\s?[(（，,。；;]")  # 错（见教材）
WITH_MORE = re.compile(
    r"(正确|错误|不正确|不对|对|错|√|×|✓|✗|[TF](?![A-Za-z]))(?:[\s。.,，;；:：]+|(?=[(（]))(.*)", re.DOTALL
)


def are_options(options: list[str]) -> bool:
    """Return whether two options say nothing but right and wrong."""
    return len(options) == 2 and {read_truth(option) for option in options} == {True, False}


def read(draft: Draft, text: str) -> None:
    """Read the answer of a statement into `draft`; what stands behind it goes to its explanation."""
    if text:
        _read_line(draft, text)
    _take_from_stem(draft)
    if LEFT.search(draft.stem):
        draft.problem("sign-left", ONE_MORE, severity="warning")
    if are_options(draft.options):
        draft.options = []


def _read_line(draft: Draft, text: str) -> None:
    head, _, behind = text.partition("\n")
    draft.answer = _truth(head, draft.options)
    if draft.answer is None and (named := NAMED.fullmatch(head)):
        draft.answer = _truth(named[1], draft.options)
        if draft.answer != read_truth(named[2]):
            draft.problem("answer-contradicts", WORDS_CONTRADICT, answer=head)
    if draft.answer is None and (found := WITH_MORE.match(head)):
        draft.answer, behind = read_truth(found[1]), "\n".join(filter(None, [found[2], behind]))
    if behind.strip():
        draft.explanation = "\n".join(filter(None, [behind.strip(), draft.explanation]))


def _take_from_stem(draft: Draft) -> None:
    """Take the sign out of the stem; it is the answer, or has to agree with it."""
    if draft.answer is None and not BRACKET.search(draft.stem) and (told := IN_LINE.search(draft.stem)):
        _take_from_line(draft, told)
        return
    is_lettered = not draft.options or are_options(draft.options)
    in_bracket = next((found for one in (BRACKET, TYPED, START) if (found := one.search(draft.stem))), None)
    in_bracket = in_bracket or (is_lettered and LETTER.search(draft.stem))
    found = in_bracket or END.search(draft.stem) or (
        draft.answer is None and (BEFORE.search(draft.stem) or SPACED.search(draft.stem))
    )
    if not found:
        return
    inside = _truth(found[2] if in_bracket else found[1], draft.options)
    if draft.answer is None:
        draft.answer = inside
    elif inside != draft.answer:
        draft.problem("answer-contradicts", CONTRADICTS, bracket=found[0].strip())
    behind = draft.stem[found.end() :] if found.start() == 0 else ""
    draft.stem = (draft.stem[: found.start()] + (found[1] + found[3] if in_bracket else "") + behind).rstrip()


def _take_from_line(draft: Draft, told: re.Match) -> None:
    """Take a sign at the end of the first line; what stands behind it explains it."""
    draft.answer = read_truth(told[2])
    behind = [told["remark"] or told["why"], draft.stem[told.end() :].strip() if told["more"] is None else told["more"]]
    draft.explanation = "\n".join(filter(None, [*(one.strip() for one in behind if one), draft.explanation]))
    draft.stem = (draft.stem[: told.start()] + told[1] + told[3]).rstrip()


def _truth(text: str, options: list[str]) -> bool | None:
    """Return what the answer says; a letter means the option that bears it."""
    letters = read_letters(text)
    if options and letters and len(letters) == 1 and LETTERS.index(letters) < len(options):
        return read_truth(options[LETTERS.index(letters)])
    if not options and text.strip().upper() in ("A", "B"):
        return text.strip().upper() == "A"
    return read_truth(text)
