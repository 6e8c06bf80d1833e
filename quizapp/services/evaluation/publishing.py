"""Publishing: one transaction computes, seals, signs and puts every changed sheet on its way."""

from dataclasses import dataclass
from datetime import datetime

from quizapp.models import Campaign, Delivery, Exam, Sheet
from quizapp.models.types import new_public_id
from quizapp.rules import village_result
from quizapp.rules.errors import Conflict
from quizapp.rules.permissions import Actor
from quizapp.rules.village_result import Publication
from quizapp.rules.words import N_
from quizapp.services import audit, scope, signing, upkeep
from quizapp.services.campaigns import get_campaign
from quizapp.services.deliveries.receivers import active_receivers
from quizapp.services.evaluation import chain, results, sealing, sheets
from quizapp.services.evaluation.figures import Evaluated, measure
from quizapp.services.transaction import writing


@dataclass(frozen=True)
class Outcome:
    """What publishing did: units whose sheet is new by code, and the seal that now covers everything."""

    campaign: str
    units: list[str]
    results_sealed: int
    revision: int
    seal: dict


def publish(actor: Actor | None, campaign_id: str, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> Outcome:
    """Publish the results of a campaign: a sheet for every village whose result is new, sealed and put on its way.

    Again, or twice at once, without any change gives no second revision. Raises Conflict while an exam that counts
    is open or its results are not released, NotFound where the actor does not lead the campaign's township.
    """
    campaign = get_campaign(campaign_id)
    scope.require(actor, "evaluation.publish", campaign.unit_id)
    row_id = campaign.id
    signing.publish_key(now)
    with writing() as session:
        campaign = session.get(Campaign, row_id, with_for_update=True)  # one at a time appends to a chain
        evaluated = measure(campaign, now)
        refuse_too_early(evaluated, now)
        rows = sealing.seal_results(session, campaign, evaluated.exams, evaluated.places)
        fresh, published = _fresh_sheets(campaign, evaluated, now)
        sealed = [village_result.sealed_row(body, evaluated.rows[unit]["total"]) for unit, body in fresh.items()]
        if rows or sealed:
            seal = chain.append(session, campaign, rows + sealed, now)
            _keep(session, campaign, fresh, seal, actor, now)
            units = [evaluated.places[unit].code for unit in fresh]
            told = {"units": units, "results": len(rows), "count": seal["count"], "head": seal["head"]}
            audit.record(actor, campaign.unit_id, "evaluation.published", campaign_id, now, trace, **told)
        else:
            seal = chain.as_seal(chain.find_head(session, campaign.id))
        revision = max([one.revision for one in published.values()] + [body["revision"] for body in fresh.values()])
        return Outcome(campaign_id, [body["unit"]["code"] for body in fresh.values()], len(rows), revision, seal)


def refuse_too_early(evaluated: Evaluated, now: datetime) -> None:
    """Raise Conflict where there is nothing to publish yet, naming the exam that stands in the way."""
    if not evaluated.rows:
        raise Conflict(N_("There is no village or community below this campaign's unit."))
    for exam in evaluated.exams:
        why = in_the_way(exam, now)
        if why:
            raise Conflict(why, title=exam.title)


def in_the_way(exam: Exam, now: datetime) -> str:
    """Return the sentence that says why an exam keeps results from being published, or nothing."""
    if exam.ends_at > now:
        return N_("The exam “%(title)s” counts and has not closed yet.")
    if exam.released_at is None:
        return N_("The exam “%(title)s” counts and its results are not released yet.")
    return ""


def _fresh_sheets(campaign: Campaign, evaluated: Evaluated, now: datetime) -> tuple[dict, dict]:
    """Return what there is to say anew, by unit and without its seal, and what was said last."""
    published, fresh = sheets.newest(campaign.id), {}
    told, restored_at = results.of_villages(campaign, evaluated), upkeep.restored_at()
    for unit_id in evaluated.order:
        before = published.get(unit_id)
        if before is None or not village_result.is_same(told[unit_id], before.body):
            last, since = (before.revision, before.published_at) if before else (0, campaign.created_at)
            number = village_result.next_revision(last, since, restored_at)
            supersedes = before and before.event_id
            publication = Publication(new_public_id(), number, supersedes, now)
            fresh[unit_id] = village_result.publish(told[unit_id], publication)
    return fresh, published


def _keep(session, campaign: Campaign, fresh: dict, seal: dict, actor: Actor | None, now: datetime) -> None:
    receivers = active_receivers(session, campaign.unit_id)
    for unit_id, body in fresh.items():
        sheet = Sheet(
            event_id=body["event_id"],
            campaign_id=campaign.id,
            unit_id=unit_id,
            revision=body["revision"],
            body=village_result.to_text({**body, "seal": seal}),
            published_at=now,
            published_by_id=actor and actor.person_id,
        )
        session.add(sheet)
        session.flush()
        session.add_all(
            Delivery(sheet_id=sheet.id, receiver_id=receiver, next_at=now, created_at=now) for receiver in receivers
        )
