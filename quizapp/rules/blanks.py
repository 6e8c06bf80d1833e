"""Which blanks are right: accepted texts, evened out, in order or in any order."""

from collections.abc import Sequence

from quizapp.rules.matching import match
from quizapp.rules.texts import even_out


def judge(accepted: Sequence[Sequence[str]], texts: Sequence[str], any_order: bool) -> list[bool]:
    """Return for each written text whether it earns its blank.

    In order, each text is held against its own blank. In any order the assignment that earns most counts, and the
    same text written again earns again only as often as the key leaves no other choice: one right answer copied
    into all blanks earns one blank.
    """
    wanted = [{even_out(text) for text in blank} for blank in accepted]
    written = [even_out(text) for text in texts]
    if not any_order:
        return [bool(text) and text in blank for text, blank in zip(written, wanted, strict=True)]
    wishes = [_blanks_for(place, written, wanted) for place in range(len(written))]
    earning = set(match(wishes, [1] * len(wishes)).owners.values())
    return [place in earning for place in range(len(written))]


def _blanks_for(place: int, written: list[str], wanted: list[set]) -> list[int]:
    text = written[place]
    most = max(1, sum(blank == {text} for blank in wanted))
    if not text or written[:place].count(text) >= most:
        return []
    return [index for index, blank in enumerate(wanted) if text in blank]
