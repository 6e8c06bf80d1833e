"""An exported chain by itself: whole, or what is wrong with it and where it begins."""

import json

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from quizapp.rules import chain_check, chain_file, seal, village_result
from quizapp.rules.errors import Invalid
from quizapp.rules.signing import key_id
from tests.forgery import forge

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
TIMES = ("2026-08-01T00:00:00.000Z", "2026-08-02T00:00:00.000Z")


def body(number: int, revision: int = 1) -> dict:
    """Return a publication of a unit, with figures that need decimals."""
    return {"event_id": f"e{number}r{revision}", "unit": {"code": f"u{number}"}, "revision": revision, "total": 70.125 + number,
            "of": 4, "rank": number + 1, "published_at": TIMES[revision - 1]}  # fmt: skip


def whole() -> dict:
    """Return the plain data of a file: five results and four sheets under one head, one more sheet under a second."""
    bodies = [body(number) for number in range(4)]
    rows = [{"kind": "result", "id": f"{number:064x}", "points_milli": number} for number in range(5)]
    rows += [village_result.sealed_row(one, 70_125) for one in bodies]
    later = body(2, 2)
    rows.append(village_result.sealed_row(later, 70_125))
    previous, links, heads = seal.START, [], []
    for count, row in enumerate(rows, 1):
        previous = seal.row_hash(previous, row)
        links.append({"row": seal.canonical(row), "hash": previous})
        if count in (9, 10):
            head = {"campaign": "c1", "count": count, "head": previous, "time": TIMES[count - 9],
                    "key_id": key_id(KEY.public_key())}  # fmt: skip
            heads.append({**head, "signature": seal.sign_head(head, KEY)})
    seals = [{name: head[name] for name in ("head", "count", "key_id", "signature", "time")} for head in heads]
    texts = [village_result.to_text({**one, "seal": seals[0]}) for one in bodies]
    texts.append(village_result.to_text({**later, "seal": seals[1]}))
    public = {"key_id": key_id(KEY.public_key()), "public_key": chain_file.key_text(KEY.public_key())}
    return {"format": "quizapp-chain", "version": 1, "campaign": {"id": "c1", "title": "练兵"}, "keys": [public],
            "heads": heads, "rows": links, "sheets": texts}  # fmt: skip


def check(plain: dict, trusted=None, held=()) -> list[tuple[str, int]]:
    file = chain_file.read(msgspec.json.encode(plain))
    findings = chain_check.check(file, trusted or chain_file.own_keys(file), list(held))
    assert all(one.message % one.params for one in findings), "every finding can be told"
    return [(one.kind, one.index) for one in findings]


def test_a_whole_chain_is_whole_by_its_own_key_and_by_the_one_that_is_trusted():
    assert check(whole()) == []
    assert check(whole(), {key_id(KEY.public_key()): KEY.public_key()}) == []
    empty = {**whole(), "heads": [], "rows": [], "sheets": [], "keys": []}
    assert check(empty) == []


def other_text(plain, index, old, new):
    assert old in plain["sheets"][index]
    plain["sheets"][index] = plain["sheets"][index].replace(old, new)


CHANGES = {
    "a row": (lambda plain: plain["rows"][3].update(row=plain["rows"][3]["row"].replace(":3", ":4")), ("altered", 3)),
    "a hash": (lambda plain: plain["rows"][6].update(hash="0" * 64), ("altered", 6)),
    "a row gone": (lambda plain: plain["rows"].pop(2), ("deleted", 2)),
    "the last row gone": (lambda plain: plain["rows"].pop(), ("tail_cut", 9)),
    "a row twice": (lambda plain: plain["rows"].insert(1, plain["rows"][1]), ("inserted", 2)),
    "two rows swapped": (lambda plain: plain["rows"].insert(4, plain["rows"].pop(5)), ("reordered", 4)),
    "the time of a head": (lambda plain: plain["heads"][1].update(time=TIMES[0]), ("signature", 10)),
    "the campaign": (lambda plain: plain["campaign"].update(id="c2"), ("signature", 9)),
    "a head of another key": (lambda plain: plain["heads"][0].update(key_id="0" * 16), ("unknown_key", 9)),
    "no head at all": (lambda plain: plain["heads"].clear(), ("no_head", 0)),
    "an earlier head": (lambda plain: plain["heads"][0].update(head="0" * 64), ("rewritten", 0)),
    "a figure of a sheet": (lambda plain: other_text(plain, 1, "71.125", "91.125"), ("sheet_altered", 6)),
    "a blank in a sheet": (lambda plain: other_text(plain, 1, '"of":4', '"of": 4'), ("sheet_altered", 6)),
    "a number spelt otherwise": (lambda plain: other_text(plain, 1, "71.125", "71.1250"), ("sheet_altered", 6)),
    "a name given twice": (lambda plain: other_text(plain, 1, '"of":4', '"of":9,"of":4'), ("sheet_altered", 6)),
    "the seal on a sheet": (lambda plain: other_text(plain, 1, '"count":9', '"count":8'), ("sheet_seal", 6)),
    "a sheet gone": (lambda plain: plain["sheets"].pop(0), ("sheet_missing", 5)),
    "a sheet too many": (lambda plain: plain["sheets"].append("[]"), ("sheet_unsealed", 0)),
    "a sheet no JSON": (lambda plain: plain["sheets"].append("{"), ("sheet_unsealed", 0)),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_was_changed_is_found_and_located(what):
    change, expected = CHANGES[what]
    plain = whole()
    change(plain)
    assert expected in check(plain)


def test_f2_a_chain_made_anew_fits_itself_but_neither_the_key_nor_a_head_that_others_hold():
    """F2: with a key of one's own everything can be made to fit, but for what is outside."""
    real, forged = whole(), whole()
    forge(forged)
    assert check(forged) == []
    assert ("unknown_key", 9) in check(forged, {key_id(KEY.public_key()): KEY.public_key()})
    held = [{"count": 10, "head": real["heads"][1]["head"]}]
    assert ("rewritten", 9) in check(forged, held=held)
    assert check(real, held=held) == []


@pytest.mark.parametrize("raw", [b"", b"{}", b"[]", b'{"format":1}', b"\x00", b"\xff\xfe", b"[" * 5000, b"null"])
def test_what_is_no_such_file_is_refused_with_a_sentence(raw):
    with pytest.raises(Invalid):
        chain_file.read(raw)


def test_another_version_and_a_count_below_nothing_are_refused():
    for change in ({"version": 2}, {"format": "other"}, {"heads": [{**whole()["heads"][0], "count": -1}]}):
        with pytest.raises(Invalid):
            chain_file.read(json.dumps({**whole(), **change}).encode())


def test_a_damaged_key_in_the_file_is_no_key():
    assert check({**whole(), "keys": [{"key_id": "x", "public_key": "AAAA"}]}) == [("unknown_key", 9), ("unknown_key", 10)]
