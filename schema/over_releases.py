"""What is needed of all releases of a node's data set, or of the one before or after.

Rows come apart by build (``Apart``): of all releases the oldest first.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from typing import Annotated, Any

from workatlas.errors import UsageError
from workatlas.stores import PublishedGraph, Snapshot
from workatlas.stores.keys import graph_of, local_of

from .arguments import argument
from .follow import Follow
from .rows import ReleaseRow, SourceFileRow

Arguments = Mapping[str, Any]
Keys = Callable[[Snapshot, Any, Arguments], Sequence[str]]
Local = Callable[[Any], str]
"""Where in its build what is looked for of an object stands."""


def own_place(node: Any) -> str:
    """Give where the node itself stands in its build."""
    return local_of(node.key)


def release_node(_: Any) -> str:
    """Give where the node of its release stands."""
    return "release"


def in_all(local: Local) -> Keys:
    """Give keys in every release of the data set."""

    def keys(snapshot: Snapshot, node: Any, _: Arguments) -> list[str]:
        return [each.key(local(node)) for each in snapshot.same_dataset(node.key)]

    return keys


RELEASES = Follow("release", ReleaseRow, across=in_all(release_node))
FILES_OF_ALL = Follow("release_files", SourceFileRow, across=in_all(release_node))


class Way(IntEnum):
    """Which way to look from a release."""

    BEFORE = -1
    AFTER = 1


_OTHER = "without it, the one just"
_DATASET = "A release of the same data set; an error if it is not"
OlderRelease = Annotated[str | None, argument(f"{_DATASET} older; {_OTHER} before it.")]
NewerRelease = Annotated[str | None, argument(f"{_DATASET} newer; {_OTHER} after it.")]


def in_other(way: Way, local: Local) -> Keys:
    """Give the key in the release asked for, or else in the next one on the way."""

    def keys(snapshot: Snapshot, node: Any, arguments: Arguments) -> list[str]:
        found = _other(snapshot, node.key, way, arguments["release"])
        return [each.key(local(node)) for each in found]

    return keys


def release_of(way: Way) -> Follow:
    """Ask for the release asked for, or else for the next one on the way."""
    return Follow("release", ReleaseRow, across=in_other(way, release_node))


def _other(
    snapshot: Snapshot, key: str, way: Way, asked: str | None
) -> list[PublishedGraph]:
    """Give the one release, or none if there is no next one.

    Raises:
        NotFoundError: no such release is published.
        UsageError: it is of another data set, or not on the way.

    """
    releases = snapshot.same_dataset(key)
    own = graph_of(key)
    place = [each.id for each in releases].index(own)
    beyond = releases[:place][::-1] if way is Way.BEFORE else releases[place + 1 :]
    if asked is None:
        return beyond[:1]
    found = snapshot.release(asked)
    if found not in beyond:
        is_which = "older" if way is Way.BEFORE else "newer"
        names = ", ".join(each.id for each in beyond) or "none"
        raise UsageError(
            f"{found.id} is no {is_which} release of the data set of {own}.",
            todo=f"Ask for one that is ({names}), or leave `release` out.",
        )
    return [found]
