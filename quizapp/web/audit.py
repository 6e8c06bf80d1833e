"""The audit trail as an auditor reads it."""

from flask import Blueprint, render_template
from flask_babel import gettext

from quizapp.rules.words import N_
from quizapp.services import audit
from quizapp.web import edge
from quizapp.web.access import access, actor

blueprint = Blueprint("audit", __name__)

DEEDS = {
    "answer_file.taken_in": N_("Answer file taken in"),
    "attempt.closed": N_("Attempt handed in as it stood"),
    "attempt.looked": N_("Attempt looked at"),
    "bank.exported": N_("Question bank taken away as a file, keys and all"),
    "bank.import_undone": N_("Import of questions undone"),
    "bank.check_asked": N_("Look through a question bank asked for"),
    "bank.imported": N_("Questions imported"),
    "bank.handbook_named": N_("Handbook of a question bank named"),
    "campaign.changed": N_("Campaign changed"),
    "campaign.created": N_("Campaign set up"),
    "clock.confirmed": N_("The machine's clock confirmed"),
    "delivery.resent": N_("Delivery sent again"),
    "evaluation.entered": N_("Evaluation value entered"),
    "evaluation.published": N_("Evaluation published"),
    "exam.changed": N_("Exam changed"),
    "exam.closed": N_("Exam closed early"),
    "exam.created": N_("Exam set up"),
    "exam.extended": N_("More time granted"),
    "exam.papers_drawn": N_("Fixed papers drawn anew"),
    "exam.printed": N_("Paper printed"),
    "exam.released": N_("Results released"),
    "handbook.imported": N_("Handbook imported"),
    "instance.begun": N_("Instance set up"),
    "late.counted": N_("Late answers counted"),
    "outage.dismissed": N_("Nothing granted for time lost together"),
    "instance.restored": N_("Restored from a backup"),
    "people.codes_issued": N_("One-time codes issued for a unit"),
    "pair.decided": N_("Decided on two questions that are alike"),
    "person.added": N_("Person added"),
    "person.changed": N_("Person changed"),
    "person.code_issued": N_("One-time code issued"),
    "person.deactivated": N_("Account closed"),
    "person.password_set": N_("Password set"),
    "person.reactivated": N_("Account opened again"),
    "proposal.accepted": N_("Proposal agreed to"),
    "proposal.asked": N_("Proposal made"),
    "proposal.declined": N_("Proposal refused"),
    "proposal.expired": N_("Proposal that nobody decided"),
    "proposal.withdrawn": N_("Proposal taken back"),
    "question.dropped": N_("Question left to finish dropped"),
    "question.finished": N_("Question left to finish taken in"),
    "question.added": N_("Question written"),
    "question.agreed": N_("Question agreed to"),
    "question.asked": N_("Question sent to review"),
    "question.changed": N_("Question changed"),
    "question.sent_back": N_("Question sent back to its writer"),
    "question.still_right": N_("Question still right by the changed article"),
    "questions.changed": N_("Questions changed together"),
    "questions.flagged": N_("Questions wait since an article was changed"),
    "question.retired": N_("Question taken out of use"),
    "question.returned": N_("Question in use again"),
    "receiver.added": N_("Receiver added"),
    "roster.excused": N_("Excuse noted"),
    "roster.imported": N_("Roster imported"),
    "roster.person": N_("Person taken over from a roster"),
    "unit.added": N_("Unit added"),
    "unit.moved": N_("Unit moved"),
    "unit.renamed": N_("Unit renamed"),
    "units.imported": N_("Units imported"),
}

DETAILS = {
    "before": N_("before"),
    "format": N_("format"),
    "questions": N_("questions"),
    "digest": N_("digest"),
    "chosen": N_("chosen"),
    "revised": N_("new revisions"),
    "change": N_("wanted"),
    "count": N_("questions"),
    "flagged": N_("questions that wait"),
    "revision": N_("revision"),
    "decision": N_("decision"),
    "after": N_("after"),
    "login": N_("login name"),
    "name": N_("name"),
    "title": N_("title"),
    "post": N_("post"),
    "roles": N_("roles"),
    "kind": N_("kind"),
    "parent": N_("unit above"),
    "from": N_("moved from"),
    "what": N_("what"),
    "people": N_("people"),
    "reason": N_("reason"),
    "answer": N_("answer"),
    "open": N_("at it then"),
    "proposal": N_("proposal"),
    "slots": N_("questions"),
    "saved": N_("counted in time"),
    "recorded": N_("recorded late"),
    "superseded": N_("older than what stands"),
    "refused": N_("not accepted"),
    "cut": N_("lost time"),
    "whom": N_("for whom"),
    "minutes": N_("minutes"),
    "seconds": N_("seconds"),
    "outage": N_("outage"),
    "attempts": N_("attempts"),
    "reopened": N_("taken up again"),
    "new": N_("new"),
    "changed": N_("changed"),
    "code": N_("short name"),
    "dropped": N_("dropped"),
    "gone": N_("gone"),
    "kept": N_("kept to be finished"),
    "left": N_("left as they are"),
    "restored": N_("as before it"),
    "retired": N_("out of use"),
    "stem": N_("question"),
    "moved": N_("moved"),
    "renamed": N_("renamed"),
    "returns": N_("came back"),
    "unchanged": N_("as before"),
}
UNTOLD = ("figures",)  # marks, which stay out of sight until their release


@blueprint.get("/audit")
@access("audit.view")
def index():
    page = edge.page_number()
    entries, has_more = audit.list_entries(actor(), page)
    told = [(entry, gettext(DEEDS.get(entry.action, entry.action)), _detail(entry.detail)) for entry in entries]
    return render_template("audit/index.html", entries=told, page=page, has_more=has_more)


def _detail(detail: dict) -> list[tuple[str, str]]:
    """Return what is known beyond the deed, each value as one text."""
    return [
        (gettext(DETAILS.get(name, name)), _plain(value))
        for name, value in detail.items()
        if value not in (None, "", []) and name not in UNTOLD
    ]


def _plain(value) -> str:
    if isinstance(value, list):
        return " · ".join(_plain(one) for one in value if one not in ("", [], None))
    return str(value)
