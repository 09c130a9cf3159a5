"""Which builds are published in a Neo4j: immutable lists, and one number that points.

Community has one database and no aliases, and a statement there may see half of what
another transaction commits. So a list of published graphs is written and committed
first, and publishing is then one number on one node. The list before it stays, and so
do its builds, for requests that are under way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from .published import PublishedGraph, Snapshot
from .subgraph import GraphKind

READ_PUBLISHED = """
MATCH (p:PublishedPointer {key: 'published'})
MATCH (g:PublishedGraph)
WHERE g.publication = p.publication OR g.publication = p.publication - 1
RETURN p.publication, g.publication, g.graph, g.kind, g.build, g.published,
       g.synthetic, g.builtAt, g.fingerprint
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
    """What is published since switch ``number``, and the builds of the one before."""

    number: int
    graphs: Mapping[str, Listed]
    before: frozenset[str]

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
    number, graphs, before = 0, dict[str, Listed](), set[str]()
    for row in rows:
        number, publication, name, kind, build, published, synthetic, at, print_ = row
        graph = PublishedGraph(name, GraphKind(kind), build, published, synthetic, at)
        if publication == number:
            graphs[name] = Listed(graph, print_)
        else:
            before.add(graph.prefix)
    return Publication(number, graphs, frozenset(before))


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
