"""Whether the lines that figures name hold those figures, still and truly."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from workatlas.cypher import NODES
from workatlas.stores import Subgraph, Writer

from .compare import compare, constant, derived
from .copies import check_copies, check_occupations
from .findings import Checked, Finding, VerifyReport
from .information import TAXONOMY, check_information
from .join_links import check_joins
from .link import compare_links
from .links import links
from .own_study import descriptions
from .pinned import read_pinned
from .place import Place, Tie, rows_of, unknown
from .places import layout_of_graph, places, study_of
from .raw import archived, raw_rows, raw_sheet
from .repeated import check_statements
from .rubrics import check_rubrics
from .study_places import Known, study_spec

_OF_FILES = [label for label in NODES if {"file", "line"} <= NODES[label].keys()]
_FACTS = 2  # of a file: bytes and rows


def verify(writer: Writer, archive: Path) -> VerifyReport:
    """Read the archived source files again and compare every recorded value.

    The reading is not the loaders': a mistake of theirs does not hide itself here. A
    node that no file accounts for is a finding as well, and a relationship that what is
    recorded does not call for. All graphs are those of one moment.

    Raises:
        StoreError: the store is away or damaged, holds what another version of this
            program made, or was loaded meanwhile.

    """
    checked: list[Checked] = []
    wrong: list[Finding] = []
    for _, graph in sorted(writer.snapshot().graphs.items()):
        of_graph = verify_graph(read_pinned(writer, graph), archive)
        checked += of_graph.checked
        wrong += of_graph.wrong
    return VerifyReport(checked, wrong)


def verify_graph(graph: Subgraph, archive: Path) -> VerifyReport:
    """Compare one graph with the archived files; raises as ``verify`` does."""
    checked: list[Checked] = []
    wrong: list[Finding] = []
    seen: dict[str, list[pl.Series]] = defaultdict(list)
    studies = descriptions(graph, archive)
    for file in rows_of(graph, "SourceFile").sort("key").to_dicts():
        held = list(places(graph, studies, file))
        for place in held:
            seen[place.label].append(place.nodes["key"])
        if held:
            values, found = _check_file(graph, studies, file, held, archive)
            checked.append(Checked(graph.id, file["fileName"], values))
            wrong += found
    wrong += _unplaced(graph, seen)
    known = {f.key for f in wrong if f.key}
    statements, unlike = check_statements(graph, known)
    known |= {f.key for f in unlike if f.key}
    related, loose = compare_links(graph, links(graph), known)
    copies, stale = check_copies(graph, known)
    broken = {str(f.property) for f in (*wrong, *loose)}
    more, old = check_occupations(graph, known | broken)
    contents, other = check_information(graph)
    joins, misjoined = check_joins(graph, studies, known)
    if any(f.property in TAXONOMY for f in (*wrong, *loose)):
        other = []  # it is not judged by relationships that are wrong themselves
    rubrics, unsaid = check_rubrics(graph, studies)
    values = statements + related + copies + more + contents + joins + rubrics
    checked.append(Checked(graph.id, None, values))
    beside = [*unlike, *loose, *stale, *old, *other, *misjoined, *unsaid]
    return VerifyReport(checked, [*wrong, *beside])


def _unplaced(
    graph: Subgraph, seen: Mapping[str, Sequence[pl.Series]]
) -> Iterator[Finding]:
    """Give the nodes that none of the graph's files accounts for."""
    for label in _OF_FILES:
        nodes = rows_of(graph, label)
        known = pl.DataFrame({"key": pl.concat([nodes["key"].clear(), *seen[label]])})
        for row in nodes.join(known, on="key", how="anti").sort("key").to_dicts():
            name = row["file"]
            yield Finding(
                graph.id,
                name,
                key=row["key"],
                property="file",
                line=row["line"],
                recorded=name,
            )


def _check_file(
    graph: Subgraph,
    studies: Known,
    file: Mapping[str, Any],
    held: Sequence[Place],
    archive: Path,
) -> tuple[int, list[Finding]]:
    name = file["fileName"]
    raw = archived(archive, file["sha256"], name)
    if isinstance(raw, str):
        return 0, [Finding(graph.id, name, raw)]
    rows = _rows(graph, studies, file, raw)
    values = _FACTS
    wrong: list[Finding] = []
    for fact, found in (("bytes", len(raw)), ("rows", rows.height)):
        if file[fact] != found:
            wrong.append(
                Finding(
                    graph.id,
                    name,
                    key=file["key"],
                    property=fact,
                    recorded=file[fact],
                    found=found,
                )
            )
    for place in held:
        facts = (place.columns, place.constants, place.ties, place.made)
        each = sum(map(len, facts)) + 1
        values += place.nodes.height * each
        found_here = _check_place(graph, place, rows)
        wrong += [Finding(graph.id, name, **finding) for finding in found_here]
    return values, wrong


def _rows(
    graph: Subgraph, studies: Known, file: Mapping[str, Any], raw: bytes
) -> pl.DataFrame:
    name, study = file["fileName"], study_of(file)
    if study:
        spec = study_spec(graph, studies, study, name)
    else:
        spec = layout_of_graph(graph).spec(file["contents"])
    nulls = list(spec.null_tokens)
    rows = (
        raw_rows(raw, spec.separator, nulls, quoted=spec.quoted)
        if spec.sheet is None
        else raw_sheet(raw, spec.sheet, nulls)
    )
    absent = {n: c for n, c in spec.columns.items() if c not in rows.columns}
    lacking = sorted(column for n, column in absent.items() if n not in spec.optional)
    if lacking:
        raise unknown(graph, f"{name} without the column {lacking[0]!r}")
    return rows.with_columns(pl.lit(None, pl.String).alias(c) for c in absent.values())


def _check_place(
    graph: Subgraph, place: Place, rows: pl.DataFrame
) -> Iterator[dict[str, Any]]:
    yield from compare(place.label, place.nodes, rows, place.columns.items())
    yield from derived(place.nodes, rows, "key", place.key)
    for name, value in place.constants.items():
        yield from constant(place.nodes, name, value)
    for name, made in place.made.items():
        yield from derived(place.nodes, rows, name, made)
    for tie in place.ties:
        yield from derived(_tied(graph, place, tie), rows, tie.kind.name, tie.other)


def _tied(graph: Subgraph, place: Place, tie: Tie) -> pl.DataFrame:
    """Give the place's nodes, each with the other end of every such relationship."""
    none = pl.DataFrame(schema={"start": pl.String(), "end": pl.String()})
    other = "start" if tie.own == "end" else "end"
    edges = graph.edges.get(tie.kind, none).select(
        pl.col(tie.own).alias("key"), pl.col(other).alias(tie.kind.name)
    )
    return place.nodes.select("key", "line").join(edges, on="key", how="left")
