"""What can go wrong with a delivery: kept as a code with one detail, told in a sentence."""

from quizapp.rules.words import N_

SENTENCES = {
    "no-connection": N_("The receiver cannot be reached (%(detail)s)."),
    "no-answer": N_("The receiver did not answer in time."),
    "broken-off": N_("The connection broke off before the receiver had answered (%(detail)s)."),
    "answered": N_("The receiver refused it with the answer %(detail)s."),
    "something-else": N_("The receiver says that it holds something else."),
    "no-secret": N_("The secret shared with this receiver is missing or damaged (%(detail)s)."),
    "receiver-address": N_("The receiver's address is not among the allowed ones."),
    "unverified": N_("The embedded receiver does not believe the signature."),
    "unusable": N_("The embedded receiver cannot use this sheet."),
    "internal": N_("Something went wrong on our side (%(detail)s)."),
}


def describe(trouble: str) -> tuple[str, dict]:
    """Return the marked sentence and its params for a trouble as it is kept, "code" or "code detail"."""
    code, _, detail = trouble.partition(" ")
    return (SENTENCES[code], {"detail": detail}) if code in SENTENCES else ("%(detail)s", {"detail": trouble})
