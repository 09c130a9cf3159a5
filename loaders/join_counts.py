"""Whether the counts and reasons of a graph's joins are those that must be there."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from workatlas.stores import Subgraph

from .description import RatedFile, StudyDescription
from .findings import Finding
from .joined import Joins
from .lacking import Lacking
from .place import rows_of
from .study import BLANK, HAS_RATING
from .study_places import Known

_FACTS: tuple[str, ...] = ("study", "subjects", "reason", "measures")


def check_counts(
    joins: Joins, known: Known, lacks: Sequence[Lacking]
) -> tuple[int, list[Finding]]:
    """Count rows, blank ones, and what is not rated once more, and compare."""
    graph = joins.graph
    must: dict[str, int] = {
        **Counter(row.count_key for row in joins.rows),
        **dict(_not_rated(lacks)),
        **dict(_blank(graph, known)),
    }
    counts = rows_of(graph, "JoinCount").select("key", "rows")
    there: dict[str, int] = dict(counts.iter_rows())
    return len(must), [
        Finding.beside(graph.id, key, "rows", there.get(key), must.get(key))
        for key in sorted(must.keys() | there.keys())
        if must.get(key) != there.get(key)
    ]


def _not_rated(lacks: Iterable[Lacking]) -> Iterator[tuple[str, int]]:
    for each in lacks:
        reason = f"RELEASE_{each.subjects}_NOT_RATED"
        yield f"joincount/{each.study}/-/{reason}", sum(map(len, each.reasons.values()))


def _blank(graph: Subgraph, known: Known) -> Iterator[tuple[str, int]]:
    """Count the rows of each file that have fewer ratings than its columns."""
    edges = graph.edges
    owners = edges[HAS_RATING]["start"].to_list() if HAS_RATING in edges else []
    ratings = Counter[str](owners)
    there = {*rows_of(graph, "SourceFile")["key"]}
    rows = rows_of(graph, "RatedSubject").to_dicts()
    for study in known.values():
        for file in study.files:
            if f"file/{study.id}/{file.name}" in there:
                own = f"subject/{study.id}/{file.name}/"
                blank = sum(
                    ratings[row["key"]] < len(file.ratings)
                    for row in rows
                    if row["key"].startswith(own) and not row["suppressed"]
                )
                yield f"joincount/{study.id}/{file.name}/{BLANK}", blank


def check_reasons(
    joins: Joins, known: Known, lacks: Sequence[Lacking]
) -> tuple[int, list[Finding]]:
    """Compare the reasons that are told of what has no rating."""
    graph = joins.graph
    must = {
        each.key_of(reason): _facts(graph, known[each.study], each, reason)
        for each in lacks
        for reason, keys in each.all_reasons.items()
        if keys
    }
    nodes = rows_of(graph, "Unrated").select("key", *_FACTS)
    there = {
        key: dict(zip(_FACTS, facts, strict=True)) for key, *facts in nodes.iter_rows()
    }
    findings: list[Finding] = []
    for key in sorted(must.keys() | there.keys()):
        recorded, found = there.get(key, {}), must.get(key, {})
        differing = [f for f in _FACTS if recorded.get(f) != found.get(f)]
        # A reason too many, or one too few, is one finding.
        told = differing if recorded and found else differing[:1]
        findings += [
            Finding.beside(graph.id, key, name, recorded.get(name), found.get(name))
            for name in told
        ]
    return len(must) * len(_FACTS), findings


def _facts(
    graph: Subgraph, study: StudyDescription, each: Lacking, reason: str
) -> Mapping[str, str | None]:
    measures = None
    if reason == "SUPPRESSED":
        measures = " ".join(_hidden(graph, study))
    return {
        "study": each.study,
        "subjects": each.subjects,
        "reason": reason,
        "measures": measures,
    }


def _hidden(graph: Subgraph, study: StudyDescription) -> list[str]:
    """Give the measures of which suppressed rows have no figure, in their order."""
    rows = rows_of(graph, "RatedSubject").filter("suppressed")
    keys = {key.rpartition("/")[0] for key in rows["key"]}
    files = [f for f in study.files if f"subject/{study.id}/{f.name}" in keys]
    hidden = {measure for file in files for measure in _hidden_in(file)}
    return [measure.id for measure in study.measures if measure.id in hidden]


def _hidden_in(file: RatedFile) -> Iterator[str]:
    hides = file.suppressed.hides if file.suppressed else ()
    yield from (rating.measure for rating in file.ratings if rating.score in hides)
