"""A question as its lines are sorted, before they are understood."""

from dataclasses import dataclass, field

BESIDE = ("difficulty", "points", "citations", "tags", "code", "chapter")


@dataclass
class Section:
    """A part of the file whose questions are of one kind, as its heading says."""

    kind: str | None = None
    words: str = ""
    points: float | None = None


@dataclass
class Entry:
    """One question: what its lines say, by what they are."""

    number: int | None
    first: int
    last: int
    section: Section
    chapter: str = ""
    kind: str | None = None  # from a tag of its own
    stem: list[str] = field(default_factory=list)
    options: list[list[str]] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)  # options above this question and others
    is_listed: bool = False  # its options are a list in one line: A.灯；B.伞。
    answers: list[tuple[int, str]] = field(default_factory=list)  # (line, text)
    explanation: list[str] = field(default_factory=list)
    beside: dict[str, str] = field(default_factory=dict)  # what labels of BESIDE say
    any_order: bool = False
    in_brackets: bool = False  # the answer stands in groups [甲][乙]
    key: str | None = None  # from an answer key elsewhere
    keyed: list[str] = field(default_factory=list)  # the lines of a key in a file of its own that answer it
    lead: str = ""  # a sign for right or wrong before the number
    material: str = ""  # a text that this question is asked about, with others
    warnings: list[tuple] = field(default_factory=list)  # (code, message, line, params)

    def wanted_kind(self) -> str | None:
        """Return the kind that the question's own tag or its section names."""
        return self.kind or self.section.kind

    def warn(self, code: str, message: str, line: int, **params) -> None:
        """Note what a person should look at."""
        self.warnings.append((code, message, line, params))
