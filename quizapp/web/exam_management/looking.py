"""The exams somebody looks after: the list, one of them, a paper to look at, who has taken part, releasing."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from quizapp.services import exam_management, exam_preview, exams
from quizapp.services import participation as turnouts
from quizapp.services.late_answers import sight as late_sight
from quizapp.web import edge
from quizapp.web.access import access, actor
from quizapp.web.attempts import links
from quizapp.web.exam_management import blueprint
from quizapp.web.frame import moment_words
from quizapp.web.people.slips import qr
from quizapp.web.questions import key_words, shown_in_turn


@blueprint.get("")
@access("exams.view")
def index():
    found = exam_management.list_managed(actor(), edge.now())
    return render_template(
        "exam_management/index.html", exams=found, may_manage=actor().may("exams.manage"), now=edge.now()
    )


@blueprint.get("/<exam_id>")
@access("exams.view")
def page(exam_id: str):
    exam = exam_management.get_managed(actor(), exam_id, edge.now())
    late = late_sight.count_attempts(actor(), exam_id)
    return render_template("exam_management/page.html", exam=exam, facts=exams.facts(exam_id), late=late,
                           may_take_in=actor().may("answers.take_in"))  # fmt: skip


@blueprint.get("/<exam_id>/preview")
@access("exams.manage")
def preview(exam_id: str):
    drawn = exam_preview.draw(actor(), exam_id)
    items = [
        {"item": item, "key": key_words(one.key), "html": one.explanation_html, "links": links(one)}
        for one, item in zip(drawn.items, shown_in_turn(one.item for one in drawn.items), strict=True)
    ]  # fmt: skip
    return render_template("exam_management/preview.html", preview=drawn, items=items, exam_id=exam_id)


@blueprint.get("/<exam_id>/release")
@access("exams.release")
def release(exam_id: str):
    return render_template("exam_management/release.html", exam=_exam(exam_id))


@blueprint.post("/<exam_id>/releasing")
@access("exams.release")
def release_now(exam_id: str):
    exams.release(actor(), exam_id, edge.now(), edge.trace())
    flash(gettext("The results are released."), "done")
    return redirect(url_for(".page", exam_id=exam_id), 303)


def _exam(exam_id: str) -> exam_management.Managed:
    return exam_management.get_managed(actor(), exam_id, edge.now())


@blueprint.get("/<exam_id>/participation")
@access("exams.view")
def participation(exam_id: str):
    found = turnouts.get_turnout(actor(), exam_id, exam_management.VIEW)
    unit = request.args.get("unit", "")
    here = next((one for one in found.villages if one.code == unit), found.whole)
    address = address_of("exams.page", exam_id=exam_id)
    return render_template(
        "exam_management/participation.html",
        exam=_exam(exam_id),
        turnout=found,
        here=here,
        sees_names=actor().may(turnouts.DEED),
        text=chat_text(found, here, address),
        qr=qr(address),
    )


def chat_text(found: turnouts.Turnout, count: turnouts.Count, address: str) -> str:
    """Return what a leader pastes into a group chat: how many are missing, until when, and where; no name, no score."""
    told = ngettext("%(num)s person has not taken part yet", "%(num)s people have not taken part yet", count.missing)
    words = gettext("%(unit)s · %(title)s: %(told)s. It closes %(time)s. Please take part here:", unit=count.name,
                    title=found.title, told=told, time=moment_words(found.closes_at))  # fmt: skip
    return f"{words} {address}"


def address_of(endpoint: str, **values) -> str:
    """Return a page's address as people reach it from outside."""
    public = current_app.extensions["settings"].public_url.rstrip("/")
    return f"{public}{url_for(endpoint, **values)}" if public else url_for(endpoint, **values, _external=True)
