"""People who sit an exam right now, written straight into the tables, with the cookies of their sessions."""

import itertools
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta


@dataclass(frozen=True)
class Seat:
    """One person's attempt, session secret, signed cookie and CSRF token."""

    attempt_id: str
    token: str
    cookie: str
    csrf: str


PAPER = {
    "items": [
        {"slot": str(n), "revision_id": n, "kind": "single_choice", "points_milli": 2000, "section": "",
         "option_ids": ["aaaa", "bbbb", "cccc", "dddd"], "order": [0, 1, 2, 3]}
        for n in range(1, 51)
    ],
    "rule": "exact",
}  # fmt: skip


def seat(app, number: int) -> list[Seat]:
    """Write `number` people with open attempts at one exam; inside no application context."""
    from quizapp.models import Attempt, Campaign, Exam, Person, SignInSession, Unit, UnitClosure
    from quizapp.services.sign_in import digest
    from quizapp.services.transaction import writing

    now, today = datetime.now(UTC), date(2026, 7, 1)
    secrets_of: list[tuple[str, str]] = []
    with app.app_context(), writing() as session:
        unit = Unit(code="1", name="示例镇", kind="township")
        session.add(unit)
        session.flush()
        session.add(UnitClosure(ancestor_id=unit.id, descendant_id=unit.id, depth=0))
        campaign = Campaign(
            unit_id=unit.id, title="练兵", starts_on=today, ends_on=today, roster_on=today, policy={}, created_at=now
        )
        session.add(campaign)
        session.flush()
        exam = Exam(
            campaign_id=campaign.id,
            unit_id=unit.id,
            title="考试",
            blueprint={},
            posts=[],
            opens_at=now,
            closes_at=now + timedelta(hours=9),
            limit_seconds=21600,
            created_at=now,
        )
        session.add(exam)
        session.flush()
        for n in range(number):
            person = Person(login=f"p{n}", login_key=f"p{n}", name="甲", unit_id=unit.id, created_at=now)
            session.add(person)
            session.flush()
            token = secrets.token_urlsafe(32)
            session.add(
                SignInSession(
                    token_hash=digest(token),
                    person_id=person.id,
                    created_at=now,
                    seen_at=now,
                    expires_at=now + timedelta(hours=9),
                )
            )
            attempt = Attempt(
                exam_id=exam.id,
                person_id=person.id,
                number=1,
                paper=PAPER,
                started_at=now,
                deadline_at=now + timedelta(hours=8),
            )
            session.add(attempt)
            session.flush()
            secrets_of.append((attempt.public_id, token))
    return [Seat(attempt_id, token, *cookie_of(app, token)) for attempt_id, token in secrets_of]


def cookie_of(app, token: str) -> tuple[str, str]:
    """Return (session cookie, CSRF token) as a signed-in browser holds them."""
    from flask import session

    from quizapp.web import signatures

    with app.test_request_context():
        signatures.bind(token)
        return app.session_interface.get_signing_serializer(app).dumps(dict(session)), signatures.request_token()


def saves(one: Seat, numbers: itertools.count, is_plain: bool):
    """Yield raw requests that save one choice after the other; `is_plain` for the ceiling's cookie."""
    cookie = f"token={one.token}" if is_plain else f"quizapp={one.cookie}"
    for seq in numbers:
        answer = {"slot": str(seq % 50 + 1), "seq": seq, "value": ["bbbb"]}
        body = json.dumps({"epoch": 1, "nonce": "k3v9", "answers": [answer]}).encode()
        head = (
            f"PUT /api/v1/attempts/{one.attempt_id}/answers HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n"
            f"X-CSRFToken: {one.csrf}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        yield head.encode() + body
