"""`quizapp deliveries`: what is on its way, and sending it now."""

import click

from quizapp.cli.report import instance, json_option, print_json, words
from quizapp.rules.words import N_

STATES = {"pending": N_("On its way"), "failing": N_("Failing"), "delivered": N_("Delivered and acknowledged")}


@click.group()
def deliveries() -> None:
    """Sheets on their way to receivers."""


@deliveries.command("list")
@json_option
def list_deliveries(as_json: bool) -> None:
    """List every delivery, newest first."""
    from quizapp.services.deliveries import lines

    with instance():
        show(lines.list_lines(None), as_json)


@deliveries.command()
@json_option
def send(as_json: bool) -> None:
    """Send everything that has not arrived yet now, whatever it waits for; then list every delivery."""
    from quizapp.services.deliveries import lines, queue, sending

    with instance() as now:
        queue.resend_all(now)
        sending.deliver_due(now, budget_seconds=3600)
        show(lines.list_lines(None), as_json)


def show(rows: list, as_json: bool) -> None:
    """Print deliveries as lines, or as the document of the contract."""
    from quizapp.rules.delivery_troubles import describe

    if as_json:
        print_json({"items": [plain(line) for line in rows]})
        return
    for line in rows:
        message, params = describe(line.last_error) if line.last_error else ("", {})
        click.echo(f"{line.id}  {line.unit}  r{line.revision}  {line.receiver}  {words(STATES[line.state])}"
                   f"  {line.attempts}  {words(message, **params)}".rstrip())  # fmt: skip


def plain(line) -> dict:
    """Return a delivery as the contract names its fields."""
    return {
        "id": line.id,
        "unit": line.unit_code,
        "unit_name": line.unit,
        "campaign": line.campaign_id,
        "receiver": line.receiver_slug,
        "revision": line.revision,
        "state": line.state,
        "attempts": line.attempts,
        "last_error": line.last_error,
    }
