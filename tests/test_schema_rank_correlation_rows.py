"""Rows of small studies in a correlation: shared, several, equal, or of no order."""

from pathlib import Path

from workatlas.loaders.join import join_all
from workatlas.stores import Subgraph

from . import mini
from .answers import SAMPLE, errors, serve, serve_loaded
from .comparing import CORRELATION, correlate, joined_more, ratings_of, unordered
from .gaps import labels_with_gaps
from .joined import another
from .mini_labels import occupation, read_labels, task

STUDY = "gpts-are-gpts"
BETA_ALPHA = {
    "first": ratings_of("gpt-4", "beta"),
    "second": ratings_of("gpt-4", "alpha"),
}


def of_two(folder: Path, code: str) -> Subgraph:
    """Read labels of two occupations that differ in beta alone; name the second."""
    scores = {"11-1.00": "0.5", code: "0.75"}
    rated = [occupation(each, dv_rating_beta=beta) for each, beta in scores.items()]
    return read_labels(folder, [task(1)], rated)


async def test_two_studies(tmp_path: Path) -> None:
    """Each study's rows are told from the other's, and so is what either lacks."""
    one = read_labels(
        tmp_path / "one",
        [task(1)],
        [occupation("11-1.00"), occupation("12-1.00", dv_rating_beta="0.5")],
    )
    two = read_labels(
        tmp_path / "two",
        [task(2)],
        [occupation("11-1.00", human_rating_beta="0.25"), occupation("99-1.00")],
    )
    other = another(two, "other")
    service = serve(tmp_path / "graph", join_all(mini.release(), [one, other]))
    sides = {
        "first": ratings_of("gpt-4", "beta"),
        "second": ratings_of("human", "beta", "other"),
    }
    found = await correlate(service, **sides)
    assert found["population"]["compared"] == 1
    told = {
        (e["first"], e["second"]): e["count"]
        for e in found["population"]["notCompared"]
    }
    assert told == {(None, "NO_ROW"): 1}
    for name in ("spearman", "kendall"):
        assert (found[name]["value"], found[name]["missing"]) == (None, "ONE_COMPARED")
    assert found["second"]["study"]["id"] == "other"
    over = await correlate(service, **sides, over="TASKS")
    assert over["spearman"]["missing"] == "NONE_COMPARED"
    told = {
        (e["first"], e["second"]): e["count"] for e in over["population"]["notCompared"]
    }
    assert told[None, "NO_ROW"] == told["NO_ROW", None] == 1
    sources = (await service.answer(CORRELATION, sides)).as_dict()["extensions"]
    assert [each["id"] for each in sources["sources"]] == [STUDY, "onet-1.0", "other"]


async def test_rows_that_share_an_occupation(tmp_path: Path) -> None:
    """Several rows of one occupation, and several occupations of one row, count."""
    study = of_two(tmp_path / "labels", "99-1.00")
    row = f"subject/{STUDY}/occ_level.csv/"
    more = [(f"{row}3", f"occupation/{code}-1.00") for code in (11, 12)]
    graph = joined_more(study, "IS_OCCUPATION", *more)
    found = await correlate(serve(tmp_path / "graph", graph), **BETA_ALPHA)
    # The rows of 11-1.00 differ in beta, and have the same alpha.
    assert found["population"]["notCompared"] == [
        {"first": "SEVERAL", "second": None, "count": 1}
    ]
    for side in ("first", "second"):
        assert found[side]["inSeveralRows"] == 1
        assert found[side]["inSharedRows"] == 2
        assert found[side]["rated"] == 2


async def test_one_value_correlates_with_nothing(tmp_path: Path) -> None:
    """Where one side says the same of all no rank says anything."""
    study = of_two(tmp_path / "labels", "12-1.00")
    service = serve(tmp_path / "graph", join_all(mini.release(), [study]))
    found = await correlate(service, **BETA_ALPHA)
    assert found["population"]["compared"] == 2
    for name in ("spearman", "kendall"):
        assert (found[name]["value"], found[name]["missing"]) == (None, "ONE_VALUE")


async def test_a_part_of_a_file_says_so(tmp_path: Path) -> None:
    """What a part lacks may be in the whole."""
    path = tmp_path / "labels"
    labels_with_gaps(path)
    service = serve_loaded(
        tmp_path, ("onet@9.9", SAMPLE), (STUDY, path), partial=("occ_level.csv",)
    )
    sides = {
        "first": ratings_of("human", "beta"),
        "second": ratings_of("gpt-4", "beta"),
    }
    found = await correlate(service, **sides)
    left = found["population"]["notCompared"]
    assert {"first": "FILE_PART", "second": "FILE_PART", "count": 2} in left


async def test_labels_without_an_order_have_no_ranks(tmp_path: Path) -> None:
    """They are refused, and not taken for blanks; scores are ranked as they are."""
    study = read_labels(
        tmp_path / "labels", [task(1), task(2)], [occupation("11-1.00")]
    )
    graph = join_all(mini.release(), [unordered(study)])
    service = serve(tmp_path / "graph", graph)
    second = ratings_of("gpt-4", "beta")
    for measure, wanted in (
        ("exposure", [(["found"], "USAGE")]),
        ("automation", []),
    ):
        variables = {"first": ratings_of("gpt-4", measure), "second": second}
        told = await service.answer(CORRELATION, {**variables, "over": "TASKS"})
        assert errors(told) == wanted
