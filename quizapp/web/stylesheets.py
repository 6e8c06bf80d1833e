"""Style sheets as they are served: the parts a sheet imports put in their place, without comments and indentation."""

import re
from pathlib import Path

IMPORT = re.compile(r'@import "([\w-]+\.css)";')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def assembled(path: Path) -> str:
    """Return a sheet's text with its imports written out, so that a page asks for one file."""
    text = COMMENT.sub("", path.read_text(encoding="utf-8"))
    text = IMPORT.sub(lambda found: assembled(path.with_name(found[1])), text)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip()) + "\n"
