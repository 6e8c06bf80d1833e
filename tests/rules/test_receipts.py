"""Receipts: codes that can be typed, digests that hide, statements that cannot be altered."""

import random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules import codes, receipts
from quizapp.rules.signing import key_id

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
STATEMENT = receipts.payload(
    "7K3M9QXD2A", "a8f3kd92mz0q7w4e", "ab" * 32, 37, "2026-07-31T15:59:59.999Z", key_id(KEY.public_key())
)
SIGNATURE = receipts.sign(STATEMENT, KEY)


@given(st.binary(min_size=7, max_size=7))
def test_a_code_has_ten_characters_that_cannot_be_mistaken(random_bytes):
    code = receipts.new_code(random_bytes)
    assert len(code) == 10
    assert not set(code) & set("OILU")
    assert receipts.normalise_code(code) == code


@given(st.binary(min_size=7, max_size=7), st.randoms(use_true_random=False))
def test_a_code_typed_carelessly_is_the_same(random_bytes, rng):
    code = receipts.new_code(random_bytes)
    look_alikes = {"0": "0OoＯ", "1": "1IiLlｌ", "V": "VvUu"}
    typed = "".join(rng.choice(look_alikes.get(char, char + char.lower())) for char in code)
    typed = rng.choice(["", " ", "\u3000"]) + typed[:5] + rng.choice(["", "-", " ", "－", "—", " - "]) + typed[5:] + " "
    assert receipts.normalise_code(typed) == code


@pytest.mark.parametrize(
    "typed", ["", "7K3M9QXD2", "7K3M9QXD2AA", "7K3M9QXD2!", "7K3M9QXD2村", "\ud800K3M9QXD2A", "-" * 10]
)
def test_what_cannot_be_a_code_is_none(typed):
    assert receipts.normalise_code(typed) is None


def test_codes_use_all_their_random_bits():
    made = {receipts.new_code(number.to_bytes(7)) for number in range(4096)}
    assert len(made) == 4096
    flipped = {receipts.new_code((1 << bit).to_bytes(7)) for bit in range(50)}
    assert len(flipped) == 50


def test_too_few_random_bytes_are_refused():
    with pytest.raises(ValueError):
        receipts.new_code(b"123456")


def test_a_code_is_printed_in_groups():
    assert codes.grouped("7K3M9QXD2A") == "7K3M9-QXD2A"
    assert codes.grouped("7K3M9QXD", 4) == "7K3M-9QXD"


def test_the_digest_is_of_the_answers_whatever_their_order_and_of_the_salt():
    answers = {"1": ["k3xq"], "2": True, "3": ["居住地", ""]}
    digest = receipts.answers_digest(bytes(16), answers)
    assert digest == receipts.answers_digest(bytes(16), dict(reversed(answers.items())))
    assert digest == receipts.answers_digest(bytes(16), {**answers, "4": None})
    assert digest != receipts.answers_digest(bytes(15) + b"\1", answers)
    assert digest != receipts.answers_digest(bytes(16), {**answers, "2": False})
    assert digest != receipts.answers_digest(bytes(16), {**answers, "1": []})


def test_a_receipt_is_checked_offline_with_the_public_key():
    """F11"""
    assert receipts.is_genuine(STATEMENT, SIGNATURE, KEY.public_key())
    assert not receipts.is_genuine(STATEMENT, SIGNATURE, OTHER.public_key())
    forged = {**STATEMENT, "key_id": key_id(OTHER.public_key())}
    assert not receipts.is_genuine(forged, SIGNATURE, OTHER.public_key())


@pytest.mark.parametrize(
    "changes",
    [
        {"submitted_at": "2026-07-31T15:59:59.998Z"},
        {"answered": 38},
        {"answered": "37"},
        {"answered": 37.5},
        {"digest": "ac" * 32},
        {"attempt": "a8f3kd92mz0q7w4f"},
        {"code": "7K3M9QXD2B"},
        {"score": 100},
        {"answered": {1, 2}},
        {"digest": "\ud800"},
    ],
)
def test_an_altered_receipt_is_refused(changes):
    """F11: time, count, answers, attempt and code are all signed."""
    assert not receipts.is_genuine({**STATEMENT, **changes}, SIGNATURE, KEY.public_key())


def test_every_altered_signature_is_refused():
    """F11: also another spelling of the same signature."""
    rng = random.Random("F11")
    for _ in range(1000):
        data = bytearray(SIGNATURE.encode())
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(7)
        assert not receipts.is_genuine(STATEMENT, data.decode(), KEY.public_key())
    for signature in ("", "=", SIGNATURE + "=", SIGNATURE[:-2], SIGNATURE + "\n", "村", SIGNATURE.replace("=", "")):
        assert not receipts.is_genuine(STATEMENT, signature, KEY.public_key())


def test_a_receipt_is_not_signed_by_a_key_it_does_not_name():
    with pytest.raises(ValueError, match="another key"):
        receipts.sign(STATEMENT, OTHER)
