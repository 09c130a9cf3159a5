"""Citations of a page and of what is behind it, one file a style."""

from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import NamedTuple

import strawberry

from ..source import Source
from .apa import apa, apa_works
from .bibtex import bibtex, bibtex_works
from .csl_json import csl_json, csl_json_works
from .ris import ris, ris_works
from .text import text, text_works
from .work import Page, Sources

__all__ = ["Citation", "CitationStyle", "Page", "cite", "cite_works"]


@strawberry.enum(description="Styles and formats of citations.")
class CitationStyle(Enum):
    """Styles."""

    TEXT = strawberry.enum_value("TEXT", description="A sentence to put below a page.")
    APA = strawberry.enum_value("APA", description="APA style, one work a line.")
    BIBTEX = strawberry.enum_value("BIBTEX", description="BibTeX, one entry a work.")
    CSL_JSON = strawberry.enum_value(
        "CSL_JSON", description="CSL-JSON, as Zotero and Pandoc read it."
    )
    RIS = strawberry.enum_value("RIS", description="RIS, one record a work.")


class _Writers(NamedTuple):
    """How a style writes a page with the works behind it, and works alone."""

    page: Callable[[Page, Sources, date], str]
    works: Callable[[Sources, date | None], str]


_WRITERS = {
    CitationStyle.TEXT: _Writers(text, text_works),
    CitationStyle.APA: _Writers(apa, apa_works),
    CitationStyle.BIBTEX: _Writers(bibtex, bibtex_works),
    CitationStyle.CSL_JSON: _Writers(csl_json, csl_json_works),
    CitationStyle.RIS: _Writers(ris, ris_works),
}


@strawberry.type(description="How to cite a page and the works behind it.")
class Citation:
    """A citation in one style."""

    style: CitationStyle = strawberry.field(description="The style or format.")
    text: str = strawberry.field(description="The citation, ready to be copied.")


def cite(
    page: Page,
    sources: list[Source],
    accessed: date,
    styles: list[CitationStyle] | None,
) -> list[Citation]:
    """Cite a page and the works behind it, in the styles asked for; all without."""
    works = tuple(sources)
    return [
        Citation(style=style, text=_WRITERS[style].page(page, works, accessed))
        for style in (list(CitationStyle) if styles is None else styles)
    ]


def cite_works(
    sources: list[Source], style: CitationStyle, accessed: date | None
) -> str:
    """Cite works alone; ``accessed`` is the day their data were read, if one is."""
    return _WRITERS[style].works(tuple(sources), accessed)
