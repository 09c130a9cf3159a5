"""18.1 and 29.2 compared: every count and list against polars on the raw files."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from workatlas.resolvers import Service
from workatlas.stores import open_reader

from .answers import ask
from .oracle import read_labels, read_text
from .releases_compared import CHANGES, counts

OLD, NEW = "onet-18.1", "onet-29.2"
ID, CODE, TASK, TYPE = "Task ID", "O*NET-SOC Code", "Task", "Task Type"
FOLDERS = {OLD: "db_18_1_text", NEW: "db_29_2_text"}


@pytest.fixture(scope="module")
def service(real_pair: Path) -> Service:
    """Serve both releases with the published labels."""
    return Service(open_reader(str(real_pair), timeout=60.0))


@pytest.fixture(scope="module")
def folders(shared: Path) -> list[Path]:
    """Give the folders of the older and the newer release."""
    return [shared / "onet" / name for name in FOLDERS.values()]


@pytest.fixture(scope="module")
def both(folders: list[Path]) -> pl.DataFrame:
    """Give the tasks of both by number, with the older's columns and the newer's."""
    old, new = (read_text(folder, "Task Statements.txt") for folder in folders)
    return old.join(new, on=ID, how="full", coalesce=True, suffix="_new")


def numbers(frame: pl.DataFrame) -> list[int]:
    """Give the numbers of tasks in order."""
    return frame[ID].cast(pl.Int64).sort().to_list()


async def listed(service: Service, change: str, start: str, end: str) -> list[Any]:
    """Go through all pages of a list."""
    found: list[Any] = []
    asked = {"from": start, "to": end, "change": change}
    while True:
        page = (await ask(service, CHANGES, **asked))["found"]["changes"]
        found += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            assert len(found) == page["totalCount"]
            return found
        asked["after"] = page["pageInfo"]["endCursor"]


def expected(both: pl.DataFrame) -> dict[str, list[int]]:
    """Find what changed from the older to the newer release."""
    there = both.drop_nulls([CODE, f"{CODE}_new"])
    return {
        "added": numbers(both.filter(pl.col(CODE).is_null())),
        "removed": numbers(both.filter(pl.col(f"{CODE}_new").is_null())),
        "reworded": numbers(there.filter(pl.col(TASK) != pl.col(f"{TASK}_new"))),
        "moved": numbers(there.filter(pl.col(CODE) != pl.col(f"{CODE}_new"))),
        "typeChanged": numbers(there.filter(pl.col(TYPE) != pl.col(f"{TYPE}_new"))),
    }


async def test_tasks_are_counted_as_in_the_files(
    service: Service, both: pl.DataFrame
) -> None:
    """In both directions, and the counts add up."""
    wanted = {way: len(found) for way, found in expected(both).items()}
    assert min(wanted.values()) > 1000
    found, back = await counts(service, OLD, NEW), await counts(service, NEW, OLD)
    assert {way: found[way] for way in wanted} == wanted
    turned = {"added": wanted["removed"], "removed": wanted["added"]}
    assert {way: back[way] for way in wanted} == {**wanted, **turned}
    for each in (found, back):
        assert each["inFrom"] == each["inBoth"] + each["removed"]
        assert each["inTo"] == each["inBoth"] + each["added"]
        combined = {tuple(c["changes"]): c["count"] for c in each["combinations"]}
        assert sum(combined.values()) == each["inBoth"]
        for way in ("reworded", "moved"):
            parts = (n for c, n in combined.items() if way.upper() in c)
            assert sum(parts) == each[way]
    assert (found["inFrom"], found["inTo"]) == (19_450, 18_796)


@pytest.mark.parametrize(
    ("change", "way"), [("MOVED", "moved"), ("REWORDED", "reworded")]
)
async def test_what_changed_is_listed_whole(
    service: Service, both: pl.DataFrame, change: str, way: str
) -> None:
    """All pages together are the tasks of the files, with the words of each release."""
    found = await listed(service, change, OLD, NEW)
    assert [each["taskId"] for each in found] == expected(both)[way]
    facts = {int(row[ID]): row for row in both.iter_rows(named=True)}
    for each in found:
        row, before, after = facts[each["taskId"]], each["before"], each["after"]
        assert (before["statement"], after["statement"]) == (
            row[TASK],
            row[f"{TASK}_new"],
        )
        codes = before["occupation"]["code"], after["occupation"]["code"]
        assert codes == (row[CODE], row[f"{CODE}_new"])
        words = each["wording"]
        assert (words is None) == (row[TASK] == row[f"{TASK}_new"])
        if words:
            assert 0 <= words["similarity"] <= 1
            for side, kind in (("before", "REMOVED"), ("after", "ADDED")):
                kept = (
                    p["text"] for p in words["parts"] if p["kind"] in ("SAME", kind)
                )
                assert " ".join(kept).split() == words[side].split()


async def test_links_are_compared_as_in_the_files(
    service: Service, folders: list[Path], both: pl.DataFrame
) -> None:
    """Tasks that both have, whose links to activities were added or taken away."""
    names = "Tasks to DWAs.txt"
    old, new = (
        read_text(folder, names).group_by(ID).agg(links=pl.col("DWA ID"))
        for folder in folders
    )
    there = both.drop_nulls([CODE, f"{CODE}_new"]).select(ID)
    sides = there.join(old, on=ID, how="left").join(
        new, on=ID, how="left", suffix="_new"
    )
    empty = pl.lit([], dtype=pl.List(pl.String))
    one, two = (pl.col(name).fill_null(empty) for name in ("links", "links_new"))
    gained = numbers(sides.filter(two.list.set_difference(one).list.len() > 0))
    lost = numbers(sides.filter(one.list.set_difference(two).list.len() > 0))
    found = await counts(service, OLD, NEW)
    assert (found["linksGained"], found["linksLost"]) == (len(gained), len(lost))
    listed_lost = await listed(service, "LINKS_LOST", OLD, NEW)
    assert [each["taskId"] for each in listed_lost] == lost
    assert len(gained) > len(lost) > 0


async def test_labels_of_older_words_are_told(
    service: Service, shared: Path, both: pl.DataFrame
) -> None:
    """Those whose wording was rated as 18.1 has it, and 29.2 does not any more."""
    study = shared / "exposure" / "gpts-are-gpts"
    rated = {int(float(row[ID])): row["Task"] for row in read_labels(study)}
    there = both.drop_nulls([CODE, f"{CODE}_new"])
    wanted = {
        direction: sorted(
            int(row[ID])
            for row in there.iter_rows(named=True)
            if rated.get(int(row[ID])) == row[before] != row[after]
        )
        for direction, before, after in (
            ((OLD, NEW), TASK, f"{TASK}_new"),
            ((NEW, OLD), f"{TASK}_new", TASK),
        )
    }
    found = await listed(service, "LABELS_OUTDATED", OLD, NEW)
    assert [each["taskId"] for each in found] == wanted[OLD, NEW]
    assert all(e["labelsOutdated"] == [{"id": "gpts-are-gpts"}] for e in found)
    back = await counts(service, NEW, OLD)
    assert back["labelsOutdated"] == len(wanted[NEW, OLD])
    assert 0 < len(wanted[OLD, NEW]) < len(wanted[NEW, OLD])


async def test_ratings_that_are_not_loaded_are_not_compared(service: Service) -> None:
    """Nothing is said of the ratings of a release that is loaded without its file."""
    found = await counts(service, OLD, NEW)
    ways = ("reRated", "ratingsGained", "ratingsLost")
    assert [found[way] for way in ways] == [None] * 3
    assert {(n["reason"], n["release"]) for n in found["notTold"]} == {
        ("FILE_ABSENT", OLD)
    }


async def test_occupations_and_activities_are_counted_as_in_the_files(
    service: Service, folders: list[Path]
) -> None:
    """By code and by identifier; no identifier of an activity has changed its form."""
    old, new = (read_text(folder, "Occupation Data.txt") for folder in folders)
    there = old.join(new, on=CODE, suffix="_new")
    found = await counts(service, OLD, NEW, "OCCUPATION")
    differs = [
        pl.col(name) != pl.col(f"{name}_new") for name in ("Title", "Description")
    ]
    assert found["reworded"] == there.filter(pl.any_horizontal(differs)).height
    assert found["added"] == new.height - there.height
    assert found["removed"] == old.height - there.height
    for level, name in (
        ("DWA ID", "DWA Reference.txt"),
        ("IWA ID", "IWA Reference.txt"),
    ):
        ids = [{*read_text(folder, name)[level]} for folder in folders]
        assert len(ids[0] & ids[1]) > 300
    found = await counts(service, OLD, NEW, "WORK_ACTIVITY")
    assert (found["reidentified"], found["moved"]) == (0, 0)
    assert found["inTo"] == 41 + 332 + 2087
