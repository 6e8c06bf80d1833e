"""Marks in a line: question numbers, option letters, labels; where a line is to be cut."""

import re
from dataclasses import dataclass
from functools import cache

from quizapp.rules.articles import read_numeral
from quizapp.rules.formats.drafts import LETTERS
from quizapp.rules.formats.text.vocabulary import IN_LINE, LABEL, LABELS, ORDINAL

SPACE = r"[ \t\u3000]"
LEAD = re.compile(  # a sign, or an empty bracket for one, before the number: （√）1、
    r"[(（【\[]\s{0,9}(?P<sign>[√×✓✔✗✘✖╳✕∨对错是否TFxv]|正确|错误|[A-Z](?:[、,，\s]{0,2}[A-Z]){0,5})?\s{0,9}[)）】\]]\s{0,9}(?=[\d第问【\[(（])"
)
SIGNED = re.compile(r"[(（【\[]\s?(?P<sign>[√×✓✔✗✘✖╳✕∨])\s?[)）】\]]\s?(?=\S)")  # the same without a number
NUMBERS = {  # habit -> pattern with the number and the rest
    "1.1": re.compile(  # of a chapter, and in it: 2.15 or 2-15
        rf"\d{{1,2}}{SPACE}?[.．\-–—]{SPACE}?(?P<n>\d{{1,3}})(?!\d)(?:{SPACE}?[.．、:：])?{SPACE}*(?P<rest>[^\d].*)",
        re.DOTALL,
    ),
    "1.": re.compile(rf"(?P<n>\d{{1,4}}){SPACE}?[.．、。][)）]?{SPACE}*(?P<rest>.*)", re.DOTALL),
    "1)": re.compile(rf"(?P<n>\d{{1,4}}){SPACE}?[)）]{SPACE}*[.．、]?{SPACE}*(?P<rest>.*)", re.DOTALL),
    "(1)": re.compile(rf"[(（]{SPACE}?(?P<n>\d{{1,4}}){SPACE}?[)）]{SPACE}*[.．、]?{SPACE}*(?P<rest>.*)", re.DOTALL),
    "第1题": re.compile(
        rf"第{SPACE}?(?P<n>\d{{1,4}}|{ORDINAL}){SPACE}?题{SPACE}?[:：.．、]?{SPACE}*(?P<rest>.*)", re.DOTALL
    ),
    "问题1": re.compile(
        rf"(?:问题|题目|试题|题){SPACE}?(?P<n>\d{{1,4}}|{ORDINAL}){SPACE}?[:：.．、]{SPACE}*(?P<rest>.*)", re.DOTALL
    ),
    "【1】": re.compile(rf"[【\[<〔](?P<n>\d{{1,4}})[】\]>〕]{SPACE}*[.．、:：]?{SPACE}*(?P<rest>.*)", re.DOTALL),
    "1:": re.compile(rf"(?P<n>\d{{1,4}}){SPACE}?[:：,，#]{SPACE}*(?P<rest>.*)", re.DOTALL),
    "1-": re.compile(rf"(?P<n>\d{{1,4}}){SPACE}?[-–—]{SPACE}*(?P<rest>[^\d\s\-–—].*)", re.DOTALL),
    "Q1": re.compile(rf"[Qq](?:uestion)?{SPACE}?(?P<n>\d{{1,4}}){SPACE}?[:：.．、)）]{SPACE}*(?P<rest>.*)", re.DOTALL),
    "1 ": re.compile(rf"(?P<n>\d{{1,4}})(?:{SPACE}+(?P<rest>\S.*)|$)", re.DOTALL),
    "一、": re.compile(rf"(?P<n>{ORDINAL}){SPACE}?[、.．]{SPACE}*(?P<rest>.*)", re.DOTALL),
    "(一)": re.compile(rf"[(（](?P<n>{ORDINAL})[)）]{SPACE}*[.．、]?{SPACE}*(?P<rest>.*)", re.DOTALL),
    "1题": re.compile(r"(?P<n>\d{1,4})(?P<rest>[\u4e00-\u9fff《“\"(（【_].*)", re.DOTALL),
    "①": re.compile(rf"(?P<n>[①-⑳]){SPACE}?[.．、]?{SPACE}*(?P<rest>.*)", re.DOTALL),
    "*": re.compile(rf"\*{SPACE}*(?P<rest>[^*\s].*)", re.DOTALL),
}
OPTION = re.compile(
    rf"(?:[(（]{SPACE}?(?P<in>[A-ZＡ-Ｚ]){SPACE}?[)）]{SPACE}?[.．、:：]?"
    rf"|(?P<at>[A-ZＡ-Ｚ]){SPACE}?(?P<sep>[.．、:：)）。])){SPACE}*(?P<rest>.*)",
    re.DOTALL,
)
LOOSE_OPTION = re.compile(rf"(?P<at>[A-ZＡ-Ｚ])(?P<gap>{SPACE}*[,，]?{SPACE}*)(?P<rest>[^\s,，].*)", re.DOTALL)
SHORTEST_STEM = 6  # characters behind a number that an answer leads
GAP = r"(?:\t|[ \u3000]{2,})"
LABELLED = re.compile(
    rf"(?:[【\[〔（(]{SPACE}?(?P<in>{LABEL}){SPACE}?[】\]〕）)]{SPACE}*[:：]?|(?P<at>{LABEL}){SPACE}*[:：])"
    rf"{SPACE}*(?P<rest>.*)",
    re.DOTALL | re.IGNORECASE,
)
BARE_LABEL = re.compile(
    rf"(?P<at>正确答案|参考答案|标准答案|答案)"
    rf"(?:{SPACE}+(?P<rest>\S.*)|(?:[是为]|→|[-—–]{{1,2}})?{SPACE}?(?P<letters>[A-Z]{{1,8}}|[√×])[。.]?$)?",
    re.DOTALL,
)
ANSWERED = re.compile(r"答\s?[:：]\s*(?P<rest>.*)", re.DOTALL)
DASHED = re.compile(
    r"(?<![-—–－])[-—–－]++\s?(?P<answer>[A-Z]{1,8}|对|错|√|×|正确|错误)\s?[:：]\s*(?P<words>.*)$", re.DOTALL
)
LABEL_INSIDE = re.compile(rf"[【\[〔](?:{IN_LINE}){SPACE}?[】\]〕]|(?:{IN_LINE}){SPACE}?[:：]", re.IGNORECASE)
SPACED_LABEL = re.compile(
    rf"(?<={SPACE})(?:难易程度|难易度|难度系数|难度|本题分数|分值|分数|知识点|考点){SPACE}?[:：]"
    r"|[【\[](?:难易程度|难易度|难度系数|难度|分值|分数|知识点|考点)[】\]]"
)
BRACKETED_INSIDE = re.compile(rf"[【\[〔](?:{IN_LINE}){SPACE}?[】\]〕]", re.IGNORECASE)

TOLD = re.compile(  # 选B, 本题应选 AC。 Key: B, >> B
    r"\W{0,4}(?:本题|此题|该题|应|故|正确|标准|参考|的|选择|选项|选|项|答案|答|正解|标答|解|是|为"
    r"|the|keys?|answer|ans|correct|right|option|is|\s){0,6}[\W_]{0,6}"
    r"(?P<letters>[A-J](?:[\s、,，;；/|&+和与及]{0,3}[A-J]){0,9})(?:选?项)?[\W_]{0,4}",
    re.IGNORECASE,
)
TRUTH_TOLD = re.compile(  # 本题正确, 该说法错误。 判断：对
    r"\W{0,4}(?:本题|此题|该题|(?:该|这种|这个|此|本)?(?:说法|表述|观点|题)|判断|结论|结果|答案?|应|是|为|[:：\s]){1,5}"
    r"(?P<truth>不?正确|错误|不?对|错|[√×✓✔✗✘TF]|true|false)的?[。.！!\s]{0,3}",
    re.IGNORECASE,
)
LONGEST_TOLD = 30


@dataclass(frozen=True)
class Label:
    """A named value: what sort of label it is, and the text behind it."""

    sort: str
    value: str


def half_width(letter: str) -> str:
    """Return an option letter in its plain form."""
    return chr(ord(letter) - 0xFEE0) if letter > "Z" else letter


def lead_of(line: str, habits: list[str], last_number: int) -> tuple[str, str]:
    """Return (line, sign) like without_lead; letters before a number lead only into the next question: no (A)56."""
    bare, sign = without_lead(line)
    if not sign or not sign.isascii() or sign in "TFXVxv":
        return bare, sign
    found = next((one for habit in habits if (one := read_number(bare, habit))), None)
    is_question = found is not None and found[0] in (last_number + 1, 1) and len(found[1]) >= SHORTEST_STEM
    return (bare, sign) if is_question else (line, "")


def without_lead(line: str) -> tuple[str, str]:
    """Return (line, sign) of a line that begins with a sign in a bracket before its number."""
    lead = LEAD.match(line)
    return (line[lead.end() :], lead["sign"] or "") if lead else (line, "")


def read_number(line: str, habit: str) -> tuple[int | None, str] | None:
    """Return (number, rest) where the line begins with one in this habit; the number is None for a star."""
    found = NUMBERS[habit].fullmatch(line)
    if not found:
        return None
    if habit == "*":
        return None, found["rest"]
    number = ord(found["n"]) - ord("①") + 1 if habit == "①" else read_numeral(found["n"])
    return (number, found["rest"] or "") if number is not None else None  # digits of a script that is not read


def read_option(line: str) -> tuple[str, str] | None:
    """Return (letter, text) of a line that begins with an option letter and its sign."""
    found = OPTION.fullmatch(line)
    return (half_width(found["in"] or found["at"]), found["rest"]) if found else None


def read_loose_option(line: str) -> tuple[str, str] | None:
    """Return (letter, text) of a line that begins with a letter and no sign: "A 灯", "A灯"."""
    found = LOOSE_OPTION.fullmatch(line)
    return (half_width(found["at"]), found["rest"]) if found else None


def read_label(line: str) -> Label | None:
    """Return the label a line begins with."""
    found = LABELLED.fullmatch(line)
    if found:
        return Label(LABELS[(found["in"] or found["at"]).lower()], found["rest"].strip())
    found = BARE_LABEL.fullmatch(line)
    if found:
        return Label("answer", (found["rest"] or found["letters"] or "").strip())
    found = ANSWERED.fullmatch(line)
    return Label("answer", found["rest"].strip()) if found else None


def read_told(line: str) -> str | None:
    """Return the letters that a line tells as the answer, with nothing but words for that before them."""
    found = TOLD.fullmatch(line) if len(line) <= LONGEST_TOLD else None
    return found["letters"] if found else None


def read_told_truth(line: str) -> str | None:
    """Return the word or sign by which a line tells whether a statement is right."""
    found = TRUTH_TOLD.fullmatch(line) if len(line) <= LONGEST_TOLD else None
    return found["truth"] if found else None


def label_inside(text: str, is_explanation: bool = False) -> int:
    """Return where a label begins inside a text, or -1; in an explanation only one in brackets counts."""
    found = (BRACKETED_INSIDE if is_explanation else LABEL_INSIDE).search(text)
    return found.start() if found else -1


def next_label(text: str) -> int:
    """Return where behind an answer, a difficulty or points the next label begins, or -1."""
    places = [label_inside(text), found.start() if (found := SPACED_LABEL.search(text)) else -1]
    return min((place for place in places if place >= 0), default=-1)


def number_inside(text: str, number: int, start: int = 0, may_be_decimal: bool = False) -> int:
    """Return where `number` begins a question inside a text, not before `start`, or -1."""
    no_decimal = "" if may_be_decimal else r"(?!\d\d?(?!\d))"
    wanted = re.compile(rf"(?<![\d.．\-–—~/A-Za-z])0?{number}{SPACE}?[.．、]{no_decimal}")
    found = wanted.search(text, start)
    return found.start() if found else -1


def starts_anew(text: str, number: int) -> bool:
    """Return whether a text begins with 1 where `number` was to follow, which stands behind 2 or nowhere in it."""
    if number == 1 or number_inside(text[:4], 1) != 0:
        return False
    return number_inside(text, number) < 0 or number > 2 and 0 < number_inside(text, 2) < number_inside(text, number)


def options_inside(text: str, first: str, last: str = "") -> list[int]:
    """Return where the options `first`, and those that follow it, begin inside a text.

    All of them bear the same sign; of two signs the longer run counts. The run goes no further than `last`.
    """
    if first not in text and _wide(first) not in text:
        return []
    runs = [_run(text, first, last, signs) for signs in (".．", "、", ":：", ")）", "。", "gap")]
    return max(runs, key=lambda run: (len(run), -run[0] if run else 0))


def _run(text: str, first: str, last: str, signs: str) -> list[int]:
    places: list[int] = []
    for letter in LETTERS[LETTERS.index(first) :]:
        place = _option_at(text, letter, places[-1] + 2 if places else 0, signs)
        if place < 0 or last and letter > last:
            break
        places.append(place)
    return places


def _option_at(text: str, letter: str, start: int, signs: str) -> int:
    for pattern in _patterns(letter, signs):
        if found := pattern.search(text, start):
            return found.end() if signs == "gap" else found.start()
    return -1


@cache
def _patterns(letter: str, signs: str) -> tuple[re.Pattern, ...]:
    """Return what finds an option's letter with its sign, the surest first."""
    letters = f"[{letter}{_wide(letter)}]"
    if signs == "gap":
        return (re.compile(rf"{GAP}(?={letters}(?:[^.．、:：)）。A-Za-z\s]|{SPACE}[^\s]))"),)
    mark = rf"{letters}{SPACE}?[{signs}]"
    lefts = (rf"(?:[(（]{SPACE}?|(?<![A-Za-z0-9.．]))", rf"(?:[(（]{SPACE}?|(?<![A-Za-z][.．]))")
    return tuple(re.compile(left + mark) for left in lefts)


def _wide(letter: str) -> str:
    return chr(ord(letter) + 0xFEE0)
