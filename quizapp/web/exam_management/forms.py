"""The form of an exam: what it is, when, from which banks, and its paper section by section."""

from collections import Counter
from datetime import datetime

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from quizapp.rules import wall_clock
from quizapp.rules.blueprint import MOST_QUESTIONS, MOST_SECTIONS, NUMBERS, TEXT_LONGEST
from quizapp.rules.difficulty import in_order
from quizapp.rules.question_types import HELD, case
from quizapp.rules.scoring import DEFAULT_RULE, RULES
from quizapp.services import choices
from quizapp.services.exam_setup import TITLE_LONGEST, Draft
from quizapp.web.access import actor
from quizapp.web.campaigns import zone
from quizapp.web.exam_management.fields import ClockTime, PointsField
from quizapp.web.form_problems import Ticks
from quizapp.web.frame import difficulty_words

DAY = [InputRequired(lazy_gettext("Please choose a day."))]
NUMBER = InputRequired(lazy_gettext("Please enter a number."))
TIME_KEYS = {"inputmode": "text", "autocomplete": "off", "size": 6}
# where a field of another name stands for one of the draft
NAMES = {
    "opens_at": "opens_on",
    "closes_at": "closes_on",
    "limit_seconds": "minutes",
    "pass_share_milli": "pass_percent",
}


class SectionForm(Form):
    """One row of the blueprint."""

    kind = SelectField(lazy_gettext("Kind of question"))
    count = IntegerField(
        lazy_gettext("How many"), [NUMBER, NumberRange(1, MOST_QUESTIONS)], render_kw={"inputmode": "numeric"}
    )
    points_milli = PointsField(lazy_gettext("Points each"), [NUMBER], render_kw={"inputmode": "decimal"})
    chapter = SelectField(lazy_gettext("Bank and chapter"), validate_choice=False)  # "slug#chapter"
    difficulty = SelectField(lazy_gettext("Difficulty"), validate_choice=False)
    article = StringField(
        lazy_gettext("Article"),
        [Optional(), Length(max=TEXT_LONGEST)],
        render_kw={"list": "articles", "autocomplete": "off"},
    )
    parts = IntegerField(
        lazy_gettext("Questions in each case (these points for each)"),
        [Optional(), NumberRange(1, case.MOST)],
        render_kw={"inputmode": "numeric"},
    )
    rule = SelectField(lazy_gettext("Scoring of multiple choice"), validate_choice=False)
    title = StringField(lazy_gettext("Heading"), [Optional(), Length(max=TEXT_LONGEST)])

    def plain(self) -> dict:
        """Return the section as rules/blueprint reads it; without a heading it bears the name of its kind."""
        title = (self.title.data or "").strip() or gettext(HELD[self.kind.data].NAME)
        bank, _, chapter = (self.chapter.data or "").partition("#")
        given = {
            "bank": bank,
            "chapter": chapter,
            "difficulty": self.difficulty.data,
            "article": (self.article.data or "").strip(),
            "rule": self.rule.data if self.kind.data in ("multiple_choice", "case") else "",
            "parts": self.questions_each if self.questions_each > 1 else None,
        }
        named = {
            "title": title,
            "kind": self.kind.data,
            "count": self.count.data,
            "points_milli": self.points_milli.data,
        }
        return named | {name: value for name, value in given.items() if value}

    @property
    def questions_each(self) -> int:
        """How many questions one of these is: 1, but for cases."""
        return self.parts.data or 1 if self.kind.data == "case" else 1


class ExamForm(FlaskForm):
    """Everything that an exam is set up with but its campaign."""

    title = StringField(
        lazy_gettext("Title"), [InputRequired(lazy_gettext("Please enter a title.")), Length(max=TITLE_LONGEST)]
    )
    opens_on = DateField(lazy_gettext("Opens on"), DAY)
    opens_time = StringField(lazy_gettext("at"), [ClockTime("opens_on")], render_kw=TIME_KEYS)
    closes_on = DateField(lazy_gettext("Closes on"), DAY)
    closes_time = StringField(lazy_gettext("at"), [ClockTime("closes_on")], render_kw=TIME_KEYS)
    minutes = IntegerField(lazy_gettext("Minutes"), [NUMBER], render_kw={"inputmode": "numeric"})
    banks = Ticks(lazy_gettext("Question banks"))
    sections = FieldList(FormField(SectionForm), min_entries=1, max_entries=MOST_SECTIONS)
    rule = SelectField(lazy_gettext("Scoring of multiple choice"), default=DEFAULT_RULE)
    forms = IntegerField(
        lazy_gettext("Fixed papers"), [Optional(), NumberRange(0, NUMBERS["forms"])], render_kw={"inputmode": "numeric"}
    )
    fresh_days = IntegerField(
        lazy_gettext("Avoid what the person had in the last … days"),
        [Optional(), NumberRange(0, NUMBERS["fresh_days"])],
        render_kw={"inputmode": "numeric"},
    )
    posts = Ticks(lazy_gettext("Only for these posts"), validate_choice=False)
    attempts_allowed = IntegerField(lazy_gettext("Attempts"), [NUMBER], default=1, render_kw={"inputmode": "numeric"})
    pass_percent = IntegerField(lazy_gettext("To pass, in %"), [NUMBER], default=60, render_kw={"inputmode": "numeric"})
    counts = BooleanField(lazy_gettext("It counts for the evaluation"), default=True)
    release_rule = RadioField(lazy_gettext("Results are released"), default="at_close")
    only_reviewed = BooleanField(lazy_gettext("Draw only questions that a second person agreed to"))
    board = RadioField(lazy_gettext("The ranking is shown"), default="after_release")

    def __init__(self, *args, **kwargs):
        self.zone = zone()
        super().__init__(*args, **kwargs)
        offered = choices.banks(actor())
        self.banks.choices = [(bank.slug, bank.title) for bank in offered]
        self.rule.choices = [(name, gettext(rule.title)) for name, rule in RULES.items()]
        held = choices.posts(actor())
        self.posts.choices = [
            (post, post) for post in [*held, *(one for one in self.posts.data or () if one not in held)]
        ]
        self.release_rule.choices = [
            ("at_close", gettext("by themselves, once the exam has closed and everything is marked")),
            ("by_hand", gettext("by hand, by a leader or an administrator")),
        ]
        self.board.choices = [
            ("after_release", gettext("after the release")), ("live", gettext("live: places from the first hand-in on"))
        ]  # fmt: skip
        self.offered = offered
        for row in self.sections:
            self.offer(row.form)

    def offer(self, row: SectionForm) -> None:
        """Give a row its choices; what it says already stays among them."""
        row.kind.choices = [(kind, gettext(module.NAME)) for kind, module in HELD.items()]
        row.rule.choices = [("", gettext("as the exam says")), *self.rule.choices]
        row.chapter.choices = self._chapters(row.chapter.data)
        levels = dict.fromkeys(one for bank in self.offered for one in bank.difficulties)
        levels |= {row.difficulty.data: None} if row.difficulty.data else {}
        row.difficulty.choices = [("", gettext("any")), *((one, difficulty_words(one)) for one in in_order(levels))]

    def _chapters(self, chosen: str | None) -> dict[str, list[tuple[str, str]]]:
        """Return what a row may draw from, by bank; a chapter that several banks have names its own there too."""
        found = {"": [("", gettext("all that is ticked above"))]}
        named = Counter(one for bank in self.offered for one in bank.chapters)
        for bank in self.offered:
            chapters = [(one, f"{one}（{bank.title}）" if named[one] > 1 else one) for one in bank.chapters]
            of_it = found.setdefault(bank.title, [])
            of_it += [(f"{bank.slug}#{one}", words) for one, words in [("", bank.title), *chapters]]
        if chosen and all(chosen != value for values in found.values() for value, _ in values):
            found[""].append((chosen, chosen.strip("#")))
        return found

    def add_row(self) -> None:
        """Append an empty row, where there is room for one more."""
        if len(self.sections) < MOST_SECTIONS:
            self.offer(self.sections.append_entry({"count": 5, "points_milli": 2000}).form)

    def remove_row(self, place: int) -> None:
        """Take a row out; the last one is replaced by an empty one."""
        if 0 <= place < len(self.sections):
            del self.sections.entries[place]
        if not self.sections.entries:
            self.add_row()

    @property
    def total(self) -> tuple[int, int]:
        """Questions and thousandths of points of all rows that are in order."""
        rows = [
            ((row.form.count.data or 0) * row.form.questions_each, row.form.points_milli.data or 0)
            for row in self.sections
        ]
        return sum(count for count, _ in rows), sum(count * points for count, points in rows)

    @property
    def wrong(self) -> list[tuple[str, str, str]]:
        """What is wrong as (field's id, its name or its section's, sentence); without a field first."""
        fields = [(one.label.text, one) for one in self if one is not self.sections]
        for number, row in enumerate(self.sections, 1):
            fields += [(gettext("Section %(number)s", number=number), one) for one in row.form]
        return [("", "", error) for error in self.form_errors] + [
            (one.id, name, " ".join(map(str, one.errors))) for name, one in fields if one.errors
        ]

    def draft(self, campaign: str) -> Draft:
        """Return what a form in order says."""
        return Draft(
            self.title.data,
            campaign,
            self._moment("opens"),
            self._moment("closes"),
            self.minutes.data * 60,
            self.banks.data,
            {"sections": [row.form.plain() for row in self.sections], "rule": self.rule.data}
            | {name: self[name].data for name in NUMBERS if self[name].data},
            self.posts.data,
            self.attempts_allowed.data,
            self.pass_percent.data * 10,
            self.counts.data,
            self.release_rule.data,
            self.board.data,
            self.only_reviewed.data,
        )

    def _moment(self, which: str) -> datetime:
        return wall_clock.moment(self[f"{which}_on"].data, self[f"{which}_time"].data, self.zone)


class NewExamForm(ExamForm):
    """An exam that is set up: for which campaign."""

    campaign = SelectField(lazy_gettext("Campaign"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offered = choices.campaigns(actor())
        self.campaign.choices = [(one.id, f"{one.title}（{one.unit}）") for one in offered]


def filled(draft: Draft) -> dict:
    """Return the values that a form begins with, as the exam is now."""
    here = zone()
    opens_on, opens_time = wall_clock.written(draft.opens_at, here)
    closes_on, closes_time = wall_clock.written(draft.closes_at, here, is_end=True)
    same = ("title", "banks", "posts", "attempts_allowed", "counts", "release_rule", "board", "only_reviewed")
    return {name: getattr(draft, name) for name in same} | {
        "opens_on": opens_on, "opens_time": opens_time, "closes_on": closes_on, "closes_time": closes_time,
        "minutes": draft.limit_seconds // 60, "pass_percent": draft.pass_share_milli // 10,
        "sections": [{**one, "chapter": _drawn_from(one)} for one in draft.blueprint["sections"]],
        "rule": draft.blueprint.get("rule", DEFAULT_RULE),
        **{name: draft.blueprint.get(name, 0) for name in NUMBERS},
    }  # fmt: skip


def _drawn_from(section: dict) -> str:
    """Return the value of a row's choice of bank and chapter."""
    bank, chapter = section.get("bank", ""), section.get("chapter", "")
    return f"{bank}#{chapter}" if bank or chapter else ""
