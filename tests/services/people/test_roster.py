"""A roster file is taken over as a whole or not at all, and a second time changes nothing."""

import io

import openpyxl
import pytest
from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import AuditEvent, Person, Unit
from quizapp.rules.errors import Conflict, Invalid
from quizapp.services import sign_in
from quizapp.services.people import plan, roster
from quizapp.services.readers import Unreadable
from tests.cast import MET, OTHER_TOWNSHIP

HEAD = ["姓名", "登录名", "单位", "岗位", "角色"]
ROWS = [
    ["孙谷雨", "sungy", "柳塘村", "专干", "学员"],
    ["李芒种", 13800000001.0, "石桥社区", "", ""],
    ["王清明", "village_leader", "柳塘村", "村书记", "领导"],
    ["周小满", "trainee", "石桥", "村专干", ""],
]


@pytest.fixture
def file(tmp_path):
    """Write rows as a workbook or as text and return the path."""

    def write(rows, name="名单.xlsx", encoding="utf-8"):
        path = tmp_path / name
        if name.endswith(".csv"):
            path.write_bytes("\r\n".join(",".join(str(cell) for cell in row) for row in rows).encode(encoding))
        else:
            book = openpyxl.Workbook()
            for row in rows:
                book.active.append(row)
            book.save(path)
        return path

    return write


def take(actor, path, **more) -> roster.Done:
    reading = roster.read_file(path)
    return roster.take(actor, reading, plan.make(actor, reading).digest, MET, **more)


def test_new_changed_moved_and_unchanged_people_are_told_apart(cast, app_context, file):
    found = plan.make(cast.actor("admin"), roster.read_file(file([HEAD, *ROWS])))
    assert [(entry.draft.login, entry.what) for entry in found.entries] == [
        ("sungy", "new"), ("13800000001", "new"), ("village_leader", "unchanged"), ("trainee", "moved"),
    ]  # fmt: skip
    assert found.problems == []
    assert db.session.scalar(select(func.count()).select_from(Person)) == len(cast.ids)


def test_a_roster_is_taken_over_and_the_slips_sign_in(cast, app_context, file):
    done = take(cast.actor("admin"), file([HEAD, *ROWS]))
    assert done.plan.counts == {"new": 2, "returns": 0, "moved": 1, "changed": 0, "unchanged": 1}
    slip = next(slip for slip in done.slips if slip.login == "sungy")
    actor = sign_in.sign_in("sungy", slip.code, "", "test", "127.0.0.1", 12, 1000, MET).actor
    assert (actor.name, actor.roles) == ("孙谷雨", ("trainee",))
    assert db.session.get(Unit, cast.actor("trainee").unit_id).name == "石桥社区"
    trail = list(db.session.scalars(select(AuditEvent.action).where(AuditEvent.action.startswith("roster"))))
    assert sorted(trail) == ["roster.imported", "roster.person", "roster.person", "roster.person"]


def test_the_same_file_again_changes_nothing(cast, app_context, file):
    path = file([HEAD, *ROWS])
    take(None, path)
    again = take(None, path)
    assert again.plan.counts == {"new": 0, "returns": 0, "moved": 0, "changed": 0, "unchanged": 4}
    assert again.slips == []


def test_one_problem_and_nothing_is_taken(cast, app_context, file):
    path = file([HEAD, *ROWS, ["钱夏至", "qianxz", "无此村", "", ""], ["赵六", "sungy", "柳塘村", "", ""]])
    reading = roster.read_file(path)
    with pytest.raises(Invalid) as refused:
        roster.take(None, reading, plan.make(None, reading).digest, MET)
    assert [(one.code, one.place) for one in refused.value.problems] == [
        ("unit-unknown", "Sheet!C6"), ("login-twice", "Sheet!B7"),
    ]  # fmt: skip
    assert db.session.scalar(select(func.count()).select_from(Person)) == len(cast.ids)


def test_an_ambiguous_unit_names_the_candidates(cast, app_context, file):
    from quizapp.services import units

    units.add(None, "999901102202", "柳塘社区", "community", OTHER_TOWNSHIP, MET)
    found = plan.make(None, roster.read_file(file([HEAD, ["孙谷雨", "sungy", "柳塘", "", ""]])))
    (problem,) = found.problems
    assert problem.code == "unit-ambiguous" and "云溪县/白浪镇/柳塘社区（999901102202）" in problem.params["candidates"]


def test_an_administrator_reaches_neither_units_nor_people_of_the_next_township(cast, app_context, file):
    rows = [HEAD, ["孙谷雨", "sungy", "渡口村", "", ""], ["卫处暑", "stranger", "柳塘村", "", ""]]
    found = plan.make(cast.actor("admin"), roster.read_file(file(rows)))
    assert [(one.code, one.place) for one in found.problems] == [
        ("unit-unknown", "Sheet!C2"),
        ("login-taken", "Sheet!B3"),
    ]


def test_who_is_not_in_the_file_stays_and_is_named(cast, app_context, file):
    done = take(None, file([HEAD, ["孙谷雨", "sungy", "柳塘村", "", ""]]))
    assert {login for login, _, _ in done.plan.absent} == {"trainee", "village_leader"}
    assert db.session.scalar(select(Person.is_active).where(Person.login == "trainee"))


def test_somebody_who_left_comes_back_with_the_roster(cast, app_context, file):
    from quizapp.services.people import changes

    changes.deactivate(None, cast.ids["trainee"], MET)
    done = take(None, file([HEAD, ["周小满", "trainee", "柳塘村", "", ""]]))
    assert done.plan.counts["returns"] == 1
    assert db.session.scalar(select(Person.is_active).where(Person.login == "trainee"))


def test_a_move_does_not_take_a_leaders_role_along_unless_the_file_says_so(cast, app_context, file):
    take(None, file([HEAD, ["王清明", "village_leader", "石桥社区", "", ""]]))
    assert cast.actor("village_leader").roles == ()
    take(None, file([HEAD, ["王清明", "village_leader", "石桥社区", "", "领导、学员"]]))
    assert cast.actor("village_leader").roles == ("trainee", "leader")


def test_nobody_takes_the_own_administration_away_by_a_roster(cast, app_context, file):
    found = plan.make(cast.actor("admin"), roster.read_file(file([HEAD, ["陈白露", "admin", "青禾镇", "", "学员"]])))
    assert [one.code for one in found.problems] == ["own-role"]


def test_a_namesake_in_the_same_unit_is_a_warning_and_not_in_the_way(cast, app_context, file):
    done = take(None, file([HEAD, ["周小满", "zhouxm2", "柳塘村", "", ""]]))
    assert [one.code for one in done.plan.warnings] == ["namesake"] and done.plan.counts["new"] == 1


def test_a_plan_that_is_no_longer_true_is_not_carried_out(cast, app_context, file):
    from quizapp.services.people import changes

    reading = roster.read_file(file([HEAD, *ROWS]))
    digest = plan.make(None, reading).digest
    changes.add(None, changes.NewPerson("sungy", "孙谷雨", OTHER_TOWNSHIP), MET)
    with pytest.raises(Conflict):
        roster.take(None, reading, digest, MET)


def test_a_password_in_the_file_is_for_new_people_only(cast, app_context, file):
    rows = [[*HEAD, "初始密码"], [*ROWS[0], "heron-by-the-weir"], [*ROWS[2], "another-long-one-5"]]
    assert take(None, file(rows)).slips == []
    assert sign_in.sign_in("sungy", "heron-by-the-weir", "", "test", "127.0.0.1", 12, 1000, MET)
    with pytest.raises(sign_in.WrongLogin):
        sign_in.sign_in("village_leader", "another-long-one-5", "", "test", "127.0.0.1", 12, 1000, MET)


def test_without_slips_a_new_person_waits_for_a_code(cast, app_context, file):
    assert take(None, file([HEAD, ROWS[0]]), with_slips=False).slips == []
    assert db.session.scalar(select(Person.password_hash).where(Person.login == "sungy")) is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_tables_are_read_in_every_usual_encoding(cast, app_context, file, encoding):
    reading = roster.read_file(file([HEAD, ["李芒种", '="007"', "石桥社区", "", ""]], "名单.csv", encoding))
    assert [(draft.name, draft.login) for draft in reading.drafts] == [("李芒种", "007")]


@pytest.mark.parametrize(
    "name, data",
    [
        ("empty.xlsx", b""), ("note.xlsx", b"%PDF-1.7 ..."), ("broken.xlsx", b"PK\x03\x04 and no more"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), ("program.csv", b"\x7fELF\x02\x01\x01\0\0"),
        ("quotes.csv", '姓名,登录名,单位\n"张三,zs,柳塘村\n'.encode()),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_a_sentence(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(Unreadable) as refused:
        roster.read_file(path)
    assert refused.value.message.endswith(".")


def test_a_bomb_is_not_opened(tmp_path):
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    (tmp_path / "bomb.xlsx").write_bytes(packed.getvalue())
    with pytest.raises(Unreadable) as refused:
        roster.read_file(tmp_path / "bomb.xlsx")
    assert refused.value.code == "too-much"
