"""Everything that is wrong with an exported chain, found without any server."""

import json
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from quizapp.rules import seal, village_result
from quizapp.rules.chain_file import ChainFile
from quizapp.rules.words import N_

SENTENCES = {  # kind of damage -> what it means; %(index)s is the row's number, counted from 0
    "altered": N_("Row %(index)s was altered: it does not fit its hash any more."),
    "deleted": N_("Before row %(index)s something was taken out."),
    "inserted": N_("Row %(index)s was put in; no signed head covers it."),
    "reordered": N_("From row %(index)s on the rows are not in the order that was sealed."),
    "tail_cut": N_("The rows from %(index)s on are missing."),
    "rewritten": N_("Rows were replaced together with their hashes, from row %(index)s on at the earliest."),
    "signature": N_("The signature of the head after %(index)s rows does not fit."),
    "unknown_key": N_("The head after %(index)s rows was signed with a key that is not trusted here: %(key)s."),
    "no_head": N_("There are rows, but no signed head covers them."),
    "sheet_altered": N_("The sheet in row %(index)s (%(unit)s, revision %(revision)s) is not the one that was sealed."),
    "sheet_missing": N_("The sheet sealed in row %(index)s (%(unit)s, revision %(revision)s) is missing."),
    "sheet_unsealed": N_("The sheet %(event)s stands in no sealed row."),
    "sheet_seal": N_("The seal on the sheet %(event)s is none of the signed heads."),
}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: its kind, a marked sentence with params, and the first row that cannot be trusted."""

    kind: str
    index: int
    params: dict = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The sentence of the kind."""
        return SENTENCES[self.kind]


def check(file: ChainFile, trusted: dict[str, Ed25519PublicKey], held: list[dict] = ()) -> list[Finding]:
    """Return what is wrong with a chain, the signatures first, then the rows, then the sheets; nothing: it is whole.

    `held` are ends of the chain that others kept (`{"count", "head"}`, from a print or a receiver): against
    somebody who owns the key, they are all there is.
    """
    findings = _check_heads(file, trusted)
    ends = sorted(({"count": one.count, "head": one.head} for one in file.heads), key=lambda end: end["count"])
    if not ends:
        return [*findings, Finding("no_head", 0)] if file.rows else findings
    links = [seal.Link(one.row, one.hash) for one in file.rows]
    damage = seal.verify_chain(links, ends[-1], [*ends[:-1], *held])
    if damage:
        findings.append(Finding(damage.kind, damage.index, {"index": damage.index}))
    return findings + _check_sheets(file)


def _check_heads(file: ChainFile, trusted: dict[str, Ed25519PublicKey]) -> list[Finding]:
    findings = []
    for one in file.heads:
        told = {"index": one.count, "key": one.key_id}
        if one.key_id not in trusted:
            findings.append(Finding("unknown_key", one.count, told))
        elif one.campaign != file.campaign.id or not seal.verify_head(
            one.statement(), one.signature, trusted[one.key_id]
        ):
            findings.append(Finding("signature", one.count, told))
    return findings


def _check_sheets(file: ChainFile) -> list[Finding]:
    """Hold every sheet against the row that seals it, and its seal against the signed heads."""
    sealed = _sealed_sheets(file)
    heads = {(one.count, one.head, one.key_id, one.signature) for one in file.heads}
    findings, seen = [], set()
    for text in file.sheets:
        published = _as_dict(text)
        event = str(published.get("event_id"))
        index, row = sealed.get(event, (0, None))
        if row is None:
            findings.append(Finding("sheet_unsealed", 0, {"event": event}))
            continue
        seen.add(event)
        if _digest(published, text) != row.get("digest"):
            findings.append(Finding("sheet_altered", index, _told(index, row)))
        elif _seal_of(published) not in heads:
            findings.append(Finding("sheet_seal", index, {"event": event}))
    missing = [(index, row) for event, (index, row) in sealed.items() if event not in seen]
    return findings + [Finding("sheet_missing", index, _told(index, row)) for index, row in missing]


def _told(index: int, row: dict) -> dict:
    return {"index": index, "unit": row.get("unit", ""), "revision": row.get("revision", "")}


def _sealed_sheets(file: ChainFile) -> dict[str, tuple[int, dict]]:
    rows = ((index, _as_dict(one.row)) for index, one in enumerate(file.rows))
    return {str(row.get("event_id")): (index, row) for index, row in rows if row.get("kind") == "sheet"}


def _as_dict(text: str) -> dict:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _digest(published: dict, text: str) -> str:
    """Return the digest of a sheet; none where the text is not the one right spelling of what it says."""
    try:
        return village_result.digest(published) if village_result.to_text(published) == text else ""
    except (ValueError, RecursionError):
        return ""


def _seal_of(published: dict) -> tuple:
    stated = published.get("seal")
    stated = stated if isinstance(stated, dict) else {}
    return tuple(stated.get(name) for name in ("count", "head", "key_id", "signature"))
