"""The order of releases by their numbers, and the classification that each one uses."""

import re

_NUMBER = re.compile(r"-(\d+(?:\.\d+)*)\Z")
_SINCE: tuple[tuple[list[int], str], ...] = (
    ([25, 1], "SOC 2018"),
    ([15, 1], "SOC 2010"),
)
"""The first release with the codes of O*NET-SOC 2019, and of O*NET-SOC 2010."""


def newness(release: str) -> list[int]:
    """Give the number of a release, to be compared: ``onet-29.2`` is 29, 2."""
    found = _NUMBER.search(release)
    return list(map(int, found[1].split("."))) if found else []


def taxonomy_of(release: str) -> str | None:
    """Give the edition of SOC that a release's codes are made on; None if not known."""
    number = newness(release)
    return next((name for first, name in _SINCE if number >= first), None)
