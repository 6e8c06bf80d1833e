"""Which questions of a bank are wanted: the conditions of every list, count, bulk change and export."""

from dataclasses import dataclass, field

from sqlalchemy import exists, func, select

from quizapp.models import (
    Article,
    ArticleText,
    Citation,
    Edition,
    Handbook,
    Question,
    QuestionFigure,
    QuestionKey,
    QuestionRevision,
    QuestionTag,
    QuestionWords,
)

RETIRED = "retired"
EASY_MILLI, HARD_MILLI = 950, 200  # mean share of the points, in thousandths
ENOUGH = 20  # marked papers before a share says anything


@dataclass(frozen=True)
class Wanted:
    """What is looked for; empty takes everything in use. `article` is a public id or a number such as 第二条.

    `state` is "" for questions in use, one of STATES among them, or "retired"; `problem` one of PROBLEMS; `ids` are
    public ids, empty: all.
    """

    kind: str = ""
    chapter: str = ""
    difficulty: str = ""
    state: str = ""
    words: str = ""
    tag: str = ""
    problem: str = ""
    article: str = ""
    ids: tuple[str, ...] = field(default=())


def of_present(column):
    """Return a scalar select of a question's present revision."""
    present = (QuestionRevision.question_id == Question.id) & (QuestionRevision.number == Question.current_number)
    return select(column).where(present).correlate(Question).scalar_subquery()


def _without_explanation():
    return exists().where(QuestionKey.revision_id == of_present(QuestionRevision.id), QuestionKey.explanation == "")


def _without_citation():
    return ~exists().where(Citation.revision_id == of_present(QuestionRevision.id))


def _solved(condition):
    """Whether enough people met a question, and what they earned is so."""
    return exists().where(QuestionFigure.question_id == Question.id, QuestionFigure.marked >= ENOUGH, condition)


PROBLEMS = {
    "explanation": _without_explanation,
    "citation": _without_citation,
    "undrawn": lambda: ~exists().where(QuestionFigure.question_id == Question.id, QuestionFigure.drawn > 0),
    "easy": lambda: _solved(QuestionFigure.earned_share_milli >= EASY_MILLI),
    "hard": lambda: _solved(QuestionFigure.earned_share_milli <= HARD_MILLI),
    "flagged": lambda: Question.is_flagged.is_(True),
}
IS_REVIEWED = func.coalesce(Question.reviewed_number, 0) == Question.current_number
IS_ASKED = func.coalesce(Question.asked_number, 0) == Question.current_number
STATES = {"reviewed": IS_REVIEWED, "asked": IS_ASKED & ~IS_REVIEWED, "draft": ~IS_ASKED & ~IS_REVIEWED}


def conditions(bank_id: int, wanted: Wanted) -> list:
    """Return the conditions on `questions` that make up what is wanted."""
    found = [Question.bank_id == bank_id, Question.is_retired.is_(wanted.state == RETIRED)]
    for name in ("kind", "chapter", "difficulty"):
        if getattr(wanted, name):
            found.append(getattr(Question, name) == getattr(wanted, name))
    if wanted.state in STATES:
        found.append(STATES[wanted.state])
    if wanted.ids:
        found.append(Question.public_id.in_(wanted.ids))
    if wanted.tag:
        found.append(Question.id.in_(select(QuestionTag.question_id).where(QuestionTag.tag == wanted.tag)))
    if wanted.problem in PROBLEMS:
        found.append(PROBLEMS[wanted.problem]())
    if wanted.article:
        found.append(Question.id.in_(citing(wanted.article)))
    words = wanted.words.strip().casefold()
    if words:
        has = QuestionWords.words.contains(words, autoescape=True)
        found.append(exists().where(QuestionWords.question_id == Question.id, has))
    return found


def citing(article: str):
    """Return a select of the questions that cite an article now, by public id, number, or "slug#第三条"."""
    handbook, _, number = article.rpartition("#")
    numbers = select(ArticleText.article_id).join(Edition, Edition.id == ArticleText.edition_id)
    named = Article.id.in_(numbers.where(Edition.is_current, ArticleText.number == number))
    is_it = (Article.public_id == article) | (Article.identity == number) | named
    if handbook:
        is_it &= Article.handbook_id.in_(select(Handbook.id).where(Handbook.slug == handbook))
    return (
        select(QuestionRevision.question_id)
        .join(Citation, Citation.revision_id == QuestionRevision.id)
        .join(Question, (Question.id == QuestionRevision.question_id))
        .where(
            QuestionRevision.number == Question.current_number,
            Citation.article_id.in_(select(Article.id).where(is_it)),
        )
    )
