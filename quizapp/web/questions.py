"""Questions as the templates of their kinds take them, with their keys, and answers as a plain form sends them."""

from flask import request

from quizapp.services.faces import Face
from quizapp.web.frame import points_words

KEY_PARTS = ("blanks", "pairs", "order", "right")  # of an explained key, the part that its template takes


def key_words(key: dict | None):
    """Return an explained key as the templates take it; a number's comes whole, with its tolerance."""
    return None if key is None else next((key[name] for name in KEY_PARTS if name in key), key)


def shown(item) -> dict:
    """Return an item of a paper as the templates take it."""
    return {
        "slot": item.slot,
        "kind": item.kind,
        "stem_html": item.stem_html,
        "options": _sides(item.options),
        "right": _sides(item.right),
        "blanks": item.blanks,
        "points": item.points_milli / 1000 if item.points_milli % 1000 else item.points_milli // 1000,
        "section": item.section,
        "material_html": item.material[1] if item.material else "",
    }


def shown_in_turn(items) -> list[dict]:
    """Return the items of a paper one below the other: a material stands only above the first that shares it."""
    found, before = [], None
    for item in items:
        one = shown(item)
        if item.material and item.material == before:
            one["material_html"] = ""
        before = item.material
        found.append(one)
    return found


def shown_face(face: Face, slot: str, points_milli: int | None = None) -> dict:
    """Return a question outside a paper as the templates take it; a case holds its parts with their keys."""
    return {
        "slot": slot,
        "kind": face.kind,
        "stem_html": face.stem_html,
        "options": _sides(face.options),
        "right": _sides(face.right),
        "blanks": face.blanks,
        "points": None if points_milli is None else points_words(points_milli),
        "material_html": face.material_html,
        "parts": [
            {"item": shown_face(part, f"{slot}-{place}"), "key": key_words(part.key), "html": part.explanation_html}
            for place, part in enumerate(face.parts, 1)
        ],
    }


def _sides(pairs) -> list[dict]:
    return [{"id": identity, "html": html} for identity, html in pairs or []]


def form_value(item):
    """Return the plain form's answer in the shape that the API takes; nothing chosen clears."""
    if item.kind == "true_false":
        return {"true": True, "false": False}.get(request.form.get("value", ""))
    if item.kind == "numerical":
        return request.form.get("value", "").strip() or None
    if item.kind == "matching":
        chosen = {left: request.form.get(f"pair_{left}", "") for left, _ in item.options}
        return {left: right for left, right in chosen.items() if right} or None
    if item.kind == "ordering":
        return _order([(request.form.get(f"place_{one}", ""), one) for one, _ in item.options])
    if item.blanks is not None:
        texts = [request.form.get(f"text_{place}", "") for place in range(1, item.blanks + 1)]
        return texts if any(texts) else None
    return request.form.getlist("value") or None


def _order(places: list[tuple[str, str]]) -> list[str] | None:
    """Return the entries by their places; where two share one, or one has none, what is said of all is no order."""
    placed = {place: one for place, one in places if place}
    return [placed[place] for place in sorted(placed, key=lambda text: (len(text), text))] or None
