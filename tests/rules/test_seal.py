"""Sealed results: every damage is found and located, and only the key's owner can sign a head."""

import hashlib
import json
import random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from quizapp.rules.seal import START, Damage, Link, canonical, key_id, row_hash, sign_head, verify_chain, verify_head

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))


def chain(rows, previous=START):
    links = []
    for row in rows:
        previous = row_hash(previous, row)
        links.append(Link(canonical(row), previous))
    return links


def rows_of(count, start=0):
    return [
        {"unit": f"U{number:03}", "points": number * 137, "marks": {"1": 2000, "2": number}, "name": "甲村"}
        for number in range(start, start + count)
    ]


def head_of(links):
    return {"count": len(links), "head": links[-1].hash if links else START}


def signed_head(**changes):
    return {"campaign": "c1", "count": 3, "head": "ab" * 32, "time": "2026-07-31T16:00:00.000Z",
            "key_id": key_id(KEY.public_key()), **changes}


def test_a_hash_is_sha256_over_the_hash_before_and_the_canonical_row():
    row = {"b": 1, "a": "村"}
    assert canonical(row) == '{"a":"村","b":1}'
    expected = hashlib.sha256(bytes(32) + '{"a":"村","b":1}'.encode()).hexdigest()
    assert row_hash(START, row) == row_hash(START, canonical(row)) == expected


@pytest.mark.parametrize(
    "value",
    [1.0, True, None, 2**53, -(2**53), "\ud800", b"x", (1,), {"a": 0.5}, [[None]], {1: "a"}, {"a": float("nan")}],
)
def test_only_texts_and_integers_are_sealed(value):
    with pytest.raises(ValueError):
        canonical({"value": value})


def test_a_whole_chain_is_whole_as_text_and_as_data():
    for count in range(6):
        links = chain(rows_of(count))
        assert verify_chain(links, head_of(links)) is None
        assert verify_chain([Link(json.loads(link.row), link.hash) for link in links], head_of(links)) is None


def flip(text, rng):
    """The text with one bit of one byte changed, as bytes on a disk change."""
    data = bytearray(text.encode(errors="surrogateescape"))
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return data.decode(errors="surrogateescape")


def altered(links, rng):
    place = rng.randrange(len(links))
    return place, links[:place] + [Link(flip(links[place].row, rng), links[place].hash)] + links[place + 1 :]


def hash_altered(links, rng):
    place = rng.randrange(len(links))
    return place, links[:place] + [Link(links[place].row, flip(links[place].hash, rng))] + links[place + 1 :]


def deleted(links, rng):
    place = rng.randrange(len(links) - 1)
    return place, links[:place] + links[place + 1 :]


def inserted(links, rng):
    place = rng.randrange(len(links) + 1)
    before = links[place - 1].hash if place else START
    foreign = rng.choice([chain(rows_of(1, 500), before)[0], chain(rows_of(1, 500))[0], Link("{}", "00" * 32)])
    return place, links[:place] + [foreign] + links[place:]


def reordered(links, rng):
    first, second = sorted(rng.sample(range(len(links)), 2))
    moved = list(links)
    if rng.random() < 0.5:
        moved[first], moved[second] = moved[second], moved[first]
    else:
        moved.insert(first, moved.pop(second))
    return first, moved


def tail_cut(links, rng):
    place = rng.randrange(len(links))
    return place, links[:place]


MUTATIONS = {"altered": [altered, hash_altered], "deleted": [deleted], "inserted": [inserted],
             "reordered": [reordered], "tail_cut": [tail_cut]}


@pytest.mark.parametrize("kind", sorted(MUTATIONS))
def test_every_damage_is_found_named_and_located(kind):
    """F1: 2,000 random mutations over the kinds, all detected, first bad index named."""
    rng = random.Random(f"F1 {kind}")
    for _ in range(400):
        links = chain(rows_of(rng.randint(2, 12)))
        index, damaged = rng.choice(MUTATIONS[kind])(links, rng)
        assert verify_chain(damaged, head_of(links)) == Damage(index, kind)


def test_several_damages_at_once_are_found():
    """F1"""
    rng = random.Random("F1 many")
    for _ in range(300):
        links = chain(rows_of(rng.randint(4, 12)))
        _, once = rng.choice([altered, deleted, inserted])(links, rng)
        _, twice = rng.choice([altered, deleted, inserted])(once, rng)
        _, damaged = rng.choice([hash_altered, altered, deleted, tail_cut])(twice, rng)
        assert verify_chain(damaged, head_of(links)) is not None


def test_a_row_copied_behind_itself_is_found():
    links = chain(rows_of(4))
    assert verify_chain([*links[:2], links[1], *links[2:]], head_of(links)) == Damage(2, "inserted")


def test_rows_added_behind_the_signed_end_are_found():
    links = chain(rows_of(6))
    assert verify_chain(links, head_of(links[:4])) == Damage(4, "inserted")


def test_a_chain_rewritten_with_its_hashes_is_found_by_the_signed_head_and_located_by_earlier_ones():
    """F2: who owns the database can recompute every hash, but not the heads that others hold."""
    rows = rows_of(9)
    links = chain(rows)
    forged = chain([*rows[:5], {**rows[5], "points": 100_000}, *rows[6:]])
    assert verify_chain(forged, head_of(links)) == Damage(0, "rewritten")
    earlier = [head_of(links[:7]), head_of(links[:4])]
    assert verify_chain(forged, head_of(links), earlier) == Damage(4, "rewritten")
    assert verify_chain(forged, head_of(forged), earlier) == Damage(4, "rewritten")
    assert verify_chain(links, head_of(links), earlier) is None


def test_an_earlier_head_that_is_longer_than_the_chain_is_a_cut_that_was_signed_over():
    links = chain(rows_of(6))
    assert verify_chain(links[:4], head_of(links[:4]), [head_of(links)]) == Damage(4, "rewritten")


def test_a_head_is_verified_by_its_key_alone():
    head = signed_head()
    signature = sign_head(head, KEY)
    assert verify_head(head, signature, KEY.public_key())
    assert not verify_head(head, signature, OTHER.public_key())
    assert not verify_head({**head, "key_id": key_id(OTHER.public_key())}, signature, OTHER.public_key())


@pytest.mark.parametrize(
    "changes",
    [{"campaign": "c2"}, {"count": 4}, {"count": "3"}, {"head": "ac" * 32}, {"time": "2026-07-31T16:00:00.001Z"},
     {"key_id": "0" * 16}, {"note": "x"}, {"count": 3.5}, {"count": None}],
)
def test_a_changed_head_is_refused(changes):
    """F2: the signature fails."""
    assert not verify_head({**signed_head(), **changes}, sign_head(signed_head(), KEY), KEY.public_key())


def test_a_head_with_a_field_less_is_refused():
    head = signed_head()
    signature = sign_head(head, KEY)
    del head["time"]
    assert not verify_head(head, signature, KEY.public_key())
    with pytest.raises(ValueError, match="exactly"):
        sign_head(head, KEY)


def test_a_head_that_names_another_key_is_not_signed():
    with pytest.raises(ValueError, match="another key"):
        sign_head(signed_head(), OTHER)


def test_a_key_is_known_by_the_start_of_its_hash():
    raw = KEY.public_key().public_bytes_raw()
    assert key_id(KEY.public_key()) == hashlib.sha256(raw).hexdigest()[:16]
