"""Article numbers as Chinese law writes them (第十二条之一), and citations of them."""

import re
from dataclasses import dataclass

DIGITS = "〇一二三四五六七八九"
UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
NUMERAL = r"[〇零一二三四五六七八九十百千万两\d]{1,12}"
ARTICLE = rf"第\s*(?P<ordinal>{NUMERAL})\s*条(?:\s*之\s*(?P<suffix>[一二三四五六七八九十]{{1,3}})(?![款项目]))?"
VALUES = {
    **{digit: value for value, digit in enumerate(DIGITS)},
    **{chr(base + value): value for base in (ord("0"), ord("０")) for value in range(10)},
    "零": 0,
    "两": 2,
}
SEPARATORS = re.compile(r"[、，,\s]+|和|及")
REST_OF_CITATION = re.compile(rf"(?:第\s*{NUMERAL}\s*[款项目][、和至]?)*")
LONGEST_RANGE = 50


@dataclass(frozen=True, order=True)
class Number:
    """The place of an article: 第十二条之一 is (12, 1); an article without 之 has suffix 0."""

    ordinal: int
    suffix: int = 0

    def __str__(self) -> str:
        return f"第{write_numeral(self.ordinal)}条" + (f"之{write_numeral(self.suffix)}" if self.suffix else "")


def read_numeral(text: str) -> int | None:
    """Return the value of a numeral: Chinese (一百二十, 一〇四) or figures of either width; None if it is none."""
    if not text:
        return None
    if all(char in VALUES for char in text):
        return int("".join(str(VALUES[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in VALUES:
            digit = digit * 10 + VALUES[char] if char.isdecimal() else VALUES[char]
        elif char == "万":
            total, section, digit = (total + section + digit) * 10000, 0, 0
        elif char in UNITS:
            section, digit = section + (digit or 1) * UNITS[char], 0
        else:
            return None
    return total + section + digit


def write_numeral(value: int) -> str:
    """Return a whole number from 0 to 99,999,999 as statutes write it: 十二, 一百零五, 一千零四十."""
    if value < 10:
        return "零" if value == 0 else DIGITS[value]
    if value >= 10000:
        head, rest = divmod(value, 10000)
        between = "零" if 0 < rest < 1000 else ""
        return write_numeral(head) + "万" + between + (_in_full(rest) if rest else "")
    written = _in_full(value)
    return written.removeprefix("一") if value < 20 else written


def _in_full(value: int) -> str:
    """Return a number below 10,000 with every 一 written: 一十二, as inside a larger number."""
    written, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            written += ("零" if gap and written else "") + DIGITS[digit] + name
        gap = digit == 0
    return written


def read_number(text: str) -> Number | None:
    """Return the number that a text consists of, "第十二条之一"; None if it is anything else."""
    found = re.fullmatch(ARTICLE, text.strip())
    return number_of(found) if found else None


def number_of(found: re.Match) -> Number | None:
    """Return the number in a match of ARTICLE; None where the numeral means nothing."""
    ordinal = read_numeral(found["ordinal"])
    if ordinal is None:
        return None
    return Number(ordinal, read_numeral(found["suffix"]) or 0 if found["suffix"] else 0)


def read_citations(text: str) -> tuple[list[str], list[str]]:
    """Return what a list of citations names, in order and once each, and the pieces that name nothing.

    "第三条、第五条之一" gives the numbers alone; "slug#第三条" keeps the handbook before it, for all up to the next ；;
    第三条至第五条 gives all three; a paragraph (第三条第二款) is cited as its article.
    """
    cited, unread = [], []
    for part in re.split("[；;]", text.rstrip("。．. ")):
        handbook = ""
        for piece in filter(None, SEPARATORS.split(part)):
            slug, mark, article = piece.rpartition("#")
            handbook = slug + mark if mark else handbook
            numbers = _numbers(article)
            if not numbers or mark and not re.fullmatch(r"[a-z0-9][a-z0-9-]*", slug):
                unread.append(piece)
                continue
            cited += [f"{handbook}{number}" for number in numbers]
    return list(dict.fromkeys(cited)), unread


def write_citations(cited: list[str]) -> str:
    """Return citations as one line that read_citations reads back."""
    written, handbook = "", ""
    for one in cited:
        slug = one.rpartition("#")[0]
        article = one.rpartition("#")[2] if slug == handbook else one
        written += ("" if not written else "；" if handbook and not slug else "、") + article
        handbook = slug
    return written


def _numbers(piece: str) -> list[Number]:
    """Return the numbers of one citation, several for a range; none if it is not understood."""
    ends = []
    for part in re.split(r"至|到|—|－|-|~|～", piece):
        found = re.match(ARTICLE, part)
        if not found or not REST_OF_CITATION.fullmatch(part, found.end()):
            return []
        ends.append(number_of(found))
    if len(ends) > 2 or None in ends:
        return []
    first, last = ends[0], ends[-1]
    if first == last:
        return [first]
    if first.suffix or last.suffix or not 0 < last.ordinal - first.ordinal < LONGEST_RANGE:
        return []
    return [Number(ordinal) for ordinal in range(first.ordinal, last.ordinal + 1)]
