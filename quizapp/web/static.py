"""Static files under an address that changes with their content, compressed once and kept in memory."""

import gzip
import hashlib
import mimetypes
from functools import lru_cache
from pathlib import Path

import brotli
from flask import Flask, Response, abort, request

from quizapp.web import scripts, stylesheets
from quizapp.web.access import PUBLIC, access

FOLDER = Path(__file__).resolve().parent.parent / "static"
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("application/manifest+json", ".webmanifest")


@lru_cache(maxsize=1)
def version() -> str:
    """Return a digest over all static files; relative imports between them stay in one version."""
    digest = hashlib.sha256()
    for path in sorted(path for path in FOLDER.rglob("*") if path.is_file()):
        digest.update(str(path.relative_to(FOLDER)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def worded(path: Path) -> bytes:
    """Return a file as it goes over the wire: sheets and scripts in one piece, without their remarks."""
    if path.suffix == ".css":
        return stylesheets.assembled(path).encode()
    if path.suffix == ".js":
        return scripts.assembled(path).encode()
    return path.read_bytes()


@lru_cache(maxsize=1)
def names() -> frozenset[str]:
    """Return the names of the files that there are; what is not among them is never looked for on the disk."""
    return frozenset(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file())


@lru_cache(maxsize=256)
def packed(name: str, encoding: str) -> bytes:
    """Return a file's bytes in one encoding; only for one of `names`, so that no stranger fills this memory."""
    data = worded(FOLDER / name)
    return {"br": brotli.compress, "gzip": gzip.compress}.get(encoding, bytes)(data)


def static_url(filename: str) -> str:
    """Return the address of a static file in its present version."""
    return f"/static/{version()}/{filename}"


def reply(name: str, cache: str) -> Response:
    """Return a static file in the best encoding the caller takes."""
    if name not in names():
        abort(404)
    text = not name.endswith((".png", ".ico", ".woff2"))
    encoding = request.accept_encodings.best_match(["br", "gzip"]) if text else None
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = Response(packed(name, encoding or ""), content_type=kind)
    if response.mimetype.startswith("text/"):
        response.headers["Content-Type"] = f"{response.mimetype}; charset=utf-8"
    response.headers["Cache-Control"] = cache
    response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    return response


def register(app: Flask) -> None:
    """Serve /static/<version>/…; an older page's version gets today's file, but may not keep it."""

    @app.get("/static/<asked>/<path:filename>", endpoint="static")
    @access(PUBLIC)
    def file(asked: str, filename: str):
        fresh = asked == version()
        return reply(filename, "public, max-age=31536000, immutable" if fresh else "no-cache")

    @app.get("/sw.js", endpoint="service_worker")
    @access(PUBLIC)
    def service_worker():
        return reply("sw.js", "no-cache")

    app.url_default_functions.setdefault(None, []).append(
        lambda endpoint, values: values.setdefault("asked", version()) if endpoint == "static" else None
    )
