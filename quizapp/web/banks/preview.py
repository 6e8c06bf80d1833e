"""What was understood of a file: its lines beside the questions, what needs a person, and taking it in."""

from collections import Counter

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from quizapp.rules.errors import Conflict, NotFound, Problem, Refusal
from quizapp.rules.formats import FORMATS, accounting, mending, places
from quizapp.rules.formats.checks import NOT_HELD
from quizapp.rules.question_types import HELD
from quizapp.services import choices, uploads
from quizapp.services.banks import importing, previews
from quizapp.services.handbooks import reading
from quizapp.services.readers import Unreadable
from quizapp.services.readers.text import ENCODINGS
from quizapp.web import edge, understanding
from quizapp.web.access import access, actor
from quizapp.web.banks import blueprint, habits, questions
from quizapp.web.errors import sentence

SIZE = 20  # questions a page
MOST_LINES = 400  # lines a page that belong to no question
ONLY = ("mend", "new", "changed", "unchanged", "left")
REFRESH = "2"  # seconds, while a file is being read


@blueprint.get("/manage/banks/new/<token>")
@access("banks.manage")
def preview(token: str):
    kept = uploads.find(actor(), previews.KIND, token, edge.now())
    state = kept.document.get("state")
    if state in previews.STATES:
        return _on_its_way(token, kept, state)
    return _preview(token, kept)


def _on_its_way(token: str, kept, state: str):
    problem = kept.document.get("problem")
    told = sentence(problem["message"], problem["params"]) if problem else ""
    html = render_template("banks/reading.html", token=token, kept=kept, state=state, told=told)
    is_over = state in ("refused", "taken")
    return html, 200, {} if is_over else {"Refresh": REFRESH}


def _preview(token: str, kept, refusal: Refusal | None = None):
    document, planned = kept.document, None
    try:
        planned = previews.rehearse(actor(), kept)
    except NotFound:
        raise
    except Refusal as error:
        refusal = refusal or error
    whats = [one.what for one in planned.verdicts] if planned else ["mend"] * len(document["questions"])
    only = request.args.get("only", "")
    view = _View(token, document, whats, only if only in ONLY else "", request.args.get("page", 1, type=int))
    name = document["format"]
    found = understanding.refused(refusal) if refusal else []
    found += [Problem(**one) for one in document.get("refusal", [])]
    # That nothing was found is said at the top of the page, with what can be done.
    noted = [Problem(**one) for one in document["problems"] if one["code"] != "no-questions"]
    html = render_template(
        "banks/preview.html",
        token=token,
        kept=kept,
        planned=planned,
        destination=previews.destination(kept),
        banks=choices.banks_of(actor(), importing.DEED, kept.wishes["unit"]),
        handbooks=reading.list_handbooks(actor()) if any(one.get("citations") for one in document["questions"]) else [],
        counts=Counter(one["kind"] for one in document["questions"]),
        kinds={**{kind: HELD[kind].NAME for kind in HELD}, **NOT_HELD},
        formats={kind: FORMATS[kind].NAME for kind in FORMATS},
        encodings=ENCODINGS,
        habit=habits.told(document),
        refused=understanding.told(found, name),
        noted=understanding.told(noted, name),
        unread=[(line.text, understanding.place_words(line.place, name=name)) for line in view.lines if line.is_unread],
        left_out=understanding.left_out(document),
        repeats=len(mending.repeats(document["questions"])),
        whats=Counter(whats),
        only=view.only,
        next_one=view.next_to(request.args.get("at", type=int)),
        pairs=view.pairs(planned),
        cut=view.cut,
        page=view.page,
        pages=view.pages,
        options=kept.wishes["options"],
        own_kinds=HELD,
    )
    return html, 422 if refusal and request.method == "POST" else 200


class _View:
    """One page of a document: its questions, and the lines of the source around them."""

    def __init__(self, token: str, document: dict, whats: list[str], only: str, page: int):
        self.token, self.document, self.whats, self.only = token, document, whats, only
        lines = accounting.account(document)
        self.lines = [line for line in lines if not places.is_of_key(line.place)]
        self.key = [line for line in lines if places.is_of_key(line.place)]
        self.order = order = accounting.order(document)
        self.chosen = [one for one in order if not only or whats[one] == only]
        self.pages = max(1, -(-len(self.chosen) // SIZE))
        self.page = min(max(page, 1), self.pages)
        self.here = self.chosen[(self.page - 1) * SIZE : self.page * SIZE]
        self.cut = 0  # lines that are not shown, since there are too many in a row

    def next_to(self, at: int | None) -> int | None:
        """Return the question to go on with after a deed at one: itself, or the next where it left this page."""
        if at is None or not self.here:
            return None
        return next((one for one in self.here if one >= at), self.here[-1])

    def address_of(self, index: int) -> str:
        """Return where a question is shown among all."""
        if index in self.here:
            return f"#q{index}"
        page = self.order.index(index) // SIZE + 1
        return url_for(".preview", token=self.token, page=page, _anchor=f"q{index}")

    def pairs(self, planned) -> list[dict]:
        """Return lines and questions side by side, as the page shows them."""
        found = accounting.pairs(self._window() + self._key(), self.document["questions"])
        here, told = set(self.here), []
        for pair in found:
            shown = [one for one in pair.questions if one in here]
            if shown or not pair.questions:
                told.append({"lines": [habits.line(line) for line in pair.lines], "questions": shown})
        seen = {one for pair in told for one in pair["questions"]}
        told += [{"lines": [], "questions": [one]} for one in self.here if one not in seen]
        entries = {one["index"]: one for one in questions.entries(self.document, self.here, planned, self.address_of)}
        return [{**pair, "questions": [entries[one] for one in pair["questions"]]} for pair in told]

    def _key(self) -> list[accounting.Line]:
        """Return the lines of a key in a file of its own that answer this page's questions; on the last, all others."""
        here, is_last = set(self.here), self.page == self.pages and not self.only
        return [line for line in self.key if here & set(line.answered) or is_last and not line.answered]

    def _window(self) -> list[accounting.Line]:
        """Return the lines of this page: those of its questions, and all up to the next page's."""
        here = set(self.here)
        own = [place for place, line in enumerate(self.lines) if here & set(line.questions)]
        if self.only:
            return [self.lines[place] for place in own]
        after = set(self.chosen[self.page * SIZE :])
        first = 0 if self.page == 1 else min(own, default=0)
        later = [place for place, line in enumerate(self.lines) if after & set(line.questions)]
        last = max([*own, min(later) - 1]) if later else len(self.lines) - 1
        window = self.lines[first : last + 1]
        bare = [line for line in window if not line.questions]
        self.cut = max(0, len(bare) - MOST_LINES)
        hidden = {id(line) for line in bare[MOST_LINES:] if not line.is_unread}
        return [line for line in window if id(line) not in hidden]


@blueprint.post("/manage/banks/new/<token>/reading")
@access("banks.manage")
def read_again(token: str):
    """Read the file once more as its owner says."""
    known = {"format": FORMATS, "encoding": ENCODINGS, "semicolon": ("or", "next"), "kind": HELD}
    chosen = {name: value if (value := request.form.get(name, "")) in known[name] else "" for name in previews.OPTIONS}
    questions.keep_destination(token)
    try:
        previews.read_again(actor(), token, chosen, edge.now())
        flash(gettext("Read again as you said."), "done")
    except Unreadable as refusal:
        flash(sentence(refusal.message, refusal.params), "due")
    return redirect(url_for(".preview", token=token), 303)


@blueprint.post("/manage/banks/new/<token>/repeats")
@access("banks.manage")
def leave_out_repeats(token: str):
    """Leave out every question that stands earlier in the file too."""
    questions.keep_destination(token)
    count = previews.leave_out_repeats(actor(), token, edge.now())
    flash(ngettext("%(num)s repeat is left out.", "%(num)s repeats are left out.", count), "done")
    return redirect(url_for(".preview", token=token, _anchor="pairs"), 303)


@blueprint.post("/manage/banks/new/<token>/place")
@access("banks.manage")
def place(token: str):
    """Say into which bank the file is to go, and look again."""
    uploads.find(actor(), previews.KIND, token, edge.now())
    questions.keep_destination(token)
    return redirect(url_for(".preview", token=token), 303)


@blueprint.post("/manage/banks/new/<token>")
@access("banks.manage")
def take(token: str):
    uploads.find(actor(), previews.KIND, token, edge.now())
    questions.keep_destination(token)
    try:
        done = previews.take(actor(), token, request.form.get("only") == "good", edge.now(), edge.trace())
    except (NotFound, Conflict):
        raise
    except Refusal as refusal:
        return _preview(token, uploads.find(actor(), previews.KIND, token, edge.now()), refusal)
    if done is None:
        return redirect(url_for(".preview", token=token), 303)
    flash(_told(done), "done")
    return redirect(url_for(".unfinished" if done.kept else ".bank", slug=done.slug), 303)


@blueprint.post("/manage/banks/new/<token>/drop")
@access("banks.manage")
def forget(token: str):
    """Throw away what was understood of a file; nothing of it was taken in."""
    uploads.find(actor(), previews.KIND, token, edge.now())
    uploads.forget(actor(), token)
    flash(gettext("Thrown away. Nothing of it was taken in."), "done")
    return redirect(url_for(".upload"), 303)


def _told(done: importing.Imported) -> str:
    told = gettext(
        "Taken in: %(new)s new, %(changed)s changed, %(unchanged)s as before.",
        new=done.new, changed=done.changed, unchanged=done.unchanged,
    )  # fmt: skip
    if done.kept:
        told += " " + gettext("%(kept)s are kept here, to be finished.", kept=done.kept)
    return told
