"""Several files in one archive: their documents joined into one, every place with the name of its file before it."""

from quizapp.rules.words import N_

NAME = N_("Archive of several files")


def joined(documents: list[tuple[str, dict]]) -> dict:
    """Return one document of those of the files in an archive, in their order."""
    whole = {
        "habit": {"layout": "archive", "files": {}},
        "front_matter": {},
        "questions": [],
        "problems": [],
        "ignored": [],
    }
    for name, one in documents:
        whole["habit"]["files"][name] = {"format": one["format"], **one["habit"]}
        whole["front_matter"] = whole["front_matter"] or one["front_matter"]
        whole["questions"] += [
            {**question, "source": _span(name, question["source"]), "problems": _placed(name, question["problems"])}
            for question in one["questions"]
        ]
        whole["problems"] += _placed(name, one["problems"])
        whole["ignored"] += [{**span, **_span(name, span)} for span in one["ignored"]]
        for what, count in one.get("repaired", {}).items():
            counts = whole.setdefault("repaired", {})
            counts[what] = counts.get(what, 0) + count
        if "pictures" in one:
            whole.setdefault("pictures", {}).update(one["pictures"])
        if "source" in one:
            whole.setdefault("source", []).extend([f"{name}!{place}", text] for place, text in one["source"])
    return whole


def unreadable(code: str, message: str, place: str, params: dict) -> dict:
    """Return the document of a file that cannot be read: nothing but that problem."""
    problem = {"code": code, "message": message, "place": place, "params": params, "severity": "error"}
    return {"format": None, "habit": {}, "front_matter": {}, "questions": [], "problems": [problem], "ignored": []}


def _span(name: str, span: dict) -> dict:
    return {"from": f"{name}!{span['from']}", "to": f"{name}!{span['to']}"}


def _placed(name: str, problems: list[dict]) -> list[dict]:
    return [{**one, "place": f"{name}!{one['place']}" if one["place"] else name} for one in problems]
