"""Questions as JSON, in whatever shape: lists of objects with named parts, chapters around them, or bare pairs."""

import json
import re
from dataclasses import dataclass, field

from quizapp.rules.formats import checks, fields, parted, records
from quizapp.rules.formats.drafts import LETTERS, Draft
from quizapp.rules.formats.lines import BREAK, Account
from quizapp.rules.formats.records import Record
from quizapp.rules.formats.text.habit import Habit
from quizapp.rules.words import N_

NAME = N_("JSON")
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}]|\r\n|\r|\n', re.DOTALL)
TITLES = ("chapter", "章节", "章", "section", "name", "title", "category", "分类")
SHORTEST_STEM = 4  # characters of a key that is itself a question
INDEX = N_("The answer is the figure %(figure)s, counted from %(base)s; please look whether that is right.")


@dataclass
class Node:
    """An object of the file, with its lines."""

    pairs: dict
    first: int
    last: int


@dataclass
class Group:
    """Questions that stand together: what they were found under, and what of them is already known."""

    kind: str | None = None
    chapter: str = ""
    found: list[Record] = field(default_factory=list)


def likeness(text: str) -> float:
    """Return how sure it is, 0 to 1, that a text is JSON: it is or it is not."""
    if not text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return 0.0
    try:
        _loaded(text)
    except (ValueError, RecursionError):
        return 0.0
    return 1.0


def read(text: str, options: dict | None = None) -> dict:
    """Return the document of `bank check` for a JSON text; it never refuses, but lists problems.

    Every line that is not blank is in a question's source, in `ignored` with a reason, or the place of a problem.
    """
    account, habit = Account(), Habit()
    habit.take_wishes(options or {})
    lines = BREAK.split(text)
    try:
        value = _loaded(text)
    except (ValueError, RecursionError) as error:
        _note_damage(text, error, account)
        value = None
    search = _Search(len(lines))
    search.take(value, Group())
    questions = search.understood(habit)
    for name, place in search.unread.items():
        account.problem("key-unread", N_("What is named “%(name)s” was not read."), place, "warning", name=name[:40])
    inside = {number for one in questions for number in range(one.first, one.last + 1)}
    placed = {one["place"] for one in account.problems}
    for number, line in enumerate(lines, 1):
        if line.strip() and number not in inside and str(number) not in placed:
            account.ignore(number, "structure")
    answers = dict(habit.answers.most_common())
    return checks.finished(questions, account, {"layout": "json", "answers": answers, "counted_from": search.base})


def _note_damage(text: str, error: Exception, account: Account) -> None:
    place = text.count("\n", 0, getattr(error, "pos", 0)) + 1
    account.problem("not-json", N_("From line %(line)s on this is not JSON."), place, line=place)


def _loaded(text: str):
    """Return the value of a JSON text, or of one with an object a line; every object becomes a Node.

    Objects close in the order in which they are built.
    """
    try:
        return _nodes([text.lstrip("\ufeff")], text)[0]
    except ValueError:
        lines = [line for line in BREAK.split(text.lstrip("\ufeff")) if line.strip()]
        if len(lines) < 2 or not all(line.strip().startswith("{") for line in lines):
            raise
    return _nodes(lines, text)  # an object a line


def _nodes(texts: list[str], whole: str) -> list:
    spans = iter(_spans(whole))
    made = json.JSONDecoder(object_pairs_hook=lambda pairs: Node(dict(pairs), *next(spans, (1, 1))))
    return [made.decode(one) for one in texts]


def _spans(text: str) -> list[tuple[int, int]]:
    """Return first and last line of every object, in the order in which they close."""
    line, opened, closed = 1, [], []
    for found in TOKEN.finditer(text):
        token = found[0]
        if token == "{":
            opened.append(line)
        elif token == "}":
            closed.append((opened.pop() if opened else line, line))
        elif token[0] != '"':
            line += 1
    return closed


class _Search:
    """One pass through a value for the questions in it."""

    def __init__(self, lines: int):
        self.groups: list[Group] = []
        self.unread: dict[str, int] = {}
        self.figures: list[tuple[Record, int, int]] = []  # (record, figure, options)
        self.base: int | None = None
        self.lines = lines

    def take(self, value, around: Group) -> None:
        """Take questions out of a value; those of one list are a group."""
        group = Group(around.kind, around.chapter)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, list):
                self.take(one, around)
            elif isinstance(one, Node) and (record := self._record(one, around)):
                group.found.append(record)
            elif isinstance(one, Node):
                self._go_in(one, around)
        if group.found:
            self.groups.append(group)

    def _go_in(self, node: Node, around: Group) -> None:
        inner = Group(around.kind, around.chapter)
        for name, value in node.pairs.items():
            if isinstance(value, str) and fields.field_of(name) == "kind" and records.kind_named(value):
                inner.kind = records.kind_named(value)
            elif isinstance(value, str) and fields.plain(name) in TITLES:
                inner.chapter = " ".join(filter(None, [around.chapter, value.strip()]))
        pairs = self._bare_pairs(node, inner)
        if pairs:
            self.groups.append(Group(inner.kind, inner.chapter, pairs))
            return
        for name, value in node.pairs.items():
            if isinstance(value, list | Node):
                of_kind = records.kind_named(name) if len(name) <= 20 else None
                chapter = inner.chapter or ("" if of_kind or name.isascii() else name)
                self.take(value, Group(of_kind or inner.kind, chapter))

    def _bare_pairs(self, node: Node, around: Group) -> list[Record]:
        """Return the questions of an object whose keys are stems, with their options behind |, and values answers."""
        pairs = list(node.pairs.items())
        is_bare = pairs and all(isinstance(value, str | bool) and _is_stem(name) for name, value in pairs)
        found = []
        for name, value in pairs if is_bare else ():
            stem, *options = name.split("|")
            record = Record(node.first, node.last, stem=stem, chapter=around.chapter)
            record.options, record.answer = parted.without_letters(options), _plain(value)
            found.append(record)
        return found

    def _record(self, node: Node, around: Group) -> Record | None:
        """Return the question that an object is, or None: it has a stem and an answer, options or a kind."""
        named: dict[str, list] = {}
        for name, value in node.pairs.items():
            if value not in (None, "", []):
                named.setdefault(fields.field_of(name) or f"?{name}", []).append(value)
        stem = next((one for one in named.get("stem", []) if isinstance(one, str)), "")
        if not stem or not any(one.split(":")[0] in ("answer", "options", "option", "right", "kind") for one in named):
            return None
        if any(isinstance(value, list) and value and self._holds_questions(value) for value in node.pairs.values()):
            return None
        record = Record(node.first, node.last, stem=stem, chapter=around.chapter)
        for name in ("number", "code", "kind", "points", "difficulty", "citations"):
            setattr(record, name, _plain(named.get(name, [""])[0]))
        record.chapter = " ".join(filter(None, [record.chapter, *(_plain(one) for one in named.get("chapter", []))]))
        record.explanation = [_plain(one) for one in named.get("explanation", []) + named.get("note", [])]
        record.has_picture = "picture" in named
        self._take_options(record, named)
        self._take_answer(record, named)
        for name in named:
            if name.startswith("?"):
                self.unread.setdefault(name[1:], node.first)
        return record

    def _holds_questions(self, value: list) -> bool:
        return isinstance(value[0], Node) and any(fields.field_of(name) == "stem" for name in value[0].pairs) and any(
            fields.field_of(name) in ("answer", "options") for name in value[0].pairs
        )  # fmt: skip

    def _take_options(self, record: Record, named: dict) -> None:
        lettered = [_plain(named.get(f"option:{letter}", [""])[0]) for letter in LETTERS]
        while lettered and not lettered[-1]:
            lettered.pop()
        value = next(iter(named.get("options", [])), None)
        if value is None and any(isinstance(one, Node) for each in named.get("answer", []) for one in _listed(each)):
            value = named.pop("answer")[0]
        flagged = [LETTERS[place] for place, one in enumerate(_listed(value)[:26]) if _is_right(one)]
        record.options = lettered or parted.options_of(_without_nodes(value))
        record.answer = "".join(flagged)

    def _take_answer(self, record: Record, named: dict) -> None:
        values = named.get("answer") or (named.get("right") if not record.answer else None) or []
        for value in values[:1]:
            if isinstance(value, list) and not all(isinstance(one, str) and one in LETTERS for one in value):
                self._take_list(record, value)
            elif isinstance(value, int) and not isinstance(value, bool) and len(record.options) > 1:
                self.figures.append((record, value, len(record.options)))
            elif isinstance(value, list):
                record.answer = "".join(value)
            else:
                record.answer = _plain(value)

    def _take_list(self, record: Record, values: list) -> None:
        """Take several answers: words of options give their letters, figures count them, others fill blanks."""
        texts = parted.without_letters([_plain(one) for one in values])
        if record.options and all(isinstance(one, int) and 0 <= one <= len(record.options) for one in values):
            self.figures += [(record, one, len(record.options)) for one in values]
        elif record.options and all(text in record.options for text in texts):
            record.answer = "".join(sorted(LETTERS[record.options.index(text)] for text in texts))
        elif record.options:
            record.answer = "".join(texts)
        elif len(texts) == 1:
            record.answer = texts[0]
        else:
            record.blanks = texts

    def understood(self, habit: Habit) -> list[Draft]:
        """Return the questions of all groups, in the order of the file."""
        self._count()
        doubtful = {id(record): figure for record, figure, _ in self.figures} if self.base is None else {}
        drafts = []
        for group in self.groups:
            for record, draft in zip(group.found, records.understood(group.found, habit, group.kind), strict=True):
                if id(record) in doubtful:
                    figure = doubtful[id(record)]
                    draft.problem("answer-counted", INDEX, severity="warning", figure=figure, base=1)
                drafts.append(draft)
        return sorted(drafts, key=lambda draft: draft.first)

    def _count(self) -> None:
        """Make letters of figures: counted from 0 where one is 0, from 1 where one is the number of options."""
        if any(figure == 0 for _, figure, _ in self.figures):
            self.base = 0
        elif any(figure == count for _, figure, count in self.figures):
            self.base = 1
        for record, figure, count in self.figures:
            place = figure - (1 if self.base is None else self.base)
            record.answer = (
                "".join(sorted(record.answer + LETTERS[place])) if 0 <= place < min(count, 26) else str(figure)
            )


def _is_stem(name: str) -> bool:
    return len(name) >= SHORTEST_STEM and fields.field_of(name) is None and fields.plain(name) not in TITLES


def _listed(value) -> list:
    return value if isinstance(value, list) else []


def _is_right(one) -> bool:
    """Return whether an option says of itself that it is right."""
    if not isinstance(one, Node):
        return False
    return any(
        fields.field_of(name) == "right" and value in (True, 1, "1", "true", "是", "Y")
        for name, value in one.pairs.items()
    )


def _without_nodes(value):
    if isinstance(value, Node):
        return {name: _without_nodes(one) for name, one in value.pairs.items()}
    return [_without_nodes(one) for one in value] if isinstance(value, list) else value


def _plain(value) -> str:
    """Return a value as a person writes it."""
    if isinstance(value, bool):
        return "正确" if value else "错误"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list):
        return " ".join(_plain(one) for one in value)
    if isinstance(value, Node):
        return " ".join(_plain(one) for one in value.pairs.values())
    return "" if value is None else str(value).strip()
