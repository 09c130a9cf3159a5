"""The path of a row: opened, read, checked, joined, published."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Protocol

from workatlas.errors import UsageError
from workatlas.stores import GraphKind, Subgraph, Writer

from .contents import refuse_other
from .crosswalk import read_crosswalk
from .crosswalk_description import crosswalks
from .description import check_names, describe
from .download import Progress, silent
from .generate import FOLDERS
from .gpts_are_gpts import read_gpts_are_gpts
from .join import is_current, join_all, join_more, part
from .known import open_known
from .limits import DEFAULT, Limits
from .manifest import KnownSource, is_own, known_source
from .onet import read_release
from .report import Contents, LoadReport
from .source import Source, open_source
from .study import read_study

_WITH_RULES = {"gpts-are-gpts": read_gpts_are_gpts}
"""Studies that have rules of their own beside those of their descriptions."""

SAMPLE = "sample"
_SAMPLE_FOLDER = Path(__file__).with_name("sample")


def load(
    writer: Writer,
    source: str,
    *,
    archive: Path,
    now: str,
    origin: str | None = None,
    without: Collection[str] = (),
    partial: Collection[str] = (),
    progress: Progress = silent,
    limits: Limits = DEFAULT,
) -> LoadReport:
    """Read a source by name, join it to what is loaded, and publish all or nothing.

    What is read is checked before anything is written; a release is joined to every
    loaded study and crosswalk, these to every loaded release.

    Args:
        writer: the store.
        source: ``onet``, ``onet@29.2``, a study such as ``gpts-are-gpts`` or one that
            ``origin`` describes, a crosswalk, or ``sample``: the bundled release with
            its studies, all of it invented.
        archive: folder where copies of the source's files are kept.
        now: the time, ISO 8601 in UTC.
        origin: a folder, zip or address instead of the publisher's.
        without: files that a release is loaded without, by name.
        partial: files of which the source holds a part only, by name.
        progress: is told how far a download is.
        limits: bounds of time and size for a download.

    Raises:
        UsageError: an unknown source, an option that it does not take, or something
            invented that would replace something real.
        SourceError: it cannot be had.
        DataError: it is wrong; says in which file, line and column.
        BusyError: another load is running.
        StoreError: the store is away, damaged or full.

    """
    reading = Reading(archive, now, origin, without, partial, progress, limits)
    read = reading.sample() if source == SAMPLE else [reading.known(source)]
    with writer.lock():
        before = writer.snapshot()
        contents: list[Contents] = []
        after = writer.publish(_joined(writer, read, contents), now=now)
    return LoadReport(after.version, [c.report(before, after) for c in contents])


@dataclass(frozen=True)
class Reading:
    """How a source is opened and read; see ``load`` for the fields."""

    archive: Path
    now: str
    origin: str | None
    without: Collection[str]
    partial: Collection[str]
    progress: Progress
    limits: Limits

    def known(self, spec: str) -> Subgraph:
        """Open and read a source of the manifest."""
        if self.origin is not None and is_own(spec):
            return self._own(spec, self.origin)
        known = known_source(spec)
        if known.dataset != "onet":
            self._check_files(known)
        source = open_known(
            known,
            archive=self.archive,
            now=self.now,
            location=self.origin,
            progress=self.progress,
            limits=self.limits,
        )
        refuse_other(source, known, {*self.without, *self.partial})
        if known.dataset == "onet":
            return self._release(source, known)
        if known.dataset in crosswalks():
            return read_crosswalk(known.dataset, source, self.partial)
        return self._study(known.dataset, source)

    def _study(self, name: str, source: Source) -> Subgraph:
        read = _WITH_RULES.get(name)
        if read is not None:
            return read(source, self.partial)
        return read_study(name, source, self.partial)

    def _own(self, name: str, origin: str) -> Subgraph:
        """Open and read a study that is described beside its data."""
        self._refuse_without(name)
        source = open_source(
            origin,
            archive=self.archive,
            now=self.now,
            progress=self.progress,
            limits=self.limits,
        )
        return read_study(name, source, self.partial)

    def _check_files(self, known: KnownSource) -> None:
        self._refuse_without(known.id)
        if known.dataset in crosswalks():
            check_names(known.id, [crosswalks()[known.dataset].file], self.partial)
        else:
            describe(known.id).check_files(self.partial)

    def _refuse_without(self, name: str) -> None:
        if self.without:
            raise UsageError(
                f"{name} cannot be loaded without one of its files.",
                todo="Leave out --without: it is for releases.",
            )

    def _release(self, source: Source, known: KnownSource) -> Subgraph:
        return read_release(
            source,
            known.version,
            published=known.published,
            url=known.url,
            without=self.without,
            partial=self.partial,
        )

    def sample(self) -> list[Subgraph]:
        """Read the bundled release and its studies."""
        if self.origin or self.without or self.partial:
            raise UsageError(
                "The sample is bundled and whole.",
                todo="Leave out --from, --without and --partial.",
            )
        studies = [
            self._study(study, self._bundled(folder))
            for study, folder in FOLDERS.items()
        ]
        return [read_release(self._bundled("."), SAMPLE), *studies]

    def _bundled(self, folder: str) -> Source:
        place = str(_SAMPLE_FOLDER / folder)
        return open_source(place, archive=self.archive, now=self.now)


def _joined(
    writer: Writer, read: Sequence[Subgraph], contents: list[Contents]
) -> Iterator[Subgraph]:
    """Give every graph that changes, one after the other, joined to the others."""
    new = {subgraph.id: subgraph for subgraph in read}
    refuse_replacing(writer, read)
    fresh = [s for s in read if s.kind is not GraphKind.RELEASE]
    # A release alone changes no other graph; what is joined changes every release.
    releases = (
        _of(GraphKind.RELEASE, writer, new)
        if fresh
        else iter(s for s in read if s.kind is GraphKind.RELEASE)
    )
    others = _Others(writer, new)
    for subgraph in chain(fresh, map(others.join, releases)):
        contents.append(Contents.of(subgraph))
        yield subgraph


@dataclass(frozen=True)
class _Others:
    """What releases are joined to: what was just read, and what is published.

    What is invented is joined to what is invented only: its numbers mean nothing else.
    """

    writer: Writer
    new: Mapping[str, Subgraph]

    def join(self, release: Subgraph) -> Subgraph:
        """Join a release to everything.

        One that is published is joined to all but new studies already: only a new
        crosswalk, or another version of this program, would join those otherwise.
        """
        crosswalks = _like(release, self._crosswalks)
        added = [s for s in self.new.values() if s.kind is not GraphKind.RELEASE]
        is_known = release.id not in self.new and is_current(release)
        if is_known and all(s.kind is GraphKind.STUDY for s in added):
            for other in added:
                if other.synthetic != release.synthetic:
                    release = part(release, other.id)  # it takes another's place
            return join_more(release, _like(release, added), crosswalks)
        return join_all(release, _like(release, self._studies), crosswalks)

    @cached_property
    def _studies(self) -> list[Subgraph]:
        return [*_of(GraphKind.STUDY, self.writer, self.new)]

    @cached_property
    def _crosswalks(self) -> list[Subgraph]:
        return [*_of(GraphKind.CROSSWALK, self.writer, self.new)]


def _like(release: Subgraph, others: Iterable[Subgraph]) -> list[Subgraph]:
    return [other for other in others if other.synthetic == release.synthetic]


class Replacing(Protocol):
    """What is to be published under a name: a graph, or the announcement of one."""

    @property
    def id(self) -> str:
        """The name."""
        ...

    @property
    def synthetic(self) -> bool:
        """Whether it is invented."""
        ...


def refuse_replacing(writer: Writer, graphs: Iterable[Replacing]) -> None:
    """Refuse to put something invented in the place of something real.

    Raises:
        UsageError: names the graph.

    """
    published = writer.snapshot().graphs
    for graph in graphs:
        known = published.get(graph.id)
        if graph.synthetic and known is not None and not known.synthetic:
            raise UsageError(
                f"{graph.id} is in the graph as published; this one is invented.",
                where=writer.address,
                todo="Load what is invented into another --store.",
            )


def _of(
    kind: GraphKind, writer: Writer, new: Mapping[str, Subgraph]
) -> Iterator[Subgraph]:
    """Give the new and the published graphs of a kind."""
    published = {graph.id for graph in writer.snapshot().of(kind)}
    for graph_id in sorted(published | {i for i, s in new.items() if s.kind is kind}):
        yield new[graph_id] if graph_id in new else writer.tables(graph_id)
