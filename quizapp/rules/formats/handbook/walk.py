"""The walk through the lines: headings make the path, an article takes the lines up to the next one."""

import re

from quizapp.rules.articles import Number
from quizapp.rules.formats.handbook import marks
from quizapp.rules.formats.handbook.article import Article
from quizapp.rules.formats.handbook.marks import Heading
from quizapp.rules.formats.lines import Account, Row, even_spaces
from quizapp.rules.words import N_

ANNEX = re.compile(r"#{0,6}\s*\**附\s*(?:件|录|表|图|[：:])")
SECTION_RANK = 6  # 一、一般规定 as a heading: below every 编, 章 and 节
LONGEST_SECTION = 30
NEAR = 3  # a number that skips more than this, glued to its text, is taken for a citation


def read_articles(rows: list[Row], account: Account, title: str = "") -> tuple[list[Article], list[Row]]:
    """Return (articles, the lines before the first); `title` where the head of the file told it."""
    walk = _Walk(rows, account, title)
    for index, row in enumerate(rows):
        walk.step(index, row)
    return walk.articles, walk.before


class _Walk:
    """One pass; where it stands is the path, the article that takes the next line, and the heading just passed."""

    def __init__(self, rows: list[Row], account: Account, title: str):
        self.rows, self.account, self.title = rows, account, title
        self.starts = [marks.read_start(row.text) for row in rows]
        sure = [start for start in self.starts if start and not start.is_cited]
        self.by_clause = _count_clauses(rows) > len(sure)
        self.is_spaced = sum(start.is_spaced for start in sure) * 2 >= len(sure)
        self.articles: list[Article] = []
        self.before: list[Row] = []
        self.path: list[Heading] = []
        self.current: Article | None = None
        self.is_annex = self.is_aside = False

    def step(self, index: int, row: Row) -> None:
        """Take one row."""
        begun = self._begun_by(index, row)
        if begun:
            self._begin(row, *begun)
        elif self.is_annex or self.articles and ANNEX.match(row.text):
            self.is_annex = True
            self.account.ignore(row.number, "annex")
        elif heading := self._heading(index, row):
            self._enter(row, heading)
        elif self.current:
            self.current.take(row, row.text)
        elif self._names_heading(index, row):
            last = self.path[-1]
            self.path[-1] = Heading(last.rank, last.label, f"{last.label} {even_spaces(row.text)}")
            self.account.ignore(row.number, "heading")
        elif self.path and not self.is_aside:
            self.account.problem(
                "outside-article",
                N_("This line stands below a heading but before an article, so it belongs to none."),
                row.number,
                "warning",
            )
        else:
            self.before.append(row)

    def _begun_by(self, index: int, row: Row) -> tuple[Number, str, str] | None:
        """Return (number, mark, text) of the article that the row begins."""
        if self.by_clause:
            clause = marks.read_clause(row.text)
            last = self.articles[-1].number.ordinal if self.articles else 0
            if clause and (clause[0] == last + 1 or last < clause[0] <= last + NEAR and not self.is_annex):
                return Number(clause[0]), clause[1], clause[2]
            return None
        start = self.starts[index]
        if start and self._is_start(index, start):
            return start.number, str(start.number), start.text
        return None

    def _is_start(self, index: int, start: marks.Start) -> bool:
        """Tell an article from a citation that happens to stand at the head of a line."""
        if start.is_cited:
            return False
        follows = self._follows(start.number)
        if self.is_annex or self._is_broken_sentence(index):
            return follows and start.is_spaced
        if start.is_spaced:
            return True
        last = self.articles[-1].number.ordinal if self.articles else start.number.ordinal - 1
        return follows or not self.is_spaced or last < start.number.ordinal <= last + NEAR

    def _follows(self, number: Number) -> bool:
        if not self.articles:
            return True
        last = self.articles[-1].number
        return number in (Number(last.ordinal + 1), Number(last.ordinal, last.suffix + 1))

    def _is_broken_sentence(self, index: int) -> bool:
        """Return whether the row before ends in the middle of a sentence that this row may go on with."""
        if not self.current or self.rows[index].is_apart or index == 0:
            return False
        return not marks.is_sentence(self.rows[index - 1].text)

    def _begin(self, row: Row, number: Number, mark: str, text: str) -> None:
        self.current = Article(number, mark, [heading.words for heading in self.path])
        self.current.take(row, text)
        self.articles.append(self.current)
        self.is_annex = self.is_aside = False

    def _heading(self, index: int, row: Row) -> Heading | None:
        heading = marks.read_heading(row.text)
        if heading and self._is_title(row, heading):
            return None
        if heading or self.by_clause:
            return heading
        clause = marks.read_clause(row.text)
        follower = self.starts[index + 1] if index + 1 < len(self.rows) else None
        if not clause or not follower or follower.is_cited:
            return None
        if len(row.text) > LONGEST_SECTION or marks.is_sentence(row.text):
            return None
        return Heading(SECTION_RANK, "", even_spaces(row.text))

    def _is_title(self, row: Row, heading: Heading) -> bool:
        """Return whether a heading without 编, 章 or 节 at the head of the file is the title of it all."""
        if heading.label or self.articles or self.path:
            return False
        return marks.hashes(row.text) == 1 and self.title in ("", heading.words)

    def _enter(self, row: Row, heading: Heading) -> None:
        self.path = [one for one in self.path if one.rank < heading.rank] + [heading]
        self.current = None
        self.is_aside = not heading.label and not self.articles
        self.account.ignore(row.number, "heading")

    def _names_heading(self, index: int, row: Row) -> bool:
        """Return whether the row is the name of the bare 第二章 that stands before it."""
        last = self.path[-1] if self.path else None
        return (
            last is not None
            and index > 0
            and last.label == last.words
            and marks.read_heading(self.rows[index - 1].text) == last
            and len(row.text) <= LONGEST_SECTION
            and not marks.is_sentence(row.text)
        )


def _count_clauses(rows: list[Row]) -> int:
    """Return how far 一、 二、 三、 runs through the rows; one alone is no run."""
    last = 0
    for row in rows:
        clause = marks.read_clause(row.text)
        if clause and clause[0] == last + 1:
            last += 1
    return last if last > 1 else 0
