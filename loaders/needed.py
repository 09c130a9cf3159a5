"""Why a graph has to stay: rows of a study would lose what they are joined to."""

from collections.abc import Collection

import polars as pl

from workatlas.errors import UsageError
from workatlas.stores import Subgraph

from .matches import BASES
from .place import rows_of

_LED_BY = "LED_BY"


def refuse_release(release: Subgraph, others: Collection[str], where: str) -> None:
    """Refuse to let a release go that a study depends on.

    That is the one that the study was made on: what it says of other releases is told
    by what it rated there. And it is the last one that its rows are joined to.

    Args:
        release: with all that is joined to it.
        others: the other releases that its studies are joined to.
        where: the store.

    Raises:
        UsageError: names the studies.

    """
    studies = rows_of(release, "Study")
    made = studies.filter(pl.col("madeOn") == release.id)["study"].to_list()
    if made:
        raise _refusal(release.id, made, "is the release that {} rated", where)
    joined = [] if others else _studies_of(release, BASES)
    if joined:
        raise _refusal(
            release.id, joined, "is the last release that {} is joined to", where
        )


def refuse_crosswalk(crosswalk: str, release: Subgraph, where: str) -> None:
    """Refuse to let a crosswalk go that leads rows of a study to a release.

    Raises:
        UsageError: names the studies.

    """
    led = _studies_of(release, [_LED_BY])
    if led:
        text = f"leads {{}} to {release.id}"
        raise _refusal(crosswalk, led, text, where)


def _studies_of(release: Subgraph, names: Collection[str]) -> list[str]:
    """Name the studies of which rows have a relationship of one of these names."""
    keys = [
        table["start"]
        for kind, table in release.edges.items()
        if kind.start == "RatedSubject" and kind.name in names
    ]
    return sorted({key.split("/")[1] for some in keys for key in some})


def _refusal(name: str, studies: list[str], reason: str, where: str) -> UsageError:
    listed = ", ".join(sorted(studies))
    return UsageError(
        f"{name} cannot be retired: it {reason.format(listed)}.",
        where=where,
        todo=f"Retire {listed} first, or keep {name}.",
    )
