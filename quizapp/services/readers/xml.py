"""XML -> elements with their line, by a parser that follows no entity, no reference and no other file."""

from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from quizapp.rules.words import N_
from quizapp.services.readers import Unreadable

DEEPEST = 200  # elements within each other
MOST_ELEMENTS = 3_000_000
ENTITIES = N_("The file declares entities, as no question bank does, so it was not opened.")
DAMAGED = N_("The XML in this file is damaged in line %(line)s: %(reason)s.")
TOO_DEEP = N_("The XML in this file is nested too deep or too long, so it was not read.")


class Tree:
    """Builds elements whose names bear no name space; each knows its first and last line where that was asked for."""

    def __init__(self, has_lines: bool):
        self.parser, self.builder, self.has_lines = expat.ParserCreate(), TreeBuilder(), has_lines
        self.open: list[Element] = []
        self.count = 0
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.builder.data
        self.parser.EntityDeclHandler = self.parser.UnparsedEntityDeclHandler = self.refuse
        self.parser.ExternalEntityRefHandler = self.refuse

    def start(self, name: str, attributes: dict) -> None:
        """Open an element; `{line}` and `{end}` are attributes no file can write."""
        self.count += 1
        if len(self.open) >= DEEPEST or self.count > MOST_ELEMENTS:
            raise Unreadable("too-deep", TOO_DEEP)
        own = {bare(one): value for one, value in attributes.items()}
        if self.has_lines:
            own["{line}"] = str(self.parser.CurrentLineNumber)
        self.open.append(self.builder.start(bare(name), own))

    def end(self, name: str) -> None:
        """Close an element."""
        closed = self.open.pop()
        if self.has_lines:
            closed.set("{end}", str(self.parser.CurrentLineNumber))
        self.builder.end(bare(name))

    def refuse(self, *_) -> None:
        """Refuse whatever would be replaced by something else."""
        raise Unreadable("xml-entities", ENTITIES)


def parse(data: bytes | str, has_lines: bool = False) -> Element:
    """Return the root element. Raises Unreadable for damaged XML and for whatever is not plainly in it."""
    tree = Tree(has_lines)
    try:
        tree.parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.errors.messages.get(error.code, str(error))
        raise Unreadable("xml-damaged", DAMAGED, str(error.lineno), line=error.lineno, reason=reason) from error
    except (ValueError, LookupError) as error:  # an encoding that is none
        raise Unreadable("xml-damaged", DAMAGED, "1", line=1, reason=str(error)) from error
    return tree.builder.close()


def bare(name: str) -> str:
    """Return a name without its prefix; that of xml: and of relations stays known by what is left."""
    return name.rpartition(":")[2]
