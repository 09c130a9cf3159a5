"""The published labels joined to a real release, against the raw files."""

from pathlib import Path

import polars as pl
import pytest

from workatlas.cypher import EdgeKind
from workatlas.loaders.gpts_are_gpts import read_gpts_are_gpts
from workatlas.loaders.join import join_all, unjoined
from workatlas.loaders.onet import read_release
from workatlas.loaders.source import open_source
from workatlas.stores import Subgraph

from .joined import STUDY, counts, ends
from .mini_labels import NOW, OCCUPATIONS, SECOND, TASKS


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Subgraph:
    """Join the published labels to release 29.2."""
    archive = tmp_path_factory.mktemp("archive")
    onet = open_source(str(shared / "onet" / "db_29_2_text"), archive=archive, now=NOW)
    labels = open_source(str(shared / "exposure" / STUDY), archive=archive, now=NOW)
    release = read_release(onet, "29.2", partial=["Task Ratings.txt"])
    return join_all(release, [read_gpts_are_gpts(labels)])


def raw_pairs(shared: Path, name: str = TASKS) -> pl.DataFrame:
    """Pair labels with tasks by ID, from the raw files and without the loaders."""
    tasks = pl.read_csv(
        shared / "onet" / "db_29_2_text" / "Task Statements.txt",
        separator="\t",
        quote_char=None,
        infer_schema=False,
    ).select(pl.col("Task ID").alias("id"), pl.col("Task").alias("now"))
    labels = (
        pl.read_csv(
            shared / "exposure" / STUDY / name, separator="\t", infer_schema=False
        )
        .with_row_index("line", offset=2)
        .select("line", pl.col("Task ID").str.strip_suffix(".0").alias("id"), "Task")
    )
    return labels.join(tasks, on="id", how="full", coalesce=True)


def test_real_counts_equal_the_raw_files(real: Subgraph, shared: Path) -> None:
    """18,698 in the same words, 53 reworded, 514 gone; 45 tasks are not rated."""
    pairs = raw_pairs(shared)
    both = pairs.filter(pl.col("line").is_not_null(), pl.col("now").is_not_null())
    same = both.filter(pl.col("Task") == pl.col("now"))
    codes = [
        set(pl.read_csv(path, separator=mark, quote_char=quote)["O*NET-SOC Code"])
        for path, mark, quote in (
            (shared / "exposure" / STUDY / OCCUPATIONS, ",", '"'),
            (shared / "onet" / "db_29_2_text" / "Occupation Data.txt", "\t", None),
        )
    ]
    of_tasks, of_codes = (counts(real, file=name) for name in (TASKS, OCCUPATIONS))
    assert of_tasks == {
        "SAME_ID_SAME_WORDING": same.height,
        "SAME_ID_REWORDED": both.height - same.height,
        "TASK_NOT_IN_RELEASE": pairs["now"].null_count(),
        "RATING_BLANK": 0,
    }
    assert of_codes == {"SAME_CODE": len(codes[0]), "RATING_BLANK": 0}
    assert codes[0] <= codes[1]
    found = counts(real)
    assert found["RELEASE_TASK_NOT_RATED"] == pairs["line"].null_count()
    assert found["RELEASE_OCCUPATION_NOT_RATED"] == len(codes[1] - codes[0])
    assert (same.height, both.height, pairs["now"].null_count()) == (
        18_698,
        18_751,
        514,
    )
    assert (of_tasks.total(), of_codes.total()) == (19_265, 923)


def test_real_pairs_equal_the_raw_files(real: Subgraph, shared: Path) -> None:
    """Each line of labels is the very task that the raw files pair it with."""
    real.check()
    pairs = {
        file: raw_pairs(shared, file).drop_nulls(["line", "now"])
        for file in (TASKS, SECOND)
    }
    same = pl.col("Task") == pl.col("now")
    for name, chosen in (("IS_TASK", same), ("IS_REWORDED_TASK", ~same)):
        expected = [
            (f"subject/{STUDY}/{file}/{line}", f"task/{number}")
            for file, found in pairs.items()
            for line, number in found.filter(chosen).select("line", "id").rows()
        ]
        assert ends(real, name) == sorted(expected)
    assert (f"subject/{STUDY}/{TASKS}/8639", "task/392") in ends(real, "IS_TASK")


def test_real_release_is_itself_again(real: Subgraph) -> None:
    """Parted from its study, the release holds nothing of it."""
    parted = unjoined(real)
    parted.check()
    names = {edge.name for edge in parted.edges}
    assert not names & {"HAS_STUDY", "IS_TASK", "HAS_RATING", "HAS_JOIN_COUNT"}
    assert EdgeKind("Study", "HAS_FILE", "SourceFile") not in parted.edges
    files = parted.nodes["SourceFile"]["key"]
    assert files.str.count_matches("/").unique().to_list() == [1]
    assert parted.fingerprint == parted.nodes["Release"].item(0, "fingerprint")
