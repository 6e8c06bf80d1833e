"""What an import of a bank would do: every question against the ones that are there; nothing is changed here."""

import hashlib
from dataclasses import dataclass, field, replace

import msgspec
from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Article, Citation, Handbook, Question, QuestionKey, QuestionRevision, QuestionTag
from quizapp.rules.errors import Problem
from quizapp.rules.words import N_
from quizapp.services.banks.documents import Prepared
from quizapp.services.banks.sight import current

WHAT = ("new", "changed", "unchanged")
NO_ARTICLE = N_("The handbook has no %(article)s that this question could cite.")
NO_HANDBOOK = N_("The question cites %(article)s, and nothing says of which handbook. Choose the handbook first.")
BESIDE = ("chapter", "difficulty", "points", "explanation", "citations")  # what a file may not say of any question


@dataclass(frozen=True)
class Entry:
    """A prepared question, what would happen to it (one of WHAT), and the row ids of what it cites."""

    question: Prepared
    what: str
    question_id: int | None
    articles: list[int]
    digest: str
    problems: list[Problem]  # cited articles that are not there
    is_rewording: bool = True  # more than its tags is another


@dataclass
class Plan:
    """What the whole file would do."""

    entries: list[Entry] = field(default_factory=list)

    @property
    def problems(self) -> list[Problem]:
        """What stands in the way of all of it."""
        return [problem for entry in self.entries for problem in entry.problems]

    @property
    def counts(self) -> dict[str, int]:
        """How many questions of each of WHAT."""
        return {what: sum(entry.what == what for entry in self.entries) for what in WHAT}


def plan(bank_id: int | None, handbook: str, prepared: list[Prepared], is_complete: bool = False) -> Plan:
    """Return what taking the questions into a bank (None: a new one) would do; `handbook` is cited where none is named.

    What no question of the file says (BESIDE) stays in the bank as it is, unless the file is complete: its format can
    say everything. Every cited article that is not there is a problem, with the question's place.
    """
    unsaid = () if is_complete else tuple(name for name in BESIDE if not any(getattr(one, name) for one in prepared))
    found, articles, known = Plan(), _articles(handbook, prepared), _known(bank_id)
    standing = _standing(bank_id, unsaid)
    tags = _tags(bank_id) if any(one.tags for one in prepared) else {}
    for one in prepared:
        question_id, before = known.get(one.code, (None, None))
        cited = [articles.get((slug or handbook, number)) for slug, number in one.citations]
        missing = [
            _no_article(one.place, slug, number, bool(slug or handbook))
            for (slug, number), article in zip(one.citations, cited, strict=True)
            if article is None
        ]
        if question_id in standing:
            stands = dict(standing[question_id])
            cited = stands.pop("citations", cited)
            if any(getattr(one, name) != value for name, value in stands.items()):
                one = replace(one, **stands)
        digest = digest_of(
            one.kind, one.content, one.key, one.chapter, one.difficulty, one.points, one.explanation, cited
        )
        is_retagged = bool(one.tags) and set(one.tags) != set(tags.get(question_id, ()))
        what = "new" if question_id is None else "changed" if before != digest or is_retagged else "unchanged"
        articles_cited = sorted({each for each in cited if each})
        found.entries.append(Entry(one, what, question_id, articles_cited, digest, missing, before != digest))
    return found


def digest_of(kind, content, key, chapter, difficulty, points, explanation, cited) -> str:
    """Return what tells a question as a file words it from another; `cited` are row ids of articles or None.

    Tags are left out: a file that names none does not take them away. One point is what a question is worth that does
    not say, and 2 is as good as 2.0.
    """
    points = None if points in (None, 1) else round(points * 1000)
    extra = (chapter, difficulty, points, explanation, sorted(article or 0 for article in cited))
    return hashlib.sha256(msgspec.json.encode([kind, content, key, *extra])).hexdigest()


def _articles(handbook: str, prepared: list[Prepared]) -> dict[tuple[str, str], int]:
    slugs = {slug or handbook for one in prepared for slug, _ in one.citations}
    query = select(Handbook.slug, Article.identity, Article.id).join(Handbook, Handbook.id == Article.handbook_id)
    return {
        (slug, number): row_id for slug, number, row_id in db.session.execute(query.where(Handbook.slug.in_(slugs)))
    }


def _known(bank_id: int | None) -> dict[str, tuple[int, str]]:
    query = select(Question.code, Question.id, QuestionRevision.digest).join(QuestionRevision, current())
    rows = db.session.execute(query.where(Question.bank_id == bank_id))
    return {code: (question_id, digest) for code, question_id, digest in rows}


def _standing(bank_id: int | None, names: tuple[str, ...]) -> dict[int, dict]:
    """Return the fields of these names that the questions of a bank have now, by row id; citations as articles' ids."""
    if bank_id is None or not names:
        return {}
    of_bank = select(Question.id).join(QuestionRevision, current()).where(Question.bank_id == bank_id)
    columns = [
        QuestionRevision.chapter,
        QuestionRevision.difficulty,
        QuestionRevision.points_milli,
        QuestionKey.explanation,
    ]
    query = of_bank.join(QuestionKey, QuestionKey.revision_id == QuestionRevision.id).add_columns(*columns)
    found = {}
    for question_id, chapter, difficulty, milli, explanation in db.session.execute(query):
        stands = (chapter, difficulty, milli / 1000, explanation, [])
        found[question_id] = {name: value for name, value in zip(BESIDE, stands, strict=True) if name in names}
    if "citations" in names:
        cited = of_bank.join(Citation, Citation.revision_id == QuestionRevision.id).add_columns(Citation.article_id)
        for question_id, article_id in db.session.execute(cited):
            found[question_id]["citations"].append(article_id)
    return found


def _tags(bank_id: int | None) -> dict[int, list[str]]:
    """Return the tags that the questions of a bank bear, by row id."""
    query = select(QuestionTag.question_id, QuestionTag.tag).join(Question, Question.id == QuestionTag.question_id)
    found: dict[int, list[str]] = {}
    for question_id, tag in db.session.execute(query.where(Question.bank_id == bank_id)):
        found.setdefault(question_id, []).append(tag)
    return found


def _no_article(place: str, slug: str, number: str, is_named: bool) -> Problem:
    message = NO_ARTICLE if is_named else NO_HANDBOOK
    return Problem("no-article", message, place, {"article": f"{slug}#{number}" if slug else number})
