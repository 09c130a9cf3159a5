"""Joins as clients see them: reports, rows, reasons, crosswalks and filters."""

from pathlib import Path
from typing import Any

import pytest

from workatlas.loaders.join import unjoined
from workatlas.resolvers import Service
from workatlas.schema.study_enums import BASIS_OF_EDGE
from workatlas.stores import Subgraph

from .answers import ask, errors, serve, serve_sample
from .studied import studied


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> list[Subgraph]:
    """Make a release that every kind of study is joined to, over a crosswalk too."""
    return studied(tmp_path_factory.mktemp("studied"))


@pytest.fixture(scope="module")
def service(world: list[Subgraph], tmp_path_factory: pytest.TempPathFactory) -> Service:
    """Serve it."""
    return serve(tmp_path_factory.mktemp("served"), *world)


REPORT = """{ studies { id joinReport {
  release rows matched unmatched
  counts { fileName reason rows matched rowConnection(first: 100) {
    totalCount nodes {
      rated taskId code elementId statement title suppressed
      provenance { file { name } line source { id } }
      ratings { rater measure label score columnName }
      tasks { taskId } occupations { code } workActivities { elementId }
      crosswalk { fromCode fromTitle toCode toTitle
        provenance { line file { name } source { id } } } } } } } } }"""


async def test_every_row_is_counted_and_listed_once(
    service: Service, world: list[Subgraph]
) -> None:
    """Matched and unmatched rows add up to the files, and each is in one list."""
    data = await ask(service, REPORT)
    graphs = {graph.id: graph for graph in world}
    for study in data["studies"]:
        report, graph = study["joinReport"], graphs[study["id"]]
        subjects = graph.nodes["RatedSubject"]
        assert report["release"] == "onet-29.2"
        assert report["rows"] == subjects.height
        assert report["matched"] + report["unmatched"] == report["rows"]
        listed: list[tuple[str, int]] = []
        for count in report["counts"]:
            rows = count["rowConnection"]
            if count["matched"] is None:
                assert rows == {"totalCount": 0, "nodes": []}
                continue
            assert rows["totalCount"] == len(rows["nodes"]) == count["rows"]
            for row in rows["nodes"]:
                place = row["provenance"]
                assert place["source"] == {"id": study["id"]}
                assert place["file"]["name"] == count["fileName"]
                listed.append((count["fileName"], place["line"]))
                found = row["tasks"] or row["occupations"] or row["workActivities"]
                assert bool(found) is count["matched"]
        known = subjects.select("file", "line").rows()
        assert sorted(listed) == sorted(known)


async def test_a_row_says_what_it_holds_and_what_led_from_it(service: Service) -> None:
    """Ratings by column; of a row that came over a crosswalk, the very lines."""
    data = await ask(service, REPORT)
    rows = {
        study["id"]: {
            (count["reason"], row["code"]): row
            for count in study["joinReport"]["counts"]
            for row in count["rowConnection"]["nodes"]
        }
        for study in data["studies"]
    }
    split = rows["aioe"]["CROSSWALK_SPLIT", "88-1011"]
    assert len(split["crosswalk"]) == len(split["occupations"]) == 2
    line = split["crosswalk"][0]
    assert (line["fromCode"], line["provenance"]["source"]["id"]) == (
        "88-1011.00",
        "onet-soc-2010-to-2019",
    )
    assert line["toCode"] == split["occupations"][0]["code"]
    assert [(r["measure"], r["columnName"]) for r in split["ratings"]] == [
        ("aioe", "AIOE")
    ]
    assert split["rated"] == "SOC_OCCUPATION"


async def test_what_is_rated_says_how_it_was_joined(
    service: Service, world: list[Subgraph]
) -> None:
    """Every basis of the graph is told with the kind, the code and the title rated."""
    document = """{ release {
      occupations { exposureRatings { basis rated ratedCode ratedTitle }
        exposureMissing { study { id } reason measures } sources { id }
        tasks { exposureRatings { basis rated ratedStatement }
          exposureMissing { study { id } reason measures } } } } }"""
    data = await ask(service, document)
    occupations = data["release"]["occupations"]
    tasks = [task for each in occupations for task in each["tasks"]]
    told = {
        rating["basis"]
        for each in (*occupations, *tasks)
        for rating in each["exposureRatings"]
    }
    joined = {kind.name for kind, table in world[0].edges.items() if table.height}
    of_nodes = {
        basis.value
        for edge, basis in BASIS_OF_EDGE.items()
        if edge in joined and "ACTIVITY" not in edge
    }
    assert told == of_nodes
    over = [o for o in occupations if _is_crossed(o)]
    assert over
    for each in occupations:
        ids = [source["id"] for source in each["sources"]]
        assert ("onet-soc-2010-to-2019" in ids) is (each in over)
        assert "onet-activities-30-3" not in ids  # no occupation came over it
    reasons = {
        missing["reason"]
        for each in (*occupations, *tasks)
        for missing in each["exposureMissing"]
    }
    assert {"SUPPRESSED", "AGGREGATED_OCCUPATION"} <= reasons


def _is_crossed(occupation: dict[str, Any]) -> bool:
    bases = {rating["basis"] for rating in occupation["exposureRatings"]}
    return any(basis.startswith("CROSSWALK") for basis in bases)


async def test_activities_have_ratings_sources_and_reasons(service: Service) -> None:
    """A rated activity names the study; one that is not says why."""
    document = """{ release { occupations { tasks { workActivities { parent {
      elementId exposureRatings { basis rated score }
      exposureMissing { reason } sources { id }
      citations(accessed: "2026-01-02") { text } } } } } } }"""
    data = await ask(service, document)
    found = {
        activity["parent"]["elementId"]: activity["parent"]
        for each in data["release"]["occupations"]
        for task in each["tasks"]
        for activity in task["workActivities"]
    }
    rated = [each for each in found.values() if each["exposureRatings"]]
    assert rated
    for each in found.values():
        ids = [source["id"] for source in each["sources"]]
        has = bool(each["exposureRatings"])
        assert ("working-with-ai" in ids) is has
        assert bool(each["exposureMissing"]) is not has
    assert {r["rated"] for each in rated for r in each["exposureRatings"]} == {
        "ACTIVITY"
    }


FILTERED = """query ($tasks: UnratedFilter, $codes: UnratedFilter) {
  taskConnection(first: 100, filter: { exposureMissing: $tasks }) {
    totalCount nodes { exposureMissing { study { id } reason measures } } }
  occupationConnection(first: 100, filter: { exposureMissing: $codes }) {
    totalCount nodes { exposureMissing { study { id } reason } } } }"""


@pytest.mark.parametrize(
    ("tasks", "codes"),
    [
        (
            {"study": "economic-index", "reason": "SUPPRESSED"},
            {"study": "working-with-ai", "reason": "AGGREGATED_OCCUPATION"},
        ),
        ({"reason": "SUPPRESSED"}, {"reason": "AGGREGATED_OCCUPATION"}),
        ({"study": "economic-index"}, {"study": "aioe"}),
    ],
)
async def test_lists_are_filtered_by_what_is_missing(
    service: Service, tasks: dict[str, str], codes: dict[str, str]
) -> None:
    """By study, by reason and by both; of a study alone, what it says nothing of."""
    data = await ask(service, FILTERED, tasks=tasks, codes=codes)
    every = await ask(service, FILTERED)
    for name, wanted in (("taskConnection", tasks), ("occupationConnection", codes)):
        expected = [
            node
            for node in every[name]["nodes"]
            if any(_passes(m, wanted) for m in node["exposureMissing"])
        ]
        assert data[name]["nodes"] == expected
        assert data[name]["totalCount"] == len(expected) > 0


def _passes(missing: dict[str, Any], wanted: dict[str, str]) -> bool:
    if "reason" not in wanted and missing.get("measures"):
        return False
    study = wanted.get("study", missing["study"]["id"])
    reason = wanted.get("reason", missing["reason"])
    return (missing["study"]["id"], missing["reason"]) == (study, reason)


async def test_a_filter_that_says_nothing_is_refused(service: Service) -> None:
    """Neither a study nor a reason is no question."""
    answer = await service.answer(FILTERED, {"tasks": {}})
    assert errors(answer) == [(["taskConnection"], "USAGE")]


async def test_crosswalks_are_nodes_with_sources(service: Service) -> None:
    """Crosswalks are listed, found by name, cited, and named by their release."""
    document = """{ crosswalks { ...C } ids: node(id: "onet-activities-30-3") { ...C }
      codes: node(id: "onet-soc-2010-to-2019") { ...C }
      release { taxonomy crosswalks { id } } studies { id taxonomy } }
      fragment C on Crosswalk { id title fromTaxonomy toTaxonomy sources { id }
        source { id licence { name stated } } files { name contents } }"""
    data = await ask(service, document)
    both = [data["ids"], data["codes"]]
    assert data["crosswalks"] == both[::-1]
    for node in both:
        assert node["source"]["licence"]["stated"] is True
        assert node["sources"] == [{"id": node["id"]}]
        assert [f["contents"] for f in node["files"]] == ["CROSSWALK"]
    assert data["release"] == {
        "taxonomy": "SOC 2018",
        "crosswalks": [{"id": node["id"]} for node in both],
    }
    taxonomies = {study["id"]: study["taxonomy"] for study in data["studies"]}
    assert taxonomies["aioe"] == "SOC 2010"


async def test_a_report_is_of_one_release(service: Service) -> None:
    """Of the release over which a study was reached, or of any by the study's name."""
    document = """{ release { studies { id joinReport(release: "latest") { release } } }
      study(id: "aioe") { joinReport(release: "onet-29.2") { release rows } } }"""
    answer = await service.answer(document)
    assert {code for _, code in errors(answer)} == {"NOT_FOUND"}
    plain = document.replace('(release: "latest")', "")
    data = await ask(service, plain)
    reports = {r["joinReport"]["release"] for r in data["release"]["studies"]}
    assert reports == {"onet-29.2"}
    assert data["study"]["joinReport"]["rows"] > 0
    unknown = '{ study(id: "aioe") { joinReport(release: "onet-1.0") { rows } } }'
    assert errors(await service.answer(unknown)) == [
        (["study", "joinReport"], "NOT_FOUND")
    ]


async def test_a_study_that_is_not_joined_has_no_report(
    world: list[Subgraph], tmp_path: Path
) -> None:
    """A release that the study was not joined to is an error, not an empty report."""
    release, *others = world
    lonely = serve(tmp_path, unjoined(release), *others)
    document = '{ study(id: "aioe") { joinReport { rows } } }'
    answer = await lonely.answer(document)
    assert errors(answer) == [(["study", "joinReport"], "NOT_FOUND")]


async def test_the_sample_has_several_studies(sample_graph: Path) -> None:
    """A newcomer sees ratings of tasks, occupations and activities at once."""
    service = serve_sample(sample_graph)
    document = """{ studies { id measures { id rates unit order } } }"""
    data = await ask(service, document)
    rates = {
        kind
        for study in data["studies"]
        for measure in study["measures"]
        for kind in measure["rates"]
    }
    assert rates == {"TASK", "STATEMENT", "OCCUPATION", "SOC_OCCUPATION", "ACTIVITY"}
