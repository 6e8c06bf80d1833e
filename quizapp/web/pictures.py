"""Pictures in questions; their addresses are digests, which nobody guesses and which never mean another picture."""

from flask import Blueprint, Response

from quizapp.services.banks import pictures
from quizapp.web.access import SIGNED_IN, access, actor

blueprint = Blueprint("pictures", __name__)


@blueprint.get("/pictures/<digest>")
@access(SIGNED_IN)
def picture(digest: str):
    found = pictures.get(actor(), digest)
    reply = Response(found.data, content_type=f"image/{found.kind}")
    reply.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return reply
