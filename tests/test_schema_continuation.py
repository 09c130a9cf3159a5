"""What tasks, occupations and activities continue, and on which bases."""

from pathlib import Path
from typing import Any

import pytest

from workatlas.loaders.join import join_all
from workatlas.resolvers import Service

from .answers import ask, errors, serve
from .editions import Change, edition, renamed, with_cells, with_rows, without
from .mini_studies import crossing
from .onet_files import KITES, TIDES, Row

TASK = """query($id: Int!, $in: String, $older: String) {
  task(taskId: $id, release: $in) {
    continues(release: $older) { bases release { id } task { taskId statement } }
    continuedBy { bases release { id } task { taskId } } } }"""
OCCUPATION = """query($code: String!, $in: String) {
  occupation(code: $code, release: $in) {
    continues { ...Link } continuedBy { ...Link } } }
fragment Link on OccupationContinuation { code bases release { id }
  occupation { title }
  crosswalk { fromCode toCode provenance { line release { id } file { name } } } }"""
ACTIVITY = """query($id: String!, $in: String) {
  workActivity(elementId: $id, release: $in) {
    continues { bases activity { elementId } }
    continuedBy { bases activity { elementId } } } }"""
STATEMENT = "task_statements"


def said(number: str, statement: str, code: str = TIDES) -> Change:
    """Add a task that nothing else is known of."""
    return with_rows(
        STATEMENT, {"taskId": number, "code": code, "statement": statement}
    )


def tasks(links: list[Any]) -> list[tuple[int, list[str]]]:
    """Give the numbers of linked tasks with their bases."""
    return [(each["task"]["taskId"], each["bases"]) for each in links]


async def node(service: Service, document: str, **variables: Any) -> Any:
    """Give the one node that a document asks for."""
    (found,) = (await ask(service, document, **variables)).values()
    return found


async def test_a_number_and_a_statement_are_bases_of_their_own(tmp_path: Path) -> None:
    """The same number comes first, in the same words or others; then the same words."""
    reworded = with_cells(STATEMENT, {"taskId": "1"}, statement="Fly two kites.")
    service = serve(
        tmp_path / "graph",
        edition(tmp_path, "20.1"),
        edition(
            tmp_path,
            "20.2",
            reworded,
            without("taskId", "2"),
            said("12", "Fly a kite."),
            said("11", "Fly a kite."),
            said("13", "Tell a tide."),
            said("14", "Tell a tide. "),
        ),
    )
    found = await node(service, TASK, id=1, **{"in": "onet-20.1"})
    assert tasks(found["continuedBy"]) == [
        (1, ["SAME_ID_REWORDED"]),
        (11, ["SAME_TEXT"]),
        (12, ["SAME_TEXT"]),
    ]
    assert found["continues"] == []
    gone = await node(service, TASK, id=2, **{"in": "onet-20.1"})
    assert tasks(gone["continuedBy"]) == [(13, ["SAME_TEXT"])]
    kept = await node(service, TASK, id=3, **{"in": "onet-20.1"})
    assert tasks(kept["continuedBy"]) == [(3, ["SAME_ID"])]
    back = await node(service, TASK, id=11, **{"in": "onet-20.2"})
    assert back["continues"] == [
        {
            "bases": ["SAME_TEXT"],
            "release": {"id": "onet-20.1"},
            "task": {"taskId": 1, "statement": "Fly a kite."},
        }
    ]
    new = await node(service, TASK, id=14, **{"in": "onet-20.2"})
    assert new == {"continues": [], "continuedBy": []}


async def test_the_release_beside_it_is_asked_unless_another_is_named(
    tmp_path: Path,
) -> None:
    """Without a name it is the next release of the data set on either side."""
    graphs = [edition(tmp_path, f"20.{n}") for n in (1, 2, 10)]
    service = serve(tmp_path / "graph", *graphs)
    middle = await node(service, TASK, id=1, **{"in": "onet-20.2"})
    assert middle["continues"][0]["release"]["id"] == "onet-20.1"
    assert middle["continuedBy"][0]["release"]["id"] == "onet-20.10"
    last = await node(service, TASK, id=1, older="onet-20.1")
    assert last["continues"][0]["release"]["id"] == "onet-20.1"


@pytest.mark.parametrize(
    ("older", "code"),
    [
        ("onet-20.1", "USAGE"),
        ("onet-20.2", "USAGE"),
        ("latest", "USAGE"),
        ("onet-1.0", "NOT_FOUND"),
    ],
)
async def test_what_is_no_older_release_is_refused(
    tmp_path: Path, older: str, code: str
) -> None:
    """Nothing is continued in the same release, a newer one or one not published."""
    graphs = [edition(tmp_path, version) for version in ("20.1", "20.2")]
    service = serve(tmp_path / "graph", *graphs)
    variables = {"id": 1, "in": "onet-20.1", "older": older}
    answer = await service.answer(TASK, variables)
    assert errors(answer) == [(["task", "continues"], code)]


CODES = {
    KITES: "10-1000.01",  # it was split in two
    TIDES: "10-3000.00",  # it was merged with another one
}


def sides(folder: Path) -> Service:
    """Serve two releases on either side of a crosswalk."""
    more: list[Row] = [
        {"code": "10-2001.00", "heading": "Tide Minders", "description": "Mind tides."},
        {"code": "10-4000.00", "heading": "Cloud Counters", "description": "Count."},
    ]
    titled = [
        with_cells("occupations", {"code": code}, heading=title)
        for code, title in (("10-3000.00", "Tide Folk"), ("10-4000.01", "Counters"))
    ]
    old = edition(folder, "20.1", with_rows("occupations", *more))
    new = edition(
        folder,
        "29.2",
        renamed(CODES, "code", "related"),
        with_rows("occupations", *more),
        renamed({"10-4000.00": "10-4000.01"}, "code"),
        without("code", "10-2001.00"),
        with_rows(
            "occupations",
            {"code": KITES, "heading": "Kite Makers", "description": "Make kites."},
            {"code": "10-5000.00", "heading": "Cloud Counters", "description": "Do."},
        ),
        *titled,
    )
    lines = crossing(
        folder / "crosswalk",
        (KITES, "10-1000.01"),
        (KITES, "10-1000.02"),
        (TIDES, "10-3000.00"),
        ("10-2001.00", "10-3000.00"),
        ("10-4000.00", "10-4000.01"),
    )
    joined = [join_all(each, [], [lines]) for each in (old, new)]
    return serve(folder / "graph", *joined, lines)


def codes(links: list[Any]) -> list[tuple[str, list[str]]]:
    """Give the codes of linked occupations with their bases."""
    return [(each["code"], each["bases"]) for each in links]


async def test_codes_split_merged_and_kept_are_told_apart(tmp_path: Path) -> None:
    """The same code, the crosswalk and the same title are bases of their own."""
    service = sides(tmp_path)
    old, new = {"in": "onet-20.1"}, {"in": "onet-29.2"}
    split = await node(service, OCCUPATION, code=KITES, **old)
    # The code that it had stands for another occupation now, and is told as the same.
    assert codes(split["continuedBy"]) == [
        (KITES, ["SAME_CODE"]),
        ("10-1000.01", ["CROSSWALK_SPLIT", "SAME_TITLE"]),
        ("10-1000.02", ["CROSSWALK_SPLIT"]),
    ]
    merged = await node(service, OCCUPATION, code="10-3000.00", **new)
    assert codes(merged["continues"]) == [
        (TIDES, ["CROSSWALK_MERGED"]),
        ("10-2001.00", ["CROSSWALK_MERGED"]),
    ]
    assert merged["continuedBy"] == []
    one = await node(service, OCCUPATION, code="10-4000.00", **old)
    assert codes(one["continuedBy"]) == [
        ("10-4000.01", ["CROSSWALK_ONE"]),
        ("10-5000.00", ["SAME_TITLE"]),
    ]


async def test_a_link_over_the_crosswalk_names_its_line(tmp_path: Path) -> None:
    """It names both codes and where they stand; what the release lacks is null."""
    service = sides(tmp_path)
    found = await node(service, OCCUPATION, code=KITES, **{"in": "onet-20.1"})
    same, there, lacking = found["continuedBy"]
    assert same["crosswalk"] is None
    assert same["occupation"] == {"title": "Kite Makers"}
    assert there["release"] == {"id": "onet-29.2"}
    assert there["crosswalk"] == {
        "fromCode": KITES,
        "toCode": "10-1000.01",
        "provenance": {
            "line": 2,
            "release": {"id": "onet-20.1"},
            "file": {"name": "2010_to_2019_Crosswalk.csv"},
        },
    }
    assert (lacking["occupation"], lacking["crosswalk"]["toCode"]) == (
        None,
        "10-1000.02",
    )


async def test_a_code_that_was_split_and_merged_is_both(tmp_path: Path) -> None:
    """Of a line that is a part of a split and of a merger both are told."""
    lines = crossing(
        tmp_path / "crosswalk", (KITES, KITES), (KITES, TIDES), (TIDES, TIDES)
    )
    graphs = [edition(tmp_path, version) for version in ("20.1", "29.2")]
    joined = [join_all(each, [], [lines]) for each in graphs]
    service = serve(tmp_path / "graph", *joined, lines)
    found = await node(service, OCCUPATION, code=TIDES, **{"in": "onet-29.2"})
    assert codes(found["continues"]) == [
        (TIDES, ["SAME_CODE", "CROSSWALK_MERGED", "SAME_TITLE"]),
        (KITES, ["CROSSWALK_SPLIT", "CROSSWALK_MERGED"]),
    ]


async def test_the_crosswalk_leads_between_its_own_sides_alone(tmp_path: Path) -> None:
    """Between releases of one classification there is nothing to cross."""
    lines = crossing(tmp_path / "crosswalk", (KITES, TIDES))
    graphs = [edition(tmp_path, version) for version in ("20.1", "20.2")]
    joined = [join_all(each, [], [lines]) for each in graphs]
    service = serve(tmp_path / "graph", *joined, lines)
    found = await node(service, OCCUPATION, code=KITES, **{"in": "onet-20.1"})
    assert codes(found["continuedBy"]) == [(KITES, ["SAME_CODE", "SAME_TITLE"])]


async def test_activities_continue_by_identifier_and_by_title(tmp_path: Path) -> None:
    """Another form of identifiers leaves titles; each level is apart."""
    kite, clouds = "4.A.1.a.1.I01.D01", "4.A.1.a.1.I01.D02"
    service = serve(
        tmp_path / "graph",
        edition(tmp_path, "20.1"),
        edition(
            tmp_path,
            "20.2",
            renamed({kite: "4.A.1.a.1.s.6"}, "elementId"),
            with_cells("detailed_activities", {"elementId": clouds}, heading="Look."),
        ),
    )

    async def after(element: str) -> Any:
        found = await node(service, ACTIVITY, id=element, **{"in": "onet-20.1"})
        assert found["continues"] == []
        return [
            (link["activity"]["elementId"], link["bases"])
            for link in found["continuedBy"]
        ]

    assert await after(kite) == [("4.A.1.a.1.s.6", ["SAME_TITLE"])]
    assert await after(clouds) == [(clouds, ["SAME_ID_REWORDED"])]
    assert await after("4.A.1.a.1") == [("4.A.1.a.1", ["SAME_ID"])]
    back = await node(service, ACTIVITY, id="4.A.1.a.1.s.6", **{"in": "onet-20.2"})
    assert back["continues"] == [
        {"bases": ["SAME_TITLE"], "activity": {"elementId": kite}}
    ]
