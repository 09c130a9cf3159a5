"""What to cite: the datasets and studies behind an answer."""

from functools import lru_cache

import strawberry
from typing_extensions import override

from .rows import DatasetRow, ReleaseRow, StudyRow

_KEPT = 256
"""How many sources are kept: every page names the same few."""


@strawberry.type(description="A licence.")
class Licence:
    """A licence."""

    name: str = strawberry.field(description="Its name, as in CC BY 4.0.")
    url: str = strawberry.field(description="Where it can be read.")


@strawberry.type(description="A published work that figures come from.")
class Source:
    """A release or study, as it is cited."""

    id: strawberry.ID = strawberry.field(
        description="The release's or study's identifier, as in gpts-are-gpts."
    )
    title: str = strawberry.field(description="Its title.")
    publisher: str = strawberry.field(description="Who published it.")
    authors: list[str] = strawberry.field(
        description="Its authors, family name first; empty for a corporate work."
    )
    version: str | None = strawberry.field(description="Its version, where it has one.")
    published: str = strawberry.field(
        description="When: a year, month or day, ISO 8601; empty if unknown."
    )
    venue: str | None = strawberry.field(
        description="The journal or place where it appeared, if it has one."
    )
    url: str | None = strawberry.field(description="Where it can be found.")
    doi: str | None = strawberry.field(description="Its DOI, where it has one.")
    licence: Licence = strawberry.field(description="Under which licence it is used.")
    required_attribution: str = strawberry.field(
        description="The sentence that the licence requires beside the figures."
    )
    synthetic: bool = strawberry.field(description="True when all of it is invented.")

    @override
    def __hash__(self) -> int:
        """Tell apart what can be cited, so that citations can be kept."""
        return hash((self.id, self.title, self.version, self.synthetic))


@lru_cache(maxsize=_KEPT)
def release_source(release: ReleaseRow, dataset: DatasetRow) -> Source:
    """Describe a release as a source."""
    return Source(
        id=strawberry.ID(release.release),
        title=release.heading,
        publisher=dataset.publisher,
        authors=[],
        version=release.version,
        published=release.published,
        venue=None,
        url=release.url or dataset.homepage or None,
        doi=None,
        licence=Licence(name=dataset.licence_title, url=dataset.licence_url),
        required_attribution=dataset.attribution,
        synthetic=release.synthetic,
    )


@lru_cache(maxsize=_KEPT)
def study_source(study: StudyRow) -> Source:
    """Describe a study as a source."""
    return Source(
        id=strawberry.ID(study.study),
        title=study.heading,
        publisher=study.publisher,
        authors=[name for name in study.authors.split("; ") if name],
        version=study.version,
        published=study.published,
        venue=study.venue,
        url=study.url or None,
        doi=study.doi,
        licence=Licence(name=study.licence_title, url=study.licence_url),
        required_attribution=study.attribution,
        synthetic=study.synthetic,
    )


def sources_of(
    releases: list[ReleaseRow], datasets: list[DatasetRow], studies: list[StudyRow]
) -> list[Source]:
    """Give the releases, then the studies, each by identifier."""
    return [
        *(release_source(r, d) for r, d in zip(releases, datasets, strict=True)),
        *(study_source(s) for s in sorted(studies, key=lambda s: s.study)),
    ]
