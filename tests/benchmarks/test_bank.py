"""A bank of many questions: what a page of the list costs must not grow with the bank."""

from datetime import UTC, datetime
from time import perf_counter

import pytest
from sqlalchemy import select

SMALL, LARGE = 500, 50_000
NOW = datetime(2026, 5, 4, 8, tzinfo=UTC)


def fill(count: int, first_id: int, slug: str) -> None:
    """Write a bank straight into the tables: kinds, chapters and words spread evenly."""
    from quizapp.models import Bank, Question, QuestionKey, QuestionRevision, QuestionWords, Unit
    from quizapp.services.transaction import writing

    ids = range(first_id, first_id + count)
    with writing() as session:
        unit = session.scalar(select(Unit.id).where(Unit.kind == "township").order_by(Unit.id).limit(1))
        bank = Bank(slug=slug, title=slug, unit_id=unit, created_at=NOW)
        session.add(bank)
        session.flush()
        rows = [{"id": n, "public_id": f"p{n:015}", "bank_id": bank.id, "code": f"c{n}", "position": n, "current_number": 1,
                 "is_retired": False, "is_flagged": False, "kind": "true_false", "chapter": f"第{n % 20}章", "difficulty": "easy"} for n in ids]
        stem = "第{}号事项由村里的专干在每月初登记并公示，居住证不收费。"
        revisions = [{"id": n, "question_id": n, "number": 1, "kind": "true_false", "content": {"stem": stem.format(n)},
                      "html": {"stem": stem.format(n)}, "chapter": f"第{n % 20}章", "difficulty": "easy", "points_milli": 1000,
                      "tags": [], "is_rewording": True, "digest": str(n), "created_at": NOW} for n in ids]
        keys = [{"revision_id": n, "key": {"right": True}, "explanation": "", "explanation_html": ""} for n in ids]
        words = [{"question_id": n, "words": f"c{n}\n" + stem.format(n)} for n in ids]
        for table, values in ((Question, rows), (QuestionRevision, revisions), (QuestionKey, keys), (QuestionWords, words)):
            session.execute(table.__table__.insert(), values)


def seconds(deed) -> float:
    """Return the quickest of five."""
    found = []
    for _ in range(5):
        begun = perf_counter()
        deed()
        found.append(perf_counter() - begun)
    return min(found)


@pytest.mark.alone
def test_a_page_of_a_hundred_times_as_many_questions_costs_little_more(app_context, cast):
    """The first page, a page in the middle, a chapter, two characters: 50,000 questions beside 500."""
    from quizapp.services.banks import browsing, shelf
    from quizapp.services.banks.browsing import Wanted

    fill(SMALL, 1, "small")
    fill(LARGE, 1_000_000, "large")
    trainer = cast.actor("trainer")

    def looks(slug, middle):
        return {
            "first": lambda: browsing.find_page(trainer, slug, Wanted()),
            "middle": lambda: browsing.find_page(trainer, slug, Wanted(), after=middle),
            "chapter": lambda: browsing.find_page(trainer, slug, Wanted(chapter="第7章")),
            "words": lambda: browsing.find_page(trainer, slug, Wanted(words="居住")),
            "rare": lambda: browsing.find_page(trainer, slug, Wanted(words="第1000007号" if slug == "large" else "第7号")),
            "counts": lambda: shelf.get_bank(trainer, slug),
        }

    small, large = looks("small", 250), looks("large", 1_025_000)
    told = {}
    for name, deed in large.items():
        few, many = seconds(small[name]), seconds(deed)
        told[name] = (round(few * 1000, 1), round(many * 1000, 1), round(many / few, 1))
    print(told)
    assert browsing.find_page(trainer, "large", Wanted(words="居住")).found == LARGE
    limits = {"first": 8, "middle": 8, "chapter": 8, "words": 60, "rare": 60, "counts": 40}
    assert not {name: figures for name, figures in told.items() if figures[2] > limits[name]}
