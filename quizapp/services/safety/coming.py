"""The exams that are open or open soon: how many people they are for, and whether that was rehearsed."""

from datetime import datetime, timedelta

from sqlalchemy import func, or_, select

from quizapp.extensions import db
from quizapp.models import Exam, Person, RoleGrant, UnitClosure
from quizapp.rules.permissions import Actor
from quizapp.rules.words import N_
from quizapp.services import scope, upkeep
from quizapp.services.banks import stakes
from quizapp.services.safety.checks import BAD, GOOD, WATCH, Check

SOON = timedelta(hours=48)
STALE = timedelta(days=30)
DEED = "readiness.view"


def exams(actor: Actor | None, now: datetime) -> list[Check]:
    """Return one check for every exam of the actor's units that is open or opens within two days."""
    query = select(Exam).where(Exam.opens_at <= now + SOON, Exam.ends_at > now).order_by(Exam.opens_at, Exam.id)
    if actor is not None:
        query = query.where(Exam.unit_id.in_(scope.visible_units(actor, DEED)))
    rehearsal = upkeep.newest("rehearsal")
    return [_exam(exam, rehearsal, now) for exam in db.session.scalars(query)]


def _exam(exam: Exam, rehearsal: upkeep.Run | None, now: datetime) -> Check:
    people = audience_size(exam)
    told = {"opens": exam.opens_at, "closes": exam.ends_at, "people": people, "exam": exam.public_id}
    if stakes.lacking(exam):
        said = N_("No paper can be drawn: its banks lack questions, or their articles were changed.")
        advice = N_("Look at flagged questions under question banks, or change what the paper asks for.")
        return Check("exam", exam.title, BAD, said, told, advice)
    if rehearsal is None or now - rehearsal.began_at > STALE:
        said = N_("Open from %(opens)s to %(closes)s for %(people)s people; it was not rehearsed.")
        advice = N_("Rehearse it on this machine: quizapp rehearse %(exam)s")
        return Check("exam", exam.title, WATCH, said, told, advice)
    told |= {"time": rehearsal.began_at, "played": rehearsal.told["people"], "carries": rehearsal.told["carries"]}
    if not rehearsal.is_good:
        said = N_("For %(people)s people. The rehearsal of %(time)s with %(played)s people did not go well.")
        advice = N_("“quizapp rehearse %(exam)s” says what was too slow or lost.")
        return Check("exam", exam.title, BAD, said, told, advice)
    if rehearsal.told["carries"] < people:
        said = N_(
            "For %(people)s people; the rehearsal of %(time)s showed that this machine carries %(carries)s at once."
        )
        advice = N_("Rehearse with as many people as will come at once, or spread them over several evenings.")
        return Check("exam", exam.title, WATCH, said, told, advice)
    said = N_("For %(people)s people; rehearsed on %(time)s with %(played)s people: safe, up to %(carries)s at once.")
    return Check("exam", exam.title, GOOD, said, told)


def audience_size(exam: Exam) -> int:
    """Return how many people may sit an exam."""
    query = (
        select(func.count(func.distinct(Person.id)))
        .join(UnitClosure, UnitClosure.descendant_id == Person.unit_id)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(UnitClosure.ancestor_id == exam.unit_id, Person.is_active, RoleGrant.role == "trainee")
    )
    if exam.posts:
        query = query.where(or_(*(Person.post == post for post in exam.posts)))
    return db.session.scalar(query)
