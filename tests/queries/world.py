"""The graphs that generated queries ask, and what is in them to be asked for."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

import polars as pl

from workatlas.cypher import NODES, load_catalogue
from workatlas.loaders.generate import FOLDERS, generate
from workatlas.loaders.gpts_are_gpts import read_gpts_are_gpts
from workatlas.loaders.join import join_all
from workatlas.loaders.onet import read_release
from workatlas.stores import GraphKind, Subgraph

from .. import mini
from ..generated import opened, study_of
from ..mini_labels import occupation, open_folder, read_labels, task, write_labels
from ..mini_studies import (
    crossing,
    economic,
    hidden,
    kinds,
    migrating,
    share,
    working,
)
from ..odd_graph import odd_graph

NEWEST, PARTIAL, UNRATED, BROKEN = "1.0", "28.0", "3.0", "4.0"
OLD, NEW = "20.1", "30.9"
"""Releases on either side of a crosswalk; on the old one a study was made."""
_BOUND = 2**31
_TIES = {
    (entry.child.label, entry.pages.tie)
    for entry in load_catalogue().values()
    if entry.pages is not None
}
_NODES = ("Task", "Occupation", "WorkActivity", "Release", "Study")


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
        """What each release can be asked for, the simplest first.

        Activities have the identifiers of other releases too.
        """
        releases = [g for g in self.graphs if g.kind is GraphKind.RELEASE]
        found = [_focus(release) for release in releases]
        away = [e for focus in found for e in focus.elements[:2]]
        return [replace(f, elements=(*f.elements, *away)) for f in found]

    @property
    def studies(self) -> list[str]:
        """The identifiers of the studies."""
        return [g.id for g in self.graphs if g.kind is GraphKind.STUDY]


def make_world(folder: Path) -> World:
    """Make every kind of graph, all of them small.

    One is whole, with studies of which some rows are blank or suppressed and some join
    nothing; one lacks a part of its ratings, and is newer than a study; one has none,
    and a part of a study; one has holes where none may be, and one odd values
    everywhere; two are generated, with all studies, on either side of a crosswalk and
    of the change of identifiers.
    """
    studies = _studies(folder)
    whole = join_all(mini.release(NEWEST, published="2026-01"), studies)
    old, new = (folder / layout for layout in ("onet-text-1", "onet-csv-1"))
    codes, _ = _written(old), _written(new)  # the same ones
    crosswalk = crossing(
        folder / "crosswalk",
        *((code, code) for code in codes[:4]),
        (codes[1], codes[2]),
    )
    aioe = study_of("aioe", old / "aioe", folder / "archive")
    releases = [_read(old, OLD, ()), _read(new, NEW, ("task_ratings.csv",))]
    migration = _migration(folder, *releases)
    crosswalks = [crosswalk, migration]
    return World(
        (
            whole,
            join_all(_partial(), studies),
            join_all(mini.release(UNRATED, coverage="ABSENT"), [_cut_labels(folder)]),
            _with_holes(replace(whole, id=f"onet-{BROKEN}", published="2024-04")),
            odd_graph("onet-5.0"),
            *(
                join_all(release, _studies_of(written), crosswalks)
                for release, written in zip(releases, (old, new), strict=True)
            ),
            *studies,
            aioe,
            *crosswalks,
            odd_graph("odd-study", GraphKind.STUDY),
        )
    )


def _partial() -> Subgraph:
    """Make a release that has what the others propose."""
    return mini.release(PARTIAL, coverage="PART", words=mini.PROPOSED)


def _studies(folder: Path) -> list[Subgraph]:
    """Make studies of the small release, in the order of their names."""
    labels = read_labels(
        folder,
        [
            task(1),
            task(2, Task="Fold paper another way.", gpt4_automation="", automation=""),
            task(3, human_exposure_agg="", human_labels=""),
            task(77),
        ],
        [occupation("11-1.00"), occupation("99-1.00")],
    )
    alone, shared, gone = (f"fold paper {number} times." for number in (1, 2, 77))
    usage = economic(
        folder / "usage",
        [share(text) for text in (alone, shared, gone, "none")],
        [hidden(alone), kinds(shared), kinds(gone)],
    )
    activities = working(
        folder / "activities",
        {"4.A.1.a.1.I01": "Folding", "4.A.1.a.1.I02": "Unfolding"},
        ["11-1011", "11-1020"],
    )
    return [usage, labels, activities]


def _cut_labels(folder: Path) -> Subgraph:
    """Read labels of which only a part is there."""
    write_labels(folder / "cut", [task(1)], [occupation("11-1.00")])
    return read_gpts_are_gpts(open_folder(folder / "cut"), ["full_labelset.tsv"])


def _with_holes(graph: Subgraph) -> Subgraph:
    """Leave out every eleventh value that is no key.

    Releases and studies keep their names, for every answer sorts by them; and so do
    what breaks ties in pages, which is never null.
    """
    number = count()
    nodes: dict[str, pl.DataFrame] = {}
    for label, table in graph.nodes.items():
        columns = {
            name: [
                None
                if name != "key"
                and next(number) % 11 == 10
                and (label, name) not in _TIES
                else value
                for value in table[name]
            ]
            for name in table.columns
        }
        nodes[label] = pl.DataFrame(columns, schema=table.schema)
    named = pl.lit(graph.id).alias("release")
    nodes["Release"] = nodes["Release"].with_columns(named)
    # What an answer says of a study's source is taken from any release that has it.
    known = graph.nodes["Study"].select("study", "synthetic")
    nodes["Study"] = nodes["Study"].with_columns(known)
    return replace(graph, nodes=nodes, fingerprint="4" * 64)


def _written(out: Path) -> list[str]:
    """Generate a release that passes for published, and give its codes."""
    generate(out, occupations=8, tasks=40, seed=3, layout=out.name)
    for mark in out.rglob("synthetic.json"):
        mark.unlink()
    labels = (out / "exposure" / "occ_level.csv").read_text().splitlines()
    return [line.split(",")[0] for line in labels[1:]]


def _read(out: Path, version: str, partial: Collection[str]) -> Subgraph:
    source = opened(out, out.parent / "archive")
    return read_release(source, version, published=f"20{version[:2]}", partial=partial)


def _studies_of(out: Path) -> list[Subgraph]:
    archive = out.parent / "archive"
    return [study_of(name, out / of, archive) for name, of in FOLDERS.items()]


def _migration(folder: Path, old: Subgraph, new: Subgraph) -> Subgraph:
    """Read new identifiers of some activities: one of another title, one against it."""
    rows = [g.nodes["WorkActivity"].sort("heading").to_dicts() for g in (old, new)]
    wide = [[a for a in each if a["level"] == "INTERMEDIATE"] for each in rows]
    same, retitled, against, other = zip(*(each[:4] for each in wide), strict=True)
    crossed = [(against[0], other[1]), (other[0], against[1])]
    lines = [
        (a["elementId"], a["heading"], b["elementId"], title or b["heading"])
        for (a, b), title in (
            (same, None),
            (retitled, "Do otherwise."),
            *((pair, None) for pair in crossed),
        )
    ]
    gone = ("4.A.9.z.9.I08", "Did something.", "4.A.9.z.9.y", "Does something.")
    return migrating(folder / "migration", *lines, gone)


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
