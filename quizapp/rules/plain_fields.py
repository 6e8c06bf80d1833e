"""Plain data from outside, such as a JSON file: fields of known names and shapes, every fault named with its place."""

from quizapp.rules.errors import Problem
from quizapp.rules.words import N_

TEXT, NUMBER, TRUTH, TEXTS, LIST, MAPPING = "text", "number", "truth", "texts", "list", "mapping"
SHAPES = {
    TEXT: (lambda value: isinstance(value, str), N_("This has to be a text.")),
    NUMBER: (lambda value: type(value) is int, N_("This has to be a whole number.")),
    TRUTH: (lambda value: isinstance(value, bool), N_("This has to be true or false.")),
    TEXTS: (
        lambda value: isinstance(value, list) and all(isinstance(one, str) for one in value),
        N_("This has to be a list of texts."),
    ),
    LIST: (lambda value: isinstance(value, list), N_("This has to be a list.")),
    MAPPING: (lambda value: isinstance(value, dict), N_("This has to be a set of named fields.")),
}


def check(plain, fields: dict[str, str], needed: tuple[str, ...]) -> list[Problem]:
    """Return what is wrong with plain data whose `fields` have these shapes; those of `needed` have to be there."""
    if not isinstance(plain, dict):
        return [Problem("shape", SHAPES[MAPPING][1])]
    unknown = [name for name in map(str, plain) if name not in fields]
    problems = [Problem("unknown-field", N_("There is no field of this name."), name) for name in unknown]
    problems += [Problem("missing-field", N_("This field is missing."), name) for name in needed if name not in plain]
    for name, shape in fields.items():
        fits, message = SHAPES[shape]
        if name in plain and not fits(plain[name]):
            problems.append(Problem("shape", message, name))
    return problems
