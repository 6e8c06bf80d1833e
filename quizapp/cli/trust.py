"""Options by which the operator says what to trust: public keys, and ends of chains that others hold."""

import re

import click

from quizapp.rules.errors import Invalid, Problem
from quizapp.rules.words import N_

key_option = click.option("--key", "keys", metavar="PUBLIC", multiple=True,
                          help="A public key to trust (base64 of 32 bytes); may be given more than once.")  # fmt: skip
head_option = click.option("--head", "heads", metavar="COUNT:HASH", multiple=True,
                           help="An end of the chain that somebody holds, from a print or a receiver.")  # fmt: skip


def trusted_keys(texts: tuple[str, ...]) -> dict:
    """Return public keys by their ids. Raises Invalid for one that is none."""
    from quizapp.rules.chain_file import public_key
    from quizapp.rules.signing import key_id

    found = {}
    for text in texts:
        try:
            key = public_key(text)
        except ValueError:
            raise Invalid([Problem("key", N_("This is no public key."), text)]) from None
        found[key_id(key)] = key
    return found


def read_heads(texts: tuple[str, ...]) -> list[dict]:
    """Return ends of a chain from COUNT:HASH, spaces in the hash as a print groups it left out. Raises Invalid."""
    found = []
    for text in texts:
        match = re.fullmatch(r"([0-9]{1,9}):([0-9a-f]{64})", re.sub(r"\s", "", text.lower()))
        if match is None:
            message = N_("A head is the number of rows, a colon and 64 hexadecimal digits.")
            raise Invalid([Problem("head", message, text)])
        found.append({"count": int(match[1]), "head": match[2]})
    return found
