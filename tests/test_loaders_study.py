"""Files of described studies: what they must hold, and what is refused where."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest
from pydantic import ValidationError

from workatlas.errors import DataError, UsageError
from workatlas.loaders.description import StudyDescription, describe, described
from workatlas.loaders.manifest import known_source
from workatlas.loaders.study import read_study
from workatlas.stores import GraphKind, Subgraph

from .graph_rows import node
from .joined import counts, ends
from .mini_occupations import SEA, WATCH
from .mini_studies import (
    ACTIVITIES,
    AIOE,
    AIOE_FILE,
    ECONOMIC,
    KINDS,
    SCORES,
    SHARES,
    SOC,
    WEIGHTS,
    WORKING,
    Cells,
    aioe,
    economic,
    hidden,
    kinds,
    opened,
    rated,
    read,
    share,
    working,
    write,
)


def refused(folder: Path, study: str, partial: tuple[str, ...] = ()) -> DataError:
    """Give the error of reading a folder; it says what to do."""
    with pytest.raises(DataError) as caught:
        read_study(study, opened(folder), partial)
    assert caught.value.todo
    return caught.value


def place(error: DataError) -> tuple[str, int | None, str | None]:
    """Say where an error was found."""
    return error.file, error.line, error.column


def wrong(folder: Path, study: str, name: str, *rows: Cells) -> DataError:
    """Give the error of a file with these rows, beside others that are right."""
    files = {
        ECONOMIC: {SHARES: [share("a")], KINDS: [kinds("a")]},
        AIOE: {AIOE_FILE: [rated(AIOE, AIOE_FILE, code="11-1011")]},
    }
    return refused(write(folder, study, {**files[study], name: rows}), study)


def test_a_study_of_activities_and_occupations(tmp_path: Path) -> None:
    """Subjects of two kinds, their ratings, and the weights that lead between them."""
    graph = working(
        tmp_path / "in",
        {WATCH: "Watch the sky.", SEA: "Watch the sea."},
        ["11-1011", "11-1021"],
        {"11-1011": {WATCH: "0.5", SEA: "0"}, "11-1021": {WATCH: "", SEA: "2"}},
    )
    assert (graph.id, graph.kind) == (WORKING, GraphKind.STUDY)
    study = node(graph, "Study", f"study/{WORKING}")
    assert (study["taxonomy"], study["level"]) == ("SOC 2018", "INTERMEDIATE")
    assert (study["heading"], study["madeOn"]) == (
        describe(WORKING).preprint.heading,  # type: ignore[union-attr]
        "onet-29.0",
    )
    subject = node(graph, "RatedSubject", f"subject/{WORKING}/{ACTIVITIES}/3")
    assert (subject["kind"], subject["elementId"], subject["heading"]) == (
        *("ACTIVITY", SEA),
        "Watch the sea.",
    )
    subject = node(graph, "RatedSubject", f"subject/{WORKING}/{SCORES}/2")
    assert (subject["kind"], subject["code"]) == ("SOC_OCCUPATION", "11-1011")
    rating = f"exposure/{WORKING}/{WATCH}/user/share"
    assert node(graph, "ExposureRating", rating)["column"] == "share_user"
    weights = graph.nodes["SubjectWeight"].select("key", "weight", "column", "line")
    assert sorted(weights.rows()) == [
        (f"weight/{WORKING}/11-1011/{WATCH}", 0.5, WATCH, 2),
        (f"weight/{WORKING}/11-1021/{SEA}", 2.0, SEA, 3),
    ]
    assert ends(graph, "HAS_WEIGHT") == [
        (f"subject/{WORKING}/{SOC}/2", f"weight/{WORKING}/11-1011/{WATCH}"),
        (f"subject/{WORKING}/{SOC}/3", f"weight/{WORKING}/11-1021/{SEA}"),
    ]
    assert ends(graph, "WEIGHS") == [
        (f"weight/{WORKING}/11-1011/{WATCH}", f"subject/{WORKING}/{ACTIVITIES}/2"),
        (f"weight/{WORKING}/11-1021/{SEA}", f"subject/{WORKING}/{ACTIVITIES}/3"),
    ]
    contents = graph.nodes["SourceFile"].select("fileName", "contents", "rows").rows()
    assert (WEIGHTS, "activity_weights", 2) in contents
    rates = dict(graph.nodes["Measure"].select("measure", "rates").iter_rows())
    assert rates["share"] == "ACTIVITY"
    assert rates["applicability"] == "ACTIVITY SOC_OCCUPATION"


@pytest.mark.parametrize(
    ("weights", "line", "column", "what"),
    [
        ({"11-1011": {"4.A.9": "1"}}, 1, "4.A.9", "not an activity that the study"),
        ({"11-9999": {WATCH: "0"}}, 2, "SOC Code", "11-9999 is not an occupation"),
        ({"11-1011": {WATCH: "-1"}}, 2, WATCH, "not a number from 0"),
        ({"11-1011": {WATCH: "much"}}, 2, WATCH, "much is not a number"),
        ({"": {WATCH: "1"}}, 2, "SOC Code", "no value"),
    ],
)
def test_wrong_weights(
    tmp_path: Path,
    weights: Mapping[str, Mapping[str, str]],
    line: int,
    column: str,
    what: str,
) -> None:
    """Of what the study does not rate, negative or no number: line and column."""
    with pytest.raises(DataError, match=what) as caught:
        working(tmp_path / "in", {WATCH: "Watch the sky."}, ["11-1011"], weights)
    assert place(caught.value) == (WEIGHTS, line, column)
    assert caught.value.todo


def test_an_occupation_is_weighed_once(tmp_path: Path) -> None:
    """A second row of weights would be a second opinion."""
    working(tmp_path / "in", {WATCH: "Watch the sky."}, ["11-1011"])
    path = tmp_path / "in" / WEIGHTS
    path.write_text(path.read_text(encoding="utf-8") + "11-1011,2\n", encoding="utf-8")
    error = refused(tmp_path / "in", WORKING)
    assert place(error) == (WEIGHTS, 3, "SOC Code")


@pytest.mark.parametrize("name", [ACTIVITIES, WEIGHTS])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    """All files are needed, the one of weights as well; the advice lists them."""
    working(tmp_path / "in", {WATCH: "Watch the sky."}, ["11-1011"])
    (tmp_path / "in" / name).unlink()
    error = refused(tmp_path / "in", WORKING)
    assert place(error) == (name, None, None)
    for needed in (ACTIVITIES, SOC, SCORES, WEIGHTS):
        assert needed in error.todo


def test_what_may_be_absent_is_not_asked_for(tmp_path: Path) -> None:
    """The advice about a missing file leaves it out."""
    tmp_path.joinpath("in").mkdir()
    tmp_path.joinpath("in", "readme.txt").write_text("Nothing.", encoding="utf-8")
    error = refused(tmp_path / "in", "gpts-are-gpts")
    assert "occ_level.csv" in error.todo
    assert "automation_gpt4_human_labels.tsv" not in error.todo


def test_a_workbook_is_read_from_its_sheet(tmp_path: Path) -> None:
    """Numbers as they are, lines as that sheet counts them."""
    code = {"code": "11-1011", "heading": "Folders"}
    rows = [
        rated(AIOE, AIOE_FILE, **code, AIOE="-1.25"),
        rated(AIOE, AIOE_FILE, code="11-1021", AIOE="1"),
        rated(AIOE, AIOE_FILE, code="11-1031", AIOE=""),
    ]
    graph = read(tmp_path / "in", AIOE, {AIOE_FILE: rows})
    ratings = graph.nodes["ExposureRating"].select("key", "score", "line").rows()
    assert ratings == [
        (f"exposure/{AIOE}/11-1011/crowd/aioe", -1.25, 2),
        (f"exposure/{AIOE}/11-1021/crowd/aioe", 1.0, 3),
    ]
    assert counts(graph, AIOE) == {"RATING_BLANK": 1}
    assert graph.nodes["RatedSubject"]["heading"].to_list() == ["Folders", None, None]
    study = node(graph, "Study", f"study/{AIOE}")
    assert (study["licenceTitle"], study["madeOn"]) == (None, None)
    assert (study["doi"], study["arxiv"]) == ("10.1002/smj.3286", None)


@pytest.mark.parametrize(
    ("name", "row", "column", "what"),
    [
        (AIOE_FILE, {"code": "11-1011.00"}, "SOC Code", "code like 11-1011."),
        (AIOE_FILE, {"code": "111011"}, "SOC Code", "code like 11-1011."),
        (AIOE_FILE, {"code": ""}, "SOC Code", "no value"),
        (AIOE_FILE, {"code": "11-1011", "AIOE": "n/a"}, "AIOE", "n/a is not a number"),
        (SHARES, {"statement": ""}, "task_name", "no value"),
        (SHARES, {"statement": "a", "pct": "100.5"}, "pct", "from 0 to 100"),
        (KINDS, {"statement": "a", "filtered": "x"}, "filtered", "x is not"),
    ],
)
def test_wrong_rows(
    tmp_path: Path, name: str, row: Cells, column: str, what: str
) -> None:
    """Each is refused with line and column, whatever the file is."""
    study = AIOE if name == AIOE_FILE else ECONOMIC
    error = wrong(tmp_path / "in", study, name, rated(study, name, **row))
    assert place(error) == (name, 2, column)
    assert what in error.what


@pytest.mark.parametrize(
    ("cells", "column", "what"),
    [
        ({"IWA": "sky"}, "IWA", "identifier like 4.A.1.a.1"),
        ({"title": ""}, "title", "no value"),
    ],
)
def test_wrong_activities(tmp_path: Path, cells: Cells, column: str, what: str) -> None:
    """An identifier of another form, and no title to tell whether it is the same."""
    working(tmp_path / "in", {WATCH: "Watch the sky."}, ["11-1011"])
    row = rated(WORKING, ACTIVITIES, elementId=WATCH, heading="Watch the sky.")
    write(tmp_path / "in", WORKING, {ACTIVITIES: [{**row, **cells}]})
    error = refused(tmp_path / "in", WORKING)
    assert place(error) == (ACTIVITIES, 2, column)
    assert what in error.what


def test_a_placeholder_is_no_figure(tmp_path: Path) -> None:
    """Where all was filtered only that is rated; a blank cell tells nothing so."""
    interactions = [hidden("a"), kinds("b"), kinds("c", filtered="")]
    graph = economic(tmp_path / "in", [share("a")], interactions)
    subjects = graph.nodes["RatedSubject"].filter(pl.col("file") == KINDS)
    assert subjects["suppressed"].to_list() == [True, False, False]
    ratings = graph.nodes["ExposureRating"].filter(pl.col("file") == KINDS)
    by_line = dict(ratings.group_by("line").len().iter_rows())
    assert by_line == {2: 1, 3: 6, 4: 5}
    filtered = node(graph, "ExposureRating", f"exposure/{ECONOMIC}/2/claude/filtered")
    assert filtered["score"] == 1.0
    assert counts(graph, ECONOMIC, KINDS) == {"RATING_BLANK": 1}


def test_a_placeholder_that_is_a_figure_is_refused(tmp_path: Path) -> None:
    """It cannot be both suppressed and told."""
    rows = [kinds("a"), hidden("b", learning="0.5")]
    error = wrong(tmp_path / "in", ECONOMIC, KINDS, *rows)
    assert place(error) == (KINDS, 3, "learning")
    assert "0.5 is a figure, and filtered says that it is suppressed" in error.what


def test_a_statement_stands_once_in_a_file(tmp_path: Path) -> None:
    """But in each of the files; another in capitals is another row."""
    graph = economic(tmp_path / "in", [share("a"), share("A")], [kinds("a")])
    assert graph.nodes["RatedSubject"].height == 3
    error = wrong(tmp_path / "twice", ECONOMIC, SHARES, share("a"), share("a"))
    assert place(error) == (SHARES, 3, "task_name")


def test_a_row_about_nothing_is_told_so(tmp_path: Path) -> None:
    """The statement that stands for no task is none, in that file only."""
    graph = economic(tmp_path / "in", [share("none")], [kinds("none")])
    kind = dict(graph.nodes["RatedSubject"].select("file", "kind").iter_rows())
    assert kind == {SHARES: "NOTHING", KINDS: "STATEMENT"}


def test_invented_files_are_of_no_edition(tmp_path: Path) -> None:
    """With the generator's mark codes are of no SOC but their own."""
    graph: Subgraph = aioe(tmp_path / "in", "11-1011")
    assert node(graph, "Study", f"study/{AIOE}")["taxonomy"] == "SOC 2010"
    mark = tmp_path / "in" / "synthetic.json"
    mark.write_text('{"synthetic": true}', encoding="utf-8")
    marked = node(read_study(AIOE, opened(tmp_path / "in")), "Study", f"study/{AIOE}")
    assert (marked["taxonomy"], marked["doi"]) == (None, None)


def test_a_part_has_no_address(tmp_path: Path) -> None:
    """Its lines are not those of the publisher's file; an unknown name is refused."""
    aioe(tmp_path / "in", "11-1011")
    source = opened(tmp_path / "in")
    graph = read_study(AIOE, source, [AIOE_FILE])
    (file,) = graph.nodes["SourceFile"].to_dicts()
    assert (file["coverage"], file["url"]) == ("PART", None)
    with pytest.raises(UsageError, match=r"'other\.csv' is no file of aioe"):
        read_study(AIOE, source, ["other.csv"])


@pytest.mark.parametrize("study", sorted(described()))
def test_each_description_agrees_with_the_manifest(study: str) -> None:
    """It is known by name, and its files are those that are downloaded."""
    assert {file.name for file in known_source(study).files} == {*describe(study).names}


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"taxonomy": None}, "needs the taxonomy of its codes"),
        ({"raters": []}, "is not described"),
        ({"measures": []}, "is not described"),
    ],
)
def test_a_description_that_lacks_something_is_refused(
    change: Mapping[str, object], what: str
) -> None:
    """What its ratings name must be described."""
    facts = describe(AIOE).model_dump()
    with pytest.raises(ValidationError, match=what):
        StudyDescription.model_validate({**facts, **change})


@pytest.mark.parametrize(
    ("study", "change", "what"),
    [
        (AIOE, {"columns": {}}, "names no column for code"),
        (WORKING, {"columns": {"elementId": "IWA"}}, "names no column for heading"),
        (AIOE, {"ratings": [{"rater": "crowd", "measure": "aioe"}]}, "no column"),
        (
            AIOE,
            {"suppressed": {"column": "AIOE", "value": 0, "hides": ["IQ"]}},
            "suppresses what is no score",
        ),
    ],
)
def test_a_file_that_lacks_something_is_refused(
    study: str, change: Mapping[str, object], what: str
) -> None:
    """A column that identifies rows or tells whether they are still the same."""
    facts = describe(study).model_dump()
    facts["files"][0] |= change
    with pytest.raises(ValidationError, match=what):
        StudyDescription.model_validate(facts)


def test_activities_are_of_a_level() -> None:
    """Without it nothing tells which activities the study could have rated."""
    facts = describe(WORKING).model_dump()
    with pytest.raises(ValidationError, match="needs the level of its activities"):
        StudyDescription.model_validate({**facts, "level": None})
