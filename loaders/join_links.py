"""Whether a graph's studies are joined as they must be: relationships, counts, reasons.

What must be there is found once more (`joined`, `lacking`); here it is compared.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

import polars as pl

from workatlas.cypher import EDGES, EdgeKind
from workatlas.stores import GraphKind, Subgraph

from .findings import Finding
from .join_counts import check_counts, check_reasons
from .joined import Joined, Joins, owner_of
from .lacking import Lacking, lacking
from .link import Link, compare_links
from .matches import BASES
from .place import rows_of, unknown
from .study_places import Known

_SCHEMA: dict[str, pl.DataType] = {
    "start": pl.String(),
    "end": pl.String(),
    "file": pl.String(),
    "line": pl.Int64(),
}
_LABELS = {"task": "Task", "occupation": "Occupation", "activity": "WorkActivity"}
_LED_BY = EdgeKind("RatedSubject", "LED_BY", "CrosswalkPair")
_COUNTED_IN = EdgeKind("RatedSubject", "COUNTED_IN", "JoinCount")
_TASK_OF = EdgeKind("RatedSubject", "TASK_OF", "Occupation")

_Pair = tuple[str, str, str | None, int | None]
_Pairs = list[_Pair]


def check_joins(
    graph: Subgraph, known: Known, wrong: Collection[str]
) -> tuple[int, list[Finding]]:
    """Join the studies of a graph once more, and compare.

    ``known`` says how they are described. Gives how many values must be, and what
    differs. Nodes with the keys ``wrong`` have values that are not those of their
    lines: studies that they could be joined by are not judged.

    Raises:
        StoreError: this version does not know one of the studies.

    """
    joins = Joins(graph)
    for study in joins.studies:
        if study not in known:
            raise unknown(graph, f"the study {study}")
    lacks = list(lacking(joins))
    checks = (
        compare_links(graph, _links(joins, lacks), wrong),
        check_counts(joins, known, lacks),
        check_reasons(joins, known, lacks),
    )
    count = sum(values for values, _ in checks)
    suspect = _suspect(joins, wrong)
    findings = [finding for _, found in checks for finding in found]
    return count, [f for f in findings if owner_of(f"{f.key}") not in suspect]


def _suspect(joins: Joins, wrong: Collection[str]) -> Collection[str]:
    """Give the studies and crosswalks whose joins follow from wrong nodes."""
    if any(key.split("/")[0] in {*_LABELS, "crosswalkpair"} for key in wrong):
        return {
            *joins.studies,
            *map(owner_of, rows_of(joins.graph, "Crosswalk")["key"]),
        }
    return {owner_of(key) for key in wrong if "/" in key}


def _links(joins: Joins, lacks: Sequence[Lacking]) -> Iterator[Link]:
    """Give every kind of relationship that joining studies and crosswalks makes."""
    pairs: defaultdict[EdgeKind, _Pairs] = defaultdict(list)
    for row in joins.rows:
        for kind, end in _ends(row):
            at = row.row
            pairs[kind].append((at["key"], end, at["file"], at["line"]))
        holder = joins.holder_of(row.row)
        if holder is not None:
            own = row.row
            pairs[_TASK_OF].append((own["key"], holder, own["file"], own["line"]))
    for label, pair in _leading(joins.graph):
        pairs[EdgeKind("CrosswalkPair", "LEADS_TO", label)].append(pair)
    for kind in sorted(EDGES):
        is_join = kind.start == "RatedSubject" and kind.name in BASES
        leads = kind.name == "LEADS_TO"
        if is_join or leads or kind in {_LED_BY, _COUNTED_IN, _TASK_OF}:
            yield Link(kind, "start", _frame(pairs[kind]))
    for label in _LABELS.values():
        kind = EdgeKind(label, "UNRATED", "Unrated")
        why: _Pairs = [
            (key, each.key_of(reason), None, None)
            for each in lacks
            if each.label == label
            for reason, keys in each.all_reasons.items()
            for key in keys
        ]
        # The end decides: its key names the study.
        yield Link(kind, "end", _frame(why))


def _frame(pairs: _Pairs) -> pl.DataFrame:
    return pl.DataFrame(pairs, schema=_SCHEMA, orient="row")


def _ends(row: Joined) -> Iterator[tuple[EdgeKind, str]]:
    for end in row.ends:
        label = _LABELS[end.split("/")[0]]
        yield EdgeKind("RatedSubject", row.by, label), end
    for line in dict.fromkeys(row.led):
        yield _LED_BY, line
    yield _COUNTED_IN, row.count_key


def _leading(graph: Subgraph) -> Iterator[tuple[str, _Pair]]:
    """Give what of a release the lines of its crosswalks name, with its label."""
    if graph.kind is not GraphKind.RELEASE:
        return
    taxonomy = rows_of(graph, "Release").item(0, "taxonomy")
    crosswalks = rows_of(graph, "Crosswalk").to_dicts()
    known = {owner_of(row["key"]): row for row in crosswalks}
    codes = dict(rows_of(graph, "Occupation").select("code", "key").iter_rows())
    activities = rows_of(graph, "WorkActivity").select("elementId", "key")
    elements = dict(activities.iter_rows())
    for row in rows_of(graph, "CrosswalkPair").to_dicts():
        at = row["file"], row["line"]
        crosswalk = known[owner_of(row["key"])]
        is_new = crosswalk["toTaxonomy"] == taxonomy
        is_of_activities = crosswalk["subjects"] == "ACTIVITY"
        both = (row["fromCode"], row["toCode"])
        label, ends = "Occupation", [codes.get(both[is_new])]
        if is_of_activities:
            label, ends = "WorkActivity", list(map(elements.get, both))
        for end in filter(None, ends):
            yield label, (row["key"], end, *at)
