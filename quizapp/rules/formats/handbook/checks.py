"""What is wrong with the articles of a handbook as they follow each other."""

from quizapp.rules.formats.handbook.article import Article
from quizapp.rules.formats.lines import Account
from quizapp.rules.words import N_

FIRST_MAY_BE = 20  # a part of a code begins at a number far above this; below it, the beginning is likely lost


def check(articles: list[Article], account: Account) -> None:
    """Note every problem: none at all, empty, twice, out of order, missing numbers."""
    if not articles:
        account.problem(
            "no-articles", N_("No article was found: no line begins with 第…条, and none is numbered 一、.")
        )
        return
    seen: dict = {}
    for article in articles:
        place = article.rows[0].number
        if not article.text():
            account.problem("empty-article", N_("%(number)s has no text."), place, number=article.mark)
        if article.number in seen:
            account.problem(
                "duplicate-number",
                N_("%(number)s is there already, in line %(line)s."),
                place,
                number=article.mark,
                line=seen[article.number],
            )
        seen.setdefault(article.number, place)
    _check_order(articles, account)


def _check_order(articles: list[Article], account: Account) -> None:
    first = articles[0].number
    if first.suffix or 1 < first.ordinal <= FIRST_MAY_BE:
        _gap(account, articles[0], "")
    for before, article in zip(articles, articles[1:], strict=False):
        last, number = before.number, article.number
        if number < last:
            account.problem(
                "out-of-order",
                N_("%(number)s comes after %(before)s."),
                article.rows[0].number,
                number=article.mark,
                before=before.mark,
            )
        elif number > last and not _is_next(last, number):
            _gap(account, article, before.mark)


def _is_next(last, number) -> bool:
    if number.ordinal == last.ordinal:
        return number.suffix == last.suffix + 1
    return number.ordinal == last.ordinal + 1 and number.suffix == 0


def _gap(account: Account, article: Article, before: str) -> None:
    place, number = article.rows[0].number, article.mark
    if before:
        account.problem(
            "gap",
            N_("Between %(before)s and %(number)s something is missing."),
            place,
            "warning",
            before=before,
            number=number,
        )
    else:
        account.problem("gap", N_("The text begins with %(number)s."), place, "warning", number=number)
