"""Material that several questions share: 根据以下材料，回答1-3题, 材料一：…"""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quizapp.rules.formats.lines import Row
from quizapp.rules.formats.text import marks, numbering, truths, vocabulary

if TYPE_CHECKING:
    from quizapp.rules.formats.text.walk import Walk

LEADS_IN = re.compile(
    r"[(（【]?(?:请?(?:根据|阅读|依据|结合|分析)).{0,30}(?:回答|完成|解答|作答).{0,24}(?:题|问题).{0,8}"
    r"|[(（【]?第?\s?\d{1,4}\s?[-—~～－至到]\s?\d{1,4}\s?题?\s?(?:题|共用|共同)(?:使?用)?[^。，,]{0,6}(?:题干|材料|资料|病例|病历|案例|背景)[^。，,]{0,4}"
    r"|[(（【]?(?:共用)?(?:材料|资料|案例|背景材料)\s?[一二三四五六七八九十\d]{0,3}\s?[】)）]?\s?(?:[:：].*|$)"
    r"|(?i:(?:reading )?passage\s?(?:[A-F]|\d{1,2}|[IVX]{1,4})?)\s?[:：.]?$"
    r"|(?i:questions?\s\d{1,3}\s?(?:to|[-—–~])\s?\d{1,3}\s(?:are|is)\s(?:based|about).{0,60})"
)
NEXT = re.compile(  # a text behind the questions of another: 案例二, 案例2 某村…, 【背景材料】某村…
    r"(?i:(?:reading )?passage\s?(?:[A-F]|\d{1,2}|[IVX]{1,4}))\s?[:：.]?$|"
    rf"[【\[(（]?(?:背景)?(?:案例|材料|资料|情景|情境)\s?(?:{vocabulary.ORDINAL}|\d{{1,2}})\s?(?:[】\])）]|[:：\s.．、]|$)"
    r"|[【\[](?:背景)?(?:案例|材料|资料|情景|情境)[】\]]"
)
CASE = re.compile("案例|材料|资料|情景|情境|综合|共用题干|阅读")  # in a heading above questions about texts
OF_CASE = re.compile(rf"(?:[(（]\s?{vocabulary.ORDINAL}\s?[)）]|{vocabulary.ORDINAL}[、.．])")
OUTER = re.compile(r"\d{1,3}\s?[.．、](?!\d)")
QUESTIONS = re.compile(r"[【\[]?(?:问题|提问|请问|试问|问)[】\]]?\s?[:：]?")
ASKS = re.compile(r"[(（【]?(?:请|要求|说明|注意|答题|本大?题|每)")  # what is to be done, and no text to be asked about
SPAN = re.compile(
    r"(\d{1,4})\s?[-—~～－至到、,，]\s?(\d{1,4})\s?(?:小?题|题|共用|共同)"
    r"|(?i:questions?)\s(\d{1,3})\s?(?:to|[-—–~])\s?(\d{1,3})\s"
)
LONGEST_LEAD = 120
AS_FAR = 60  # rows of one case
OVER = ("", "option", "answer", "explanation", "given")  # parts after which a question may be over


@dataclass
class Material:
    """A text and the numbers of the questions that go with it; none means all up to the next heading."""

    texts: list[str] = field(default_factory=list)
    first: int | None = None
    last: int | None = None

    def belongs_to(self, number: int | None) -> bool:
        """Return whether the question of that number is asked about this material."""
        return self.first is None or number is not None and self.first <= number <= self.last


def begin(walk: "Walk", index: int, row: Row) -> bool:
    """Open a material where a row leads in to one; return whether it did."""
    if walk.material is not None and walk.entry is None and QUESTIONS.fullmatch(row.text):
        walk.account.ignore(row.number, "heading")
        return True
    is_over = walk.part in OVER or walk.part == "stem" and bool(truths.BRACKET.search("".join(walk.entry.stem[-1:])))
    is_next = bool(NEXT.match(row.text)) and walk.entry is not None and bool(walk.entry.material)
    if not (is_over or is_next) or numbering.any_number(walk, row.text) and not _is_numbered_case(walk, index, row):
        return False
    if (rest := _text_of_case(walk, index, row)) is not None:
        walk.material = Material([rest] if rest else [])
        walk.account.ignore(row.number, "material")
        walk.entry, walk.part, walk.is_new_group = None, "", True
        return True
    if not is_next and (walk.part == "stem" or not _leads_in(row.text)):
        return False
    span = SPAN.search(row.text)
    is_same = walk.material is not None and walk.entry is None and (span is None or walk.material.first is None)
    texts = walk.material.texts if is_same else []
    if span or not is_same:
        walk.material = Material(texts, *(map(int, filter(None, span.groups())) if span else (None, None)))
    walk.entry, walk.part, walk.is_new_group = None, "", True
    take(walk, row)
    return True


def _leads_in(text: str) -> bool:
    is_short = len(text) <= LONGEST_LEAD or text.startswith(("材料", "资料", "案例", "【", "（", "("))
    return is_short and bool(LEADS_IN.match(text[:LONGEST_LEAD]))


def goes_on(walk: "Walk", row: Row) -> bool:
    """Return whether a row before any question is a material's, which begins with it where the heading says case."""
    if walk.material is None and is_case(walk) and not ASKS.match(row.text) and not _is_mark(row.text):
        walk.material = Material()
    return walk.material is not None


def is_case(walk: "Walk") -> bool:
    """Return whether the heading of the part says that its questions are asked about texts."""
    return bool(CASE.search(walk.section.words))


def _is_mark(text: str) -> bool:
    return bool(marks.read_option(text) or marks.read_label(text))


def _text_of_case(walk: "Walk", index: int, row: Row) -> str | None:
    """Return what stands behind the number of a case among others: （二）…, or 2. … above questions （1）, （2）."""
    if not (is_case(walk) or _is_numbered_case(walk, index, row)):
        return None
    of_case, outer = OF_CASE.match(row.text), OUTER.match(row.text)
    rows = walk.rows[index + 1 : index + AS_FAR] if outer else ()
    following = (numbering.any_number(walk, one.text) for one in rows)
    if of_case or next((found[0] for found in following if found), None) == 1:
        return row.text[(of_case or outer).end() :].strip()
    return None


def _is_numbered_case(walk: "Walk", index: int, row: Row) -> bool:
    """Return whether a row leads in to a text behind a number, 1. 阅读下列材料…, above the question (1)."""
    outer = OUTER.match(row.text)
    if not outer or not _leads_in(row.text[outer.end() :].lstrip()):
        return False
    below = (one.text for one in walk.rows[index + 1 : index + AS_FAR] if numbering.any_number(walk, one.text))
    first = next(below, "")
    is_other = numbering.habit_of(walk, first) != numbering.habit_of(walk, row.text)
    return bool(first) and is_other and numbering.any_number(walk, first)[0] == 1


def take(walk: "Walk", row: Row) -> None:
    """Add a row to the material that is open."""
    walk.material.texts.append(row.text)
    walk.account.ignore(row.number, "material")


def of_question(walk: "Walk", number: int | None) -> str:
    """Return the material that the question is asked about; one whose last question has passed is closed."""
    if walk.material is None or not walk.material.belongs_to(number):
        walk.material = None
        return ""
    return "\n".join(walk.material.texts)
