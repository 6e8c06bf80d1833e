"""The shapes of the JSON API: what is taken (unknown fields are refused) and what is returned."""

from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

STORABLE = r"^[^\u0000\ud800-\udfff]*$"  # no NUL and no half of a pair, which no database takes
Text = Annotated[str, Meta(max_length=1024, pattern=STORABLE)]
Nonce = Annotated[str, Meta(max_length=64, pattern=STORABLE)]
Stamp = Annotated[str, Meta(extra_json_schema={"format": "date-time"})]
Count = Annotated[int, Meta(ge=0, le=2**31 - 1)]  # as far as a column counts


class Taken(Struct, forbid_unknown_fields=True):
    """What a caller sends."""


class Returned(Struct, omit_defaults=True):
    """What a caller gets; what may not be seen yet is left out."""


class SignInBody(Taken):
    login: Text
    password: Text


class StartBody(Taken):
    """Empty to start; a device that holds an attempt names it and comes back to that one alone."""

    attempt_id: Text | None = None


class AnswerBody(Taken):
    slot: Annotated[str, Meta(min_length=1, max_length=8, pattern=STORABLE)] | Annotated[int, Meta(ge=0, le=9999)]
    seq: Count
    value: Any


class SaveBody(Taken):
    epoch: Count
    answers: Annotated[list[AnswerBody], Meta(max_length=500)]
    nonce: Nonce | None = None


class SubmissionBody(Taken):
    epoch: Count
    answers: Annotated[list[AnswerBody], Meta(max_length=500)] = msgspec.field(default_factory=list)
    nonce: Nonce | None = None


class SignalsBody(Taken):
    """Sums of one browser since it first opened the attempt."""

    device: Annotated[str, Meta(min_length=1, max_length=16, pattern=r"^[0-9a-zA-Z_-]+$")]
    left: Count = 0
    away_seconds: Count = 0
    loads: Count = 0
    clock_seconds: Annotated[int, Meta(ge=-(2**31), le=2**31 - 1)] = 0


class Noted(Returned, omit_defaults=False):
    server_now: Stamp


class Token(Returned):
    csrf_token: str


class PersonOut(Returned):
    id: str
    name: str


class SessionOut(Returned):
    person: PersonOut
    roles: list[str]
    csrf_token: str


class ExamOut(Returned, omit_defaults=False):
    id: str
    title: str
    opens_at: Stamp
    closes_at: Stamp
    limit_seconds: int
    state: str
    attempts_left: int
    attempt_id: str | UnsetType = UNSET


class Standing(Returned, omit_defaults=False):
    """What stands in a slot."""

    epoch: int
    seq: int
    value: Any


class OptionOut(Returned):
    id: str
    html: str


class ItemOut(Returned):
    slot: str
    kind: str
    stem_html: str
    points: float
    options: list[OptionOut] | UnsetType = UNSET
    right: list[OptionOut] | UnsetType = UNSET
    blanks: int | UnsetType = UNSET
    material_id: str | UnsetType = UNSET
    section: str | UnsetType = UNSET


class MaterialOut(Returned):
    id: str
    html: str


class PaperOut(Returned):
    items: list[ItemOut]
    materials: list[MaterialOut] | UnsetType = UNSET


class StartOut(Returned, omit_defaults=False):
    attempt_id: str
    state: str
    started_at: Stamp
    deadline_at: Stamp
    server_now: Stamp
    epoch: int
    next_seq: int
    paper: PaperOut
    answers: dict[str, Standing]
    answer_file_key: str  # what this attempt's phone seals an answer file with, base64url


class ProblemOut(Returned):
    type: str
    detail: str


class SaveOut(Returned, omit_defaults=False):
    saved: dict[str, int]
    superseded: dict[str, Standing]
    refused: dict[str, ProblemOut]
    state: str
    server_now: Stamp
    deadline_at: Stamp
    recorded: dict[str, int] | UnsetType = UNSET
    nonce: str | UnsetType = UNSET


class ReceiptOut(Returned):
    code: str
    digest: str
    signature: str
    key_id: str


class EndedOut(Returned):
    """Who ended it where neither its person nor the clock did: `what` is "attempt" or "exam"."""

    what: str
    name: str


class SubmissionOut(Returned, omit_defaults=False):
    state: str
    submitted_at: Stamp
    answered: int
    receipt: ReceiptOut
    ended: EndedOut | UnsetType = UNSET
    nonce: str | UnsetType = UNSET


class ArticleLink(Returned):
    number: str
    handbook: str
    url: str


class ReviewItem(Returned):
    """An item with its key, the answer that counted and what it earned."""

    slot: str
    kind: str
    stem_html: str
    points: float
    earned: float
    key: Any
    explanation_html: str
    articles: list[ArticleLink]
    options: list[OptionOut] | UnsetType = UNSET
    right: list[OptionOut] | UnsetType = UNSET
    blanks: int | UnsetType = UNSET
    material_id: str | UnsetType = UNSET
    section: str | UnsetType = UNSET


class ScoreOut(Returned, omit_defaults=False):
    points: float
    full: float
    share: float
    passed: bool
    seconds_used: int


class AttemptOut(Returned, omit_defaults=False):
    state: str
    deadline_at: Stamp
    server_now: Stamp
    answers: dict[str, Standing]
    submitted_at: Stamp | UnsetType = UNSET
    answered: int | UnsetType = UNSET
    receipt: ReceiptOut | UnsetType = UNSET
    ended: EndedOut | UnsetType = UNSET
    score: ScoreOut | UnsetType = UNSET
    items: list[ReviewItem] | UnsetType = UNSET
    materials: list[MaterialOut] | UnsetType = UNSET


class ReceiptCheck(Returned, omit_defaults=False):
    valid: bool
    exam: str
    submitted_at: Stamp
    answered: int
    superseded_by: str | UnsetType = UNSET


class RankRow(Returned, omit_defaults=False):
    rank: int | None
    name: str
    unit: str
    score: float | None
    seconds_used: int | UnsetType = UNSET
    unit_code: str | UnsetType = UNSET
    participation: float | None | UnsetType = UNSET
    pass_share: float | None | UnsetType = UNSET
    mean_of_sat: float | None | UnsetType = UNSET
    roster: int | UnsetType = UNSET
    is_small: bool | UnsetType = UNSET


class RankingOut(Returned, omit_defaults=False):
    released: bool
    frozen_at: Stamp | None
    rule: str
    within: str
    rows: list[RankRow]
    page: int
    has_more: bool
    me: RankRow | UnsetType = UNSET
