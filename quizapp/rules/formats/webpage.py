"""A saved web page -> the lines that a person sees on it, each with its line in the source."""

import html.parser
import re

SILENT = {
    "script",
    "style",
    "head",
    "noscript",
    "template",
    "svg",
    "select",
    "title",
    "textarea",
    "iframe",
    "audio",
    "video",
}
INLINE_NAMES = (
    "a abbr b bdi bdo big cite code em font i ins kbd mark q s samp small span strike strong sub sup tt u var wbr o:p "
    "img input label nobr"
)
INLINE = set(INLINE_NAMES.split())
NEVER_CLOSED = {
    "br",
    "hr",
    "img",
    "input",
    "meta",
    "link",
    "wbr",
    "col",
    "area",
    "base",
    "embed",
    "source",
    "track",
    "param",
}
DECLARATION = re.compile(r"<!\[[^<>]{0,200}>")  # of Word's pages
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def lines(text: str) -> list[tuple[int, str]]:
    """Return (line of the source, text) of every line on the page that holds anything; never raises."""
    return [(line, shown) for line, shown, _ in seen(text)]


def seen(text: str) -> list[tuple[int, str, int]]:
    """Return (line of the source, text, pictures in it) of every line on the page that holds any."""
    page = _Page()
    page.feed(DECLARATION.sub("", text))
    page.close()
    page.end_line()
    return page.found


class _Page(html.parser.HTMLParser):
    """Collects text; block elements end lines, silent and hidden ones hold none."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str, int]] = []
        self.silent: list[str] = []  # the silent element that is open, and those within it
        self.words, self.first, self.pictures = "", 0, 0

    def handle_starttag(self, tag: str, attributes) -> None:
        if self.silent:
            if tag not in NEVER_CLOSED:
                self.silent.append(tag)
            return
        if tag == "body":
            return
        if tag not in INLINE:
            self.end_line() if tag not in ("td", "th") else self.add("\t")
        style = dict(attributes).get("style") or ""
        is_hidden = tag in SILENT or bool(HIDDEN.search(style)) or any(name == "hidden" for name, _ in attributes)
        if is_hidden and tag not in NEVER_CLOSED:
            self.silent.append(tag)
        if tag == "img" and not is_hidden:
            self.pictures += 1
            self.first = self.first or self.getpos()[0]

    def handle_startendtag(self, tag: str, attributes) -> None:
        if tag == "br" and not self.silent:
            self.end_line()

    def handle_endtag(self, tag: str) -> None:
        if self.silent:
            if tag in self.silent:
                del self.silent[len(self.silent) - 1 - self.silent[::-1].index(tag) :]
            return
        if tag not in INLINE and tag not in ("td", "th"):
            self.end_line()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.add(data)

    def add(self, data: str) -> None:
        """Add words to the line; where they break in the source says nothing."""
        if data.strip() and not self.first:
            self.first = self.getpos()[0]
        self.words += re.sub(r"[ \r\n\f\v]+", " ", data) if data != "\t" else data

    def end_line(self) -> None:
        """End the line that is open."""
        if self.words.strip() or self.pictures:
            self.found.append((self.first, self.words.strip(), self.pictures))
        self.words, self.first, self.pictures = "", 0, 0
