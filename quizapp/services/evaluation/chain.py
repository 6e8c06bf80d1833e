"""The chain of a campaign: appended under the campaign's lock, each time with a signed head."""

from datetime import datetime

from sqlalchemy import select

from quizapp.models import Campaign, ChainHead, SealedRow
from quizapp.rules import seal
from quizapp.rules.clock import rfc3339
from quizapp.rules.errors import Conflict
from quizapp.rules.words import N_
from quizapp.services.signing import public_keys, signing_key
from quizapp.services.transaction import insert

BROKEN = N_(
    "The sealed rows of this campaign do not fit their signed head. Nothing was added: please run quizapp verify."
)


def append(session, campaign: Campaign, rows: list[dict], now: datetime) -> dict:
    """Add rows to the open transaction and return the seal `{head, count, key_id, signature, time}` over the end.

    The caller holds the campaign's lock. Raises Conflict where the end of the chain is not the one that was signed,
    so that nobody's changes are signed over.
    """
    first, previous = _end(session, campaign)
    links = []
    for position, row in enumerate(rows, first):
        text = seal.canonical(row)
        previous = seal.row_hash(previous, text)
        links.append({"campaign_id": campaign.id, "position": position, "row": text, "hash": previous})
    session.execute(insert(SealedRow), links)
    return _sign(session, campaign, first + len(links), previous, now)


def _end(session, campaign: Campaign) -> tuple[int, str]:
    """Return the next position and the hash it follows."""
    newest = select(SealedRow.position, SealedRow.hash).where(SealedRow.campaign_id == campaign.id)
    last = session.execute(newest.order_by(SealedRow.position.desc()).limit(1)).first()
    head = find_head(session, campaign.id)
    end = (last.position + 1, last.hash) if last else (0, seal.START)
    signed = (head.count, head.head) if head else (0, seal.START)
    if end != signed or (head is not None and not _is_genuine(head, campaign)):
        raise Conflict(BROKEN)
    return end


def _is_genuine(head: ChainHead, campaign: Campaign) -> bool:
    key = public_keys().get(head.key_id)
    return key is not None and seal.verify_head(statement(head, campaign.public_id), head.signature, key)


def _sign(session, campaign: Campaign, count: int, head: str, now: datetime) -> dict:
    key_id, key = signing_key()
    row = ChainHead(campaign_id=campaign.id, count=count, head=head, sealed_at=now, key_id=key_id)
    row.signature = seal.sign_head(statement(row, campaign.public_id), key)
    session.add(row)
    return as_seal(row)


def find_head(session, campaign_id: int) -> ChainHead | None:
    """Return the newest signed head of a campaign."""
    query = select(ChainHead).where(ChainHead.campaign_id == campaign_id)
    return session.scalar(query.order_by(ChainHead.count.desc()).limit(1))


def statement(head: ChainHead, campaign: str) -> dict:
    """Return what the signature of a head covers."""
    return {
        "campaign": campaign,
        "count": head.count,
        "head": head.head,
        "time": rfc3339(head.sealed_at),
        "key_id": head.key_id,
    }


def as_seal(head: ChainHead) -> dict:
    """Return a head as it stands on sheets and in replies."""
    return {
        "head": head.head,
        "count": head.count,
        "key_id": head.key_id,
        "signature": head.signature,
        "time": rfc3339(head.sealed_at),
    }
