"""What describes a study's data in words: an article, a preprint."""

import strawberry

from .enums import PublicationKind
from .rows import StudyRow


@strawberry.type(description="A publication that describes a study's data.")
class Publication:
    """An article or a preprint, as it is cited."""

    id: strawberry.ID = strawberry.field(
        description="Study and kind, as in gpts-are-gpts/article."
    )
    kind: PublicationKind = strawberry.field(description="How it was published.")
    title: str = strawberry.field(description="Its title.")
    authors: list[str] = strawberry.field(
        description="Its authors, family name first, in the order of the publication."
    )
    published: str = strawberry.field(
        description="When: year and month, as in 2024-06."
    )
    journal: str | None = strawberry.field(
        default=None, description="The journal of an article; null for a preprint."
    )
    volume: str | None = strawberry.field(
        default=None, description="The journal's volume; null for a preprint."
    )
    issue: str | None = strawberry.field(
        default=None, description="The volume's issue; null for a preprint."
    )
    pages: str | None = strawberry.field(
        default=None, description="First and last page; null for a preprint."
    )
    doi: str | None = strawberry.field(
        default=None, description="The DOI of an article; null for a preprint."
    )
    arxiv: str | None = strawberry.field(
        default=None, description="The number of a preprint on arXiv; else null."
    )
    url: str = strawberry.field(description="Where it can be read.")


def publications_of(study: StudyRow, authors: list[str]) -> list[Publication]:
    """Give what describes a study's data: article, then preprint; none if invented."""
    made: list[Publication] = []
    if study.doi:
        made.append(
            Publication(
                id=strawberry.ID(f"{study.study}/article"),
                kind=PublicationKind.ARTICLE,
                title=study.heading,
                authors=authors,
                published=study.published,
                journal=study.journal,
                volume=study.volume,
                issue=study.issue,
                pages=study.pages,
                doi=study.doi,
                url=f"https://doi.org/{study.doi}",
            )
        )
    if study.arxiv:
        made.append(
            Publication(
                id=strawberry.ID(f"{study.study}/preprint"),
                kind=PublicationKind.PREPRINT,
                title=study.preprint_heading or study.heading,
                authors=authors,
                published=study.preprint_published or "",
                arxiv=study.arxiv,
                url=f"https://arxiv.org/abs/{study.arxiv}",
            )
        )
    return made
