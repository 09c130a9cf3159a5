"""Works to cite in tests: a release, a study, and a page that is based on them."""

from dataclasses import replace
from datetime import date
from typing import Any

import strawberry

from workatlas.schema.citation import CitationStyle, Page, cite, cite_works
from workatlas.schema.enums import PublicationKind
from workatlas.schema.publication import Publication
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
        "url": "https://example.org/a_b?x=1&y={2}",
        "doi": None,
        "licence": Licence(name="CC BY 4.0", url="https://example.org/by"),
        "required_attribution": "From O*NET.",
        "synthetic": False,
        "publications": [],
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
    doi="10.1000/1",
    licence=Licence(name="MIT", url="https://example.org/mit"),
)
ARTICLE = Publication(
    id=strawberry.ID("gpts-are-gpts/article"),
    kind=PublicationKind.ARTICLE,
    title="Folds & cuts: 5% of {all}.",
    authors=["Eloundou, Tyna", "Rock, Daniel"],
    published="2024-06",
    journal="Paper & Fold",
    volume="3",
    issue="1",
    pages="5-9",
    doi="10.1000/2",
    url="https://doi.org/10.1000/2",
)
PREPRINT = Publication(
    id=strawberry.ID("gpts-are-gpts/preprint"),
    kind=PublicationKind.PREPRINT,
    title="Folds?",
    authors=["Eloundou, Tyna"],
    published="2023-03",
    arxiv="0000.00001",
    url="https://example.org/abs/0000.00001",
)
DESCRIBED = replace(STUDY, publications=[ARTICLE, PREPRINT])
"""The study with what describes it."""


def cited(
    style: CitationStyle,
    *sources: Source,
    page: Page = PAGE,
    accessed: date = ACCESSED,
) -> str:
    """Cite in one style."""
    (found,) = cite(page, list(sources), accessed, [style])
    return found.text


def alone(style: CitationStyle, *sources: Source, accessed: date | None = None) -> str:
    """Cite works in one style, without a page."""
    return cite_works(list(sources), style, accessed)
