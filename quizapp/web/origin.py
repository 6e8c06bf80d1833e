"""Unsafe requests come from our own pages: one that another site's page sends is refused, whatever token it carries."""

from urllib.parse import urlsplit

from flask import Flask, request

from quizapp.rules.errors import NotAllowed
from quizapp.rules.words import N_

SAFE = ("GET", "HEAD", "OPTIONS")


def host_of(address: str) -> str | None:
    """Return the host's name in an address, without its port, which proxies like to lose; None where there is none."""
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def register(app: Flask) -> None:
    """Hold `Origin`, which browsers send with every unsafe request and programs leave out, against our own address."""
    public = host_of(app.extensions["settings"].public_url)

    @app.before_request
    def own_pages_only():
        origin = request.headers.get("Origin")
        if origin is None or request.method in SAFE:
            return
        if host_of(origin) is None or host_of(origin) not in (public, host_of(f"//{request.host}")):
            raise NotAllowed(N_("This request was sent by a page of another site. Nothing was changed."))
