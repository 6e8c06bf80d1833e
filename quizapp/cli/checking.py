"""`check` for any kind of file: read behind the fence, told as a report or as one JSON document."""

import os
import sys
from pathlib import Path

import click

from quizapp.cli.report import plural, print_json, problem_line, words
from quizapp.rules.errors import Invalid, Problem
from quizapp.rules.formats import places
from quizapp.rules.formats.reasons import REASONS
from quizapp.rules.words import N_

files_argument = click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False)
)


def check(kind: str, files: tuple[str, ...], options: dict, as_json: bool, summary, keys: dict | None = None) -> None:
    """Read every file as `kind`, print what was found, and exit 1 if any of it needs a person.

    `summary(document)` is the line that says how much was found; `keys` names the answer key of a file among them.
    """
    documents = [document_of(kind, file, wishes) for file, wishes in with_keys(files, options, keys or {})]
    if as_json:
        told = [in_words(document) for document in documents]
        print_json(told[0] if len(told) == 1 else told)
    else:
        for index, document in enumerate(documents):
            click.echo(("\n" if index else "") + report(document, summary))
    if any(all_problems(document) for document in documents):
        sys.exit(1)


def with_keys(files: tuple[str, ...], options: dict, keys: dict[str, str]) -> list[tuple[str, dict]]:
    """Return each file that is no answer key, with the wishes that go with it."""
    return [(file, {**options, "answers": keys.get(file) or options.get("answers")})
            for file in files if file not in keys.values()]  # fmt: skip


def readable(kind: str, file: str, options: dict | None = None) -> dict:
    """Return the document of a file that is to be taken in. Raises Invalid where it cannot be read."""
    document = document_of(kind, file, options or {})
    if document["encoding"] is None:
        raise Invalid([Problem(**problem) for problem in document["problems"]])
    return document


def document_of(kind: str, file: str, options: dict) -> dict:
    """Return the document of one file; one that cannot be read has a document with nothing but that problem."""
    from quizapp.services.readers import Unreadable
    from quizapp.services.readers.fence import run_fenced

    shown = os.fsencode(file).decode("utf-8", "replace")
    try:
        wishes = {name: value for name, value in options.items() if name != "answers"}
        beside = options.get("answers")
        return {"file": shown, **run_fenced(kind, file, {**wishes, "name": Path(file).name}, beside)}
    except Unreadable as refused:
        problem = {
            "code": refused.code,
            "message": refused.message,
            "place": refused.place,
            "params": refused.params,
            "severity": "error",
        }
    except OSError as error:
        message = N_("The file cannot be opened: %(reason)s")
        problem = {
            "code": "not-opened",
            "message": message,
            "place": "",
            "params": {"reason": error.strerror},
            "severity": "error",
        }
    empty = {"articles": []} if kind == "handbook" else {"format": None, "habit": None, "questions": []}
    return {"file": shown, "encoding": None, **empty, "problems": [problem], "ignored": []}


def all_problems(document: dict) -> list[dict]:
    """Return the problems of a document and of its questions, by line."""
    found = document["problems"] + [one for question in document.get("questions", []) for one in question["problems"]]
    return sorted(found, key=lambda one: int(one["place"]) if one["place"].isdigit() else 0)


def in_words(document: dict) -> dict:
    """Return the document with every problem said in the operator's language."""
    told = {**document, "problems": [_said(one) for one in document["problems"]]}
    if "questions" in document:
        told["questions"] = [
            {**question, "problems": [_said(one) for one in question["problems"]]} for question in document["questions"]
        ]
    return told


def _said(problem: dict) -> dict:
    return {
        "code": problem["code"],
        "message": words(problem["message"], **problem["params"]),
        "place": problem["place"],
        "severity": problem["severity"],
    }


def report(document: dict, summary) -> str:
    """Return what was found in a file: a line that sums it up, and every problem with its place."""
    problems = all_problems(document)
    is_read = document["encoding"] is not None
    lines = [f"{document['file']}: {summary(document)}" if is_read else document["file"] + ":"]
    if is_read:
        lines.append("  " + _left_out(document))
        repaired = sum(document.get("repaired", {}).values())
        if repaired:
            told = N_("Characters that only looked right and were mended: %(count)s")
            lines.append("  " + words(told, count=repaired))
    name = document.get("format")
    lines += [
        problem_line(one["code"], one["message"], _place(first, last, name), one["params"], one["severity"])
        for one, first, last in _runs(problems)
    ]
    lines.append("  " + _verdict(problems))
    return "\n".join(lines)


def _left_out(document: dict) -> str:
    counts: dict[str, int] = {}
    for one in document["ignored"]:
        counts[one["reason"]] = counts.get(one["reason"], 0) + places.count(one)
    told = " · ".join(f"{words(REASONS.get(reason, reason))} {count}" for reason, count in counts.items())
    in_paragraphs, in_lines = N_("Paragraphs left out: %(told)s"), N_("Lines left out: %(told)s")
    return words(in_paragraphs if document.get("format") == "docx" else in_lines, told=told or "0")


def _runs(problems: list[dict]) -> list[tuple[dict, str, str]]:
    """Return the problems with first and last place; the same one on lines in a row is told once."""
    runs: list[list] = []
    for one in problems:
        last = runs[-1] if runs else None
        if (
            last
            and (last[0]["code"], last[0]["params"]) == (one["code"], one["params"])
            and one["place"].isdigit()
            and last[2].isdigit()
            and int(one["place"]) == int(last[2]) + 1
        ):
            last[2] = one["place"]
        else:
            runs.append([one, one["place"], one["place"]])
    return [tuple(run) for run in runs]


def _place(first: str, last: str, name: str | None) -> str:
    return places.in_words(first, last, name, words)


def _verdict(problems: list[dict]) -> str:
    if not problems:
        return words(N_("No problem found."))
    errors = sum(one["severity"] == "error" for one in problems)
    told = plural(N_("%(count)s problem"), N_("%(count)s problems"), len(problems))
    if not errors:
        return words(N_("%(told)s to look at; the file can be imported."), told=told)
    return words(N_("%(told)s, of which %(errors)s must be mended before an import."), told=told, errors=errors)
