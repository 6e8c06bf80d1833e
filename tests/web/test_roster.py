"""A roster through the browser: preview first, nothing half-taken, slips once."""

import io
import re

import openpyxl
import pytest

HEAD = ["姓名", "手机号", "村居", "岗位", "角色"]
ROWS = [["孙谷雨", 13800000001, "柳塘村", "专干", ""], ["周小满", "trainee", "石桥社区", "", ""]]
SEALED = re.compile(r'name="sealed" value="([^"]+)"')
CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")


def workbook(*rows) -> io.BytesIO:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    out.seek(0)
    return out


def upload(page, data: io.BytesIO, name: str = "名单.xlsx"):
    page.open("/people/roster")
    return page.send("/people/roster", file=(data, name))


def people(page, words: str) -> str:
    page.open(f"/people?q={words}")
    return page.words


def test_a_preview_changes_nothing_and_says_what_would_happen(browse):
    page = browse("admin")
    assert upload(page, workbook(HEAD, *ROWS)).status_code == 200
    assert "1 new 1 move 0 change 0 as before" in page.words and "was 柳塘村" in page.words
    assert "孙谷雨" not in people(page, "13800000001")


def test_what_was_previewed_is_taken_over_and_the_slip_signs_in(browse):
    page = browse("admin")
    upload(page, workbook(HEAD, *ROWS))
    page.send("/people/roster/taking", sealed=SEALED.search(page.last.text)[1])
    assert "1 new, 1 moved" in page.words
    code = CODE.search(page.last.text)[0]
    assert browse("13800000001", code).open("/").location.startswith("/me/password")
    assert "石桥社区" in people(page, "周小满")


def test_sent_twice_it_is_taken_over_once(browse):
    page = browse("admin")
    upload(page, workbook(HEAD, *ROWS))
    sealed = SEALED.search(page.last.text)[1]
    page.send("/people/roster/taking", sealed=sealed)
    page.send("/people/roster/taking", sealed=sealed)
    assert "People or units have changed since this was shown" in page.words
    assert "0 new 0 move 0 change 2 as before" in page.words


def test_problems_are_listed_with_their_place_and_nothing_can_be_taken(browse):
    page = browse("admin")
    assert upload(page, workbook(HEAD, *ROWS, ["赵六", "trainee", "渡口村", "", "村长"], ROWS[0])).status_code == 422
    for told in ("4 things to correct", "Sheet › B4", "Sheet › C4", "Sheet › E4", "stands already at Sheet › 2"):
        assert told in page.words
    assert not SEALED.search(page.last.text)


@pytest.mark.parametrize(
    "data, told", [(b"", "The file is empty."), (b"%PDF-1.7 ...", "PDF"), (b"PK\x03\x04", "damaged")]
)
def test_what_is_no_table_is_refused_with_a_sentence(browse, data, told):
    page = browse("admin")
    assert upload(page, io.BytesIO(data), "a.xlsx").status_code == 422
    assert told in page.words


def test_a_preview_that_was_touched_or_is_somebody_elses_is_refused(browse, cast, app):
    from quizapp.services.people import changes
    from tests.cast import MET, PASSWORD, TOWNSHIP

    page = browse("admin")
    upload(page, workbook(HEAD, *ROWS))
    sealed = SEALED.search(page.last.text)[1]
    assert page.send("/people/roster/taking", sealed=sealed[:-2] + "xx").status_code == 409
    with app.app_context():
        changes.add(None, changes.NewPerson("admin2", "尤小寒", TOWNSHIP, "", ("admin",), PASSWORD), MET)
    other = browse("admin2")
    other.open("/people/roster")
    assert other.send("/people/roster/taking", sealed=sealed).status_code == 409


def test_only_an_administrator_may(browse):
    for who in ("trainee", "trainer", "village_leader", "township_leader", "auditor"):
        page = browse(who)
        assert page.open("/people/roster").status_code == 403
        assert page.send("/people/roster/taking", sealed="x").status_code == 403


def test_no_log_line_holds_a_password(browse, caplog, capsys):
    page = browse("admin")
    upload(page, workbook([*HEAD, "初始密码"], [*ROWS[0], "heron-by-the-weir"]))
    page.send("/people/roster/taking", sealed=SEALED.search(page.last.text)[1])
    assert "1 new" in page.words
    said = capsys.readouterr()
    assert "heron" not in caplog.text + said.out + said.err


def test_the_empty_roster_can_be_filled_in_and_comes_back_as_it_is(browse):
    page = browse("admin")
    reply = page.open("/people/roster/template.xlsx")
    assert "filename*=UTF-8''%E8%8A%B1" in reply.headers["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(reply.data))
    assert [cell.value for cell in book["单位表"]["B"]] == ["名称", "青禾镇", "柳塘村", "石桥社区"]
    book["花名册"].append(["孙谷雨", "007", "柳塘村", "", "专干", "学员"])
    out = io.BytesIO()
    book.save(out)
    page.open("/people/roster")
    page.send("/people/roster", file=(io.BytesIO(out.getvalue()), "名单.xlsx"))
    assert "1 new" in page.words and "007" in page.words
