"""Scripts as they are served: a module behind all that it imports, without the comments that fill their lines."""

import re
from pathlib import Path

IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+)\.js";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|let|class) (\w+))", re.MULTILINE)
COMMENT = re.compile(r"^[ \t]*(?://.*|/\*(?!!)[\s\S]*?\*/)[ \t]*\n", re.MULTILINE)  # a licence, /*!, stays


def assembled(path: Path) -> str:
    """Return a module's text with every module it imports in front of it, once each and in a scope of its own.

    A page asks for one file then, and a bad line brings the whole script or none of it.
    """
    parts: list[str] = []
    text = _take_in(path, parts, set())
    return "".join([*parts, text])


def _take_in(path: Path, parts: list[str], seen: set[str]) -> str:
    """Return a module's text that finds its imports in the parts; what is not there yet is added."""
    text = COMMENT.sub("", path.read_text(encoding="utf-8"))
    for _, name in IMPORT.findall(text):
        if name not in seen:
            seen.add(name)
            parts.append(_scope(name, _take_in(path.with_name(f"{name}.js"), parts, seen)))
    return IMPORT.sub(lambda found: f"const {{{found[1]}}} = ${found[2]};\n", text)


def _scope(name: str, text: str) -> str:
    given = ", ".join(EXPORT.findall(text))
    return f"const ${name} = (() => {{\n{EXPORT.sub('', text)}return {{ {given} }};\n}})();\n"
