"""A release is read whole, in every layout; what it lacks is named."""

from pathlib import Path
from typing import Any

import pytest

from workatlas.cypher import EdgeKind
from workatlas.errors import DataError, UsageError
from workatlas.loaders.layout import layouts

from .broken_release import (
    LINKS,
    RATINGS,
    STATEMENTS,
    change,
    folder,
    put,
    read,
    written,
)

__all__ = ["folder", "written"]


def test_every_layout_gives_the_same_release(written: dict[str, Path]) -> None:
    """Only identifiers of activities, files and lines differ between layouts."""
    made = {layout: read(folder) for layout, folder in written.items()}
    facts = {
        layout: {
            label: graph.nodes[label].drop("file", "line", strict=False)
            for label in ("Occupation", "Task", "Rating", "Scale", "Category")
        }
        for layout, graph in made.items()
    }
    for graph in made.values():
        graph.check()
        assert graph.synthetic
    one = facts.pop("onet-text-1")
    for other in facts.values():
        assert all(one[label].equals(other[label]) for label in one)
    titles = [
        sorted(graph.nodes["WorkActivity"].select("heading", "level").rows())
        for graph in made.values()
    ]
    assert titles[0] == titles[1] == titles[2]
    assert len({graph.fingerprint for graph in made.values()}) == len(made)


def test_a_release_is_the_same_each_time(folder: Path) -> None:
    """Reading twice gives equal tables and fingerprints; a byte changes the latter."""
    first, second = read(folder), read(folder)
    assert first.fingerprint == second.fingerprint
    assert all(first.nodes[k].equals(second.nodes[k]) for k in first.nodes)
    change(folder / "Occupation Data.txt", put("Title", "Kite pilots"))
    assert read(folder).fingerprint != first.fingerprint


@pytest.mark.parametrize("mark", ["", "{}", "[]", '{"synthetic": "x"}', "\xff"])
def test_a_broken_mark_is_refused(folder: Path, mark: str) -> None:
    """The file that marks invented releases must say so in its own form."""
    (folder / "synthetic.json").write_text(mark, encoding="latin-1")
    with pytest.raises(DataError, match="not marked as the generator") as caught:
        read(folder)
    assert caught.value.file == "synthetic.json"


def test_a_file_is_left_out_only_by_name(folder: Path) -> None:
    """A missing file names the option; an absent one stays a node that says so."""
    whole = read(folder)
    (folder / RATINGS).unlink()
    with pytest.raises(DataError, match="missing") as caught:
        read(folder)
    assert "--without 'Task Ratings.txt'" in caught.value.todo
    graph = read(folder, without=[RATINGS, LINKS])
    graph.check()
    files = {f["fileName"]: f for f in graph.nodes["SourceFile"].to_dicts()}
    for name in (RATINGS, LINKS):
        assert files[name]["coverage"] == "ABSENT"
        assert files[name]["sha256"] is files[name]["rows"] is None
    assert "Rating" not in graph.nodes
    assert EdgeKind("Task", "INVOLVES", "WorkActivity") not in graph.edges
    assert graph.fingerprint != whole.fingerprint


@pytest.mark.parametrize("option", ["without", "partial"])
def test_excuses_must_make_sense(folder: Path, option: str) -> None:
    """A file that no layout knows, or that others refer to, cannot be excused."""
    options: Any = {option: ["Task Rating.txt"]}
    with pytest.raises(UsageError, match="no file of the text edition") as caught:
        read(folder, **options)
    assert RATINGS in caught.value.todo
    if option == "without":
        with pytest.raises(UsageError, match="cannot be loaded without"):
            read(folder, without=[STATEMENTS])


def test_an_unknown_layout_names_what_is_missing(folder: Path) -> None:
    """What comes closest is named, and where a new layout is described."""
    (folder / STATEMENTS).rename(folder / "Tasks.txt")
    with pytest.raises(DataError, match=r"Task Statements\.txt is missing") as caught:
        read(folder)
    assert "loaders/layouts" in caught.value.todo


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("O*NET 9.9 Database\nMay 2026 Release\n", "2026-05"),
        ("O*NET 9.9 Database\n", ""),
        ("O*NET 9.9 Database\nMonth 2026 Release\n", ""),
        ("O*NET 9.9 Database\nMay soon\n", ""),
        ("", ""),
    ],
)
def test_the_read_me_dates_a_release(folder: Path, text: str, month: str) -> None:
    """Its second line gives the month, where it is a month."""
    (folder / "synthetic.json").unlink()
    (folder / "Read Me.txt").write_text(text)
    assert read(folder).published == month


def test_the_read_me_of_another_release_is_refused(folder: Path) -> None:
    """Files of another release are not loaded under a wrong name."""
    (folder / "Read Me.txt").write_text("O*NET 9.8 Database\n")
    with pytest.raises(DataError, match=r"release 9\.8, not 9\.9"):
        read(folder)
    (folder / "Read Me.txt").unlink()
    assert read(folder).published == ""


def test_what_is_not_marked_is_real(folder: Path) -> None:
    """Without the mark a release carries the publisher's name and licence."""
    marked = read(folder).fingerprint
    (folder / "synthetic.json").unlink()
    graph = read(folder)
    assert not graph.synthetic
    assert graph.fingerprint != marked
    assert read(folder, published="2026-01").fingerprint != graph.fingerprint
    assert graph.nodes["Dataset"]["licenceTitle"].to_list() == ["CC BY 4.0"]
    assert "9.9" in graph.nodes["Dataset"]["attribution"][0]


def test_what_is_invented_was_never_published(folder: Path) -> None:
    """Under a publisher's number it has neither the month nor the address of that."""
    known = {"published": "2026-01", "url": "https://a.example/db.zip"}
    graph = read(folder, **known)
    (release,) = graph.nodes["Release"].to_dicts()
    assert (graph.published, release["published"], release["url"]) == ("", "", None)
    (folder / "synthetic.json").unlink()
    (release,) = read(folder, **known).nodes["Release"].to_dicts()
    assert {name: release[name] for name in known} == known


def test_layouts_are_data() -> None:
    """Every layout has the same tables, but for how activities are laid out."""
    known = layouts()
    assert list(known) == ["onet-csv-1", "onet-text-1", "onet-text-2"]
    assert known["onet-text-1"].verified_for("29.2")
    assert not known["onet-text-2"].verified_for("30.3")
    split = {"detailed_activities", "intermediate_activities"}
    tables = set(known["onet-text-1"].tables) - split
    for layout in known.values():
        assert set(layout.tables) - split - {"activity_hierarchy"} == tables
