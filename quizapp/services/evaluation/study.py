"""Who has finished the required reading of a campaign: every article of the current editions, read."""

from dataclasses import dataclass

from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import ArticleText, CampaignHandbook, Edition, Handbook, Reading, RosterEntry


@dataclass(frozen=True)
class Required:
    """A required handbook in its current edition."""

    slug: str
    title: str
    articles: int


def required(campaign_id: int) -> list[Required]:
    """Return the required handbooks that have a current edition, with how many articles each has."""
    query = (
        select(Handbook.slug, Edition.title, func.count(ArticleText.id))
        .join(CampaignHandbook, CampaignHandbook.handbook_id == Handbook.id)
        .join(Edition, (Edition.handbook_id == Handbook.id) & Edition.is_current)
        .join(ArticleText, ArticleText.edition_id == Edition.id)
        .where(CampaignHandbook.campaign_id == campaign_id)
        .group_by(Handbook.id, Handbook.slug, Edition.title)
        .order_by(Handbook.id)
    )
    return [Required(*row) for row in db.session.execute(query)]


def counts(campaign_id: int) -> dict[int, int]:
    """Return how many required articles each person of the roster has read; whoever has read none is left out."""
    articles = (
        select(ArticleText.article_id)
        .join(Edition, (Edition.id == ArticleText.edition_id) & Edition.is_current)
        .join(CampaignHandbook, CampaignHandbook.handbook_id == Edition.handbook_id)
        .where(CampaignHandbook.campaign_id == campaign_id)
    )
    query = (
        select(Reading.person_id, func.count())
        .join(RosterEntry, RosterEntry.person_id == Reading.person_id)
        .where(RosterEntry.campaign_id == campaign_id, Reading.article_id.in_(articles))
        .group_by(Reading.person_id)
    )
    return dict(db.session.execute(query).all())


def finished(campaign_id: int) -> set[int] | None:
    """Return who of the roster has read every required article; None where nothing is required."""
    whole = sum(one.articles for one in required(campaign_id))
    if not whole:
        return None
    return {person for person, count in counts(campaign_id).items() if count == whole}
