"""Signed deliveries, held against the reference implementation of Standard Webhooks."""

import hmac
import random
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from quizapp.rules import webhooks
from quizapp.rules.webhooks import Unverified, sign, verify

NOW = datetime(2026, 7, 31, 16, 0, 0, 500_000, tzinfo=UTC)
SECRET, OLD_SECRET = bytes(range(32)), bytes(range(100, 132))
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
BODY = '{"type":"village_result.published","unit":"甲村"}'.encode()
ID = "msg_2aB-9"


def refused(headers, body=BODY, now=NOW, secrets=(SECRET,), public_keys=()):
    try:
        verify(headers, body, now, secrets, public_keys)
    except Unverified:
        return True
    return False


@given(
    st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True),
    st.text(st.characters(exclude_categories=["Cs"])).map(str.encode),
    st.binary(min_size=24, max_size=64),
)
def test_what_we_sign_the_reference_verifies_and_the_other_way_round(message_id, body, secret):
    """F6: equal byte for byte."""
    now = datetime.now(UTC)
    headers = sign(message_id, now, body, [secret])
    reference = Webhook(webhooks.secret_to_text(secret))
    reference.verify(body, headers, json_parse=False)
    assert headers["webhook-signature"] == reference.sign(message_id, now, body.decode())
    assert verify(headers, body, now, [secret]) == message_id


def test_header_names_may_be_in_any_case():
    headers = {name.title(): value for name, value in sign(ID, NOW, BODY, [SECRET]).items()}
    assert verify(headers, BODY, NOW, [SECRET]) == ID


@pytest.mark.parametrize(
    ("seconds", "is_refused"),
    [(0, False), (299, False), (300, False), (301, True), (-299, False), (-300, False), (-301, True)],
)
def test_a_message_may_be_five_minutes_old_or_new(seconds, is_refused):
    """F6: stale by more than 300 s, to the second and the millisecond."""
    headers = sign(ID, NOW.replace(microsecond=0), BODY, [SECRET])
    moment = NOW.replace(microsecond=0) + timedelta(seconds=seconds)
    assert refused(headers, now=moment) is is_refused
    if abs(seconds) == 300:
        assert refused(headers, now=moment + timedelta(milliseconds=1 if seconds > 0 else -1))


def mutate(data, rng):
    """One bit flipped, or one byte dropped, doubled or put in."""
    place, kind = rng.randrange(len(data)), rng.randrange(4)
    if kind == 0:
        return data[:place] + bytes([data[place] ^ 1 << rng.randrange(7)]) + data[place + 1 :]
    if kind == 1:
        return data[:place] + data[place + 1 :]
    if kind == 2:
        return data[:place] + data[place : place + 1] + data[place:]
    return data[:place] + bytes([rng.randrange(32, 127)]) + data[place:]


def mutations(count, headers):
    """Yield headers and body of which exactly one part is not what was signed."""
    rng = random.Random("F6")
    while count:
        part = rng.choice([*headers, "body"])
        whole = {**{name: value.encode() for name, value in headers.items()}, "body": BODY}
        changed = mutate(whole[part], rng)
        if changed == whole[part] or (part == "webhook-signature" and changed.strip() == whole[part]):
            continue  # a byte doubled beside its like, or a space at an end, which says the same
        count -= 1
        whole[part] = changed
        body = whole.pop("body")
        yield {name: value.decode() for name, value in whole.items()}, body


def test_every_mutation_is_refused():
    """F6: bit flips in id, timestamp, body and signatures, 10,000 in all, v1 and v1a."""
    for headers, body in mutations(6000, sign(ID, NOW, BODY, [SECRET])):
        assert refused(headers, body), (headers, body)
    for headers, body in mutations(4000, sign(ID, NOW, BODY, [], [KEY])):
        assert refused(headers, body, secrets=[SECRET], public_keys=[KEY.public_key()]), (headers, body)


def test_whatever_the_reference_refuses_we_refuse():
    """F6: the reference is the oracle for shared-secret messages; we may only be stricter."""
    now = datetime.now(UTC)
    reference = Webhook(webhooks.secret_to_text(SECRET))
    for headers, body in mutations(1000, sign(ID, now, BODY, [SECRET])):
        try:
            reference.verify(body.decode(errors="replace"), headers, json_parse=False)
        except (WebhookVerificationError, ValueError):
            assert refused(headers, body, now=now)


def test_a_wrong_key_and_no_key_are_refused():
    headers = sign(ID, NOW, BODY, [SECRET], [KEY])
    assert refused(headers, secrets=[OLD_SECRET], public_keys=[OTHER.public_key()])
    assert refused(headers, secrets=[])
    assert verify(headers, BODY, NOW, [], [KEY.public_key()]) == ID


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("webhook-id", value) for value in ("", "a.b", "x" * 65, "消息", "a b", "a\n")),
        *(("webhook-timestamp", value) for value in ("", "1e9", "-1", " 1", "１", "9" * 30, "nan", "1\n")),
        *(("webhook-signature", value) for value in ("", "v1", ",", "v1,村", "v1,\ud800", "v1a,\ud800", "v2,AAAA")),
    ],
)
def test_headers_that_are_missing_or_odd_are_refused(name, value):
    headers = sign(ID, NOW, BODY, [SECRET])
    assert refused({**headers, name: value}, public_keys=[KEY.public_key()])
    del headers[name]
    assert refused(headers)


def test_an_id_with_a_full_stop_cannot_move_the_border_to_the_timestamp():
    """F6: "a" + 100 + "7.x" and "a.100" + 7 + "x" are one signed text; neither side takes the second."""
    with pytest.raises(ValueError, match="message id"):
        sign("a.100", NOW, BODY, [SECRET])
    seconds = int(NOW.timestamp())
    headers = sign("a", NOW, f"{seconds}.x".encode(), [SECRET])
    shifted = {**headers, "webhook-id": f"a.{seconds}"}
    assert refused(shifted, b"x")


def test_rotation_with_old_and_new_secret_loses_nothing():
    """F7: while both are sent, a receiver with either verifies; afterwards the old one is refused."""
    both = sign(ID, NOW, BODY, [OLD_SECRET, SECRET])
    assert [refused(both, secrets=[secret]) for secret in (OLD_SECRET, SECRET)] == [False, False]
    assert not refused(sign(ID, NOW, BODY, [SECRET]), secrets=[OLD_SECRET, SECRET])
    assert refused(sign(ID, NOW, BODY, [OLD_SECRET]), secrets=[SECRET])


def test_signatures_of_versions_to_come_are_passed_over():
    headers = sign(ID, NOW, BODY, [SECRET])
    headers["webhook-signature"] = "v9,AAAA " + headers["webhook-signature"]
    assert not refused(headers)


def test_macs_are_compared_in_constant_time(monkeypatch):
    """F6: through hmac.compare_digest, every time."""
    compared = []

    def spy(expected, given):
        compared.append((expected, given))
        return False

    headers = sign(ID, NOW, BODY, [SECRET])
    monkeypatch.setattr(hmac, "compare_digest", spy)
    assert refused(headers)
    assert len(compared) == 1


def test_there_has_to_be_something_to_sign_with():
    with pytest.raises(ValueError, match="secret or a key"):
        sign(ID, NOW, BODY)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b'{"a":1,"a":2}', b'{"a":{"b":1,"b":1}}', b"\xff", b'{"a":1} x', b"[" * 100_000]
)
def test_a_body_that_could_be_read_two_ways_is_refused(body):
    """F6: duplicate JSON keys."""
    with pytest.raises(Unverified):
        webhooks.read_body(body)


def test_a_good_body_is_read():
    assert webhooks.read_body(BODY) == {"type": "village_result.published", "unit": "甲村"}


@given(st.binary(min_size=24, max_size=64))
def test_a_secret_reads_back_the_same(secret):
    assert webhooks.secret_from_text(webhooks.secret_to_text(secret)) == secret


def test_a_message_that_is_not_believed_is_answered_401():
    assert Unverified.status == 401


@pytest.mark.parametrize("size", [23, 65])
def test_secrets_are_neither_too_short_nor_too_long(size):
    with pytest.raises(ValueError, match="24 to 64"):
        webhooks.secret_from_text(webhooks.secret_to_text(bytes(size)))


@pytest.mark.parametrize("text", ["", "whsec_", "whsec_c2hvcnQ=", "whsec_" + "A" * 200, "whsec_!!!!", "whsec_村"])
def test_weak_and_misspelt_secrets_are_refused(text):
    with pytest.raises(ValueError):
        webhooks.secret_from_text(text)
