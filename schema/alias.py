"""The identifiers that an activity has in other releases, and what leads to them.

With release 30.3 the identifiers of detailed and intermediate activities took another
form, and the new one cannot be computed from the old one. Activities of two releases
are the same where they have the same title at the same level, which no other has there,
or where a published table says so.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any, NamedTuple

import strawberry

from workatlas.cypher import Choice, Page, Passes
from workatlas.errors import NotFoundError
from workatlas.stores import PublishedGraph, Snapshot
from workatlas.stores.keys import beside, graph_of, local_of, wording

from .follow import Apart, Follow, computed, follows
from .join_rows import CrosswalkPairRow
from .member import member
from .provenance import Provenance, owned_provenance
from .rows import ActivityRow
from .walk import Ask, Walk


@strawberry.enum(description="The form of an activity's identifier.")
class IdentifierForm(Enum):
    """Forms of identifiers."""

    OLD = member(
        "OLD", "Of releases up to 30.2, as in 4.A.1.a.1.I01 and 4.A.1.a.1.I01.D01."
    )
    NEW = member(
        "NEW", "Of releases from 30.3 on, as in 4.A.1.a.1.a and 4.A.1.a.1.a.1."
    )


_FORMS = {
    IdentifierForm.OLD: re.compile(r"\d+(\.\w+)+\.I\d+(\.D\d+)?"),
    # Without them four parts follow the first one: 4.A.1.a.1 is of all releases.
    IdentifierForm.NEW: re.compile(r"\d+(\.\w+){4}\.[a-z]+(\.\d+)?"),
}


@strawberry.enum(
    description="How it is known that two identifiers are of one activity."
)
class IdentifierBasis(Enum):
    """Bases of identifiers."""

    SAME_TITLE = member(
        "SAME_TITLE",
        "Both have the same title at the same level, to the letter, and nothing else "
        "of either release has it.",
    )
    MIGRATION_TABLE = member(
        "MIGRATION_TABLE", "The publisher's table of old and new identifiers says so."
    )
    MIGRATION_TABLE_RETITLED = member(
        "MIGRATION_TABLE_RETITLED",
        "The publisher's table of old and new identifiers says so, but the title that "
        "it has for the activity is not that of the release.",
    )


class KeyRow(NamedTuple):
    """The key of an activity that a line of a crosswalk leads to."""

    activity_key: str


ENTRIES = {"release_led_activities": KeyRow}
"""What is asked for in the walk alone: the row of each entry."""


def _like(snapshot: Snapshot, key: str) -> list[PublishedGraph]:
    """Give the releases that one is compared with, itself too, the newest first."""
    return snapshot.same_dataset(key)[::-1]


def _titled(row: ActivityRow) -> tuple[str, str, str]:
    return wording(row.level.lower(), row.heading)


def _titles(snapshot: Snapshot, activity: Any, _: Mapping[str, Any]) -> list[str]:
    """Give the keys of an activity's title in all releases, its own too."""
    place = _titled(activity.row)
    return [each.key(*place) for each in _like(snapshot, activity.key)]


def _asked_titles(snapshot: Snapshot, activity: Any, arguments: Any) -> list[str]:
    return [] if activity.asked is None else _titles(snapshot, activity, arguments)


def _asked_lines(activity: Any, _: Any) -> list[str]:
    return [] if activity.asked is None else [activity.key]


def _users(
    snapshot: Snapshot, alias: "ActivityAlias", _: Mapping[str, Any]
) -> list[str]:
    """Give the keys that an identifier of the table has in other releases."""
    if alias.pair is None:
        return []
    own = graph_of(alias.key)
    others = (each for each in _like(snapshot, alias.key) if each.id != own)
    return [each.key("activity", alias.element_id) for each in others]


@strawberry.type(
    description="An identifier that an activity has elsewhere, and how that is known."
)
class ActivityAlias:
    """An identifier other than that of the activity's own release.

    ``key`` is the activity's own; ``pair`` the line of the table that names it, if one
    does; ``titled`` the releases in which the title leads to it, the newest first.
    """

    key: strawberry.Private[str]
    pair: strawberry.Private[CrosswalkPairRow | None]
    titled: strawberry.Private[Sequence[str]]
    element_id: str = strawberry.field(description="The identifier.")
    bases: list[IdentifierBasis] = strawberry.field(
        description="How it is known, each independent of the other."
    )

    @computed("Its form; null where it has neither.")
    def form(self) -> IdentifierForm | None:
        """Give the form."""
        return next(
            (form for form, of in _FORMS.items() if of.fullmatch(self.element_id)), None
        )

    @follows(
        Follow("work_activity", ActivityRow, across=_users, reads=("key",)), reads=()
    )
    def releases(self, rows: Apart[ActivityRow]) -> list[strawberry.ID]:
        """The loaded releases that use it, the newest first.

        Those in which the title leads to it; with the table, all that have it.
        """
        by_table = [graph_of(build) for build, found in rows.items() if found]
        return [strawberry.ID(release) for release in by_table or self.titled]

    @computed("The line of the table that says so; null where only the title does.")
    def provenance(self) -> Provenance | None:
        """Give the source."""
        return None if self.pair is None else owned_provenance(self.pair)


def _aliases(
    own: ActivityRow, titled: Apart[ActivityRow], pairs: Iterable[CrosswalkPairRow]
) -> list[ActivityAlias]:
    """Give the other identifiers of an activity, in their order.

    ``titled`` are the activities of all releases with its title, ``pairs`` the lines of
    the table that name it.
    """
    by_title = _by_title(own, titled)
    by_table = {
        pair.to_code if pair.from_code == own.element_id else pair.from_code: pair
        for pair in pairs
    }
    return [
        _alias(own, element_id, by_table.get(element_id), by_title.get(element_id, ()))
        for element_id in sorted({*by_title, *by_table})
    ]


def _by_title(
    own: ActivityRow, titled: Apart[ActivityRow]
) -> Mapping[str, Sequence[str]]:
    """Give the releases in which the title leads to an identifier, by that."""
    found = {
        graph_of(build): [row.element_id for row in rows]
        for build, rows in titled.items()
    }
    if len(found.get(graph_of(own.key), ())) != 1:
        return {}
    releases: defaultdict[str, list[str]] = defaultdict(list)
    for release, elements in found.items():
        if len(elements) == 1 and elements[0] != own.element_id:
            releases[elements[0]].append(release)
    return releases


def _alias(
    own: ActivityRow,
    element_id: str,
    pair: CrosswalkPairRow | None,
    titled: Sequence[str],
) -> ActivityAlias:
    bases = [IdentifierBasis.SAME_TITLE] if titled else []
    if pair is not None:
        is_old = pair.from_code == own.element_id
        same = own.heading == (pair.from_heading if is_old else pair.to_heading)
        bases.append(
            IdentifierBasis.MIGRATION_TABLE
            if same
            else IdentifierBasis.MIGRATION_TABLE_RETITLED
        )
    return ActivityAlias(
        key=own.key, pair=pair, titled=titled, element_id=element_id, bases=bases
    )


_TITLED = ("key", "element_id")
_READ = ("element_id", "heading", "level")


@follows(
    Follow("wording_activities", ActivityRow, across=_titles, reads=_TITLED),
    Follow("activity_pairs", CrosswalkPairRow),
    reads=_READ,
)
def aliases_of_activity(
    activity: Any, titled: Apart[ActivityRow], lines: list[CrosswalkPairRow]
) -> list[ActivityAlias]:
    """Its other identifiers, in loaded releases and in the table of them, in order."""
    return _aliases(activity.row, titled, lines)


@follows(
    Follow("wording_activities", ActivityRow, across=_asked_titles, reads=_TITLED),
    Follow("activity_pairs", CrosswalkPairRow, keys=_asked_lines),
    reads=_READ,
)
def found_by_of_activity(
    activity: Any, titled: Apart[ActivityRow], lines: list[CrosswalkPairRow]
) -> ActivityAlias | None:
    """The other identifier that it was asked for by; null for its own."""
    if activity.asked is None:
        return None
    aliases = _aliases(activity.row, titled, lines)
    return next(each for each in aliases if each.element_id == activity.asked)


def same_elsewhere(
    snapshot: Snapshot, release: PublishedGraph, element_id: str
) -> Walk[list[str]]:
    """Find the activity of a release that has an identifier elsewhere; give its key.

    It is looked for by the title that the identifier has in other releases, and in the
    tables that are joined to the release.

    Raises:
        NotFoundError: these lead to several.

    """
    others = (each for each in _like(snapshot, release.id) if each.id != release.id)
    named = Page(Choice(condition=Passes("NAMED", "named")), {"named": element_id})
    there, led = yield [
        Ask(
            "work_activity",
            ActivityRow,
            [e.key("activity", element_id) for e in others],
        ),
        Ask("release_led_activities", KeyRow, [release.key("release")], named),
    ]
    rows = [row for found in there.values() for row in found]
    # Here the title leads to the activity, and there to nothing but the identifier.
    places = [(release.key(*_titled(r)), beside(r.key, *_titled(r))) for r in rows]
    keys = list(dict.fromkeys(key for pair in places for key in pair))
    (titled,) = yield [Ask("wording_activities", ActivityRow, keys)]
    unique = [titled[here] for here, away in places if len(titled[away]) == 1]
    found = {rows[0].key for rows in unique if len(rows) == 1}
    found |= {row.activity_key for some in led.values() for row in some}
    if len(found) > 1:
        several = ", ".join(sorted(local_of(key).partition("/")[2] for key in found))
        raise NotFoundError(
            f"{element_id} is not in {release.id}, and what other releases and the "
            f"table of identifiers say of it leads to several: {several}.",
            todo="Ask for one of these.",
        )
    return sorted(found)
