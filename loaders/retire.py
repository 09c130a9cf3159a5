"""Takes a release or study out of the graph: all of it at once, or nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from workatlas.errors import NotFoundError
from workatlas.stores import GraphKind, PublishedGraph, Snapshot, Subgraph, Writer

from .join import join_all
from .needed import refuse_crosswalk, refuse_release


@dataclass(frozen=True)
class RetireReport:
    """What was retired, and the releases that a retired study left.

    ``version`` is the graph's after it.
    """

    version: str
    retired: str
    left: Sequence[str]

    def as_dict(self) -> dict[str, Any]:
        """Give the report as plain values."""
        return asdict(self)

    def lines(self) -> list[str]:
        """Give the report as lines of text."""
        left = [f"{release}: published without it" for release in self.left]
        return [f"{self.retired}: retired", *left]


def retire(writer: Writer, name: str, *, now: str) -> RetireReport:
    """Take a graph out, and a study or crosswalk out of every release as well.

    A release or crosswalk that the join of a study depends on stays.

    Args:
        writer: the store.
        name: as it was loaded, ``onet@29.2``, or as it is listed, ``onet-29.2``.
        now: the time, ISO 8601 in UTC.

    Raises:
        NotFoundError: it is not in the graph; names what is.
        UsageError: a study depends on it; names the study.
        BusyError: a load is running.
        StoreError: the store is away, damaged or full.

    """
    _found(writer, name)  # before the lock, which makes the folder of a store
    with writer.lock():
        graph, before = _found(writer, name)
        if graph.kind is GraphKind.RELEASE:
            others = [r.id for r in _beside(before, graph)]
            refuse_release(writer.read(graph.id), others, writer.address)
        parted = _parted(writer, before, graph)
        after = writer.publish(parted, removed=[graph.id], now=now)
    left = [
        release.id
        for release in after.of(GraphKind.RELEASE)
        if release.build != before.graphs[release.id].build
    ]
    return RetireReport(after.version, graph.id, left)


def _found(writer: Writer, name: str) -> tuple[PublishedGraph, Snapshot]:
    """Give the graph of a name, and everything that is published."""
    snapshot = writer.snapshot()
    graph = snapshot.graphs.get(name.replace("@", "-", 1))
    if graph is None:
        there = ", ".join(sorted(snapshot.graphs)) or "nothing"
        raise NotFoundError(
            f"{name} is not in the graph.",
            where=writer.address,
            todo=f"Name what is there: {there}.",
        )
    return graph, snapshot


def _beside(before: Snapshot, graph: PublishedGraph) -> list[PublishedGraph]:
    """Give the other releases that are joined to the same studies as a graph."""
    return [
        release
        for release in before.of(GraphKind.RELEASE)
        if release.id != graph.id and release.synthetic == graph.synthetic
    ]


def _parted(
    writer: Writer, before: Snapshot, graph: PublishedGraph
) -> Iterator[Subgraph]:
    """Give the releases without a study or crosswalk, one after the other."""
    if graph.kind is GraphKind.RELEASE:
        return
    others = {
        kind: [
            writer.read(g.id)
            for g in before.of(kind)
            if g.id != graph.id and g.synthetic == graph.synthetic
        ]
        for kind in (GraphKind.STUDY, GraphKind.CROSSWALK)
    }
    for published in _beside(before, graph):
        release = writer.read(published.id)
        if graph.kind is GraphKind.CROSSWALK:
            refuse_crosswalk(graph.id, release, writer.address)
        yield join_all(release, *others.values())
