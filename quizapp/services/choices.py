"""What forms offer: units, campaigns, posts, banks with their chapters, each within reach of the deed."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import (
    Article,
    Bank,
    Campaign,
    Citation,
    Handbook,
    Person,
    Question,
    QuestionRevision,
    RoleGrant,
    Unit,
)
from quizapp.rules.permissions import Actor
from quizapp.services import scope
from quizapp.services.banks.sight import in_sight
from quizapp.services.units import Place


def places(actor: Actor, deed: str, kinds: tuple[str, ...]) -> list[Place]:
    """Return the units of these kinds within which the deed is allowed, ordered by code."""
    query = select(Unit.code, Unit.name, Unit.kind).where(
        Unit.id.in_(scope.visible_units(actor, deed)), Unit.kind.in_(kinds)
    )
    return [Place(*row) for row in db.session.execute(query.order_by(Unit.code))]


@dataclass(frozen=True)
class CampaignChoice:
    """A campaign that an exam may be set up for."""

    id: str
    title: str
    unit: str
    ends_on: date


def campaigns(actor: Actor) -> list[CampaignChoice]:
    """Return the campaigns within which the actor may manage exams, newest first."""
    query = select(Campaign.public_id, Campaign.title, Unit.name, Campaign.ends_on).join_from(Campaign, Unit)
    query = query.where(Campaign.unit_id.in_(scope.visible_units(actor, "exams.manage")))
    rows = db.session.execute(query.order_by(Campaign.starts_on.desc(), Campaign.id.desc()))
    return [CampaignChoice(*row) for row in rows]


def posts(actor: Actor) -> list[str]:
    """Return the posts that trainees within reach hold."""
    trainees = select(RoleGrant.person_id).where(RoleGrant.role == "trainee")
    query = select(Person.post).where(
        Person.is_active,
        Person.post != "",
        Person.id.in_(trainees),
        Person.unit_id.in_(scope.visible_units(actor, "exams.manage")),
    )
    return list(db.session.scalars(query.distinct().order_by(Person.post)))


@dataclass(frozen=True)
class BankChoice:
    """A bank that papers may be drawn from, with the chapters and difficulties of its questions in use."""

    slug: str
    title: str
    chapters: list[str] = field(default_factory=list)
    difficulties: list[str] = field(default_factory=list)


def banks_of(actor: Actor, deed: str, unit_code: str) -> list[BankChoice]:
    """Return the banks that a unit keeps, where the deed reaches it, by title; without chapters."""
    query = select(Bank.slug, Bank.title).join(Unit, Unit.id == Bank.unit_id)
    query = query.where(Unit.code == unit_code, Unit.id.in_(scope.visible_units(actor, deed)))
    return [BankChoice(*row) for row in db.session.execute(query.order_by(Bank.title, Bank.id))]


def banks(actor: Actor) -> list[BankChoice]:
    """Return the banks of units above and below those where the actor manages exams, by title."""
    query = select(Bank).where(in_sight(actor, "exams.manage")).order_by(Bank.title, Bank.id)
    found = {bank.id: BankChoice(bank.slug, bank.title) for bank in db.session.scalars(query)}
    current = (QuestionRevision.question_id == Question.id) & (QuestionRevision.number == Question.current_number)
    rows = select(Question.bank_id, QuestionRevision.chapter, QuestionRevision.difficulty).join(
        QuestionRevision, current
    )
    rows = rows.where(Question.bank_id.in_(found), Question.is_retired.is_(False)).order_by(Question.position)
    for bank_id, chapter, difficulty in db.session.execute(rows):
        for value, known in ((chapter, found[bank_id].chapters), (difficulty, found[bank_id].difficulties)):
            if value and value not in known:
                known.append(value)
    return list(found.values())


def articles(slugs: list[str]) -> list[tuple[str, str]]:
    """Return ("slug#第三条", words) of the articles that questions in use of these banks cite, by handbook."""
    current = (QuestionRevision.question_id == Question.id) & (QuestionRevision.number == Question.current_number)
    query = (
        select(Handbook.slug, Article.identity, Handbook.title)
        .join(Article, Article.handbook_id == Handbook.id)
        .join(Citation, Citation.article_id == Article.id)
        .join(QuestionRevision, QuestionRevision.id == Citation.revision_id)
        .join(Question, current)
        .join(Bank, Bank.id == Question.bank_id)
        .where(Bank.slug.in_(slugs), Question.is_retired.is_(False))
        .order_by(Handbook.title, Article.id)
        .distinct()
    )
    rows = db.session.execute(query.add_columns(Article.id)).all()
    return [(f"{slug}#{identity}", f"{title} {identity}") for slug, identity, title, _ in rows]
