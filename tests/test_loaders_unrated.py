"""Why something in a release has no rating of a study: each reason, and when."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from workatlas.loaders.description import describe
from workatlas.loaders.join import join_all
from workatlas.loaders.join_links import check_joins
from workatlas.loaders.study import read_study
from workatlas.schema.study_enums import ExposureMissing
from workatlas.stores import Subgraph

from .joined import STUDY, counts, ends, unrated
from .mini_labels import occupation, read_labels, task
from .mini_occupations import CODES, SEA, WATCH, release
from .mini_studies import (
    AIOE,
    CROSSWALK,
    ECONOMIC,
    KINDS,
    SHARES,
    WORKING,
    aioe,
    crossing,
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

PAIRS = (
    ("11-2021.00", CODES[2]),
    ("11-2022.00", CODES[2]),
    ("11-2031.00", CODES[3]),
)


def checked(
    small: Subgraph, study: Subgraph, crosswalks: Sequence[Subgraph] = ()
) -> Subgraph:
    """Join a study to a release; what was joined is what is found once more."""
    joined = join_all(small, [study], crosswalks)
    joined.check()
    reasons = {*joined.nodes["Unrated"]["reason"]}
    assert reasons <= {member.value for member in ExposureMissing}
    count, wrong = check_joins(joined, {study.id: describe(study.id)}, ())
    assert (count > 0, wrong) == (True, [])
    return joined


def of_codes(*codes: str) -> list[str]:
    """Give the keys of occupations."""
    return [f"occupation/{code}" for code in codes]


def labels(folder: Path) -> Subgraph:
    """Read labels of task 1 alone, and of one occupation."""
    return read_labels(folder, [task(1)], [occupation(CODES[0])])


@pytest.mark.parametrize(
    ("version", "reason"),
    [
        ("27.2", "NOT_RATED_BY_STUDY"),
        ("29.2", "NEWER_THAN_STUDY"),
        ("27.10", "NEWER_THAN_STUDY"),
        ("27.1", "OLDER_THAN_STUDY"),
        ("9.9", "OLDER_THAN_STUDY"),
    ],
)
def test_a_task_came_later_or_had_gone(
    tmp_path: Path, version: str, reason: str
) -> None:
    """The study rated all of 27.2: what another release has beside is not in there."""
    small = release(tmp_path / "onet", version)
    joined = checked(small, labels(tmp_path / "in"))
    assert unrated(joined) == {
        reason: ["task/2", "task/3", "task/4"],
        "NOT_RATED_BY_STUDY": [
            *of_codes(*CODES[1:]),
            *(["task/2", "task/3", "task/4"] if version == "27.2" else []),
        ],
    }
    told = joined.nodes["Unrated"].select("key", "study", "subjects", "measures").rows()
    assert sorted(told) == sorted(
        (f"unrated/{STUDY}/{subjects}/{why}", STUDY, subjects, None)
        for subjects, why in (
            ("TASK", reason),
            ("OCCUPATION", "NOT_RATED_BY_STUDY"),
        )
    )


def test_invented_labels_say_only_that_there_is_none(tmp_path: Path) -> None:
    """They are made on no release that is named, so nothing is older or newer."""
    study = labels(tmp_path / "in")
    facts = study.nodes["Study"].with_columns(madeOn=pl.lit(None, pl.String))
    invented = replace(study, nodes={**study.nodes, "Study": facts})
    joined = checked(release(tmp_path / "onet"), invented)
    assert set(unrated(joined)) == {"NOT_RATED_BY_STUDY"}


def test_a_row_without_a_rating_is_blank(tmp_path: Path) -> None:
    """It is there and joined, and its reason is another than that of no row.

    A store that keeps no empty tables makes no difference.
    """
    small = release(tmp_path / "onet")
    row = rated(AIOE, "AIOE_DataAppendix.xlsx", code="11-2031", AIOE="")
    study = read(tmp_path / "in", AIOE, {"AIOE_DataAppendix.xlsx": [row]})
    lines = [crossing(tmp_path / "crosswalk", *PAIRS)]
    kept = replace(
        study,
        nodes={k: t for k, t in study.nodes.items() if t.height},
        edges={k: t for k, t in study.edges.items() if t.height},
    )
    assert len(kept.nodes) < len(study.nodes)
    for each in (study, kept):
        joined = checked(small, each, lines)
        assert unrated(joined, AIOE)["RATING_BLANK"] == of_codes(CODES[3])
        assert len(unrated(joined, AIOE)["NOT_RATED_BY_STUDY"]) == 4
        assert counts(joined, AIOE)["RELEASE_OCCUPATION_NOT_RATED"] == 5


def test_a_part_of_a_file_says_nothing_of_the_rest(tmp_path: Path) -> None:
    """The rows about shares were cut; what has one is rated all the same."""
    folder = write(
        tmp_path / "in",
        ECONOMIC,
        {SHARES: [share("tell a tide.")], KINDS: [kinds("tell a tide.")]},
    )
    study = read_study(ECONOMIC, opened(folder), [SHARES])
    joined = checked(release(tmp_path / "onet"), study)
    assert unrated(joined, ECONOMIC) == {"FILE_PART": ["task/1", "task/3", "task/4"]}


@pytest.mark.parametrize(
    ("version", "reason"), [("29.2", "BELOW_FLOOR_OR_ABSENT"), ("20.1", "BELOW_FLOOR")]
)
def test_a_statement_without_a_row_is_below_the_floor(
    tmp_path: Path, version: str, reason: str
) -> None:
    """It is in the release of the study; in another one it may have been absent."""
    study = economic(tmp_path / "in", [share("fly a kite.")], [kinds("fly a kite.")])
    joined = checked(release(tmp_path / "onet", version), study)
    assert unrated(joined, ECONOMIC) == {reason: ["task/2", "task/3"]}


def test_suppressed_figures_are_told_with_their_measures(tmp_path: Path) -> None:
    """They are told of every task of the statement, beside the ratings that it has."""
    said = ("fly a kite.", "tell a tide.")
    some = [hidden(said[0]), kinds(said[1])]
    study = economic(tmp_path / "in", [share(each) for each in said], some)
    joined = checked(release(tmp_path / "onet"), study)
    found = unrated(joined, ECONOMIC)
    assert found["SUPPRESSED"] == ["task/1", "task/4"]
    hides = "directive feedback-loop task-iteration learning validation"
    why = joined.nodes["Unrated"].filter(pl.col("reason") == "SUPPRESSED")
    assert why["measures"].to_list() == [hides]
    assert found["BELOW_FLOOR_OR_ABSENT"] == ["task/3"]
    every = economic(tmp_path / "all", [share(said[0])], [hidden(said[0])])
    joined = checked(release(tmp_path / "again"), every)
    why = joined.nodes["Unrated"].filter(pl.col("reason") == "SUPPRESSED")
    assert why["measures"].to_list() == [hides]


def test_one_score_for_several_occupations(tmp_path: Path) -> None:
    """A broad code of SOC, in the same edition as the release."""
    study = working(tmp_path / "in", {WATCH: "Watch the sky."}, ["11-1020", "11-1031"])
    joined = checked(release(tmp_path / "onet"), study)
    assert unrated(joined, WORKING) == {
        "AGGREGATED_OCCUPATION": of_codes(*CODES[2:4]),
        "NOT_RATED_BY_STUDY": [f"activity/{SEA}", *of_codes(*CODES[:2])],
    }


def test_one_score_for_several_over_a_crosswalk(tmp_path: Path) -> None:
    """A broad code holds codes of the study's edition, not of the release's.

    11-1020 of 2010 says nothing of 11-1021 of 2018.
    """
    study = aioe(tmp_path / "in", "11-2020", "11-1020")
    lines = crossing(tmp_path / "crosswalk", *PAIRS)
    joined = checked(release(tmp_path / "onet"), study, [lines])
    found = unrated(joined, AIOE)
    assert found["AGGREGATED_OCCUPATION"] == of_codes(CODES[2])
    assert found["NOT_RATED_BY_STUDY"] == of_codes(*CODES[:2], *CODES[3:])


def test_codes_of_the_study_s_own_for_several(tmp_path: Path) -> None:
    """Those that its description lists, whether or not the release has all of them."""
    study = working(tmp_path / "in", {WATCH: "Watch the sky."}, ["11-1031", "21-1018"])
    told = study.nodes["Study"].item(0, "aggregates")
    assert "21-1018 21-1011 21-1014; " in told
    facts = study.nodes["Study"].with_columns(
        aggregates=pl.lit("21-1018 11-1021 77-7777")
    )
    other = replace(study, nodes={**study.nodes, "Study": facts})
    joined = checked(release(tmp_path / "onet"), other)
    found = unrated(joined, WORKING)
    assert found["AGGREGATED_OCCUPATION"] == of_codes(CODES[2])


def test_without_a_crosswalk_that_is_the_reason(tmp_path: Path) -> None:
    """The study may well rate them: nothing leads from its codes to the release's."""
    study = aioe(tmp_path / "in", "11-2031")
    joined = checked(release(tmp_path / "onet"), study)
    assert unrated(joined, AIOE) == {"NO_CROSSWALK": of_codes(*CODES)}
    lines = crossing(tmp_path / "crosswalk", *PAIRS)
    joined = checked(release(tmp_path / "again"), study, [lines])
    assert "NO_CROSSWALK" not in unrated(joined, AIOE)
    assert ends(joined, "HAS_CROSSWALK") == [("release", f"crosswalk/{CROSSWALK}")]


def test_of_kinds_that_a_study_does_not_rate_nothing_is_told(tmp_path: Path) -> None:
    """Scores of occupations say nothing of tasks and activities."""
    study = aioe(tmp_path / "in", "11-2031")
    lines = crossing(tmp_path / "crosswalk", *PAIRS)
    joined = checked(release(tmp_path / "onet"), study, [lines])
    assert {*joined.nodes["Unrated"]["subjects"]} == {"OCCUPATION"}
    names = [reason for reason in counts(joined, AIOE) if reason.startswith("RELEASE_")]
    assert names == ["RELEASE_OCCUPATION_NOT_RATED"]
