"""What stands after the last article, and between any: rulers, the issuer and the date, the buttons of a web page."""

import re

from quizapp.rules.formats.handbook import marks
from quizapp.rules.formats.handbook.article import ITEM, Article
from quizapp.rules.formats.lines import Account, Row

RULER = re.compile(r"(?:[-=_*#·—]\s*){3,}|[|｜]")
PAGE = re.compile(r"[-—]?\s*\d{1,4}\s*[-—]?|第\s*\d+\s*页(?:\s*[，,/]?\s*共\s*\d+\s*页)?")
DAY = re.compile(
    r"[（(]?\s*[\d〇○Ｏ零一二三四五六七八九]{2,4}\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日\s*[）)]?"
)
BUTTON = re.compile(
    r".*javascript:.*|.{0,20}(?:打印|关闭|分享到?|上一篇|下一篇|返回顶部|责任编辑|扫一扫|相关链接|纠错|字体).{0,30}"
)
ISSUER = re.compile(r"(?:政府|委员会|办公[厅室]|局|厅|部|院|会|大队|中心|处|科|站|所)$")
IN_FORCE = re.compile(r"施行|实施|生效|执行|废止")
LONGEST_ISSUER = 30


def leave_out_rulers(rows: list[Row], account: Account) -> list[Row]:
    """Return the rows without rulers and page numbers, which are noted as ignored."""
    kept = []
    for row in rows:
        reason = "ruler" if RULER.fullmatch(row.text) else "page-number" if PAGE.fullmatch(row.text) else ""
        if reason:
            account.ignore(row.number, reason)
        else:
            kept.append(row)
    return kept


def leave_out_signature(articles: list[Article], account: Account) -> None:
    """Take from the last article the lines that sign the whole text or belong to a web page around it."""
    last = articles[-1] if articles else None
    while last and len(last.rows) > 1:
        text = last.rows[-1].text
        if BUTTON.fullmatch(text):
            account.ignore(last.drop_last().number, "page-button")
        elif DAY.fullmatch(text) or _is_issuer(last):
            account.ignore(last.drop_last().number, "signature")
        elif _is_over(last):
            account.ignore(last.drop_last().number, "after-the-end")
        else:
            return


def _is_issuer(article: Article) -> bool:
    """Return whether the last line is a name, set apart from a text that has ended."""
    text, before = article.rows[-1].text, article.rows[-2].text
    is_name = len(text) <= LONGEST_ISSUER and not re.search(r"[，、。；：（(#|>]|^[-*+]\s|\d[.．、]", text)
    return is_name and article.rows[-1].is_apart and before.endswith("。") and bool(ISSUER.search(text))


def _is_over(article: Article) -> bool:
    """Return whether the last line is no sentence although the text before it has said from when it holds."""
    row = article.rows[-1]
    said = "".join(row.text for row in article.rows[:-1])
    return row.is_apart and bool(IN_FORCE.search(said)) and not marks.is_sentence(row.text) and not ITEM.match(row.text)
