"""Lists and trees of administrative divisions (CSV, JSON) -> drafts of units, each with the place it stands at."""

import csv
import io
import json
from dataclasses import dataclass, replace

from quizapp.rules.divisions import KINDS, check_code, check_name, clean_code, clean_name
from quizapp.rules.errors import Problem
from quizapp.rules.words import N_

# the official statistical code: how many figures a unit of each kind has
LENGTHS = {2: "province", 4: "city", 6: "county", 9: "township", 12: "village"}
CODE, NAME, KIND = (
    ("code", "代码", "区划代码", "单位代码"),
    ("name", "名称", "单位", "单位名称"),
    ("kind", "类型", "类别"),
)
PARENTS = ("parent", "parentcode", "parent_code", "上级代码", "streetcode", "areacode", "citycode", "provincecode")
KIND_WORDS = dict(zip(("省", "市", "县", "乡镇", "村", "社区", "小区"), KINDS, strict=True))
COMMUNITY = ("社区", "居委会", "居民委员会")


@dataclass(frozen=True)
class UnitDraft:
    """A unit as a file says; `parent` "" is the top or, by the official code, whatever there is above it."""

    code: str
    name: str
    kind: str
    parent: str
    place: str


def read(text: str, file: str) -> tuple[list[UnitDraft], list[Problem]]:
    """Return the units of a list with a header line (CSV) or of nested objects with code and name (JSON)."""
    drafts, problems = _read_json(text, file) if text.lstrip()[:1] in ("{", "[") else _read_csv(text, file)
    if not drafts and not problems:
        problems = [Problem("no-units", N_("There are no units in this file."), file)]
    wrong = [(one, draft.place) for draft in drafts for one in _check(draft)]
    return drafts, problems + [replace(one, place=place) for one, place in wrong]


def _check(draft: UnitDraft) -> list[Problem]:
    return [*check_code(draft.code), *check_name(draft.name), *_check_kind(draft)]


def _check_kind(draft: UnitDraft) -> list[Problem]:
    if draft.kind in KINDS:
        return []
    message = N_("What kind of unit %(code)s is can be told neither from its code nor from a column “kind”.")
    return [Problem("unit-kind", message, "", {"code": draft.code})]


def _read_csv(text: str, file: str) -> tuple[list[UnitDraft], list[Problem]]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in text[:200] else ",", strict=True)
    drafts = []
    try:
        head = [cell.strip().lower() for cell in next(lines, [])]
        found = {field: _column(head, words) for field, words in (("code", CODE), ("name", NAME), ("kind", KIND))}
        if found["code"] is None or found["name"] is None:
            message = N_("The first line must name the columns “code” and “name”.")
            return [], [Problem("no-header", message, f"{file}:1")]
        parent = next((head.index(word) for word in PARENTS if word in head), None)
        for row in lines:
            if any(cell.strip() for cell in row):
                cell = {field: _cell(row, index) for field, index in {**found, "parent": parent}.items()}
                drafts.append(_draft(cell, f"{file}:{lines.line_num}"))
    except csv.Error:
        message = N_("From line %(line)s on the quotation marks do not pair up.")
        return [], [Problem("csv-quotes", message, f"{file}:{lines.line_num}", {"line": lines.line_num})]
    return drafts, []


def _column(head: list[str], words: tuple[str, ...]) -> int | None:
    return next((head.index(word) for word in words if word in head), None)


def _cell(row: list[str], index: int | None) -> str:
    return row[index].strip() if index is not None and index < len(row) else ""


def _draft(cell: dict[str, str], place: str) -> UnitDraft:
    code, name = clean_code(cell["code"]), clean_name(cell["name"])
    return UnitDraft(code, name, kind_of(cell["kind"], code, name), clean_code(cell["parent"]), place)


def kind_of(word: str, code: str, name: str) -> str:
    """Return the kind that a word means or, without one, that the official code and the name tell; "" for none."""
    if word:
        return KIND_WORDS.get(word, word.lower())
    kind = LENGTHS.get(len(code), "") if code.isdigit() else ""
    return "community" if kind == "village" and name.endswith(COMMUNITY) else kind


def _read_json(text: str, file: str) -> tuple[list[UnitDraft], list[Problem]]:
    try:
        document = json.loads(text)
    except RecursionError:
        return [], [Problem("json-deep", N_("The file is nested too deeply."), file)]
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        return [], [
            Problem("not-json", N_("From line %(line)s on this is not JSON."), f"{file}:{line}", {"line": line})
        ]
    drafts: list[UnitDraft] = []
    for index, item in enumerate(document if isinstance(document, list) else [document]):
        _grow(item, "", f"{file}:$[{index}]" if isinstance(document, list) else f"{file}:$", drafts)
    return drafts, []


def _grow(item, parent: str, place: str, drafts: list[UnitDraft]) -> None:
    """Take an object and, whatever their list is called, the objects within it."""
    if not isinstance(item, dict):
        return
    code, name = clean_code(str(item.get("code", ""))), clean_name(str(item.get("name", ""))).split("_")[0]
    drafts.append(UnitDraft(code, name, kind_of(str(item.get("kind", "")), code, name), parent, place))
    for key, value in item.items():
        for index, child in enumerate(value if isinstance(value, list) else []):
            _grow(child, code, f"{place}.{key}[{index}]", drafts)


def official_parents(code: str) -> list[str]:
    """Return the official codes above one, the nearest first; none for a code that is not official."""
    if not code.isdigit() or len(code) not in LENGTHS:
        return []
    return [code[:length] for length in sorted(LENGTHS, reverse=True) if length < len(code)]
