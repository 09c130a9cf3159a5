"""Aggregates of the real study, compared with what it publishes and with polars."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from workatlas.resolvers import Service
from workatlas.stores import open_reader

from .answers import ask
from .oracle import RECREATIONAL_THERAPISTS, TASK

CODE = "O*NET-SOC Code"
RATERS = {"gpt-4": "dv", "human": "human"}
MEASURES = {"alpha": (0.0, 1.0, 0.0), "beta": (0.0, 1.0, 0.5), "gamma": (0.0, 1.0, 1.0)}
LABELS = {
    "human": "human_exposure_agg",
    "gpt-4": "gpt4_exposure",
    "gpt-4-alt-rubric": "gpt4_exposure_alt_rubric",
}
SERIES = [(rater, measure) for rater in RATERS for measure in MEASURES]
OTHER = ("gpt-4-alt-rubric", "beta")
"""A series of which no figures of occupations are published."""
EQUAL = 1e-12
Answers = Mapping[str, Mapping[str, Any]]


@pytest.fixture(scope="module")
def service(real_store: Path) -> Service:
    """Serve the real release; to compare all of it may take long on a busy machine."""
    return Service(open_reader(str(real_store), timeout=60.0))


@pytest.fixture(scope="module")
def files(shared: Path) -> Path:
    """Give the folder of the study."""
    return shared / "exposure" / "gpts-are-gpts"


async def all_of(service: Service, fields: str) -> Answers:
    """Give some fields of every occupation, by code, a hundred at a time."""
    document = f"""query($after: String) {{
      occupationConnection(first: 100, after: $after) {{
        pageInfo {{ hasNextPage endCursor }} nodes {{ code {fields} }} }} }}"""
    found: dict[str, Mapping[str, Any]] = {}
    after = None
    while True:
        page = (await ask(service, document, after=after))["occupationConnection"]
        found |= {each["code"]: each for each in page["nodes"]}
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


def series(fields: str, *, more: str = "") -> str:
    """Write an aggregate of each rater and measure, with some fields."""
    return " ".join(
        f'{_alias(rater, measure)}: exposure(study: "gpts-are-gpts", '
        f'rater: "{rater}", measure: "{measure}"{more}) {{ {fields} }}'
        for rater, measure in (*SERIES, OTHER)
    )


def _alias(rater: str, measure: str) -> str:
    return f"{rater.replace('-', '_')}_{measure}"


def means(files: Path, weight: pl.Expr) -> Mapping[tuple[str, str, str], float]:
    """Compute all means from the raw file, by occupation, rater and measure."""
    raw = pl.read_csv(files / "full_labelset.tsv", separator="\t", infer_schema=False)
    scores = [
        (
            pl.col(column).replace_strict(
                ["E0", "E1", "E2"], list(values), return_dtype=pl.Float64
            )
            * weight
        ).sum()
        / weight.sum()
        for column, values in (
            (LABELS[rater], MEASURES[measure]) for rater, measure in (*SERIES, OTHER)
        )
    ]
    named = [s.alias(str(n)) for n, s in enumerate(scores)]
    table = raw.group_by(CODE).agg(named)
    both = (*SERIES, OTHER)
    return {
        (code, both[n][0], both[n][1]): value
        for code, *values in table.iter_rows()
        for n, value in enumerate(values)
    }


CORE = pl.when(pl.col("Task Type") == "Core").then(2.0).otherwise(1.0)
SAME = pl.when(pl.col("Task ID").is_null()).then(0.0).otherwise(1.0)


async def test_all_published_figures_are_recomputed(
    service: Service, files: Path
) -> None:
    """All 923 x 6 figures of occ_level.csv follow from their inputs, within 1e-12.

    Each is of all tasks that the study saw, and is compared with the file itself; so
    are those that are not published, with polars.
    """
    found = await all_of(
        service,
        series("""value difference isStudyMethod publishedMissing weight
          published { score } coverage { used of loaded }"""),
    )
    for (code, rater, measure), value in means(files, CORE).items():
        one = found[code][_alias(rater, measure)]
        assert abs(one["value"] - value) <= EQUAL
    raw = pl.read_csv(files / "occ_level.csv")
    counted = 0
    for row in raw.to_dicts():
        for rater, column in RATERS.items():
            for measure in MEASURES:
                one = found[row[CODE]][_alias(rater, measure)]
                published = row[f"{column}_rating_{measure}"]
                assert one["published"] == {"score": published}
                assert abs(one["value"] - published) <= EQUAL
                assert one["difference"] == one["value"] - published
                assert (one["weight"], one["isStudyMethod"]) == ("CORE", True)
                assert one["coverage"]["used"] == one["coverage"]["of"]
                assert one["coverage"]["loaded"] == "WHOLE"
                counted += 1
    assert counted == 923 * 6
    others = found.keys() - set(raw[CODE])
    assert len(others) == 1016 - 923
    for code in others:
        for rater, measure in SERIES:
            one = found[code][_alias(rater, measure)]
            assert (one["value"], one["publishedMissing"]) == (None, "NOT_PUBLISHED")


async def test_ranks_of_all_occupations(service: Service, files: Path) -> None:
    """Figures have the places that polars gives them; equal weights give its means."""
    place = "position of tied percentile population"
    found = await all_of(
        service,
        f"""jobZone {{ number }} exposure(study: "gpts-are-gpts", rater: "human",
          measure: "beta") {{
          value otherWeights {{ weight value }}
          rank {{ {place} }} up: rank(direction: ASCENDING) {{ position }}
          group: rank(among: MAJOR_GROUP) {{ {place} }}
          zone: rank(among: JOB_ZONE) {{ {place} }}
          published {{ score rank {{ {place} }} }} }}""",
    )
    have = {c: o for c, o in found.items() if o["exposure"]["published"]}
    assert len(have) == 923
    for (code, *of), value in means(files, SAME).items():
        if of == ["human", "beta"]:
            others = have[code]["exposure"]["otherWeights"]
            (equal,) = (e["value"] for e in others if e["weight"] == "EQUAL")
            assert abs(equal - value) <= EQUAL
    for code in found.keys() - have.keys():
        assert found[code]["exposure"]["rank"] is None
    ones = [o["exposure"] for o in have.values()]
    table = pl.DataFrame(
        {
            "group": [code[:2] for code in have],
            "zone": [_zone_of(one) for one in have.values()],
            "value": [one["value"] for one in ones],
            "score": [one["published"]["score"] for one in ones],
        }
    )
    for of, by, given, which in (
        ("value", None, [one["rank"] for one in ones], ""),
        ("score", None, [one["published"]["rank"] for one in ones], ""),
        ("value", "group", [o["group"] for o in ones], "of the same SOC major group "),
        ("value", "zone", [one["zone"] for one in ones], "in the same job zone "),
    ):
        wanted = _places(table, of, by)
        for want, rank, zone in zip(wanted, given, table["zone"], strict=True):
            if by == "zone" and zone is None:
                assert rank is None
                continue
            population = f"the occupations {which}in this release that have this figure"
            if not which:
                population = "the occupations of this release that have this figure"
            assert rank == {**want, "population": population}
    up = table.select(pl.col("value").rank("min"))["value"].to_list()
    assert [one["up"]["position"] for one in ones] == up


def _zone_of(occupation: Mapping[str, Any]) -> int | None:
    zone: Mapping[str, int] | None = occupation["jobZone"]
    return None if zone is None else zone["number"]


def _places(table: pl.DataFrame, of: str, by: str | None) -> list[dict[str, Any]]:
    """Give place, size, ties and percentile of each among those of equal ``by``."""
    figure, whole = pl.col(of), pl.lit(0) if by is None else pl.col(by)
    tied = pl.len().over(whole, figure)
    lower = figure.rank("min").over(whole) - 1
    return table.select(
        position=figure.rank("min", descending=True).over(whole),
        of=pl.len().over(whole),
        tied=tied - 1,
        percentile=100 * (lower + tied / 2) / pl.len().over(whole),
    ).to_dicts()


async def test_one_occupation_shows_its_work(service: Service) -> None:
    """Recreational Therapists: eleven tasks by importance, each with its sources."""
    document = f"""{{ occupation(code: "{RECREATIONAL_THERAPISTS}") {{
      exposure(study: "gpts-are-gpts", rater: "human", measure: "beta",
        weight: IMPORTANCE, tasks: AS_IN_RELEASE) {{
        value formula formulaSource {{ id }} isStudyMethod difference
        published {{ score provenance {{ line column file {{ name }} }} }}
        coverage {{ used of share }} excluded {{ taskId }}
        inputs {{ taskId score weight share basis
          task {{ importance {{ value provenance {{ line }} }} }}
          provenance {{ line column method file {{ name }} }}
          weightProvenance {{ line column rater file {{ name }} }} }}
        otherWeights {{ weight value difference }} }} }} }}"""
    one = (await ask(service, document))["occupation"]["exposure"]
    inputs = one["inputs"]
    assert one["coverage"] == {"used": 11, "of": 11, "share": 1.0}
    assert (one["isStudyMethod"], one["formulaSource"]) == (False, None)
    total = sum(each["weight"] for each in inputs)
    value = sum(each["weight"] * each["score"] for each in inputs) / total
    assert abs(one["value"] - value) <= EQUAL
    assert abs(sum(each["share"] for each in inputs) - 1) <= EQUAL
    assert one["difference"] == one["value"] - one["published"]["score"]
    for each in inputs:
        assert each["weight"] == each["task"]["importance"]["value"]
        (source,) = each["weightProvenance"]
        assert source["line"] == each["task"]["importance"]["provenance"]["line"]
        assert source["file"]["name"] == "Task Ratings.txt"
    (treats,) = (each for each in inputs if each["taskId"] == TASK)
    assert (treats["score"], treats["basis"]) == (1.0, "SAME_ID_SAME_WORDING")
    assert treats["provenance"] == [
        {
            "line": 8639,
            "column": "human_exposure_agg",
            "method": "beta = [E1] + 0.5 [E2]",
            "file": {"name": "full_labelset.tsv"},
        }
    ]
    others = {each["weight"]: each for each in one["otherWeights"]}
    assert others.keys() == {"EQUAL", "CORE", "RELEVANCE", "IMPORTANCE_X_RELEVANCE"}
    assert abs(others["CORE"]["value"] - one["published"]["score"]) <= EQUAL
    assert all(e["difference"] == e["value"] - one["value"] for e in others.values())


async def test_the_release_is_not_the_study(service: Service, shared: Path) -> None:
    """Made of the release's tasks, figures differ where tasks came, went or changed."""
    found = await all_of(
        service,
        """exposure(study: "gpts-are-gpts", rater: "human", measure: "beta",
          tasks: AS_IN_RELEASE) { value difference coverage { used of }
          excluded { taskId reason } inputs { taskId basis } }
          studied: exposure(study: "gpts-are-gpts", rater: "human", measure: "beta",
            weight: IMPORTANCE) { excluded { taskId reason } }""",
    )
    now = [each["exposure"] for each in found.values()]
    raw = pl.read_csv(
        shared / "exposure" / "gpts-are-gpts" / "full_labelset.tsv",
        separator="\t",
        infer_schema=False,
    )
    rated = set(raw["Task ID"].cast(pl.Float64).cast(pl.Int64))
    release = pl.read_csv(
        shared / "onet" / "db_29_2_text" / "Task Statements.txt",
        separator="\t",
        quote_char=None,
    )
    there = set(release["Task ID"])
    used = [each for one in now for each in one["inputs"]]
    left = [each for one in now for each in one["excluded"]]
    assert {each["taskId"] for each in used} == there & rated
    assert {each["taskId"] for each in left} == there - rated
    assert {each["reason"] for each in left} == {"NOT_RATED_BY_STUDY"}
    assert {each["basis"] for each in used} == {
        "SAME_ID_SAME_WORDING",
        "SAME_ID_REWORDED",
    }
    moved = [one for one in now if one["difference"] and abs(one["difference"]) > 1e-3]
    assert moved
    gone = {
        each["taskId"]
        for one in found.values()
        for each in one["studied"]["excluded"]
        if each["reason"] == "NOT_IN_RELEASE"
    }
    assert gone == rated - there


async def test_activities_of_each_level(service: Service, shared: Path) -> None:
    """The mean over the tasks below an activity, each once, is that of polars."""
    onet = shared / "onet" / "db_29_2_text"
    links = pl.read_csv(
        onet / "Tasks to DWAs.txt", separator="\t", quote_char=None, infer_schema=False
    )
    labels = pl.read_csv(
        shared / "exposure" / "gpts-are-gpts" / "full_labelset.tsv",
        separator="\t",
        infer_schema=False,
    ).with_columns(pl.col("Task ID").str.strip_suffix(".0"))
    for element in ("4.A.4.a.5", "4.A.4.a.5.I02", "4.A.4.a.5.I02.D01"):
        document = f"""{{ workActivity(elementId: "{element}") {{
          exposure(study: "gpts-are-gpts", rater: "human", measure: "beta",
            weight: EQUAL) {{ value tasks published {{ score }} publishedMissing
            isStudyMethod rank {{ position }} inputs {{ taskId }}
            excluded {{ taskId reason }} }} }} }}"""
        one = (await ask(service, document))["workActivity"]["exposure"]
        below = pl.col("DWA ID").str.starts_with(f"{element}.") | (
            pl.col("DWA ID") == element
        )
        tasks = links.filter(below).select("Task ID").unique()
        rated = tasks.join(labels, on="Task ID")
        scores = rated["human_exposure_agg"].replace_strict(
            ["E0", "E1", "E2"], [0.0, 1.0, 0.5], return_dtype=pl.Float64
        )
        assert one["inputs"]
        assert abs(one["value"] - scores.mean()) <= EQUAL
        assert len(one["inputs"]) == rated.height
        assert len(one["excluded"]) == tasks.height - rated.height
        assert (one["published"], one["tasks"], one["rank"]) == (None, None, None)
        assert one["publishedMissing"] == "NOT_OF_ACTIVITIES"
