"""E9: an answer file opens only as its phone made it, under the key of its own attempt."""

import pytest

from quizapp.rules import answer_files
from quizapp.rules.errors import Invalid
from tests.sealing import sealed, signed

KEY = answer_files.attempt_key(b"m" * 32, "abc")
CONTENT = {"epoch": 2, "answers": [["1", 3, ["x"]], ["2", 4, None], ["3", 5, "居住地𠮷"]]}
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
MAKERS = pytest.mark.parametrize("make", [sealed, signed])


def opened(text: str, key: bytes = KEY):
    return answer_files.open_up(answer_files.take_apart(text), key)


@MAKERS
def test_what_the_phone_wrote_is_read_back_whatever_spaces_came_into_it(make):
    text = make("abc", KEY, CONTENT)
    wrapped = " \n".join(text[at : at + 40] for at in range(0, len(text), 40)) + "\r\n"
    for one in (text, wrapped):
        assert opened(one).epoch == 2
        assert [tuple(one) for one in opened(text).answers] == [("1", 3, ["x"]), ("2", 4, None), ("3", 5, "居住地𠮷")]
    assert answer_files.take_apart(text).digest == answer_files.take_apart(wrapped).digest


@MAKERS
@pytest.mark.parametrize("spare", range(3))
def test_e9_every_sign_that_is_changed_added_or_missing_is_found(make, spare):
    """E9: each character of the file flipped, each cut of its tail, each other attempt's name and key.

    With bits to spare in the last character of base64, and without.
    """
    text = make("abc", KEY, {"epoch": 2, "answers": [["1", 3, "x" * spare]]})
    changed = [text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :] for at in range(len(text))]
    changed += [text[:-1] + sign for sign in ALPHABET if sign != text[-1]]
    cut = [text[:at] for at in range(1, len(text))]
    for one in [*changed, *cut, text + "A", text.replace(".abc.", ".abd."), text.replace("APP1.", "APP0.").replace("APP0.", "APP1.", make is signed)]:
        with pytest.raises(Invalid):
            parts = answer_files.take_apart(one)
            answer_files.open_up(parts, answer_files.attempt_key(b"m" * 32, parts.attempt))
            raise AssertionError(one)
    with pytest.raises(Invalid):
        opened(text, answer_files.attempt_key(b"n" * 32, "abc"))
    assert answer_files.attempt_key(b"m" * 32, "abd") != KEY


@MAKERS
@pytest.mark.parametrize("content", [
    {"epoch": -1, "answers": []}, {"epoch": 2**40, "answers": []}, {"epoch": 1}, [], {"epoch": 1, "answers": [["1", 1]]},
    {"epoch": 1, "answers": [["123456789", 1, None]]}, {"epoch": 1, "answers": [["1", 2**33, None]]},
    {"epoch": 1, "answers": [["1", 1, None]] * 501}, {"epoch": 1, "answers": [], "more": 1},
])  # fmt: skip
def test_a_content_of_another_shape_is_refused_though_the_key_is_right(make, content):
    with pytest.raises(Invalid):
        opened(make("abc", KEY, content))


@pytest.mark.parametrize("text", ["", " ", "QUIZAPP1.abc", "hello", "QUIZAPP2.a.b.c", "QUIZAPP1.a.b.c.d", "Q" * 400_000,
                                  "QUIZAPP1.é.b.c", "QUIZAPP1.abc.a=.b"])  # fmt: skip
def test_anything_else_is_no_answer_file(text):
    with pytest.raises(Invalid, match="not right") as refusal:
        answer_files.take_apart(text)
    assert refusal.value.problems[0].code == "not-an-answer-file"
