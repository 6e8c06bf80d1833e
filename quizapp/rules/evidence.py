"""What a stated value needs before it counts: a share, and evidence that may go outside."""

import re

from quizapp.rules.errors import Problem
from quizapp.rules.policy import WHOLE
from quizapp.rules.texts import check_text, fold
from quizapp.rules.words import N_

LONGEST = 500
# A mobile number (11 figures) or an identity number (18, the last may be X), spaces and dashes inside or not.
PERSONAL = re.compile(r"(?<![0-9])(?:1[3-9][0-9]{9}|[1-9][0-9]{16}[0-9xX])(?![0-9])")


def check(value_milli, evidence: str) -> list[Problem]:
    """Return what is wrong with a value in thousandths and the text it rests on."""
    problems = check_text(evidence, LONGEST, "evidence")
    if type(value_milli) is not int or not 0 <= value_milli <= WHOLE:
        problems.append(Problem("value", N_("The value has to be between 0 and 100 %%."), "value"))
    if not evidence.strip():
        problems.append(Problem("no-evidence", N_("A value needs its evidence: which record says so?"), "evidence"))
    if is_personal(evidence):
        message = N_("Please leave phone and identity numbers out: the evidence is sent along with the sheet.")
        problems.append(Problem("personal", message, "evidence"))
    return problems


def is_personal(text: str) -> bool:
    """Return whether a text holds something that looks like a mobile or identity number, however it is spaced."""
    return bool(PERSONAL.search(re.sub(r"(?<=[0-9])[\s-]+(?=[0-9xX])", "", fold(text, " "))))
