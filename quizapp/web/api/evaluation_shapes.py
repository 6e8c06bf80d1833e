"""What the API returns of an evaluation: shares are of 1, weights and points are points."""

from typing import Any

from msgspec import UNSET, UnsetType

from quizapp.web.api.shapes import Returned, Stamp


class UnitOut(Returned, omit_defaults=False):
    code: str
    name: str
    kind: str


class IndicatorOut(Returned, omit_defaults=False):
    """Shares are of 1, weights and points are points; `value` is absent while there is no figure."""

    code: str
    name: str
    target: float
    weight: float
    effective_weight: float
    points: float
    state: str
    evidence: dict[str, Any]
    value: float | UnsetType = UNSET


class EvaluationRow(Returned, omit_defaults=False):
    """`indicators` are absent for villages whose explanation the caller may not open."""

    unit: UnitOut
    total: float
    rank: int | None
    roster: int
    excused: int
    is_small: bool
    indicators: list[IndicatorOut] | UnsetType = UNSET
    revision: int | UnsetType = UNSET


class PolicyIndicator(Returned, omit_defaults=False):
    code: str
    name: str
    source: str
    measure: str
    target: float
    weight: float
    direction: str
    when_missing: str


class PolicyOut(Returned, omit_defaults=False):
    """The rule in one paragraph, and its indicators."""

    rule: str
    indicators: list[PolicyIndicator]
    minimum_size: int


class SealOut(Returned, omit_defaults=False):
    """The signed end of the campaign's chain; the signature covers campaign, count, head, key_id and time."""

    head: str
    count: int
    key_id: str
    signature: str
    time: Stamp


class EvaluationOut(Returned, omit_defaults=False):
    campaign: str
    title: str
    township: UnitOut
    roster_on: str
    released: bool
    rows: list[EvaluationRow]
    policy: PolicyOut
    changed_since: int  # villages whose result differs from what was published last
    revision: int | UnsetType = UNSET
    published_at: Stamp | UnsetType = UNSET
    seal: SealOut | UnsetType = UNSET


class RosterOut(Returned, omit_defaults=False):
    date: str
    size: int
    excused: int
    counted: int


class ChangeOut(Returned, omit_defaults=False):
    """What would bring an indicator to its target, and the points that would bring."""

    code: str
    message: str
    gain: float | UnsetType = UNSET


class PersonOut(Returned, omit_defaults=False):
    """One person of the dated roster; scores only for those who may see them, after the release."""

    id: str
    name: str
    unit: str
    post: str
    state: str
    articles_read: int
    excuse: str | UnsetType = UNSET
    points: float | UnsetType = UNSET
    full: float | UnsetType = UNSET


class ExplanationOut(Returned, omit_defaults=False):
    campaign: str
    unit: UnitOut
    total: float
    rank: int | None
    of: int
    indicators: list[IndicatorOut]
    roster: RosterOut
    spread_weight: float
    changes: list[ChangeOut]
    rule: str
    articles_required: int
    people: list[PersonOut] | UnsetType = UNSET
    revision: int | UnsetType = UNSET
    published: dict[str, Any] | UnsetType = UNSET
    seal: SealOut | UnsetType = UNSET
