"""Statements that several tasks have become nodes; what occupations repeat is right."""

import dataclasses
import math
from pathlib import Path

import polars as pl

from workatlas.loaders.onet import read_release
from workatlas.loaders.onet_statements import shared_statements, statement_key
from workatlas.loaders.repeated import check_statements

from . import mini
from .generated import CODE, ID, opened, small, text
from .graph_rows import ends

__all__ = ["small"]
SAYS = "Task SAYS Statement"


def test_shared_statements_are_those_of_the_file(
    small: dict[str, Path], tmp_path: Path
) -> None:
    """Each text that stands twice or more often is a node with all of its tasks."""
    folder = small["onet-text-1"]
    graph = read_release(opened(folder, tmp_path), "0.1")
    raw = text(folder, "Task Statements")
    groups = raw.group_by("Task").agg(pl.col(ID)).filter(pl.col(ID).list.len() > 1)
    wanted = {
        (f"task/{task}", statement_key(words))
        for words, tasks in groups.iter_rows()
        for task in tasks
    }
    assert ends(graph, SAYS) == wanted
    bits = {
        words: round(math.log2(raw.height / len(tasks)), 3)
        for words, tasks in groups.iter_rows()
    }
    nodes = graph.nodes["Statement"]
    assert dict(nodes.select("statement", "information").iter_rows()) == bits
    assert bits


def test_the_text_alone_decides_the_key() -> None:
    """The same words have the same key in every release, others have another one."""
    assert statement_key("Fold.") == statement_key("Fold.")
    assert statement_key("Fold.") != statement_key("fold.")
    assert statement_key("Fold.") != statement_key("Fold. ")


def test_a_release_without_any_has_no_such_nodes() -> None:
    """Where all statements differ there is nothing to write, and nothing is missed."""
    graph = mini.release()
    tasks = graph.nodes["Task"].with_columns(statement=pl.col("key"))
    nodes = {"Task": tasks}
    assert shared_statements(None, nodes) == ({}, {})  # type: ignore[arg-type]
    bare = dataclasses.replace(graph, nodes=nodes, edges={})
    assert check_statements(bare, ()) == (0, [])


def test_occupations_repeat_zone_and_number_of_tasks(
    small: dict[str, Path], tmp_path: Path
) -> None:
    """Lists are ordered by them; an occupation may have no zone, and no task."""
    folder = small["onet-text-1"]
    graph = read_release(opened(folder, tmp_path), "0.1")
    zones = dict(text(folder, "Job Zones").select(CODE, "Job Zone").iter_rows())
    tasks = dict(text(folder, "Task Statements")[CODE].value_counts().iter_rows())
    wanted = [
        (code, int(zones[code]) if code in zones else None, tasks.get(code, 0))
        for code in text(folder, "Occupation Data")[CODE]
    ]
    nodes = graph.nodes["Occupation"]
    assert nodes.select("code", "jobZone", "taskCount").rows() == wanted
    assert len({zone for _, zone, _ in wanted}) > 1
