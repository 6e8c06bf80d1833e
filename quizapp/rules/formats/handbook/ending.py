"""What stands after the last article, and between any: rulers, the issuer and the date, the buttons of a web page."""

import re

from quizapp.rules.formats.handbook import marks
from quizapp.rules.formats.handbook.article import Article
from quizapp.rules.formats.lines import Account, Row

RULER = re.compile(r"(?:[-=_*#·—]\s*){3,}|[|｜]")
PAGE = re.compile(r"[-—]?\s*\d{1,4}\s*[-—]?|第\s*\d+\s*页(?:\s*[，,/]?\s*共\s*\d+\s*页)?")
DAY = re.compile(
    r"[（(]?\s*[\d〇○Ｏ零一二三四五六七八九]{2,4}\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日\s*[）)]?"
)
BUTTON = re.compile(r".{0,20}(?:打印|关闭|分享到?|上一篇|下一篇|返回顶部|责任编辑|扫一扫|相关链接|纠错|字体).{0,30}")
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
    """Take from the last article the lines that sign the whole text; they are noted as ignored."""
    last = articles[-1] if articles else None
    while last and len(last.rows) > 1:
        if BUTTON.fullmatch(last.rows[-1].text):
            account.ignore(last.drop_last().number, "page-button")
        elif DAY.fullmatch(last.rows[-1].text):
            account.ignore(last.drop_last().number, "signature")
            while len(last.rows) > 1 and _is_issuer(last.rows[-1].text):
                account.ignore(last.drop_last().number, "signature")
        else:
            return


def _is_issuer(text: str) -> bool:
    return len(text) <= LONGEST_ISSUER and not marks.is_sentence(text) and not re.search(r"[，、。；：]", text)
