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
HAN = re.compile("[\u4e00-\u9fff]")
KANA = re.compile("[\u3040-\u30ff]")
STRETCH, CLOSE = 32, 3  # of Unicode, and how many rare characters stand together in one that a font uses
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
REPLACED = N_(
    "%(letters)s stand where other characters must have stood: the text seems to be copied from a page that draws its "
    "letters with a font of its own. Compare every question with that page."
)
SECRET = re.compile(r"font-cxsecret|font-secret|stonefont", re.IGNORECASE)


def note(document: dict) -> None:
    """Add what is suspicious to the problems of a document and of its questions."""
    for question in document["questions"]:
        _note_hidden(question)
    _note_replaced(document)
    for kinds, said in ((("single_choice",), str), (("true_false",), lambda answer: "√" if answer else "×")):
        answers = [one["answer"] for one in document["questions"] if one["kind"] in kinds and one["answer"] is not None]
        _note_alike(document, answers, said)


def note_font(document: dict, text: str) -> None:
    """Add a problem where a web page is drawn with a font that garbles its letters."""
    found = SECRET.search(text)
    if found:
        document["problems"].append(asdict(Problem("secret-font", SECRET_FONT, "", {"name": found[0]}, "warning")))


def _words(question: dict) -> str:
    return "".join([question["stem"], *(question.get("options") or [])])


def _note_hidden(question: dict) -> None:
    words = _words(question)
    count, place = len(HIDDEN.findall(words)), str(question["source"]["from"])
    if count:
        question["problems"].append(asdict(Problem("hidden-letters", GARBLED, place, {"count": count})))
    texts = [words, *(part["stem"] for part in question.get("parts") or ()), str(question.get("explanation"))]
    for latex in formulas.not_drawn("\n".join(texts)):
        told = {"formula": f"${latex}$"}
        question["problems"].append(asdict(Problem("formula-not-drawn", NOT_DRAWN, place, told, "warning")))
    if mathml.STRANGE.strip() in words + str(question.get("explanation")):
        question["problems"].append(asdict(Problem("formula-as-text", STRANGE, place, severity="warning")))


def _note_replaced(document: dict) -> None:
    """Note characters that a page's own font has put for others.

    Such fonts use a stretch of Unicode that nobody writes; rare characters of names and old texts stand far apart.
    """
    words = [_words(question) for question in document["questions"]]
    letters = set("".join(words))
    rare = {letter for letter in letters if HAN.match(letter) and _is_rare(letter)}
    stretches = Counter(ord(letter) // STRETCH for letter in rare)
    replaced = {letter for letter in rare if stretches[ord(letter) // STRETCH] >= CLOSE}
    if not replaced or len(KANA.findall("".join(words))) > len(rare):
        return
    told = {"letters": "".join(sorted(replaced))[:20]}
    document["problems"].append(asdict(Problem("replaced-letters", REPLACED, "", told, "warning")))
    for question, text in zip(document["questions"], words, strict=True):
        if found := replaced.intersection(text):
            place, told = str(question["source"]["from"]), {"letters": "".join(sorted(found))[:20]}
            question["problems"].append(asdict(Problem("replaced-letters", REPLACED, place, told, "warning")))


def _is_rare(letter: str) -> bool:
    """Return whether neither simplified nor common traditional writing has a character."""
    try:
        return not letter.encode("gb2312")
    except UnicodeEncodeError:
        code = int.from_bytes(letter.encode("big5", "ignore"), "big")
        return not 0xA440 <= code <= 0xC67E  # of the common ones in Big5


def _note_alike(document: dict, answers: list, said) -> None:
    if len(answers) < FEWEST:
        return
    answer, times = Counter(answers).most_common(1)[0]
    if times >= NEARLY_ALL * len(answers):
        told = {"share": times, "count": len(answers), "answer": said(answer)}
        document["problems"].append(asdict(Problem("keys-alike", ALIKE, "", told, "warning")))
