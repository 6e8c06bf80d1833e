"""What a format cannot hold of a question: named by its writer, said before a bank is taken away in it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from quizapp.rules.formats import tags
from quizapp.rules.formats.drafts import TRUTH
from quizapp.rules.formats.lines import INVISIBLE, even_spaces
from quizapp.rules.formats.repairs import LOOKALIKE, WIDE_ONE
from quizapp.rules.pictures import MARKER, digests
from quizapp.rules.words import N_

LEFT_OUT = ("kind", "blanks", "part", "arrow", "cell")  # losses by which the whole question is left out
LOSSES = {
    "kind": N_("Left out: this format has no such kind of question."),
    "blanks": N_("Left out: this format has no questions with several blanks."),
    "part": N_("Left out: this format does not hold every question of the case."),
    "arrow": N_("Left out: in this format “->” ends an entry on the left, so none can hold it."),
    "cell": N_("Left out: its answer holds ； or → itself, which part the answers of a cell."),
    "any-order": N_("Lost: that the blanks may be filled in any order."),
    "blank-drawn": N_("Changed: the blanks are drawn anew, each as ____."),
    "truth-options": N_("Changed: a choice between right and wrong becomes true or false."),
    "chapter": N_("Lost: the chapter."),
    "citations": N_("Lost: the cited articles."),
    "difficulty": N_("Lost: the difficulty."),
    "points": N_("Lost: the points."),
    "code": N_("Lost: the code; brought in again, the question counts as a new one."),
    "spaces": N_("Changed: invisible characters go, and so do spaces at the ends of lines."),
    "wide": N_("Changed: full-width letters and figures come back as plain ones."),
    "pictures": N_("Not in the file: pictures. They are there again only when the file comes back in here."),
    "pictures-right": N_(
        "In the file, but Moodle shows none there: pictures on the right of pairs. They are there again in here."
    ),
    "material": N_("Changed: the text that several questions share stands before each of them."),
    "tags": N_("Lost: the tags."),
    "explanation": N_("Lost: the explanation of the whole case; those of its questions stay."),
    "size": N_("Too large to come back in here as one file. Take the questions away in parts, a chapter at a time."),
}
HEAD_LOST = N_(
    "Title, short name and handbook of the bank are not in such a file; they are told anew when it comes in."
)


@dataclass(frozen=True)
class Loss:
    """One thing that a format does not hold, and of how many questions; `codes` names the first few of them."""

    code: str
    count: int
    codes: list[str]

    @property
    def message(self) -> str:
        """The sentence, marked for translation."""
        return LOSSES[self.code]


def summary(questions: list[dict], unheld: Callable[[dict], list[str]], named: int = 5) -> list[Loss]:
    """Return what is not held of the questions, in the order of LOSSES."""
    found: dict[str, list[str]] = {}
    for question in questions:
        for code in unheld(question):
            found.setdefault(code, []).append(question.get("code") or question.get("number") or "")
    return [Loss(code, len(found[code]), found[code][:named]) for code in LOSSES if code in found]


def is_left_out(question: dict, unheld: Callable[[dict], list[str]]) -> bool:
    """Return whether the format has no place for the question at all."""
    return any(code in LEFT_OUT for code in unheld(question))


def with_material(question: dict) -> dict:
    """Return a question with the text that it shares at the head of its own, for a format that knows no such thing."""
    return {**question, "stem": f"{question['material']}\n\n{question['stem']}", "material": ""}


def answer_texts(question: dict) -> list[str]:
    """Return the texts that stand in the answer: what a blank accepts, the sides of pairs, what is put in order."""
    if question["kind"] in ("fill_blank", "matching"):
        return [text for several in question["answer"] for text in several]
    return list(question["answer"]) if question["kind"] == "ordering" else []


def texts(question: dict) -> list[str]:
    """Return every text of a question that people wrote, those of the parts of a case among them."""
    own = [question["stem"], *(question.get("options") or [])]
    own += [question.get(name) or "" for name in ("explanation", "material")]
    of_parts = [text for part in question.get("parts") or () for text in texts(part)]
    return [*own, *answer_texts(question), *of_parts]


UNEVEN = re.compile(  # what readers take out or even out: the invisible, odd spaces, those at ends of lines
    rf"[{''.join(sorted(INVISIBLE))}\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]"
    r"|[^\S \n\u3000]|[ \u3000](?:\n|\Z)|\A[ \u3000\n]|\n\Z"
)


def is_plain(text: str) -> bool:
    """Return whether a text is as readers leave it: nothing invisible, no odd spaces, none at the ends of lines."""
    return UNEVEN.search(text) is None


def has_spaces(question: dict) -> bool:
    """Return whether texts of a question hold what a reader evens out; an accepted text stands in one line."""
    whole = [question, *(question.get("parts") or ())]
    accepted = [text for one in whole if one["kind"] == "fill_blank" for text in answer_texts(one)]
    return not all(map(is_plain, texts(question))) or any("\n" in text for text in accepted)


def is_wide(question: dict) -> bool:
    """Return whether texts of a question hold characters that a reader of texts takes for plainer ones."""
    return any(map(_is_mistakable, texts(question)))


def pictures(question: dict) -> set[str]:
    """Return the digests of the pictures in texts of a question."""
    return set().union(*map(digests, texts(question)))


def markers(questions: list[dict]) -> dict[str, int]:
    """Return the points of each picture in texts of questions, by its digest."""
    shown = (one for question in questions for text in texts(question) for one in MARKER.finditer(text))
    return {one["digest"]: int(one["width"]) * int(one["height"]) for one in shown}


def has_pictures(question: dict) -> bool:
    """Return whether pictures stand in texts of a question."""
    return any(MARKER.search(text) for text in texts(question))


def has_plain_tags(question: dict) -> bool:
    """Return whether the tags of a question come back as they are from wherever they stand in a file."""
    own = question.get("tags") or []
    return not tags.are_odd(own) and all(is_plain(tag) and not _is_mistakable(tag) for tag in own)


def _is_mistakable(text: str) -> bool:
    return bool(WIDE_ONE.search(text) or LOOKALIKE.search(text))


def is_heading(chapter: str) -> bool:
    """Return whether a chapter comes back the same from a heading."""
    return even_spaces(chapter.strip("#")) == chapter and is_plain(chapter) and "\n" not in chapter


def are_truths(options: list[str]) -> bool:
    """Return whether two options say right and wrong."""
    return len(options) == 2 and {TRUTH.get(option.strip().strip("。.").upper()) for option in options} == {True, False}
