"""The graphs that generated queries ask, and what is in them to be asked for."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

import polars as pl

from workatlas.cypher import NODES
from workatlas.loaders.generate import generate
from workatlas.loaders.gpts_are_gpts import read_gpts_are_gpts
from workatlas.loaders.join import join_all
from workatlas.loaders.onet import read_release
from workatlas.stores import GraphKind, Subgraph

from .. import mini
from ..generated import opened
from ..mini_labels import occupation, read_labels, task
from ..odd_graph import odd_graph

NEWEST, PARTIAL, UNRATED, BROKEN = "1.0", "2.0", "3.0", "4.0"
_BOUND = 2**31
_NODES = ("Task", "Occupation", "WorkActivity", "Release")


@dataclass(frozen=True)
class Focus:
    """What one release can be asked for, by the label of it."""

    release: str
    task_ids: tuple[int, ...]
    codes: tuple[str, ...]
    elements: tuple[str, ...]
    nodes: tuple[str, ...]


@dataclass(frozen=True)
class World:
    """All that is published at once: releases, each with the studies joined to it."""

    graphs: tuple[Subgraph, ...] = field(repr=False)

    @property
    def focuses(self) -> list[Focus]:
        """What each release can be asked for, the simplest first."""
        return [_focus(g) for g in self.graphs if g.kind is GraphKind.RELEASE]

    @property
    def studies(self) -> list[str]:
        """The identifiers of the studies."""
        return [g.id for g in self.graphs if g.kind is GraphKind.STUDY]


def make_world(folder: Path) -> World:
    """Make every kind of graph, all of them small.

    One is whole, with a study of which some rows are blank and some join nothing; one
    lacks a part of its ratings and one all of them; one has holes where none may be,
    and one odd values everywhere; two are generated.
    """
    study = read_labels(
        folder,
        [
            task(1),
            task(2, Task="Fold paper another way.", gpt4_automation="", automation=""),
            task(3, human_exposure_agg="", human_labels=""),
            task(77),
        ],
        [occupation("11-1.00"), occupation("99-1.00")],
    )
    whole = join_all(mini.release(NEWEST, published="2026-01"), [study])
    return World(
        (
            whole,
            mini.release(PARTIAL, coverage="PART"),
            mini.release(UNRATED, coverage="ABSENT"),
            _with_holes(replace(whole, id=f"onet-{BROKEN}", published="2024-04")),
            odd_graph("onet-5.0"),
            _generated(folder / "text", "6.0", "onet-text-1", ()),
            _generated(folder / "csv", "7.0", "onet-csv-1", ("task_ratings.csv",)),
            study,
            odd_graph("odd-study", GraphKind.STUDY),
        )
    )


def _with_holes(graph: Subgraph) -> Subgraph:
    """Leave out every eleventh value that is no key; releases keep their names."""
    number = count()
    nodes: dict[str, pl.DataFrame] = {}
    for label, table in graph.nodes.items():
        columns = {
            name: [
                None if name != "key" and next(number) % 11 == 10 else value
                for value in table[name]
            ]
            for name in table.columns
        }
        nodes[label] = pl.DataFrame(columns, schema=table.schema)
    named = pl.lit(graph.id).alias("release")
    nodes["Release"] = nodes["Release"].with_columns(named)
    return replace(graph, nodes=nodes, fingerprint="4" * 64)


def _generated(
    out: Path, version: str, layout: str, partial: Collection[str]
) -> Subgraph:
    generate(out, occupations=4, tasks=24, seed=3, layout=layout)
    archive = out.parent / "archive"
    release = read_release(
        opened(out, archive), version, published=f"2023-0{version[0]}", partial=partial
    )
    labels = read_gpts_are_gpts(opened(out / "exposure", archive))
    return join_all(release, [labels])


def _focus(graph: Subgraph) -> Focus:
    def some(label: str, column: str, most: int = 6) -> list[Any]:
        return graph.nodes[label][column].drop_nulls().head(most).to_list()

    others = [label for label in NODES if label in graph.nodes]
    nodes = [key for label in _NODES * 2 for key in some(label, "key")]
    nodes += [key for label in others for key in some(label, "key", 1)]
    return Focus(
        graph.id,
        tuple(n for n in some("Task", "taskId") if abs(n) < _BOUND),
        tuple(some("Occupation", "code")),
        tuple(some("WorkActivity", "elementId")),
        tuple(f"{graph.id}/{key}" for key in nodes),
    )
