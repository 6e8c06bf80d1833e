"""Setting an exam up: window, limit, audience, banks and blueprint, checked before anybody can start it."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Bank, Campaign, Exam, ExamBank
from quizapp.rules import blueprint as blueprints
from quizapp.rules.errors import Conflict, Invalid, Problem
from quizapp.rules.permissions import Actor
from quizapp.rules.texts import check_text
from quizapp.rules.words import N_
from quizapp.services import audit, fixed_papers, scope
from quizapp.services.attempts import papers
from quizapp.services.campaigns import get_campaign
from quizapp.services.exams import get_exam
from quizapp.services.transaction import writing

SHORTEST, LONGEST = 60, 6 * 3600  # seconds of a time limit
TITLE_LONGEST, POST_LONGEST = 200, 64
NOT_CHOSEN = N_("This bank is not among those that the paper is drawn from. Tick it too, or choose another.")
RELEASE_RULES, BOARDS = ("at_close", "by_hand"), ("after_release", "live")


@dataclass(frozen=True)
class Draft:
    """What an exam is set up with; `blueprint` is the plain data of rules/blueprint, `banks` their short names."""

    title: str
    campaign: str
    opens_at: datetime
    closes_at: datetime
    limit_seconds: int
    banks: list[str]
    blueprint: dict
    posts: list[str] = field(default_factory=list)
    attempts_allowed: int = 1
    pass_share_milli: int = 600
    counts: bool = True
    release_rule: str = "at_close"
    board: str = "after_release"
    only_reviewed: bool = False


def create(actor: Actor | None, draft: Draft, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> str:
    """Set an exam up and return its public id. Raises Invalid with every problem, feasibility of the paper included."""
    campaign = get_campaign(draft.campaign)
    scope.require(actor, "exams.manage", campaign.unit_id)
    campaign_id, unit_id, banks = campaign.id, campaign.unit_id, check(draft, campaign)
    with writing() as session:
        exam = Exam(
            campaign_id=campaign_id,
            unit_id=unit_id,
            created_by_id=actor and actor.person_id,
            created_at=now,
            **_columns(draft),
        )
        session.add(exam)
        session.flush()
        session.add_all(ExamBank(exam_id=exam.id, bank_id=bank_id) for bank_id in banks)
        session.flush()
        fixed_papers.draw_all(session, exam, now)
        audit.record(actor, unit_id, "exam.created", exam.public_id, now, trace, title=draft.title)
        return exam.public_id


def change(
    actor: Actor | None, public_id: str, draft: Draft, now: datetime, trace: audit.Trace = audit.NO_TRACE
) -> None:
    """Set an exam up anew. Raises Conflict once it has opened: what people sit is not changed under their hands."""
    exam = get_exam(public_id)
    scope.require(actor, "exams.manage", exam.unit_id)
    campaign = db.session.get(Campaign, exam.campaign_id)
    exam_id, unit_id, banks = exam.id, exam.unit_id, check(draft, campaign)
    with writing() as session:
        exam = session.get(Exam, exam_id, with_for_update=True)
        if exam.opens_at <= now:
            raise Conflict(N_("This exam has opened; it is not changed any more."))
        for name, value in {**_columns(draft), "ends_at": draft.closes_at}.items():
            setattr(exam, name, value)
        session.execute(ExamBank.__table__.delete().where(ExamBank.exam_id == exam_id))
        session.add_all(ExamBank(exam_id=exam_id, bank_id=bank_id) for bank_id in banks)
        session.flush()
        fixed_papers.draw_all(session, exam, now)
        audit.record(actor, unit_id, "exam.changed", public_id, now, trace)


def rehearse(actor: Actor | None, draft: Draft) -> None:
    """Check a draft as `create` does, and store nothing. Raises Invalid with every problem."""
    campaign = get_campaign(draft.campaign)
    scope.require(actor, "exams.manage", campaign.unit_id)
    check(draft, campaign)


def _columns(draft: Draft) -> dict:
    return {name: value for name, value in vars(draft).items() if name not in ("campaign", "banks")}


def check(draft: Draft, campaign: Campaign) -> list[int]:
    """Return the row ids of the banks. Raises Invalid with every problem of the draft."""
    problems = check_text(draft.title, TITLE_LONGEST, "title") + _check_choices(draft)
    if not draft.title.strip():
        problems.append(Problem("title", N_("An exam needs a title."), "title"))
    if draft.closes_at <= draft.opens_at:
        problems.append(Problem("window", N_("An exam cannot close before it opens."), "closes_at"))
    if not SHORTEST <= draft.limit_seconds <= LONGEST:
        problems.append(Problem("limit", N_("The time limit must be between 1 and 360 minutes."), "limit_seconds"))
    if not 1 <= draft.attempts_allowed <= 20:
        problems.append(Problem("attempts", N_("Between 1 and 20 attempts can be allowed."), "attempts_allowed"))
    if not 0 <= draft.pass_share_milli <= 1000:
        problems.append(Problem("pass", N_("The pass mark is a share between 0 and 100 %%."), "pass_share_milli"))
    banks = _banks(draft.banks, campaign, problems)
    problems += blueprints.check(draft.blueprint)
    if not problems:
        plan = blueprints.parse(draft.blueprint)
        problems += [
            Problem("section-bank", NOT_CHOSEN, f"sections[{place}].chapter")
            for place, section in enumerate(plan.sections)
            if section.bank and section.bank not in draft.banks
        ] or papers.lacking(plan, banks, draft.only_reviewed)
    if problems:
        raise Invalid(problems)
    return banks


def _check_choices(draft: Draft) -> list[Problem]:
    problems = [problem for post in draft.posts for problem in check_text(post, POST_LONGEST, "posts")]
    if draft.release_rule not in RELEASE_RULES:
        problems.append(Problem("release", N_("There is no such rule for the release."), "release_rule"))
    if draft.board not in BOARDS:
        problems.append(Problem("board", N_("There is no such rule for the ranking."), "board"))
    return problems


def _banks(slugs: list[str], campaign: Campaign, problems: list[Problem]) -> list[int]:
    """Banks of the campaign's unit and of those above it may be drawn from."""
    query = select(Bank.slug, Bank.id).where(Bank.slug.in_(slugs), Bank.unit_id.in_(scope.above(campaign.unit_id)))
    known = dict(db.session.execute(query).all())
    if not slugs:
        problems.append(Problem("no-bank", N_("An exam needs at least one question bank."), "banks"))
    for slug in slugs:
        if slug not in known:
            problems.append(Problem("no-bank", N_("There is no question bank %(slug)s here."), "banks", {"slug": slug}))
    return list(known.values())
