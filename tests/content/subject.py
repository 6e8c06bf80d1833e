"""What question_banks/ holds, read as the product itself reads it."""

import re
from functools import cache

from quizapp.services import shipped
from quizapp.services.readers.fence import run_fenced


@cache
def handbooks() -> list[dict]:
    """Return every edition of every shipped handbook, parsed, in the order of the files."""
    return [
        run_fenced("handbook", folder / name) for folder, subject in shipped.subjects() for name in subject["handbooks"]
    ]


@cache
def banks() -> list[dict]:
    """Return every shipped bank, parsed."""
    return [run_fenced("bank", folder / name) for folder, subject in shipped.subjects() for name in subject["banks"]]


def questions() -> list[dict]:
    """Return the questions of all banks."""
    return [question for bank in banks() for question in bank["questions"]]


def newest_edition(slug: str) -> dict:
    """Return the edition in force last: the one that questions cite."""
    editions = [book for book in handbooks() if book["front_matter"]["slug"] == slug]
    return max(editions, key=lambda book: str(book["front_matter"]["effective"]))


def citations(bank: dict, question: dict) -> set[tuple[str, str]]:
    """Return (handbook, article) for each article that the question cites."""
    pairs = set()
    for one in question["citations"]:
        slug, number = (one.get("handbook"), one["article"]) if isinstance(one, dict) else one.rpartition("#")[::2]
        pairs.add((slug or bank["front_matter"]["handbook"], number))
    return pairs


def bare(text: str) -> str:
    """Return the text without spaces, signs and brackets, to compare stems by their words."""
    return re.sub(r"[\W_]", "", text)


def written_text() -> dict[str, str]:
    """Return each shipped Markdown file's text by its name below question_banks/."""
    paths = sorted(shipped.FOLDER.glob("*/*/*.md"))
    return {str(path.relative_to(shipped.FOLDER)): path.read_text("utf-8") for path in paths}
