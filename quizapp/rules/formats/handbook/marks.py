"""What one line of a law is by its looks: a heading, the start of an article, a numbered clause."""

import re
from dataclasses import dataclass

from quizapp.rules.articles import ARTICLE, NUMERAL, Number, number_of, read_numeral
from quizapp.rules.formats.lines import even_spaces

RANKS = {"编": 1, "篇": 1, "部分": 1, "分编": 2, "章": 3, "节": 4}
BY_HASHES = {1: 1, 2: 3, 3: 4}
NUMBERED = re.compile(
    rf"(?P<hashes>#{{0,6}})\s*(?P<label>第\s*{NUMERAL}\s*(?P<word>分编|部分|编|篇|章|节))(?P<rest>.*)", re.DOTALL
)
# dots up to a page number
LEADER = re.compile(r"(?<![\s.．。·…_-])[\s.．。·…_-]{2,}(?<=[.．。·…_-]{2})\s{0,9}\d{0,9}$")
GOES_ON = re.compile(r"规定|所|的|中|和|及|或|与|以|至|到|之|内|[、，,；;：:。）)》”’]|第")
SENTENCE_END = "。；：，、！？.;:,!?"
LONGEST_HEADING = 40  # of one without hashes; anything longer is a sentence
LONGEST_LINE = 300  # of any heading; no longer line is looked at
CLAUSE = re.compile(r"(?P<mark>(?P<ordinal>[一二三四五六七八九十百]{1,4})、)\s*(?P<rest>.+)", re.DOTALL)

START = re.compile(rf"(?P<bold>\*\*|__)?{ARTICLE}(?P<rest>.*)", re.DOTALL)
PARAGRAPH = rf"第\s*{NUMERAL}\s*[款项目]"
CITED = re.compile(  # what follows a number that is cited, when nothing stands between
    rf"{PARAGRAPH}|第|规定|之规定|所列|所称|所述|所指|所规定|的|中(?![华国央外小])|内|以外|至|到|和|及|或|与|以及"
    r"|修改|修订|修正|改为|删去|后增加|增加|并入|[、，,；;。)）》”]"
)
CITED_APART = re.compile(rf"{PARAGRAPH}|[、，,；;。)）》”]|至第|和第|及第|或者?第|规定的")


@dataclass(frozen=True)
class Heading:
    """A heading: its rank (the lower, the wider), its number as a label (第二章) or "", and its words, evened out."""

    rank: int
    label: str
    words: str


@dataclass(frozen=True)
class Start:
    """A line that may start an article: its number, the text behind it, and how the two stand together."""

    number: Number
    text: str
    is_spaced: bool
    is_cited: bool


def read_heading(line: str) -> Heading | None:
    """Return the heading that a line is, by 编, 章, 节 or by its hashes; None for anything else."""
    if len(line) > LONGEST_LINE:
        return None
    bare = line.strip().removeprefix("**").removesuffix("**").strip()
    found = NUMBERED.fullmatch(bare)
    if found:
        return _numbered(found)
    level = hashes(bare)
    words = even_spaces(bare.strip("#").replace("**", ""))
    if not 0 < level <= 6 or not words or read_start(bare):
        return None
    return Heading(BY_HASHES.get(level, 5), "", words)


def _numbered(found: re.Match) -> Heading | None:
    rest = LEADER.sub("", found["rest"])
    title = even_spaces(rest)
    if not found["hashes"]:
        is_glued = rest[:1] and not rest[0].isspace()
        if is_glued and GOES_ON.match(rest):
            return None
        if len(title) > LONGEST_HEADING or title.endswith(tuple(SENTENCE_END)) or "。" in title:
            return None
    label = "".join(found["label"].split())
    return Heading(RANKS[found["word"]], label, f"{label} {title}".strip())


def hashes(line: str) -> int:
    """Return how many hashes a line begins with."""
    return len(line) - len(line.lstrip("#"))


def read_start(line: str) -> Start | None:
    """Return the article that a line may start; whether it does, its surroundings decide."""
    found = START.fullmatch(line.lstrip("#").lstrip())
    number = number_of(found) if found else None
    if number is None:
        return None
    rest = found["rest"]
    if found["bold"]:
        rest = rest.replace(found["bold"], "", 1)
    text = rest.strip()
    is_spaced = not rest or rest[0].isspace() or rest[0] in "：:（(【[〔*" or bool(found["bold"])
    is_cited = bool((CITED_APART if is_spaced else CITED).match(text))
    return Start(number, text.lstrip("：:").strip(), is_spaced, is_cited)


def read_clause(line: str) -> tuple[int, str, str] | None:
    """Return (ordinal, mark, text) of a clause numbered 一、 二、; None for anything else."""
    found = CLAUSE.fullmatch(line)
    if not found:
        return None
    return read_numeral(found["ordinal"]), found["mark"], found["rest"]


def is_sentence(text: str) -> bool:
    """Return whether a line ends as a sentence or a part of a list does."""
    return text.rstrip("”’\"'）)》】*").endswith(tuple(SENTENCE_END))
