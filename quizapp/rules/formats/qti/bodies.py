"""What an item of QTI shows of a question of each kind, what it declares to be right, and how it is scored.

Every function takes (question, make, name, points): `name` begins the names of its responses, and is RESPONSE where
the question is the whole item. It returns (declarations, body, processing).
"""

import re
from collections.abc import Callable

from quizapp.rules.formats.drafts import LETTERS
from quizapp.rules.formats.qti.elements import MATERIAL, PART
from quizapp.rules.formats.qti.making import condition, declaration, lines, mapping, option, scored, worth
from quizapp.rules.question_types import numerical

BLANK = re.compile(r"_{2,}")
WHOLE = "RESPONSE"
Made = tuple[str, str, str]


def choice(question: dict, make: Callable, name: str, points: float) -> Made:
    """Return a choice, or a statement as one between right and wrong."""
    if question["kind"] == "true_false":
        pairs, right = [("true", "正确"), ("false", "错误")], ["true" if question["answer"] else "false"]
    else:
        pairs, right = list(zip(LETTERS, question["options"], strict=False)), list(question["answer"])
    is_single = question["kind"] != "multiple_choice"
    declared = declaration(name, right, make, "single" if is_single else "multiple", "identifier")
    choices = "".join(make("simple-choice", option(text, make), identifier=one) for one, text in pairs)
    body = lines(question["stem"], make)
    most = 1 if is_single else 0
    body += make("choice-interaction", choices, response_identifier=name, shuffle="false", max_choices=most)
    whole = make("set-outcome-value", make("variable", "", identifier="MAXSCORE"), identifier="SCORE")
    earned = whole if name == WHOLE else scored(worth(points, make), make)
    return declared, body, condition(_is_right("match", name, make), earned, make)


def _is_right(test: str, name: str, make: Callable, **how) -> str:
    return make(test, make("variable", "", identifier=name) + make("correct", "", identifier=name), **how)


def entry(question: dict, make: Callable, name: str, points: float) -> Made:
    """Return a text with a field in each blank; fields of blanks that are not drawn stand below it."""
    answers, fields, mapped, declared = question["answer"], [], [], ""
    for number, texts in enumerate(answers, 1):
        own = name if len(answers) == 1 else f"{name}{number}"
        accepted = mapping(texts, points / len(answers), make)
        declared += declaration(own, texts[:1], make, "single", "string", accepted)
        fields.append(_field(own, make))
        mapped.append(make("map-response", "", identifier=own))
    processing = scored("".join(mapped), make)
    if len(BLANK.findall(question["stem"])) != len(fields):
        return declared, lines(question["stem"], make) + make("p", " ".join(fields)), processing
    left = iter(fields)
    return declared, BLANK.sub(lambda _: next(left), lines(question["stem"], make)), processing


def _field(name: str, make: Callable) -> str:
    return make("text-entry-interaction", "", response_identifier=name).strip()


def number(question: dict, make: Callable, name: str, points: float) -> Made:
    """Return a text with a field for a number: in the one blank that it draws, else in a line below it."""
    stem, field = question["stem"], _field(name, make)
    value, tolerance = (numerical.written(question["answer"][each]) for each in ("value", "tolerance"))
    is_drawn = BLANK.findall(stem) == ["____"] and stem.split("\n")[-1] != "____"
    body = lines(stem, make).replace("____", field) if is_drawn else lines(stem, make) + make("p", field)
    how = {"tolerance_mode": "absolute", "tolerance": f"{tolerance} {tolerance}"}
    how = how if tolerance != "0" else {"tolerance_mode": "exact"}
    processing = condition(_is_right("equal", name, make, **how), scored(worth(points, make), make), make)
    return declaration(name, [value], make, "single", "float"), body, processing


def pairs(question: dict, make: Callable, name: str, points: float) -> Made:
    """Return two sides to be matched, the right one in the order of its texts, every right pair worth its share."""
    made = [(left, right) for left, right in question["answer"] if left]
    rights = {text: f"R{place}" for place, text in enumerate(sorted({text for _, text in question["answer"]}), 1)}
    right = [f"L{place} {rights[text]}" for place, (_, text) in enumerate(made, 1)]
    declared = declaration(name, right, make, "multiple", "directedPair", mapping(right, points / len(made), make))
    sides = [[(f"L{place}", text) for place, (text, _) in enumerate(made, 1)],
             [(own, text) for text, own in rights.items()]]  # fmt: skip
    sets = ""
    for most, side in zip((1, 0), sides, strict=True):
        entries = [make("simple-associable-choice", option(text, make), identifier=own, match_max=most)
                   for own, text in side]  # fmt: skip
        sets += make("simple-match-set", "".join(entries))
    body = lines(question["stem"], make)
    body += make("match-interaction", sets, response_identifier=name, shuffle="true", max_associations=len(made))
    return declared, body, scored(make("map-response", "", identifier=name), make)


def order(question: dict, make: Callable, name: str, points: float) -> Made:
    """Return entries to be put in order, shown in the order of their texts, each worth its share at its place."""
    texts = question["answer"]
    shown = sorted(range(len(texts)), key=texts.__getitem__)
    own = {place: f"E{number}" for number, place in enumerate(shown, 1)}
    entries = "".join(make("simple-choice", option(texts[place], make), identifier=own[place]) for place in shown)
    body = lines(question["stem"], make)
    body += make("order-interaction", entries, response_identifier=name, shuffle="true")
    earned = scored(worth(points / len(texts), make), make)
    processing = ""
    for place in range(1, len(texts) + 1):
        both = [make("index", make(one, "", identifier=name), n=place) for one in ("variable", "correct")]
        processing += condition(make("match", "".join(both)), earned, make)
    right = [own[place] for place in range(len(texts))]
    return declaration(name, right, make, "ordered", "identifier"), body, processing


BODIES: dict[str, Callable] = {
    "single_choice": choice,
    "multiple_choice": choice,
    "true_false": choice,
    "fill_blank": entry,
    "numerical": number,
    "matching": pairs,
    "ordering": order,
}


def case(question: dict, make: Callable, points: float, explained: Callable[[str], str]) -> Made:
    """Return a material and the questions about it, each with its explanation and an equal share of the points."""
    declared = processing = ""
    body = make("div", lines(question["stem"], make), **{"class": MATERIAL})
    for place, part in enumerate(question["parts"], 1):
        share = points / len(question["parts"])
        own, shown, scoring = BODIES[part["kind"]](part, make, f"P{place}_{WHOLE}", share)
        body += make("div", shown + explained(part.get("explanation") or ""), **{"class": PART})
        declared, processing = declared + own, processing + scoring
    return declared, body, processing
