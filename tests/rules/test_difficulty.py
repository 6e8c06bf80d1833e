"""How hard a question is said to be."""

from quizapp.rules.difficulty import in_order


def test_levels_are_offered_from_easy_to_hard_and_what_a_file_called_otherwise_behind_them():
    assert in_order(["hard", "0.3", "easy", "medium", "hard"]) == ["easy", "medium", "hard", "0.3"]
