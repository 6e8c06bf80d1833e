"""Divisions come in from files: complete or not at all, and a second time only what changed."""

import pytest
from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import AuditEvent, Unit, UnitClosure
from quizapp.rules.errors import Invalid
from quizapp.services import divisions
from tests.cast import MET
from tests.samples import SAMPLES, files

COUNTIES = "code,name,cityCode\n999901,云溪县,9999\n"
STREETS = "code,name,areaCode\n999901101,青禾镇,999901\n999901102,白浪镇,999901\n"
VILLAGES = "code,name,streetCode\n999901101201,柳塘村,999901101\n999901101202,石桥社区,999901101\n"
TREE = '[{"code":"99","name":"示例省","children":[{"code":"9999","name":"示例市_示例省"}]}]'


@pytest.fixture
def take(tmp_path, app_context):
    """Write texts as files and import them."""

    def take(*texts: str, within: str = "", encoding: str = "utf-8"):
        paths = []
        for number, text in enumerate(texts):
            paths.append(tmp_path / f"{number}.txt")
            paths[-1].write_text(text, encoding=encoding)
        return divisions.import_files(paths, within, MET)

    return take


def parents() -> dict[str, str | None]:
    above = Unit.__table__.alias("above")
    query = select(Unit.code, above.c.code).outerjoin(above, above.c.id == Unit.parent_id)
    return dict(db.session.execute(query).all())


def depths() -> dict[str, int]:
    query = select(Unit.code, func.count()).join(UnitClosure, UnitClosure.descendant_id == Unit.id).group_by(Unit.code)
    return dict(db.session.execute(query).all())


def test_files_in_any_order_make_one_tree(take):
    assert take(VILLAGES, STREETS, COUNTIES, TREE).new == 7
    assert parents() == {
        "99": None, "9999": "99", "999901": "9999", "999901101": "999901", "999901102": "999901",
        "999901101201": "999901101", "999901101202": "999901101",
    }  # fmt: skip
    assert depths()["999901101201"] == 5
    kinds = dict(db.session.execute(select(Unit.name, Unit.kind)).all())
    assert kinds["示例市"] == "city" and kinds["柳塘村"] == "village" and kinds["石桥社区"] == "community"


def test_the_same_files_again_change_nothing_and_leave_no_trace(take):
    take(VILLAGES, STREETS, COUNTIES, TREE)
    assert take(VILLAGES, STREETS, COUNTIES, TREE) == divisions.Imported(0, 0, 0, 7)
    assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == 1


def test_a_new_name_and_a_new_parent_are_taken_over(take):
    take(VILLAGES, STREETS, COUNTIES, TREE)
    changed = VILLAGES.replace("柳塘村,999901101", "新柳塘村,999901102")
    assert take(changed) == divisions.Imported(0, 1, 1, 1)
    assert parents()["999901101201"] == "999901102"
    assert db.session.scalar(select(Unit.name).where(Unit.code == "999901101201")) == "新柳塘村"


def test_a_tree_of_one_city_is_hung_below_its_province_when_that_comes(take):
    take('{"code":"9999","name":"示例市","areas":[{"code":"999901","name":"云溪县","townships":[]}]}')
    assert parents() == {"9999": None, "999901": "9999"}
    assert take(TREE) == divisions.Imported(1, 0, 1, 0)
    assert depths() == {"99": 1, "9999": 2, "999901": 3}


def test_within_takes_one_branch_with_what_is_above(take):
    assert take(VILLAGES, STREETS, COUNTIES, TREE, within="999901102").new == 4
    assert set(parents()) == {"99", "9999", "999901", "999901102"}


@pytest.mark.parametrize(
    "text, problem, place",
    [
        (VILLAGES, "parent-missing", "0.txt:2"), ("code,name\n,无号\n", "unit-code", "0.txt:2"),
        ("code,name\n999901,\n", "unit-name-missing", "0.txt:2"), ("code,name\nXY1,某处\n", "unit-kind", "0.txt:2"),
        ("a,b\n1,2\n", "no-header", "0.txt:1"), ("code,name\n", "no-units", "0.txt"),
        ('code,name\n99,"示例\n', "csv-quotes", "0.txt:2"), ("[1, 2", "not-json", "0.txt:1"),
        ("code,name\n99,甲省\n99,乙省\n", "unit-twice", "0.txt:3"),
        ('[{"code":"99","name":"省","x":[{"name":"无号"}]}]', "unit-code", "0.txt:$[0].x[0]"),
    ],
)  # fmt: skip
def test_a_problem_is_told_with_its_line_and_nothing_is_written(take, text, problem, place):
    with pytest.raises(Invalid) as refused:
        take(text)
    assert (problem, place) in [(one.code, one.place) for one in refused.value.problems]
    assert db.session.scalar(select(func.count()).select_from(Unit)) == 0


def test_one_missing_parent_of_many_units_is_one_problem(take):
    with pytest.raises(Invalid) as refused:
        take(VILLAGES)
    assert [one.params["count"] for one in refused.value.problems] == [2]


def test_other_encodings_are_read(take):
    assert take(COUNTIES, TREE, encoding="gb18030").new == 3


@pytest.mark.parametrize("tree", files("divisions/divisions/六安市*_tree.json"))
def test_a_real_city_comes_in_within_seconds(app_context, tree):
    folder = SAMPLES / "divisions" / "divisions"
    names = ("pca-code.json", "六安市_安徽省_streets.csv", "六安市_安徽省_villages.csv")
    assert divisions.import_files([folder / name for name in names], "3415", MET).new == 1 + 1 + 7 + 146 + 1970
    assert divisions.import_files([tree], "", MET).new == 0
    assert depths()["341502001001"] == 5
