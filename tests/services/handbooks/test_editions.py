"""Editions: the same text twice is one, the text itself tells its day, and an edition takes over when its day comes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import Article, ArticleText, Edition
from quizapp.rules.errors import Invalid
from quizapp.rules.formats import handbook
from quizapp.services import jobs
from quizapp.services.handbooks import editions
from quizapp.services.handbooks.importing import import_edition

pytestmark = pytest.mark.usefixtures("app_context")

NOW = datetime(2026, 6, 30, 15, 0, tzinfo=UTC)  # 23:00 on the wall clock of Asia/Shanghai
LAW = """示例条例

（2024年1月10日通过　{made}修订）

第一条　为了示例，制定本条例。

第二条　{second}

第三条　本条例自{day}起施行。
"""


def take(made: str = "2026年5月20日", second: str = "村里的事情由村民商量。", day: str = "2026年7月1日", now=NOW, **wishes):
    document = handbook.read(LAW.format(made=made, second=second, day=day), "示例条例.txt")
    return import_edition(None, document, now, edition_of="example", **wishes)


def current() -> str | None:
    return db.session.scalar(select(Edition.label).where(Edition.is_current))


def test_the_text_itself_tells_the_day_from_which_it_holds():
    take()
    found = db.session.execute(select(Edition.label, Edition.effective_on)).one()
    assert tuple(found) == ("2026-05-20", date(2026, 7, 1))


def test_a_day_that_is_given_wins_over_the_one_in_the_text():
    take(effective=date(2026, 9, 1))
    assert db.session.scalar(select(Edition.effective_on)) == date(2026, 9, 1)


def test_the_same_text_again_is_no_new_edition_and_another_text_of_its_name_is_refused():
    assert (take().is_new, take().is_new) == (True, False)
    with pytest.raises(Invalid) as refused:
        take(second="换了一句。")
    assert [one.code for one in refused.value.problems] == ["edition-exists"]
    assert db.session.scalar(select(func.count()).select_from(ArticleText)) == 3


def test_articles_keep_their_identity_over_editions():
    take()
    take("2026年7月20日", "新的一句。", "2026年8月1日")
    assert db.session.scalar(select(func.count()).select_from(Article)) == 3
    assert db.session.scalar(select(func.count()).select_from(ArticleText)) == 6


def test_an_edition_takes_over_when_its_day_begins_on_the_wall_clock():
    take(now=NOW - timedelta(days=30), effective=date(2026, 6, 1))
    take("2026年6月20日", "新的一句。", "2026年7月1日")
    assert current() == "2026-05-20", "its day is still to come"
    assert editions.follow_due(NOW) == 0
    assert jobs.run_due(None, NOW + timedelta(hours=1))["editions"] == 1, "0:00 in Shanghai, 16:00 UTC"
    assert current() == "2026-06-20"
    assert editions.follow_due(NOW + timedelta(hours=1)) == 0, "any number of times"


def test_before_any_edition_holds_the_newest_is_shown():
    take(effective=date(2027, 1, 1))
    assert current() == "2026-05-20"


def test_an_amended_law_that_does_not_tell_its_day_counts_from_when_it_was_made():
    take("2024年3月16日", day="2024年9月1日")
    take("2025年12月29日", "新的一句。", day="2024年9月1日")
    assert db.session.scalars(select(Edition.effective_on).order_by(Edition.id)).all() == [date(2024, 9, 1), None]
    assert current() == "2025-12-29"
