"""What is searched, what is asked for, and what is found."""

from typing import Literal, NamedTuple

Kind = Literal["OCCUPATION", "WORK_ACTIVITY", "TASK"]
Field = Literal["CODE", "TITLE", "ALTERNATE_TITLE", "REPORTED_TITLE", "STATEMENT"]
Reason = Literal[
    "CODE", "WHOLE_TEXT", "ALL_WORDS", "BEGINNING", "SPELLING", "SOME_WORDS"
]
Match = Literal["SAME", "OTHER_FORM", "BEGINNING", "SPELLING"]


class Text(NamedTuple):
    """A text of a node, under the node's key."""

    kind: Kind
    field: Field
    key: str
    text: str


class Asked(NamedTuple):
    """What is looked for: at most ``first`` nodes, of ``kinds`` or of any kind."""

    text: str
    first: int
    kinds: frozenset[str] | None = None


class Span(NamedTuple):
    """A part of a text that matched, in UTF-16 code units, and how it did."""

    start: int
    end: int
    match: Match


class Hit(NamedTuple):
    """A node that was found, the text that it was found by, and why it is there."""

    key: str
    kind: Kind
    field: Field
    text: str
    spans: tuple[Span, ...]
    reason: Reason
    score: float
