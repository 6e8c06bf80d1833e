"""Which questions are nearly the same, and which say the opposite: an exact join of sets of character runs."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from quizapp.rules.similarity import APART, grams
from quizapp.rules.texts import fold

LEAST = 0.7  # share of runs of three characters that two questions have in common
SIZE = 3
STEP = 1000  # questions between two reports of how far it is
MOST_SHARING = 50  # questions of one stem and one option that are compared with each other
RELATIONS = ("contradiction", "same", "near")


@dataclass(frozen=True)
class Compared:
    """A question made ready to be compared; texts are evened out. `right`: option texts, a boolean, or blanks."""

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
    options = [even(option) for option in content.get("options", [])]
    right = key.get("right")
    if isinstance(right, list) and options and all(type(place) is int for place in right):
        right = frozenset(options[place] for place in right)
    elif "blanks" in key:
        right = tuple(frozenset(map(even, texts)) for texts in key["blanks"])
    elif not isinstance(right, bool):
        right = repr(key)
    return Compared(question_id, kind, even(content["stem"]), frozenset(options), right)


def even(text: str) -> str:
    """Return a text without what makes no difference; of nothing but punctuation it stays."""
    folded = fold(text)
    return APART.sub("", folded) or folded


def is_contradiction(one: Compared, other: Compared) -> bool:
    """Whether both ask the same and hold different things to be right."""
    if one.stem != other.stem:
        return False
    if isinstance(one.right, frozenset) and isinstance(other.right, frozenset):
        return bool(one.right & (other.options - other.right) or other.right & (one.options - one.right))
    if isinstance(one.right, tuple) and isinstance(other.right, tuple):
        pairs = zip(one.right, other.right, strict=False)
        return len(one.right) == len(other.right) and any(not (a & b) for a, b in pairs)
    return one.kind == other.kind and one.right != other.right


def relation(one: Compared, other: Compared) -> str:
    """Return which of RELATIONS two questions that are alike stand in."""
    if is_contradiction(one, other):
        return "contradiction"
    return "same" if (one.stem, one.options) == (other.stem, other.options) else "near"


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
