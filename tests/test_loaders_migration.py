"""The table of old and new identifiers: what its workbook must hold, where it leads."""

import re
from pathlib import Path

import pytest

from workatlas.errors import DataError
from workatlas.loaders.crosswalk import read_crosswalk
from workatlas.loaders.crosswalk_description import crosswalks
from workatlas.loaders.generate import generate
from workatlas.loaders.join import join_all, unjoined
from workatlas.loaders.load import load
from workatlas.loaders.manifest import known_source
from workatlas.loaders.mark import MARK
from workatlas.loaders.onet import read_release
from workatlas.loaders.retire import retire
from workatlas.loaders.verify import verify
from workatlas.stores import GraphKind, Subgraph, open_writer

from .graph_rows import node
from .joined import ends
from .mini_studies import (
    MIGRATION,
    NOW,
    crossing,
    migrated,
    migrating,
    opened,
    write_migration,
)
from .onet_files import read, write

KNOWN = crosswalks()[MIGRATION]
COLUMNS = KNOWN.columns
WIDE = ("4.A.1.a.1.I01", "Watch the sky.", "4.A.1.a.1.q", "Watch the sky.")
NARROW = ("4.A.1.a.1.I01.D01", "Watch a kite.", "4.A.1.a.1.q.7", "Watch a kite.")
GONE = ("4.A.1.a.1.I09", "Watch a star.", "4.A.1.a.1.z", "Watch the stars.")


def test_a_row_is_an_old_and_a_new_identifier(tmp_path: Path) -> None:
    """With both titles and its row; whole or in part, with the publisher's licence."""
    graph = migrating(tmp_path / "in", WIDE, NARROW)
    assert (graph.id, graph.kind) == (MIGRATION, GraphKind.CROSSWALK)
    facts = node(graph, "Crosswalk", f"crosswalk/{MIGRATION}")
    assert (facts["subjects"], facts["licenceTitle"]) == ("ACTIVITY", "CC BY 4.0")
    pair = f"crosswalkpair/{MIGRATION}/3"
    cells = dict(zip(COLUMNS, NARROW, strict=True))
    about = {"key": pair, "file": KNOWN.file, "line": 3}
    assert node(graph, "CrosswalkPair", pair) == {**about, **cells}
    part = read_crosswalk(MIGRATION, opened(tmp_path / "in"), [KNOWN.file])
    assert part.nodes["SourceFile"]["coverage"].to_list() == ["PART"]


@pytest.mark.parametrize(
    ("line", "column", "what"),
    [
        (("4.A.1.a.1", *WIDE[1:]), "fromCode", "4.A.1.a.1 is not an identifier like"),
        ((*WIDE[:2], "4.A.1.a.1.I02", "T"), "toCode", "4.A.1.a.1.I02 is not an ident"),
        (("", *WIDE[1:]), "fromCode", "There is no value"),
        ((*WIDE[:2], "", "T"), "toCode", "There is no value"),
        ((WIDE[0], "", *WIDE[2:]), "fromHeading", "There is no value"),
        ((*WIDE[:3], ""), "toHeading", "There is no value"),
        ((NARROW[0], *GONE[1:]), "fromCode", "twice, first on line 2"),
        ((*GONE[:2], *NARROW[2:]), "toCode", "twice, first on line 2"),
    ],
)
def test_wrong_cells_are_refused(
    tmp_path: Path, line: tuple[str, str, str, str], column: str, what: str
) -> None:
    """With file, row and column: other forms, no value, an identifier in two rows."""
    with pytest.raises(DataError, match=re.escape(what)) as caught:
        migrating(tmp_path / "in", NARROW, line)
    place = (caught.value.file, caught.value.line, caught.value.column)
    assert place == (KNOWN.file, 3, COLUMNS[column])


@pytest.mark.parametrize(
    ("other", "sheet", "what"),
    [
        ({"Old ID": "Former ID"}, None, "The column 'Old ID' is missing."),
        ({"more": "Notes"}, None, "The column 'Notes' is not known."),
        ({}, "Sheet 7", "There is no sheet 'Migration Reference', but Sheet, Sheet 7."),
    ],
)
def test_other_columns_are_refused_with_how_to_describe_them(
    tmp_path: Path, other: dict[str, str], sheet: str | None, what: str
) -> None:
    """The published names are not known: the advice names the file to put them into."""
    rows = [
        {other.get(name, name): cell for name, cell in row.items()}
        | ({other["more"]: "x"} if "more" in other else {})
        for row in migrated(WIDE)
    ]
    source = opened(write_migration(tmp_path / "in", rows, sheet))
    with pytest.raises(DataError) as caught:
        read_crosswalk(MIGRATION, source)
    assert caught.value.what == what
    assert "could only be guessed" in caught.value.todo
    assert "loaders/crosswalks/onet-activities-30-3.toml" in caught.value.todo


def test_another_description_reads_another_workbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sheet, columns and those that are passed over are data; so is the advice."""
    names = dict(zip(COLUMNS, ("A", "B", "C", "D"), strict=True))
    other = {"sheet": "Two", "columns": names, "unread": ["E"], "verified": True}
    described = KNOWN.model_copy(update=other)
    known = {MIGRATION: described}
    monkeypatch.setattr("workatlas.loaders.crosswalk.crosswalks", lambda: known)
    rows = [{**dict(zip("ABCD", WIDE, strict=True)), "E": "a note"}]
    graph = read_crosswalk(
        MIGRATION, opened(write_migration(tmp_path / "in", rows, "Two"))
    )
    assert graph.nodes["CrosswalkPair"]["toCode"].to_list() == [WIDE[2]]
    source = opened(write_migration(tmp_path / "other", migrated(WIDE), "Two"))
    with pytest.raises(DataError) as caught:
        read_crosswalk(MIGRATION, source)
    assert caught.value.todo.startswith("Compare it with the publisher's")


def test_a_line_leads_to_either_side(tmp_path: Path) -> None:
    """To the activity that has the old identifier, or the new one, in each release."""
    table = migrating(tmp_path / "table", WIDE, NARROW, GONE)
    (tmp_path / "old").mkdir()
    old = read(write(tmp_path / "old"))
    joined = join_all(old, [], [table])
    joined.check()
    lines = [f"crosswalkpair/{MIGRATION}/{line}" for line in (2, 3)]
    keys = [f"activity/{each[0]}" for each in (WIDE, NARROW)]
    assert sorted(ends(joined, "LEADS_TO")) == list(zip(lines, keys, strict=True))
    assert joined.nodes["CrosswalkPair"].height == 3
    parted = unjoined(joined)
    assert parted.fingerprint == old.fingerprint
    assert "CrosswalkPair" not in parted.nodes


def test_it_stands_beside_the_crosswalk_of_occupations(tmp_path: Path) -> None:
    """Each leads to its own kind, whichever came first."""
    table = migrating(tmp_path / "table", WIDE)
    lines = crossing(tmp_path / "lines", ("10-1000.00", "10-1000.00"))
    (tmp_path / "old").mkdir()
    old = read(write(tmp_path / "old"))
    one, other = (join_all(old, [], some) for some in ([table, lines], [lines, table]))
    assert one.fingerprint == other.fingerprint
    assert {end.split("/")[0] for _, end in ends(one, "LEADS_TO")} == {
        "activity",
        "occupation",
    }


def test_generated_releases_are_pairs_across_the_change(tmp_path: Path) -> None:
    """The same activities with other identifiers, which the table leads to and fro."""
    releases: list[Subgraph] = []
    for layout in ("onet-text-1", "onet-text-2"):
        out = tmp_path / layout
        generate(out, occupations=4, tasks=12, seed=3, layout=layout)
        releases.append(read_release(opened(out), f"9.{len(releases)}"))
    old, new = (
        {(a["level"], a["heading"]): a["elementId"] for a in rows}
        for rows in (g.nodes["WorkActivity"].to_dicts() for g in releases)
    )
    assert old.keys() == new.keys()
    moved = [title for title, element in old.items() if new[title] != element]
    assert {level for level, _ in moved} == {"DETAILED", "INTERMEDIATE"}
    lines = [(old[t], t[1], new[t], t[1]) for t in moved]
    folder = write_migration(tmp_path / "table", migrated(*lines))
    (folder / MARK).write_text('{"synthetic": true}', encoding="utf-8")
    table = read_crosswalk(MIGRATION, opened(folder))
    assert table.synthetic
    for release in releases:
        assert len(ends(join_all(release, [], [table]), "LEADS_TO")) == len(moved)


def test_it_is_loaded_verified_and_retired(tmp_path: Path) -> None:
    """As any crosswalk: the release is joined anew, every cell compared, all undone."""
    (tmp_path / "onet").mkdir()
    writer = open_writer(str(tmp_path / "graph"))
    write(tmp_path / "onet")
    write_migration(tmp_path / "table", migrated(WIDE, GONE))
    archive = tmp_path / "archive"
    for name, folder in (("onet@29.9", "onet"), (MIGRATION, "table")):
        origin = str(tmp_path / folder)
        report = load(writer, name, archive=archive, now=NOW, origin=origin)
    assert [graph.id for graph in report.graphs] == [MIGRATION, "onet-29.9"]
    verified = verify(writer, archive)
    assert verified.wrong == []
    assert (MIGRATION, KNOWN.file) in {(c.graph, c.file) for c in verified.checked}
    assert retire(writer, MIGRATION, now=NOW).left == ["onet-29.9"]
    assert "Crosswalk" not in writer.read("onet-29.9").nodes


def test_every_crosswalk_is_a_known_source() -> None:
    """The manifest has each, and the description names its columns and their forms."""
    for name, known in crosswalks().items():
        assert known_source(name).id == name
        assert set(known.columns) == {*COLUMNS}
        assert set(known.forms) == {"fromCode", "toCode"}
