"""How each row of a study is joined to a release, or why it is not: every basis."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from workatlas.cypher import EdgeKind
from workatlas.loaders.description import describe
from workatlas.loaders.join import join_all
from workatlas.loaders.join_links import check_joins
from workatlas.loaders.matches import BASES
from workatlas.loaders.taxonomy import taxonomy_of
from workatlas.schema.study_enums import BASIS_OF_EDGE
from workatlas.stores import Subgraph, release_number

from .joined import counts, ends
from .mini_occupations import CODES, SEA, WATCH, release
from .mini_studies import (
    ACTIVITIES,
    AIOE,
    AIOE_FILE,
    ECONOMIC,
    SCORES,
    SHARES,
    SOC,
    WORKING,
    aioe,
    crossing,
    economic,
    kinds,
    share,
    working,
)


def rows_by(graph: Subgraph, name: str) -> list[tuple[str, str]]:
    """Give the relationships of a type: line of the row, key of what it is about."""
    return [(start.rpartition("/")[2], end) for start, end in ends(graph, name)]


def test_the_bases_are_those_of_the_schema() -> None:
    """What loaders call a reason is what answers call a basis."""
    assert {name: basis.value for name, basis in BASIS_OF_EDGE.items()} == BASES


def test_statements_are_joined_but_for_capitals(tmp_path: Path) -> None:
    """A sentence of one task, one of two, one that is gone, and a row of no task."""
    statements = ("tell a tide.", "Fly a Kite.", "Fly a drone.")
    rows = [share(each) for each in (*statements, "none")]
    study = economic(tmp_path / "in", rows, [kinds(each) for each in statements])
    joined = join_all(release(tmp_path / "onet"), [study])
    joined.check()
    assert counts(joined, ECONOMIC, SHARES) == {
        "SAME_TEXT_ONE_TASK": 1,
        "SAME_TEXT_MANY_TASKS": 1,
        "STATEMENT_NOT_IN_RELEASE": 1,
        "ROW_WITHOUT_TASK": 1,
        "RATING_BLANK": 0,
    }
    assert rows_by(joined, "SAYS_TASK") == [("2", "task/2")] * 2
    many = [("3", "task/1"), ("3", "task/4")]
    assert rows_by(joined, "SAYS_TASKS") == [*many, *many]
    assert counts(joined, ECONOMIC)["RELEASE_TASK_NOT_RATED"] == 1


def test_activities_are_joined_by_identifier_or_else_by_title(tmp_path: Path) -> None:
    """The same, one of another title, one of the title elsewhere, and one of neither.

    A generalized activity is none of the level that the study rates.
    """
    titles = {
        WATCH: "Watch the sky.",
        SEA: "Watch the ocean.",
        "4.A.9.z.9.I09": "Watch the sea.",
        "4.A.1.a.1": "Watching",
    }
    study = working(tmp_path / "in", titles, ["11-1011"])
    joined = join_all(release(tmp_path / "onet"), [study])
    joined.check()
    assert rows_by(joined, "IS_ACTIVITY") == [("2", f"activity/{WATCH}")]
    assert rows_by(joined, "IS_RETITLED_ACTIVITY") == [("3", f"activity/{SEA}")]
    assert rows_by(joined, "IS_TITLED_ACTIVITY") == [("4", f"activity/{SEA}")]
    assert counts(joined, WORKING, ACTIVITIES) == {
        "SAME_ACTIVITY": 1,
        "SAME_ACTIVITY_RETITLED": 1,
        "SAME_TITLE": 1,
        "ACTIVITY_NOT_IN_RELEASE": 1,
        "RATING_BLANK": 0,
    }


def test_codes_of_soc_stand_for_one_occupation_or_several(tmp_path: Path) -> None:
    """In the same edition of SOC; a broad code and one of its own are aggregates."""
    codes = ["11-1011", "11-1031", "99-9999", "11-1020", "21-1018", "99-9990"]
    study = working(tmp_path / "in", {WATCH: "Watch the sky."}, codes)
    joined = join_all(release(tmp_path / "onet"), [study])
    joined.check()
    for name in (SOC, SCORES):
        assert counts(joined, WORKING, name) == {
            "SOC_MANY_OCCUPATIONS": 1,
            "SOC_ONE_OCCUPATION": 1,
            "OCCUPATION_NOT_IN_RELEASE": 2,
            "AGGREGATED_OCCUPATION": 2,
            "RATING_BLANK": 0,
        }
    both = [(("2"), f"occupation/{code}") for code in CODES[:2]]
    assert rows_by(joined, "HOLDS_OCCUPATIONS") == [*both, *both]
    assert rows_by(joined, "HOLDS_OCCUPATION") == [("3", "occupation/11-1031.00")] * 2


PAIRS = (
    ("11-2011.00", "11-1011.00"),  # one code becomes two
    ("11-2011.00", "11-1011.01"),
    ("11-2021.00", "11-1021.00"),  # two codes become one
    ("11-2022.00", "11-1021.00"),
    ("11-2031.00", "11-1022.00"),  # one becomes one, two lines of it
    ("11-2031.01", "11-1022.00"),
    ("11-2041.00", "88-8888.00"),  # one becomes what the release does not have
)


def test_a_crosswalk_leads_from_2010_to_2019(tmp_path: Path) -> None:
    """One to one, one to several, and one of several; lines that led are named."""
    codes = ["11-2011", "11-2021", "11-2031", "11-2041", "11-2030", "77-7777"]
    study = aioe(tmp_path / "in", *codes)
    lines = crossing(tmp_path / "crosswalk", *PAIRS)
    joined = join_all(release(tmp_path / "onet"), [study], [lines])
    joined.check()
    assert counts(joined, AIOE, AIOE_FILE) == {
        "CROSSWALK_SPLIT": 1,
        "CROSSWALK_MERGED": 1,
        "CROSSWALK_ONE": 1,
        "OCCUPATION_NOT_IN_RELEASE": 2,
        "AGGREGATED_OCCUPATION": 1,
        "RATING_BLANK": 0,
    }
    split = [("2", f"occupation/{code}") for code in CODES[:2]]
    assert rows_by(joined, "BECAME_OCCUPATIONS") == split
    assert rows_by(joined, "MERGED_IN_OCCUPATION") == [("3", f"occupation/{CODES[2]}")]
    assert rows_by(joined, "BECAME_OCCUPATION") == [("4", f"occupation/{CODES[3]}")]
    led = [(start, end.rpartition("/")[2]) for start, end in rows_by(joined, "LED_BY")]
    assert led == [("2", "2"), ("2", "3"), ("3", "4"), ("4", "6"), ("4", "7")]
    leads = [(s.rpartition("/")[2], e) for s, e in ends(joined, "LEADS_TO")]
    known = [(old, new) for old, new in PAIRS if new in CODES]
    assert leads == [
        (str(line), f"occupation/{new}") for line, (_, new) in enumerate(known, start=2)
    ]


def test_a_crosswalk_leads_back_as_well(tmp_path: Path) -> None:
    """A release of 2010 and a study of 2018: the same lines, read the other way."""
    pairs = [
        (CODES[0], "22-1011.00"),
        (CODES[2], "22-1011.00"),
        *[(CODES[3], "22-2.00")],
    ]
    pairs[2] = (CODES[3], "22-2011.00")
    study = working(
        tmp_path / "in", {WATCH: "Watch the sky."}, ["22-1011", "22-2011", "22-2010"]
    )
    lines = crossing(tmp_path / "crosswalk", *pairs)
    joined = join_all(release(tmp_path / "onet", "18.1"), [study], [lines])
    joined.check()
    assert counts(joined, WORKING, SOC) == {
        "CROSSWALK_SPLIT": 1,
        "CROSSWALK_ONE": 1,
        "AGGREGATED_OCCUPATION": 1,
        "RATING_BLANK": 0,
    }
    assert check_joins(joined, {WORKING: describe(WORKING)}, ())[1] == []
    leads = [end for _, end in ends(joined, "LEADS_TO")]
    assert leads == [f"occupation/{code}" for code in (CODES[0], CODES[2], CODES[3])]


@pytest.mark.parametrize("version", ["29.2", "14.0"])
def test_without_a_crosswalk_nothing_is_joined(tmp_path: Path, version: str) -> None:
    """None is loaded; or none leads to a release of no known edition of SOC."""
    study = aioe(tmp_path / "in", "11-1011")
    lines = crossing(tmp_path / "crosswalk", *PAIRS)
    given = [lines] if version == "14.0" else []
    joined = join_all(release(tmp_path / "onet", version), [study], given)
    joined.check()
    assert counts(joined, AIOE, AIOE_FILE) == {"NO_CROSSWALK": 1, "RATING_BLANK": 0}
    assert "CrosswalkPair" not in joined.nodes


def test_a_crosswalk_between_others_is_passed_over(tmp_path: Path) -> None:
    """It leads to the release, but from another edition than the study's."""
    lines = crossing(tmp_path / "crosswalk", *PAIRS)
    facts = lines.nodes["Crosswalk"].with_columns(fromTaxonomy=pl.lit("SOC 2000"))
    other = replace(lines, nodes={**lines.nodes, "Crosswalk": facts})
    study = aioe(tmp_path / "in", "11-2011")
    joined = join_all(release(tmp_path / "onet"), [study], [other])
    assert counts(joined, AIOE, AIOE_FILE) == {"NO_CROSSWALK": 1, "RATING_BLANK": 0}
    assert joined.nodes["CrosswalkPair"].height == len(PAIRS)


def test_a_release_without_a_table_has_nothing_to_join(tmp_path: Path) -> None:
    """A store keeps no empty tables; rows are joined to none all the same."""
    whole = release(tmp_path / "onet")
    gone = {"WorkActivity", "Occupation", "Task"}
    bare = replace(
        whole, nodes={k: t for k, t in whole.nodes.items() if k not in gone}, edges={}
    )
    studies = [
        working(tmp_path / "in", {WATCH: "Watch the sky."}, ["11-1011"]),
        economic(tmp_path / "ei", [share("Fly a kite.")], [kinds("Fly a kite.")]),
    ]
    joined = join_all(bare, studies)
    assert counts(joined, WORKING) == {
        "ACTIVITY_NOT_IN_RELEASE": 1,
        "OCCUPATION_NOT_IN_RELEASE": 2,
        "RATING_BLANK": 0,
        "RELEASE_OCCUPATION_NOT_RATED": 0,
        "RELEASE_ACTIVITY_NOT_RATED": 0,
    }
    assert counts(joined, ECONOMIC)["STATEMENT_NOT_IN_RELEASE"] == 2


def test_the_rows_of_each_file_add_up(tmp_path: Path) -> None:
    """Each row is counted once, in the count that it is tied to."""
    studies = [
        aioe(tmp_path / "aioe", "11-2011", "11-2021", "77-7777"),
        working(tmp_path / "in", {WATCH: "Watch the sky."}, ["11-1011", "11-1020"]),
        economic(tmp_path / "ei", [share("Fly a kite."), share("none")], [kinds("x")]),
    ]
    lines = crossing(tmp_path / "crosswalk", *PAIRS)
    joined = join_all(release(tmp_path / "onet"), studies, [lines])
    tied = joined.edges[EdgeKind("RatedSubject", "COUNTED_IN", "JoinCount")]
    by_count = dict(tied.group_by("end").len().iter_rows())
    for row in joined.nodes["JoinCount"].to_dicts():
        if row["fileName"] and row["reason"] != "RATING_BLANK":
            assert by_count.pop(row["key"]) == row["rows"]
    assert by_count == {}
    assert tied["start"].is_unique().all()
    assert tied.height == joined.nodes["RatedSubject"].height


def test_joins_do_not_know_the_order(tmp_path: Path) -> None:
    """Whichever study or crosswalk came first, the build is the same."""
    small = release(tmp_path / "onet")
    lines = crossing(tmp_path / "crosswalk", *PAIRS)
    studies = [
        aioe(tmp_path / "aioe", "11-2011"),
        working(tmp_path / "in", {WATCH: "Watch the sky."}, ["11-1011"]),
    ]
    one = join_all(small, studies, [lines])
    other = join_all(join_all(small, studies[1:]), studies[::-1], [lines])
    assert one.fingerprint == other.fingerprint
    assert {k: t.height for k, t in one.edges.items() if t.height} == {
        k: t.height for k, t in other.edges.items() if t.height
    }
    for label, table in one.nodes.items():
        assert table.sort("key").equals(other.nodes[label].sort("key"))
    without = join_all(one, studies)
    assert without.fingerprint not in (one.fingerprint, small.fingerprint)
    assert "Crosswalk" not in without.nodes
    assert join_all(one, []).fingerprint == small.fingerprint


@pytest.mark.parametrize(
    ("release_id", "number", "taxonomy"),
    [
        ("onet-29.2", [29, 2], "SOC 2018"),
        ("onet-25.1", [25, 1], "SOC 2018"),
        ("onet-25.0", [25, 0], "SOC 2010"),
        ("onet-15.1", [15, 1], "SOC 2010"),
        ("onet-15.0", [15, 0], None),
        ("onet-sample", [], None),
    ],
)
def test_a_release_tells_its_edition_by_its_number(
    release_id: str, number: list[int], taxonomy: str | None
) -> None:
    """From 25.1 it is SOC 2018, from 15.1 SOC 2010; of others nothing is said."""
    assert release_number(release_id) == number
    assert taxonomy_of(release_id) == taxonomy
