"""What stands before the first article: the title, and the history that says when the text was made and changed."""

import re
from dataclasses import dataclass, field

from quizapp.rules.articles import Number
from quizapp.rules.formats.handbook import marks
from quizapp.rules.formats.handbook.article import Article
from quizapp.rules.formats.lines import Account, Row, even_spaces
from quizapp.rules.words import N_

DATE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
MADE = re.compile(r"通过|公布|发布|批准|修订|修正|修改|印发|颁布|印行")
IN_FORCE = re.compile(r"施行|实施|生效")
LAW = re.compile(
    r"(?:法|条例|规定|办法|细则|规则|规程|解释|决定|批复|章程|准则|标准|修正案|守则|制度|公约|方案|意见|通知|手册|编)"
    r"(?:\s*[（(][^（）()]{1,30}[）)])*"
)
LONGEST_TITLE = 80
ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
IN_BRACKETS = re.compile(r"[（(][^（）()]{1,30}[）)]")
WHOLE = N_("The text numbers no articles; it was taken in as one.")


@dataclass
class History:
    """What the lines before the first article tell."""

    made: list[str] = field(default_factory=list)
    in_force: list[str] = field(default_factory=list)

    def latest(self) -> str:
        """Return the day on which this edition was made, YYYY-MM-DD, or "" where the text does not tell."""
        return max(self.made, default="")

    def effective(self, articles: list[Article], edition: str) -> str:
        """Return the day from which this edition holds; the last article of an amended law tells only the first."""
        said = [date for article in articles[-1:] for date in _dates(article.text()) if IN_FORCE.search(article.text())]
        if not ISO_DATE.fullmatch(edition):
            return ""
        return max((day for day in self.in_force + said if day >= edition), default="")


def read(rows: list[Row], account: Account, given: str) -> tuple[str, History]:
    """Return (title, history); `given` is the title in the file's head, which wins. Every row is noted as ignored."""
    titles = _title_rows(rows, given)
    numbers = {row.number for row in titles}
    history = History()
    for row in rows:
        account.ignore(row.number, "title" if row.number in numbers else "preamble")
        if row.number not in numbers:
            days = _dates(row.text)
            (history.made if MADE.search(row.text) else history.in_force if IN_FORCE.search(row.text) else []).extend(
                days
            )
    return given or _joined([_title_words(row.text) for row in titles]), history


def day_in(name: str) -> str:
    """Return the day written in a file name, YYYY-MM-DD, or ""."""
    found = ISO_DATE.search(name)
    return found[0] if found else ""


def _joined(words: list[str]) -> str:
    """Join the lines of a title; one that is all in brackets belongs to the words before it."""
    return "".join(("" if not index or IN_BRACKETS.fullmatch(one) else " ") + one for index, one in enumerate(words))


def _dates(text: str) -> list[str]:
    return [f"{int(year):04}-{int(month):02}-{int(day):02}" for year, month, day in DATE.findall(text)]


def _title_rows(rows: list[Row], given: str) -> list[Row]:
    """Choose the title: level-one headings, else the last short line that is named like a law, else the first line."""
    headings = [row for row in rows if marks.hashes(row.text) == 1]
    if headings:
        return headings
    if given:
        return [row for row in rows if _title_words(row.text) == given][:1]
    named = [index for index, row in enumerate(rows) if _is_named_like_a_law(row.text)]
    first = named[-1] if named else next((index for index, row in enumerate(rows) if _is_short(row.text)), None)
    if first is None:
        return []
    follower = rows[first + 1 : first + 2]
    is_part = follower and IN_BRACKETS.fullmatch(follower[0].text) and not DATE.search(follower[0].text)
    return rows[first : first + (2 if is_part else 1)]


def _is_short(text: str) -> bool:
    return len(text) <= LONGEST_TITLE and not marks.is_sentence(text)


def _is_named_like_a_law(text: str) -> bool:
    words = _title_words(text)
    return _is_short(text) and not DATE.search(text) and bool(re.fullmatch(rf"[^，。；：]*{LAW.pattern}", words))


def _title_words(text: str) -> str:
    words = even_spaces(text.lstrip("#").replace("**", ""))
    whole = re.fullmatch(r"《([^《》]*)》(.*)", words)
    return whole[1] + whole[2] if whole else words


def as_one_article(rows: list[Row], title: str, account: Account) -> list[Article]:
    """Return a law without numbers (a short amendment) as one article; anything else without numbers gives none."""
    body = [row for row in rows if account.ignored.get(row.number) == "preamble" and not _is_history(row)]
    if not re.search(r"修正案|决定|解释|批复|规定|通知|公告|意见", title) or not any(_is_history(row) for row in rows):
        return []
    if not body or not any(marks.is_sentence(row.text) for row in body):
        return []
    article = Article(Number(1), "全文", [])
    for row in body:
        article.take(row, row.text)
        del account.ignored[row.number]
    account.problem("no-numbers", WHOLE, body[0].number, "warning")
    return [article]


def _is_history(row: Row) -> bool:
    return bool(DATE.match(row.text.lstrip("（(")) and MADE.search(row.text))
