"""What the styles share: the cited page, punctuation, names and dates."""

import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from ..publication import Publication
from ..source import Source

CONTAINER = "WorkAtlas"
WORKS = 256
"""How many sets of works each style keeps written out: pages cite the same few."""
Sources = tuple[Source, ...]
ARXIV = "arXiv"
UNLICENSED = "no licence stated"
INVENTED = "invented data, not to be cited as fact"
# Not from strftime, whose names and padding depend on the machine.
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_JOINERS = "\u200c\u200d"  # they hold emoji and letters together
_QUOTES = "\"'\u2019\u201d\u00bb"
_ENDS = (".", "?", "!", "…", "。", "\uff1f", "\uff01", "؟")


@dataclass(frozen=True)
class Page:
    """The cited page: its identifier, its title (a statement, say), its address."""

    id: str
    title: str
    url: str | None = None

    @cached_property
    def heading(self) -> str:
        """Its title without a full stop; its identifier where no title is left."""
        return bare(self.title) or self.id

    @property
    def identifier(self) -> str:
        """What names it for good: ``WorkAtlas onet-29.2/task/392``."""
        return f"{CONTAINER} {self.id}"

    @property
    def place(self) -> str:
        """Where it is found: its address, if it has one, and its identifier."""
        return f"{self.url} ({self.identifier})" if self.url else self.identifier


class Name(NamedTuple):
    """An author; a body, or a person with one name, has no given name."""

    family: str
    given: str


def one_line(text: str) -> str:
    """Give a text on one line, without control and invisible characters."""
    if text.isprintable():  # nothing of that kind is in it
        return " ".join(text.split())
    return " ".join("".join(map(_visible, text)).split())


def _visible(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Cf" and character not in _JOINERS:
        return ""
    return " " if kind == "Cc" else character


def bare(text: str) -> str:
    """Give a text on one line without the full stops at its end."""
    return one_line(text).rstrip(". ")


def ended(text: str) -> str:
    """Give a text that ends in exactly one mark: a full stop unless it has another.

    A mark inside closing quotes counts; of nothing, nothing is made.
    """
    line = bare(text)
    return line if not line or line.rstrip(_QUOTES).endswith(_ENDS) else f"{line}."


def name_line(text: str) -> str:
    """Give a name on one line; a full stop at its end (``Inc.``) stays one."""
    line = one_line(text)
    return ended(line) if line.endswith(".") else line


def sentences(*parts: str | None) -> str:
    """Put the parts that are there one after another."""
    return " ".join(part for part in parts if part)


def names_of(source: Source) -> list[Name]:
    """Give the authors, or the publisher where no person is named."""
    names = authors_of(source)
    publisher = name_line(source.publisher)
    return names or ([Name(publisher, "")] if publisher else [])


def authors_of(work: Source | Publication) -> list[Name]:
    """Give the persons who are named as authors."""
    return [name for name in map(_name, work.authors) if name.family]


def publisher_of(source: Source) -> str:
    """Give the publisher, or nothing where it stands as the author already."""
    publisher = name_line(source.publisher)
    return "" if names_of(source) == [Name(publisher, "")] else publisher


def _name(author: str) -> Name:
    family, _, given = (part.strip() for part in name_line(author).partition(","))
    return Name(family, given) if family else Name(given, "")


def year_of(work: Source | Publication) -> str | None:
    """Give the year of publication, if it is known."""
    return (work.published or "")[:4] or None


def date_of(work: Source | Publication) -> list[int]:
    """Give year, month and day of publication, as far as they are known."""
    return [int(part) for part in (work.published or "").split("-") if part]


def heading_of(work: Source | Publication) -> str:
    """Give the title without a full stop; the identifier where none is left."""
    return bare(work.title) or work.id


def title_of(source: Source) -> str:
    """Give the title, marked when the work is invented."""
    title = heading_of(source)
    return f"{title} ({INVENTED})" if source.synthetic else title


def link_of(work: Source | Publication) -> str:
    """Give the address to follow: of the DOI, where there is one."""
    return one_line(f"https://doi.org/{work.doi}" if work.doi else work.url or "")


def number_of(preprint: Publication) -> str:
    """Give what a preprint is known by: ``arXiv:2303.10130``."""
    return f"{ARXIV}:{one_line(preprint.arxiv or '')}"


@lru_cache(maxsize=WORKS)
def behind(sources: Sources) -> str | None:
    """Name the works that a page is based on, for its note."""
    return f"Based on {'; '.join(map(title_of, sources))}" if sources else None


def note_of(source: Source) -> str:
    """Say under which licence a work is, and whether it is invented."""
    licence = licence_of(source, "Licence: ")
    return f"{licence}; {INVENTED}" if source.synthetic else licence


def licence_of(source: Source, before: str = "") -> str:
    """Name the licence of a work, with what stands before it, or say that none is."""
    name = one_line(source.licence.name or "")
    return f"{before}{name}" if name else UNLICENSED
