"""`quizapp ready`: is it safe to go, in the shell."""

from dataclasses import asdict
from datetime import datetime

import click

from quizapp.cli.report import instance, json_option, print_json, say, words
from quizapp.rules.clock import rfc3339

SIGNS = {"good": "✓", "watch": "!", "bad": "✗"}


@click.command()
@json_option
def ready(as_json: bool) -> None:
    """Say whether it is safe to open an exam, and what has to be put right first.

    Exits 1 while it is not safe.
    """
    from quizapp.services.safety import judging

    with instance() as now:
        verdict = judging.judge(None, now)
    if as_json:
        print_json({"state": verdict.state, "sentence": words(verdict.sentence),
                    "checks": [{**asdict(one), **_words(one)} for one in verdict.checks]})  # fmt: skip
    else:
        for one in verdict.checks:
            told = _words(one)
            click.echo(f"  {SIGNS[one.state]} {told['title']}: {told['said']} {told['advice']}".rstrip())
        say(verdict.sentence)
    if verdict.state == "bad":
        raise SystemExit(1)


def _words(check) -> dict:
    params = {name: rfc3339(value) if isinstance(value, datetime) else value for name, value in check.params.items()}
    return {
        "title": check.title if check.name == "exam" else words(check.title),
        "said": words(check.said, **params),
        "advice": words(check.advice, **params) if check.advice else "",
        "params": params,
    }
