"""The statements that several tasks of a release have, to the letter.

A statement is not a key: in O*NET 29.2 398 of them are shared, by 1,658 tasks. What is
compared is the text as it was read, with its case, punctuation and blanks, which is how
joins of studies compare wordings too.
"""

import polars as pl

from workatlas.cypher import EdgeKind
from workatlas.stores.keys import text_name

from .build import Edges, Nodes, edge_table, nodes
from .information import DECIMALS
from .layout import Release

SAYS = EdgeKind("Task", "SAYS", "Statement")


def shared_statements(_: Release, made: Nodes) -> tuple[Nodes, Edges]:
    """Make a node of each statement that more than one task has.

    Its information content is -log2 of the share of the release's tasks that have it,
    in bits, to three decimals.
    """
    tasks = made["Task"].select(task="key", statement="statement")
    having = pl.len().over("statement")
    shared = tasks.with_columns(tasks=having).filter(pl.col("tasks") > 1)
    if shared.is_empty():
        return {}, {}
    keyed = shared.with_columns(
        key=pl.col("statement").map_elements(statement_key, return_dtype=pl.String),
        information=(tasks.height / pl.col("tasks")).log(2).round(DECIMALS),
    )
    table = keyed.unique("key", maintain_order=True)
    return {"Statement": nodes("Statement", table)}, {
        SAYS: edge_table(keyed, pl.col("task"), pl.col("key"))
    }


def statement_key(text: str) -> str:
    """Give the local key of a statement, which is the same in every release."""
    return f"statement/{text_name(text)}"
