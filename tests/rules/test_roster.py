"""Rows of a roster become people, or problems that say where."""

import pytest

from quizapp.rules import roster
from quizapp.rules.roster_columns import cell_place, field_of

HEAD = ["姓名", "登录名", "单位", "岗位", "角色"]
ONE = ["张三", "zhangsan", "柳塘村", "专干", "学员"]


def sheet(*rows, name="名单", merged=()):
    return {"name": name, "rows": [list(row) for row in rows], "merged": [list(one) for one in merged]}


def read(*rows, **more):
    return roster.read([sheet(*rows, **more)])


def problems(reading) -> list[tuple[str, str]]:
    return [(one.code, one.place) for one in reading.problems]


def test_a_row_is_a_person():
    reading = read(HEAD, ONE)
    assert problems(reading) == []
    (draft,) = reading.drafts
    assert (draft.login, draft.name, draft.unit, draft.post) == ("zhangsan", "张三", "柳塘村", "专干")
    assert (draft.roles, draft.place) == (("trainee",), "名单!2")


@pytest.mark.parametrize(
    "header, field",
    [
        ("姓名", "name"), ("姓 名", "name"), ("＊姓名（必填）", "name"), ("登陆账号", "login"), ("工号", "login"),
        ("手机号码", "login"), ("登录名(非必填)", "login"), ("村（社区）", "unit"), ("村/居", "unit"),
        ("所属单位：", "unit"), ("组织机构", "unit"), ("单位代码", "unit_code"), ("乡镇（街道）", "township"),
        ("岗位/职务", "post"), ("角　色", "roles"), ("初始密码", "password"), ("Login", "login"), ("备注", None),
        ("身份证号", None),
    ],
)  # fmt: skip
def test_a_column_is_known_by_the_words_people_use(header, field):
    assert field_of(header) == field


def test_columns_may_stand_in_any_order_below_a_title_and_between_others():
    reading = read(
        ["2026年岗位练兵参训人员名单"],
        [],
        ["序号", "所在村", "备注", "工号", "姓名"],
        ["1", "柳塘村", "", "007", "张三"],
    )
    (draft,) = reading.drafts
    assert (draft.login, draft.unit, draft.place) == ("007", "柳塘村", "名单!4")
    assert reading.ignored == [("名单!1", "above the column names")]


def test_a_user_name_is_a_name_beside_a_login_and_a_login_beside_a_name():
    assert read(["用户名(必填)", "登录名(非必填)", "组织机构"], ["张三", "zs", "柳塘村"]).drafts[0].name == "张三"
    assert read(["用户名", "姓名", "单位"], ["zs", "张三", "柳塘村"]).drafts[0].login == "zs"


def test_where_several_columns_may_be_the_login_the_first_that_is_filled_counts():
    head = ["姓名", "手机", "登录名", "单位"]
    reading = read(head, ["张三", "13800000001", "zs", "柳塘村"], ["李四", "13800000002", "", "柳塘村"])
    assert [draft.login for draft in reading.drafts] == ["zs", "13800000002"]


def test_full_width_and_invisible_characters_are_evened_out():
    (draft,) = read(HEAD, ["张　三", "\ufeffＺＳ００１ ", "柳塘村", "", "学员"]).drafts
    assert (draft.name, draft.login) == ("张三", "ZS001")


def test_every_problem_is_told_with_its_cell():
    reading = read(
        HEAD,
        ["", "a1", "柳塘村", "", ""],
        ["张三", "", "柳塘村", "", ""],
        ["李四", "b/1", "", "", "村长"],
        ["王五", "a1", "柳塘村", "", ""],
        ["=cmd|' /C calc'!A0", "c1", "柳塘村", "", ""],
        ["赵六", "1.38E+10", "柳塘村", "", ""],
    )
    assert problems(reading) == [
        ("name-missing", "名单!A2"), ("login-missing", "名单!B3"), ("login", "名单!B4"), ("role-unknown", "名单!E4"),
        ("unit-missing", "名单!C4"), ("name", "名单!A6"), ("number-shortened", "名单!B7"), ("login-twice", "名单!B5"),
    ]  # fmt: skip


def test_two_logins_that_look_alike_are_one():
    reading = read(HEAD, ["张三", "ABC01", "柳塘村", "", ""], ["李四", "ａｂｃ０１", "柳塘村", "", ""])
    assert [(one.code, one.params["first"]) for one in reading.problems] == [("login-twice", "名单!2")]


@pytest.mark.parametrize(
    "text, roles",
    [
        ("", None), ("学员", ("trainee",)), ("领导、学员", ("trainee", "leader")), ("管理员，审计员", ("admin", "auditor")),
        ("教员;学员", ("trainee", "trainer")), ("负责人", ("leader",)), ("Leader", ("leader",)),
    ],
)  # fmt: skip
def test_roles_are_read_from_words(text, roles):
    assert roster.read_roles(text) == (roles, [])


def test_a_merged_cell_counts_for_all_its_rows_but_an_empty_one_for_none():
    rows = [HEAD, ONE, ["李四", "lisi", "", "", ""], ["王五", "wangwu", "", "", ""]]
    reading = read(*rows, merged=[(1, 2, 2, 2)])
    assert [draft.unit for draft in reading.drafts] == ["柳塘村", "柳塘村", ""]
    assert problems(reading) == [("unit-missing", "名单!C4")]


def test_empty_rows_repeated_headers_and_signatures_are_left_out_with_a_reason():
    reading = read(HEAD, ["", " ", ""], ONE, HEAD, ["", "", "填表人：某某"])
    assert len(reading.drafts) == 1 and problems(reading) == []
    assert [place for place, _ in reading.ignored] == ["名单!4", "名单!5"]


def test_a_weak_password_is_refused_where_it_stands():
    head = [*HEAD, "初始密码"]
    assert problems(read(head, [*ONE, "123456"])) == [("password-short", "名单!F2")]
    assert problems(read(head, [*ONE, "Zhangsan2026"])) == [("password-login", "名单!F2")]


def test_a_password_does_not_show_when_a_draft_is_printed():
    (draft,) = read([*HEAD, "密码"], [*ONE, "heron-by-the-weir"]).drafts
    assert draft.password == "heron-by-the-weir" and "heron" not in repr(draft)


def test_missing_and_doubled_columns_are_told_at_the_header():
    assert problems(read(["姓名", "岗位"], ["张三", "专干"])) == [
        ("column-login-missing", "名单!1"), ("column-unit-missing", "名单!1"),
    ]  # fmt: skip
    assert problems(read([*HEAD, "单位"], [*ONE, "石桥社区"])) == [("column-twice", "名单!F1")]


def test_a_file_with_nobody_in_it_says_what_a_roster_is():
    assert problems(roster.read([])) == [("nobody", "")]
    reading = read(["随便", "写写"], ["1", "2"])
    assert problems(reading) == [("nobody", "")]
    assert [place for place, _ in reading.ignored] == ["名单"]


def test_all_sheets_are_read():
    reading = roster.read(
        [sheet(HEAD, ONE, name="一村"), sheet(HEAD, ["李四", "lisi", "石桥社区", "", ""], name="二村")]
    )
    assert [draft.place for draft in reading.drafts] == ["一村!2", "二村!2"]


def test_cells_are_named_as_programs_name_them():
    assert [cell_place("", 3, index) for index in (0, 25, 26, 701, 702)] == ["A3", "Z3", "AA3", "ZZ3", "AAA3"]
