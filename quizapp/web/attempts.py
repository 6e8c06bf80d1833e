"""The exam as pages: a question as a plain form, handing in, the receipt, the review."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user

from quizapp.rules.errors import Invalid, NotFound, Problem
from quizapp.rules.question_types import KINDS
from quizapp.rules.words import N_
from quizapp.services.attempts import finish, receipts, review, save, start
from quizapp.services.late_answers import notes
from quizapp.services.scope import NOT_HERE
from quizapp.web import edge, heard
from quizapp.web.access import PUBLIC, SIGNED_IN, access
from quizapp.web.errors import sentence
from quizapp.web.questions import form_value, key_words, shown, shown_in_turn

blueprint = Blueprint("attempts", __name__)
checking = Blueprint("receipts", __name__)


@blueprint.get("/attempts/<attempt_id>")
@access(SIGNED_IN)
def page(attempt_id: str):
    row_id = start.own_attempt_id(attempt_id, current_user.person_id)
    running = start.get_running(row_id)
    if running.state != "open":
        return _finished(attempt_id)
    heard.note(attempt_id)
    return _question(running, request.args.get("slot", ""), request.args.get("problem", ""))


def _question(running: start.Running, slot: str, problem: str = ""):
    items = [shown(item) for item in running.items]
    number = next((place for place, item in enumerate(items, 1) if item["slot"] == slot), 1)
    item = items[number - 1]
    standing = running.answers.get(item["slot"])
    slots = [
        {"slot": one["slot"], "number": place, "answered": is_answered(running, one["slot"])}
        for place, one in enumerate(items, 1)
    ]
    attempt = {
        "id": running.attempt_id,
        "exam_id": running.exam_id,
        "person_id": current_user.public_id,
        "title": running.title,
        "deadline_at": running.deadline_at,
        "epoch": running.epoch,
        "next_seq": running.next_seq,
    }
    return render_template(
        "attempts/exam.html",
        attempt=attempt,
        kinds=list(KINDS),
        item=item,
        number=number,
        total=len(items),
        value=standing.value if standing else None,
        slots=slots,
        problem=problem,
        unanswered=sum(not one["answered"] for one in slots),
    )


def is_answered(running: start.Running, slot: str) -> bool:
    """Whether something stands in a slot."""
    one = running.answers.get(slot)
    return one is not None and one.value not in (None, [], "")


def _finished(attempt_id: str):
    seen = review.get(attempt_id, current_user.person_id)
    receipt = finish.find_handed_in(attempt_id, current_user.person_id)
    items = [
        {"marked": one, "item": item, "key": key_words(one.key), "links": links(one)}
        for one, item in zip(seen.items, shown_in_turn(one.item for one in seen.items), strict=True)
    ]
    return render_template(
        "attempts/finished.html",
        seen=seen,
        receipt=receipt,
        check=receipt and url_for("receipts.page", code=receipt.code, **receipts.brought_by(receipt)),
        items=items,
        total=len(items),
        paper_size=seen.paper_size,
        late=notes.of_attempt(attempt_id, current_user.person_id),
    )


def links(one: review.MarkedItem) -> list[tuple[str, str]]:
    """Return (address, words) of the articles that a question rests on."""
    return [
        (
            url_for("handbooks.article", slug=article.slug, article_id=article.article_id),
            f"{article.handbook} {article.number}",
        )
        for article in one.articles
    ]


@blueprint.get("/exam-shell")
@access(PUBLIC)
def shell():
    """The page without person, token and question: the only one that a phone keeps for times without network."""
    return render_template("attempts/exam.html", attempt=None, kinds=list(KINDS))


@blueprint.post("/attempts/<attempt_id>/answers")
@access(SIGNED_IN)
def save_form(attempt_id: str):
    """Save one question's plain form and go on to the one asked for."""
    running = start.get_running(start.own_attempt_id(attempt_id, current_user.person_id))
    slot = request.form.get("slot", "")
    item = next((one for one in running.items if one.slot == slot), None)
    if item is None:
        raise NotFound(NOT_HERE)
    epoch, seq = number(request.form.get("epoch")), number(request.form.get("seq"))
    sent = save.Sent(slot, max(seq, running.next_seq), form_value(item))
    outcome = save.save_answers(attempt_id, current_user.person_id, epoch, [sent], edge.now())
    heard.note(attempt_id)
    problem = outcome.refused.get(slot)
    if problem:
        return redirect(
            url_for(".page", attempt_id=attempt_id, slot=slot, problem=sentence(problem.message, problem.params)), 303
        )
    if request.form.get("go") == "hand-in":
        return redirect(url_for(".hand_in", attempt_id=attempt_id), 303)
    place = min(max(number(request.form.get("go")), 1), len(running.items))
    return redirect(url_for(".page", attempt_id=attempt_id, slot=running.items[place - 1].slot), 303)


def number(text: str | None) -> int:
    """Return a whole number from a hidden field. Raises Invalid where somebody changed it into something else."""
    if not text or not text.isdecimal() or len(text) > 9:
        raise Invalid([Problem("number", N_("This form is damaged; please load the page again."))])
    return int(text)


@blueprint.route("/attempts/<attempt_id>/submission", methods=["GET", "POST"])
@access(SIGNED_IN)
def hand_in(attempt_id: str):
    running = start.get_running(start.own_attempt_id(attempt_id, current_user.person_id))
    if request.method == "POST":
        finish.submit(attempt_id, current_user.person_id, running.epoch, [], edge.now())
        heard.note(attempt_id)
        return redirect(url_for(".page", attempt_id=attempt_id), 303)
    if running.state != "open":
        return redirect(url_for(".page", attempt_id=attempt_id))
    unanswered = [place for place, one in enumerate(running.items, 1) if not is_answered(running, one.slot)]
    return render_template("attempts/hand_in.html", running=running, unanswered=unanswered, total=len(running.items))


@checking.get("/receipts")
@access(PUBLIC)
def ask():
    code = request.args.get("code", "").strip()
    if code:
        return redirect(url_for(".page", code=code))
    return render_template("receipts/page.html", code="", found=None, problem="")


@checking.get("/receipts/<code>", endpoint="page")
@access(PUBLIC)
def check(code: str):
    try:
        found, problem, status = receipts.check(code, edge.address(), edge.now(), request.args), "", 200
    except NotFound as refusal:
        found, problem, status = None, gettext(refusal.message), 404
    return render_template("receipts/page.html", code=code, found=found, problem=problem), status
