"""Whether the lines that figures name hold those figures, still and truly."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

from workatlas.stores import Subgraph, Writer

from .compare import compare, constant, whole
from .description import RatedFile, describe
from .layout import Layout, layouts
from .raw import archived, raw_rows

_LABELS = {
    "occupations": ("Occupation",),
    "task_statements": ("Task",),
    "task_ratings": ("Rating",),
    "task_activities": ("ActivityLink",),
    "detailed_activities": ("WorkActivity",),
    "intermediate_activities": ("WorkActivity",),
    "activity_hierarchy": ("WorkActivity",),
    "content_model": ("ContentElement", "WorkActivity"),
    "scales": ("Scale",),
    "task_categories": ("Category",),
    "alternate_titles": ("JobTitle",),
    "reported_titles": ("JobTitle",),
}
"""What the rows of each table of a release became."""


@dataclass(frozen=True)
class Finding:
    """A recorded value that its line does not hold, or a file that cannot be read.

    ``property`` is null for a file that is gone from the archive or was changed there.
    """

    graph: str
    file: str
    key: str | None = None
    property: str | None = None
    line: int | None = None
    column: str | None = None
    recorded: Any = None
    found: Any = None


@dataclass(frozen=True)
class Checked:
    """How many recorded values of a graph's file were compared with their lines."""

    graph: str
    file: str
    values: int


@dataclass(frozen=True)
class VerifyReport:
    """What was compared, and what was wrong."""

    checked: list[Checked]
    wrong: list[Finding]

    def as_dict(self) -> dict[str, Any]:
        """Give the report as plain values."""
        return asdict(self)

    def lines(self) -> list[str]:
        """Give the report as lines of text."""
        return [
            *(f"{c.graph}: {c.file}: {c.values:,} values" for c in self.checked),
            *(f"WRONG {_sentence(finding)}" for finding in self.wrong),
            f"{len(self.wrong):,} wrong of {sum(c.values for c in self.checked):,}",
        ]


def _sentence(finding: Finding) -> str:
    if finding.property is None:
        return f"{finding.graph}: {finding.file} is not in the archive as it was loaded"
    place = f"{finding.file}:{finding.line}:{finding.column or 'the row'}"
    return (
        f"{finding.graph}/{finding.key}: {finding.property} is {finding.recorded!r}, "
        f"{place} has {finding.found!r}"
    )


def verify(writer: Writer, archive: Path) -> VerifyReport:
    """Read the archived source files again and compare every recorded value.

    The reading is not the loaders': a mistake of theirs does not hide itself here.

    Raises:
        StoreError: the store is away or damaged.

    """
    checked: list[Checked] = []
    wrong: list[Finding] = []
    for graph_id in sorted(writer.snapshot().graphs):
        graph = writer.read(graph_id)
        for file in graph.nodes["SourceFile"].sort("key").to_dicts():
            if file["coverage"] != "ABSENT":
                values, found = _check_file(graph, file, archive)
                checked.append(Checked(graph_id, file["fileName"], values))
                wrong.extend(found)
    return VerifyReport(checked, wrong)


def _check_file(
    graph: Subgraph, file: dict[str, Any], archive: Path
) -> tuple[int, list[Finding]]:
    name = file["fileName"]
    raw = archived(archive, file["sha256"], name)
    if raw is None:
        return 0, [Finding(graph.id, name)]
    study = file["key"].removeprefix("file/").removesuffix(name).rstrip("/")
    comparisons = (
        _of_study(graph, study, name, raw)
        if study
        else _of_release(graph, file["contents"], name, raw)
    )
    values = 0
    wrong: list[Finding] = []
    for count, findings in comparisons:
        values += count
        wrong += [Finding(graph.id, name, **finding) for finding in findings]
    return values, wrong


_Compared = Iterator[tuple[int, list[dict[str, Any]]]]


def _of_release(graph: Subgraph, table: str, name: str, raw: bytes) -> _Compared:
    layout = layouts()[graph.nodes["Release"]["layout"][0]]
    rows = raw_rows(raw, layout.separator, layout.null_tokens, quoted=layout.quoted)
    for label in _LABELS[table]:
        nodes = graph.nodes[label].filter(pl.col("file") == name)
        if label == "JobTitle":
            kind = table.partition("_")[0].upper()
            nodes = nodes.filter(pl.col("kind") == kind)
        for part, columns in _parts(layout, table, nodes):
            named = {p: c for p, c in columns.items() if p in part.columns}
            yield compare(label, part, rows, named, _key(label, columns))


def _parts(
    layout: Layout, table: str, nodes: pl.DataFrame
) -> Iterator[tuple[pl.DataFrame, dict[str, str]]]:
    """Give nodes with the columns that hold their properties."""
    columns = layout.tables[table].columns
    if table != "activity_hierarchy":
        yield nodes, columns
        return
    # One row holds a detailed activity and the names of those above it.
    yield nodes.filter(pl.col("level") == "DETAILED"), columns
    above = {
        "elementId": columns["intermediate"],
        "heading": columns["intermediateHeading"],
    }
    yield nodes.filter(pl.col("level") == "INTERMEDIATE"), above


def _key(label: str, columns: dict[str, str]) -> pl.Expr | None:
    """Give what a node's key must be, made of the columns of its row."""
    kinds = {
        "Occupation": ("occupation", "code"),
        "Task": ("task", "taskId"),
        "Rating": ("rating", "taskId", "scale", "category"),
        "ActivityLink": ("link", "taskId", "elementId"),
        "WorkActivity": ("activity", "elementId"),
        "ContentElement": ("element", "elementId"),
        "Scale": ("scale", "scale"),
        "Category": ("category", "scale", "category"),
    }
    if label not in kinds:
        return None
    kind, *parts = kinds[label]
    numbers = {"taskId", "category"}
    cells = [
        whole(columns[part]) if part in numbers else pl.col(columns[part])
        for part in parts
    ]
    return pl.concat_str([pl.lit(kind), *cells], separator="/", ignore_nulls=True)


def _of_study(graph: Subgraph, study: str, name: str, raw: bytes) -> _Compared:
    described = next(f for f in describe(study).files if f.name == name)
    rows = raw_rows(raw, described.separator, [""], quoted=True)
    mine = pl.col("key").str.contains(f"/{study}/", literal=True)
    own = mine & (pl.col("file") == name)
    subjects = graph.nodes["RatedSubject"].filter(own)
    named = {p: c for p, c in described.columns.items() if p in subjects.columns}
    yield compare("RatedSubject", subjects, rows, named, None)
    ratings = graph.nodes["ExposureRating"].filter(own)
    yield from _ratings(ratings, study, described, rows)


def _ratings(
    ratings: pl.DataFrame, study: str, described: RatedFile, rows: pl.DataFrame
) -> _Compared:
    subject = described.columns[described.subject]
    who = whole(subject) if described.subject == "taskId" else pl.col(subject)
    for place in described.ratings:
        held = ratings.filter(
            (pl.col("rater") == place.rater) & (pl.col("measure") == place.measure)
        )
        columns = {"exposureLabel": place.label, "score": place.score}
        named = {p: c for p, c in columns.items() if c}
        ends = [pl.lit(place.rater), pl.lit(place.measure)]
        key = pl.concat_str([pl.lit(f"exposure/{study}"), who, *ends], separator="/")
        yield compare("ExposureRating", held, rows, named, key)
        fixed = {
            "column": place.column,
            **{p: None for p, c in columns.items() if not c},
        }
        for name, value in fixed.items():
            yield held.height, constant(held, name, value)
