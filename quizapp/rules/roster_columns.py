"""Which column of a roster holds what, by the words that people write above it, in any order."""

import re
import unicodedata

from quizapp.rules.errors import Problem
from quizapp.rules.words import N_

# field: the words for it, evened out as in `fold`; where several logins are given, the earlier word goes first
TABLE = """
login: 登录名 登陆名 登录账号 登陆账号 登录帐号 登陆帐号 登录用户名 账号 帐号 用户账号 login loginname username account
login: 工号 员工编号 人员编号 员工号 学号 手机号 手机号码 手机 联系电话 联系方式 电话 电话号码 移动电话 phone mobile
login: 邮箱 电子邮箱 email
name: 姓名 名字 真实姓名 学员姓名 人员姓名 员工姓名 name fullname
unit: 单位 所属单位 所在单位 工作单位 单位名称 村居 村社区 村社 所在村居 所在村 所属村居 所在社区 所属村社区
unit: 所在村社区 村居名称 村 社区 村名 村名称 社区名称 部门 所属部门 组织机构 所属机构 所属组织 机构 小区
unit: unit unitname department organization organisation
unit_code: 单位代码 单位编码 单位编号 机构代码 部门编码 区划代码 行政区划代码 统计代码 村居代码 unitcode code
township: 乡镇 乡镇街道 镇街 镇乡街道 镇 乡 街道 所属乡镇 所在乡镇 township
post: 岗位 职务 职位 岗位职务 职务岗位 岗位名称 工作岗位 post position
roles: 角色 系统角色 用户角色 人员角色 权限 身份 role roles
password: 密码 初始密码 登录密码 登陆密码 password initialpassword
"""
LINES = [line.split() for line in TABLE.strip().splitlines()]
FIELDS = {word: head.rstrip(":") for head, *words in LINES for word in words}
LOGINS = [word for word, field in FIELDS.items() if field == "login"]
USER_NAME = "用户名"  # the person's name beside a login column, the login beside 姓名
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|<[^<>]*>")


def fold(header: str) -> str:
    """Return a header without what does not matter: width, case, spaces, signs."""
    return "".join(char for char in unicodedata.normalize("NFKC", header).casefold() if char.isalnum())


def field_of(header: str) -> str | None:
    """Return the field that a header names, with or without what its brackets say: 登录名（必填） is a login."""
    plain = BRACKETS.sub("", unicodedata.normalize("NFKC", header))
    for text in (header, plain):
        if fold(text) == USER_NAME:
            return "user_name"
        if fold(text) in FIELDS:
            return FIELDS[fold(text)]
    return None


def is_header(row: list[str]) -> bool:
    """Whether a row names columns: a name or a login, and one more."""
    fields = {field_of(cell) for cell in row if len(cell) <= 40} - {None}
    return len(fields) > 1 and bool(fields & {"name", "login", "user_name"})


def columns(row: list[str], sheet: str, number: int) -> tuple[dict[str, list[int]], list[Problem]]:
    """Return field -> its columns from 0 (several only for logins, the first to be asked first), and what is wrong."""
    found: dict[str, list[int]] = {}
    for index, cell in enumerate(row):
        field = field_of(cell)
        if field:
            found.setdefault(field, []).append(index)
    for index in found.pop("user_name", []):
        found.setdefault("login" if "name" in found else "name", []).append(index)
    if "login" in found:
        found["login"].sort(key=lambda index: _rank(row[index]))
    return found, [*_twice(found, row, sheet, number), *_missing(found, sheet, number)]


def _rank(header: str) -> int:
    plain = fold(BRACKETS.sub("", unicodedata.normalize("NFKC", header)))
    return LOGINS.index(plain) if plain in LOGINS else -1


def _twice(found: dict, row: list[str], sheet: str, number: int) -> list[Problem]:
    message = N_("Two columns are headed “%(first)s” and “%(second)s”: which one counts?")
    return [
        Problem(
            "column-twice",
            message,
            cell_place(sheet, number, indexes[1]),
            {"first": row[indexes[0]], "second": row[indexes[1]]},
        )
        for field, indexes in found.items()
        if field != "login" and len(indexes) > 1
    ]


def _missing(found: dict, sheet: str, number: int) -> list[Problem]:
    needed = [
        ("name", ("name",), N_("There is no column for the name (姓名).")),
        ("login", ("login",), N_("There is no column for the login name (登录名, 账号, 工号 or 手机号).")),
        ("unit", ("unit", "unit_code"), N_("There is no column for the unit (单位, 村居, 社区 or 单位代码).")),
    ]
    return [
        Problem(f"column-{field}-missing", message, row_place(sheet, number))
        for field, any_of, message in needed
        if not any(one in found for one in any_of)
    ]


def row_place(sheet: str, number: int) -> str:
    """Return where a row stands: “名单!12”, or “12” where there are no sheets."""
    return f"{sheet}!{number}" if sheet else str(number)


def cell_place(sheet: str, number: int, index: int) -> str:
    """Return where a cell stands: “名单!B12”; `index` counts from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return row_place(sheet, f"{letters}{number}")


def in_words(place: str) -> str:
    """Return a place as people read it: “名单 › B12”."""
    return " › ".join(place.rsplit("!", 1))


def place_order(place: str) -> tuple:
    """Return the key that puts places in the order in which one reads a sheet: by row, then by column."""
    sheet, _, cell = place.rpartition("!")
    letters, figures = re.fullmatch(r"([A-Z]*)(\d*)", cell).groups() if re.fullmatch(r"[A-Z]*\d*", cell) else ("", "")
    return sheet, int(figures or 0), len(letters), letters
