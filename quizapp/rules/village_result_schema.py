"""The JSON Schema of what a receiver is sent; fields may be added later, none is renamed or dropped."""

from quizapp.rules.village_result import TYPE, VERSION

TEXT = {"type": "string", "minLength": 1}
SHARE = {"type": "number", "minimum": 0, "maximum": 1, "multipleOf": 0.001}
POINTS = {"type": "number", "minimum": 0, "maximum": 100, "multipleOf": 0.001}
COUNT = {"type": "integer", "minimum": 0}
MOMENT = {"type": "string", "format": "date-time"}


def _object(properties: dict, optional: tuple[str, ...] = ()) -> dict:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


INDICATOR = _object(
    {
        "code": TEXT,
        "name": TEXT,
        "value": {**SHARE, "description": "share of 1; absent while there is no figure (state not_yet)"},
        "target": SHARE,
        "weight": {**POINTS, "description": "points by the policy; all weights add up to 100"},
        "effective_weight": {**POINTS, "description": "points once the weight of figures not there yet is spread"},
        "points": {**POINTS, "description": "effective weight times min(1, value / target), rounded halves up"},
        "state": {"enum": ["ok", "below", "not_yet"]},
        "evidence": {"type": "object", "description": "counts, points in thousandths (…_milli) and texts behind it"},
    },
    optional=("value",),
)
SEAL = _object(
    {
        "head": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "count": COUNT,
        "key_id": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
        "signature": TEXT,
        "time": MOMENT,
    }
)
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "village-result.v1.json",
    "title": "A published village result",
    "description": "Sent as canonical JSON (RFC 8785) with Standard Webhooks headers; webhook-id is the event id. "
    "A receiver answers 2xx, optionally with {received, digest} where digest is SHA-256 of the body in hexadecimal. "
    "The same event may come more than once; it is applied once. A later revision of a unit replaces earlier ones.",
    **_object(
        {
            "type": {"const": TYPE},
            "version": {"const": VERSION},
            "event_id": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"},
            "campaign": TEXT,
            "campaign_title": TEXT,
            "township": {**TEXT, "description": "the township's code"},
            "township_name": TEXT,
            "unit": _object({"code": TEXT, "name": TEXT, "kind": {"enum": ["village", "community"]}}),
            "revision": {"type": "integer", "minimum": 1},
            "supersedes": {"type": ["string", "null"], "description": "event id of the revision that this replaces"},
            "published_at": MOMENT,
            "indicators": {"type": "array", "items": INDICATOR, "minItems": 1},
            "total": {**POINTS, "description": "the sum of the points"},
            "rank": {"type": "integer", "minimum": 1, "description": "equals share a rank; absent without any figure"},
            "of": {"type": "integer", "minimum": 1},
            "roster": _object({"date": {"type": "string", "format": "date"}, "size": COUNT, "excused": COUNT,
                               "counted": COUNT}),
            "seal": {**SEAL, "description": "the end of the campaign's chain; the Ed25519 signature is over the "
                     "canonical JSON of campaign, count, head, key_id and time"},
        },
        optional=("rank",),
    ),
}  # fmt: skip
