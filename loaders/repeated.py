"""Whether the statements that a graph says are shared are those, and no others."""

import math
from collections import Counter
from collections.abc import Collection

from workatlas.stores import Subgraph

from .findings import Finding
from .information import is_alike
from .onet_statements import SAYS, statement_key
from .place import rows_of

_FACTS = 2  # of a statement: its text and its information content
_NONE = (None, None)


def check_statements(
    graph: Subgraph, wrong: Collection[str]
) -> tuple[int, list[Finding]]:
    """Count again how many tasks have each statement, and compare.

    Gives how many values must be, and what differs. Tasks with the keys ``wrong`` do
    not have the statements of their lines: what they share is not judged.
    """
    tasks = dict(rows_of(graph, "Task").select("key", "statement").iter_rows())
    must = {
        statement_key(text): (text, math.log2(len(tasks) / number))
        for text, number in Counter(tasks.values()).items()
        if number > 1
    }
    nodes = rows_of(graph, "Statement").select("key", "statement", "information")
    there = {key: facts for key, *facts in nodes.iter_rows()}
    said = graph.edges[SAYS].iter_rows() if SAYS in graph.edges else ()
    suspect = {end for start, end in said if start in wrong}
    findings: list[Finding] = []
    for key in sorted((must.keys() | there.keys()) - suspect):
        text, bits = must.get(key, _NONE)
        recorded, information = there.get(key, _NONE)
        if recorded != text:
            facts = ("statement", recorded, text)
            findings.append(Finding.beside(graph.id, key, *facts))
        elif not is_alike(information, bits):
            facts = ("information", information, bits)
            findings.append(Finding.beside(graph.id, key, *facts))
    return _FACTS * len(must), findings
