"""The classification that each release uses, as its number tells."""

from workatlas.stores import release_number

_SINCE: tuple[tuple[list[int], str], ...] = (
    ([25, 1], "SOC 2018"),
    ([15, 1], "SOC 2010"),
)
"""The first release with the codes of O*NET-SOC 2019, and of O*NET-SOC 2010."""


def taxonomy_of(release: str) -> str | None:
    """Give the edition of SOC that a release's codes are made on; None if not known."""
    number = release_number(release)
    return next((name for first, name in _SINCE if number >= first), None)
