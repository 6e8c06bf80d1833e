"""One change for many questions: choose, see what would change, do it."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import ngettext

from quizapp.rules import bulk as rules
from quizapp.rules.errors import Conflict, Invalid, Problem, Refusal
from quizapp.rules.words import N_
from quizapp.services.banks import bulk, shelf
from quizapp.web import edge
from quizapp.web.access import access, actor
from quizapp.web.banks import blueprint
from quizapp.web.banks.looking import LONGEST, asked_for, wanted
from quizapp.web.errors import sentence
from quizapp.web.frame import difficulty_words, points_words

DEEDS = {"retire": N_("take out of use"), "return": N_("bring back into use"), "ask": N_("send to review")}
KNOWN = (*LONGEST, "id", "all", "show", "new_chapter", "new_difficulty", "points", "add_tags", "remove_tags", "deed")
MOST_CHOSEN = 100  # a page shows fewer


@blueprint.get("/banks/<slug>/changes")
@access("banks.manage")
def change_many(slug: str):
    return _page(slug)


def _page(slug: str, refusal: Refusal | None = None):
    """Show the choice and, once something is asked for, what would become of it."""
    chosen, asked = _chosen()
    outcome = None
    if "show" in request.args and not isinstance(refusal, Invalid):
        try:
            outcome = bulk.rehearse(actor(), slug, chosen, _change())
        except Invalid as error:
            refusal = error
    problems = refusal.problems if isinstance(refusal, Invalid) else []
    told = [sentence(one.message, one.params) for one in problems]
    if isinstance(refusal, Conflict):
        told = [sentence(refusal.message, refusal.params)]
    html = render_template(
        "banks/changes.html",
        bank=shelf.get_bank(actor(), slug),
        count=bulk.count(actor(), slug, chosen),
        asked={name: value for name, value in asked.items() if value},
        ids=chosen.ids,
        given=request.args,
        here={name: request.args.getlist(name) for name in KNOWN if name in request.args},
        outcome=outcome,
        lines=[_told(line) for line in outcome.lines] if outcome else [],
        refused=told,
        deeds=DEEDS,
    )
    return html, 422 if problems else 409 if isinstance(refusal, Conflict) else 200


@blueprint.post("/banks/<slug>/changes")
@access("banks.manage")
def make_change(slug: str):
    expected = request.form.get("expected", -1, type=int)
    chosen, asked = _chosen()
    try:
        change = _change()
        done = bulk.apply(actor(), slug, chosen, change, expected, edge.now(), edge.trace())
    except (Conflict, Invalid) as refusal:
        return _page(slug, refusal)
    flash(ngettext("%(num)s question changed.", "%(num)s questions changed.", done.changed), "done")
    return redirect(url_for(".bank", slug=slug, **_still_true(asked, change)), 303)


def _still_true(asked: dict, change: rules.Change) -> dict:
    """Return the list's filters without those that the change may have made untrue of what it changed."""
    touched = {
        "chapter": change.chapter is not None,
        "difficulty": change.difficulty is not None,
        "tag": bool(change.add_tags or change.remove_tags),
        "state": bool(change.deed),
        "problem": True,
    }
    return {name: value for name, value in asked.items() if value and not touched.get(name)}


def _chosen():
    """Return what is wanted and the filters: single questions where some are ticked, else all that the filters find."""
    asked = asked_for()
    ids = tuple(one[:16] for one in request.args.getlist("id")[:MOST_CHOSEN])
    only_state = {name: value if name == "state" else "" for name, value in asked.items()}
    return (wanted(only_state, ids) if ids and "all" not in request.args else wanted(asked)), asked


def _change() -> rules.Change:
    """Return the change that the address asks for. Raises Invalid."""
    given = {name: request.args.get(name, "").strip() for name in ("new_chapter", "new_difficulty", "points", "deed")}
    tags = [rules.split_tags(request.args.get(name, "")) for name in ("add_tags", "remove_tags")]
    deed = given["deed"] if given["deed"] in rules.DEEDS else ""
    return rules.Change(
        given["new_chapter"] or None, given["new_difficulty"] or None, points_milli(given["points"]), *tags, deed
    )


def points_milli(text: str) -> int | None:
    """Return thousandths of a point; None for nothing. Raises Invalid."""
    if not text:
        return None
    try:
        points = float(text.replace("，", ".").replace(",", "."))
        return round(points * 1000)
    except (ValueError, OverflowError):
        raise Invalid([Problem("points", N_("Points are a number such as 2 or 1.5."), "points")]) from None


def _told(line: bulk.Line) -> dict:
    """Return a line of the preview: what changes, before and after, in words."""
    before, after = line.before, line.after
    parts = []
    for name, words in (("chapter", str), ("difficulty", difficulty_words), ("points_milli", points_words),
                        ("tags", "、".join)):  # fmt: skip
        was, becomes = getattr(before, name), getattr(after, name)
        if was != becomes:
            parts.append((name, words(was), words(becomes)))
    return {"code": line.code, "stem_html": line.stem_html, "parts": parts, "moves": line.moves}
