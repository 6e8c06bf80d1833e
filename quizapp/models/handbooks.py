"""Handbooks, their editions, and articles that keep their identity over editions."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.extensions import Base
from quizapp.models.types import Json, Moment, new_public_id


class Handbook(Base):
    __tablename__ = "handbooks"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(Moment)


class Edition(Base):
    """One edition of a handbook; at most one of them is current."""

    __tablename__ = "editions"
    __table_args__ = (
        UniqueConstraint("handbook_id", "label"),
        Index(
            "uq_editions_current",
            "handbook_id",
            unique=True,
            sqlite_where=text("is_current"),
            postgresql_where=text("is_current"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handbook_id: Mapped[int] = mapped_column(ForeignKey("handbooks.id"))
    label: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(200))
    effective_on: Mapped[date | None] = mapped_column(Date)
    is_current: Mapped[bool] = mapped_column(default=False)
    digest: Mapped[str] = mapped_column(String(64))  # of the source text: the same file twice is no new edition
    imported_at: Mapped[datetime] = mapped_column(Moment)


class Article(Base):
    """What stays the same when an article is worded anew: the thing that questions cite."""

    __tablename__ = "articles"
    __table_args__ = (UniqueConstraint("handbook_id", "identity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    handbook_id: Mapped[int] = mapped_column(ForeignKey("handbooks.id"))
    identity: Mapped[str] = mapped_column(String(32))


class ArticleText(Base):
    """An article as one edition words it."""

    __tablename__ = "article_texts"
    __table_args__ = (
        UniqueConstraint("edition_id", "article_id"),
        UniqueConstraint("edition_id", "position", name="uq_article_texts_position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), index=True)
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(64))
    path: Mapped[list] = mapped_column(Json)
    body: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text)
    basis: Mapped[list] = mapped_column(Json)


class Reading(Base):
    """That a person has read an article, and for how long."""

    __tablename__ = "readings"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), primary_key=True, index=True)
    first_read_at: Mapped[datetime] = mapped_column(Moment)
    last_read_at: Mapped[datetime] = mapped_column(Moment)
