"""Questions as JSON, in whatever shape: lists of objects with named parts, chapters around them, or bare pairs."""

import re
from dataclasses import dataclass, field, replace

from quizapp.rules.formats import checks, fields, keyed, nodes, parted, records
from quizapp.rules.formats.drafts import LETTERS, Draft, read_truth
from quizapp.rules.formats.lines import BREAK, Account
from quizapp.rules.formats.nodes import Node
from quizapp.rules.formats.records import Record
from quizapp.rules.formats.text.habit import Habit
from quizapp.rules.words import N_

NAME = N_("JSON")
TITLES = ("chapter", "章节", "章", "section", "name", "title", "category", "分类")
INDEX = "index"  # ends the names of answers that are counted as programs count
SHORTEST_STEM = 4  # characters of a key that is itself a question


@dataclass
class Group:
    """Questions that stand together: what they were found under, and what of them is already known."""

    kind: str | None = None
    chapter: str = ""
    material: str = ""
    found: list[Record] = field(default_factory=list)


def likeness(text: str) -> float:
    """Return how sure it is, 0 to 1, that a text is JSON: it is or it is not."""
    if not nodes.bare(text).startswith(("{", "[")):
        return 0.0
    try:
        nodes.load(text)
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
        value = nodes.load(text)
    except (ValueError, RecursionError) as error:
        _note_damage(text, error, account)
        value = None
    search = _Search()
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
    return checks.finished(questions, account, {"layout": "json", "answers": answers})


def _note_damage(text: str, error: Exception, account: Account) -> None:
    read = getattr(error, "doc", text)  # without what stands around it
    place = text.count("\n", 0, text.find(read) + getattr(error, "pos", 0)) + 1
    account.problem("not-json", N_("From line %(line)s on this is not JSON."), place, line=place)


class _Search:
    """One pass through a value for the questions in it."""

    def __init__(self):
        self.groups: list[Group] = []
        self.unread: dict[str, int] = {}
        self.counted: dict[int, Record] = {}  # by id: answered by figures that are no texts
        self.named_index: set[int] = set()  # of them, those whose answer is called an index

    def take(self, value, around: Group) -> None:
        """Take questions out of a value; those of one list are a group."""
        group = Group(around.kind, around.chapter, around.material)
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
        inner = Group(around.kind, around.chapter, around.material)
        for name, value in node.pairs.items():
            if isinstance(value, str) and fields.field_of(name) == "kind" and records.kind_named(value):
                inner.kind = records.kind_named(value)
            elif isinstance(value, str) and fields.field_of(name) == "material":
                inner.material = value
            elif isinstance(value, str) and fields.plain(name) in TITLES:
                inner.chapter = " ".join(filter(None, [around.chapter, value.strip()]))
        pairs = self._bare_pairs(node, inner)
        if pairs:
            self.groups.append(Group(inner.kind, inner.chapter, found=pairs))
            return
        for name, value in node.pairs.items():
            if isinstance(value, list | Node):
                of_kind = records.kind_named(name) if len(name) <= 20 else None
                chapter = inner.chapter or ("" if of_kind or name.isascii() else name)
                self.take(value, Group(of_kind or inner.kind, chapter, inner.material))

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
        for name, value in _flat(node):
            if value not in (None, "", []) and (not isinstance(value, Node) or value.pairs):
                what = fields.field_of(name) or ("options" if _is_options(value) else f"?{name}")
                named.setdefault(what, []).append(value)
        stem = next((one for one in named.get("stem", []) if isinstance(one, str)), "")
        is_whole = {"options", "answer"} <= set(map(fields.field_of, node.pairs))
        if not stem and (is_whole or any(_says_right(one) for value in node.pairs.values() for one in _listed(value))):
            stem = next((_plain(named.pop(name)[0]) for name in ("?text", "?name", "?body") if name in named), "")
        if not stem or not any(one.split(":")[0] in ("answer", "options", "option", "right", "kind") for one in named):
            return None
        others = [
            value for name, value in node.pairs.items() if fields.field_of(name) != "options" and not _is_options(value)
        ]
        if any(map(self._holds_questions, others)):
            return None
        record = Record(node.first, node.last, stem=stem, chapter=around.chapter)
        for name in ("number", "code", "kind", "points", "difficulty", "citations", "material"):
            setattr(record, name, _plain(named.get(name, [""])[0]))
        record.material = record.material or around.material
        record.chapter = " ".join(filter(None, [record.chapter, *(_plain(one) for one in named.get("chapter", []))]))
        record.explanation = [_plain(one) for one in named.get("explanation", []) + named.get("note", [])]
        record.has_picture = "picture" in named
        if any(fields.field_of(name) == "answer" and fields.plain(name).endswith(INDEX) for name, _ in _flat(node)):
            self.named_index.add(id(record))
        options = self._take_options(record, named)
        self._take_answer(record, named, options)
        for name in named:
            if name.startswith("?"):
                self.unread.setdefault(name[1:], node.first)
        return record

    def _holds_questions(self, value) -> bool:
        first = next(iter(_listed(value)), None)
        held = set(map(fields.field_of, first.pairs)) if isinstance(first, Node) else set()
        return "stem" in held and not held.isdisjoint(("answer", "options"))

    def _take_options(self, record: Record, named: dict):
        """Take the options; return them as the file has them."""
        lettered = [_plain(named.get(f"option:{letter}", [""])[0]) for letter in LETTERS]
        while lettered and not lettered[-1]:
            lettered.pop()
        value = next(iter(named.get("options", [])), None)
        if value is None and any(_says_right(one) for each in named.get("answer", []) for one in _listed(each)):
            value = named.pop("answer")[0]
        if value is None and len(answers := named.get("answer", [])) == 2:  # answers: four texts, correct_answer: C
            lists = [one for one in answers if len(_listed(one)) > 1 and all(type(each) is str for each in one)]
            value = next(iter(lists), None)
            named["answer"] = [one for one in answers if one is not value]
        wrong = [one for name, each in named.items() if name.startswith("wrong") for one in _as_list(each[0])]
        if value is None and wrong and "answer" in named:
            value = [*_as_list(named["answer"][0]), *wrong]
            record.kind = ""  # “multiple” there means that one of several is right
        flagged = [LETTERS[place] for place, one in enumerate(_listed(value)[:26]) if _is_right(one)]
        record.options = lettered or parted.options_of(_without_nodes(value))
        record.answer = "".join(flagged)
        return value

    def _take_answer(self, record: Record, named: dict, options) -> None:
        values = named.get("answer") or (named.get("right") if not record.answer else None) or []
        for value in values[:1]:
            if record.options and all(type(one) is int for one in _as_list(value)):
                self.counted[id(record)] = record
            texts = [_plain(_answer_of(one)) for one in _as_list(value)]
            record.answer = _by_identity(texts, options) or "\n".join(texts)
            if len(texts) > 1 and not record.options:
                record.blanks = texts

    def understood(self, habit: Habit) -> list[Draft]:
        """Return the questions of all groups, in the order of the file."""
        every = [one for group in self.groups for one in group.found]
        way = keyed.counting([(one.answer, one.options) for one in every])
        texts = [one for one in every if self.counted and id(one) not in self.counted]
        for one in texts:  # 2 beside figures that count is the option “2”
            if keyed.DIGITS.fullmatch(one.answer) and one.options[: len(LETTERS)].count(one.answer) == 1:
                one.answer = LETTERS[one.options.index(one.answer)]
        if way is None or not way.is_sure:
            self._count()
        drafts = [draft for group in self.groups for draft in records.understood(group.found, habit, group.kind, way)]
        return sorted(drafts, key=lambda draft: draft.first)


    def _count(self) -> None:
        """Settle how the figures count that are no texts, where all answers of the file together do not tell.

        An index counts from 0 unless a figure says otherwise.
        """
        for is_index in (True, False):
            same = [one for one in self.counted.values() if (id(one) in self.named_index) == is_index]
            way = keyed.counting([(one.answer, one.options) for one in same])
            if way and is_index and not way.is_sure:
                way = replace(way, base=0)
            for one in same:
                one.counting = way


def _flat(node: Node) -> list[tuple]:
    """Return the pairs of an object, those of a question that is an object within it among them."""
    found = []
    for name, value in node.pairs.items():
        if isinstance(value, Node) and fields.field_of(name) == "stem":
            found += [("stem" if one == "text" else one, each) for one, each in value.pairs.items()]
        else:
            found.append((name, value))
    return found


def _answer_of(value):
    """Return what an object that stands for an answer says in it."""
    if not isinstance(value, Node):
        return value
    if value.pairs and all(name in LETTERS and isinstance(one, bool | int) for name, one in value.pairs.items()):
        return "".join(name for name, one in value.pairs.items() if one)
    named = {fields.field_of(name): one for name, one in value.pairs.items()}
    return named.get("answer", value)


def _by_identity(texts: list[str], options) -> str:
    """Return the letters of options that are named by their id, or by whatever else each bears of its own."""
    held = [one.pairs for one in _listed(options)[: len(LETTERS)] if isinstance(one, Node)]
    for name in sorted(held[0], key=lambda name: not name.lower().endswith("id")) if held else ():
        own = [_plain(one.get(name)) for one in held]
        if len(set(own)) == len(own) and texts and set(texts) <= set(own):
            return "".join(sorted(LETTERS[own.index(text)] for text in texts))
    return ""


def _is_stem(name: str) -> bool:
    if len(name) < SHORTEST_STEM or re.fullmatch(r"[A-Za-z_]\w*", name, re.ASCII):
        return False
    return fields.field_of(name) is None and fields.plain(name) not in TITLES


def _listed(value) -> list:
    return value if isinstance(value, list) else []


def _as_list(value) -> list:
    return value if isinstance(value, list) else [value]


def _is_options(value) -> bool:
    """Return whether a value of an unknown name holds options: each bears its letter, or says if it is right."""
    if isinstance(value, Node):
        return len(value.pairs) > 1 and list(value.pairs) == list(LETTERS[: len(value.pairs)])
    listed = _listed(value)[: len(LETTERS)]
    lettered = (isinstance(one, Node) and LETTERS[place] in one.pairs.values() for place, one in enumerate(listed))
    return len(listed) > 1 and (all(map(_says_right, listed)) or all(lettered))


def _says_right(one) -> bool:
    """Return whether an option says of itself whether it is right."""
    return isinstance(one, Node) and any(_is_flag(name, value) for name, value in one.pairs.items())


def _is_flag(name: str, value) -> bool:
    """Return whether a part of an option tells that it is right: by its name, or answer with yes or no."""
    return fields.field_of(name) == "right" or fields.field_of(name) == "answer" and isinstance(value, bool)


def _is_right(one) -> bool:
    """Return whether an option says of itself that it is right."""
    return isinstance(one, Node) and any(
        _is_flag(name, value) and (value in (True, 1, "1") or read_truth(str(value)) is True)
        for name, value in one.pairs.items()
    )


def _without_nodes(value):
    if isinstance(value, Node) and {"format", "text"} == set(value.pairs):
        return value.pairs["text"]
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
