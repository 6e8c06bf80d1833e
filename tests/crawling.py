"""Opens every page that links lead to, as somebody who presses nothing but links would."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

LINK = re.compile(r"""\b(?:href|src|action|data-[a-z-]*url)=["']([^"'#]+)""")
MOST = 1000


def crawl(client, starts: list[str]) -> dict[str, str]:
    """Return address -> everything that the reply said, headers included, of all that can be reached from `starts`."""
    waiting, seen = list(dict.fromkeys(starts)), {}
    while waiting:
        path = waiting.pop(0)
        if path in seen:
            continue
        assert len(seen) < MOST, "links without end"
        reply = client.get(path)
        seen[path] = f"{reply.status} {reply.headers} {reply.get_data().decode('utf-8', 'replace')}"
        found = LINK.findall(seen[path]) if "html" in reply.content_type else []
        found += [reply.headers["Location"]] if "Location" in reply.headers else []
        waiting += [one for one in (_own(path, unescape(link)) for link in found) if one and one not in seen]
    return seen


def _own(base: str, link: str) -> str | None:
    """Return the path of a link that stays on this site; other programs' addresses are none of ours."""
    parts = urlsplit(urljoin(f"http://localhost{base}", link))
    if parts.scheme != "http" or parts.netloc != "localhost":
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")
