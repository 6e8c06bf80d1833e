"""Rows of a roster -> drafts of people, and every problem with its sheet, row and column."""

import re
import unicodedata
from dataclasses import dataclass, field, replace

from quizapp.rules import passwords
from quizapp.rules.errors import Problem
from quizapp.rules.names import fold_login
from quizapp.rules.people import check_person, clean_login, clean_text
from quizapp.rules.permissions import ROLES
from quizapp.rules.roster_columns import cell_place, columns, is_header, row_place
from quizapp.rules.words import N_

HEADER_WITHIN = 20  # rows from the top; above the header stand titles and instructions
ROLE_WORDS = {
    "trainee": "学员 参训人员 考生 普通用户",
    "trainer": "教员 教师 老师 讲师 培训教员",
    "leader": "领导 负责人 村领导 镇领导",
    "admin": "管理员 系统管理员",
    "auditor": "审计员 审计 安全审计员",
}
ROLE_OF = {word: role for role, words in ROLE_WORDS.items() for word in (role, *words.split())}
SEPARATORS = re.compile(r"[、,;/|+\s]+")
SHORTENED = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)


@dataclass(frozen=True)
class Draft:
    """One person as the file says; texts are evened out. `roles` None: the file does not say."""

    place: str
    login: str
    name: str
    unit: str
    unit_code: str
    township: str
    post: str
    roles: tuple[str, ...] | None
    password: str = field(repr=False)
    cells: dict[str, str]  # field -> where its cell stands


@dataclass(frozen=True)
class Reading:
    """What a file holds: people, what is wrong, and rows left out, each as (place, reason)."""

    drafts: list[Draft]
    problems: list[Problem]
    ignored: list[tuple[str, str]]


def read(sheets: list[dict]) -> Reading:
    """Return the people of all sheets that have a header row; a sheet is {"name", "rows", "merged"} of plain texts."""
    drafts, problems, ignored = [], [], []
    for sheet in sheets:
        rows = _filled(sheet["rows"], sheet.get("merged", []))
        top = next((index for index, row in enumerate(rows[:HEADER_WITHIN]) if is_header(row)), None)
        if top is None:
            if any(any(cell.strip() for cell in row) for row in rows):
                ignored.append((sheet["name"], N_("This sheet has no row of column names (姓名, 登录名, 单位 …).")))
            continue
        ignored += [
            (row_place(sheet["name"], index + 1), N_("above the column names"))
            for index, row in enumerate(rows[:top])
            if any(cell.strip() for cell in row)
        ]
        found, wrong = columns(rows[top], sheet["name"], top + 1)
        problems += wrong
        if not wrong:
            _read_rows(sheet["name"], rows, top, found, drafts, problems, ignored)
    if not drafts and not problems:
        problems.append(
            Problem(
                "nobody",
                N_(
                    "There is nobody in this file: a roster has a row of column names "
                    "(姓名, 登录名, 单位 …) and below it one row a person."
                ),
            )
        )
    return Reading(drafts, problems + _duplicates(drafts), ignored)


def _filled(rows: list[list[str]], merged: list) -> list[list[str]]:
    """Let every cell of a merged range hold its text, so that a village's name beside ten rows counts for all ten."""
    rows = [list(row) for row in rows]
    for top, left, bottom, right in merged:
        if top >= len(rows) or left >= len(rows[top]) or left != right:
            continue
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row):
                row[left] = rows[top][left]
    return rows


def _read_rows(sheet: str, rows: list, top: int, found: dict, drafts: list, problems: list, ignored: list) -> None:
    for index, row in enumerate(rows[top + 1 :], top + 2):
        if not any(cell.strip() for cell in row):
            continue
        if [cell.strip() for cell in row] == [cell.strip() for cell in rows[top]]:
            ignored.append((row_place(sheet, index), N_("the column names again")))
            continue
        values = {field: _value(row, indexes) for field, indexes in found.items()}
        if not any(values.get(field) for field in ("name", "login")):
            ignored.append((row_place(sheet, index), N_("neither a name nor a login name")))
            continue
        cells = {field: cell_place(sheet, index, indexes[0]) for field, indexes in found.items()}
        draft, wrong = _draft(row_place(sheet, index), values, cells)
        drafts.append(draft)
        problems += [replace(one, place=cells.get(one.place, draft.place)) for one in wrong]


def _value(row: list[str], indexes: list[int]) -> str:
    """Return the text of the first of these columns that has one."""
    return next((row[index].strip() for index in indexes if index < len(row) and row[index].strip()), "")


def _draft(place: str, values: dict, cells: dict) -> tuple[Draft, list[Problem]]:
    login, name = clean_login(values.get("login", "")), clean_text(values.get("name", ""))
    roles, unknown = read_roles(values.get("roles", ""))
    draft = Draft(
        place,
        login,
        name,
        values.get("unit", ""),
        values.get("unit_code", ""),
        values.get("township", ""),
        clean_text(values.get("post", "")),
        roles,
        values.get("password", ""),
        cells,
    )
    problems = [*_shortened(values), *check_person(login, name, draft.post, ()), *unknown]
    if not (draft.unit or draft.unit_code):
        problems.append(Problem("unit-missing", N_("The unit is missing."), "unit"))
    if draft.password:
        problems += passwords.check(draft.password, login)
    return draft, problems


def read_roles(text: str) -> tuple[tuple[str, ...] | None, list[Problem]]:
    """Return the roles that a cell names, in the fixed order, None for an empty one; and what is wrong with it."""
    words = [word for word in SEPARATORS.split(unicodedata.normalize("NFKC", text).strip().casefold()) if word]
    message = N_("There is no role “%(role)s”; there are 学员, 教员, 领导, 管理员 and 审计员.")
    unknown = [Problem("role-unknown", message, "roles", {"role": word[:40]}) for word in words if word not in ROLE_OF]
    roles = {ROLE_OF[word] for word in words if word in ROLE_OF}
    return tuple(role for role in ROLES if role in roles) if words else None, unknown


def _shortened(values: dict) -> list[Problem]:
    message = N_("A program has shortened the number to “%(text)s”. Format the column as text and enter it again.")
    return [
        Problem("number-shortened", message, field, {"text": text})
        for field in ("login", "unit_code", "password")
        if SHORTENED.fullmatch(text := values.get(field, ""))
    ]


def _duplicates(drafts: list[Draft]) -> list[Problem]:
    message = N_("The login name %(login)s stands already at %(first)s (%(name)s).")
    first: dict[str, Draft] = {}
    problems = []
    for draft in drafts:
        key = fold_login(draft.login)
        if key and first.setdefault(key, draft) is not draft:
            params = {"login": draft.login, "first": first[key].place, "name": first[key].name}
            problems.append(Problem("login-twice", message, draft.cells.get("login", draft.place), params))
    return problems
