"""How a release's studies must be joined to it, found once more and not as `join` does.

Row by row, from what is recorded of rows, occupations, tasks and crosswalks.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from workatlas.stores import GraphKind, Subgraph

from .matches import BASES
from .place import rows_of
from .study_about import told_aggregates

Row = Mapping[str, Any]
Codes = Mapping[str, Sequence[tuple[str, str | None]]]
"""Codes of SOC, each with occupations and the line of a crosswalk that led there."""


class Joined(NamedTuple):
    """What a row must be joined to: by which relationship, or why to nothing."""

    row: Row
    by: str
    ends: Sequence[str]
    led: Sequence[str] = ()

    @property
    def study(self) -> str:
        """The study of the row."""
        return owner_of(self.row["key"])

    @property
    def reason(self) -> str:
        """The reason that the row is counted by."""
        return BASES.get(self.by, self.by)

    @property
    def count_key(self) -> str:
        """The key of the count that it is part of."""
        return f"joincount/{self.study}/{self.row['file']}/{self.reason}"


def owner_of(key: str) -> str:
    """Give the study or crosswalk that a key names in its second part."""
    return key.split("/")[1]


class Joins:
    """All rows of a release's studies, joined; a study alone has no joins.

    ``rows`` are in the order of their keys.
    """

    def __init__(self, graph: Subgraph) -> None:
        """Join the rows of a graph."""
        self.graph = graph
        self.studies = {
            owner_of(row["key"]): row for row in rows_of(graph, "Study").to_dicts()
        }
        tasks = rows_of(graph, "Task").select("key", "statement").to_dicts()
        self._statements = {task["key"]: task["statement"] for task in tasks}
        self._by_text: defaultdict[str, list[str]] = defaultdict(list)
        for task in tasks:
            self._by_text[task["statement"].lower()].append(task["key"])
        occupations = rows_of(graph, "Occupation").select("code", "key")
        self._codes: dict[str, str] = dict(occupations.iter_rows())
        self._activities = {
            row["key"]: row for row in rows_of(graph, "WorkActivity").to_dicts()
        }
        self.codes, self._parts = cache(self._codes_of), cache(self._parts_of)
        subjects = rows_of(graph, "RatedSubject").sort("key").to_dicts()
        is_joined = graph.kind is GraphKind.RELEASE
        self.rows = [self._joined(row) for row in subjects] if is_joined else []

    def holder_of(self, row: Row) -> str | None:
        """Give the occupation that a task had in the study; None of what is no task."""
        return None if row["taskId"] is None else self._codes.get(row["code"])

    def _joined(self, row: Row) -> Joined:
        match row["kind"]:
            case "TASK":
                return self._by_task_id(row)
            case "STATEMENT":
                return self._by_statement(row)
            case "OCCUPATION":
                return self._by_code(row)
            case "SOC_OCCUPATION":
                return self._by_soc(row)
            case "ACTIVITY":
                return self._by_element(row)
            case _:
                return Joined(row, "ROW_WITHOUT_TASK", [])

    def _by_task_id(self, row: Row) -> Joined:
        key = f"task/{row['taskId']}"
        if key not in self._statements:
            return Joined(row, "TASK_NOT_IN_RELEASE", [])
        same = self._statements[key] == row["statement"]
        return Joined(row, "IS_TASK" if same else "IS_REWORDED_TASK", [key])

    def _by_statement(self, row: Row) -> Joined:
        ends = self._by_text.get(row["statement"].lower(), [])
        by = "SAYS_TASKS" if len(ends) > 1 else "SAYS_TASK"
        return Joined(row, by if ends else "STATEMENT_NOT_IN_RELEASE", ends)

    def _by_code(self, row: Row) -> Joined:
        key = self._codes.get(row["code"])
        if key is None:
            return Joined(row, "OCCUPATION_NOT_IN_RELEASE", [])
        return Joined(row, "IS_OCCUPATION", [key])

    def _by_element(self, row: Row) -> Joined:
        level = self.studies[owner_of(row["key"])]["level"]
        key = f"activity/{row['elementId']}"
        known = self._activities.get(key)
        if known is not None and known["level"] == level:
            same = known["heading"] == row["heading"]
            return Joined(row, "IS_ACTIVITY" if same else "IS_RETITLED_ACTIVITY", [key])
        titled = [
            key
            for key, each in self._activities.items()
            if (each["level"], each["heading"]) == (level, row["heading"])
        ]
        by = "IS_TITLED_ACTIVITY" if titled else "ACTIVITY_NOT_IN_RELEASE"
        return Joined(row, by, titled)

    def _by_soc(self, row: Row) -> Joined:
        study = self.studies[owner_of(row["key"])]
        codes = self.codes(study["taxonomy"])
        if codes is None:
            return Joined(row, "NO_CROSSWALK", [])
        found = codes.get(row["code"], [])
        ends = sorted({end for end, _ in found})
        led = [line for _, line in found if line is not None]
        if not ends:
            is_held = held_by(study, row["code"], codes)
            why = "AGGREGATED_OCCUPATION" if is_held else "OCCUPATION_NOT_IN_RELEASE"
            return Joined(row, why, [])
        verb = "BECAME" if led else "HOLDS"
        if len(ends) > 1:
            return Joined(row, f"{verb}_OCCUPATIONS", ends, led)
        is_merged = self._parts(study["taxonomy"])[ends[0]] > 1
        by = "MERGED_IN_OCCUPATION" if is_merged else f"{verb}_OCCUPATION"
        return Joined(row, by, ends, led)

    def _codes_of(self, taxonomy: str | None) -> Codes | None:
        """Give the codes of an edition of SOC for the release's occupations.

        None: the release is of another edition, and no crosswalk leads there.
        """
        own = rows_of(self.graph, "Release").item(0, "taxonomy")
        codes: defaultdict[str, list[tuple[str, str | None]]] = defaultdict(list)
        if taxonomy == own:
            for code, key in self._codes.items():
                codes[code[:7]].append((key, None))
            return codes
        lines = list(self._lines(taxonomy, own))
        for code, to, line in lines:
            if to in self._codes:
                codes[code].append((self._codes[to], line))
        return codes if lines else None

    def _parts_of(self, taxonomy: str | None) -> Mapping[str, int]:
        """Give how many codes of an edition of SOC each occupation has."""
        codes = self.codes(taxonomy) or {}
        return Counter(end for of in codes.values() for end in {end for end, _ in of})

    def _lines(self, start: str | None, to: str) -> Iterator[tuple[str, str, str]]:
        """Give the lines of crosswalks that lead from one edition of SOC to another.

        Each has a code of SOC, a code of O*NET-SOC and the line's key.
        """
        crosswalks = rows_of(self.graph, "Crosswalk").to_dicts()
        known = {owner_of(row["key"]): row for row in crosswalks}
        for pair in rows_of(self.graph, "CrosswalkPair").to_dicts():
            facts = known[owner_of(pair["key"])]
            ends = (facts["fromTaxonomy"], facts["toTaxonomy"])
            if (start, to) == ends:
                yield pair["fromCode"][:7], pair["toCode"], pair["key"]
            if (to, start) == ends:
                yield pair["toCode"][:7], pair["fromCode"], pair["key"]


def held_by(study: Row, code: str, codes: Codes) -> list[str]:
    """Give the codes that one of a study stands for together, if it is an aggregate."""
    own = told_aggregates(study["aggregates"])
    if code in own:
        return own[code]
    is_broad = code.endswith("0") and code not in codes
    return [one for one in codes if one[:6] == code[:6]] if is_broad else []
