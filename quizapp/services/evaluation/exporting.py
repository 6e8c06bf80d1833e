"""A campaign's chain as a file that anybody can check without this instance."""

import msgspec
from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Campaign, ChainHead, SealedRow, Sheet
from quizapp.rules import chain_file
from quizapp.rules.chain_file import CampaignIn, ChainFile, HeadIn, KeyIn, RowIn
from quizapp.services import signing
from quizapp.services.campaigns import get_campaign
from quizapp.services.evaluation import chain


def export(campaign: Campaign) -> ChainFile:
    """Return the whole chain of a campaign: sealed rows, signed heads, public keys and every published sheet."""
    rows = select(SealedRow.row, SealedRow.hash).where(SealedRow.campaign_id == campaign.id)
    heads = select(ChainHead).where(ChainHead.campaign_id == campaign.id).order_by(ChainHead.count)
    texts = select(Sheet.body).where(Sheet.campaign_id == campaign.id).order_by(Sheet.id)
    signed = [
        HeadIn(**chain.statement(one, campaign.public_id), signature=one.signature) for one in db.session.scalars(heads)
    ]
    used = {one.key_id for one in signed}
    return ChainFile(
        chain_file.FORMAT,
        1,
        CampaignIn(campaign.public_id, campaign.title),
        [KeyIn(one, chain_file.key_text(key)) for one, key in signing.public_keys().items() if one in used],
        signed,
        [RowIn(*row) for row in db.session.execute(rows.order_by(SealedRow.position))],
        list(db.session.scalars(texts)),
    )


def export_text(campaign_id: str) -> tuple[bytes, dict[str, int]]:
    """Return the file's bytes, and how many rows and sheets are in it. Raises NotFound."""
    file = export(get_campaign(campaign_id))
    raw = msgspec.json.format(msgspec.json.encode(file), indent=1)
    return raw, {"rows": len(file.rows), "sheets": len(file.sheets)}
