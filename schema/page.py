"""What the pages of a release share: the needs behind them, and how they are named."""

import re

from workatlas.errors import UsageError
from workatlas.stores.keys import public_id

from .citation import Page
from .follow import Follow
from .join_rows import CrosswalkRow
from .rows import (
    DatasetRow,
    ExposureRow,
    ReleaseRow,
    SourceFileRow,
    StudyFileRow,
    StudyRow,
)
from .study_enums import BASIS_OF_EDGE, Basis

RELEASE = Follow("release", ReleaseRow, at=("release",))
FILES = Follow("release_files", SourceFileRow, at=("release",))
STUDY_FILES = Follow("release_study_files", StudyFileRow, at=("release",))
DATASET = Follow("release_dataset", DatasetRow, at=("release",))
STUDIES = Follow("release_studies", StudyRow, at=("release",))
CROSSWALKS = Follow("release_crosswalks", CrosswalkRow, at=("release",))

_ADDRESS = re.compile(r"https?://[^\s/]\S*")


def page_of(key: str, title: str, url: str | None) -> Page:
    """Give the page about a node, with the address where it is shown, if it has one.

    Raises:
        UsageError: ``url`` is not an address of the web.

    """
    if url is not None and not (_ADDRESS.fullmatch(url) and url.isprintable()):
        raise UsageError(
            f"{url!r} is not the address of a page.",
            todo="Give the whole address, as in https://example.org/tasks/392.",
        )
    return Page(id=public_id(key), title=title, url=url)


_CROSSED = {Basis.CROSSWALK_ONE, Basis.CROSSWALK_SPLIT, Basis.CROSSWALK_MERGED}


def crossed(
    crosswalks: list[CrosswalkRow], exposures: list[ExposureRow]
) -> list[CrosswalkRow]:
    """Give the crosswalks of occupations if something of the page came over them."""
    bases = {BASIS_OF_EDGE[row.basis] for row in exposures}
    if not bases & _CROSSED:
        return []
    return [crosswalk for crosswalk in crosswalks if crosswalk.subjects != "ACTIVITY"]


def behind(studies: list[StudyRow], exposures: list[ExposureRow]) -> list[StudyRow]:
    """Give the studies that say something of the page's subject."""
    rating = {row.study for row in exposures}
    return [study for study in studies if study.study in rating]
