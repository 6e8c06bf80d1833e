"""Search in articles: every Han character is a word of its own, words are phrases, so that 孕检 is found."""

import re
from dataclasses import dataclass

from sqlalchemy import select, text

from quizapp.extensions import db
from quizapp.models import Article, ArticleText, Edition, Handbook
from quizapp.services.transaction import is_postgresql

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
TOKEN = re.compile(rf"[{HAN}]|[^\W_{HAN}]+")
AROUND = 40  # characters shown on each side of the first hit
MOST = 50


@dataclass(frozen=True)
class Hit:
    """An article that holds every word asked for; `before`, `match`, `after` show the first place."""

    handbook: str
    slug: str
    article_id: str
    number: str
    before: str
    match: str
    after: str


def tokens(words: str) -> str:
    """Return the text as the index keeps it: tokens apart, in small letters."""
    return " ".join(token.lower() for token in TOKEN.findall(words))


def index(session, text_id: int, body: str) -> None:
    """Put an article's text into the index, in the open transaction."""
    put(session.connection(), text_id, body)


def put(connection, text_id: int, body: str) -> None:
    """Put an article's text into the index of the database that a connection leads to."""
    if connection.dialect.name == "postgresql":
        statement = "INSERT INTO article_search (text_id, body) VALUES (:id, to_tsvector('simple', :body))"
    else:
        statement = "INSERT INTO article_search (rowid, body) VALUES (:id, :body)"
    connection.execute(text(statement), {"id": text_id, "body": tokens(body)})


def search(words: str) -> list[Hit]:
    """Return articles of current editions that hold all the words, best first; each word is found as a phrase."""
    phrases = [tokens(word) for word in words.split()[:8]]
    phrases = [phrase for phrase in phrases if phrase]
    if not phrases:
        return []
    ids = _matching(phrases)
    query = (
        select(ArticleText.id, Handbook.title, Handbook.slug, Article.public_id, ArticleText.number, ArticleText.body)
        .join(Edition, Edition.id == ArticleText.edition_id)
        .join(Handbook, Handbook.id == Edition.handbook_id)
        .join(Article, Article.id == ArticleText.article_id)
        .where(Edition.is_current, ArticleText.id.in_(ids))
    )
    order = {text_id: place for place, text_id in enumerate(ids)}
    rows = sorted(db.session.execute(query), key=lambda row: order[row.id])[:MOST]
    return [Hit(row.title, row.slug, row.public_id, row.number, *_around(row.body, words.split()[0])) for row in rows]


def _matching(phrases: list[str]) -> list[int]:
    if is_postgresql():
        clauses = " && ".join(f"phraseto_tsquery('simple', :p{n})" for n in range(len(phrases)))
        statement = (
            f"SELECT text_id FROM article_search, (SELECT {clauses} AS q) AS asked"  # noqa: S608 (names only)
            " WHERE body @@ q ORDER BY ts_rank(body, q) DESC, text_id LIMIT 500"
        )
        values = {f"p{n}": phrase for n, phrase in enumerate(phrases)}
    else:
        statement = "SELECT rowid FROM article_search WHERE article_search MATCH :asked ORDER BY rank, rowid LIMIT 500"
        values = {"asked": " AND ".join(f'"{phrase}"' for phrase in phrases)}
    return [row[0] for row in db.session.execute(text(statement), values)]


def _around(body: str, word: str) -> tuple[str, str, str]:
    """Return what stands before, the word as it is written, and what stands after."""
    pattern = r"\W*".join(re.escape(token) for token in TOKEN.findall(word))
    found = re.search(pattern, body, re.I) if pattern else None
    start, end = found.span() if found else (0, 0)
    lead = "…" if start > AROUND else ""
    tail = "…" if end + AROUND < len(body) else ""
    return lead + body[max(0, start - AROUND) : start], body[start:end], body[end : end + AROUND] + tail
