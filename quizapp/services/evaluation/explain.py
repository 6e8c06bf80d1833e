"""Why a village has its rank: every figure with its evidence, how weights were spread, and what would change it."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Campaign, Unit
from quizapp.rules.errors import NotFound
from quizapp.rules.improvement import Change, what_would_change
from quizapp.rules.permissions import Actor
from quizapp.rules.words import N_
from quizapp.services import scope
from quizapp.services.evaluation import board, entered, people, sheets, sight, study
from quizapp.services.evaluation.figures import Evaluated, measure

RULE = N_(
    "Each indicator earns its weight times the share of the target that was reached, never more than its weight. "
    "Everybody on the dated roster counts; whoever is excused with a reason is left out. An indicator without a "
    "figure yet earns nothing, and its weight is spread over the others in proportion, unless the policy says 0. "
    "The points are rounded one by one to three decimals and added up; equals share a place."
)
LATER = N_("Known once the results are out.")


@dataclass(frozen=True)
class Explanation:
    """A village's place with all there is to say about it; `people` is None where names are not for the actor."""

    board: board.Board
    mine: board.Row
    row: dict  # of rules.evaluation.evaluate
    ahead_milli: int | None  # what is missing to the next better village
    spread_milli: int  # weight of indicators without a figure, spread over the others
    changes: list[Change]
    required: list[study.Required]
    people: list[people.OnRoster] | None
    stated: dict[str, list[entered.Stated]]
    published: sheets.Published | None
    sees_scores: bool
    may_enter: bool
    may_excuse: bool


def explain(actor: Actor | None, campaign_id: str, unit_code: str, now: datetime) -> Explanation:
    """Return why a village stands where it stands. Raises NotFound for a village out of the actor's reach."""
    campaign = sight.get_visible(actor, campaign_id)
    evaluated = measure(campaign, now)
    unit_id = next((one for one, place in evaluated.places.items() if place.code == unit_code), None)
    if unit_id is None:
        raise NotFound(scope.NOT_HERE)
    scope.require(actor, "evaluation.view", unit_id)
    return _explanation(actor, campaign, evaluated, unit_id, now)


def _explanation(
    actor: Actor | None, campaign: Campaign, evaluated: Evaluated, unit_id: int, now: datetime
) -> Explanation:
    row, whole = evaluated.rows[unit_id], board.make(actor, campaign, evaluated, now)
    sees_scores = scope.covers(actor, "results.view", unit_id)
    sees_names = scope.covers(actor, "people.view", unit_id)
    better = [one["total"] for one in evaluated.rows.values() if one["total"] > row["total"]]
    parent_id = db.session.scalar(select(Unit.parent_id).where(Unit.id == unit_id))
    spread = [one["weight"] for one in row["indicators"] if one["state"] == "not_yet" and not one["effective_weight"]]
    return Explanation(
        whole,
        next(one for one in whole.rows if one.place == evaluated.places[unit_id]),
        row,
        min(better) - row["total"] if better else None,
        sum(spread),
        _changes(evaluated, unit_id, row),
        study.required(campaign.id),
        people.behind(campaign, evaluated, unit_id, sees_scores, now) if sees_names else None,
        entered.history(campaign.id, unit_id),
        sheets.newest(campaign.id).get(unit_id),
        sees_scores,
        parent_id is not None and scope.covers(actor, "evaluation.enter", parent_id),
        actor is not None and scope.covers(actor, "evaluation.publish", campaign.unit_id),
    )


def _changes(evaluated: Evaluated, unit_id: int, row: dict) -> list[Change]:
    """Return what would raise the total; of figures that wait for results, only that they wait."""
    found = what_would_change(evaluated.policy, evaluated.units[unit_id], row)
    computed = {entry.code for entry in evaluated.policy.indicators if entry.source == "computed"}
    waiting = set() if evaluated.is_released else computed - set(evaluated.units[unit_id].figures)
    return [replace(one, message=LATER, params={}) if one.code in waiting else one for one in found]
