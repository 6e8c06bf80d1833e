"""When a rehearsal is called safe, and how many people a machine carries."""

from dataclasses import replace

import pytest

from quizapp.rules.rehearsal import Played, carries, percentile, report

FINE = Played(300, [5.0] * 9000, [20.0] * 300, 0, 12, 0, 300, 400.0, 60.0)


def test_a_quick_rehearsal_without_loss_is_safe():
    told = report(FINE)
    assert told["is_safe"] and told["troubles"] == []
    assert (told["save_p99_ms"], told["hand_in_p50_ms"], told["carries"]) == (5.0, 20.0, 3000)


@pytest.mark.parametrize(("change", "trouble"), [
    ({"lost": 1}, "lost"),
    ({"errors": 1}, "errors"),
    ({"hand_ins": [20.0] * 299}, "not_handed_in"),
    ({"ranked": 299}, "not_ranked"),
    ({"saves": [5.0] * 98 + [301.0] * 2}, "slow_saves"),
    ({"hand_ins": [2001.0] * 300}, "slow_hand_ins"),
    ({"saves_a_second": 39.0}, "too_many"),
    ({"hand_ins_a_second": 4.9}, "too_many"),
])  # fmt: skip
def test_one_trouble_is_enough(change, trouble):
    told = report(replace(FINE, **change))
    assert told["troubles"] == [trouble] and not told["is_safe"]


def test_the_slower_of_saving_and_handing_in_decides_how_many_a_machine_carries():
    assert carries(400, 1) == 60
    assert carries(1, 400) == 7
    assert percentile([], 0.99) == 0.0
