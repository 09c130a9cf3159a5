"""What is published at one moment: the graphs that a request may read."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from workatlas.errors import NotFoundError

from .keys import graph_of
from .subgraph import GraphKind, Subgraph

_BUILD_LENGTH = 12
_NUMBERED = re.compile(r"-(\d+(?:\.\d+)*)\Z")


@dataclass(frozen=True)
class PublishedGraph:
    """One published build of a release or study.

    ``build`` is derived from the content alone, so both stores give the same one.
    """

    id: str
    kind: GraphKind
    build: str
    published: str
    synthetic: bool
    built_at: str

    @classmethod
    def of(cls, subgraph: Subgraph, now: str) -> "PublishedGraph":
        """Name the build that a subgraph becomes when it is written at ``now``.

        One that says when it was built stays as old as that.
        """
        return cls(
            id=subgraph.id,
            kind=subgraph.kind,
            build=subgraph.fingerprint[:_BUILD_LENGTH],
            published=subgraph.published,
            synthetic=subgraph.synthetic,
            built_at=subgraph.built_at or now,
        )

    def key(self, *local: str | int) -> str:
        """Give the key of a node of this build: ``onet-29.2@1a2b/task/392``."""
        return "/".join((self.prefix, *map(str, local)))

    @cached_property
    def prefix(self) -> str:
        """What every key of this build starts with, without the slash."""
        return f"{self.id}@{self.build}"


@dataclass(frozen=True)
class Snapshot:
    """All published graphs; a request reads from one snapshot only."""

    graphs: Mapping[str, PublishedGraph]

    @cached_property
    def version(self) -> str:
        """Name the whole published content: equal content, equal version."""
        text = "\n".join(sorted(self.builds))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @cached_property
    def builds(self) -> Mapping[str, PublishedGraph]:
        """The same graphs by the prefix of their keys."""
        return {graph.prefix: graph for graph in self.graphs.values()}

    @property
    def built_at(self) -> str:
        """When the newest graph was built, ISO 8601 in UTC; empty without graphs."""
        return max((g.built_at for g in self.graphs.values()), default="")

    def of(self, kind: GraphKind) -> list[PublishedGraph]:
        """Give the graphs of a kind: the newest first, those as new by identifier.

        What is invented comes last. Releases go by their numbers, for the month of some
        is not known; what has no number goes by its month.
        """
        chosen = sorted(
            (g for g in self.graphs.values() if g.kind is kind), key=lambda g: g.id
        )
        return sorted(chosen, key=_newness, reverse=True)

    @cached_property
    def releases(self) -> list[PublishedGraph]:
        """The releases, the newest first."""
        return self.of(GraphKind.RELEASE)

    def same_dataset(self, key: str) -> list[PublishedGraph]:
        """Give the releases of the data set that a key's is of, the oldest first.

        What is invented is no release of a data set that is not.
        """
        own = graph_of(key)
        is_like = (_dataset(own), self.graphs[own].synthetic)
        return [
            each
            for each in reversed(self.releases)
            if (_dataset(each.id), each.synthetic) == is_like
        ]

    def release(self, asked: str | None) -> PublishedGraph:
        """Give the release asked for; nothing or ``latest`` is the newest.

        Raises:
            NotFoundError: no such release is published.

        """
        releases = self.releases
        if not releases:
            raise NotFoundError(
                "No release is loaded.",
                todo="Load one with `workatlas load`, then ask again.",
            )
        if asked in (None, "latest"):
            return releases[0]
        found = self.graphs.get(asked or "")
        if found is None or found.kind is not GraphKind.RELEASE:
            name = asked or repr(asked)
            loaded = ", ".join(r.id for r in releases)
            raise NotFoundError(
                f"Release {name} is not in the graph (loaded: {loaded}).",
                todo="Load it with `workatlas load`, or ask for a loaded one.",
            )
        return found


def release_number(name: str) -> list[int]:
    """Give the number of a release, to be compared: ``onet-29.2`` is 29, 2."""
    found = _NUMBERED.search(name)
    return list(map(int, found[1].split("."))) if found else []


def _dataset(name: str) -> str:
    return _NUMBERED.sub("", name)


def _newness(graph: PublishedGraph) -> tuple[bool, list[int], str]:
    return not graph.synthetic, release_number(graph.id), graph.published
