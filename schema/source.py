"""What to cite: the datasets and studies behind an answer."""

from functools import lru_cache

import strawberry
from typing_extensions import override

from .follow import computed
from .publication import Publication, publications_of
from .rows import DatasetRow, ReleaseRow, StudyRow

_KEPT = 256
"""How many sources are kept: every page names the same few."""


@strawberry.type(description="A licence.")
class Licence:
    """A licence."""

    name: str | None = strawberry.field(
        description="Its name, as in CC BY 4.0; null where the publisher states none."
    )
    url: str | None = strawberry.field(
        description="Where it can be read; null where the publisher states none."
    )

    @computed(
        "Whether the publisher states a licence, in a file beside the data or where "
        "they are offered. False: what may be done with them is for the law to say.",
        reads=(),
    )
    def stated(self) -> bool:
        """Tell whether there is one."""
        return self.name is not None


@strawberry.type(description="A published work that figures come from.")
class Source:
    """A release, or the data of a study, as it is cited."""

    id: strawberry.ID = strawberry.field(
        description="The release's or study's identifier, as in gpts-are-gpts."
    )
    title: str = strawberry.field(description="Its title.")
    publisher: str = strawberry.field(description="Who published it.")
    authors: list[str] = strawberry.field(
        description="Its authors, family name first, in the order of the work; empty "
        "for a corporate work."
    )
    version: str | None = strawberry.field(
        description="Its version; null where the files are not those of a version that "
        "is known, byte for byte, and for invented figures."
    )
    published: str | None = strawberry.field(
        description="When: a year, month or day, ISO 8601; null where neither its "
        "files nor its publisher tell, and for invented figures."
    )
    url: str | None = strawberry.field(
        description="Where it can be found; null where it is invented."
    )
    doi: str | None = strawberry.field(
        description="The DOI of the data, where they have one; articles have theirs in "
        "`publications`."
    )
    licence: Licence = strawberry.field(description="Under which licence it is used.")
    required_attribution: str = strawberry.field(
        description="The sentence that the licence requires beside the figures."
    )
    synthetic: bool = strawberry.field(description="True when all of it is invented.")
    publications: list[Publication] = strawberry.field(
        description="What describes a study's data and is cited beside it, the article "
        "first; empty for a release and for invented labels."
    )

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
        published=release.published or None,
        url=release.url or dataset.homepage or None,
        doi=None,
        licence=_licence(dataset),
        required_attribution=dataset.attribution,
        synthetic=release.synthetic,
        publications=[],
    )


@lru_cache(maxsize=_KEPT)
def study_source(study: StudyRow) -> Source:
    """Describe the data set of a study as a source."""
    authors = [name for name in study.authors.split("; ") if name]
    return Source(
        id=strawberry.ID(study.study),
        title=study.data_heading or study.heading,
        publisher=study.publisher,
        authors=authors,
        version=study.version,
        published=study.data_published,
        url=study.url or None,
        doi=None,
        licence=_licence(study),
        required_attribution=study.attribution,
        synthetic=study.synthetic,
        publications=publications_of(study, authors),
    )


def _licence(work: DatasetRow | StudyRow) -> Licence:
    return Licence(name=work.licence_title or None, url=work.licence_url or None)


def sources_of(
    releases: list[ReleaseRow], datasets: list[DatasetRow], studies: list[StudyRow]
) -> list[Source]:
    """Give the releases, then the studies, each by identifier."""
    pairs = zip(releases, datasets, strict=True)
    return [
        *(release_source(r, d) for r, d in sorted(pairs, key=lambda p: p[0].release)),
        *(study_source(s) for s in sorted(studies, key=lambda s: s.study)),
    ]
