"""The exam on a phone: start or resume, save answers, hand in, look."""

import base64

import msgspec
from msgspec import UNSET, UnsetType

from quizapp.rules.clock import rfc3339 as stamp
from quizapp.services.attempts import finish, papers, receipts, review
from quizapp.services.attempts import save as saving
from quizapp.services.attempts import start as starting
from quizapp.services.late_answers import keys
from quizapp.web import edge, heard
from quizapp.web.access import SIGNED_IN, actor
from quizapp.web.api import blueprint, shapes
from quizapp.web.api.endpoint import endpoint
from quizapp.web.errors import sentence

REFUSALS = (409, 429)


@endpoint(
    blueprint,
    "POST",
    "/exams/<exam_id>/attempts",
    SIGNED_IN,
    {201: shapes.StartOut, 200: shapes.StartOut},
    "Start an attempt, or come back to the open one",
    body=shapes.StartBody,
    refusals=REFUSALS,
)
def start(body: shapes.StartBody, exam_id: str):
    if body.attempt_id is None:
        running = starting.start(actor(), exam_id, edge.now())
    else:
        running = starting.resume(edge.person_id(), exam_id, body.attempt_id)
    if running.state == "open":
        heard.note_opening(running.attempt_id)
    return (201 if running.is_new else 200), started(running)


def started(running: starting.Running) -> shapes.StartOut:
    """Return what a device needs to go on with an attempt."""
    return shapes.StartOut(
        running.attempt_id,
        running.state,
        stamp(running.started_at),
        stamp(running.deadline_at),
        stamp(edge.reply_time()),
        running.epoch,
        running.next_seq,
        paper(running.items),
        answers(running.answers),
        base64.urlsafe_b64encode(keys.of_attempt(running.attempt_id)).decode().rstrip("="),
    )


def paper(items: list) -> shapes.PaperOut:
    """Return a paper in its outside shape: cases laid flat, what several items share told once."""
    return shapes.PaperOut([item(one) for one in items], materials(items))


def materials(items: list):
    """Return the shared materials of a paper; left out where there are none."""
    return [shapes.MaterialOut(*one) for one in papers.materials(items).items()] or UNSET


def sides(one) -> dict:
    """Return what an item offers to choose from, and its material, in their outside shape."""
    return {
        "options": UNSET if one.options is None else [shapes.OptionOut(*option) for option in one.options],
        "right": UNSET if one.right is None else [shapes.OptionOut(*option) for option in one.right],
        "blanks": UNSET if one.blanks is None else one.blanks,
        "material_id": one.material[0] if one.material else UNSET,
        "section": one.section or UNSET,
    }


def item(one) -> shapes.ItemOut:
    """Return an item in its outside shape."""
    return shapes.ItemOut(
        one.slot,
        one.kind,
        one.stem_html,
        one.points_milli / 1000,
        **sides(one),
    )


def answers(standing: dict) -> dict[str, shapes.Standing]:
    """Return what stands, by slot."""
    return {slot: shapes.Standing(one.epoch, one.seq, one.value) for slot, one in standing.items()}


def sent(body) -> list[saving.Sent]:
    """Return the answers of a body as the service takes them."""
    return [saving.Sent(str(one.slot), one.seq, one.value) for one in body.answers]


@endpoint(
    blueprint,
    "PUT",
    "/attempts/<attempt_id>/answers",
    SIGNED_IN,
    {200: shapes.SaveOut, 202: shapes.SaveOut},
    "Save answers; said only after the durable commit",
    body=shapes.SaveBody,
    refusals=REFUSALS,
)
def save(body: shapes.SaveBody, attempt_id: str):
    who = edge.person_id()
    outcome = saving.save_answers(attempt_id, who, body.epoch, sent(body), edge.now())
    heard.note(attempt_id)
    return (202 if outcome.recorded else 200), shapes.SaveOut(
        outcome.saved,
        {slot: shapes.Standing(*what) for slot, what in outcome.superseded.items()},
        {slot: shapes.ProblemOut(one.code, sentence(one.message, one.params)) for slot, one in outcome.refused.items()},
        outcome.state,
        stamp(edge.reply_time()),
        stamp(outcome.deadline_at),
        outcome.recorded or UNSET,
        UNSET if body.nonce is None else body.nonce,
    )


@endpoint(
    blueprint,
    "POST",
    "/attempts/<attempt_id>/signals",
    SIGNED_IN,
    {200: shapes.Noted},
    "Tell how often the page was left and loaded; evidence for people, nothing that marks read",
    body=shapes.SignalsBody,
    refusals=(429,),
)
def tell(body: shapes.SignalsBody, attempt_id: str):
    saving.ticket_of(attempt_id, edge.person_id())
    heard.note(attempt_id)
    heard.note_signals(attempt_id, body.device, msgspec.structs.asdict(body))
    return 200, shapes.Noted(stamp(edge.reply_time()))


def receipt_of(done: finish.HandedIn) -> shapes.ReceiptOut:
    """Return a receipt in its outside shape."""
    return shapes.ReceiptOut(done.code, done.digest, done.signature, done.key_id)


def ended_of(done: finish.HandedIn) -> shapes.EndedOut | UnsetType:
    """Return who else ended it, in its outside shape."""
    return shapes.EndedOut(done.ended.what, done.ended.name) if done.ended else UNSET


@endpoint(
    blueprint,
    "POST",
    "/attempts/<attempt_id>/submission",
    SIGNED_IN,
    {200: shapes.SubmissionOut},
    "Hand in, with whatever is still unsent; again gives the same receipt",
    body=shapes.SubmissionBody,
    refusals=REFUSALS,
)
def submit(body: shapes.SubmissionBody, attempt_id: str):
    done = finish.submit(attempt_id, edge.person_id(), body.epoch, sent(body), edge.now())
    heard.note(attempt_id)
    return 200, shapes.SubmissionOut(
        done.state,
        stamp(done.submitted_at),
        done.answered,
        receipt_of(done),
        ended_of(done),
        UNSET if body.nonce is None else body.nonce,
    )


@endpoint(
    blueprint,
    "GET",
    "/attempts/<attempt_id>",
    SIGNED_IN,
    {200: shapes.AttemptOut},
    "An attempt as it stands; with key and marks after release",
)
def show(attempt_id: str):
    seen = review.get(attempt_id, edge.person_id())
    heard.note(attempt_id)
    out = shapes.AttemptOut(seen.state, stamp(seen.deadline_at), stamp(edge.reply_time()), answers(seen.answers))
    done = None if seen.state == "open" else finish.find_handed_in(attempt_id, edge.person_id())
    if done:
        out.submitted_at, out.answered, out.receipt = stamp(done.submitted_at), done.answered, receipt_of(done)
        out.ended = ended_of(done)
    if seen.score is not None:
        score = seen.score
        out.score = shapes.ScoreOut(
            score.points_milli / 1000, score.full_milli / 1000, score.share, score.passed, score.seconds_used
        )
        out.items = [reviewed(one) for one in seen.items]
        out.materials = materials([one.item for one in seen.items])
    return 200, out


def reviewed(one) -> shapes.ReviewItem:
    """Return a marked item with its key and where it is written."""
    links = [
        shapes.ArticleLink(link.number, link.handbook, f"/study/{link.slug}/{link.article_id}") for link in one.articles
    ]
    return shapes.ReviewItem(
        one.item.slot,
        one.item.kind,
        one.item.stem_html,
        one.item.points_milli / 1000,
        one.earned_milli / 1000,
        one.key,
        one.explanation_html,
        links,
        **sides(one.item),
    )


@endpoint(
    blueprint,
    "GET",
    "/receipts/<code>",
    "public",
    {200: shapes.ReceiptCheck},
    "Whether a receipt is genuine",
    refusals=(429,),
)
def receipt(code: str):
    found = receipts.check(code, edge.address(), edge.now())
    return 200, shapes.ReceiptCheck(
        found.valid, found.exam, stamp(found.submitted_at), found.answered, found.superseded_by or UNSET
    )
