"""Letters that stand at the end of a question's words, or behind its last option, where a file has that habit."""

import re

from quizapp.rules.formats.drafts import CHOICES, LETTERS, read_letters
from quizapp.rules.formats.text import blanks
from quizapp.rules.formats.text.choosing import EMPTY, bracket_letters
from quizapp.rules.formats.text.entries import Entry

RUN = r"[A-J](?:[\s、,，;；/]{0,3}[A-J]){0,9}"
SAYS = r"(?:应?选|答案?\s?[:：]?)?\s?"
BRACKET = rf"[\[【<〔｛{{（(]\s{{0,9}}{SAYS}(?P<in>{RUN}|(?-i:[a-j]))\s{{0,9}}[\]】>〕｝}}）)]"
END = r"\s{0,9}[。.]?$"
STEM = [
    re.compile(rf"^(?P<all>[(（\[【]\s?(?P<in>{RUN})\s?[)）\]】])(?=\s?\S)"),
    re.compile(rf"(?P<all>[\[【〔｛{{]\s?(?P<in>{RUN})\s?[\]】〕｝}}])"),
    re.compile(rf"(?P<all>{BRACKET}){END}"),
    re.compile(rf"(?<!_)(?P<all>_+\s?(?P<in>{RUN})\s?_+)"),
    re.compile(rf"(?P<all>(?:\s|[-—–]{{1,3}}|(?<=[?？。：:])){SAYS}(?P<in>{RUN})){END}"),
]
OPTION = [
    re.compile(rf"(?P<all>[\s。；;，,]{{0,9}}{BRACKET}){END}"),
    re.compile(rf"(?P<all>(?:\s{{2,9}}|\s(?=应?选|答)|\|\s?){SAYS}(?P<in>{RUN})){END}"),
]
KEPT = {"[": "[ ]", "〔": "（ ）", "【": "【 】", "（": "（ ）", "(": "( )", "_": "____"}  # the place stays
WORDS_BEHIND = re.compile(
    r"\s{0,9}[(（【\[]\s?(?:答案?\s?[:：]\s?)?(?P<in>[^()（）【】\[\]]{1,80})[)）】\]]\s{0,9}[。.]?$"
)
REMARK = re.compile(
    r"[\d.]+\s?分|.{0,6}(?:题|版|年|页|第.{1,9}条)|(?:请?[填写选]|见|如|例|即|简称|单位|提示|注).{0,30}"
)
FEWEST = 3  # of those that another habit has left
MOST = 0.6  # of the questions that have no answer elsewhere
LONGEST = 2000


def look(entries: list[Entry]) -> None:
    """Take the letters as answers of the questions that have none, if they end most of these; they leave the words."""
    asked, fewest = [entry for entry in entries if _is_open(entry)], 1
    for forms, words, take in ((STEM, _stem, _take_from_stem), (OPTION, _last_option, _take_from_option)):
        for form in forms:
            found = [(entry, one) for entry in asked if (one := _fitting(form, words(entry), entry))]
            if len(found) >= fewest and len(found) >= MOST * len(asked):
                for entry, one in found:
                    take(entry, one)
                asked, fewest = [entry for entry in asked if not entry.answers], FEWEST


def fill(entries: list[Entry]) -> None:
    """Take words in brackets behind stems as what fills their blanks, if most of these end so: 机关是____（公安）。"""
    asked = [one for one in entries if _is_unfilled(one)]
    found = [(one, told) for one in asked if (told := _words_behind(one))]
    if len({told["in"] for _, told in found}) > 1 and len(found) >= MOST * len(asked):
        for entry, told in found:
            entry.stem = [told.string[: told.start()]]
            entry.answers.append((entry.last, told["in"].strip()))


def _is_unfilled(entry: Entry) -> bool:
    is_answered = entry.answers or entry.key or entry.lead or entry.options or blanks.FILLED_LINE.search(_stem(entry))
    return bool(blanks.BLANK.search(_stem(entry))) and not is_answered and entry.wanted_kind() in (None, "fill_blank")


def _words_behind(entry: Entry) -> re.Match | None:
    found = WORDS_BEHIND.search(_stem(entry)) if len(_stem(entry)) <= LONGEST else None
    return found if found and not REMARK.fullmatch(found["in"]) else None


def _take_from_stem(entry: Entry, found: re.Match) -> None:
    rest = found.string[: found.start("all")], found.string[found.end("all") :]
    is_kept = found.start("all") and not (found["all"].strip()[0] in "[【〔" and EMPTY.search(rest[0]))
    entry.stem = [rest[0] + (KEPT.get(found["all"].strip()[0], "") if is_kept else "") + rest[1]]
    entry.answers.append((entry.first, found["in"].upper()))


def _take_from_option(entry: Entry, found: re.Match) -> None:
    entry.options[-1] = [found.string[: found.start("all")]]
    entry.answers.append((entry.last, found["in"].upper()))


def _is_open(entry: Entry) -> bool:
    is_answered = entry.answers or entry.key or entry.lead
    is_answered = is_answered or bracket_letters(_stem(entry)) and not EMPTY.search(_stem(entry))
    return len(entry.options) > 1 and not is_answered and entry.wanted_kind() in (None, "choice", *CHOICES)


def _stem(entry: Entry) -> str:
    return "\n".join(entry.stem)


def _last_option(entry: Entry) -> str:
    return "\n".join(entry.options[-1])


def _fitting(form: re.Pattern, text: str, entry: Entry) -> re.Match | None:
    """Return where letters of options that are there stand, with words before them."""
    found = form.search(text) if len(text) <= LONGEST else None
    letters = read_letters(found["in"]) if found and (text[: found.start()] + text[found.end() :]).strip() else None
    return found if letters and LETTERS.index(letters[-1]) < len(entry.options) else None
