"""Which questions are nearly the same, and which say the opposite: an exact join of sets of character runs."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from quizapp.rules.similarity import APART, grams
from quizapp.rules.texts import fold

LEAST = 0.7  # share of runs of three characters that two questions have in common
SIZE = 3
TELLING = 12  # characters of a stem; fewer, such as 下列说法正确的是, ask whatever the options say
STEP = 1000  # questions between two reports of how far it is
MOST_SHARING = 50  # questions of one stem and one option that are compared with each other
RELATIONS = ("contradiction", "same", "near")
BETWEEN = "\ua015"  # a letter that no exam is written with, and that evening out leaves alone


@dataclass(frozen=True)
class Compared:
    """A question made ready to be compared; texts are evened out.

    `right`: option texts, a boolean, blanks, or a case's parts.
    """

    id: int
    kind: str
    stem: str
    options: frozenset[str]
    right: object

    @property
    def text(self) -> str:
        """All words, the options in an order of their own."""
        return "".join([self.stem, *sorted(self.options)])


def ready(question_id: int, kind: str, content: dict, key: dict) -> Compared:
    """Return a question as it is compared: width, case, spaces and punctuation make no difference."""
    return ready_all([(question_id, kind, content, key)])[0]


def ready_all(rows: Iterable[tuple[int, str, dict, dict]]) -> list[Compared]:
    """Return questions (id, kind, content, key) as they are compared: a thousand at once cost a fifth of one by one."""
    rows = list(rows)
    evened = iter(even_all([text for _, kind, content, key in rows for text in _texts(kind, content, key)]))
    return [_ready(question_id, kind, content, key, evened) for question_id, kind, content, key in rows]


def _texts(kind: str, content: dict, key: dict) -> list[str]:
    """Return the texts of a question in the order in which `_ready` takes them evened out."""
    if kind == "case":
        parts = zip(content["parts"], key["parts"], strict=True)
        return [content["stem"], *(text for part, own in parts for text in _texts(part["kind"], part, own))]
    accepted = [text for texts in key.get("blanks", []) for text in texts]
    return [content["stem"], *content.get("options", []), *accepted]


def _ready(question_id: int, kind: str, content: dict, key: dict, evened: Iterator[str]) -> Compared:
    stem = next(evened)
    if kind == "case":
        both = zip(content["parts"], key["parts"], strict=True)
        parts = tuple(_ready(0, part["kind"], part, own, evened) for part, own in both)
        return Compared(question_id, kind, stem, frozenset(part.text for part in parts), parts)
    options = [next(evened) for _ in content.get("options", [])]
    right = key.get("right")
    if isinstance(right, list) and options and all(type(place) is int for place in right):
        right = frozenset(options[place] for place in right)
    elif "blanks" in key:
        right = tuple(frozenset(next(evened) for _ in texts) for texts in key["blanks"])
    elif "pairs" in key:
        right = repr(sorted(zip(options, (content["right"][place] for place in key["pairs"]), strict=True)))
    elif not isinstance(right, bool):
        right = repr(key)
    return Compared(question_id, kind, stem, frozenset(options), right)


def even(text: str) -> str:
    """Return a text without what makes no difference; of nothing but punctuation it stays."""
    folded = fold(text)
    return APART.sub("", folded) or folded


def even_all(texts: list[str]) -> list[str]:
    """Return what `even` makes of each text; most of the time goes into beginning, so they are evened out as one."""
    whole = APART.sub("", fold(BETWEEN.join(texts))).split(BETWEEN)
    if len(whole) != len(texts):  # one of them holds what is put between them
        return [even(text) for text in texts]
    return [evened or even(text) for evened, text in zip(whole, texts, strict=True)]


def is_contradiction(one: Compared, other: Compared) -> bool:
    """Whether both ask the same and hold different things to be right."""
    if one.stem != other.stem:
        return False
    if isinstance(one.right, frozenset) and isinstance(other.right, frozenset):
        return bool(one.right & (other.options - other.right) or other.right & (one.options - one.right))
    if one.kind == other.kind == "case":
        return any(is_contradiction(part, same) for part in one.right for same in other.right)
    if isinstance(one.right, tuple) and isinstance(other.right, tuple):
        pairs = zip(one.right, other.right, strict=False)
        return len(one.right) == len(other.right) and any(not (a & b) for a, b in pairs)
    return (one.kind, one.options) == (other.kind, other.options) and one.right != other.right


def relation(one: Compared, other: Compared) -> str:
    """Return which of RELATIONS two questions that are alike stand in."""
    if is_contradiction(one, other):
        return "contradiction"
    return "same" if (one.stem, one.options) == (other.stem, other.options) else "near"


def alike(one: Compared, others: Iterable[Compared], least: float = LEAST) -> list[tuple[int, str]]:
    """Return (id, which of RELATIONS) of those that are alike to a question or contradict it: the gravest first.

    Alike as a whole, as `find` has it, or by a stem that is long enough to tell what is asked.
    """
    whole, stem = _Runs(one.text, least), _Runs(one.stem, least)
    has_words = len(one.stem) >= TELLING
    found = []
    for other in others:
        likeness = max(whole.likeness(other.text), stem.likeness(other.stem) if has_words else 0.0)
        if likeness >= least or is_contradiction(one, other):
            what = relation(one, other)
            found.append((RELATIONS.index(what), -likeness, other.id))
    return [(question_id, RELATIONS[rank]) for rank, _, question_id in sorted(found)]


def has_runs_of(one: Compared, least: float = LEAST) -> Callable[[str], bool]:
    """Return what tells quickly whether a question's words, as people wrote them, are worth comparing.

    What `alike` finds passes, but for what is written in another width wherever the two agree.
    """
    sought = {*_Runs(one.text, least).sought, *_Runs(one.stem, least).sought}

    def is_worth_it(words: str) -> bool:
        evened = APART.sub("", words)
        return any(run in evened for run in sought)

    return is_worth_it


class _Runs:
    """The runs of a text, to be compared with those of many: what is as alike as `least` holds one of so many."""

    def __init__(self, text: str, least: float):
        self.runs = _runs(text)
        self.sought = sorted(self.runs)[: len(self.runs) - math.ceil(least * len(self.runs) - 1e-9) + 1]

    def likeness(self, text: str) -> float:
        """Return the share of runs in common, or 0 where it is surely below `least`."""
        if not any(run in text for run in self.sought):
            return 0.0
        theirs = _runs(text)
        return len(self.runs & theirs) / len(self.runs | theirs)


def _runs(text: str) -> set[str]:
    return set(grams(text, SIZE) or [text])


def find(questions: list[Compared], least: float = LEAST) -> Iterator[tuple[int, list[tuple[int, int, float]]]]:
    """Yield (how many are done, pairs found since: smaller id, greater id, likeness 0..1); every pair once.

    Exact: two sets as alike as `least` share one of their rarest runs, so that only those are looked up; and sets are
    taken by size, so that what is too small to be alike is passed over.
    """
    sets = _ranked([grams(one.text, SIZE) or [one.text] for one in questions])
    order = sorted(range(len(sets)), key=lambda place: len(sets[place]))
    postings: dict[int, list[int]] = defaultdict(list)
    begin: dict[int, int] = defaultdict(int)  # in each list, what stands before is too small by now
    pairs = []
    for done, here in enumerate(order, 1):
        mine = sets[here]
        size = len(mine)
        smallest = math.ceil(least * size - 1e-9)  # a product of floats may be a hair too large
        candidates = set()
        for run in mine[: size - smallest + 1]:
            found = postings[run]
            at = begin[run]
            while at < len(found) and len(sets[found[at]]) < smallest:
                at += 1
            begin[run] = at
            candidates.update(found[at:])
            found.append(here)
        if candidates:
            whole = set(mine)
            for other in candidates:
                both = len(whole.intersection(sets[other]))
                likeness = both / (size + len(sets[other]) - both)
                if likeness >= least:
                    pairs.append((*sorted((questions[here].id, questions[other].id)), likeness))
        if done % STEP == 0:
            yield done, pairs
            pairs = []
    yield len(order), pairs


def _ranked(texts: list[list[str]]) -> list[tuple[int, ...]]:
    """Return each text's runs as numbers, the rarest of all texts first."""
    spread = Counter(run for runs in texts for run in set(runs))
    rank = {run: place for place, (run, _) in enumerate(sorted(spread.items(), key=lambda one: (one[1], one[0])))}
    return [tuple(sorted({rank[run] for run in runs})) for runs in texts]


def contradictions(questions: list[Compared]) -> list[tuple[int, int]]:
    """Return pairs (smaller id, greater id) of one stem and a shared option that contradict, however they differ."""
    sharing: dict[tuple[str, str], list[Compared]] = defaultdict(list)
    for one in questions:
        for option in one.options or ("",):
            sharing[one.stem, option].append(one)
    found = set()
    for group in sharing.values():
        group = group[:MOST_SHARING]
        for place, one in enumerate(group):
            for other in group[place + 1 :]:
                if is_contradiction(one, other):
                    found.add(tuple(sorted((one.id, other.id))))
    return sorted(found)
