"""The edition after an invented release: what is as it was, and what has changed."""

import json
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from workatlas.errors import UsageError
from workatlas.loaders.generate import generate, generate_next
from workatlas.loaders.onet import read_release

from .generated import CODE, ID, contents, opened, small, text

__all__ = ["small"]

FIRST = "onet-text-1"
SURVEYED = "11/2024"


@pytest.fixture(scope="module")
def editions(
    small: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> list[Path]:
    """Give a small release and the three editions after it."""
    found = [small[FIRST]]
    folder = tmp_path_factory.mktemp("editions")
    for number in range(1, 4):
        out = folder / str(number)
        generate_next(out, after=found[-1], seed=3)
        found.append(out)
    return found


def tasks(folder: Path) -> pl.DataFrame:
    """Give the tasks of a release in order of their identifiers."""
    return text(folder, "Task Statements").sort(pl.col(ID).cast(pl.Int64))


def both(before: pl.DataFrame, after: pl.DataFrame, column: str) -> pl.DataFrame:
    """Give the tasks of two editions where a column differs."""
    joined = before.join(after, on=ID, suffix=" after")
    return joined.filter(pl.col(column).ne_missing(pl.col(f"{column} after")))


def test_the_same_arguments_give_the_same_bytes(
    editions: list[Path], tmp_path: Path
) -> None:
    """Again is identical, another seed changes other things, and so does the next."""
    again, other = tmp_path / "again", tmp_path / "other"
    report = generate_next(again, after=editions[0], seed=3)
    assert contents(again) == contents(editions[1])
    assert report.studies == []
    assert report.tasks == tasks(again).height
    generate_next(other, after=editions[0], seed=4)
    assert not tasks(other).equals(tasks(again))
    gone = [set(tasks(a)[ID]) - set(tasks(b)[ID]) for a, b in pairs(editions)]
    assert gone[0] != gone[1]


def pairs(editions: list[Path]) -> list[tuple[Path, Path]]:
    """Give each edition with the next one."""
    return list(pairwise(editions))


def test_every_kind_of_change_occurs(editions: list[Path]) -> None:
    """Tasks are added, removed, moved, reworded; an occupation has another title."""
    for before, after in pairs(editions):
        old, new = tasks(before), tasks(after)
        assert set(old[ID]) - set(new[ID])
        assert set(new[ID]) - set(old[ID])
        assert both(old, new, CODE).height == 1
        assert both(old, new, "Task").height >= 1
        titles = [text(each, "Occupation Data") for each in (before, after)]
        assert titles[0][CODE].equals(titles[1][CODE])
        assert (titles[0]["Title"] != titles[1]["Title"]).sum() == 1
    types = [both(tasks(a), tasks(b), "Task Type").height for a, b in pairs(editions)]
    assert sum(types)


def test_links_are_gained_and_lost(editions: list[Path]) -> None:
    """Of tasks that stay, some get an activity and some lose one."""
    gained, lost = 0, 0
    for before, after in pairs(editions):
        stay = set(tasks(before)[ID]) & set(tasks(after)[ID])
        old, new = (
            {
                pair
                for pair in text(each, "Tasks to DWAs").select(ID, "DWA ID").iter_rows()
                if pair[0] in stay
            }
            for each in (before, after)
        )
        gained += len(new - old)
        lost += len(old - new)
    assert gained > 0
    assert lost > 0


def test_candidates_become_tasks(editions: list[Path]) -> None:
    """One that is new is a task of the next edition, to the letter; others stay."""
    for before, after in pairs(editions):
        old, new = (text(each, "Emerging Tasks") for each in (before, after))
        gone = set(old["Task"]) - set(new["Task"])
        assert set(new["Task"]) < set(old["Task"])
        made = set(tasks(after)["Task"]) - set(tasks(before)["Task"])
        assert gone & made
        revised = new.filter(pl.col("Category") == "Revision")["Original Task ID"]
        assert set(revised) <= set(tasks(after)[ID])


def test_most_is_as_it_was(editions: list[Path]) -> None:
    """Whole occupations are rated anew, on one date; all other figures stay."""
    old, new = (text(each, "Task Ratings") for each in editions[:2])
    again = new.filter(pl.col("Date") == SURVEYED)
    rest = new.filter(pl.col("Date") != SURVEYED)
    figures = [column for column in new.columns if column != CODE]
    kept = rest.join(old, on=figures, how="semi", nulls_equal=True)
    assert kept.height == rest.height > 0.75 * new.height
    assert again.height > 0
    assert SURVEYED not in set(old["Date"])
    dates = {
        date for each in editions[1:] for date in text(each, "Task Ratings")["Date"]
    }
    assert {SURVEYED, "02/2025", "05/2025"} <= dates


def test_a_number_belongs_to_one_task(editions: list[Path]) -> None:
    """A new number was never given; a task that comes back has the one that it had."""
    ever, gone, back = set(tasks(editions[0])[ID]), set[str](), set[str]()
    for before, after in pairs(editions):
        old, new = set(tasks(before)[ID]), set(tasks(after)[ID])
        back |= gone & new
        gone |= old - new
        fresh = new - old - gone
        assert min(map(int, fresh)) > max(map(int, ever))
        ever |= new
    assert back


@pytest.mark.parametrize("layout", [None, "onet-text-2", "onet-csv-1"])
def test_an_edition_is_a_release(
    editions: list[Path], tmp_path: Path, layout: str | None
) -> None:
    """It is loaded like any other; another layout has its own identifiers."""
    out = tmp_path / "out"
    report = generate_next(out, after=editions[1], seed=3, layout=layout)
    assert report.layout == (layout or FIRST)
    release = read_release(opened(out, tmp_path / "archive"), "0.2")
    release.check()
    assert release.synthetic
    assert release.nodes["Task"].height == report.tasks


def test_the_smallest_release_has_editions(tmp_path: Path) -> None:
    """With one task nothing can be removed: one is added, a candidate becomes one."""
    generate(tmp_path / "0", occupations=1, tasks=1, seed=1)
    counts: list[int] = []
    for number in range(4):
        out = tmp_path / str(number + 1)
        generate_next(out, after=tmp_path / str(number))
        read_release(opened(out, tmp_path / "archive"), "0.2").check()
        counts.append(tasks(out).height)
    assert counts[0] == 3


def test_it_says_what_it_was_made_from(editions: list[Path]) -> None:
    """The mark has all seeds, and the read-me a line for each edition."""
    facts = json.loads((editions[2] / "synthetic.json").read_bytes())
    assert (facts["seed"], facts["after"]) == (3, [7, 3])
    assert (facts["occupations"], facts["tasks"]) == (30, 400)
    read_me = (editions[2] / "Read Me.txt").read_text()
    assert read_me.count("--after EDITION --seed 3") == 2


def test_what_is_no_release_of_the_generator_is_refused(
    small: dict[str, Path], tmp_path: Path
) -> None:
    """A folder without a mark, with another's, and one of another version."""
    marker = tmp_path / "synthetic.json"
    out = tmp_path / "out"
    with pytest.raises(UsageError, match="no invented release") as caught:
        generate_next(out, after=tmp_path)
    assert caught.value.where == str(tmp_path)
    marker.write_text('{"synthetic": true}')
    with pytest.raises(UsageError, match="no invented release"):
        generate_next(out, after=tmp_path)
    facts = json.loads((small[FIRST] / "synthetic.json").read_bytes())
    marker.write_text(json.dumps({**facts, "generator": 0}))
    with pytest.raises(UsageError, match="Another version"):
        generate_next(out, after=tmp_path)
    assert not out.exists()
