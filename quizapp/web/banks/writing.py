"""Writing a question: new, a copy, or the next revision; a look at it while it is written."""

from dataclasses import replace

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from quizapp.rules.errors import Conflict, Invalid, Problem
from quizapp.rules.question_types import HELD
from quizapp.rules.words import N_
from quizapp.services.banks import comparing, documents, editing, flagging, likeness, pictures, shelf, suggesting
from quizapp.services.faces import face
from quizapp.services.readers import Unreadable
from quizapp.services.rendering import block
from quizapp.web import edge
from quizapp.web.access import access, actor
from quizapp.web.banks import blueprint, written
from quizapp.web.banks.looking import PART_NAMES, RELATIONS
from quizapp.web.errors import sentence
from quizapp.web.questions import key_words, shown_face

WHICH_ARTICLE = N_("“%(number)s” names no single article. Please tick the one that is meant, or empty the line.")


@blueprint.get("/banks/<slug>/new")
@access("banks.manage")
def new_question(slug: str):
    kind, like = request.args.get("kind", ""), request.args.get("like", "")
    if like:
        standing = editing.get_standing(actor(), slug, like)
        return _page(slug, written.show(standing.draft))
    if kind not in written.KINDS:
        return render_template("banks/kinds.html", bank=shelf.get_bank(actor(), slug), kinds=_names())
    return _page(slug, written.Written(kind))


@blueprint.post("/banks/<slug>/new")
@access("banks.manage")
def add_question(slug: str):
    form, problems = _pictured(slug, _sent(slug))
    if problems or "look" in request.form:
        return _page(slug, form, problems=problems)
    try:
        draft = _draft(form)
        twins = _untold(slug, draft)
        if twins:
            return _page(slug, form, twins=twins)
        made = editing.add(actor(), slug, draft, edge.now(), edge.trace())
    except Invalid as refusal:
        return _page(slug, form, problems=refusal.problems)
    flash(gettext("The question is in the bank."), "done")
    return redirect(url_for(".question", slug=slug, question_id=made), 303)


@blueprint.get("/banks/<slug>/<question_id>/edit")
@access("banks.manage")
def edit_question(slug: str, question_id: str):
    standing = editing.get_standing(actor(), slug, question_id)
    return _page(slug, written.show(standing.draft), standing)


@blueprint.post("/banks/<slug>/<question_id>/edit")
@access("banks.manage")
def change_question(slug: str, question_id: str):
    standing = editing.get_standing(actor(), slug, question_id)
    form, problems = _pictured(slug, _sent(slug, standing.draft.kind))
    number = request.form.get("number", 0, type=int)
    if problems or "look" in request.form:
        return _page(slug, form, replace(standing, number=number), problems)
    try:
        draft, seen = _draft(form), request.form.get("seen", "")
        twins = _untold(slug, draft, standing)
        if twins:
            return _page(slug, form, replace(standing, number=number), twins=twins)
        made = editing.change(actor(), slug, question_id, draft, number, edge.now(), edge.trace(), seen)
    except Invalid as refusal:
        return _page(slug, form, replace(standing, number=number), refusal.problems)
    except Conflict as refusal:
        return _overtaken(slug, question_id, form, number, refusal)
    told = gettext("Revision %(number)s is kept.", number=made) if made != number else gettext("Nothing was changed.")
    flash(told, "done")
    return redirect(url_for(".question", slug=slug, question_id=question_id), 303)


def _untold(slug: str, draft: editing.Draft, standing=None) -> list[likeness.Twin]:
    """Return the questions that a sound draft is alike to, unless this page has told of all of them already."""
    if editing.check(draft):
        return []
    twins = likeness.find_twins(actor(), slug, draft, standing)
    told = request.form.get("told", "").split()
    return twins if any(name not in told for name in _names_of(twins)) else []


def _names_of(twins: list[likeness.Twin]) -> list[str]:
    return [f"{one.id}-{one.relation}" for one in twins]


def _overtaken(slug: str, question_id: str, form, number: int, refusal: Conflict):
    """Show what was typed beside what somebody else made of the question; saving again puts it over that."""
    standing = editing.get_standing(actor(), slug, question_id)
    changes = comparing.list_changes(actor(), slug, question_id)
    theirs = [(made, changes[made]) for made in sorted(changes) if made > number]
    return _page(slug, form, standing, theirs=theirs, told=sentence(refusal.message, refusal.params), status=409)


@blueprint.post("/banks/<slug>/look")
@access("banks.manage")
def look(slug: str):
    """Return the question as it is typed so far, and articles that speak of the same, for the form's script."""
    bank = shelf.get_bank(actor(), slug)
    form = _sent(slug)
    return render_template("banks/look.html", bank=bank, **_look(slug, form))


def _sent(slug: str, kind: str = "") -> written.Written:
    """Return the typed fields; one more article that was named is chosen if there is just one such, or was ticked."""
    kind = kind or request.form.get("kind", "")
    if kind not in written.KINDS:
        abort(400)
    form = written.read(request.form, kind)
    found = [one.id for one in _named(slug, form)]
    ticked = [one for one in found if one in form.articles]
    return written.with_articles(form, ticked or found) if ticked or len(found) == 1 else form


def _pictured(slug: str, form: written.Written) -> tuple[written.Written, list[Problem]]:
    """Return the fields with a picture that was sent along behind the text, or what is wrong with the picture."""
    sent = request.files.get("picture")
    if sent is None or not sent.filename:
        return form, []
    try:
        marker = pictures.bring(actor(), slug, sent.stream, sent.filename, edge.now())
    except Unreadable as refusal:
        return form, [Problem(refusal.code, refusal.message, "picture", refusal.params)]
    return replace(form, stem=f"{form.stem}\n\n{marker}".strip()), []


def _named(slug: str, form) -> list[suggesting.Offered]:
    """Return every article that the line for one more may mean."""
    return suggesting.find_number(actor(), slug, form.article) if form.article else []


def _draft(form) -> editing.Draft:
    """Return the draft of the fields. Raises Invalid where an article that was named would go missing."""
    draft = written.draft_of(form)
    if form.article:
        raise Invalid([Problem("which-article", WHICH_ARTICLE, "article", {"number": form.article})])
    return draft


def _names() -> list[tuple[str, str]]:
    return [(kind, HELD[kind].NAME) for kind in written.KINDS]


def _look(slug: str, form: written.Written) -> dict:
    """Return what the look at a question needs: the item where it is sound so far, and the articles offered."""
    chosen = suggesting.get_offered(list(form.articles))
    named = _named(slug, form)
    known = {*form.articles, *(one.id for one in named)}
    offered = [one for one in suggesting.suggest(form.words) if one.id not in known]
    content, draft = written.content_of(form), None
    try:
        draft = written.draft_of(form)
        problems = editing.check(draft)
    except Invalid as refusal:
        problems = refusal.problems
    html = documents.rendered({**content, "stem": form.stem or "…"})
    shown = face(form.kind, content, html, draft.key if draft and not problems else None)
    return {"item": {**shown_face(shown, "look"), "points": form.points}, "key": key_words(shown.key),
            "explanation_html": block(form.explanation), "chosen": chosen, "named": named, "offered": offered,
            "wrong": _told(problems) if form.kind == "case" and form.parts else []}  # fmt: skip


def _told(problems: list[Problem]) -> list[str]:
    """Return problems in words, with the line where they name one."""
    return [(gettext("Line %(number)s: ", number=one.place) if one.place.isdigit() else "")
            + sentence(one.message, one.params) for one in problems]  # fmt: skip


def _page(slug: str, form, standing=None, problems: list[Problem] = (), theirs=(), told="", twins=(), status=200):
    html = render_template(
        "banks/write.html",
        bank=shelf.get_bank(actor(), slug),
        form=form,
        standing=standing,
        kinds=HELD,
        problems=_told(problems),
        refused_picture=" ".join(_told([one for one in problems if one.place == "picture"])),
        theirs=theirs,
        told=told,
        part_names=PART_NAMES,
        twins=twins,
        names_of_twins=_names_of(twins),
        relations=RELATIONS,
        flags=flagging.find_flags([standing.id]).get(standing.id) if standing else None,
        **_look(slug, form),
    )
    return html, 422 if problems else 409 if twins else status
