"""Studies joined to releases: which row is which task, counted and undone."""

import random
import tempfile
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workatlas.loaders.generate import generate
from workatlas.loaders.gpts_are_gpts import read_gpts_are_gpts
from workatlas.loaders.join import join_all, join_study, part, unjoined
from workatlas.loaders.onet import read_release
from workatlas.stores import Subgraph, open_writer

from . import mini
from .joined import STUDY, another, counts, ends
from .mini_labels import (
    NOW,
    OCCUPATIONS,
    TASKS,
    occupation,
    open_folder,
    read_labels,
    task,
)

COUNTS = {
    "SAME_ID_SAME_WORDING": 2,
    "SAME_ID_REWORDED": 1,
    "TASK_NOT_IN_RELEASE": 1,
    "SAME_CODE": 1,
    "OCCUPATION_NOT_IN_RELEASE": 1,
    "RELEASE_TASK_NOT_RATED": 2,
    "RELEASE_OCCUPATION_NOT_RATED": 1,
    "RATING_BLANK": 0,
}


@pytest.fixture
def study(tmp_path: Path) -> Subgraph:
    """Load labels of tasks 1 and 2, of task 3 in other words, of one that is gone."""
    return read_labels(
        tmp_path / "labels",
        [
            task(1),
            task(2, **{"O*NET-SOC Code": "12-1.00"}),
            task(3, Task="Fold a paper thrice."),
            task(77),
        ],
        [occupation("11-1.00"), occupation("99-1.00")],
    )


def content(graph: Subgraph) -> dict[object, list[tuple[object, ...]]]:
    """Give all rows that are there, tables in no order, rows sorted."""
    tables = [*graph.nodes.items(), *graph.edges.items()]
    return {name: table.sort(pl.all()).rows() for name, table in tables if table.height}


def test_rows_find_their_tasks(study: Subgraph) -> None:
    """Same ID and sentence, same ID in other words, same code; the rest is loose."""
    joined = join_study(mini.release(), study)
    joined.check()
    rows = f"subject/{STUDY}/{TASKS}"
    assert ends(joined, "IS_TASK") == [(f"{rows}/2", "task/1"), (f"{rows}/3", "task/2")]
    assert ends(joined, "IS_REWORDED_TASK") == [(f"{rows}/4", "task/3")]
    codes = [(f"subject/{STUDY}/{OCCUPATIONS}/2", "occupation/11-1.00")]
    assert ends(joined, "IS_OCCUPATION") == codes


def test_the_release_names_the_study_and_the_counts(study: Subgraph) -> None:
    """Study and counts hang from the release; the study's files only from the study."""
    joined = join_study(mini.release(), study)
    assert counts(joined) == COUNTS
    assert ends(joined, "HAS_STUDY") == [("release", f"study/{STUDY}")]
    of_tasks = ("SAME_ID_REWORDED", "SAME_ID_SAME_WORDING", "TASK_NOT_IN_RELEASE")
    of_codes = ("OCCUPATION_NOT_IN_RELEASE", "RATING_BLANK", "SAME_CODE")
    counted = [
        *(f"-/RELEASE_{name}_NOT_RATED" for name in ("OCCUPATION", "TASK")),
        *(f"{TASKS}/{reason}" for reason in ("RATING_BLANK", *of_tasks)),
        *(f"{OCCUPATIONS}/{reason}" for reason in of_codes),
    ]
    keys = [("release", f"joincount/{STUDY}/{each}") for each in counted]
    assert ends(joined, "HAS_JOIN_COUNT") == keys
    assert [start for start, _ in ends(joined, "HAS_FILE")] == [
        *["release"] * 2,
        *[f"study/{STUDY}"] * 2,
    ]
    for label in ("Rater", "Measure", "RatedSubject", "ExposureRating"):
        assert joined.nodes[label].equals(study.nodes[label])


def test_a_task_without_a_rating_counts_as_not_rated(tmp_path: Path) -> None:
    """A row whose cells are all empty is joined, but rates nothing."""
    names = ("human_exposure_agg", "gpt4_exposure", "gpt4_exposure_alt_rubric")
    names += ("gpt4_automation", "alpha", "beta", "gamma", "automation", "human_labels")
    empty = task(1, **dict.fromkeys(names, ""))
    scores = ("alpha", "beta", "gamma")
    blank = {f"{who}_rating_{m}": "" for who in ("dv", "human") for m in scores}
    study = read_labels(tmp_path / "in", [empty], [occupation("11-1.00", **blank)])
    found = counts(join_study(mini.release(), study))
    assert (found["SAME_ID_SAME_WORDING"], found["RATING_BLANK"]) == (1, 2)
    assert found["RELEASE_TASK_NOT_RATED"] == 5
    assert found["RELEASE_OCCUPATION_NOT_RATED"] == 2
    stored = replace(study, edges={k: t for k, t in study.edges.items() if t.height})
    assert counts(join_study(mini.release(), stored)) == found


def test_joining_again_replaces(study: Subgraph, tmp_path: Path) -> None:
    """The same study twice is the same; a newer one leaves nothing of the older."""
    once = join_study(mini.release(), study)
    again = join_study(once, study)
    assert content(again) == content(once)
    assert again.fingerprint == once.fingerprint
    newer = read_labels(tmp_path / "newer", [task(5)], [occupation("12-1.00")])
    replaced = join_study(once, newer)
    replaced.check()
    assert content(replaced) == content(join_study(mini.release(), newer))
    assert replaced.fingerprint != once.fingerprint


def test_parting_undoes_joining(study: Subgraph) -> None:
    """Every table is as before, and the fingerprint is the release's own."""
    release = mini.release()
    joined = join_study(release, study)
    own = release.nodes["Release"].item(0, "fingerprint")
    for parted in (part(joined, STUDY), unjoined(joined), join_all(joined, [])):
        assert content(parted) == content(release)
        assert parted.fingerprint == own
    assert joined.fingerprint not in (own, study.fingerprint)
    assert content(part(joined, "aioe")) == content(joined)


def test_what_is_not_joined_stays_as_it_is(study: Subgraph) -> None:
    """A study cannot be parted; a release joined to nothing is the very same."""
    release = mini.release()
    assert unjoined(study) is study
    assert unjoined(release) is release
    assert join_all(release, iter(())) is release


def test_studies_stay_apart(study: Subgraph) -> None:
    """A study whose name begins like another's is joined and parted by itself."""
    release, second = mini.release(), another(study, "gpts-are-gpts.2")
    both = join_all(release, [second, study])
    both.check()
    assert counts(both) == counts(both, second.id) == COUNTS
    assert both.nodes["Study"]["study"].to_list() == [STUDY, second.id]
    assert content(part(both, second.id)) == content(join_study(release, study))
    assert content(part(both, STUDY)) == content(join_study(release, second))
    assert content(unjoined(both)) == content(release)


def test_the_fingerprint_does_not_know_the_order(study: Subgraph) -> None:
    """Whichever study came first, or was there before, the build is the same."""
    release, second = mini.release(), another(study, "aioe")
    expected = join_all(release, [study, second])
    assert join_all(release, [second, study]).fingerprint == expected.fingerprint
    one = join_all(release, [second])
    assert join_all(one, [study, second]).fingerprint == expected.fingerprint
    assert content(join_all(one, [study, second])) == content(expected)
    assert len({expected.fingerprint, one.fingerprint, release.fingerprint}) == 3
    forth = join_study(join_study(release, study), second)
    back = join_study(join_study(release, second), study)
    assert forth.fingerprint == back.fingerprint == expected.fingerprint


def test_a_store_gives_back_what_can_be_parted(study: Subgraph, tmp_path: Path) -> None:
    """Published, read back and parted, the release is the one before the join."""
    release = mini.release()
    joined = join_study(release, study)
    writer = open_writer(str(tmp_path / "graph"))
    with writer.lock():
        writer.publish([joined, study], now=NOW)
    read = writer.read(release.id)
    assert content(read) == content(joined)
    assert content(unjoined(read)) == content(release)
    again = join_all(unjoined(read), [writer.read(STUDY)])
    assert again.fingerprint == joined.fingerprint
    assert content(again) == content(joined)


NUMBERS = st.lists(st.integers(1, 9), unique=True, min_size=1)


@settings(max_examples=25, deadline=None)
@given(numbers=NUMBERS, reworded=st.sets(st.integers(1, 9)), seed=st.randoms())
def test_every_row_is_counted_once(
    numbers: list[int], reworded: set[int], seed: random.Random
) -> None:
    """Whatever the study rated, each row has one fate and each task one at most."""
    release = mini.release()
    said = {t["taskId"]: t["statement"] for t in release.nodes["Task"].to_dicts()}
    rows = [
        task(n, Task="Fold otherwise." if n in reworded else said.get(n, "Fold."))
        for n in numbers
    ]
    seed.shuffle(rows)
    with tempfile.TemporaryDirectory() as folder:
        study = read_labels(Path(folder) / "in", rows, [occupation("11-1.00")])
    joined = join_study(release, study)
    joined.check()
    found = counts(joined)
    known = {n for n in numbers if n <= 5}
    assert found["SAME_ID_SAME_WORDING"] == len(known - reworded)
    assert found["SAME_ID_REWORDED"] == len(known & reworded)
    assert found["TASK_NOT_IN_RELEASE"] == len(numbers) - len(known)
    assert found["RELEASE_TASK_NOT_RATED"] == 5 - len(known)


def test_generated_labels_join_to_their_release(tmp_path: Path) -> None:
    """What the generator writes is read, marked as invented, and joined."""
    out = tmp_path / "in"
    generate(out, occupations=3, tasks=60)
    release = read_release(open_folder(out), "1.0")
    labels = read_gpts_are_gpts(open_folder(out / "exposure"))
    joined = join_study(release, labels)
    joined.check()
    assert (labels.synthetic, joined.synthetic) == (True, True)
    found = counts(joined)
    assert found["SAME_ID_SAME_WORDING"] > 0
    assert found["SAME_ID_REWORDED"] > 0
    assert found["TASK_NOT_IN_RELEASE"] > 0
