"""The demo: whoever tries it is told the accounts of everybody it takes, two trainers for a review among them."""

from quizapp.cli import demo


def test_the_accounts_told_are_enough_for_a_review_by_a_second_person(demo_template):
    told = demo.shown(demo_template.demo["accounts"])
    assert [one["login"] for one in told] == [
        "leader", "trainer", "trainer2", "admin", "auditor", "leader1", "trainee01", "trainee02", "trainee03",
    ]  # fmt: skip
    first, second = (one for one in told if one["role"] == "trainer")
    assert first["unit"] == second["unit"] and first["name"] != second["name"]
