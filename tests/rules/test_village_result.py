"""What goes outside: plain numbers with three decimals, exact in their one canonical spelling."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules import village_result
from quizapp.rules.evaluation import Figure, Unit, evaluate
from quizapp.rules.policy import DEFAULT
from quizapp.rules.village_result import Counted, Place, Publication, number

PLACE = Place("u1", "甲村", "village")
CAMPAIGN = {"id": "c1", "title": "练兵"}
COUNTED = Counted(date(2026, 7, 1), 12, 2)


def result(**figures) -> dict:
    (row,) = evaluate(DEFAULT, [Unit(1, "甲村", {code: Figure(*figure) for code, figure in figures.items()})])
    return village_result.result(CAMPAIGN, PLACE, PLACE, row, 1, COUNTED)


def publication(told: dict, revision: int = 1, supersedes: str | None = None) -> dict:
    at = datetime(2026, 8, 1, tzinfo=UTC)
    return village_result.publish(told, Publication(f"event{revision}", revision, supersedes, at))


@given(st.integers(0, 100_000))
def test_thousandths_come_back_exactly_from_the_canonical_text(milli):
    text = village_result.to_text({"x": number(milli)})
    assert json.loads(text, parse_float=Decimal)["x"] == Decimal(milli) / 1000
    assert village_result.to_text(json.loads(text)) == text


def test_a_figure_that_is_not_there_has_no_value_and_a_unit_without_any_has_no_rank():
    told = result(mean=(1, 3))
    values = {entry["code"]: entry.get("value") for entry in told["indicators"]}
    assert values["mean"] == 0.333 and values["contest"] is None
    assert told["rank"] == 1
    assert "rank" not in result()


def test_the_same_result_is_recognised_whatever_its_publication_was():
    told = result(mean=(1, 3))
    published = json.loads(village_result.to_text({**publication(told), "seal": {"head": "x"}}))
    assert village_result.is_same(told, published)
    assert not village_result.is_same(result(mean=(2, 3)), published)


def test_the_digest_covers_everything_but_the_seal():
    published = publication(result(mean=(1, 3)), 2, "event1")
    digest = village_result.digest(published)
    assert digest == village_result.digest({**published, "seal": {"head": "x"}})
    for name, value in published.items():
        changed = {**published, name: [value]}
        assert village_result.digest(changed) != digest, name


def test_the_row_of_the_chain_holds_texts_and_whole_numbers_only():
    row = village_result.sealed_row(publication(result()), 0)
    assert {type(value) for value in row.values()} == {str, int}
    assert (row["kind"], row["rank"], row["revision"]) == ("sheet", 0, 1)


def test_after_a_restore_no_revision_number_is_used_again():
    """R11: what was published between the backup and the restore is not known, so its numbers are left out."""
    backed_up, restored = datetime(2026, 7, 31, 20, tzinfo=UTC), datetime(2026, 7, 31, 21, tzinfo=UTC)
    assert village_result.next_revision(3, backed_up, None) == 4
    leapt = village_result.next_revision(3, backed_up, restored)
    assert leapt > 1000
    assert village_result.next_revision(leapt, datetime(2026, 7, 31, 22, tzinfo=UTC), restored) == leapt + 1
    assert village_result.next_revision(3, backed_up, restored + timedelta(minutes=1)) > leapt
