"""Which relationships the joins of a release call for, and which counts."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping

import polars as pl

from workatlas.cypher import EDGES, EdgeKind
from workatlas.stores import GraphKind, Subgraph

from .findings import Finding
from .joined import REASONS, Joined, joined
from .lacking import lacking
from .link import Link
from .place import rows_of

_SCHEMA: dict[str, pl.DataType] = {
    "start": pl.String(),
    "end": pl.String(),
    "file": pl.String(),
    "line": pl.Int64(),
}


def join_links(graph: Subgraph) -> Iterator[Link]:
    """Give every kind of relationship that joining studies and crosswalks makes."""
    rows = list(joined(graph))
    pairs: defaultdict[EdgeKind, list[tuple[str, str, str, int]]] = defaultdict(list)
    for row in rows:
        for kind, end in _ends(row):
            at = row.row
            pairs[kind].append((at["key"], end, at["file"], at["line"]))
    for kind in sorted(EDGES):
        if kind.start == "RatedSubject" and kind.name in {*REASONS, *_BESIDE}:
            yield Link(kind, "start", _frame(pairs[kind]))
    yield Link(_LEADS_TO, "start", _frame(_leading(graph)))
    yield from _lacking(graph, rows)


_BESIDE = {"LED_BY": "CrosswalkPair", "COUNTED_IN": "JoinCount"}
_LEADS_TO = EdgeKind("CrosswalkPair", "LEADS_TO", "Occupation")
_LABELS = {"task": "Task", "occupation": "Occupation", "activity": "WorkActivity"}


def _frame(pairs: list[tuple[str, str, str, int]]) -> pl.DataFrame:
    return pl.DataFrame(pairs, schema=_SCHEMA, orient="row")


def _ends(row: Joined) -> Iterator[tuple[EdgeKind, str]]:
    for end in row.ends:
        label = _LABELS[end.split("/")[0]]
        yield EdgeKind("RatedSubject", row.by, label), end
    for line in dict.fromkeys(row.led):
        yield EdgeKind("RatedSubject", "LED_BY", "CrosswalkPair"), line
    yield EdgeKind("RatedSubject", "COUNTED_IN", "JoinCount"), _count_key(row)


def _count_key(row: Joined) -> str:
    study = row.row["key"].split("/")[1]
    return f"joincount/{study}/{row.row['file']}/{row.reason}"


def _leading(graph: Subgraph) -> list[tuple[str, str, str, int]]:
    """Give the occupations whose codes stand in the lines of crosswalks."""
    if graph.kind is not GraphKind.RELEASE:
        return []
    taxonomy = rows_of(graph, "Release").item(0, "taxonomy")
    known = {row["crosswalk"]: row for row in rows_of(graph, "Crosswalk").to_dicts()}
    codes = dict(rows_of(graph, "Occupation").select("code", "key").iter_rows())
    pairs: list[tuple[str, str, str, int]] = []
    for row in rows_of(graph, "CrosswalkPair").to_dicts():
        is_new = known[row["key"].split("/")[1]]["toTaxonomy"] == taxonomy
        end = codes.get(row["toCode" if is_new else "fromCode"])
        if end is not None:
            pairs.append((row["key"], end, row["file"], row["line"]))
    return pairs


def _lacking(graph: Subgraph, rows: list[Joined]) -> Iterator[Link]:
    pairs: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, why in lacking(graph, rows):
        pairs[_LABELS[key.split("/")[0]]].append((key, why))
    for label in _LABELS.values():
        schema = {name: _SCHEMA[name] for name in ("start", "end")}
        frame = pl.DataFrame(pairs[label], schema=schema, orient="row")
        placed = frame.with_columns(
            file=pl.lit(None, pl.String), line=pl.lit(None, pl.Int64)
        )
        yield Link(EdgeKind(label, "UNRATED", "Unrated"), "start", placed)


def check_counts(graph: Subgraph, wrong: Collection[str]) -> tuple[int, list[Finding]]:
    """Count again what was counted of joins, and compare.

    Gives how many counts there must be, and what differs. Where rows with the keys
    ``wrong`` are not those of their lines, nothing of their study is judged.
    """
    if graph.kind is not GraphKind.RELEASE:
        return 0, []
    suspect = {parts[1] for parts in (key.split("/") for key in wrong) if parts[1:]}
    must: Mapping[str, int] = Counter(_count_key(row) for row in joined(graph))
    there = {
        row["key"]: row["rows"]
        for row in rows_of(graph, "JoinCount").to_dicts()
        if row["fileName"] is not None and row["reason"] != "RATING_BLANK"
    }
    findings = [
        Finding(
            graph.id,
            None,
            key=key,
            property="rows",
            recorded=there.get(key),
            found=must.get(key),
        )
        for key in sorted(must.keys() | there.keys())
        if must.get(key) != there.get(key) and key.split("/")[1] not in suspect
    ]
    return len(must), findings
