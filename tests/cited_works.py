"""Works to cite in tests: a release, a study, and a page that is based on them."""

from datetime import date
from typing import Any

import strawberry

from workatlas.schema.citation import CitationStyle, Page, cite
from workatlas.schema.source import Licence, Source

ACCESSED = date(2026, 6, 7)
PAGE = Page(id="onet-29.2/task/392", title="Guide people & paper_boats.")


def source(**facts: Any) -> Source:
    """Make a source: a release, unless told otherwise."""
    facts = {
        "id": strawberry.ID("onet-29.2"),
        "title": "O*NET Database 29.2",
        "publisher": "National Center for O*NET Development",
        "authors": [],
        "version": "29.2",
        "published": "2025-02",
        "venue": None,
        "url": "https://example.org/a_b?x=1&y={2}",
        "doi": None,
        "licence": Licence(name="CC BY 4.0", url="https://example.org/by"),
        "required_attribution": "From O*NET.",
        "synthetic": False,
        **facts,
    }
    return Source(**facts)


STUDY = source(
    id=strawberry.ID("gpts-are-gpts"),
    title="GPTs are GPTs.",
    publisher="OpenAI",
    authors=["Eloundou, Tyna", "Manning, Sam", "Rock, Daniel"],
    version=None,
    published="2023",
    venue="Paper & Fold 3 (1), 5-9",
    doi="10.1000/1",
    licence=Licence(name="MIT", url="https://example.org/mit"),
)


def cited(
    style: CitationStyle,
    *sources: Source,
    page: Page = PAGE,
    accessed: date = ACCESSED,
) -> str:
    """Cite in one style."""
    (found,) = cite(page, list(sources), accessed, [style])
    return found.text
