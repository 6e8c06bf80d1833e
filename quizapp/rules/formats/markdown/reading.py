"""Reads the house format line by line: headings, numbered questions, options, labelled lines."""

import re
from dataclasses import dataclass, field

from quizapp.rules.errors import Problem
from quizapp.rules.formats import checks, front_matter
from quizapp.rules.formats.drafts import Draft, letter_at, without_examples
from quizapp.rules.formats.lines import Account, Row, even_spaces, lines_of, rows_of
from quizapp.rules.formats.markdown import answers, escaping
from quizapp.rules.words import N_

KIND_HEADINGS = {
    **dict.fromkeys(["单选题", "单项选择题"], "single_choice"),
    **dict.fromkeys(["多选题", "多项选择题"], "multiple_choice"),
    **dict.fromkeys(["判断题", "是非题"], "true_false"),
    **dict.fromkeys(["填空题"], "fill_blank"),
    **dict.fromkeys(["数值题"], "numerical"),
    **dict.fromkeys(["连线题", "匹配题", "配对题"], "matching"),
    **dict.fromkeys(["排序题"], "ordering"),
    **dict.fromkeys(["案例题", "材料题"], "case"),
}
NOT_HELD = {"简答题", "问答题", "论述题"}  # read where they are questions of a case, so that they can be corrected
LABELS = {
    **dict.fromkeys(["答案", "正确答案", "参考答案"], "answer"),
    **dict.fromkeys(["解析", "答案解析"], "explanation"),
    "条款": "citations",
    "标签": "tags",
    "难度": "difficulty",
    "分值": "points",
    "编号": "code",
    "顺序": "order",
    "材料": "material",
}
NO_PARTS = N_("Each question of a case begins with its number and kind: （1）【单选题】…")
OF_PART = {"answer", "explanation", "order"}  # what each question of a case says for itself
HEADING = re.compile(r"#{1,6}(?!#)")
NUMBERED = re.compile(r"(?P<number>\d{1,5})\s*(?P<mark>[.．、)）])\s*(?P<stem>.*)", re.DOTALL)
OPTION = re.compile(r"(?P<letter>[A-ZＡ-Ｚ])\s*[.．、:：)）]\s*(?P<text>.*)", re.DOTALL)
LABEL = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,4})\s*[：:]\s*(?P<value>.*)", re.DOTALL)
ITEM = re.compile(r"[-•·]\s+(?P<text>.*)|[-•·]\s*(?P<arrow>(?:→|->|=>).*)", re.DOTALL)
PART = re.compile(r"[（(]\d{1,2}[)）]\s*[\[【](?P<kind>[\u4e00-\u9fff]+)[\]】]\s*(?P<stem>.*)", re.DOTALL)
GOES_ON = {"stem", "option", "item", "explanation", "material"}  # parts that may take more lines


@dataclass
class Entry:
    """A question as its lines are sorted, before they are understood."""

    draft: Draft
    stem: list[str]
    options: list[list[str]] = field(default_factory=list)
    items: list[list[str]] = field(default_factory=list)  # lines of pairs, or of what is to be put in order
    labels: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    parts: list["Entry"] = field(default_factory=list)  # of a case


CASE_HEAD = "## 案例题\n\n1. 材料\n"


def read_parts(text: str) -> tuple[list[dict], list[Problem]]:
    """Return the questions of a case, each begun with （1）【单选题】, and what is wrong, by line of the text."""
    found = read(f"{CASE_HEAD}{text}\n")
    questions = found["questions"]
    if len(questions) != 1 or questions[0]["stem"] != "材料" or not questions[0].get("parts"):
        return [], [Problem("case-parts", NO_PARTS, "1")]
    wrong = [one for one in (*found["problems"], *questions[0]["problems"]) if one["severity"] == "error"]
    return questions[0]["parts"], [Problem(**{**one, "place": _line_of(one["place"])}) for one in wrong]


def _line_of(place: str) -> str:
    return str(max(1, int(place) - CASE_HEAD.count("\n"))) if place.isdigit() else place


def read(text: str, options: dict | None = None) -> dict:
    """Return the document of `bank check` for a text in the house format; it never refuses, but lists problems.

    Every line that is not blank is in a question's source, in `ignored` with a reason, or the place of a problem.
    """
    account = Account()
    lines = lines_of(text, account)
    matter, first = front_matter.read(lines, account)
    return checks.finished(questions_in(rows_of(lines, first), account), account, {"layout": "house"}, matter)


def questions_in(rows: list[Row], account: Account) -> list[Draft]:
    """Return the questions of rows in the house format, not checked yet, without those that are marked as examples."""
    found = [answers.understand(entry) for entry in _Reader(rows, account).entries()]
    return without_examples(found, account)


class _Reader:
    """One pass over the rows; `part` is what the row before belonged to."""

    def __init__(self, rows: list[Row], account: Account):
        self.rows, self.account = rows, account
        self.chapter, self.kind, self.part = "", None, ""
        self.last_number, self.is_new_group = 0, True
        self.last_point = 0  # of a numbered list inside the explanation
        self.found: list[Entry] = []

    def entries(self) -> list[Entry]:
        """Return the questions with their lines sorted."""
        for index, row in enumerate(self.rows):
            self._step(index, row)
        return self.found

    def _step(self, index: int, row: Row) -> None:
        heading, label = HEADING.match(row.text), LABEL.fullmatch(row.text)
        option, item, part = OPTION.fullmatch(row.text), ITEM.fullmatch(row.text), PART.fullmatch(row.text)
        if row.text.startswith("\\") and self.part in GOES_ON:
            self._continue(row, row.text[1:])
        elif heading:
            self._head(row, heading.end(), even_spaces(row.text.strip("#")))
        elif escaping.RULER.fullmatch(row.text):
            self.account.ignore(row.number, "ruler")
        elif numbered := self._numbered(index, row):
            self._begin(row, numbered)
        elif not self.part:
            self.account.problem(
                "unread-line", N_("This line stands before the first question, so it was not read."), row.number
            )
        elif part and self.kind == "case" and part["kind"].endswith("题"):
            self._begin_part(row, part)
        elif label and label["name"] in LABELS:
            self._label(row, LABELS[label["name"]], label["value"])
        elif option and self.part in ("stem", "option"):
            self._option(row, option)
        elif item and self.part in ("stem", "item") and self._entry.draft.kind in ("matching", "ordering"):
            self._entry.items.append([item["text"] or item["arrow"]])
            self.found[-1].draft.last, self.part = row.number, "item"
        elif self.part in GOES_ON and not (label and self.part == "option"):
            self._continue(row, row.text)
        else:
            self._complain(row, label)

    def _head(self, row: Row, level: int, words: str) -> None:
        self.account.ignore(row.number, "heading")
        self.part, self.is_new_group = "", True
        if level == 1:
            self.chapter, self.kind = words, None
        elif words in KIND_HEADINGS:
            self.kind = KIND_HEADINGS[words]
        else:
            self.kind = None
            self.account.problem(
                "unknown-heading",
                N_("“%(words)s” is no kind of question; headings of kinds are %(kinds)s."),
                row.number,
                words=words,
                kinds=" ".join(["单选题", "多选题", "判断题", "填空题", "数值题", "连线题", "排序题", "案例题"]),
            )

    def _numbered(self, index: int, row: Row) -> re.Match | None:
        """Return the match if the row begins a question; a numbered point of an explanation does not."""
        found = NUMBERED.fullmatch(row.text)
        if not found or self.is_new_group:
            return found
        number = int(found["number"])
        is_next = number == self.last_number + 1
        is_decimal = found["mark"] in ".．" and found["stem"][:1].isdigit()
        is_point = self.part == "explanation" and not row.is_apart and self.last_point and number == self.last_point + 1
        if is_next and not is_point and not (is_decimal and self.part in GOES_ON and not row.is_apart):
            return found
        if not is_decimal and (answers.read_bracket(found["stem"], self.kind) or self._is_answered_below(index)):
            return found
        self.last_point = number
        return None

    def _is_answered_below(self, index: int) -> bool:
        """Return whether options or an answer come before the next numbered row or heading."""
        for row in self.rows[index + 1 :]:
            if HEADING.match(row.text) or NUMBERED.fullmatch(row.text):
                return False
            label = LABEL.fullmatch(row.text)
            if OPTION.fullmatch(row.text) or label and LABELS.get(label["name"]) == "answer":
                return True
        return False

    def _begin(self, row: Row, found: re.Match) -> None:
        number = int(found["number"])
        if number != self.last_number + 1 and not (self.is_new_group and number == 1):
            self.account.problem(
                "number-gap",
                N_("The numbers are not continuous: %(number)s follows %(last)s."),
                row.number,
                "warning",
                number=number,
                last=self.last_number,
            )
        draft = Draft(number=str(number), kind=self.kind, chapter=self.chapter, first=row.number, last=row.number)
        if self.kind is None and self.is_new_group:
            draft.problem(
                "no-kind-heading", N_("No heading above says which kind of question this is."), severity="warning"
            )
        self.found.append(Entry(draft, [found["stem"]]))
        self.last_number, self.is_new_group, self.part, self.last_point = number, False, "stem", 0

    @property
    def _entry(self) -> Entry:
        """The question that lines belong to: of a case that has begun its questions, the last of them."""
        return self.found[-1].parts[-1] if self.found[-1].parts else self.found[-1]

    def _begin_part(self, row: Row, found: re.Match) -> None:
        kind = "short_answer" if found["kind"] in NOT_HELD else KIND_HEADINGS.get(found["kind"])
        draft = Draft(kind=kind, first=row.number, last=row.number)
        self.found[-1].parts.append(Entry(draft, [found["stem"]]))
        self.found[-1].draft.last, self.part, self.last_point = row.number, "stem", 0

    def _label(self, row: Row, name: str, value: str) -> None:
        entry = self._entry if name in OF_PART else self.found[-1]
        self.found[-1].draft.last, self.part = row.number, name
        entry.labels.setdefault(name, []).append((row.number, value.strip()))

    def _option(self, row: Row, found: re.Match) -> None:
        entry = self._entry
        self.found[-1].draft.last, self.part = row.number, "option"
        letter = chr(ord("A") + (ord(found["letter"]) - ord("A")) % (ord("Ａ") - ord("A")))
        wanted = letter_at(len(entry.options))
        if letter != wanted:
            entry.draft.problem(
                "option-order",
                N_("Option %(letter)s stands where %(wanted)s should be."),
                row.number,
                letter=letter,
                wanted=wanted,
            )
        entry.options.append([found["text"]])

    def _continue(self, row: Row, words: str) -> None:
        entry = self.found[-1] if self.part == "material" else self._entry
        self.found[-1].draft.last = row.number
        if self.part == "stem":
            entry.stem.append(words)
        elif self.part in ("option", "item"):
            (entry.options if self.part == "option" else entry.items)[-1].append(words)
        else:
            number, text = entry.labels[self.part][-1]
            entry.labels[self.part][-1] = (number, f"{text}\n{words}")

    def _complain(self, row: Row, label: re.Match | None) -> None:
        if label:
            self.account.problem(
                "unknown-label",
                N_("“%(label)s” is not a label of this format, so the line was not read."),
                row.number,
                label=label["name"],
            )
        else:
            self.account.problem("unread-line", checks.UNREAD, row.number)
