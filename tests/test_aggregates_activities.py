"""Aggregates of activities that a study weighs, as an invented one does."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from workatlas.cypher import EdgeKind
from workatlas.loaders.join import join_all
from workatlas.resolvers import Service
from workatlas.schema.aggregate_enums import (
    InputExcluded,
    InputWeight,
    MissingRule,
)
from workatlas.schema.aggregate_figures import (
    AggregateFigures,
    Aggregation,
    StudySaid,
)
from workatlas.schema.aggregate_rows import (
    InputRatingRow,
    InputWeightRow,
    StudyInputRow,
    StudySaidRow,
)
from workatlas.schema.candidates import weighed_candidates
from workatlas.schema.scores import Names
from workatlas.schema.series import Series

from .answers import ask, serve, serve_sample
from .mini import release
from .mini_studies import working
from .weighed import EQUAL, OF_ACTIVITIES, SIDES, STUDY


@pytest.fixture(scope="module")
def service(sample_graph: Path) -> Service:
    """Serve the sample, which has an invented study of the same form."""
    return serve_sample(sample_graph)


async def all_of(service: Service, fields: str, asked: str) -> list[Mapping[str, Any]]:
    """Give some fields of the aggregate of every occupation of the sample."""
    document = f"""{{ release {{ occupations {{ code
      exposure({asked}) {{ {fields} }} }} }} }}"""
    found: list[Mapping[str, Any]]
    found = (await ask(service, document))["release"]["occupations"]
    return found


def named(rater: str, measure: str) -> str:
    """Name a series of the study."""
    return f'study: "{STUDY}", rater: "{rater}", measure: "{measure}"'


@pytest.mark.parametrize("measure", list(OF_ACTIVITIES))
@pytest.mark.parametrize("rater", [*SIDES, "both"])
async def test_the_inputs_are_activities(
    service: Service, rater: str, measure: str
) -> None:
    """Activities with published weights make the study's own figure, each with places.

    What is of both sides is the mean of the two; only applicability is published so.
    """
    fields = """value difference weight tasks isStudyMethod formula publishedMissing
      formulaSource { id } published { score } coverage { used of }
      inputs { taskId elementId statement score isBlank weight share basis
        task { taskId } activity { title elementId }
        provenance { rater column line method } weightProvenance {
          line column file { name } } } """
    asked = f"{named(rater, measure)}, missing: AS_STUDY"
    found = [o["exposure"] for o in await all_of(service, fields, asked)]
    used = [one for one in found if one["inputs"]]
    assert len(used) > 5
    for one in used:
        if rater != "both" or measure == "applicability":
            assert abs(one["difference"]) <= EQUAL
        else:
            assert one["publishedMissing"] == "NOT_PUBLISHED"
        assert (one["weight"], one["tasks"]) == ("PUBLISHED", None)
        assert (one["isStudyMethod"], one["formulaSource"]) == (True, {"id": STUDY})
        assert f"x = {measure} of each activity" in one["formula"]
        elements = [each["elementId"] for each in one["inputs"]]
        assert elements == sorted(elements)
        for each in one["inputs"]:
            _check_input(each, rater, measure)
    derived = rater == "both" or measure == "coverage"
    methods = {p["method"] for o in used for i in o["inputs"] for p in i["provenance"]}
    assert (methods != {None}) == derived


def _check_input(each: Mapping[str, Any], rater: str, measure: str) -> None:
    assert (each["taskId"], each["task"]) == (None, None)
    raters = [place["rater"] for place in each["provenance"]]
    of = SIDES if rater == "both" else (rater,)
    assert raters == ([] if each["isBlank"] else [*of])
    assert not each["isBlank"] or each["score"] == 0
    (place,) = each["weightProvenance"]
    assert place["column"] == each["elementId"]
    assert place["file"] == {"name": "soc_iwa_weights.csv"}
    if each["basis"] is None:
        assert each["activity"] is None
    else:
        assert each["activity"]["title"]
    if measure == "coverage" and rater != "both":
        assert each["score"] in (0.0, 1.0)


async def test_what_is_left_out_and_other_weights(service: Service) -> None:
    """Blanks are left out unless asked otherwise; activities can only weigh alike."""
    series = named("ai", "completion")
    fields = """value difference isStudyMethod excluded { elementId reason }
      otherWeights { weight value }"""
    plain = [o["exposure"] for o in await all_of(service, fields, series)]
    blank = [one for one in plain if one["excluded"]]
    for one in plain:
        assert {e["reason"] for e in one["excluded"]} <= {"NO_SUCH_RATING"}
        assert one["isStudyMethod"] == (not one["excluded"])
        assert [o["weight"] for o in one["otherWeights"]] in ([], ["EQUAL"])
    assert blank
    assert any(one["difference"] for one in blank)
    core = await all_of(
        service, "missing excluded { reason }", f"{series}, weight: CORE"
    )
    for one in core:
        assert one["exposure"]["missing"] == "NO_INPUTS"
        reasons = {e["reason"] for e in one["exposure"]["excluded"]}
        assert reasons <= {"OTHER_WEIGHT", "NO_SUCH_RATING"}


@pytest.mark.parametrize("rule", ["EXCLUDE", "AS_STUDY", "REFUSE"])
@pytest.mark.parametrize("rater", ["ai", "both"])
async def test_they_are_ranked_among_each_other(
    service: Service, rater: str, rule: str
) -> None:
    """The place of each is that of sorting all that are made in the same way."""
    asked = f"{named(rater, 'completion')}, missing: {rule}"
    found = await all_of(service, "value rank { position of tied }", asked)
    values = [o["exposure"]["value"] for o in found]
    known = [value for value in values if value is not None]
    assert known
    for one in found:
        value, rank = one["exposure"]["value"], one["exposure"]["rank"]
        if value is None:
            assert rank is None
            continue
        assert rank == {
            "position": 1 + sum(other > value for other in known),
            "of": len(known),
            "tied": known.count(value) - 1,
        }


@pytest.mark.parametrize(
    ("study", "missing"),
    [
        ("aioe", "ABILITIES_NOT_LOADED"),
        ("economic-index", "SHARED_STATEMENTS"),
    ],
)
async def test_what_cannot_be_recomputed_says_why(
    service: Service, study: str, missing: str
) -> None:
    """Figures made of abilities, or of statements of many tasks, give the reason."""
    names = await ask(
        service,
        f'{{ study(id: "{study}") {{ raters {{ id }} measures {{ id }} }} }}',
    )
    for rating in names["study"]["raters"]:
        for of in names["study"]["measures"]:
            asked = f'study: "{study}", rater: "{rating["id"]}", measure: "{of["id"]}"'
            for one in await all_of(service, "value missing inputs { score }", asked):
                assert one["exposure"] == {
                    "value": None,
                    "missing": missing,
                    "inputs": [],
                }


async def test_several_codes_are_not_merged(tmp_path: Path) -> None:
    """Where several codes of a study became one occupation, no weights are mixed."""
    labels = working(
        tmp_path / "in", {"4.A.1.a.1.I01": "Folding"}, ["11-1011", "12-1011"]
    )
    joined = join_all(release(), [labels])
    kind = EdgeKind("RatedSubject", "MERGED_IN_OCCUPATION", "Occupation")
    whole = pl.col("kind") == "SOC_OCCUPATION"
    rows = labels.nodes["RatedSubject"].filter(whole).select(start="key")
    both = rows.with_columns(end=pl.lit("occupation/11-1.00"))
    kept = {k: v for k, v in joined.edges.items() if not k.name.startswith("HOLDS")}
    joined = replace(joined, edges={**kept, kind: both})
    service = serve(tmp_path / "graph", joined, labels)
    document = f"""{{ occupation(code: "11-1.00") {{
      exposure({named("user", "applicability")}) {{
        value missing rank {{ of }} publishedMissing inputs {{ score }} }} }} }}"""
    one = (await ask(service, document))["occupation"]["exposure"]
    assert one == {
        "value": None,
        "missing": "SEVERAL_OCCUPATIONS",
        "rank": None,
        "publishedMissing": "SEVERAL",
        "inputs": [],
    }
    figures = AggregateFigures(
        StudyInputRow(f"k{n}", None, None, None, [], [], [["11-1.00", 4]], [["A.1", 1]])
        for n in range(2)
    )
    said = StudySaid([StudySaidRow("user", "applicability", None, 0.5, [], ["A.1"])])
    names = Names("user", "applicability")
    asked = Aggregation(names, InputWeight.PUBLISHED, None, MissingRule.EXCLUDE)
    assert figures.of(asked, said) == {}


def test_several_rows_about_one_input_are_not_merged() -> None:
    """Where several rows of a study rate an input, none is chosen, and it is told."""
    weight = InputWeightRow(STUDY, "k", "11-1", "A.1", "Fold", 1.0, "A.1", "w.csv", 2)
    said = [
        InputRatingRow(STUDY, "k", "user", "completion", None, 0.5, "c", "m.csv", line)
        for line in (3, 4)
    ]
    series = Series(STUDY, "user", "completion")
    (found,) = weighed_candidates(series, [weight], said, ())
    assert found.rated.unrated is InputExcluded.SEVERAL_RATINGS
    assert found.rated.score is None
    (found,) = weighed_candidates(series, [weight], said[:1] * 2, ())
    assert found.rated.score == 0.5
