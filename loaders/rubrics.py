"""Whether measures have the labels, in order, that their study's description says."""

from collections.abc import Iterable, Iterator, Mapping

from workatlas.stores import Subgraph

from .description import Measure, StudyDescription
from .findings import Finding
from .place import rows_of

_FACTS = ("labels", "labelOrder")


def check_rubrics(
    graph: Subgraph, studies: Mapping[str, StudyDescription]
) -> tuple[int, list[Finding]]:
    """Compare the labels of a graph's measures with the descriptions of their studies.

    Gives how many values were compared, and what differs.
    """
    findings: list[Finding] = []
    measures = rows_of(graph, "Measure").sort("key")
    for row in measures.to_dicts():
        _, study, name = row["key"].split("/")
        known = studies[study].measures if study in studies else ()
        found = dict(_rubric(each for each in known if each.id == name))
        findings += [
            Finding.beside(graph.id, row["key"], fact, row[fact], found.get(fact))
            for fact in _FACTS
            if row[fact] != found.get(fact)
        ]
    return measures.height * len(_FACTS), findings


def _rubric(measures: Iterable[Measure]) -> Iterator[tuple[str, str | None]]:
    for measure in measures:
        yield "labels", " ".join(measure.names) or None
        yield "labelOrder", " ".join(measure.order) or None
