"""Material that several questions share: 根据以下材料，回答1-3题, 材料一：…"""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quizapp.rules.formats.lines import Row
from quizapp.rules.formats.text import numbering

if TYPE_CHECKING:
    from quizapp.rules.formats.text.walk import Walk

LEADS_IN = re.compile(
    r"[(（【]?(?:请?(?:根据|阅读|依据|结合|分析)).{0,30}(?:回答|完成|解答|作答).{0,24}(?:题|问题).{0,8}"
    r"|[(（【]?(?:共用)?(?:材料|资料|案例|背景材料)\s?[一二三四五六七八九十\d]{0,3}\s?[】)）]?\s?(?:[:：].*|$)"
)
SPAN = re.compile(r"(\d{1,4})\s?[-—~～－至到、,，]\s?(\d{1,4})\s?(?:小?题|题)")
LONGEST_LEAD = 120
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
    found = LEADS_IN.match(row.text[:LONGEST_LEAD])
    if not found or walk.part not in OVER or numbering.any_number(walk, row.text):
        return False
    if not row.text.startswith(("材料", "资料", "案例", "【", "（", "(")) and len(row.text) > LONGEST_LEAD:
        return False
    span = SPAN.search(row.text)
    is_same = walk.material is not None and walk.entry is None and span is None
    if not is_same:
        walk.material = Material([], *(map(int, span.groups()) if span else (None, None)))
    walk.entry, walk.part, walk.is_new_group = None, "", True
    take(walk, row)
    return True


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
