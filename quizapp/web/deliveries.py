"""Deliveries as pages: what is on its way to whom, sending again by hand, and what the embedded receiver holds."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from quizapp.rules.delivery_troubles import describe
from quizapp.services.deliveries import lines, queue, receivers, receiving
from quizapp.web import edge
from quizapp.web.access import access, actor
from quizapp.web.errors import sentence

blueprint = Blueprint("deliveries", __name__)
STATES = ("", "pending", "failing", "delivered")
PAGE = 50


@blueprint.get("/deliveries")
@access("deliveries.view")
def index():
    state = request.args.get("state", "")
    state = state if state in STATES else ""
    page = edge.page_number()
    counts = lines.count_lines(actor())
    rows = lines.list_lines(actor(), page, PAGE, state)
    total = counts.get(state, 0) if state else sum(counts.values())
    return render_template(
        "deliveries/index.html",
        lines=[(line, trouble(line.last_error)) for line in rows],
        counts=counts,
        state=state,
        page=page,
        pages=-(-total // PAGE),
        receivers=receivers.list_visible(actor()),
        may_send=actor().may("deliveries.send"),
    )


def trouble(kept: str) -> str:
    """Return why a delivery failed last in the reader's language; nothing where it did not."""
    return sentence(*describe(kept)) if kept else ""


@blueprint.post("/deliveries/<delivery_id>")
@access("deliveries.send")
def resend(delivery_id: str):
    queue.resend(actor(), delivery_id, edge.now(), edge.trace())
    flash(gettext("It goes first now; look again in a moment."), "done")
    return redirect(url_for(".index"), 303)


@blueprint.get("/received/<slug>")
@access("deliveries.view")
def received(slug: str):
    receiver = receivers.get_visible(actor(), slug)
    return render_template("deliveries/received.html", receiver=receiver, held=receiving.holdings(receiver))
