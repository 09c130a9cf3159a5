"""What stands in a row of a small release, and what the graph says of it."""

import csv
from pathlib import Path

import polars as pl
import pytest

from .graph_rows import ends, node
from .onet_files import KITES, LAYOUTS, TEXT, TIDES, add, laid, read, tables, write

SKY, SEA = "4.A.1.a.1.I01", "4.A.1.a.1.I02"
NODES = {
    "Occupation": "occupations",
    "Task": "task_statements",
    "Rating": "task_ratings",
    "ActivityLink": "task_activities",
    "EmergingTask": "emerging_tasks",
    "Scale": "scales",
    "Category": "task_categories",
    "ContentElement": "content_model",
    "RelatedOccupation": "related_occupations",
    "JobZone": "job_zones",
    "JobZoneDescription": "job_zone_descriptions",
}


CHANGED = {"taskType", "category", "surveyed", "recommendSuppress"}
"""Columns that are written otherwise in the graph."""


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_rating_holds_every_column(tmp_path: Path, layout: str) -> None:
    """All columns of a rating arrive: null where there is none, months turned round."""
    graph = read(write(tmp_path, layout))
    file = laid(layout).tables["task_ratings"].file
    common = {
        "surveyed": "2022-08",
        "domainSource": "Incumbent",
        "file": file,
    }
    assert node(graph, "Rating", "rating/1/IM") == {
        "key": "rating/1/IM",
        "scale": "IM",
        "category": None,
        "value": 4.2,
        "n": 38,
        "standardError": 0.11,
        "lowerBound": 3.9812,
        "upperBound": 4.4188,
        "recommendSuppress": False,
        "line": 9,
        **common,
    }
    assert node(graph, "Rating", "rating/2/FT/6") == {
        "key": "rating/2/FT/6",
        "scale": "FT",
        "category": 6,
        "value": 35.01,
        "n": 38,
        "standardError": None,
        "lowerBound": None,
        "upperBound": None,
        "recommendSuppress": None,
        "line": 16,
        **common,
    }


def test_rows_not_to_be_used_are_kept(tmp_path: Path) -> None:
    """A row that the publisher advises against is there, with its flag."""
    advised = node(read(write(tmp_path)), "Rating", "rating/1/RT")
    assert advised["recommendSuppress"] is True
    assert (advised["value"], advised["n"]) == (81.25, 40)


def test_tasks_and_their_relationships(tmp_path: Path) -> None:
    """A task has its facts, its occupation, its ratings and its activities."""
    graph = read(write(tmp_path))
    assert node(graph, "Task", "task/3") == {
        "key": "task/3",
        "taskId": 3,
        "statement": 'Say "tide", twice.',
        "taskType": None,
        "incumbents": None,
        "importance": None,
        "relevance": None,
        "ratedAs": None,
        "surveyed": "2014-03",
        "domainSource": "Analyst",
        "file": "Task Statements.txt",
        "line": 4,
    }
    rated = node(graph, "Task", "task/1")
    assert (rated["importance"], rated["relevance"]) == (4.2, 81.25)
    assert ends(graph, "Occupation HAS_TASK Task") == {
        (f"occupation/{KITES}", "task/1"),
        (f"occupation/{TIDES}", "task/2"),
        (f"occupation/{TIDES}", "task/3"),
    }
    ratings = ends(graph, "Task RATED Rating")
    assert len(ratings) == 18
    assert {f"rating/1/{scale}" for scale in ("IM", "RT", "FT/1", "FT/7")} <= {
        rating for task, rating in ratings if task == "task/1"
    }


@pytest.mark.parametrize("layout", LAYOUTS)
def test_activities_of_one_file_or_two(tmp_path: Path, layout: str) -> None:
    """An activity has the line that names it first, and one parent above it."""
    graph = read(write(tmp_path, layout))
    split = layout == "onet-text-1"
    found = {
        row["elementId"]: (row["level"], row["heading"], row["line"])
        for row in graph.nodes["WorkActivity"].to_dicts()
    }
    assert found == {
        "4.A.1.a.1": ("GENERALIZED", "Watching", 6),
        "4.A.1.a.2": ("GENERALIZED", "Listening", 7),
        SKY: ("INTERMEDIATE", "Watch the sky.", 2),
        SEA: ("INTERMEDIATE", "Watch the sea.", 3 if split else 4),
        f"{SKY}.D01": ("DETAILED", "Watch a kite.", 2),
        f"{SKY}.D02": ("DETAILED", 'Watch "odd" clouds, and gulls.', 3),
        f"{SEA}.D01": ("DETAILED", "Watch the tide.", 4),
    }
    assert ends(graph, "WorkActivity PART_OF WorkActivity") == {
        (f"activity/{below}", f"activity/{above}")
        for below, above in (
            (SKY, "4.A.1.a.1"),
            (SEA, "4.A.1.a.1"),
            (f"{SKY}.D01", SKY),
            (f"{SKY}.D02", SKY),
            (f"{SEA}.D01", SEA),
        )
    }
    watching = node(graph, "WorkActivity", "activity/4.A.1.a.1")
    assert watching["description"] == "On Watching."
    assert node(graph, "ActivityLink", f"link/1/{SKY}.D02")["surveyed"] == "2014-03"
    assert ("task/1", f"activity/{SKY}.D02") in ends(
        graph, "Task INVOLVES WorkActivity"
    )


def test_activities_within_the_content_model_stay_apart(tmp_path: Path) -> None:
    """The content model may list narrower activities too: only five parts are wide."""
    rows = tables()
    extra = ("4.A.1.a.1.j", "4.A.1.a.1.j.12", "4.B.1.a.1")
    rows["content_model"] += [
        {"elementId": element, "heading": element, "description": None}
        for element in extra
    ]
    graph = read(write(tmp_path, rows=rows))
    assert graph.nodes["WorkActivity"].height == 7
    assert graph.nodes["ContentElement"].height == 9
    below = ends(graph, "ContentElement BELONGS_TO ContentElement")
    assert ("element/4.A.1.a.1.j.12", "element/4.A.1.a.1.j") in below
    assert not any(start == "element/4.B.1.a.1" for start, _ in below)


def test_other_titles_of_an_occupation(tmp_path: Path) -> None:
    """Titles keep their kind and line; each belongs to its occupation."""
    graph = read(write(tmp_path))
    titles = graph.nodes["JobTitle"].select("key", "jobTitle", "shortTitle", "kind")
    assert titles.rows() == [
        ("jobtitle/alternate/2", "Wind Artist (WA)", None, "ALTERNATE"),
        ("jobtitle/alternate/3", "Sea Clerk", "SC", "ALTERNATE"),
        ("jobtitle/reported/2", "Kite Pilot", None, "REPORTED"),
    ]
    called = ends(graph, "Occupation ALSO_CALLED JobTitle")
    assert (f"occupation/{TIDES}", "jobtitle/alternate/3") in called


@pytest.mark.parametrize("layout", LAYOUTS)
def test_related_occupations(tmp_path: Path, layout: str) -> None:
    """A row is a node between two occupations, with its tier, index and line."""
    graph = read(write(tmp_path, layout))
    there, back = f"related/{KITES}/{TIDES}", f"related/{TIDES}/{KITES}"
    rows = graph.nodes["RelatedOccupation"].select("key", "tier", "position", "line")
    assert rows.rows() == [
        (there, "Primary-Short", 1, 2),
        (back, "Supplemental", 11, 3),
    ]
    assert ends(graph, "Occupation HAS_RELATED RelatedOccupation") == {
        (f"occupation/{KITES}", there),
        (f"occupation/{TIDES}", back),
    }
    assert ends(graph, "RelatedOccupation RELATED_TO Occupation") == {
        (there, f"occupation/{TIDES}"),
        (back, f"occupation/{KITES}"),
    }


@pytest.mark.parametrize("layout", LAYOUTS)
def test_job_zones(tmp_path: Path, layout: str) -> None:
    """An occupation has the row of its job zone, and that what the zone stands for."""
    graph = read(write(tmp_path, layout))
    zone, described = f"jobzone/{KITES}", "zone/3"
    of_tables = laid(layout).tables
    assert node(graph, "JobZone", zone) == {
        "key": zone,
        "zone": 3,
        "surveyed": "2014-03",
        "domainSource": "Analyst",
        "file": of_tables["job_zones"].file,
        "line": 2,
    }
    assert node(graph, "JobZoneDescription", described) == {
        "key": described,
        "zone": 3,
        "heading": "Middling",
        "experience": None,
        "education": "Kite school.",
        "training": None,
        "examples": None,
        "svpRange": None,
        "file": of_tables["job_zone_descriptions"].file,
        "line": 2,
    }
    owned = ends(graph, "Occupation HAS_JOB_ZONE JobZone")
    assert owned == {(f"occupation/{KITES}", zone)}
    found = ends(graph, "JobZone DESCRIBED_BY JobZoneDescription")
    assert found == {(zone, described)}


@pytest.mark.parametrize(
    ("table", "label"),
    [("job_zones", "JobZone"), ("job_zone_descriptions", "JobZoneDescription")],
)
def test_job_zones_without_one_of_their_files(
    tmp_path: Path, table: str, label: str
) -> None:
    """What the other file says is there, and nothing leads to what is not."""
    name = laid(TEXT).tables[table].file
    graph = read(write(tmp_path, leave_out=[table]), without=[name])
    labels = {"JobZone", "JobZoneDescription"}
    assert labels & graph.nodes.keys() == labels - {label}
    assert not any(kind.name == "DESCRIBED_BY" for kind in graph.edges)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_emerging_tasks(tmp_path: Path, layout: str) -> None:
    """A candidate is known by its line, and a revision leads to the task it revises."""
    graph = read(write(tmp_path, layout))
    new, revision = "emergingtask/2", "emergingtask/3"
    assert node(graph, "EmergingTask", new) == {
        "key": new,
        "code": KITES,
        "statement": "Fly two kites.",
        "category": "NEW",
        # Newer layouts have no such column.
        "writeIns": 7 if layout == TEXT else None,
        "surveyed": "2022-08",
        "domainSource": "Incumbent",
        "file": laid(layout).tables["emerging_tasks"].file,
        "line": 2,
    }
    revised = node(graph, "EmergingTask", revision)
    assert (revised["category"], revised["writeIns"]) == ("REVISION", None)
    assert ends(graph, "Occupation HAS_EMERGING EmergingTask") == {
        (f"occupation/{KITES}", new),
        (f"occupation/{TIDES}", revision),
    }
    assert ends(graph, "EmergingTask REVISES Task") == {(revision, "task/3")}


def test_a_column_that_only_older_releases_have_may_be_absent(tmp_path: Path) -> None:
    """Without the number of write-ins all else is read as it is with it."""
    source = write(tmp_path)
    name = laid(TEXT).tables["emerging_tasks"].file
    whole = read(source).nodes["EmergingTask"]
    lines = [
        line.split("\t") for line in source.files[name].path.read_text().split("\n")
    ]
    place = lines[0].index("Write-in Total")
    bare = "\n".join("\t".join([*r[:place], *r[place + 1 :]]) for r in lines)
    less = read(add(source, name, bare)).nodes["EmergingTask"]
    assert whole["writeIns"].to_list() == [7, None]
    assert less["writeIns"].to_list() == [None, None]
    assert less.drop("writeIns").equals(whole.drop("writeIns"))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_recorded_line_holds_what_the_node_says(tmp_path: Path, layout: str) -> None:
    """File and line of each node lead to the cells that its texts were taken from."""
    graph = read(write(tmp_path, layout))
    known = laid(layout)
    for label, name in NODES.items():
        table = known.tables[name]
        raw = _lines(tmp_path / table.file, known.separator, quoted=known.quoted)
        found = graph.nodes[label]
        assert sorted(found["line"]) == list(range(2, len(raw) + 1))
        texts = [c for c in table.columns if found.schema.get(c) == pl.String]
        for row in found.to_dicts():
            cells = dict(zip(raw[1], raw[row["line"]], strict=True))
            assert row["file"] == table.file
            for column in set(texts) - CHANGED:
                null = known.null_tokens[0]
                value = null if row[column] is None else row[column]
                assert cells[table.columns[column]] == value


def _lines(path: Path, separator: str, *, quoted: bool) -> dict[int, list[str]]:
    quoting = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    with path.open(encoding="utf-8", newline="") as file:
        return dict(
            enumerate(csv.reader(file, delimiter=separator, quoting=quoting), 1)
        )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_columns_joined_in_change_nothing(tmp_path: Path, layout: str) -> None:
    """What an edition repeats from other files is passed over."""
    plain = read(write(tmp_path, layout))
    joined = read(write(tmp_path, layout, joined=True))
    assert plain.fingerprint != joined.fingerprint
    for label, table in plain.nodes.items():
        if label not in ("Release", "SourceFile"):
            assert table.equals(joined.nodes[label]), label
