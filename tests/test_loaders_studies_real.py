"""All published studies joined to two releases, against the files read without us."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from workatlas.loaders.crosswalk import read_crosswalk
from workatlas.loaders.crosswalk_description import crosswalks
from workatlas.loaders.description import describe
from workatlas.loaders.join import join_all
from workatlas.loaders.known import open_known
from workatlas.loaders.manifest import known_source
from workatlas.loaders.onet import read_release
from workatlas.loaders.source import Source
from workatlas.loaders.study import read_study
from workatlas.loaders.verify import verify_graph
from workatlas.stores import Subgraph

from .joined import counts, unrated
from .mini_studies import (
    ACTIVITIES,
    AIOE,
    AIOE_FILE,
    CROSSWALK,
    ECONOMIC,
    KINDS,
    NOW,
    SCORES,
    SHARES,
    SOC,
    WORKING,
)

FOLDERS = {"29.2": "db_29_2_text", "18.1": "db_18_1_text"}
ABSENT = {
    "29.2": (),
    "18.1": (
        "Task Ratings.txt",
        "Alternate Titles.txt",
        "Sample of Reported Titles.txt",
        "Related Occupations.txt",
        "Emerging Tasks.txt",
    ),
}
PART = {"29.2": ("Task Ratings.txt",), "18.1": ()}
STUDIES = {
    "gpts-are-gpts": "gpts-are-gpts",
    WORKING: WORKING,
    AIOE: "aioe",
    "lm-aioe": "aioe",
    ECONOMIC: ECONOMIC,
}
Rows = list[dict[str, str]]


class Real(NamedTuple):
    """The two releases with every study, the studies, and where their files are."""

    releases: Mapping[str, Subgraph]
    studies: Mapping[str, Subgraph]
    archive: Path
    shared: Path

    def rows(self, *path: str, separator: str = ",") -> Rows:
        """Read a published file."""
        quoting = csv.QUOTE_NONE if separator == "\t" else csv.QUOTE_MINIMAL
        with self.shared.joinpath(*path).open(encoding="utf-8", newline="") as file:
            return [*csv.DictReader(file, delimiter=separator, quoting=quoting)]

    def onet(self, version: str, name: str) -> Rows:
        """Read a file of a release."""
        return self.rows("onet", FOLDERS[version], name, separator="\t")

    def codes(self, version: str) -> set[str]:
        """Give the codes of a release's occupations."""
        rows = self.onet(version, "Occupation Data.txt")
        return {row["O*NET-SOC Code"] for row in rows}


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Real:
    """Read and join all that is published here, without a store."""
    archive = tmp_path_factory.mktemp("archive")

    def opened(spec: str, *path: str) -> Source:
        location = str(shared.joinpath(*path))
        known = known_source(spec)
        return open_known(known, archive=archive, now=NOW, location=location)

    studies = {
        name: read_study(name, opened(name, "exposure", folder))
        for name, folder in STUDIES.items()
    }
    lines = read_crosswalk(CROSSWALK, opened(CROSSWALK, "onet", "crosswalks"))
    releases = {
        version: join_all(
            read_release(
                opened(f"onet@{version}", "onet", folder),
                version,
                without=ABSENT[version],
                partial=PART[version],
            ),
            studies.values(),
            [lines],
        )
        for version, folder in FOLDERS.items()
    }
    return Real(releases, {**studies, lines.id: lines}, archive, shared)


both = pytest.mark.parametrize("version", list(FOLDERS))


def test_every_value_stands_on_its_line(real: Real) -> None:
    """Nothing is wrong in both releases, with the studies that they hold."""
    graphs = real.releases.values()
    values = 0
    for graph in graphs:
        graph.check()
        report = verify_graph(graph, real.archive)
        assert report.wrong == []
        values += sum(checked.values for checked in report.checked)
    assert values > 5_000_000


def test_the_studies_are_of_the_pinned_versions(real: Real) -> None:
    """Each file is, byte for byte, the one whose checksum the manifest has."""
    for name in STUDIES:
        version = real.studies[name].nodes["Study"].item(0, "version")
        assert version == known_source(name).version


@both
def test_statements_find_their_tasks(real: Real, version: str) -> None:
    """Of the 3,364 statements of the Economic Index, and one row for none of them."""
    tasks = Counter(
        row["Task"].lower() for row in real.onet(version, "Task Statements.txt")
    )
    for name in (SHARES, KINDS):
        said = [row["task_name"] for row in real.rows("exposure", ECONOMIC, name)]
        expected = Counter(
            "ROW_WITHOUT_TASK"
            if text == "none"
            else "STATEMENT_NOT_IN_RELEASE"
            if not tasks[text]
            else "SAME_TEXT_ONE_TASK"
            if tasks[text] == 1
            else "SAME_TEXT_MANY_TASKS"
            for text in said
        )
        found = counts(real.releases[version], ECONOMIC, name)
        assert found.pop("RATING_BLANK") == 0
        assert found == expected
        assert found.total() == len(said)
        if version == "29.2":
            many = {"SAME_TEXT_ONE_TASK": 2680, "SAME_TEXT_MANY_TASKS": 120}
            none = {"ROW_WITHOUT_TASK": 1} if name == SHARES else {}
            assert found == {**many, "STATEMENT_NOT_IN_RELEASE": 564, **none}


@both
def test_what_is_below_the_floor_and_what_is_suppressed(
    real: Real, version: str
) -> None:
    """By the statements of the tasks; of 29.2 it is 15,322 tasks and 1,024."""
    rows = real.rows("exposure", ECONOMIC, KINDS)
    hidden = {row["task_name"] for row in rows if float(row["filtered"]) == 1}
    said = {row["task_name"] for row in rows}
    said |= {row["task_name"] for row in real.rows("exposure", ECONOMIC, SHARES)}
    by_id = {
        f"task/{row['Task ID']}": row["Task"].lower()
        for row in real.onet(version, "Task Statements.txt")
    }
    found = unrated(real.releases[version], ECONOMIC)
    assert found == {
        "BELOW_FLOOR_OR_ABSENT": sorted(k for k, t in by_id.items() if t not in said),
        "SUPPRESSED": sorted(k for k, t in by_id.items() if t in hidden),
    }
    if version == "29.2":
        assert {why: len(keys) for why, keys in found.items()} == {
            "BELOW_FLOOR_OR_ABSENT": 15_322,
            "SUPPRESSED": 1_024,
        }


@pytest.mark.parametrize(
    ("version", "reason", "number"),
    [("29.2", "NEWER_THAN_STUDY", 45), ("18.1", "OLDER_THAN_STUDY", 3_534)],
)
def test_tasks_are_newer_or_older_than_the_labels(
    real: Real, version: str, reason: str, number: int
) -> None:
    """They are those whose ID is in neither of the study's two files of tasks."""
    rated = {
        f"task/{row['Task ID'].removesuffix('.0')}"
        for row in real.rows(
            "exposure", "gpts-are-gpts", "full_labelset.tsv", separator="\t"
        )
    }
    tasks = {
        f"task/{row['Task ID']}" for row in real.onet(version, "Task Statements.txt")
    }
    found = unrated(real.releases[version], "gpts-are-gpts")
    assert found[reason] == sorted(tasks - rated)
    assert len(found[reason]) == number
    assert {*found} == {reason, "NOT_RATED_BY_STUDY"}


def aioe_codes(real: Real) -> list[str]:
    """Read the codes of AIOE from its workbook."""
    path = real.shared / "exposure" / "aioe" / AIOE_FILE
    book = openpyxl.load_workbook(path, read_only=True)
    rows = book["Appendix A"].iter_rows(min_row=2, values_only=True)
    return [str(row[0]) for row in rows]


def led(real: Real, version: str) -> Iterator[tuple[str, str]]:
    """Give the six digits of a code that was led from, and what it became here."""
    start, end = "O*NET-SOC 2010 Code", "O*NET-SOC 2019 Code"
    if version == "18.1":
        start, end = end, start
    codes = real.codes(version)
    for row in real.rows("onet", "crosswalks", crosswalks()[CROSSWALK].file):
        if row[end] in codes:
            yield row[start][:7], row[end]


def by_code(pairs: set[tuple[str, str]], codes: list[str]) -> Counter[str]:
    """Count codes by what a crosswalk makes of them."""
    became, stands = defaultdict[str, list[str]](list), Counter[str]()
    for code, end in pairs:
        became[code].append(end)
        stands[end] += 1
    return Counter(
        "gone"
        if code not in became
        else "CROSSWALK_SPLIT"
        if len(became[code]) > 1
        else "CROSSWALK_MERGED"
        if stands[became[code][0]] > 1
        else "CROSSWALK_ONE"
        for code in codes
    )


def test_aioe_is_led_over_the_crosswalk(real: Real) -> None:
    """Of 774 codes 650 are one occupation's, 91 of several, 33 of a part of one.

    29 of the 33 share their occupation with another code of the study.
    """
    pairs, codes = {*led(real, "29.2")}, aioe_codes(real)
    expected = by_code(pairs, codes)
    assert expected == {
        "CROSSWALK_ONE": 650,
        "CROSSWALK_SPLIT": 91,
        "CROSSWALK_MERGED": 33,
    }
    own = {(code, end) for code, end in pairs if code in codes}
    assert by_code(own, codes)["CROSSWALK_MERGED"] == 29
    for study in (AIOE, "lm-aioe"):
        joined = real.releases["29.2"]
        found = counts(joined, study)
        rated = {end for _, end in own}
        assert found.pop("RATING_BLANK") == 0
        assert found.pop("RELEASE_OCCUPATION_NOT_RATED") == len(
            real.codes("29.2") - rated
        )
        assert found == expected
        assert set(unrated(joined, study)) == {"NOT_RATED_BY_STUDY"}


def test_aioe_is_of_the_edition_of_18_1(real: Real) -> None:
    """Its codes are those of the release, but for the two last digits."""
    held = Counter(code[:7] for code in real.codes("18.1"))
    found = counts(real.releases["18.1"], AIOE, AIOE_FILE)
    codes = aioe_codes(real)
    one = sum(held[code] == 1 for code in codes)
    assert found == {
        "SOC_ONE_OCCUPATION": one,
        "SOC_MANY_OCCUPATIONS": len(codes) - one,
        "RATING_BLANK": 0,
    }


def aggregates(codes: set[str], known: set[str]) -> dict[str, set[str]]:
    """Give the study's codes that stand for several known ones, each with those."""
    own = {code: {*of} for code, of in describe(WORKING).aggregates.items()}
    broad = {
        code: {one for one in known if one[:6] == code[:6]}
        for code in codes - known
        if code.endswith("0")
    }
    return {code: of for code, of in {**own, **broad}.items() if code in codes and of}


@both
def test_working_with_ai_finds_occupations(real: Real, version: str) -> None:
    """In its own edition and, in 18.1, over the crosswalk read the other way.

    Of 785 codes 701 are one occupation's in 29.2, 72 of several, and 12 aggregates.
    """
    joined = real.releases[version]
    rows = real.rows("exposure", WORKING, SOC)
    codes = [row["SOC Code"] for row in rows]
    if version == "29.2":
        pairs = {(code[:7], code) for code in real.codes(version)}
        names = {"CROSSWALK_ONE": "SOC_ONE", "CROSSWALK_SPLIT": "SOC_MANY"}
    else:
        pairs, names = {*led(real, version)}, {}
    held = aggregates({*codes}, {code for code, _ in pairs})
    expected = {
        f"{names[reason]}_OCCUPATION{'S' * ('MANY' in names[reason])}"
        if reason in names
        else "AGGREGATED_OCCUPATION"
        if reason == "gone"
        else reason: number
        for reason, number in by_code(pairs, codes).items()
    }
    assert expected["AGGREGATED_OCCUPATION"] == len(held) == 12
    for name in (SOC, SCORES):
        found = counts(joined, WORKING, name)
        assert found.pop("RATING_BLANK") == 0
        assert found == expected
    if version == "29.2":
        one = {"SOC_ONE_OCCUPATION": 701, "SOC_MANY_OCCUPATIONS": 72}
        assert expected == {**one, "AGGREGATED_OCCUPATION": 12}
    together = {one for of in held.values() for one in of}
    rated = {end for code, end in pairs if code in codes}
    why = unrated(joined, WORKING)
    assert why["AGGREGATED_OCCUPATION"] == sorted(
        f"occupation/{end}"
        for end in {end for code, end in pairs if code in together} - rated
    )
    assert len(why["AGGREGATED_OCCUPATION"]) == {"29.2": 34, "18.1": 29}[version]


@both
def test_working_with_ai_finds_all_activities(real: Real, version: str) -> None:
    """All 332 are in both releases, under the same identifier and title."""
    found = counts(real.releases[version], WORKING, ACTIVITIES)
    assert (found["SAME_ACTIVITY"], found.total()) == (332, 332 + 16)
    blank = [
        row for row in real.rows("exposure", WORKING, ACTIVITIES) if "" in row.values()
    ]
    assert found["RATING_BLANK"] == len(blank) == 16
    weights = real.rows("exposure", WORKING, "soc_iwa_weights.csv")
    known = real.releases[version].nodes["SubjectWeight"]
    assert known.height == sum(
        float(cell or 0) > 0
        for row in weights
        for name, cell in row.items()
        if name != "SOC Code"
    )


@both
def test_the_rows_of_every_file_are_counted_once(real: Real, version: str) -> None:
    """Joined or not, the counts add up to the rows of the file."""
    joined = real.releases[version]
    summed = Counter[tuple[str, str]]()
    for row in joined.nodes["JoinCount"].to_dicts():
        if row["fileName"] and row["reason"] != "RATING_BLANK":
            summed[row["study"], row["fileName"]] += row["rows"]
    files = joined.nodes["SourceFile"].to_dicts()
    rows = {file["key"]: file["rows"] for file in files}
    assert len(summed) == sum(len(describe(study).files) for study in STUDIES)
    for (study, name), number in summed.items():
        assert rows[f"file/{study}/{name}"] == number
