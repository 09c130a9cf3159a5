"""How a release's studies must be joined to it, found once more and not as `join` does.

Row by row, from what is recorded of rows, occupations, tasks and crosswalks.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from workatlas.stores import GraphKind, Subgraph

from .place import rows_of

_Row = Mapping[str, Any]

REASONS = {
    "IS_TASK": "SAME_ID_SAME_WORDING",
    "IS_REWORDED_TASK": "SAME_ID_REWORDED",
    "SAYS_TASK": "SAME_TEXT_ONE_TASK",
    "SAYS_TASKS": "SAME_TEXT_MANY_TASKS",
    "IS_OCCUPATION": "SAME_CODE",
    "HOLDS_OCCUPATION": "SOC_ONE_OCCUPATION",
    "HOLDS_OCCUPATIONS": "SOC_MANY_OCCUPATIONS",
    "BECAME_OCCUPATION": "CROSSWALK_ONE",
    "BECAME_OCCUPATIONS": "CROSSWALK_SPLIT",
    "MERGED_IN_OCCUPATION": "CROSSWALK_MERGED",
    "IS_ACTIVITY": "SAME_ACTIVITY",
    "IS_RETITLED_ACTIVITY": "SAME_ACTIVITY_RETITLED",
    "IS_TITLED_ACTIVITY": "SAME_TITLE",
}


class Joined(NamedTuple):
    """What a row must be joined to: by which relationship, or why to nothing."""

    row: _Row
    by: str
    ends: Sequence[str]
    led: Sequence[str] = ()

    @property
    def reason(self) -> str:
        """The reason that the row is counted by."""
        return REASONS.get(self.by, self.by)


class _Release:
    """What of a release rows can be about, by what identifies it."""

    def __init__(self, graph: Subgraph) -> None:
        tasks = rows_of(graph, "Task").select("key", "statement").to_dicts()
        self.statements = {task["key"]: task["statement"] for task in tasks}
        self.by_text: defaultdict[str, list[str]] = defaultdict(list)
        for task in tasks:
            self.by_text[task["statement"].lower()].append(task["key"])
        self.codes = {
            row["code"]: row["key"] for row in rows_of(graph, "Occupation").to_dicts()
        }
        self.activities = {
            row["key"]: row for row in rows_of(graph, "WorkActivity").to_dicts()
        }
        self.taxonomy = rows_of(graph, "Release").item(0, "taxonomy")
        self.studies = {row["study"]: row for row in rows_of(graph, "Study").to_dicts()}
        self.lines = _lines(graph)
        self.soc: defaultdict[str, list[str]] = defaultdict(list)
        for code, key in self.codes.items():
            self.soc[code[:7]].append(key)


def _lines(graph: Subgraph) -> Mapping[tuple[str, str], list[tuple[str, str, str]]]:
    """Give the lines of crosswalks, by where they lead from and to.

    Each has a code of SOC, a code of O*NET-SOC and the line's key.
    """
    known = {row["crosswalk"]: row for row in rows_of(graph, "Crosswalk").to_dicts()}
    lines: defaultdict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for pair in rows_of(graph, "CrosswalkPair").to_dicts():
        facts = known[pair["key"].split("/")[1]]
        old, new = facts["fromTaxonomy"], facts["toTaxonomy"]
        key, start, end = pair["key"], pair["fromCode"], pair["toCode"]
        lines[old, new].append((start[:7], end, key))
        lines[new, old].append((end[:7], start, key))
    return lines


def joined(graph: Subgraph) -> Iterator[Joined]:
    """Give every row of the studies in a release; a study alone has no joins."""
    if graph.kind is not GraphKind.RELEASE:
        return
    release = _Release(graph)
    soc: defaultdict[str, list[_Row]] = defaultdict(list)
    for row in rows_of(graph, "RatedSubject").sort("key").to_dicts():
        study = release.studies[row["key"].split("/")[1]]
        if row["kind"] == "SOC_OCCUPATION":
            soc[study["study"]].append(row)
        else:
            yield _joined(release, study, row)
    for name, rows in soc.items():
        yield from _by_soc(release, release.studies[name], rows)


def _joined(release: _Release, study: _Row, row: _Row) -> Joined:
    match row["kind"]:
        case "TASK":
            return _by_task_id(release, row)
        case "STATEMENT":
            ends = release.by_text.get(row["statement"].lower(), [])
            by = "SAYS_TASKS" if len(ends) > 1 else "SAYS_TASK"
            return Joined(row, by if ends else "STATEMENT_NOT_IN_RELEASE", ends)
        case "OCCUPATION":
            key = release.codes.get(row["code"])
            if key is None:
                return Joined(row, "OCCUPATION_NOT_IN_RELEASE", [])
            return Joined(row, "IS_OCCUPATION", [key])
        case "ACTIVITY":
            return _by_element(release, study, row)
        case _:
            return Joined(row, "ROW_WITHOUT_TASK", [])


def _by_task_id(release: _Release, row: _Row) -> Joined:
    key = f"task/{row['taskId']}"
    if key not in release.statements:
        return Joined(row, "TASK_NOT_IN_RELEASE", [])
    same = release.statements[key] == row["statement"]
    return Joined(row, "IS_TASK" if same else "IS_REWORDED_TASK", [key])


def _by_element(release: _Release, study: _Row, row: _Row) -> Joined:
    level, key = study["level"], f"activity/{row['elementId']}"
    known = release.activities.get(key)
    if known is not None and known["level"] == level:
        same = known["heading"] == row["heading"]
        return Joined(row, "IS_ACTIVITY" if same else "IS_RETITLED_ACTIVITY", [key])
    titled = [
        key
        for key, each in release.activities.items()
        if (each["level"], each["heading"]) == (level, row["heading"])
    ]
    by = "IS_TITLED_ACTIVITY" if titled else "ACTIVITY_NOT_IN_RELEASE"
    return Joined(row, by, titled)


def _by_soc(release: _Release, study: _Row, rows: Sequence[_Row]) -> Iterator[Joined]:
    if study["taxonomy"] == release.taxonomy:
        for row in rows:
            ends = release.soc.get(row["code"], [])
            by = "HOLDS_OCCUPATIONS" if len(ends) > 1 else "HOLDS_OCCUPATION"
            yield Joined(row, by if ends else _why(release.soc, study, row), ends)
        return
    lines = release.lines.get((study["taxonomy"], release.taxonomy))
    if lines is None:
        yield from (Joined(row, "NO_CROSSWALK", []) for row in rows)
        return
    known = Counter(start for start, _, _ in lines)
    led = {
        row["code"]: [line for line in lines if line[0] == row["code"]] for row in rows
    }
    found = {
        code: sorted({release.codes[end] for _, end, _ in of if end in release.codes})
        for code, of in led.items()
    }
    shared = Counter(end for of in found.values() for end in of)
    for row in rows:
        own = found[row["code"]]
        passed = [key for _, end, key in led[row["code"]] if end in release.codes]
        if not own:
            yield Joined(row, _why(known, study, row), [])
        elif len(own) > 1:
            yield Joined(row, "BECAME_OCCUPATIONS", own, passed)
        else:
            alone = shared[own[0]] == 1
            by = "BECAME_OCCUPATION" if alone else "MERGED_IN_OCCUPATION"
            yield Joined(row, by, own, passed)


def _why(known: Mapping[str, object], study: _Row, row: _Row) -> str:
    """Say why a code of SOC is joined to nothing."""
    code = row["code"]
    own = {each.split()[0] for each in (study["aggregates"] or "").split("; ") if each}
    is_broad = (
        code[-1] == "0"
        and code not in known
        and any(one[:6] == code[:6] for one in known)
    )
    if code in own or is_broad:
        return "AGGREGATED_OCCUPATION"
    return "OCCUPATION_NOT_IN_RELEASE"
