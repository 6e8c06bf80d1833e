"""Which texts speak of the same: TF-IDF over pairs of neighbouring characters, for Chinese without a dictionary."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from quizapp.rules.texts import fold

APART = re.compile(r"[\W_]+")


def grams(text: str, size: int = 2) -> list[str]:
    """Return the runs of so many neighbouring characters; they do not reach over punctuation."""
    parts = APART.split(fold(text, " "))
    return [part[at : at + size] for part in parts for at in range(len(part) - size + 1)]


class Index:
    """Texts by key, made ready to be compared with others."""

    def __init__(self, texts: Iterable[tuple[int, str]]):
        counted = {key: Counter(grams(text)) for key, text in texts}
        spread = Counter(gram for counts in counted.values() for gram in counts)
        self.weights = {gram: math.log((1 + len(counted)) / count) for gram, count in spread.items()}
        self.postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for key, counts in counted.items():
            weighed = self._weigh(counts)
            for gram, weight in weighed.items():
                self.postings[gram].append((key, weight))

    def _weigh(self, counts: Counter) -> dict[str, float]:
        weighed = {gram: (1 + math.log(count)) * self.weights[gram] for gram, count in counts.items()}
        length = math.sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
        return {gram: weight / length for gram, weight in weighed.items()}

    def nearest(self, text: str, most: int, least: float = 0.05) -> list[int]:
        """Return the keys of the texts that are most alike, best first; those below `least` (0..1) are left out."""
        asked = Counter(gram for gram in grams(text) if gram in self.weights)
        scores: dict[int, float] = defaultdict(float)
        for gram, weight in self._weigh(asked).items():
            for key, other in self.postings[gram]:
                scores[key] += weight * other
        best = sorted((-score, key) for key, score in scores.items() if score >= least)
        return [key for _, key in best[:most]]
