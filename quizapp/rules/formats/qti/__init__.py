"""QTI, the exchange format of tests: items of versions 1.2, 2.1, 2.2 and 3.0, alone or many in a file."""

from quizapp.rules.formats import checks, markup
from quizapp.rules.formats.lines import Account
from quizapp.rules.formats.qti import one, two
from quizapp.rules.formats.qti.elements import name_of
from quizapp.rules.formats.qti.writing import files, unheld
from quizapp.rules.words import N_

__all__ = ["NAME", "ROOTS", "files", "read", "unheld"]

NAME = "QTI"
ROOTS = {"questestinterop", "assessmentitem", "assessmenttest", "assessmentsection", "assessment", "item"}


def read(content: dict, options: dict | None = None) -> dict:
    """Return the document of `bank check` for {"root": element with lines, "text": the file}; it never refuses."""
    account = Account()
    questions = []
    for element in content["root"].iter():
        if name_of(element) == "assessmentitem":
            questions.append(two.question(element))
        elif name_of(element) == "item" and element.find("presentation") is not None:
            questions.append(one.question(element))
    elsewhere = [one.get("href", "") for one in content["root"].iter() if name_of(one) == "assessmentitemref"]
    if elsewhere:
        message = N_(
            "The test names questions that are in other files (%(count)s); bring those files in, packed as .zip."
        )
        account.problem("items-elsewhere", message, "", "warning", count=len(elsewhere))
    markup.account_for(content["text"], questions, account)
    return checks.finished(questions, account, {"layout": "qti"})
