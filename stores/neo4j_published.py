"""Which builds are published in a Neo4j: immutable lists, and one number that points.

Community has one database and no aliases, and a statement there may see half of what
another transaction commits. So a list of published graphs is written and committed
first, and publishing is then one number on one node. The list before it stays, and so
do its builds, for requests that are under way.

The number of a list is announced on that node before it is switched to. Readers may
trust what they saw for ``FRESH_SECONDS``, but only while nothing is announced; so after
``ANNOUNCED_SECONDS`` none trusts the old number any more, and all change at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from .published import PublishedGraph, Snapshot
from .subgraph import GraphKind

FRESH_SECONDS = 0.5
"""How old what is known of the published builds may be when rows are given out."""
ANNOUNCED_SECONDS = 0.6
"""How long a switch is announced: longer than a reader trusts what it saw before."""

# The numbers are read once, before the list: a switch may come in between.
READ_PUBLISHED = """
MATCH (p:PublishedPointer {key: 'published'})
WITH p.publication AS number, p.announced AS announced
MATCH (g:PublishedGraph)
WHERE g.publication = number OR g.publication = number - 1
RETURN number, announced, g.publication, g.graph, g.kind, g.build, g.published,
       g.synthetic, g.builtAt, g.fingerprint
"""
ANNOUNCE = """
MATCH (p:PublishedPointer {key: 'published'}) SET p.announced = $publication
"""
WRITE_LIST = "UNWIND $graphs AS graph CREATE (g:PublishedGraph) SET g = graph"
SWITCH = """
MATCH (p:PublishedPointer {key: 'published'}) SET p.publication = $publication
"""
DELETE_LISTS = """
MATCH (g:PublishedGraph)
WHERE NOT g.publication IN [$publication, $publication - 1] DELETE g
"""


class Listed(NamedTuple):
    """A published graph and the fingerprint of its content."""

    graph: PublishedGraph
    fingerprint: str


@dataclass(frozen=True)
class Publication:
    """What is published since switch ``number``, and the builds of the one before.

    ``announced`` is ``number``, or that of the switch to come.
    """

    number: int
    graphs: Mapping[str, Listed]
    before: frozenset[str]
    announced: int | None = None

    @property
    def is_settled(self) -> bool:
        """Whether a reader may trust it for a moment without looking again.

        Not while a switch is announced. Nor while there is nothing: so the first
        publication need not be announced.
        """
        return bool(self.graphs) and self.announced == self.number

    @property
    def snapshot(self) -> Snapshot:
        """What a request may read."""
        return Snapshot({name: listed.graph for name, listed in self.graphs.items()})

    @property
    def prefixes(self) -> frozenset[str]:
        """The builds that must stay: those published, and those of a moment ago."""
        return self.before | {listed.graph.prefix for listed in self.graphs.values()}


def publication_of(rows: Iterable[Iterable[Any]]) -> Publication:
    """Read the rows of READ_PUBLISHED; without rows nothing was ever published.

    There are rows when everything is retired as well: of the publication before.
    """
    number, announced = 0, None
    graphs, before = dict[str, Listed](), set[str]()
    for row in rows:
        number, announced, publication, name, kind, build, *facts, print_ = row
        graph = PublishedGraph(name, GraphKind(kind), build, *facts)
        if publication == number:
            graphs[name] = Listed(graph, print_)
        else:
            before.add(graph.prefix)
    return Publication(number, graphs, frozenset(before), announced)


def rows_of(publication: int, graphs: Iterable[Listed]) -> list[dict[str, Any]]:
    """Give the nodes that make up a list of published graphs, for WRITE_LIST."""
    return [
        {
            "key": f"{publication}/{graph.id}",
            "publication": publication,
            "graph": graph.id,
            "kind": graph.kind.value,
            "build": graph.build,
            "published": graph.published,
            "synthetic": graph.synthetic,
            "builtAt": graph.built_at,
            "fingerprint": fingerprint,
        }
        for graph, fingerprint in graphs
    ]
