"""Numbers come out of a workbook as its cells show them."""

import datetime
import io
import zipfile

import openpyxl
import pytest
import xlwt

from quizapp.rules.formats import cell_formats
from quizapp.services.readers import banks


@pytest.mark.parametrize(
    "text, value, code, seen",
    [
        ("0.95", 0.95, "0%", "95%"), ("0.285", 0.285, "0%", "29%"), ("0.195", 0.195, "0.0%", "19.5%"), ("2", 2.0, "0.00_ ", "2.00"),
        ("10000", 10000.0, "#,##0", "10,000"), ("0.25", 0.25, "# ?/?", "1/4"), ("1.5", 1.5, "# ?/?", "1 1/2"), ("12", 12.0, "General", "12"),
        ("2024-01-02", 45293.0, 'yyyy"年"m"月"d"日";@', "2024年1月2日"), ("2024-01-02", 45293.0, "[$-804]m/d/yy", "1/2/24"), ("08:05:00", 0.3, "h:mm", "8:05"),
        ("2024-01-02", 45293.0, "dddd", "2024-01-02"), ("0.5", 0.5, "@", "0.5"), ("1E+20", 1e20, "0.00", "1E+20"),
        ("571", 571.0, "0000", "0571"), ("1200", 1200.0, '0"元/亩"', "1200元/亩"), ("3", 3.0, '"第"0"条"', "第3条"), ("2.5", 2.5, "0", "3"),
        ("1200", 1200.0, "¥#,##0.00", "¥1,200.00"), ("1500.5", 1500.5, "[$¥-804]#,##0.00;[Red]-[$¥-804]#,##0.00", "¥1,500.50"),
        ("-5", -5.0, "0.0;[红色](0.0)", "(5.0)"), ("-5", -5.0, "0.0", "-5.0"), ("0", 0.0, '0;-0;"无"', "无"), ("1.5", 1.5, 'General"倍"', "1.5倍"),
        ("1234", 1234.0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,234.00"), ("0", 0.0, '_ * #,##0_ ;_ * "-"_ ;_ * "-"??_ ;_ @_ ', "-"),
        ("12345678", 12345678.0, "000-0000", "1234-5678"), ("1.5", 1.5, "0.0##", "1.5"), ("0.5", 0.5, "#.0", ".5"), ("7", 7.0, "#,##0", "7"),
        ("5", 5.0, '0\\%', "5%"), ("20:05:00", 0.8, "h:mm AM/PM", "8:05 PM"), ("20:05:00", 0.8, '上午/下午h"时"mm"分"', "下午8时05分"),
        ("1200", 1200.0, "0.0,", None), ("1200", 1200.0, "0.00E+00", None), ("12", 12.0, "[>10]0", None), ("12", 12.0, "[DBNum1]General", None),
        ("12", 12.0, ";;;", None),
    ],
)  # fmt: skip
def test_a_number_is_what_its_format_shows(text, value, code, seen):
    assert cell_formats.shown(text, value, code) == seen


def test_an_option_in_red_is_the_answer_where_none_is_written():
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (["题型", "题干", "选项A", "选项B", "选项C", "答案"], ["单选题", "灯要多（ ）。", "暗", "亮", "红", ""], ["多选题", "带（ ）。", "灯", "伞", "石", "AB"]):
        book.active.append(row)
    for place in ("C1", "D2", "C3"):
        book.active[place].font = openpyxl.styles.Font(color="FFFF0000")
    book.save(out)
    out.seek(0)
    assert [one["answer"] for one in banks.read(out, {"format": "auto"})["questions"]] == ["B", "AB"]


SET_OFF = {
    "fill": openpyxl.styles.PatternFill("solid", fgColor="FFFFFF00"), "font": openpyxl.styles.Font(bold=True),
}  # fmt: skip


@pytest.mark.parametrize("look", SET_OFF)
@pytest.mark.parametrize(("places", "answers"), [
    (("D2", "C3", "D3"), ["B", "AB"]),  # the right ones
    (("C2", "C3"), [None, None]),  # a column that is adorned
    (("A2", "B2", "C2", "D2", "E2"), [None, None]),  # a row that is
    (("D2", "C3", "D3", "E3"), [None, None]),  # one row tells too little
    (("D2", "C3", "D3", "E3", "C4"), ["B", "ABC", "A"]),  # several may be all
])  # fmt: skip
def test_an_option_on_a_coloured_ground_or_in_bold_is_the_answer(look, places, answers):
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (["题型", "题干", "选项A", "选项B", "选项C"], ["单选题", "灯要多（ ）。", "暗", "亮", "红"], ["多选题", "带（ ）。", "灯", "伞", "石"], ["单选题", "雨天带（ ）。", "伞", "石", "灯"])[: 1 + len(answers)]:
        book.active.append(row)
    for place in ("A1", "B1", "C1", "D1", "E1", *places):
        setattr(book.active[place], look, SET_OFF[look])
    book.save(out)
    out.seek(0)
    assert [one["answer"] for one in banks.read(out, {"format": "auto"})["questions"]] == answers


@pytest.mark.parametrize("look", ["pattern: pattern solid, fore_colour yellow", "font: bold on"])
def test_an_old_workbook_sets_options_off_too(look):
    book, out = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("题库")
    for at, row in enumerate((["题型", "题干", "选项A", "选项B"], ["单选题", "灯要多（ ）。", "暗", "亮"], ["单选题", "伞要（ ）。", "开", "合"])):
        for column, text in enumerate(row):
            sheet.write(at, column, text, *([xlwt.easyxf(look)] if (at, column) in ((1, 3), (2, 2)) else []))
    book.save(out)
    out.seek(0)
    assert [one["answer"] for one in banks.read(out, {"format": "auto"})["questions"]] == ["B", "A"]


def test_what_is_seen_in_an_open_document_is_read():
    spaces = "".join(f' xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in ("office", "table", "text"))
    cell = '<table:table-cell office:value-type="{}"{}><text:p>{}</text:p></table:table-cell>'
    rows = [["题干", "选项A", "选项B", "答案"], ["合格率（ ）。", ("percentage", ' office:value="0.9"', "90%"), ("percentage", ' office:value="0.95"', "95%"), "B"]]
    rows[1][0] = ("float", ' office:value="571"', "0571号（ ）。")
    told = "".join(
        '<table:table-row table:visibility="filter">' + "".join(cell.format(*(one if isinstance(one, tuple) else ("string", "", one))) for one in row) + "</table:table-row>"
        for row in rows
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", f'<office:document-content{spaces}><office:body><office:spreadsheet><table:table table:name="题库">'
                         f"{told}</table:table></office:spreadsheet></office:body></office:document-content>")  # fmt: skip
    out.seek(0)
    (one,) = banks.read(out, {"format": "auto"})["questions"]
    assert (one["stem"], one["options"], one["answer"]) == ("0571号（ ）。", ["90%", "95%"], "B")
    assert [each["code"] for each in one["problems"]] == ["row-hidden"]


def test_percentages_and_dates_of_a_bank_are_read_as_they_are_seen():
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["题干", "选项A", "选项B", "答案"])
    book.active.append(["合格率不低于（ ）。", 0.9, 0.95, "B"])
    book.active.append(["施行于（ ）。", datetime.date(2018, 2, 1), "昨天", "A"])
    book.active["B3"].number_format = 'yyyy"年"m"月"d"日"'
    book.active.append(["比例为（ ）。", datetime.date(2024, 1, 2), 3, "A"])
    book.active["B2"].number_format = book.active["C2"].number_format = "0%"
    book.active["B4"].number_format = 'm"月"d"日"'
    book.save(out)
    out.seek(0)
    first, dated, second = banks.read(out, {"format": "auto"})["questions"]
    assert (first["options"], first["problems"]) == (["90%", "95%"], [])
    assert (dated["options"], dated["problems"]) == (["2018年2月1日", "昨天"], [])
    assert (second["options"], [one["code"] for one in second["problems"]]) == (["1月2日", "3"], ["cell-date"])


def test_an_old_workbook_is_read_as_it_is_seen_and_red_is_its_answer():
    book, out = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("题库")
    percent, day = xlwt.easyxf(num_format_str="0%"), xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"')
    red, struck = xlwt.easyxf("font: colour red"), xlwt.easyxf("font: struck_out on")
    for column, name in enumerate(["题干", "选项A", "选项B", "答案"]):
        sheet.write(0, column, name)
    sheet.row(3).hidden = True
    rows = [("合格率不低于（ ）。", (0.9, percent), (0.95, percent), ("B",)), ("施行于（ ）。", (datetime.date(2018, 2, 1), day), ("昨天",), ("A",)),
            ("先看（ ）。", ("灯",), ("门", red), ("",)), ("几户（ ）。", (3,), (12.5, struck), ("A",))]  # fmt: skip
    for row, (stem, *cells) in enumerate(rows, 1):
        sheet.write(row, 0, stem)
        for column, cell in enumerate(cells, 1):
            sheet.write(row, column, *cell)
    book.save(out)
    out.seek(0)
    questions = banks.read(out, {"format": "auto"})["questions"]
    assert [[each["code"] for each in one["problems"]] for one in questions] == [[], [], ["row-hidden"], ["struck-out"]]
    read = [(one["options"], one["answer"]) for one in questions]
    assert read == [(["90%", "95%"], "B"), (["2018年2月1日", "昨天"], "A"), (["灯", "门"], "B"), (["3", "12.5"], "A")]


HEAD = ["题干", "选项A", "选项B", "答案"]


def bank(*rows, change) -> dict:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (HEAD, *rows):
        book.active.append(row)
    change(book.active)
    book.save(out)
    out.seek(0)
    return banks.read(out, {"format": "auto"})


def test_a_number_whose_format_cannot_be_followed_is_named():
    def change(sheet):
        sheet["B2"].number_format, sheet["C2"].number_format = "0000", "0.00E+00"

    (one,) = bank(["区号（ ）。", 571, 10, "A"], change=change)["questions"]
    assert (one["options"], [each["code"] for each in one["problems"]]) == (["0571", "10"], ["cell-format"])
    assert one["problems"][0]["params"] == {"text": "10"}


def test_what_is_hidden_is_read_and_named():
    def change(sheet):
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["D"].hidden = True

    document = bank(["灯（ ）。", "亮", "暗", "A"], ["门（ ）。", "开", "关", "B"], change=change)
    assert [[each["code"] for each in one["problems"]] for one in document["questions"]] == [[], ["row-hidden"]]
    assert [(one["code"], one["params"]) for one in document["problems"]] == [("column-hidden", {"name": "答案"})]


def test_cells_that_are_struck_out_are_named():
    def change(sheet):
        sheet["A3"].font = openpyxl.styles.Font(strike=True)

    document = bank(["灯（ ）。", "亮", "暗", "A"], ["门（ ）。", "开", "关", "B"], change=change)
    told = [[(each["code"], each["params"]) for each in one["problems"]] for one in document["questions"]]
    assert told == [[], [("struck-out", {"text": "门（ ）。"})]]
