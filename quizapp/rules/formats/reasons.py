"""Why a line of a file was left out, in words."""

from quizapp.rules.words import N_

REASONS = {
    "heading": N_("headings"),
    "front-matter": N_("head of the file"),
    "title": N_("title"),
    "preamble": N_("preamble"),
    "table-of-contents": N_("table of contents"),
    "ruler": N_("rulers"),
    "comment": N_("comments"),
    "page-number": N_("page numbers"),
    "page-button": N_("buttons of a web page"),
    "signature": N_("signature"),
    "annex": N_("annex"),
    "example": N_("examples"),
    "invisible": N_("invisible characters"),
    "after-the-end": N_("after the end"),
    "answer-key": N_("answer key"),
    "answer-sheet": N_("head of a printed paper"),
    "instruction": N_("instructions"),
    "material": N_("shared material"),
    "repeated-line": N_("repeated lines"),
    "score": N_("scores earned"),
    "structure": N_("brackets and names around the questions"),
    "markup": N_("markup without words"),
    "no-table": N_("sheets without a table of questions"),
}
