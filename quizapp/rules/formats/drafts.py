"""A question as it was read from a file: the shape of `bank check --json`, before anything is stored."""

import re
import unicodedata
from dataclasses import asdict, dataclass, field

from quizapp.rules.errors import Problem
from quizapp.rules.formats import places
from quizapp.rules.formats.lines import Account

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CHOICES = ("single_choice", "multiple_choice")
TRUE = "正确 正確 對 RIGHT CORRECT 对 对的 正确的 是 √ ✓ ✔ ☑ ✅ ∨ V T TRUE Y YES 同意 说法正确"
# one X is Cyrillic
FALSE = "错误 錯誤 錯 WRONG INCORRECT 错 错的 错误的 否 × ✗ ✘ ✖ ✕ ❌ ╳ X Х F FALSE N NO 不同意"
FALSE += " 不对 不正确 说法错误"
TRUTH = {**dict.fromkeys(TRUE.split(), True), **dict.fromkeys(FALSE.split(), False)}
SPAN = re.compile(r"([A-Z])\s*[-~—–至到]\s*([A-Z])")
EXAMPLE = "示例"  # begins the code of a question that only shows how one is written
CODE = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9._-]{0,63}|\d{6,64}")
LETTER_LIST = re.compile(r"[A-Z](?:[\s、,;./|┋&+和与及]*[A-Z])*")


@dataclass
class Draft:
    """One question. `answer` is in the shape its kind has in the outside contract; None where the source has none."""

    number: str = ""
    kind: str | None = None
    stem: str = ""
    options: list[str] = field(default_factory=list)
    answer: str | bool | list | dict | None = None
    explanation: str = ""
    points: float | None = None
    first: int = 0
    last: int = 0
    chapter: str = ""
    citations: list[str] = field(default_factory=list)
    difficulty: str = ""
    code: str = ""
    any_order: bool = False
    tags: list[str] = field(default_factory=list)
    material: str = ""
    keyed: list[str] = field(default_factory=list)  # lines of a key in a file of its own that answer it
    parts: list[dict] = field(default_factory=list)  # of a case: questions in the shape of as_document
    problems: list[dict] = field(default_factory=list)

    def problem(self, code: str, message: str, place="", /, severity: str = "error", **params) -> None:
        """Note a problem of this question; without a place it stands at its first line."""
        self.problems.append(asdict(Problem(code, message, str(place or self.first), params, severity)))

    def as_part(self) -> dict:
        """Return what this question says as one of a case."""
        names = ("number", "kind", "stem", "options", "answer", "any_order", "explanation")
        return {name: getattr(self, name) for name in names}

    def as_document(self) -> dict:
        """Return the question in the shape of the outside contract."""
        unused = [name for name in ("tags", "material", "parts", "keyed") if not getattr(self, name)]
        hidden = ("first", "last", "problems", *unused)
        own = {name: value for name, value in vars(self).items() if name not in hidden}
        return {**own, "source": {"from": self.first, "to": self.last}, "problems": self.problems}


def without_examples(questions: list[Draft], account: Account) -> list[Draft]:
    """Return the questions but those that are marked as examples, whose lines are ignored as such."""
    for question in questions:
        for place in places.between(question.first, question.last) if question.code.startswith(EXAMPLE) else ():
            account.ignore(place, "example")
    return [question for question in questions if not question.code.startswith(EXAMPLE)]


def read_truth(text: str) -> bool | None:
    """Return what a word or a sign for true or false means; None if it is neither."""
    return TRUTH.get(unicodedata.normalize("NFKC", text).strip(" \t\r\n\u3000\ufe0f。.").upper())


def read_points(text: str) -> int | float | None:
    """Return the points that a system writes beside a question: 2, "1.5000000"; None where there are none."""
    if not re.fullmatch(r"\d{1,4}(?:\.\d+)?", text.strip()) or float(text) <= 0:
        return None
    return int(float(text)) if float(text).is_integer() else float(text)


def is_code(text: str) -> bool:
    """Return whether a text may be a question's code in a file of many habits, where 12 is its number in the paper."""
    return bool(CODE.fullmatch(text))


def letter_at(place: int) -> str:
    """Return the letter of the option at a place, "" behind Z."""
    return LETTERS[place : place + 1]


def read_letters(text: str) -> str | None:
    """Return the letters of a choice in order: ABD for "ABD", "a、b，d", "A-D" gives ABCD; None if it is no choice."""
    plain = unicodedata.normalize("NFKC", text).upper().strip(" .。;,、")
    span = SPAN.fullmatch(plain)
    if span and span[1] < span[2]:
        return LETTERS[LETTERS.index(span[1]) : LETTERS.index(span[2]) + 1]
    if not LETTER_LIST.fullmatch(plain):
        return None
    return "".join(sorted(set(re.findall("[A-Z]", plain))))
