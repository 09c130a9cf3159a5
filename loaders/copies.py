"""Values that a graph holds a second time, so that lists can be ordered by them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from typing import TypeAlias

import polars as pl

from workatlas.cypher import EdgeKind
from workatlas.stores import Subgraph
from workatlas.stores.keys import text_name

from .findings import Finding
from .place import COPIED, COPIED_OVER, rows_of

_Value: TypeAlias = tuple[str, int | None, float | None]


def check_copies(graph: Subgraph, wrong: Collection[str]) -> tuple[int, list[Finding]]:
    """Compare what tasks repeat of their ratings with these.

    Gives how many values were compared, and what differs, with the place of the rating.
    Ratings with the keys ``wrong`` are not those of their lines: not judged by them.
    """
    tasks = rows_of(graph, "Task")
    suspect, findings = list(wrong), list[Finding]()
    for name, scale in COPIED["Task"].items():
        ratings = rows_of(graph, "Rating").filter(pl.col("scale") == scale)
        both = tasks.select("key", recorded=name).join(
            ratings.select(
                "file",
                "line",
                rating="key",
                key=pl.col("key").str.replace("rating/(.*)/.*", "task/$1"),
                found="value",
            ),
            on="key",
            how="left",
        )
        differing = both.filter(
            pl.col("recorded").ne_missing(pl.col("found")),
            pl.col("rating").is_null() | ~pl.col("rating").is_in(suspect),
        )
        findings += [
            Finding(graph.id, property=name, **row)
            for row in differing.drop("rating").sort("key").to_dicts()
        ]
    findings += _misnamed(graph, suspect)
    return tasks.height * (len(COPIED["Task"]) + 1), findings


def _misnamed(graph: Subgraph, wrong: Collection[str]) -> Iterator[Finding]:
    """Give the tasks whose ``ratedAs`` does not name the values of their ratings."""
    said, suspect = defaultdict[str, list[_Value]](list), set[str]()
    rows = rows_of(graph, "Rating").select("key", "scale", "category", "value")
    for key, *value in rows.iter_rows():
        task = f"task/{key.split('/')[1]}"
        said[task].append(tuple(value))
        if key in wrong:
            suspect.add(task)
    for key, recorded in rows_of(graph, "Task").select("key", "ratedAs").iter_rows():
        found = _name_of(said[key]) if key in said else None
        if recorded != found and key not in suspect:
            yield Finding.beside(graph.id, key, "ratedAs", recorded, found)


def _name_of(values: list[_Value]) -> str:
    ordered = sorted(values, key=lambda value: (value[0], value[1] or 0))
    lines = (" ".join(str(v) for v in each if v is not None) for each in ordered)
    return text_name("\n".join(lines))


def check_occupations(
    graph: Subgraph, wrong: Collection[str]
) -> tuple[int, list[Finding]]:
    """Compare what occupations repeat of their job zones and tasks with these.

    Gives how many values were compared, and what differs. By job zones with the keys
    ``wrong``, and by relationships with those names, nothing is judged.
    """
    zones = dict(rows_of(graph, "JobZone").select("key", "zone").iter_rows())
    zone_of = dict(_pairs(graph, "HAS_JOB_ZONE", "JobZone"))
    tasks = Counter(start for start, _ in _pairs(graph, "HAS_TASK", "Task"))
    occupations = rows_of(graph, "Occupation").sort("key")
    findings: list[Finding] = []
    for key, zone, count in occupations.select("key", *COPIED_OVER).iter_rows():
        own = zone_of.get(key)
        found = {"jobZone": zones[own] if own else None, "taskCount": tasks[key]}
        for name, recorded in (("jobZone", zone), ("taskCount", count)):
            judged = not {own, COPIED_OVER[name]} & {*wrong}
            if judged and recorded != found[name]:
                findings.append(
                    Finding.beside(graph.id, key, name, recorded, found[name])
                )
    return occupations.height * len(COPIED_OVER), findings


def _pairs(graph: Subgraph, name: str, end: str) -> Iterator[tuple[str, str]]:
    kind = EdgeKind("Occupation", name, end)
    if kind in graph.edges:
        yield from graph.edges[kind].iter_rows()
