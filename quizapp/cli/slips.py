"""A file of slips with one-time codes, made before the codes are, readable by its owner alone."""

import csv
import io
import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import segno
from flask import current_app
from markupsafe import Markup

from quizapp.cli.report import words
from quizapp.rules.errors import Conflict
from quizapp.rules.words import N_
from quizapp.services.people.codes import Slip

SHEET = Path(__file__).resolve().parent.parent / "static" / "css" / "slip_file.css"


class SlipFile:
    """Opens the file first, so that no code is made that cannot be written; without a path there is nothing to do."""

    def __init__(self, path: Path | None):
        """Take the path to write to, if any. Raises Conflict where it exists or ends neither with .html nor .csv."""
        self.path, self.file = path, None
        if path is not None and path.suffix.lower() not in (".html", ".csv"):
            raise Conflict(N_("Slips are written to a file that ends with .html or .csv."))

    def __enter__(self) -> "SlipFile":
        if self.path is not None:
            try:
                self.file = os.fdopen(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", newline="")
            except OSError as error:
                message = N_("The file %(path)s cannot be made: %(reason)s")
                raise Conflict(message, path=self.path, reason=error.strerror) from error
        return self

    def write(self, slips: list[Slip]) -> None:
        """Write the slips as the file's name says; without any the file does not stay."""
        if self.file is not None and slips:
            self.file.write(as_csv(slips) if self.path.suffix.lower() == ".csv" else as_html(slips))

    def __exit__(self, kind, error, trace) -> None:
        if self.file is not None:
            is_empty = self.file.tell() == 0
            self.file.close()
            if kind or is_empty:
                self.path.unlink()


def as_csv(slips: list[Slip]) -> str:
    """Return the slips as rows for a mail merge; every cell quoted, with the mark that spreadsheets look for."""
    rows = io.StringIO()
    table = csv.writer(rows, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(
        [words(head) for head in (N_("Unit"), N_("Name"), N_("Login name"), N_("One-time code"), N_("Good until"))]
    )
    table.writerows([slip.unit, slip.name, slip.login, slip.code, local(slip.until)] for slip in slips)
    return "\ufeff" + rows.getvalue()


def as_html(slips: list[Slip]) -> str:
    """Return the slips as a page to print; with a public address, each with its QR code."""
    public = current_app.extensions["settings"].public_url.rstrip("/")
    site = f"{public}/sign-in" if public else ""
    template = current_app.jinja_env.get_template("people/slip_file.html")
    cards = [(slip, qr(f"{site}?login={slip.login}") if site else "") for slip in slips]
    return template.render(sheet=Markup(f"<style>\n{SHEET.read_text('utf-8')}</style>"), slips=cards, site=site)


def qr(text: str) -> Markup:
    """Return a QR code as markup."""
    return Markup(segno.make_qr(text, error="m").svg_inline(border=2, omitsize=True))


def local(moment: datetime) -> str:
    """Return a moment on the instance's wall clock."""
    zone = ZoneInfo(current_app.extensions["settings"].timezone)
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")
