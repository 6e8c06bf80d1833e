"""Where sheets may be sent: an address is taken apart once, strictly, and held against the list of allowed places."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from quizapp.rules.errors import Problem, Refusal
from quizapp.rules.words import N_

LONGEST_URL = 500
PORTS = {"http": 80, "https": 443}
HOST_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")
TARGET = re.compile(r"/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*(\?[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?")
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")


class NotAllowedThere(Refusal):
    """An address that nothing is sent to."""

    type = "receiver-address"


@dataclass(frozen=True)
class Address:
    """An http(s) address in its parts: the host as a name or a plain IP address, the target with its query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def place(self) -> tuple[str, int]:
        """What the list of allowed places names."""
        return self.host, self.port


def take_apart(url: str) -> Address:
    """Return the parts of an address. Raises NotAllowedThere for whatever two readers could read differently.

    No name or password, no fragment, no blanks, backslashes or letters beyond ASCII, no number that is not an IP
    address as it is usually written.
    """
    refusal = NotAllowedThere(N_("This is no plain http or https address."))
    if len(url) > LONGEST_URL or not url.isascii() or re.search(r"[\x00-\x20\x7f\\#@]", url):
        raise refusal
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise refusal from None
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if parts.scheme not in PORTS or port == 0 or not TARGET.fullmatch(target):
        raise refusal
    host = _host(parts.hostname or "")
    if host is None:
        raise refusal
    return Address(parts.scheme, host, port or PORTS[parts.scheme], target)


def _host(text: str) -> str | None:
    """Return a host name in small letters or a plain IP address; None for anything that is neither."""
    try:
        return str(ipaddress.ip_address(text)) if "%" not in text else None
    except ValueError:
        pass
    last = text.rpartition(".")[2]
    is_number = re.fullmatch(r"[0-9]+|0x[0-9a-f]*", last) is not None  # 127.1, 2130706433, 0x7f000001
    return text if HOST_NAME.fullmatch(text) and not is_number else None


def allowed_places(setting: str) -> frozenset[tuple[str, int]]:
    """Return the places of a list "host:port, host:port"; an entry that makes no sense allows nothing."""
    places = set()
    for entry in map(str.strip, setting.split(",")):
        try:
            if re.fullmatch(r"[^/]+:[0-9]{1,5}", entry):
                places.add(take_apart(f"http://{entry}/").place)
        except NotAllowedThere:
            continue
    return frozenset(places)


def require_allowed(url: str, places: frozenset[tuple[str, int]]) -> Address:
    """Return the address if its host and port are among the allowed places. Raises NotAllowedThere."""
    address = take_apart(url)
    if address.place not in places:
        message = N_("%(host)s:%(port)s is not among the allowed receivers (QUIZAPP_RECEIVER_HOSTS).")
        raise NotAllowedThere(message, host=address.host, port=address.port)
    return address


def check(slug: str, name: str) -> list[Problem]:
    """Return what is wrong with what a receiver is called."""
    problems = []
    if not SLUG.fullmatch(slug):
        message = N_("A receiver needs a short name of small letters, digits and dashes.")
        problems.append(Problem("slug", message, "slug"))
    if not name.strip() or len(name) > 120:
        problems.append(Problem("name", N_("A receiver needs a name of at most 120 characters."), "name"))
    return problems
