"""What there is to say of an export: its files, and the works behind each graph."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeVar

import polars as pl
from strawberry.utils.str_converters import to_camel_case

from workatlas.schema.citation import CitationStyle, Page, cite
from workatlas.schema.join_rows import CrosswalkRow
from workatlas.schema.rows import DatasetRow, ReleaseRow, StudyRow
from workatlas.schema.source import Source, sources_of
from workatlas.stores import Subgraph, node_schema

from .manifest import ExportedGraph, Manifest

PUBLISHER = "WorkAtlas"
ATTRIBUTION = "ATTRIBUTION.txt"
UNLICENSED = "no licence stated"
_DAY = len("2026-01-02")
_GAPS = {CitationStyle.APA: "\n", CitationStyle.BIBTEX: "\n\n"}

_Row = TypeVar("_Row", CrosswalkRow, DatasetRow, ReleaseRow, StudyRow)


class File(NamedTuple):
    """A table in a file: path, format, checksum, size in bytes, and what it holds."""

    path: str
    format: str
    sha256: str
    bytes: int
    graph: str
    place: str


@dataclass(frozen=True)
class About:
    """The works behind a graph, and the day on which the newest file of it was had."""

    sources: list[Source]
    retrieved: str

    @classmethod
    def of(cls, graph: Subgraph) -> "About":
        """Find out what to cite for a graph."""
        releases = _rows(graph, "Release", ReleaseRow)
        datasets = _rows(graph, "Dataset", DatasetRow)
        studies = _rows(graph, "Study", StudyRow)
        times = _table(graph, "SourceFile")["retrieved"].drop_nulls().to_list()
        crosswalks = _rows(graph, "Crosswalk", CrosswalkRow)
        return cls(
            sources_of(releases, datasets, studies, crosswalks),
            max(times, default="")[:_DAY],
        )


def _table(graph: Subgraph, label: str) -> pl.DataFrame:
    return graph.nodes.get(label, pl.DataFrame(schema=node_schema(label)))


def _rows(graph: Subgraph, label: str, row: type[_Row]) -> list[_Row]:
    """Give the nodes of a label as the rows that the schema describes sources from."""
    columns = [_table(graph, label)[to_camel_case(name)] for name in row._fields]
    return [row(*values) for values in zip(*columns, strict=True)]


@dataclass(frozen=True)
class Description:
    """An export as its descriptions tell of it; ``about`` is by graph."""

    manifest: Manifest
    files: Sequence[File]
    about: Mapping[str, About]

    @cached_property
    def sources(self) -> list[Source]:
        """The works behind all graphs, each once."""
        every = {s.id: s for about in self.about.values() for s in about.sources}
        return list(every.values())

    @property
    def title(self) -> str:
        """What it is called."""
        return f"WorkAtlas graph {self.manifest.version}"

    @property
    def text(self) -> str:
        """What it is, in a few sentences."""
        graphs = ", ".join(graph.id for graph in self.manifest.graphs)
        invented = [source.title for source in self.sources if source.synthetic]
        text = (
            f"Every node and relationship of {graphs}, as WorkAtlas published them in "
            f"version {self.manifest.published_version} of its graph. What was read "
            f"from a file names it with the line. {ATTRIBUTION} has the licences and "
            "the sentences that they require."
        )
        if invented:
            text += f" Invented, and not to be cited: {'; '.join(invented)}."
        return text

    @property
    def retrieved(self) -> str:
        """The day on which the newest file was had; empty where none is told."""
        return max(about.retrieved for about in self.about.values())

    def files_of(self, graph: ExportedGraph, place: str) -> list[File]:
        """Give the files of a table, a file a format."""
        return [f for f in self.files if (f.graph, f.place) == (graph.id, place)]


def cited(sources: list[Source], style: CitationStyle) -> str:
    """Cite works in APA style or BibTeX, in their order."""
    # A page is cited before the works behind it; here there is none.
    [citation] = cite(Page("", ""), sources, date.min, [style])
    return citation.text.partition(_GAPS[style])[2]
