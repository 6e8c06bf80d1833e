"""An edition as text in the house format, which `read` takes in again."""

from itertools import takewhile

from quizapp.rules.formats.handbook import marks

CLOSED = "、"  # 一、 stands glued to its text


def write(head: dict[str, str], articles: list[dict]) -> str:
    """Return the text of an edition: its head, and its articles below their headings.

    An article is {"number", "path", "text", "basis"}; what of the head is empty is left out.
    """
    parts = ["\n".join(["---", *(f'{name}: "{value}"' for name, value in head.items() if value), "---"])]
    above: list[str] = []
    for one in articles:
        path = one["path"]
        known = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(above, path, strict=False)))
        if known == len(path) < len(above):
            known -= 1  # back below the chapter alone: its heading comes again, else the article stood in the section
        parts += [_heading(words, depth) for depth, words in enumerate(path) if depth >= known]
        number = one["number"] if one["number"].endswith(CLOSED) else f"{one['number']} "
        parts += [number + one["text"], *(f"依据：{law}" for law in one["basis"])]
        above = path
    return "\n\n".join(parts) + "\n"


def _heading(words: str, depth: int) -> str:
    """Return a heading's line: 编, 章 and 节 tell their rank themselves, any other stands below them all."""
    found = marks.read_heading(f"# {words}")
    return f"# {words}" if depth == 0 or found and found.label else f"#### {words}"
