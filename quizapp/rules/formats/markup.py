"""Words out of XML elements that hold text, or HTML as text; which lines of a file its questions take."""

from quizapp.rules.formats import webpage
from quizapp.rules.formats.drafts import Draft
from quizapp.rules.formats.lines import BREAK, Account

SILENT = {"file", "script", "style"}


def shown(html: str) -> str:
    """Return the words of a text that may hold HTML, a line for each line that a page would show."""
    if "<" not in html and "&" not in html:
        return html.strip()
    return "\n".join(words.replace("\t", " ") for _, words in webpage.lines(html))


def has_picture(html: str) -> bool:
    """Return whether a text of HTML shows a picture or plays a sound."""
    return any(sign in html for sign in ("<img", "<audio", "<video", "<object", "@@PLUGINFILE@@"))


def span(element) -> tuple[int, int]:
    """Return the first and the last line of an element that was read with its lines."""
    return int(element.get("{line}", 1)), int(element.get("{end}", element.get("{line}", 1)))


def account_for(text: str, questions: list[Draft], account: Account) -> None:
    """Ignore the lines of a file that are in no question and the place of no problem: its structure."""
    inside = {number for one in questions for number in range(one.first, one.last + 1)}
    placed = {one["place"] for one in account.problems}
    for number, line in enumerate(BREAK.split(text), 1):
        if line.strip() and number not in inside and str(number) not in placed and number not in account.ignored:
            account.ignore(number, "structure")
