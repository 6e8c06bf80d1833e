"""Cells of every kind come out as the texts that people see."""

import datetime
import io
import zipfile

import openpyxl
import pytest

from quizapp.services.readers import Unreadable, banks, sheets
from tests.samples import files


def workbook(cells: dict, change=lambda book: None) -> io.BytesIO:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for place, value in cells.items():
        book.active[place] = value
    change(book)
    book.save(out)
    out.seek(0)
    return out


def rows(data: io.BytesIO) -> list[list[str]]:
    return sheets.read(data, {})["sheets"][0]["rows"]


@pytest.mark.parametrize(
    "value, text",
    [
        ("007", "007"), (13812345678, "13812345678"), (7.5, "7.5"), (True, "TRUE"), (-3, "-3"),
        (datetime.date(2024, 1, 2), "2024-01-02"), ("=1+1", ""), (341502001001123456, "3.41502001001E+17"),
    ],
)  # fmt: skip
def test_a_cell_is_text(value, text):
    assert rows(workbook({"A1": "姓名", "B1": value, "C1": "末"}))[0][1] == text


def test_rows_and_columns_keep_their_numbers_beside_empty_ones():
    assert rows(workbook({"B3": "姓名"})) == [["", ""], ["", ""], ["", "姓名"]]


def test_hidden_sheets_are_left_out():
    def hide(book):
        book.create_sheet("旧").sheet_state = "hidden"

    assert [sheet["name"] for sheet in sheets.read(workbook({"A1": "x"}, hide), {})["sheets"]] == ["Sheet"]


def test_merged_ranges_are_told():
    found = sheets.read(
        workbook({"A1": "x", "C2": "柳塘村", "C3": ""}, lambda book: book.active.merge_cells("C2:C4")), {}
    )
    assert found["sheets"][0]["merged"] == [[1, 2, 3, 2]]


@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_the_sign_between_cells_is_found(sign):
    data = io.BytesIO(
        sign.join(["姓名", "登录名", "单位"]).encode() + b"\n" + sign.join(["张三", '="007"', "村"]).encode()
    )
    assert sheets.read(data, {})["sheets"][0]["rows"][1] == ["张三", "007", "村"]


@pytest.mark.parametrize(
    "text, sign",
    [
        ("题干,选项,答案\n灯（ ）,亮;暗;红;黄;白,A\n", ","), ("题干;答案\n灯, 门, 伞, 路；墙,A\n", ";"), ("题干|答案\n灯|对\n", "|"), ("题干^答案\n灯^对\n", "^"),
        ("1,单选题,灯要多（ ）。,亮,暗,A\n2,单选题,门（ ）。,开,关,B\n3,单选题,伞（ ）。,带,不带,A\n", ","),
    ],
)  # fmt: skip
def test_the_sign_between_cells_is_that_of_the_names(text, sign):
    assert sheets.table(text)[0]["rows"] == [line.split(sign) for line in text.splitlines()]


def test_too_many_rows_are_refused():
    with pytest.raises(Unreadable) as refused:
        sheets.read(io.BytesIO(b"a,b\n" * (sheets.MOST_ROWS + 1)), {})
    assert refused.value.code == "too-many-rows"


@pytest.mark.parametrize("file", files("divisions/roster_templates/*.xlsx"))
def test_templates_of_other_programs_are_read_ghost_columns_and_all(file):
    with file.open("rb") as stream:
        found = sheets.read(stream, {})
    assert found["sheets"] and all(len(row) <= sheets.MOST_COLUMNS for row in found["sheets"][0]["rows"])


@pytest.mark.parametrize("file", files("question_banks/*/*.xls"))
def test_workbooks_of_the_nineties_are_read(file):
    with file.open("rb") as stream:
        assert sheets.read(stream, {})["kind"] == "xls"


def test_open_document_sheets_are_read():
    names = "".join(
        f' xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in ("office", "table", "text")
    )
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    row = f"<table:table-row>{cell}{cell}</table:table-row>"
    content = (
        f'<office:document-content{names}><office:body><office:spreadsheet><table:table table:name="名单">'
        f"{row.format('姓名', '登录名')}{row.format('张三', '007')}"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    data.seek(0)
    found = sheets.read(data, {})
    assert (found["kind"], found["sheets"][0]["rows"]) == ("ods", [["姓名", "登录名"], ["张三", "007"]])


def test_a_table_of_markdown_is_a_table():
    source = "| 题干 | 选项A | 选项B | 答案 |\n|---|:---:|---|---|\n| 灯要（ ） | 多 | 少 | A |\n| 门要（ ） | 开 | 关 | B |\n"
    document = banks.read(io.BytesIO(source.encode()), {"format": "auto"})
    assert [(one["stem"], one["options"], one["answer"]) for one in document["questions"]] == [("灯要（ ）", ["多", "少"], "A"), ("门要（ ）", ["开", "关"], "B")]
    assert [one["reason"] for one in document["ignored"]] == ["heading", "ruler"]


def test_a_workbook_that_is_one_xml_file_is_read():
    def row(*cells, **names):
        told = "".join(f'<Cell{more}><Data ss:Type="String">{text}</Data></Cell>' for text, more in cells)
        return f"<Row{''.join(f' ss:{name}={value!r}' for name, value in names.items())}>{told}</Row>"

    head = row(("章节", ""), ("题干", ""), ("选项A", ""), ("选项B", ""), ("选项C", ""), ("答案", ""))
    one = row(("夜间", ' ss:MergeDown="1"'), ("灯要（ ）", ""), ("多", ""), ("少", ""), ("A", ' ss:Index="6"'), Index="3")
    two = row(("门要（ ）", ' ss:Index="2"'), ("开", ""), ("关", ""), ("锁", ""), ("B", ""))
    source = (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        f'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="题库"><Table>{head}{one}{two}</Table></Worksheet></Workbook>'
    )
    document = banks.read(io.BytesIO(source.encode()), {"format": "auto"})
    assert [(one["chapter"], one["options"], one["answer"], one["source"]["from"]) for one in document["questions"]] == [
        ("夜间", ["多", "少"], "A", "题库!3"), ("夜间", ["开", "关", "锁"], "B", "题库!4")]  # fmt: skip
    with pytest.raises(Unreadable):
        banks.read(io.BytesIO(source.replace('ss:Index=\'3\'', 'ss:Index="30000"').encode()), {"format": "auto"})
