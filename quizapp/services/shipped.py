"""The subjects that come with the product: every folder of question_banks/ with a bank.toml."""

import tomllib
from datetime import datetime
from pathlib import Path

from quizapp.config import PROJECT
from quizapp.services.banks.importing import import_bank
from quizapp.services.handbooks.importing import import_edition
from quizapp.services.readers.fence import run_fenced

FOLDER = PROJECT / "question_banks"


def subjects() -> list[tuple[Path, dict]]:
    """Return each subject's folder and what its bank.toml says, by name."""
    return [(path.parent, tomllib.loads(path.read_text("utf-8"))) for path in sorted(FOLDER.glob("*/bank.toml"))]


def load(unit_id: int, now: datetime) -> tuple[list[str], list[str]]:
    """Take every shipped subject in, its banks kept by a unit; returns the short names of handbooks and banks."""
    handbooks, banks = [], []
    for folder, subject in subjects():
        for name in subject["handbooks"]:
            handbooks.append(import_edition(None, run_fenced("handbook", folder / name), now).slug)
        for name in subject["banks"]:
            banks.append(import_bank(None, unit_id, run_fenced("bank", folder / name), now).slug)
    return list(dict.fromkeys(handbooks)), banks
