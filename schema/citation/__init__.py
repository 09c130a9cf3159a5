"""Citations of a page and of what is behind it, one file a style."""

from collections.abc import Callable
from datetime import date
from enum import Enum

import strawberry

from ..source import Source
from .apa import apa
from .bibtex import bibtex
from .csl_json import csl_json
from .ris import ris
from .text import text
from .work import Page, Sources

__all__ = ["Citation", "CitationStyle", "Page", "cite"]


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


_WRITERS: dict[CitationStyle, Callable[[Page, Sources, date], str]] = {
    CitationStyle.TEXT: text,
    CitationStyle.APA: apa,
    CitationStyle.BIBTEX: bibtex,
    CitationStyle.CSL_JSON: csl_json,
    CitationStyle.RIS: ris,
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
        Citation(style=style, text=_WRITERS[style](page, works, accessed))
        for style in (list(CitationStyle) if styles is None else styles)
    ]
