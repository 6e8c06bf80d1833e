"""An empty roster to fill in: a workbook whose login column is text, so that no figure gets lost."""

import io

COLUMNS = [("姓名", 12), ("登录名", 16), ("单位", 20), ("单位代码", 16), ("岗位", 16), ("角色", 20)]
ROLES = ["学员", "教员", "领导", "管理员", "审计员"]
ROWS = 2000


def workbook(units: list[tuple[str, str]]) -> bytes:
    """Return the workbook; its second sheet lists the (code, name) of the units there are, to copy from."""
    import xlsxwriter  # a sixth of the time that a start takes, for a file that few ask for

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    text, head = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "bottom": 2})
    sheet = book.add_worksheet("花名册")
    for index, (title, width) in enumerate(COLUMNS):
        sheet.set_column(index, index, width, text)
        sheet.write_string(0, index, title, head)
    sheet.freeze_panes(1, 0)
    sheet.data_validation(1, 5, ROWS, 5, {"validate": "list", "source": ROLES, "error_type": "information"})
    known = book.add_worksheet("单位表")
    known.set_column(0, 1, 24, text)
    for row, pair in enumerate([("代码", "名称"), *units]):
        for column, value in enumerate(pair):
            known.write_string(row, column, value, head if row == 0 else text)
    book.close()
    return out.getvalue()
