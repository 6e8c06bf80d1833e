"""What the embedded receiver holds, against the sheets that were published and the deliveries that say so."""

import hashlib
import json

from sqlalchemy import select

from quizapp.models import Delivery, ReceivedEvent, Receiver, Sheet
from quizapp.rules.words import N_
from quizapp.services.verification.findings import Report, snapshot

SENTENCES = {
    "digest": N_("The receiver's copy of the sheet %(event)s does not fit its digest."),
    "differs": N_("The receiver holds another text of the sheet %(event)s than was published."),
    "moved": N_("The receiver keeps the sheet %(event)s under another unit or revision than it bears."),
    "missing": N_("The sheet %(event)s is said to be delivered, but the receiver does not hold it."),
}


def check(report: Report) -> None:
    """Add every event that is damaged, differs from what was published, or is missing."""
    with snapshot() as session:
        sheets = dict(session.execute(select(Sheet.event_id, Sheet.body)).all())
        held = session.scalars(select(ReceivedEvent)).all()
        delivered = (
            select(Sheet.event_id)
            .join_from(Delivery, Sheet)
            .join(Receiver, Receiver.id == Delivery.receiver_id)
            .where(Delivery.state == "delivered", Receiver.kind == "embedded")
        )
        missing = set(session.scalars(delivered)) - {one.event_id for one in held}
        found = [("missing", event) for event in sorted(missing)]
        found += [(kind, one.event_id) for one in held if (kind := _trouble(one, sheets))]
    report.count("received events", len(held))
    for kind, event in found:
        report.add("received", kind, f"received_events event_id={event}", SENTENCES[kind], event=event)


def _trouble(one: ReceivedEvent, sheets: dict[str, str]) -> str | None:
    if hashlib.sha256(one.body.encode()).hexdigest() != one.digest:
        return "digest"
    if sheets.get(one.event_id, one.body) != one.body:
        return "differs"
    body = json.loads(one.body)
    says = (body["event_id"], body["campaign"], body["unit"]["code"], body["revision"])
    return None if says == (one.event_id, one.campaign, one.unit_code, one.revision) else "moved"
