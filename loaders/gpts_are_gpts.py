"""Reads the labels of "GPTs are GPTs" (Eloundou et al., arXiv 2303.10130)."""

from collections.abc import Collection

import polars as pl

from workatlas.stores import Subgraph

from .description import describe
from .source import Source
from .study import study_graph
from .study_files import read_files
from .tables import Table

_TASKS = "full_labelset.tsv"
_HUMAN = "human_exposure_agg"
_AGAIN = "human_labels"


def read_gpts_are_gpts(source: Source, partial: Collection[str] = ()) -> Subgraph:
    """Read the study's two files as the graph ``gpts-are-gpts``.

    ``partial`` names those of which the source holds a part only.

    Raises:
        DataError: a file is missing, or a row is wrong: an unknown label, a score
            outside 0 to 1 or not that of its label, a task or occupation twice.

    """
    study = describe("gpts-are-gpts")
    tables = read_files(study, source)
    _check_same_fact(tables[_TASKS])
    return study_graph(study, source, tables, partial)


def _check_same_fact(table: Table) -> None:
    """Refuse two human labels that differ: both columns hold one fact, not two."""
    differ = pl.col(_AGAIN).ne_missing(pl.col(_HUMAN))
    table.refuse(
        table.frame.filter(differ),
        _AGAIN,
        f"{{{_AGAIN}}} differs from {_HUMAN}, which is {{{_HUMAN}}}.",
    )
