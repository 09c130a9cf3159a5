"""What an occupation continues in an older release, and what continues it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import strawberry

from workatlas.stores.keys import beside, wording

from .continuation import Continuation, Link, Linked
from .continuation_basis import ContinuationBasis
from .crossing import CROSSINGS, Crossings, Led
from .crosswalk import CrosswalkPair
from .follow import Apart, Follow, Late, computed, follows, only
from .join_rows import CrosswalkPairRow
from .over_releases import Way, in_other, own_place, release_of
from .page import RELEASE
from .rows import OccupationRow, ReleaseRow

if TYPE_CHECKING:
    from .occupation import Occupation

_occupation = Late(".occupation", "Occupation")


def _key(link: "OccupationContinuation", _: Mapping[str, Any]) -> Sequence[str]:
    return (beside(link.link.release.key, "occupation", link.code),)


@strawberry.type(description="A link to an occupation of an older or a newer release.")
class OccupationContinuation(Continuation):
    """A link between occupations."""

    code: str = strawberry.field(description="The code there.")
    pair: strawberry.Private[CrosswalkPairRow | None]

    @computed(
        "The line of the crosswalk that leads there; null on other bases alone.",
        reads=(),
        passes=True,
    )
    def crosswalk(self) -> CrosswalkPair | None:
        """Give the line."""
        return self.pair and CrosswalkPair(row=self.pair)

    @follows(Follow("occupation", OccupationRow, keys=_key, reads=()), reads=())
    def occupation(
        self, rows: list[OccupationRow]
    ) -> Annotated["Occupation", strawberry.lazy(".occupation")] | None:
        """The occupation there; null where the crosswalk leads to a code it lacks."""
        return _occupation(row=rows[0]) if rows else None


def _titled(occupation: Any) -> str:
    """Give where in a build the title of an occupation stands."""
    return "/".join(wording("occupation", occupation.row.heading))


def _needs(way: Way) -> tuple[Follow, ...]:
    same, alike = in_other(way, own_place), in_other(way, _titled)
    return (
        RELEASE,
        CROSSINGS,
        release_of(way),
        Follow("occupation", OccupationRow, across=same, reads=("code",)),
        Follow("wording_occupations", OccupationRow, across=alike, reads=("code",)),
    )


class _Rows(NamedTuple):
    """The rows of those needs; of the other release there may be none."""

    own: list[ReleaseRow]
    crossings: list[Crossings]
    releases: Apart[ReleaseRow]
    same: Apart[OccupationRow]
    alike: Apart[OccupationRow]

    def led(self, way: Way, code: str, release: ReleaseRow) -> Mapping[str, Led]:
        """Give the codes that the crosswalk leads to in the other release."""
        taxonomies = (only(self.own).taxonomy, release.taxonomy)
        between = taxonomies if way is Way.AFTER else taxonomies[::-1]
        return {
            each.code: each for each in only(self.crossings).led(way, code, between)
        }


def _made(way: Way, node: Any, *given: Any) -> list[OccupationContinuation]:
    """Make links by the code there; each rests on all bases that lead to it."""
    rows, code = _Rows(*given), node.row.code
    found: list[OccupationContinuation] = []
    for build, (release,) in rows.releases.items():
        bases: defaultdict[str, list[ContinuationBasis]] = defaultdict(list)
        for row in rows.same[build]:
            bases[row.code].append(ContinuationBasis.SAME_CODE)
        led = rows.led(way, code, release)
        for each in led.values():
            bases[each.code] += each.bases
        for row in rows.alike[build]:
            bases[row.code].append(ContinuationBasis.SAME_TITLE)
        found += [
            OccupationContinuation(
                link=Link(release, None, bases[other]),
                code=other,
                pair=led[other].pair if other in led else None,
            )
            for other in sorted(bases, key=lambda other: (other != code, other))
        ]
    return found


OCCUPATIONS = Linked(
    of=OccupationContinuation, needs=_needs, made=_made, reads=("code", "heading")
)
