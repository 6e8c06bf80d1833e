"""Options that say of themselves that they are right."""

from quizapp.rules.formats import text


def test_marks_behind_options_are_the_answer_and_no_words_of_theirs():
    lines = ["1. 灯要多（ ）。 [单选题] *", "A.亮(正确答案)", "B.暗", "2. 带（ ）。 [多选题] *", "A.灯(正确答案)", "B.石", "C.伞（正确答案）",
             "3. 夜里要带灯。[判断题] *", "对", "错(正确答案)", "4. 门（ ）。 [单选题] *", "A.开", "B.关"]  # fmt: skip
    questions = text.read("\n".join(lines))["questions"]
    assert [(one["kind"], one["options"], one["answer"]) for one in questions] == [
        ("single_choice", ["亮", "暗"], "A"), ("multiple_choice", ["灯", "石", "伞"], "AC"), ("true_false", [], False),
        ("single_choice", ["开", "关"], None)]  # fmt: skip
