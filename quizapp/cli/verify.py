"""`quizapp verify`: the whole instance, also beside a running server."""

import click

from quizapp.cli.report import instance, json_option, print_json, say, words
from quizapp.cli.trust import head_option, key_option, read_heads, trusted_keys
from quizapp.rules.words import N_

COUNTED = {
    "references": N_("references"),
    "chains": N_("chains"),
    "sealed rows": N_("sealed rows"),
    "signed heads": N_("signed heads"),
    "sheets": N_("sheets"),
    "results": N_("results"),
    "boards": N_("rankings"),
    "receipts": N_("receipts"),
    "public keys": N_("public keys"),
    "received events": N_("received events"),
}


@click.command()
@key_option
@head_option
@click.option("--campaign", metavar="CAMPAIGN", help="The campaign that --head belongs to.")
@json_option
def verify(keys: tuple[str, ...], heads: tuple[str, ...], campaign: str | None, as_json: bool) -> None:
    """Check the database, every chain and signature, and mark every result again from its answers.

    Writes nothing and may run beside a server. Exits 1 when anything is wrong, and names where. Trusted is this
    instance's own key, and those given with --key.
    """
    from quizapp.services.verification import instance as checking

    if bool(heads) != bool(campaign):
        raise click.UsageError(words(N_("--head and --campaign are given together.")))
    held = {campaign: read_heads(heads)} if campaign else {}
    with instance():
        report = checking.verify(trusted_keys(keys), held)
    if as_json:
        problems = [
            {"area": one.area, "kind": one.kind, "where": one.where, "message": words(one.message, **one.params)}
            for one in report.findings
        ]
        print_json({"valid": not problems, "checked": report.checked, "problems": problems})
    else:
        for one in report.findings:
            click.echo(f"  ✗ {one.where}: {words(one.message, **one.params)}")
        told = ", ".join(f"{words(COUNTED[name])} {count}" for name, count in report.checked.items())
        say(N_("Checked: %(what)s."), what=told)
        say(N_("Something was changed or is damaged.") if report.findings else N_("Everything is whole."))
    if report.findings:
        raise SystemExit(1)
