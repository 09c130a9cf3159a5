"""What figures do not mean, in a sentence each."""

from collections.abc import Iterator, Sequence
from enum import Enum
from operator import itemgetter
from typing import Any

import strawberry

from .coverage import (
    ACTIVITIES,
    EMERGING,
    OCCUPATION_LABELS,
    RELATED,
    TASK_LABELS,
    TITLES,
    ZONES_DESCRIBED,
    FileRow,
    holding,
)
from .enums import FileCoverage
from .exposure import DERIVED, EXPOSURE
from .figure import EXPERT, ratings_file
from .rows import ExposureRow, RatingRow, ReleaseRow, SourceFileRow, StudyFileRow
from .study_enums import BASIS_OF_EDGE, Basis


def _says(sentence: str) -> Any:
    return strawberry.enum_value(sentence, description=sentence)


@strawberry.enum(
    description="What there is to know, in the order in which it is shown."
)
class CaveatCode(Enum):
    """The closed set of caveats; the value of each is its sentence."""

    INVENTED = _says(
        "At least a part of this is invented to try the service out; that part "
        "describes no real work."
    )
    ESTIMATES = _says("Figures are survey estimates and study results, not advice.")
    RATINGS_ABSENT = _says(
        "This release was loaded without its ratings, so no figure of importance, "
        "relevance or frequency can be shown."
    )
    RATINGS_PART = _says(
        "Only a part of this release's ratings is loaded: a missing figure may exist,"
        " and ranks and counts cover what is loaded."
    )
    ACTIVITIES_ABSENT = _says(
        "This release was loaded without its links to work activities, so it shows no "
        "activities of tasks and no related tasks."
    )
    ACTIVITIES_PART = _says(
        "Only a part of this release's links to work activities is loaded: activities "
        "of tasks and related tasks may be missing."
    )
    TITLES_ABSENT = _says(
        "This release was loaded without at least one of its files of other titles, so "
        "titles of occupations are missing."
    )
    TITLES_PART = _says(
        "Only a part of this release's other titles of occupations is loaded: a title "
        "may be missing."
    )
    RELATED_ABSENT = _says(
        "This release was loaded without its file of related occupations, so it shows "
        "none that its publisher names."
    )
    RELATED_PART = _says(
        "Only a part of this release's related occupations is loaded: one that its "
        "publisher names may be missing."
    )
    JOB_ZONES_ABSENT = _says(
        "This release was loaded without at least one of its files of job zones, so "
        "job zones or their descriptions are missing."
    )
    JOB_ZONES_PART = _says(
        "Only a part of this release's job zones is loaded: that of an occupation may "
        "be missing."
    )
    EMERGING_ABSENT = _says(
        "This release was loaded without a file of emerging tasks, so it shows none "
        "that its publisher proposes for later releases."
    )
    EMERGING_PART = _says(
        "Only a part of this release's emerging tasks is loaded: one that its "
        "publisher proposes for later releases may be missing."
    )
    LABELS_PART = _says(
        "Only a part of a study's ratings is loaded: a missing label or score may "
        "exist, and counts cover what is loaded."
    )
    EXPERTS_ANSWERED = _says(
        "At least one of these ratings comes from occupational experts, not from "
        "workers in the occupation; no sampling error is published for it."
    )
    SUPPRESS_ADVISED = _says(
        "The publisher advises against using at least one of these ratings, because "
        "its error is too large or too few answered."
    )
    SURVEY_DATE = _says(
        "A rating is as old as its survey, which is older than the release."
    )
    RELEVANCE = _says(
        "Relevance is the share of those asked who call the task part of the job, not"
        " the share of working time."
    )
    RANK = _says(
        "A rank compares the rated tasks of one occupation in one release only."
    )
    EXPOSURE_NOT_AUTOMATION = _says(
        "An exposure label says whether a language model could halve the time a task "
        "takes at equal quality; it does not predict that the task will be automated "
        "or that jobs will be lost."
    )
    NO_EXPOSURE = _says(
        "Label E0 means that the time would not be halved; smaller savings are "
        "possible."
    )
    RATERS_DIFFER = _says(
        "The raters disagree about this task; neither label is the true one."
    )
    LABEL_OF_OTHER_WORDING = _says("A label was given to another wording of this task.")
    SCORE_OF_SEVERAL = _says(
        "At least one figure is that of several tasks or occupations together, or one "
        "of several that were merged; it must not be summed over them."
    )
    STUDIES_DIFFER = _says(
        "Figures of different studies measure different things: they compare by rank "
        "at best, not by value."
    )


@strawberry.type(description="Something that a reader of the figures should know.")
class Caveat:
    """A caveat."""

    code: CaveatCode = strawberry.field(description="A name that programs can rely on.")
    text: str = strawberry.field(description="The sentence to show.")


RATINGS_READ = ("domain_source", "recommend_suppress")
EXPOSURES_READ = ("study", "rater", "measure", "exposure_label", "basis")
"""What is read of the rows of a page to find its caveats."""


def caveats_of(
    ratings: list[RatingRow],
    exposures: list[ExposureRow],
    files: list[SourceFileRow],
    releases: list[ReleaseRow],
    labels: list[StudyFileRow],
) -> list[Caveat]:
    """Give what holds for the figures of a page, in the order of the codes above.

    ``files`` are those of the release, ``labels`` those of the studies joined to it, as
    far as the page shows what they hold.
    """
    invented = any(r.synthetic for r in releases) or any(s.synthetic for s in labels)
    holding = {
        CaveatCode.ESTIMATES,
        *([CaveatCode.INVENTED] if invented else []),
        *_of_ratings(ratings, FileCoverage(ratings_file(files).coverage)),
        *_of_exposures(exposures),
        *_of_files([*files, *labels]),
    }
    return [caveat for _, caveat in sorted(map(_SAID.__getitem__, holding), key=_first)]


_SAID = {
    code: (place, Caveat(code=code, text=code.value))
    for place, code in enumerate(CaveatCode)
}
"""What is shown of each code, with its place in the order."""
_first = itemgetter(0)


def _of_ratings(rows: list[RatingRow], coverage: FileCoverage) -> Iterator[CaveatCode]:
    if coverage is FileCoverage.ABSENT:
        yield CaveatCode.RATINGS_ABSENT
    if coverage is FileCoverage.PART:
        yield CaveatCode.RATINGS_PART
    if rows:
        yield from (CaveatCode.SURVEY_DATE, CaveatCode.RELEVANCE, CaveatCode.RANK)
    if any(row.domain_source == EXPERT for row in rows):
        yield CaveatCode.EXPERTS_ANSWERED
    if any(row.recommend_suppress for row in rows):
        yield CaveatCode.SUPPRESS_ADVISED


_LACKING = (
    (ACTIVITIES, FileCoverage.ABSENT, CaveatCode.ACTIVITIES_ABSENT),
    (ACTIVITIES, FileCoverage.PART, CaveatCode.ACTIVITIES_PART),
    (TITLES, FileCoverage.ABSENT, CaveatCode.TITLES_ABSENT),
    (TITLES, FileCoverage.PART, CaveatCode.TITLES_PART),
    (RELATED, FileCoverage.ABSENT, CaveatCode.RELATED_ABSENT),
    (RELATED, FileCoverage.PART, CaveatCode.RELATED_PART),
    (ZONES_DESCRIBED, FileCoverage.ABSENT, CaveatCode.JOB_ZONES_ABSENT),
    (ZONES_DESCRIBED, FileCoverage.PART, CaveatCode.JOB_ZONES_PART),
    (EMERGING, FileCoverage.ABSENT, CaveatCode.EMERGING_ABSENT),
    (EMERGING, FileCoverage.PART, CaveatCode.EMERGING_PART),
    (TASK_LABELS | OCCUPATION_LABELS, FileCoverage.PART, CaveatCode.LABELS_PART),
)


def _of_files(files: Sequence[FileRow]) -> Iterator[CaveatCode]:
    for contents, coverage, code in _LACKING:
        if any(f.coverage == coverage.value for f in holding(files, contents)):
            yield code


_OF_EXPOSURE = {EXPOSURE, *DERIVED}
_SEVERAL = {
    Basis.SAME_TEXT_MANY_TASKS,
    Basis.SOC_MANY_OCCUPATIONS,
    Basis.CROSSWALK_SPLIT,
    Basis.CROSSWALK_MERGED,
}


def _of_exposures(rows: list[ExposureRow]) -> Iterator[CaveatCode]:
    labels = {
        (row.study, row.rater): row.exposure_label
        for row in rows
        if row.measure == EXPOSURE
    }
    if any(row.measure in _OF_EXPOSURE for row in rows):
        yield CaveatCode.EXPOSURE_NOT_AUTOMATION
    if "E0" in labels.values():
        yield CaveatCode.NO_EXPOSURE
    if len(set(labels.values())) > 1:
        yield CaveatCode.RATERS_DIFFER
    bases = {BASIS_OF_EDGE[row.basis] for row in rows}
    if Basis.SAME_ID_REWORDED in bases:
        yield CaveatCode.LABEL_OF_OTHER_WORDING
    if bases & _SEVERAL:
        yield CaveatCode.SCORE_OF_SEVERAL
    if len({row.study for row in rows}) > 1:
        yield CaveatCode.STUDIES_DIFFER
