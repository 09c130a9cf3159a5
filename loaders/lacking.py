"""What of a release each study does not rate, and why, found once more."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from workatlas.stores import Subgraph

from .joined import Joined
from .place import rows_of
from .release_number import newness
from .study import HAS_RATING

_KINDS = {
    "TASK": ("Task", "TASK"),
    "STATEMENT": ("Task", "TASK"),
    "NOTHING": ("Task", "TASK"),
    "OCCUPATION": ("Occupation", "OCCUPATION"),
    "SOC_OCCUPATION": ("Occupation", "OCCUPATION"),
    "ACTIVITY": ("WorkActivity", "ACTIVITY"),
}


def lacking(graph: Subgraph, rows: Iterable[Joined]) -> Iterator[tuple[str, str]]:
    """Give each node without a rating of a study, with the key of the reason.

    A node has a reason for each study that rates its kind, and one more where figures
    are suppressed.
    """
    rated = (
        {start for start, _ in graph.edges[HAS_RATING].iter_rows()}
        if (HAS_RATING in graph.edges)
        else set[str]()
    )
    by_study: defaultdict[str, list[Joined]] = defaultdict(list)
    for row in rows:
        by_study[row.row["key"].split("/")[1]].append(row)
    for study in rows_of(graph, "Study").to_dicts():
        own = by_study[study["study"]]
        for label, name in dict.fromkeys(_KINDS[row.row["kind"]] for row in own):
            mine = [row for row in own if _KINDS[row.row["kind"]][0] == label]
            for key, reason in _of_label(graph, study, label, mine, rated):
                yield key, f"unrated/{study['study']}/{name}/{reason}"


def _of_label(
    graph: Subgraph,
    study: Mapping[str, Any],
    label: str,
    rows: list[Joined],
    rated: set[str],
) -> Iterator[tuple[str, str]]:
    reached = {end for row in rows for end in row.ends}
    done = {end for row in rows if row.row["key"] in rated for end in row.ends}
    files = {row.row["file"] for row in rows}
    part = any(
        file["coverage"] == "PART" and file["fileName"] in files
        for file in rows_of(graph, "SourceFile").to_dicts()
        if file["key"].startswith(f"file/{study['study']}/")
    )
    other = _unlisted(graph, study) if label == "Task" else "NOT_RATED_BY_STUDY"
    held = _held(graph, study, rows)
    for node in rows_of(graph, label).to_dicts():
        key = node["key"]
        if key in done or node.get("level", study["level"]) != study["level"]:
            continue
        if key in reached:
            yield key, "RATING_BLANK"
        elif part:
            yield key, "FILE_PART"
        elif label == "Occupation" and node["code"][:7] in held:
            yield key, "AGGREGATED_OCCUPATION"
        else:
            yield key, other
    hidden = {end for row in rows if row.row["suppressed"] for end in row.ends}
    yield from ((key, "SUPPRESSED") for key in sorted(hidden))


def _held(graph: Subgraph, study: Mapping[str, Any], rows: list[Joined]) -> set[str]:
    """Give the codes of SOC for which the study has one score for several."""
    there = {code[:7] for code in rows_of(graph, "Occupation")["code"]}
    told = (each.split() for each in (study["aggregates"] or "").split("; ") if each)
    own = {code: set(of) for code, *of in told}
    held = set[str]()
    for row in rows:
        code = row.row["code"]
        if row.row["kind"] != "SOC_OCCUPATION":
            continue
        held |= own.get(code, set())
        if code.endswith("0") and code not in there:
            held |= {one for one in there if one[:6] == code[:6]}
    return held


def _unlisted(graph: Subgraph, study: Mapping[str, Any]) -> str:
    made_on, kind = study["madeOn"], study["unlisted"]
    if kind == "BELOW_FLOOR":
        return "BELOW_FLOOR" if made_on == graph.id else "BELOW_FLOOR_OR_ABSENT"
    if kind == "NOT_IN_ITS_RELEASE" and made_on not in (None, graph.id):
        newer = newness(graph.id) > newness(made_on)
        return "NEWER_THAN_STUDY" if newer else "OLDER_THAN_STUDY"
    return "NOT_RATED_BY_STUDY"
