"""One article as it is being read: it takes lines, and tells the law it rests on apart from its own text."""

import re
from dataclasses import dataclass, field

from quizapp.rules.articles import Number
from quizapp.rules.formats.handbook import marks
from quizapp.rules.formats.lines import Row, join_wrapped

BASIS = re.compile(r"\**依据\**\s*[：:]\s*\**\s*(?P<law>.+)")
ITEM = re.compile(r"[（(\[【]|[-*+]\s|[|>#]|\d+[.．、)）]|[一二三四五六七八九十]+、|[①-⑳]|[“\"‘]")


@dataclass
class Article:
    """An article and the lines that belong to it; the text of the first is what follows the number."""

    number: Number
    mark: str  # the number as it is shown
    path: list[str]
    rows: list[Row] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def take(self, row: Row, text: str) -> None:
        """Add a line."""
        self.rows.append(row)
        self.texts.append(text)

    def drop_last(self) -> Row:
        """Give back the last line taken."""
        self.texts.pop()
        return self.rows.pop()

    def text(self) -> str:
        """Return the text: lines broken in the middle of a sentence joined, a blank line between paragraphs kept."""
        parts: list[str] = []
        for row, text in zip(self.rows, self.texts, strict=True):
            if BASIS.fullmatch(text):
                continue
            if parts and parts[-1] and _goes_on(parts[-1], row, text):
                parts[-1] = join_wrapped(parts[-1], text)
            else:
                parts.append(("\n" if row.is_apart and parts and parts[-1] else "") + text)
        return "\n".join(parts).strip()

    def basis(self) -> list[str]:
        """Return what its 依据 lines name."""
        return [found["law"].strip() for text in self.texts if (found := BASIS.fullmatch(text))]

    def as_document(self) -> dict:
        """Return the article in the shape of the outside contract."""
        return {
            "number": self.mark,
            "ordinal": self.number.ordinal,
            "suffix": self.number.suffix,
            "path": self.path,
            "text": self.text(),
            "basis": self.basis(),
            "source": {"from": self.rows[0].number, "to": self.rows[-1].number},
        }


def _goes_on(part: str, row: Row, text: str) -> bool:
    return not (row.is_apart or row.is_indented or ITEM.match(text) or marks.is_sentence(part))
