"""What every page's frame needs: navigation by role, the reader's text size and theme, dates in words."""

from datetime import date, datetime, timedelta

from flask import Flask, request, url_for
from flask_babel import format_date, format_datetime, format_timedelta, get_locale, gettext, to_user_timezone
from flask_login import current_user
from markupsafe import Markup, escape

from quizapp.rules import difficulty, pictures
from quizapp.rules.clock import rfc3339
from quizapp.rules.words import N_

# group title, then (label, endpoint, icon, access the endpoint needs)
GROUPS = [
    (
        N_("Learn"),
        [
            (N_("Today"), "today.page", "today"),
            (N_("Study"), "handbooks.shelf", "book"),
            (N_("Exams"), "exams.mine", "exam"),
            (N_("Me"), "people.me", "person"),
        ],
    ),
    (
        N_("Questions and exams"),
        [
            (N_("Question banks"), "banks.shelf", "bank"),
            (N_("Manage exams"), "exams_manage.index", "settings"),
        ],
    ),
    (
        N_("Villages and ranking"),
        [
            (N_("Campaigns"), "campaigns.index", "flag"),
            (N_("Ranking"), "ranking.index", "ranking"),
            (N_("Evaluation"), "evaluation.index", "evaluation"),
            (N_("Deliveries"), "deliveries.index", "delivery"),
            (N_("Decisions"), "decisions.index", "done"),
        ],
    ),
    (
        N_("People and settings"),
        [
            (N_("Units"), "units.index", "unit"),
            (N_("People"), "people.index", "people"),
            (N_("Readiness"), "readiness.page", "seal"),
            (N_("Audit"), "audit.index", "audit"),
        ],
    ),
]


def navigation(app: Flask) -> list[dict]:
    """Return the groups of links this person may open; a page that does not exist is not shown."""
    from quizapp.web.access import PUBLIC, SIGNED_IN, declared

    if not current_user.is_authenticated:
        return []
    groups = []
    for title, links in GROUPS:
        items = []
        for label, endpoint, icon in links:
            who = declared(app, endpoint)
            if who is None or (who not in (PUBLIC, SIGNED_IN) and not current_user.actor.may(who)):
                continue
            items.append({"label": gettext(label), "href": url_for(endpoint), "icon": icon, "endpoint": endpoint})
        if items:
            groups.append({"title": gettext(title), "items": items})
    here = current_link([item["endpoint"] for group in groups for item in group["items"]], request.endpoint or "")
    for group in groups:
        for item in group["items"]:
            item["current"] = item.pop("endpoint") == here
    return groups


def current_link(endpoints: list[str], here: str) -> str | None:
    """Return the link that a page belongs to: its own, else the last one of the same column."""
    column = [one for one in endpoints if one.partition(".")[0] == here.partition(".")[0]]
    return here if here in endpoints else (column[-1] if column else None)


def local(moment: datetime) -> datetime:
    """Return a moment on the wall clock that people read."""
    return to_user_timezone(moment)


def moment_words(moment: datetime, seconds: bool = False, is_opening: bool = False) -> str:
    """Return a moment in words with its weekday; midnight is 24:00 of the day that ends, but of an opening 00:00."""
    there = local(moment)
    is_midnight = there.hour == there.minute == there.second == 0 and not is_opening
    day = there - timedelta(days=1) if is_midnight else there
    clock = "24:00" if is_midnight else there.strftime("%H:%M:%S" if seconds else "%H:%M")
    pattern = "M月d日 EEE" if str(get_locale()).startswith("zh") else "EEE d MMM"
    return f"{format_datetime(day, pattern, rebase=False)} {clock}"


def opening_words(moment: datetime) -> str:
    """Return the moment from which on something is open, in words with its weekday."""
    return moment_words(moment, is_opening=True)


def day_words(day: date) -> str:
    """Return a calendar day in words."""
    return format_date(day, "y年M月d日" if str(get_locale()).startswith("zh") else "d MMMM y")


def points_words(milli: int) -> str:
    """Return thousandths of a point as people write points: 2, 1.5, 0.25."""
    return f"{milli / 1000:.3f}".rstrip("0").rstrip(".")


def points_plural(milli: int) -> int:
    """Return the number that says which form of “point” goes with so many: of 1.5 and of 0 there are several."""
    return 1 if milli == 1000 else 2


def share_words(share: float | None) -> str:
    """Return a share of 1 as a percentage with at most one decimal; a dash where there is none."""
    return "–" if share is None else f"{share * 100:.1f}".rstrip("0").rstrip(".") + " %"


def difficulty_words(kept: str) -> str:
    """Return how hard a question is in the reader's language."""
    return gettext(difficulty.name(kept)) if kept else ""


def gap() -> str:
    """Return what stands between two sentences in the reader's language."""
    return "" if str(get_locale()).startswith("zh") else " "


def register(app: Flask) -> None:
    """Give every template its frame."""
    from quizapp.web.static import static_url

    app.jinja_env.filters.update(
        day=day_words,
        moment=moment_words,
        opening=opening_words,
        instant=rfc3339,
        points=points_words,
        share=share_words,
        local=local,
        duration=format_timedelta,
        difficulty=difficulty_words,
        with_pictures=lambda text: Markup(pictures.shown(str(escape(text)))),  # noqa: S704 (escaped before)
    )
    app.jinja_env.globals.update(static_url=static_url, gap=gap, points_plural=points_plural)

    @app.context_processor
    def frame():
        return {
            "navigation": navigation(app),
            "text_size": _choice("text", ("standard", "large", "elder")),
            "theme": _choice("theme", ("auto", "light", "dark", "contrast")),
            "language": "en" if str(get_locale()).startswith("en") else "zh_CN",
        }


def _choice(cookie: str, choices: tuple[str, ...]) -> str:
    chosen = request.cookies.get(cookie, "")
    return chosen if chosen in choices else choices[0]
