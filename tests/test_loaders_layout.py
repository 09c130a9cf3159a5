"""Layouts are data: found from the files that are there, excused only by name."""

from pathlib import Path

import pytest

from workatlas.errors import DataError, UsageError
from workatlas.loaders.layout import Release, layout_of
from workatlas.loaders.source import Source

from .onet_files import LAYOUTS, TEXT, VERSION, add, laid, read, write

RATINGS = "Task Ratings.txt"


def release(source: Source, **excuses: list[str]) -> Release:
    """Give a release of a source, not checked yet."""
    without, partial = excuses.get("without", []), excuses.get("partial", [])
    return Release(source, layout_of(source), without, partial)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_is_found_from_the_files(tmp_path: Path, layout: str) -> None:
    """The files decide, whatever else lies beside them."""
    source = add(write(tmp_path, layout), "Skills.txt", "not read")
    assert layout_of(source) is laid(layout)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_files_that_may_be_left_out_do_not_decide(tmp_path: Path, layout: str) -> None:
    """A layout is recognized without its ratings, links and lists."""
    tables = laid(layout).tables
    excusable = {name for name, table in tables.items() if table.excusable}
    assert excusable == {
        "task_ratings",
        "task_activities",
        "emerging_tasks",
        "alternate_titles",
        "reported_titles",
        "related_occupations",
        "job_zones",
        "job_zone_descriptions",
    }
    source = write(tmp_path, layout, leave_out=excusable)
    assert layout_of(source) is laid(layout)


@pytest.mark.parametrize(
    ("layout", "table"),
    [
        ("onet-text-1", "detailed_activities"),
        ("onet-text-2", "activity_hierarchy"),
        ("onet-csv-1", "activity_hierarchy"),
        ("onet-text-1", "occupations"),
    ],
)
def test_the_closest_layout_names_its_missing_file(
    tmp_path: Path, layout: str, table: str
) -> None:
    """Without one of its structural files a release is still told from the others."""
    with pytest.raises(DataError) as caught:
        layout_of(write(tmp_path, layout, leave_out=[table]))
    known = laid(layout)
    assert f"{known.tables[table].file} is missing" in caught.value.what
    assert known.title in caught.value.what
    assert "loaders/layouts" in caught.value.todo


def test_two_editions_in_one_folder_are_refused(tmp_path: Path) -> None:
    """Which of two editions was meant is not guessed."""
    text, table = write(tmp_path, "onet-text-2"), write(tmp_path, "onet-csv-1")
    both = Source(text.location, {**text.files, **table.files})
    with pytest.raises(DataError, match=r"files of the .* and of the") as caught:
        layout_of(both)
    assert caught.value.todo


def test_all_missing_files_are_named_at_once(tmp_path: Path) -> None:
    """Nobody has to try as often as files are missing."""
    source = write(tmp_path, leave_out=["task_ratings", "task_activities"])
    with pytest.raises(DataError, match="is missing, and so is") as caught:
        release(source).check()
    assert RATINGS in str(caught.value)
    assert "Tasks to DWAs.txt" in str(caught.value)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_missing_file_names_its_option(tmp_path: Path, layout: str) -> None:
    """Whatever may be left out is left out only when it is named."""
    for name, table in laid(layout).tables.items():
        if table.excusable:
            source = write(tmp_path, layout, leave_out=[name])
            (tmp_path / table.file).unlink(missing_ok=True)
            with pytest.raises(DataError) as caught:
                release(source).check()
            assert caught.value.file == table.file
            assert f"--without {table.file!r}" in caught.value.todo
            release(source, without=[table.file]).check()


def test_an_absent_file_is_not_a_part(tmp_path: Path) -> None:
    """Naming a file as partial does not excuse that it is not there."""
    source = write(tmp_path, leave_out=["task_ratings"])
    with pytest.raises(DataError, match="missing"):
        release(source, partial=[RATINGS]).check()


def test_one_excuse_a_file(tmp_path: Path) -> None:
    """A file is left out or partial, not both."""
    excused = release(write(tmp_path), without=[RATINGS], partial=[RATINGS])
    with pytest.raises(UsageError, match="not both") as caught:
        excused.check()
    assert caught.value.todo


def test_coverage_is_what_was_asked_for(tmp_path: Path) -> None:
    """Each file is whole, a part, or absent."""
    asked = release(
        write(tmp_path), without=["Alternate Titles.txt"], partial=[RATINGS]
    )
    asked.check()
    assert asked.coverage("alternate_titles") == "ABSENT"
    assert asked.coverage("task_ratings") == "PART"
    assert asked.coverage("occupations") == "WHOLE"
    assert asked.table("alternate_titles") is None


def test_a_table_is_read_once(tmp_path: Path) -> None:
    """Who asks for a table twice is given the same."""
    asked = release(write(tmp_path))
    assert asked.table("occupations") is asked.needed("occupations")
    assert asked.table("activity_hierarchy") is None


def test_verified_means_every_file_that_is_loaded(tmp_path: Path) -> None:
    """No ratings of 18.1 were seen: without them the rest of its layout was."""
    known = laid(TEXT)
    assert known.verified_for("29.2")
    assert not known.verified_for("18.1")
    titles = ("Alternate Titles.txt", "Sample of Reported Titles.txt")
    names = [RATINGS, *titles, "Related Occupations.txt", "Emerging Tasks.txt"]
    assert known.verified_for("18.1", names)
    facts = read(write(tmp_path), version="18.1", without=names).nodes["Release"]
    assert facts["layoutVerified"].to_list() == [True]


@pytest.mark.parametrize("layout", ["onet-text-2", "onet-csv-1"])
def test_what_no_file_was_compared_with_says_so(tmp_path: Path, layout: str) -> None:
    """The newer layouts are marked as unverified, and so are releases in them."""
    assert not any(table.verified for table in laid(layout).tables.values())
    facts = read(write(tmp_path, layout)).nodes["Release"]
    assert facts["version"].to_list() == [VERSION]
    assert facts["layoutVerified"].to_list() == [False]
