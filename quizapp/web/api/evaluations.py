"""Village evaluation for other programs: the board of a campaign, and one village explained."""

from flask_babel import gettext
from msgspec import UNSET

from quizapp.rules.clock import rfc3339 as stamp
from quizapp.rules.policy import Policy
from quizapp.rules.village_result import Place, number, outside
from quizapp.services.evaluation import board, explain
from quizapp.services.evaluation.people import OnRoster
from quizapp.web import edge
from quizapp.web.access import actor
from quizapp.web.api import blueprint
from quizapp.web.api.endpoint import endpoint
from quizapp.web.api.evaluation_shapes import (
    ChangeOut,
    EvaluationOut,
    EvaluationRow,
    ExplanationOut,
    IndicatorOut,
    PersonOut,
    PolicyIndicator,
    PolicyOut,
    RosterOut,
    SealOut,
    UnitOut,
)
from quizapp.web.errors import sentence


def unit(place: Place) -> UnitOut:
    """Return a place in its outside shape."""
    return UnitOut(place.code, place.name, place.kind)


def indicators(entries: list[dict]) -> list[IndicatorOut]:
    """Return a row's indicators with their names in the reader's language."""
    return [IndicatorOut(**{**outside(entry), "name": gettext(entry["name"])}) for entry in entries]


def policy(given: Policy) -> PolicyOut:
    """Return a policy with plain numbers."""
    entries = [
        PolicyIndicator(
            **{**vars(one), "name": gettext(one.name), "target": number(one.target), "weight": number(one.weight)}
        )
        for one in given.indicators
    ]
    return PolicyOut(gettext(explain.RULE), entries, given.minimum_size)


def row(one: board.Row) -> EvaluationRow:
    """Return a village's line."""
    return EvaluationRow(
        unit(one.place),
        number(one.total),
        one.rank,
        one.roster,
        one.excused,
        one.is_small,
        UNSET if one.indicators is None else indicators(one.indicators),
        one.revision or UNSET,
    )


def person(one: OnRoster) -> PersonOut:
    """Return somebody of the roster."""
    has_score = bool(one.sittings)
    return PersonOut(
        one.id,
        one.name,
        one.unit,
        one.post,
        one.state,
        one.read,
        one.excuse or UNSET,
        number(sum(sitting.points_milli for sitting in one.sittings)) if has_score else UNSET,
        number(sum(sitting.full_milli for sitting in one.sittings)) if has_score else UNSET,
    )


@endpoint(
    blueprint,
    "GET",
    "/evaluations/<campaign_id>",
    "evaluation.view",
    {200: EvaluationOut},
    "Every village of a campaign with its indicators",
)
def show_evaluation(campaign_id: str):
    found = board.get_board(actor(), campaign_id, edge.now())
    return 200, EvaluationOut(
        found.campaign_id,
        found.title,
        unit(found.township),
        found.roster_on.isoformat(),
        found.is_released,
        [row(one) for one in found.rows],
        policy(found.policy),
        len(found.changed),
        found.revision or UNSET,
        stamp(found.published_at) if found.published_at else UNSET,
        SealOut(**found.seal) if found.seal else UNSET,
    )


@endpoint(
    blueprint,
    "GET",
    "/evaluations/<campaign_id>/units/<unit_code>",
    "evaluation.view",
    {200: ExplanationOut},
    "Why a village has its rank",
)
def explain_unit(campaign_id: str, unit_code: str):
    why = explain.explain(actor(), campaign_id, unit_code, edge.now())
    mine, published = why.mine, why.published
    return 200, ExplanationOut(
        why.board.campaign_id,
        unit(mine.place),
        number(mine.total),
        mine.rank,
        len(why.board.rows),
        indicators(why.row["indicators"]),
        RosterOut(why.board.roster_on.isoformat(), mine.roster, mine.excused, mine.roster - mine.excused),
        number(why.spread_milli),
        [
            ChangeOut(one.code, sentence(one.message, one.params), UNSET if one.gain is None else number(one.gain))
            for one in why.changes
        ],
        gettext(explain.RULE),
        sum(one.articles for one in why.required),
        UNSET if why.people is None else [person(one) for one in why.people],
        published.revision if published else UNSET,
        published.body if published else UNSET,
        SealOut(**why.board.seal) if why.board.seal else UNSET,
    )
