"""What the styles share: the cited page, punctuation, names and dates."""

import unicodedata
from dataclasses import dataclass

from ..source import Source

CONTAINER = "WorkAtlas"
INVENTED = "invented data, not to be cited as fact"


@dataclass(frozen=True)
class Page:
    """The cited page: its identifier, and its title (a statement, say)."""

    id: str
    title: str

    @property
    def place(self) -> str:
        """Where it is found: its identifier in WorkAtlas."""
        return f"{CONTAINER} {self.id}"


def one_line(text: str) -> str:
    """Give a text on one line, without control characters."""
    kept = (c if unicodedata.category(c)[0] != "C" else " " for c in text)
    return " ".join("".join(kept).split())


def ended(text: str) -> str:
    """Give a text that ends in exactly one mark: a full stop unless it has another."""
    line = one_line(text).rstrip(". ")
    return line if line.endswith(("?", "!", "…")) else f"{line}."


def year_of(source: Source) -> str | None:
    """Give the year of publication, if it is known."""
    return source.published[:4] or None


def name_of(source: Source) -> str:
    """Give the title, marked when the work is invented."""
    title = one_line(source.title).rstrip(". ")
    return f"{title} ({INVENTED})" if source.synthetic else title


def initials(author: str) -> str:
    """Turn ``Family, Given Second`` into ``Family, G. S.``."""
    family, _, given = one_line(author).partition(", ")
    letters = " ".join(f"{part[0]}." for part in given.split())
    return f"{family}, {letters}" if letters else family
