"""What somebody typed into the form of a question, and the draft that it makes."""

from dataclasses import dataclass, field, replace

from quizapp.rules import bulk
from quizapp.rules.choices import LETTERS
from quizapp.rules.errors import Invalid, Problem
from quizapp.rules.formats import FORMATS
from quizapp.rules.pictures import MARKER
from quizapp.rules.question_types import HELD, define, document, matching, numerical, ordering
from quizapp.rules.words import N_
from quizapp.services.banks.editing import Draft, letters_of
from quizapp.web.banks.changing import points_milli
from quizapp.web.frame import points_words

CHOICES = ("single_choice", "multiple_choice")
KINDS = tuple(HELD)
FEWEST_ROWS, MOST_ROWS, MOST_TEXT = 4, 12, 100_000  # a longer text is told by its own limit, never cut unseen


@dataclass(frozen=True)
class Written:
    """The form's fields as they were typed, whatever they hold."""

    kind: str
    stem: str = ""
    options: list[str] = field(default_factory=list)
    right: str = ""  # letters
    truth: str = ""  # "true" or "false"
    blanks: str = ""  # a line a blank, accepted texts with ；
    any_order: bool = False
    value: str = ""  # of a numerical question
    tolerance: str = "0"
    pairs: list[tuple[str, str]] = field(default_factory=list)
    entries: str = ""  # a line an entry, in their right order
    parts: str = ""  # the questions of a case, as the house format writes them
    material: str = ""  # that it shares with others
    explanation: str = ""
    chapter: str = ""
    difficulty: str = ""
    points: str = "1"
    tags: str = ""
    articles: tuple[str, ...] = ()
    article: str = ""  # the number of one more

    @property
    def rows(self) -> list[str]:
        """The options with empty rows to go on with."""
        return _with_empty(self.options, "")

    @property
    def pair_rows(self) -> list[tuple[str, str]]:
        """The pairs with empty rows to go on with."""
        return _with_empty(self.pairs, ("", ""))

    @property
    def words(self) -> str:
        """All that a question says, to find articles by; the name of a picture says nothing."""
        sides = [side for pair in self.pairs for side in pair]
        texts = [self.stem, *self.options, *sides, self.entries, self.parts, self.explanation]
        return MARKER.sub("", "\n".join(texts))


def _with_empty(rows: list, empty) -> list:
    wanted = min(MOST_ROWS, max(FEWEST_ROWS, len(rows) + 1))
    return rows + [empty] * (wanted - len(rows))


def read(form, kind: str) -> Written:
    """Return what a sent form holds; an option left empty at the end is none."""

    def text(name: str) -> str:
        return form.get(name, "")[:MOST_TEXT].replace("\r\n", "\n").strip()

    options = [text(f"option_{place}") for place in range(MOST_ROWS)]
    while options and not options[-1]:
        options.pop()
    pairs = [(text(f"left_{place}"), text(f"right_{place}")) for place in range(MOST_ROWS)]
    names = ("stem", "blanks", "value", "tolerance", "entries", "parts", "material", "explanation", "chapter",
             "difficulty", "points", "tags", "article", "truth")  # fmt: skip
    right = "".join(letter for letter in LETTERS[:MOST_ROWS] if letter in form.getlist("right"))
    articles = tuple(one[:16] for one in form.getlist("articles")[:50])
    return Written(kind, options=options, right=right, any_order="any_order" in form, articles=articles,
                   pairs=[pair for pair in pairs if any(pair)], **{name: text(name) for name in names})  # fmt: skip


def show(draft: Draft) -> Written:
    """Return the form's fields for a question that stands."""
    blanks = "\n".join("；".join(texts) for texts in draft.key.get("blanks", []))
    return Written(
        draft.kind,
        draft.content["stem"],
        list(draft.content.get("options", [])),
        letters_of(draft.key) if draft.kind in CHOICES else "",
        str(draft.key.get("right")).lower() if draft.kind == "true_false" else "",
        blanks,
        bool(draft.key.get("any_order")),
        *_shown(draft),
        draft.content.get("material", ""),
        draft.explanation,
        draft.chapter,
        draft.difficulty,
        points_words(draft.points_milli),
        "，".join(draft.tags),
        draft.articles,
    )


def _shown(draft: Draft) -> tuple[str, str, list, str, str]:
    """Return number, tolerance, pairs, entries and parts of a question that has them."""
    value, tolerance, pairs, entries, parts = "", "0", [], "", ""
    if draft.kind == "numerical":
        value, tolerance = draft.key["value"], draft.key["tolerance"]
    elif draft.kind == "matching":
        pairs = [tuple(pair) for pair in matching.document(draft.content, draft.key)["answer"]]
    elif draft.kind == "ordering":
        entries = "\n".join(ordering.document(draft.content, draft.key)["answer"])
    elif draft.kind == "case":
        told = document("case", draft.content, draft.key)
        parts = "\n".join(FORMATS["markdown"].answered({"kind": "case", **told}))
    return value, tolerance, pairs, entries, parts


def draft_of(written: Written) -> Draft:
    """Return the draft that the fields make. Raises Invalid only for what is no number, or no questions of a case."""
    milli = points_milli(written.points)
    if milli is None:
        raise Invalid([Problem("points", N_("Points are a number such as 2 or 1.5."), "points")])
    content, key = _definition(written)
    return Draft(
        written.kind,
        content,
        key,
        written.explanation,
        written.chapter,
        written.difficulty,
        milli,
        bulk.split_tags(written.tags),
        written.articles,
    )


def _definition(written: Written) -> tuple[dict, dict]:
    content, key = _by_kind(written)
    return ({**content, "material": written.material} if written.material else content), key


def _by_kind(written: Written) -> tuple[dict, dict]:
    content: dict = {"stem": written.stem}
    if written.kind in CHOICES:
        content["options"] = written.options
        return content, {"right": [LETTERS.index(letter) for letter in written.right]}
    if written.kind == "true_false":
        return content, {"right": {"true": True, "false": False}.get(written.truth)}
    if written.kind == "numerical":
        return content, {"value": _plain(written.value), "tolerance": _plain(written.tolerance or "0")}
    if written.kind == "matching":
        return matching.define({**content, "answer": written.pairs})
    if written.kind == "ordering":
        return ordering.define({**content, "answer": [line for line in written.entries.split("\n") if line.strip()]})
    if written.kind == "case":
        parts, problems = FORMATS["markdown"].read_parts(written.parts)
        if problems:
            raise Invalid(problems)
        return define({"kind": "case", "stem": written.stem, "parts": parts})
    blanks = [_accepted(line) for line in written.blanks.split("\n") if line.strip()]
    content["blanks"] = len(blanks)
    return content, {"blanks": blanks, "any_order": written.any_order}


def _plain(text: str) -> str:
    """Return a number as plain digits, whatever its width and grouping; anything else as it is, to be named."""
    number = numerical.read_number(text)
    return text if number is None else numerical.written(numerical.figure(number))


def content_of(written: Written) -> dict:
    """Return what a paper would show of the question as it is typed so far."""
    try:
        return _definition(written)[0]
    except Invalid:
        return {"stem": written.stem, "parts": []}


def _accepted(line: str) -> list[str]:
    return [text.strip() for text in line.replace(";", "；").split("；") if text.strip()]


def with_articles(written: Written, more: list[str]) -> Written:
    """Return the fields with articles added, each once, and the line for one more emptied."""
    return replace(written, articles=tuple(dict.fromkeys([*written.articles, *more])), article="")
