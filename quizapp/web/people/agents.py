"""What kind of device a browser says it is, in words that its owner knows it by."""

from flask_babel import gettext

from quizapp.rules.words import N_

PROGRAMS = (
    ("MicroMessenger", N_("WeChat")),
    ("Edg/", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
MACHINES = (
    ("Android", N_("Android phone")), ("iPhone", "iPhone"), ("iPad", "iPad"), ("HarmonyOS", N_("HarmonyOS phone")),
    ("Windows", N_("Windows computer")), ("Mac OS", N_("Mac computer")), ("Linux", N_("Linux computer")),
)  # fmt: skip


def in_words(agent: str) -> str:
    """Return for example “Android phone, WeChat”."""
    found = [next((word for mark, word in table if mark in agent), "") for table in (MACHINES, PROGRAMS)]
    known = [gettext(word) for word in found if word]
    return "，".join(known) if known else gettext("Another program")
