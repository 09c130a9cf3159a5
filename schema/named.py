"""What may be named to choose ratings: a release's studies, raters and measures."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from workatlas.errors import NotFoundError
from workatlas.stores.keys import graph_of

from .exposure import DERIVED, EXPOSURE
from .follow import Follow
from .rows import MeasureNameRow, RaterNameRow, StudyRow


def _named(argument: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda arguments: arguments[argument] is not None


# Needed only where a name is given: to ask without a choice costs nothing more.
NAMED = (
    Follow("release_studies", StudyRow, at=("release",), when=_named("study")),
    Follow("release_raters", RaterNameRow, at=("release",), when=_named("rater")),
    Follow("release_measures", MeasureNameRow, at=("release",), when=_named("measure")),
)


def check_named(
    key: str,
    studies: list[StudyRow],
    raters: list[RaterNameRow],
    measures: list[MeasureNameRow],
    *,
    study: str | None,
    rater: str | None,
    measure: str | None,
) -> None:
    """Refuse a name that the release of a node does not know, or the named study.

    Raises:
        NotFoundError: a name is unknown; lists those that are known.

    """
    if study is None and rater is None and measure is None:
        return
    release = graph_of(key)
    place = f"the studies of {release}" if study is None else study
    _check("Study", study, {row.study for row in studies}, release)
    of = {row.rater for row in raters if study in (None, row.study)}
    _check("Rater", rater, of, place)
    of = {row.measure for row in measures if study in (None, row.study)}
    _check("Measure", measure, of | DERIVED.keys() if EXPOSURE in of else of, place)


def _check(kind: str, name: str | None, known: Collection[str], place: str) -> None:
    if name is not None and name not in known:
        names = f"Known are {', '.join(sorted(known))}." if known else "None is known."
        raise NotFoundError(f"{kind} {name} is not in {place}.", todo=names)
