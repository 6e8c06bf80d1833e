"""Rows of texts -> a workbook (.xlsx): every cell is text, and the columns of few words offer them."""

import io

WIDTHS = {"题干": 48, "解析": 40, "手册条款": 20, "章节": 20, "正确答案": 16, "编号": 18, "标签": 20}
USUAL_WIDTH, OPTION_WIDTH = 10, 24
OFFERED = {
    "题型": ["单选题", "多选题", "判断题", "填空题", "数值题", "连线题", "排序题"],
    "难度": ["易", "中", "难"],
    "顺序": ["不限"],
}
ROWS = 5000  # below the head in which words are offered


def workbook(book: dict, hint: str = "", examples: int = 0) -> bytes:
    """Return the workbook of {"sheets": [{"name", "rows"}]}, the first row of each its head.

    A hint stands in a row above the head; the first rows below it may be examples, and look like it.
    """
    import xlsxwriter  # a sixth of the time that a start takes, for a file that few ask for

    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    looks = {
        "text": made.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        "head": made.add_format({"bold": True, "bottom": 2}),
        "hint": made.add_format({"font_color": "#666666", "text_wrap": True, "valign": "top"}),
    }
    for one in book["sheets"]:
        _write(made.add_worksheet(one["name"]), one["rows"], looks, hint, examples)
    made.close()
    return out.getvalue()


def _write(sheet, rows: list[list[str]], looks: dict, hint: str, examples: int) -> None:
    head, top = rows[0], int(bool(hint))
    for place, name in enumerate(head):
        width = OPTION_WIDTH if name.startswith("选项") else WIDTHS.get(name, USUAL_WIDTH)
        sheet.set_column(place, place, width, looks["text"])
        sheet.write_string(top, place, name, looks["head"])
        if name in OFFERED:
            offer = {"validate": "list", "source": OFFERED[name], "error_type": "information"}
            sheet.data_validation(top + 1, place, top + ROWS, place, offer)
    if hint:
        sheet.merge_range(0, 0, 0, len(head) - 1, hint, looks["hint"])
        sheet.set_row(0, 16 * (hint.count("\n") + 2))
    sheet.freeze_panes(top + 1, 2)
    for number, row in enumerate(rows[1:], top + 1):
        look = looks["hint"] if number <= top + examples else looks["text"]
        for place, text in enumerate(row):
            if text:
                sheet.write_string(number, place, text, look)
