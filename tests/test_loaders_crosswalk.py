"""The crosswalk: what its file must hold, and what loading and retiring it changes."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from workatlas.errors import DataError, UsageError
from workatlas.loaders.crosswalk import COLUMNS, CROSSWALK, FILE, read_crosswalk
from workatlas.loaders.generate import generate
from workatlas.loaders.load import load
from workatlas.loaders.mark import MARK
from workatlas.loaders.retire import retire
from workatlas.stores import GraphKind, Writer, open_writer

from .graph_rows import node
from .joined import counts, ends
from .mini_occupations import CODES, release
from .mini_studies import AIOE, NOW, aioe, crossing, opened, write_crosswalk

PAIRS = (("11-2011.00", CODES[0]), ("11-2021.00", CODES[2]))
OLD, NEW = COLUMNS["fromCode"], COLUMNS["toCode"]


def test_a_line_is_a_pair_of_codes(tmp_path: Path) -> None:
    """With both titles and its line; the crosswalk says between what it leads."""
    graph = crossing(tmp_path / "in", *PAIRS)
    assert (graph.id, graph.kind) == (CROSSWALK, GraphKind.CROSSWALK)
    facts = node(graph, "Crosswalk", f"crosswalk/{CROSSWALK}")
    assert (facts["fromTaxonomy"], facts["toTaxonomy"]) == ("SOC 2010", "SOC 2018")
    assert (facts["licenceTitle"], facts["synthetic"]) == ("CC BY 4.0", False)
    assert facts["fingerprint"] == graph.fingerprint
    pair = f"crosswalkpair/{CROSSWALK}/3"
    assert node(graph, "CrosswalkPair", pair) == {
        "key": pair,
        "fromCode": "11-2021.00",
        "fromHeading": "Was 11-2021.00",
        "toCode": CODES[2],
        "toHeading": f"Is {CODES[2]}",
        "file": FILE,
        "line": 3,
    }
    (file,) = graph.nodes["SourceFile"].to_dicts()
    assert (file["rows"], file["coverage"], file["url"]) == (2, "WHOLE", None)
    assert (file["contents"], file["licenceTitle"]) == ("crosswalk", "CC BY 4.0")
    assert len(ends(graph, "HAS_PAIR")) == 2
    part = read_crosswalk(opened(tmp_path / "in"), [FILE])
    assert part.nodes["SourceFile"]["coverage"].to_list() == ["PART"]


def test_an_invented_one_names_no_publisher(tmp_path: Path) -> None:
    """Nor the heading of the real one, nor its licence; its file has the same."""
    folder = write_crosswalk(tmp_path / "in", *PAIRS)
    (folder / MARK).write_text('{"synthetic": true}', encoding="utf-8")
    graph = read_crosswalk(opened(folder))
    facts = node(graph, "Crosswalk", f"crosswalk/{CROSSWALK}")
    assert (graph.synthetic, facts["synthetic"]) == (True, True)
    assert facts["heading"] == "Invented crosswalk in the form of O*NET's"
    assert (facts["publisher"], facts["homepage"]) == ("WorkAtlas", "")
    assert "Department of Labor" not in facts["attribution"]
    licences = graph.nodes["SourceFile"]["licenceTitle"].to_list()
    assert [facts["licenceTitle"]] == licences == ["Apache-2.0"]


@pytest.mark.parametrize(
    ("pairs", "line", "column", "what"),
    [
        ([("11-2011", CODES[0])], 2, OLD, "11-2011 is not a code like 11-1011.00"),
        ([*PAIRS, (CODES[0], "new")], 4, NEW, "new is not a code"),
        ([("", CODES[0])], 2, OLD, "no value"),
        ([*PAIRS, PAIRS[0]], 4, NEW, "twice, first on line 2"),
    ],
)
def test_wrong_lines(
    tmp_path: Path, pairs: list[tuple[str, str]], line: int, column: str, what: str
) -> None:
    """A code of another form, none, and a pair that stands twice."""
    with pytest.raises(DataError, match=what) as caught:
        crossing(tmp_path / "in", *pairs)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_a_folder_without_it_is_refused(tmp_path: Path) -> None:
    """The advice names the file."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "other.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(DataError, match="missing") as caught:
        read_crosswalk(opened(folder))
    assert FILE in caught.value.todo


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    """Give a store with a release, a study of 2010, and an invented release."""
    made = open_writer(str(tmp_path / "graph"))
    study, small = aioe(tmp_path / "aioe", "11-2011"), release(tmp_path / "onet")
    with made.lock():
        made.publish([study], now=NOW)
    out = tmp_path / "written"
    generate(out, occupations=3, tasks=12, seed=3)
    load(made, "onet@9.9", archive=tmp_path / "archive", now=NOW, origin=str(out))
    with made.lock():
        made.publish([small], now=NOW)
    return made


def taken(
    writer: Writer,
    folder: Path,
    partial: Sequence[str] = (),
    without: Sequence[str] = (),
) -> list[str]:
    """Load the crosswalk, and give the names of the graphs that changed."""
    write_crosswalk(folder / "crosswalk", *PAIRS)
    report = load(
        writer,
        CROSSWALK,
        archive=folder / "archive",
        now=NOW,
        origin=str(folder / "crosswalk"),
        partial=partial,
        without=without,
    )
    return [graph.id for graph in report.graphs if graph.changed]


def test_loading_it_rejoins_real_releases(writer: Writer, tmp_path: Path) -> None:
    """The study's rows find their occupations, and keep them; the other stays."""
    invented = writer.snapshot().graphs["onet-9.9"].build
    assert taken(writer, tmp_path) == [CROSSWALK, "onet-29.2"]
    joined = writer.read("onet-29.2")
    assert counts(joined, AIOE)["CROSSWALK_ONE"] == 1
    assert ends(joined, "HAS_CROSSWALK") == [("release", f"crosswalk/{CROSSWALK}")]
    assert taken(writer, tmp_path) == []
    with pytest.raises(UsageError, match=r"it leads aioe to onet-29\.2") as needed:
        retire(writer, CROSSWALK, now=NOW)
    assert needed.value.todo == f"Retire aioe first, or keep {CROSSWALK}."
    assert counts(writer.read("onet-29.2"), AIOE)["CROSSWALK_ONE"] == 1
    assert writer.snapshot().graphs["onet-9.9"].build == invented


def test_a_study_is_retired_before_it(writer: Writer, tmp_path: Path) -> None:
    """The crosswalk stays in the release until it is retired: nothing needs it then."""
    taken(writer, tmp_path)
    assert retire(writer, AIOE, now=NOW).left == ["onet-29.2"]
    left = writer.read("onet-29.2")
    assert left.nodes["CrosswalkPair"].height == len(PAIRS)
    assert "RatedSubject" not in left.nodes
    assert retire(writer, CROSSWALK, now=NOW).left == ["onet-29.2"]
    assert "CrosswalkPair" not in writer.read("onet-29.2").nodes
    assert sorted(writer.snapshot().graphs) == ["onet-29.2", "onet-9.9"]


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"partial": ["other.csv"]}, r"'other\.csv' is no file of onet-soc-2010"),
        ({"without": [FILE]}, "cannot be loaded without one of its files"),
    ],
)
def test_options_that_it_does_not_take(
    tmp_path: Path, options: dict[str, list[str]], what: str
) -> None:
    """It has one file, which may be a part of the publisher's."""
    made = open_writer(str(tmp_path / "graph"))
    with pytest.raises(UsageError, match=what):
        taken(made, tmp_path, **options)
    assert taken(made, tmp_path, partial=[FILE]) == [CROSSWALK]
