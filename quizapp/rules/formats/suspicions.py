"""What looks wrong with a whole bank although every question is in order: keys all alike, letters without a meaning."""

import re
from collections import Counter
from dataclasses import asdict

from quizapp.rules import formulas
from quizapp.rules.errors import Problem
from quizapp.rules.formats import mathml
from quizapp.rules.words import N_

FEWEST = 12  # questions of a kind before their keys are compared
NEARLY_ALL = 0.95
HIDDEN = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
ALIKE = N_("%(share)s of the %(count)s questions of one kind have the same answer, %(answer)s. Is the key right?")
GARBLED = N_(
    "%(count)s characters of this question are drawn by a font of the file's own and mean nothing elsewhere. "
    "Type the question anew, or copy it from a file without such a font."
)
STRANGE = N_("A part of a formula has no equal here; □ stands before it. Please look at it and write it anew.")
NOT_DRAWN = N_("The formula %(formula)s cannot be drawn; people would see it as it is written. Please write it anew.")
SECRET_FONT = N_(
    "This page draws its letters with a font of its own (%(name)s), so that its text says something else than it "
    "shows. Compare every question with the page."
)
SECRET = re.compile(r"font-cxsecret|font-secret|stonefont", re.IGNORECASE)


def note(document: dict) -> None:
    """Add what is suspicious to the problems of a document and of its questions."""
    for question in document["questions"]:
        _note_hidden(question)
    for kinds, said in ((("single_choice",), str), (("true_false",), lambda answer: "√" if answer else "×")):
        answers = [one["answer"] for one in document["questions"] if one["kind"] in kinds and one["answer"] is not None]
        _note_alike(document, answers, said)


def note_font(document: dict, text: str) -> None:
    """Add a problem where a web page is drawn with a font that garbles its letters."""
    found = SECRET.search(text)
    if found:
        document["problems"].append(asdict(Problem("secret-font", SECRET_FONT, "", {"name": found[0]}, "warning")))


def _note_hidden(question: dict) -> None:
    words = "".join([question["stem"], *(question.get("options") or [])])
    count, place = len(HIDDEN.findall(words)), str(question["source"]["from"])
    if count:
        question["problems"].append(asdict(Problem("hidden-letters", GARBLED, place, {"count": count})))
    texts = [words, *(part["stem"] for part in question.get("parts") or ()), str(question.get("explanation"))]
    for latex in formulas.not_drawn("\n".join(texts)):
        told = {"formula": f"${latex}$"}
        question["problems"].append(asdict(Problem("formula-not-drawn", NOT_DRAWN, place, told, "warning")))
    if mathml.STRANGE.strip() in words + str(question.get("explanation")):
        question["problems"].append(asdict(Problem("formula-as-text", STRANGE, place, severity="warning")))


def _note_alike(document: dict, answers: list, said) -> None:
    if len(answers) < FEWEST:
        return
    answer, times = Counter(answers).most_common(1)[0]
    if times >= NEARLY_ALL * len(answers):
        told = {"share": times, "count": len(answers), "answer": said(answer)}
        document["problems"].append(asdict(Problem("keys-alike", ALIKE, "", told, "warning")))
