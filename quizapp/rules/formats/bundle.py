"""Several files in one archive: their documents joined into one, every place with the name of its file before it."""

import re

from quizapp.rules.words import N_

NAME = N_("Archive of several files")


KEY = re.compile(
    r"(?P<of>.*?)[\s_（(\[—–-]{0,3}(?:参考|标准|正确|的)?(?:答案|answers?|key)(?:页|卷|表)?(?:[及与和]?解析)?[)）\]]?",
    re.IGNORECASE,
)
STRUCTURE = {"no-questions", "other-xml", "items-elsewhere"}  # problems of such files when they come alone
MISSING = N_("The package names a file that is not in it: %(name)s. Please export it again, or get that file.")
UNUSED = N_("No question shows this picture, so it stays behind.")
PICTURE = re.compile(r"\.(?:png|jpe?g|jfif|gif|bmp|webp|tiff?|emf|wmf|svg|ico|heic)$", re.IGNORECASE)
TWICE = re.compile(r"(?:.*/)?non_cc_assessments/(?P<of>[^/]+)\.xml\.qti")  # a quiz again, whole
PAPER = re.compile(r"[\s_（(—–-]{0,3}(?:试题|题目|试卷|问题|题)[)）]?$")


def keys_of(names: list[str]) -> dict[str, str]:
    """Return which of several files is the answer key of which, by their names: 甲卷.docx and 甲卷答案.docx.

    A file that is called nothing but 答案 is that of the only other one in its folder.
    """
    parted = {name: _parted(name) for name in names}
    keys = {name: found["of"] for name, (_, stem) in parted.items() if (found := KEY.fullmatch(stem))}
    papers = {name: part for name, part in parted.items() if name not in keys}
    found: dict[str, str] = {}
    for name, of in keys.items():
        beside = [one for one, (folder, _) in papers.items() if folder == parted[name][0]]
        named = [one for one in beside if papers[one][1] == of or PAPER.sub("", papers[one][1]) == PAPER.sub("", of)]
        chosen = named if of else beside
        if len(chosen) == 1:
            found.setdefault(chosen[0], name)
    return found


def _parted(name: str) -> tuple[str, str]:
    folder, _, last = name.replace("\\", "/").rpartition("/")
    return folder, (last.rpartition(".")[0] or last).strip()


def answered(document: dict) -> int:
    """Return how many questions of a document have an answer."""
    return sum(question["answer"] is not None for question in document["questions"])


def in_order(documents: dict[str, dict], named: list[str]) -> dict[str, dict]:
    """Return documents as a manifest names them; those that it does not name follow."""
    return {name: documents[name] for name in [*named, *documents] if name in documents}


def missing(names: list[str]) -> dict:
    """Return the document of a manifest that names files which are not there."""
    found = [unreadable("missing-file", MISSING, "1", {"name": name[:120]}) for name in names]
    return {**found[0], "problems": [problem for one in found for problem in one["problems"]]}


def of_package(documents: dict[str, dict]) -> dict[str, dict]:
    """Return the documents of a content package: a file without questions, beside others that have them, is structure.

    One that names more questions than there are keeps saying so.
    """
    fuller = {found["of"]: one for name, one in documents.items() if (found := TWICE.fullmatch(name))}
    for name, one in documents.items():
        other = fuller.get(name.rpartition("/")[0].rpartition("/")[2])
        if other and 0 < len(one["questions"]) <= len(other["questions"]):
            documents = {**documents, name: {**as_structure(one), "questions": []}}
    count = sum(len(one["questions"]) for one in documents.values())
    if not count:
        return documents
    return {name: as_structure(one) if _is_structure(one, count) else one for name, one in documents.items()}


def _is_structure(document: dict, count: int) -> bool:
    missing = any(one["params"].get("count", 0) > count for one in document["problems"])
    return {one["code"] for one in document["problems"]} <= STRUCTURE and not document["questions"] and not missing


def as_structure(document: dict) -> dict:
    """Return the document of a file that is in an archive for the others' sake."""
    ignored = document["ignored"] or [{"from": 1, "to": 1, "reason": "structure"}]
    return {**document, "problems": [], "ignored": ignored}


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
            | ({"keyed": [f"{name}!{place}" for place in question["keyed"]]} if "keyed" in question else {})
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


def says_everything(document: dict) -> bool:
    """Return whether what a document leaves out is to go: it is in the house format, pictures beside it or not."""
    files = document.get("habit", {}).get("files", {}).values()
    return ({one["format"] for one in files} or {document.get("format")}) == {"markdown"}


def without_lone_pictures(documents: dict[str, dict]) -> dict[str, dict]:
    """Return documents where a picture that nothing shows is worth a note; it is in nobody's way where others ask."""
    if not any(one["questions"] for one in documents.values()):
        return documents
    lone = {name for name, one in documents.items() if PICTURE.search(name) and not one["questions"]}
    note = unreadable("picture-unused", UNUSED, "", {}, "warning")
    return {name: note if name in lone else one for name, one in documents.items()}


def unreadable(code: str, message: str, place: str, params: dict, severity: str = "error") -> dict:
    """Return the document of a file that cannot be read: nothing but that problem."""
    problem = {"code": code, "message": message, "place": place, "params": params, "severity": severity}
    return {"format": None, "habit": {}, "front_matter": {}, "questions": [], "problems": [problem], "ignored": []}


def _span(name: str, span: dict) -> dict:
    return {"from": f"{name}!{span['from']}", "to": f"{name}!{span['to']}"}


def _placed(name: str, problems: list[dict]) -> list[dict]:
    return [{**one, "place": f"{name}!{one['place']}" if one["place"] else name} for one in problems]
