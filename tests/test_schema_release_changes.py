"""What changed from one release to the next: the sample, and a copy that was edited."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from workatlas.resolvers import Service
from workatlas.schema.cursor import Cursor, write_cursor
from workatlas.schema.figure_change import FigureChange

from .answers import SAMPLE, errors, serve_loaded
from .releases_compared import (
    CHANGES,
    COUNTED,
    NEW,
    OLD,
    Edit,
    altered,
    changes,
    counts,
)

WRITERS, OTHERS = "19-1017.00", "19-1017.01"
GONE, REWORDED, MOVED, TYPED, RATED, UNRATED, LINKED, ADDED = (
    *("95", "99", "31", "98", "32", "100", "97"),
    "9001",
)
WORDS = "Direct technicians together with outside specialists to plan daily work."


def _statements(rows: list[list[str]]) -> list[list[str]]:
    edits: dict[str, Callable[[list[str]], list[str]]] = {
        REWORDED: lambda r: [*r[:2], WORDS, *r[3:]],
        MOVED: lambda r: [WRITERS, *r[1:]],
        TYPED: lambda r: [*r[:3], "Core", *r[4:]],
        UNRATED: lambda r: [*r[:4], "n/a", *r[5:]],
    }
    kept = [edits.get(row[1], list)(row) for row in rows if row[1] != GONE]
    return [*kept, [WRITERS, ADDED, "Fold kites.", "n/a", "n/a", "08/2022", "Analyst"]]


def _ratings(rows: list[list[str]]) -> list[list[str]]:
    kept = [_moved(row) for row in rows if row[1] not in {GONE, UNRATED}]
    return [
        [*row[:4], "1.25", row[5], "0.1000", "1.0500", "1.4500", *row[9:]]
        if row[1:3] == [RATED, "IM"]
        else row
        for row in kept
    ]


def _links(rows: list[list[str]]) -> list[list[str]]:
    kept = [_moved(row) for row in rows if row[1] != GONE]
    first = next(row for row in kept if row[1] == LINKED)
    other = next(row[2] for row in kept if row[2] != first[2])
    named = [[*r[:2], other, *r[3:]] if r is first else r for r in kept]
    return [[*row[:2], row[2].replace("I01.D01", "I01.D91"), *row[3:]] for row in named]


def _activities(rows: list[list[str]]) -> list[list[str]]:
    named = [[*row[:2], row[2].replace("I01.D01", "I01.D91"), row[3]] for row in rows]
    named[-1] = [*named[-1][:3], "Look after paper."]
    return named


def _moved(row: list[str]) -> list[str]:
    return [WRITERS, *row[1:]] if row[1] == MOVED else row


def _occupations(rows: list[list[str]]) -> list[list[str]]:
    first, second, *rest = rows
    return [
        [first[0], "Paper Folders", first[2]],
        [*second[:2], f"{second[2]} And more."],
        *rest,
        ["19-1099.00", "Kite Folders", "Fold kites."],
    ]


EDITS: dict[str, Edit] = {
    "task_statements": _statements,
    "task_ratings": _ratings,
    "tasks_to_dwas": _links,
    "dwa_reference": _activities,
    "occupation_data": _occupations,
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """Serve the sample and its edited copy, with a study that rated the sample."""
    folder = tmp_path_factory.mktemp("compared")
    return serve_loaded(
        folder,
        ("onet@9.8", SAMPLE),
        ("onet@9.9", altered(folder / "next", **EDITS)),
        ("gpts-are-gpts", SAMPLE / "exposure"),
    )


async def test_each_change_is_counted_once(service: Service) -> None:
    """One edit of each kind gives one of each, and everything adds up."""
    found = await counts(service, OLD, NEW)
    assert (found["inFrom"], found["inTo"], found["inBoth"]) == (100, 100, 99)
    ways = (
        *("added", "removed", "reworded", "moved", "typeChanged", "reRated"),
        *("ratingsLost", "labelsOutdated", "linksLost", "linksGained"),
    )
    assert {way: found[way] for way in ways} == dict.fromkeys(ways, 1)
    assert (found["ratingsGained"], found["reidentified"]) == (0, None)
    assert {tuple(c["changes"]): c["count"] for c in found["combinations"]} == {
        (): 96,
        ("REWORDED",): 1,
        ("MOVED",): 1,
        ("TYPE_CHANGED",): 1,
    }
    assert found["notTold"] == []


async def test_the_other_direction_turns_what_is_gained_into_what_is_lost(
    service: Service,
) -> None:
    """What one adds the other removes; changes of what both have stay as many."""
    found, back = await counts(service, OLD, NEW), await counts(service, NEW, OLD)
    for one, other in (
        ("added", "removed"),
        ("ratingsGained", "ratingsLost"),
        ("linksGained", "linksLost"),
        ("inFrom", "inTo"),
    ):
        assert (found[one], found[other]) == (back[other], back[one])
    for way in ("reworded", "moved", "typeChanged", "reRated", "combinations"):
        assert found[way] == back[way]
    # The study rated the wording of the older release.
    assert (found["labelsOutdated"], back["labelsOutdated"]) == (1, 0)


@pytest.mark.parametrize(
    ("change", "task"),
    [
        *(("ADDED", ADDED), ("REMOVED", GONE), ("REWORDED", REWORDED)),
        *(("MOVED", MOVED), ("TYPE_CHANGED", TYPED), ("RE_RATED", RATED)),
        *(("RATINGS_LOST", UNRATED), ("LINKS_GAINED", LINKED)),
        *(("LINKS_LOST", LINKED), ("LABELS_OUTDATED", REWORDED)),
    ],
)
async def test_what_changed_is_listed(service: Service, change: str, task: str) -> None:
    """Each list has the task that was edited, as it was and as it is."""
    page = await changes(service, change)
    (found,) = page["nodes"]
    assert (page["totalCount"], page["pageInfo"]["hasNextPage"]) == (1, False)
    assert (found["__typename"], found["taskId"]) == ("ChangedTask", int(task))
    assert change in found["changes"]
    sides = found["before"], found["after"]
    assert [side and side["id"] for side in sides] == [
        None if change == "ADDED" else f"{OLD}/task/{task}",
        None if change == "REMOVED" else f"{NEW}/task/{task}",
    ]


async def test_how_words_changed(service: Service) -> None:
    """Word by word; the parts give back both wordings, and the share that is alike."""
    (found,) = (await changes(service, "REWORDED"))["nodes"]
    words, before = found["wording"], found["before"]["statement"]
    assert (words["before"], words["after"]) == (before, WORDS)
    assert [(part["kind"], part["text"]) for part in words["parts"]] == [
        ("SAME", "Direct"),
        ("REMOVED", "laboratory"),
        ("SAME", "technicians together with outside specialists to"),
        ("REMOVED", "coordinate"),
        ("ADDED", "plan"),
        ("SAME", "daily"),
        ("REMOVED", "operations."),
        ("ADDED", "work."),
    ]
    assert words["similarity"] == pytest.approx(2 * 8 / (11 + 10))
    assert found["labelsOutdated"] == [{"id": "gpts-are-gpts"}]


async def test_which_figures_changed(service: Service) -> None:
    """The values of both releases, each with its place, and whether bounds overlap."""
    (found,) = (await changes(service, "RE_RATED"))["nodes"]
    (figure,) = found["figures"]
    before, after = figure["before"], figure["after"]
    assert (after["value"], after["upperBound"], after["scale"]) == (
        1.25,
        1.45,
        {"id": "IM"},
    )
    assert figure["difference"] == pytest.approx(1.25 - before["value"])
    assert figure["boundsOverlap"] is (before["lowerBound"] <= 1.45)
    for side, release in ((before, OLD), (after, NEW)):
        assert side["provenance"]["release"]["id"] == release
        assert side["provenance"]["file"]["name"] == "Task Ratings.txt"
        assert side["provenance"]["line"] > 1


async def test_which_links_changed(service: Service) -> None:
    """An activity that only got another identifier, or title, is the same."""
    (found,) = (await changes(service, "LINKS_LOST"))["nodes"]
    (gained,), (lost,) = found["linksGained"], found["linksLost"]
    assert gained["id"].startswith(NEW)
    assert lost["id"].startswith(OLD)
    assert gained["title"] != lost["title"]


async def test_occupations_are_compared_by_code(service: Service) -> None:
    """Titles and descriptions count; other ways of changing they do not have."""
    found = await counts(service, OLD, NEW, "OCCUPATION")
    assert (found["added"], found["removed"], found["reworded"]) == (1, 0, 2)
    assert (found["moved"], found["reRated"]) == (None, None)
    page = await changes(service, "REWORDED", kind="OCCUPATION")
    first, second = page["nodes"]
    assert first["title"]["after"] == "Paper Folders"
    assert (first["description"], second["title"]) == (None, None)
    assert second["description"]["after"].endswith(" And more.")
    (added,) = (await changes(service, "ADDED", kind="OCCUPATION"))["nodes"]
    assert (added["code"], added["before"], added["title"]) == (
        "19-1099.00",
        None,
        None,
    )
    back = {"kind": "OCCUPATION", "from": NEW, "to": OLD}
    (removed,) = (await changes(service, "REMOVED", **back))["nodes"]
    assert removed["after"] is None


async def test_activities_are_matched_by_identifier_or_else_by_title(
    service: Service,
) -> None:
    """New identifiers do not make new activities; a new title is a change of words."""
    found = await counts(service, OLD, NEW, "WORK_ACTIVITY")
    assert (found["added"], found["removed"], found["moved"]) == (0, 0, 0)
    assert found["reworded"] == 1
    page = await changes(service, "REIDENTIFIED", kind="WORK_ACTIVITY")
    assert page["totalCount"] == found["reidentified"] > 1
    for each in page["nodes"]:
        assert each["before"]["title"] == each["after"]["title"]
        new = each["before"]["elementId"].replace("D01", "D91")
        assert each["after"]["elementId"] == new
    (retitled,) = (await changes(service, "REWORDED", kind="WORK_ACTIVITY"))["nodes"]
    assert retitled["title"]["after"] == "Look after paper."


async def test_lists_are_given_in_pages(service: Service) -> None:
    """Cursors go through the whole list, each item once, and are of that list alone."""
    asked = {"kind": "WORK_ACTIVITY", "first": 1}
    whole = await changes(service, "REIDENTIFIED", kind="WORK_ACTIVITY")
    seen: list[Any] = []
    page = await changes(service, "REIDENTIFIED", **asked)
    while True:
        seen += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
        page = await changes(service, "REIDENTIFIED", after=after, **asked)
    assert seen == whole["nodes"]
    listed = f"work activities from {OLD} to {NEW} that are REIDENTIFIED"
    odd = write_cursor(Cursor(listed, 5, 5))
    page = await changes(service, "REIDENTIFIED", after=odd, **asked)
    assert page["nodes"] == []
    variables = {"from": OLD, "to": NEW, "change": "ADDED", "after": odd}
    assert [c for _, c in errors(await service.answer(CHANGES, variables))] == ["USAGE"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"from": OLD, "to": OLD}, "from and to are both"),
        ({"from": "latest", "to": NEW}, "from and to are both"),
        ({"from": "onet-1", "to": NEW}, "onet-1 is not in the graph"),
        ({"kind": "OCCUPATION", "change": "MOVED"}, "No occupations change as MOVED"),
        ({"first": 0}, "first is 0"),
    ],
)
async def test_what_cannot_be_compared_is_an_error(
    service: Service, asked: dict[str, Any], told: str
) -> None:
    """A release and itself, one that is not there, a change that a kind has not."""
    variables = {"from": OLD, "to": NEW, "change": "ADDED", **asked}
    answer = await service.answer(CHANGES, variables)
    assert answer.body == (await service.reference(CHANGES, variables)).body
    (error,) = answer.as_dict()["errors"]
    assert told in error["message"]


async def test_what_is_not_loaded_whole_is_not_told(tmp_path: Path) -> None:
    """A list that a part of a file gives is an error, and its count null, with why."""
    service = serve_loaded(
        tmp_path,
        ("onet@9.8", SAMPLE),
        ("onet@9.9", altered(tmp_path / "next", **EDITS)),
        partial=("Task Ratings.txt", "Task Statements.txt"),
    )
    found = await counts(service, OLD, NEW)
    assert (found["added"], found["removed"]) == (1, None)
    assert (found["reRated"], found["ratingsGained"], found["ratingsLost"]) == (
        1,
        0,
        None,
    )
    assert found["notTold"] == [
        {
            "change": change,
            "reason": "FILE_PART",
            "release": NEW,
            "fileName": f"{file}.txt",
        }
        for change, file in (
            ("REMOVED", "Task Statements"),
            ("RATINGS_LOST", "Task Ratings"),
        )
    ]
    variables = {"from": OLD, "to": NEW, "change": "REMOVED"}
    (error,) = (await service.answer(CHANGES, variables)).as_dict()["errors"]
    assert error["message"] == (
        f"REMOVED cannot be told: Task Statements.txt of {NEW} is in part loaded."
    )


async def test_two_releases_are_read_once(service: Service) -> None:
    """Counts that are asked for again run no statement over all tasks."""
    variables = {"from": OLD, "to": NEW}
    await service.answer(COUNTED, variables)
    answer = await service.answer(COUNTED, variables)
    assert "release_task_states" not in dict(answer.statements)


@pytest.mark.parametrize(
    ("before", "after", "overlap"),
    [
        *(((1, 2), (2, 3), True), ((1, 2), (2.5, 3), False), ((4, 5), (1, 2), False)),
        *(((None, 2), (1, 3), None), ((1, 2), (1, None), None), (None, (1, 3), None)),
    ],
)
def test_bounds_overlap_where_there_are_any(
    before: tuple[float | None, float | None] | None,
    after: tuple[float | None, float | None],
    overlap: object,
) -> None:
    """They have a point in common, or none; without a bound nothing is said."""
    sides: list[Any] = [
        SimpleNamespace(
            row=bounds and SimpleNamespace(lower_bound=bounds[0], upper_bound=bounds[1])
        )
        for bounds in (before, after)
    ]
    change: Any = FigureChange(before=sides[0], after=sides[1])
    assert FigureChange.bounds_overlap(change) is overlap
