"""A small invented graph with one of everything, made without the loaders."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from workatlas.cypher import NODES, EdgeKind
from workatlas.stores import GraphKind, Subgraph, node_schema
from workatlas.stores.keys import wording

STUDY = "gpts-are-gpts"
_FACT = {"file": "facts.txt", "line": 2}


def table(label: str, *rows: dict[str, Any]) -> pl.DataFrame:
    """Make a table of a label; columns that are not given are null."""
    schema = node_schema(label)
    fact = _FACT if "line" in schema else {}
    filled = [{c: {**fact, **row}.get(c) for c in schema} for row in rows]
    return pl.DataFrame(filled, schema=schema)


def edges(*pairs: tuple[str, str]) -> pl.DataFrame:
    """Make a table of relationships."""
    return pl.DataFrame(list(pairs), schema=["start", "end"], orient="row")


def _task(number: int, **facts: Any) -> dict[str, Any]:
    return {
        "key": f"task/{number}",
        "taskId": number,
        "statement": f"Fold paper {number} times.",
        "taskType": "CORE",
        "surveyed": "2020-08",
        "domainSource": "Incumbent",
        **facts,
    }


def _emerging(
    code: str, statement: str, category: str, *, line: int, **facts: Any
) -> dict[str, Any]:
    return {
        "key": f"emergingtask/{line}",
        "code": code,
        "statement": statement,
        "category": category,
        "surveyed": "2020-08",
        "domainSource": "Incumbent",
        "line": line,
        **facts,
    }


def _rating(task: int, scale: str, value: float, **facts: Any) -> dict[str, Any]:
    category = facts.get("category")
    tail = f"/{category}" if category else ""
    return {
        "key": f"rating/{task}/{scale}{tail}",
        "scale": scale,
        "value": value,
        "n": 30,
        "standardError": 0.2,
        "lowerBound": value - 1,
        "upperBound": value + 2,
        "recommendSuppress": False,
        "surveyed": "2020-08",
        "domainSource": "Incumbent",
        "file": "ratings.txt",
        **facts,
    }


RATINGS = (
    _rating(1, "IM", 4.0, line=2),
    _rating(1, "RT", 90.0, line=3, recommendSuppress=True),
    _rating(1, "FT", 40.0, category=1, line=4),
    _rating(1, "FT", 60.0, category=2, line=5),
    _rating(
        2,
        "IM",
        4.0,
        line=6,
        standardError=None,
        lowerBound=None,
        upperBound=None,
        recommendSuppress=None,
        domainSource="Occupational Expert",
    ),
    _rating(3, "IM", 5.0, line=7, standardError=0.0, lowerBound=None, upperBound=None),
    _rating(5, "IM", 3.0, line=8, upperBound=None),
)


def _valued(task: int) -> dict[str, float | str | None]:
    """Give a task what it has of its ratings."""
    values = {row["key"]: row["value"] for row in RATINGS}
    return {
        "importance": values.get(f"rating/{task}/IM"),
        "relevance": values.get(f"rating/{task}/RT"),
        "ratedAs": f"values of {task}" if f"rating/{task}/IM" in values else None,
    }


SAID = "Fold paper 2 times."
SHARED = "statement/f01d"
"""Tasks 2 and 4 have the same statement."""
LINKS = (("1", "A.1.D1"), ("2", "A.1.D1"), ("5", "A.1.D1"), ("3", "A.1.D2"))


PROPOSED = {3: "Fold paper 3 times, neatly.", 5: "Fold paper 50 times."}
"""What is proposed: other words for task 3, and what a later release calls task 5."""


def release(
    version: str = "1.0",
    *,
    coverage: str = "WHOLE",
    published: str = "2025-02",
    words: Mapping[int, str] | None = None,
) -> Subgraph:
    """Make a release: two occupations, five tasks, three levels of activities.

    ``words`` are other statements of tasks, by task ID.
    """
    said = words or {}
    rated = coverage != "ABSENT"
    nodes = {
        "Dataset": table(
            "Dataset",
            {
                "key": "dataset/onet",
                "dataset": "onet",
                "heading": "Paper database",
                "publisher": "Paper Office",
                "homepage": "https://example.org/",
                "licenceTitle": "CC BY 4.0",
                "licenceUrl": "https://example.org/by",
                "attribution": "From the paper database.",
            },
        ),
        "Release": table(
            "Release",
            {
                "key": "release",
                "release": f"onet-{version}",
                "heading": f"Paper database {version}",
                "version": version,
                "published": published,
                "synthetic": True,
                "layout": "paper-1",
                "layoutVerified": True,
                "fingerprint": version * 8,
            },
        ),
        "SourceFile": table(
            "SourceFile", _file("facts.txt", "task_statements"), _ratings_file(coverage)
        ),
        "Occupation": table(
            "Occupation",
            *(
                {
                    "key": f"occupation/{code}",
                    "code": code,
                    "heading": f"{name} folders",
                    "description": f"They fold {name.lower()} things.",
                    "jobZone": zone,
                    "taskCount": tasks,
                }
                for code, name, zone, tasks in (
                    ("11-1.00", "Small", 4, 4),
                    ("12-1.00", "Large", None, 1),
                )
            ),
        ),
        "JobTitle": table(
            "JobTitle",
            {"key": "t/2", "jobTitle": "Creaser", "kind": "REPORTED"},
            {
                "key": "t/1",
                "jobTitle": "Bender",
                "shortTitle": "B",
                "kind": "ALTERNATE",
            },
        ),
        "RelatedOccupation": table(
            "RelatedOccupation",
            {"key": "related/1", "tier": "Primary-Short", "position": 1},
        ),
        "JobZone": table(
            "JobZone", {"key": "jobzone/1", "zone": 4, "surveyed": "2020-08"}
        ),
        "JobZoneDescription": table(
            "JobZoneDescription", {"key": "zone/4", "zone": 4, "heading": "Nimble"}
        ),
        "Task": table(
            "Task",
            *(
                {
                    **task,
                    **(_valued(task["taskId"]) if rated else {}),
                    "statement": said.get(task["taskId"], task["statement"]),
                }
                for task in (
                    _task(1, incumbents=38),
                    _task(2, statement=SAID),
                    _task(3, taskType="SUPPLEMENTAL"),
                    _task(4, statement=SAID, taskType=None, domainSource="Analyst"),
                    _task(5),
                )
            ),
        ),
        "EmergingTask": table(
            "EmergingTask",
            _emerging("11-1.00", PROPOSED[3], "REVISION", line=2),
            _emerging("12-1.00", PROPOSED[5], "NEW", line=3, writeIns=7),
        ),
        "Scale": table(
            "Scale",
            *(
                {
                    "key": f"scale/{scale}",
                    "scale": scale,
                    "heading": f"Scale {scale}",
                    "minimum": low,
                    "maximum": high,
                }
                for scale, low, high in (
                    ("IM", 1.0, 5.0),
                    ("RT", 0.0, 100.0),
                    ("FT", 0.0, 100.0),
                )
            ),
        ),
        "Category": table(
            "Category",
            {"key": "c/2", "scale": "FT", "category": 2, "meaning": "Often"},
            {"key": "c/1", "scale": "FT", "category": 1, "meaning": "Rarely"},
        ),
        "WorkActivity": table(
            "WorkActivity",
            _activity("A", "GENERALIZED", 0.0, description="All that is folded."),
            _activity("A.1", "INTERMEDIATE", 0.0),
            _activity("A.1.D1", "DETAILED", 0.415),
            _activity("A.1.D2", "DETAILED", 2.0),
        ),
        "Statement": table(
            "Statement", {"key": SHARED, "statement": SAID, "information": 1.322}
        ),
        "ActivityLink": table(
            "ActivityLink",
            *(
                {"key": f"link/{t}/{a}", "surveyed": "2014-03", "line": line}
                for line, (t, a) in enumerate(LINKS, start=2)
            ),
        ),
    }
    if rated:
        nodes["Rating"] = table("Rating", *RATINGS)
    worded = _worded(nodes)
    ends = sorted({end for pairs in worded.values() for _, end in pairs})
    nodes["Wording"] = table("Wording", *({"key": end} for end in ends))
    return Subgraph(
        id=f"onet-{version}",
        kind=GraphKind.RELEASE,
        published=published,
        synthetic=True,
        fingerprint=f"{version}{coverage}".encode().hex().ljust(64, "0"),
        nodes=nodes,
        edges={
            **_edges(rated=rated),
            **{kind: edges(*pairs) for kind, pairs in worded.items()},
        },
    )


def _worded(nodes: dict[str, pl.DataFrame]) -> dict[EdgeKind, list[tuple[str, str]]]:
    """Lead from each node to its words."""
    return {
        EdgeKind(label, "WORDED", "Wording"): [
            (row["key"], "/".join(wording(row.get("level", label).lower(), row[text])))
            for row in nodes[label].to_dicts()
        ]
        for label, text in (
            ("Task", "statement"),
            ("Occupation", "heading"),
            ("WorkActivity", "heading"),
        )
    }


def _activity(
    element: str, level: str, information: float, **facts: str
) -> dict[str, Any]:
    return {
        "key": f"activity/{element}",
        "elementId": element,
        "heading": f"Folding {element}",
        "level": level,
        "information": information,
        **facts,
    }


def _file(name: str, contents: str, **facts: Any) -> dict[str, Any]:
    return {
        "key": f"file/{name}",
        "fileName": name,
        "sha256": "ab" * 32,
        "bytes": 100,
        "rows": 9,
        "retrieved": "2026-01-01T00:00:00Z",
        "contents": contents,
        "coverage": "WHOLE",
        "nullToken": "n/a",
        **facts,
    }


def _ratings_file(coverage: str) -> dict[str, Any]:
    gone = ("sha256", "bytes", "rows", "retrieved") if coverage == "ABSENT" else ()
    facts: dict[str, Any] = {"coverage": coverage, **dict.fromkeys(gone)}
    return _file("ratings.txt", "task_ratings", **facts)


def _edges(*, rated: bool) -> dict[EdgeKind, pl.DataFrame]:
    owners = {1: "11-1.00", 2: "11-1.00", 3: "11-1.00", 4: "11-1.00", 5: "12-1.00"}
    made = {
        EdgeKind("Release", "OF", "Dataset"): edges(("release", "dataset/onet")),
        EdgeKind("Release", "HAS_FILE", "SourceFile"): edges(
            ("release", "file/facts.txt"), ("release", "file/ratings.txt")
        ),
        EdgeKind("Release", "HAS_OCCUPATION", "Occupation"): edges(
            ("release", "occupation/12-1.00"), ("release", "occupation/11-1.00")
        ),
        EdgeKind("Release", "HAS_ACTIVITY", "WorkActivity"): edges(
            *(("release", f"activity/{a}") for a in ("A", "A.1", "A.1.D1", "A.1.D2"))
        ),
        EdgeKind("Release", "HAS_SCALE", "Scale"): edges(
            *(("release", f"scale/{s}") for s in ("RT", "IM", "FT"))
        ),
        EdgeKind("Scale", "HAS_CATEGORY", "Category"): edges(
            ("scale/FT", "c/2"), ("scale/FT", "c/1")
        ),
        EdgeKind("Occupation", "HAS_TASK", "Task"): edges(
            *((f"occupation/{code}", f"task/{t}") for t, code in owners.items())
        ),
        EdgeKind("Occupation", "ALSO_CALLED", "JobTitle"): edges(
            ("occupation/11-1.00", "t/2"), ("occupation/11-1.00", "t/1")
        ),
        EdgeKind("Occupation", "HAS_RELATED", "RelatedOccupation"): edges(
            ("occupation/11-1.00", "related/1")
        ),
        EdgeKind("RelatedOccupation", "RELATED_TO", "Occupation"): edges(
            ("related/1", "occupation/12-1.00")
        ),
        EdgeKind("Occupation", "HAS_EMERGING", "EmergingTask"): edges(
            ("occupation/11-1.00", "emergingtask/2"),
            ("occupation/12-1.00", "emergingtask/3"),
        ),
        EdgeKind("EmergingTask", "REVISES", "Task"): edges(
            ("emergingtask/2", "task/3")
        ),
        EdgeKind("Occupation", "HAS_JOB_ZONE", "JobZone"): edges(
            ("occupation/11-1.00", "jobzone/1")
        ),
        EdgeKind("JobZone", "DESCRIBED_BY", "JobZoneDescription"): edges(
            ("jobzone/1", "zone/4")
        ),
        EdgeKind("WorkActivity", "PART_OF", "WorkActivity"): edges(
            ("activity/A.1", "activity/A"),
            ("activity/A.1.D1", "activity/A.1"),
            ("activity/A.1.D2", "activity/A.1"),
        ),
        EdgeKind("Task", "INVOLVES", "WorkActivity"): edges(
            *((f"task/{t}", f"activity/{a}") for t, a in LINKS)
        ),
        EdgeKind("Task", "SAYS", "Statement"): edges(
            ("task/2", SHARED), ("task/4", SHARED)
        ),
        EdgeKind("Task", "HAS_LINK", "ActivityLink"): edges(
            *((f"task/{t}", f"link/{t}/{a}") for t, a in LINKS)
        ),
        EdgeKind("ActivityLink", "LINKS_TO", "WorkActivity"): edges(
            *((f"link/{t}/{a}", f"activity/{a}") for t, a in LINKS)
        ),
    }
    if rated:
        made[EdgeKind("Task", "RATED", "Rating")] = edges(
            *((f"task/{row['key'].split('/')[1]}", row["key"]) for row in RATINGS)
        )
    return made


def labels_of(label: str) -> list[str]:
    """Give the property names of a label."""
    return list(NODES[label])
