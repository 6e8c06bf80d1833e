"""The text of a handbook or a law -> title, articles, what is wrong, and what became of every other line."""

from quizapp.rules.formats import front_matter
from quizapp.rules.formats.handbook import checks, contents, ending, opening
from quizapp.rules.formats.handbook.walk import read_articles
from quizapp.rules.formats.lines import Account, lines_of, rows_of


def read(text: str, name: str = "") -> dict:
    """Return the document of `handbook check`; it never refuses, but lists problems.

    `name` is the file's; a day in it says of which edition the text is, where the head of the text does not.

    Reads the house format and laws as they are published, in Markdown or plain text: chapters, 第十二条之一, clauses
    of amendments (一、), a table of contents, what stands before the first article and after the last. Every line
    that is not blank is in an article's source, in `ignored` with a reason, or the place of a problem.
    """
    account = Account()
    lines = lines_of(text, account)
    matter, first = front_matter.read(lines, account)
    rows = contents.leave_out(rows_of(lines, first), account)
    rows = ending.leave_out_rulers(rows, account)
    articles, before = read_articles(rows, account, matter.get("title", ""))
    ending.leave_out_signature(articles, account)
    title, told = opening.read(before, account, matter.get("title", ""))
    if not articles:
        articles = opening.as_one_article(before, title, account)
    checks.check(articles, account)
    edition = matter.get("edition") or opening.day_in(name) or told.latest()
    return {
        "title": title,
        "edition": edition,
        "effective": matter.get("effective") or told.effective(articles, edition),
        "front_matter": matter,
        "preamble": [row.text for row in before if account.ignored.get(row.number) == "preamble"],
        "articles": [article.as_document() for article in articles],
        "problems": account.problems,
        "ignored": account.ranges(),
    }
