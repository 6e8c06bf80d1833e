"""`quizapp evaluation`: show a campaign's villages, publish them, export the chain, check an export anywhere."""

from pathlib import Path

import click

from quizapp.cli.report import instance, json_option, print_json, say, words
from quizapp.cli.trust import head_option, key_option, trusted_keys
from quizapp.rules.words import N_


@click.group()
def evaluation() -> None:
    """Village evaluation: show, publish, export, verify."""


@evaluation.command()
@click.argument("campaign_id", metavar="CAMPAIGN")
@json_option
def show(campaign_id: str, as_json: bool) -> None:
    """Show every village of CAMPAIGN with its place, total and indicators as they stand now."""
    from quizapp.services.evaluation import plain

    with instance() as now:
        board = plain.board(campaign_id, now)
    if as_json:
        print_json(board)
        return
    click.echo(f"{board['title']}  {board['township']['name']}")
    for row in board["rows"]:
        points = "  ".join(f"{one['code']} {one['points'] if 'value' in one else '–'}" for one in row["indicators"])
        unit = row["unit"]
        click.echo(f"{row['rank'] or '–':>4}  {row['total']:>7}  {unit['code']}  {unit['name']}  {points}")
    say(N_("Published: revision %(revision)s.") if "revision" in board else N_("Not published yet."),
        revision=board.get("revision", ""))  # fmt: skip


@evaluation.command()
@click.argument("campaign_id", metavar="CAMPAIGN")
@json_option
def publish(campaign_id: str, as_json: bool) -> None:
    """Publish CAMPAIGN: seal its results, and put a sheet on its way for every village whose figures are new.

    Refuses while an exam that counts is open. Again without a change it does nothing.
    """
    from quizapp.services.evaluation import publishing

    with instance() as now:
        done = publishing.publish(None, campaign_id, now)
    if as_json:
        print_json(done)
        return
    say(N_("Sheets: %(sheets)s, results sealed: %(results)s, revision %(revision)s."), sheets=len(done.units),
        results=done.results_sealed, revision=done.revision)  # fmt: skip
    say(N_("Head of the chain after %(count)s rows: %(head)s"), count=done.seal["count"], head=done.seal["head"])


@evaluation.command()
@click.argument("campaign_id", metavar="CAMPAIGN")
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@json_option
def export(campaign_id: str, file: Path, as_json: bool) -> None:
    """Write the chain of CAMPAIGN to FILE: sealed rows, signed heads, public keys, published sheets."""
    from quizapp.services.evaluation import exporting

    with instance():
        raw, told = exporting.export_text(campaign_id)
    file.write_bytes(raw)
    if as_json:
        print_json({**told, "file": str(file)})
    else:
        say(N_("%(rows)s rows and %(sheets)s sheets are in %(file)s."), **told, file=str(file))


@evaluation.command()
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@key_option
@head_option
@json_option
def verify(file: Path, keys: tuple[str, ...], heads: tuple[str, ...], as_json: bool) -> None:
    """Check an exported chain by itself: no instance, no database, no network.

    Exits 1 at the first sign of damage and names the first row that cannot be trusted. Without --key the file is
    only held against the key that it brings.
    """
    from quizapp.cli.trust import read_heads
    from quizapp.rules import chain_check, chain_file

    chain = chain_file.read(file.read_bytes())
    findings = chain_check.check(chain, trusted_keys(keys) or chain_file.own_keys(chain), read_heads(heads))
    last = max(chain.heads, key=lambda one: one.count, default=None)
    if as_json:
        problems = [
            {"kind": one.kind, "index": one.index, "message": words(one.message, **one.params)} for one in findings
        ]
        print_json({"valid": not findings, "campaign": chain.campaign.id, "rows": len(chain.rows),
                    "sheets": len(chain.sheets), "head": last and last.head, "key_id": last and last.key_id,
                    "key_is_own": not keys, "problems": problems})  # fmt: skip
    else:
        for one in findings:
            click.echo(f"  ✗ {words(one.message, **one.params)}")
        _conclude(chain, findings, last, keys)
    if findings:
        raise SystemExit(1)


def _conclude(chain, findings: list, last, keys: tuple[str, ...]) -> None:
    if findings:
        say(N_("This chain is damaged; the first row that cannot be trusted is %(index)s."),
            index=min(one.index for one in findings))  # fmt: skip
        return
    say(N_("Whole: %(rows)s rows, %(sheets)s sheets."), rows=len(chain.rows), sheets=len(chain.sheets))
    if last is not None:
        say(N_("Head after %(count)s rows: %(head)s"), count=last.count, head=last.head)
    if not keys and last is not None:
        say(N_("Checked against the key %(key)s that the file itself brings; compare it with a printed sheet, "
               "or give the township's key with --key."), key=last.key_id)  # fmt: skip
