"""`quizapp init`, `units` and `people` as an operator types them, from an empty instance to people who sign in."""

import csv
import json
import stat

import pytest

from quizapp.cli import report

UNITS = ("--unit", "999901=云溪县", "--unit", "999901101=青禾镇")
VILLAGES = "code,name,streetCode\n999901101201,柳塘村,999901101\n999901101202,石桥社区,999901101\n"
ROSTER = "姓名,手机号,村居,角色\n孙谷雨,13800000001,柳塘村,\n李芒种,13800000002,石桥社区,领导\n"


@pytest.fixture
def begun(shell, tmp_path):
    """An instance with a township, two villages and an administrator."""
    shell.first = shell.answer("init", *UNITS, "--login", "admin", "--name", "陈白露")
    (tmp_path / "villages.csv").write_text(VILLAGES, "utf-8")
    shell.answer("units", "import", str(tmp_path / "villages.csv"))
    return shell


@pytest.fixture
def roster(tmp_path):
    path = tmp_path / "名单.csv"
    path.write_text(ROSTER, "gb18030")
    return str(path)


def test_a_real_instance_is_begun_once(begun):
    assert begun.first["township"] == "青禾镇" and len(begun.first["code"]) == 9
    assert begun.run("init", *UNITS, "--login", "admin2", "--name", "陈白露")[0] == 1


def test_init_without_a_terminal_names_the_missing_option(shell):
    status, _, complaint = shell.run("init", "--login", "admin", "--name", "陈白露")
    assert status == 2 and "--unit" in complaint


def test_a_wrong_beginning_lists_every_problem_and_leaves_nothing(shell):
    status, _, complaint = shell.run(
        "init", "--unit", "999901=云溪县", "--login", "a/b", "--name", "=1", "--password", "123"
    )
    assert status == 1 and complaint.count("✗") == 4
    assert shell.answer("units", "list") == {"items": []}


def test_units_are_listed_as_one_document(begun):
    assert begun.answer("units", "list", "--within", "999901101202") == {
        "items": [{"code": "999901101202", "name": "石桥社区", "kind": "community"}]
    }


def test_a_unit_is_added_and_refused_the_second_time(begun):
    words = ("units", "add", "99990110120101", "荷花小区", "--kind", "estate", "--below", "999901101201")
    assert begun.answer(*words)["kind"] == "estate"
    assert begun.run(*words)[0] == 1


def test_wrong_divisions_are_refused_with_their_lines(begun, tmp_path):
    (tmp_path / "bad.csv").write_text(
        "code,name,streetCode\n1 2,坏村,999901101\n999901999001,远村,999901999\n", "utf-8"
    )
    status, _, complaint = begun.run("units", "import", str(tmp_path / "bad.csv"))
    assert status == 1 and "bad.csv:2" in complaint


def test_a_dry_run_says_what_would_happen_and_changes_nothing(begun, roster):
    told = begun.answer("people", "import", roster, "--dry-run")
    assert (told["dry_run"], told["new"], [one["what"] for one in told["people"]]) == (True, 2, ["new", "new"])
    assert begun.answer("people", "import", roster, "--dry-run")["new"] == 2


def test_a_roster_with_slips_for_the_printer(begun, roster, tmp_path):
    out = tmp_path / "slips.csv"
    told = begun.answer("people", "import", roster, "--slips", str(out))
    assert told["new"] == 2 and stat.S_IMODE(out.stat().st_mode) == 0o600
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert [row[1] for row in rows[1:]] == ["孙谷雨", "李芒种"] and all(len(row[3]) == 9 for row in rows[1:])
    assert rows[1][3] not in json.dumps(told)
    again = begun.answer("people", "import", roster, "--slips", str(tmp_path / "more.csv"))
    assert (again["new"], again["unchanged"], again["slips"]) == (0, 2, None)
    assert not (tmp_path / "more.csv").exists()


def test_a_file_that_is_there_is_not_written_over_and_nobody_is_taken(begun, roster, tmp_path):
    out = tmp_path / "slips.html"
    out.write_text("mine")
    assert begun.run("people", "import", roster, "--slips", str(out))[0] == 1
    assert out.read_text() == "mine"
    assert begun.answer("people", "import", roster, "--dry-run")["new"] == 2


def test_slips_can_be_made_later(begun, roster, tmp_path):
    begun.answer("people", "import", roster)
    out = tmp_path / "later.html"
    assert begun.run("people", "slips", "999901101", str(out))[0] == 0
    page = out.read_text("utf-8")
    assert "孙谷雨" in page and "一次性登录码" in page and "slip-code {" in page and "<script" not in page


def test_a_wrong_roster_lists_every_problem_in_both_forms(begun, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text(ROSTER + "赵六,13800000001,无此村,村长\n", "utf-8")
    status, _, complaint = begun.run("people", "import", str(path))
    assert status == 1 and complaint.count("✗") == 3
    status, said, _ = begun.run("people", "import", str(path), "--json")
    assert status == 1
    assert [(one["code"], one["place"]) for one in json.loads(said)["problems"]] == [
        ("login-twice", "B4"), ("unit-unknown", "C4"), ("role-unknown", "D4"),
    ]  # fmt: skip


def test_an_administrator_who_forgot_the_password_is_helped_at_the_shell(begun):
    code = begun.answer("people", "code", "ADMIN")["code"]
    assert len(code) == 9 and code != begun.first["code"]
    assert begun.run("people", "code", "nobody")[0] == 1


def test_a_place_in_a_sheet_is_told_as_people_read_it():
    assert report.problem_line("code", "No.", "名单!B12") == "  ✗ 名单 › B12: No." and report.problem_line("code", "No.") == "  ✗ No."
