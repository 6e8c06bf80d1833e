"""Every campaign's chain against its hashes, its signed heads, its sheets and the results it seals."""

import json

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Campaign, SealedRow, Sheet, Unit
from quizapp.rules import chain_check
from quizapp.rules.words import N_
from quizapp.services.evaluation.exporting import export
from quizapp.services.verification.findings import Report, snapshot


def check(report: Report, trusted: dict[str, Ed25519PublicKey], held: dict[str, list[dict]]) -> None:
    """Add what is wrong with any chain. `held`: ends that others kept, by the campaign's public id."""
    for name, row_id in db.session.execute(select(Campaign.public_id, Campaign.id).order_by(Campaign.id)).all():
        report.guard("chain", f"campaign {name}", _check_one, report, row_id, trusted, held.get(name, []))


def _check_one(report: Report, campaign_id: int, trusted: dict, held: list[dict]) -> None:
    with snapshot() as session:
        campaign = session.get(Campaign, campaign_id)
        file, name = export(campaign), campaign.public_id
        positions = _positions(session, campaign_id)
        _check_columns(session, report, campaign_id)
    report.count("chains")
    report.count("sealed rows", len(file.rows))
    report.count("signed heads", len(file.heads))
    report.count("sheets", len(file.sheets))
    for one in chain_check.check(file, trusted, held):
        report.add("chain", one.kind, f"campaign {name}, {_place(one, positions)}", one.message, **one.params)


def _positions(session, campaign_id: int) -> list[int]:
    query = select(SealedRow.position).where(SealedRow.campaign_id == campaign_id).order_by(SealedRow.position)
    return list(session.scalars(query))


def _place(one: chain_check.Finding, positions: list[int]) -> str:
    """Name the row by its position as it stands in the table, which differs from the index once rows are missing."""
    if one.kind in ("signature", "unknown_key"):
        return f"chain_heads count={one.index}"
    if "event" in one.params:
        return f"sheets event_id={one.params['event']}"
    if one.kind == "sheet_altered":
        return f"sheets unit={one.params['unit']} revision={one.params['revision']}"
    position = positions[one.index] if one.index < len(positions) else one.index
    return f"sealed_rows position={position}"


def _check_columns(session, report: Report, campaign_id: int) -> None:
    """Hold what sheets are found by against what they say."""
    query = select(Sheet, Unit.code).join_from(Sheet, Unit).where(Sheet.campaign_id == campaign_id)
    for sheet, code in session.execute(query):
        try:
            body = json.loads(sheet.body)
            says = (body["event_id"], body["unit"]["code"], body["revision"])
        except (ValueError, LookupError, TypeError):
            continue  # the chain's own check names the sheet
        if says != (sheet.event_id, code, sheet.revision):
            message = N_("The sheet %(event)s is kept under another event, unit or revision than it bears.")
            report.add("chain", "sheet_moved", f"sheets event_id={sheet.event_id}", message, event=sheet.event_id)
