"""Writes small invented releases in every layout, to be broken one cell at a time."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from workatlas.loaders.layout import Layout, layouts
from workatlas.loaders.onet import read_release
from workatlas.loaders.source import Source, SourcedFile
from workatlas.stores import Subgraph

VERSION = "29.2"
LAYOUTS = ("onet-text-1", "onet-text-2", "onet-csv-1")
TEXT = "onet-text-1"
KITES, TIDES = "10-1000.00", "10-2000.00"

Row = dict[str, str | None]
Tables = dict[str, list[Row]]

_SURVEY = {"surveyed": "08/2022", "domainSource": "Incumbent"}
_ANALYST = {"surveyed": "03/2014", "domainSource": "Analyst"}
_WATCH = {"generalized": "4.A.1.a.1", "generalizedHeading": "Watching"}
_SKY = {"intermediate": "4.A.1.a.1.I01", "intermediateHeading": "Watch the sky."}
_SEA = {"intermediate": "4.A.1.a.1.I02", "intermediateHeading": "Watch the sea."}


def _rating(task: str, scale: str, value: str, **facts: str | None) -> Row:
    return {
        "code": KITES if task == "1" else TIDES,
        "taskId": task,
        "scale": scale,
        "category": None,
        "value": value,
        "n": "38",
        "standardError": None,
        "lowerBound": None,
        "upperBound": None,
        "recommendSuppress": None,
        **_SURVEY,
        **facts,
    }


def _rated(task: str) -> list[Row]:
    """Give the nine rows of a rated task; the last two are what tests look at."""
    shares = ("0.00", "0.00", "10.00", "20.00", "30.00", "35.01", "4.99")
    bounds = {"lowerBound": "3.9812", "upperBound": "4.4188"}
    return [
        *(
            _rating(task, "FT", share, category=str(category))
            for category, share in enumerate(shares, start=1)
        ),
        _rating(
            task, "IM", "4.20", standardError="0.1100", recommendSuppress="N", **bounds
        ),
        _rating(task, "RT", "81.25", recommendSuppress="Y", n="40"),
    ]


def _task(task: str, code: str, statement: str, **facts: str | None) -> Row:
    return {"code": code, "taskId": task, "statement": statement, **_SURVEY, **facts}


def _emerging(code: str, statement: str, category: str = "New") -> Row:
    return {"code": code, "statement": statement, "category": category, **_SURVEY}


def _activity(number: int, heading: str, above: Mapping[str, str]) -> Row:
    element = f"{above['intermediate']}.D{number:02}"
    return {**_WATCH, **above, "elementId": element, "heading": heading}


def tables() -> Tables:
    """Give the rows of every table of a valid release, cells as in the text edition.

    Task 1 is rated by workers, task 2 too, task 3 is an analyst's and not rated.
    """
    detailed = [
        _activity(1, "Watch a kite.", _SKY),
        _activity(2, 'Watch "odd" clouds, and gulls.', _SKY),
        _activity(1, "Watch the tide.", _SEA),
    ]
    titles = {"shortTitle": None, "sources": "08"}
    return {
        "occupations": [
            {"code": KITES, "heading": "Kite Fliers", "description": "Fly kites."},
            {"code": TIDES, "heading": "Tide Tellers", "description": "Tell tides."},
        ],
        "task_statements": [
            _task("1", KITES, "Fly a kite.", taskType="Core", incumbents="40"),
            _task("2", TIDES, "Tell a tide.", taskType="Supplemental", incumbents="40"),
            {**_task("3", TIDES, 'Say "tide", twice.'), **_ANALYST},
        ],
        "task_ratings": [*_rated("1"), *_rated("2")],
        "task_activities": [
            {"code": KITES, "taskId": "1", "elementId": _id(detailed[0]), **_ANALYST},
            {"code": KITES, "taskId": "1", "elementId": _id(detailed[1]), **_ANALYST},
            {"code": TIDES, "taskId": "2", "elementId": _id(detailed[2]), **_ANALYST},
        ],
        "emerging_tasks": [
            {**_emerging(KITES, "Fly two kites."), "writeIns": "7"},
            {
                **_emerging(TIDES, 'Say "tide", thrice.', category="Revision"),
                "originalTaskId": "3",
            },
        ],
        "detailed_activities": detailed,
        "intermediate_activities": [
            {"generalized": row["generalized"], "elementId": element, "heading": title}
            for row in (detailed[0], detailed[2])
            for element, title in [(row["intermediate"], row["intermediateHeading"])]
        ],
        "activity_hierarchy": [dict(row) for row in detailed],
        "content_model": [
            {"elementId": element, "heading": heading, "description": f"On {heading}."}
            for element, heading in (
                ("4", "Doing"),
                ("4.A", "Activities"),
                ("4.A.1", "Senses"),
                ("4.A.1.a", "Seeing"),
                ("4.A.1.a.1", "Watching"),
                ("4.A.1.a.2", "Listening"),
            )
        ],
        "scales": [
            {"scale": scale, "heading": heading, "minimum": low, "maximum": high}
            for scale, heading, low, high in (
                ("IM", "Weight", "1", "5"),
                ("RT", "Share", "0", "100"),
                ("FT", "How often", "0", "100"),
            )
        ],
        "task_categories": [
            {"scale": "FT", "category": str(number), "meaning": f"Every {number}."}
            for number in range(1, 8)
        ],
        "alternate_titles": [
            {"code": KITES, "jobTitle": "Wind Artist (WA)", **titles},
            {"code": TIDES, "jobTitle": "Sea Clerk", **titles, "shortTitle": "SC"},
        ],
        "reported_titles": [{"code": KITES, "jobTitle": "Kite Pilot", "shown": "Y"}],
        "job_zones": [{"code": KITES, "zone": "3", **_ANALYST}],
        "job_zone_descriptions": [
            {"zone": "3", "heading": "Middling", "education": "Kite school."},
        ],
        "related_occupations": [
            {"code": KITES, "related": TIDES, "tier": "Primary-Short", "position": "1"},
            {"code": TIDES, "related": KITES, "tier": "Supplemental", "position": "11"},
        ],
    }


def _id(row: Row) -> str | None:
    return row["elementId"]


def laid(layout: str) -> Layout:
    """Give a layout by its identifier."""
    return layouts()[layout]


def write(
    folder: Path,
    layout: str = TEXT,
    rows: Tables | None = None,
    *,
    leave_out: Iterable[str] = (),
    joined: bool = False,
) -> Source:
    """Write a release; ``joined`` repeats the columns that an edition may join in."""
    known, rows = laid(layout), rows or tables()
    files = {
        known.tables[name].file: _content(known, name, rows[name], joined=joined)
        for name in known.tables
        if name not in leave_out
    }
    return Source(
        str(folder), {name: put(folder, name, text) for name, text in files.items()}
    )


def put(folder: Path, name: str, content: str | bytes) -> SourcedFile:
    """Write a file and describe it as an opened one."""
    raw = content if isinstance(content, bytes) else content.encode()
    path = folder / name
    path.write_bytes(raw)
    digest = hashlib.sha256(raw).hexdigest()
    url = f"https://example.org/{name}"
    return SourcedFile(name, path, url, digest, len(raw), "2026-01-02T03:04:05Z")


def _content(layout: Layout, name: str, rows: list[Row], *, joined: bool) -> str:
    table = layout.tables[name]
    extra = table.joined if joined else []
    null = layout.null_tokens[0]
    cells = [
        [*table.columns.values(), *extra],
        *(
            [
                *(_cell(row.get(c), null) for c in table.columns),
                *("again" for _ in extra),
            ]
            for row in rows
        ),
    ]
    if not layout.quoted:
        return "".join("\t".join(row) + "\r\n" for row in cells)
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=layout.separator).writerows(cells)
    return out.getvalue()


def _cell(value: str | None, null: str) -> str:
    return null if value is None else value


def add(source: Source, name: str, content: Any) -> Source:
    """Give the source with one more file; what is no text is written as JSON."""
    text = content if isinstance(content, str | bytes) else json.dumps(content)
    files = {**source.files, name: put(Path(source.location), name, text)}
    return Source(source.location, files)


def read(source: Source, **options: Any) -> Subgraph:
    """Read a release and check its tables against the model."""
    graph = read_release(source, options.pop("version", VERSION), **options)
    graph.check()
    return graph
