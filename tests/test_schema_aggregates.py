"""Aggregates over small graphs: what is used, what is left out, and why."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from workatlas.cypher import EdgeKind
from workatlas.loaders.gpts_are_gpts import read_gpts_are_gpts
from workatlas.loaders.join import join_all
from workatlas.resolvers import Service
from workatlas.stores import Subgraph

from .answers import ask, errors, serve, serve_sample
from .mini import release
from .mini_labels import occupation, open_folder, read_labels, task, write_labels

BETA = 'study: "gpts-are-gpts", rater: "human", measure: "beta"'
SMALL = "11-1.00"


def study(folder: Path, **facts: str | None) -> Subgraph:
    """Make labels: of tasks 1 to 3, the last without one of people, and a gone one."""
    graph = read_labels(
        folder / "in",
        [
            task(1, **{"Task Type": "Core"}),
            task(2, Task="Fold paper another way.", human_exposure_agg="E2",
                 human_labels="E2"),
            task(3, human_exposure_agg="", human_labels=""),
            task(77, human_exposure_agg="E0", human_labels="E0"),
        ],
        [occupation(SMALL, human_rating_beta="0.625")],
    )  # fmt: skip
    named = [pl.lit(value, pl.String).alias(name) for name, value in facts.items()]
    studies = graph.nodes["Study"].with_columns(named)
    return replace(graph, nodes={**graph.nodes, "Study": studies})


def serve_joined(folder: Path, coverage: str = "WHOLE", **facts: str | None) -> Service:
    """Serve the small release with labels."""
    labels = study(folder, **facts)
    joined = join_all(release(coverage=coverage), [labels])
    return serve(folder / "graph", joined, labels)


async def exposure(
    service: Service, fields: str, asked: str = BETA, code: str = SMALL
) -> Mapping[str, Any]:
    """Give some fields of the aggregate of an occupation."""
    document = f"""{{ occupation(code: "{code}") {{
      exposure({asked}) {{ {fields} }} }} }}"""
    found: Mapping[str, Any] = (await ask(service, document))["occupation"]["exposure"]
    return found


async def test_as_studied(tmp_path: Path) -> None:
    """The study's tasks and types: one is reworded, one has no label, one is gone."""
    found = await exposure(
        serve_joined(tmp_path),
        """value missing weight tasks missingRule isStudyMethod formula
        formulaSource { id } study { id } rater { id } measure { id }
        published { score basis } publishedMissing difference
        coverage { used of share weightShare loaded }
        inputs { taskId statement score weight share basis task { taskId }
          provenance { line method file { name } }
          weightProvenance { line column file { name } } }
        excluded { taskId statement reason basis task { taskId } }""",
    )
    # 2 * 1.0 + 1 * 0.5 + 1 * 0.0, of the weights 2, 1 and 1.
    assert (found["value"], found["missing"]) == (0.625, None)
    assert found["published"] == {"score": 0.625, "basis": "SAME_CODE"}
    assert (found["difference"], found["publishedMissing"]) == (0.0, None)
    assert (found["weight"], found["tasks"]) == ("CORE", "AS_STUDIED")
    assert (found["missingRule"], found["isStudyMethod"]) == ("EXCLUDE", True)
    assert found["formula"] == (
        "sum(w * x) / sum(w); x = beta of each task (beta = [E1] + 0.5 [E2]), "
        "w = 2 for a core task, 1 for any other"
    )
    assert found["formulaSource"] == {"id": "gpts-are-gpts"}
    assert found["study"] == {"id": "gpts-are-gpts"}
    assert (found["rater"], found["measure"]) == ({"id": "human"}, {"id": "beta"})
    assert found["coverage"] == {
        "used": 3,
        "of": 4,
        "share": 0.75,
        "weightShare": 0.8,
        "loaded": "WHOLE",
    }
    inputs = found["inputs"]
    assert [each["taskId"] for each in inputs] == [1, 2, 77]
    assert [each["score"] for each in inputs] == [1.0, 0.5, 0.0]
    assert [each["weight"] for each in inputs] == [2.0, 1.0, 1.0]
    assert [each["share"] for each in inputs] == [0.5, 0.25, 0.25]
    assert [each["basis"] for each in inputs] == [
        "SAME_ID_SAME_WORDING",
        "SAME_ID_REWORDED",
        None,
    ]
    assert [each["task"] for each in inputs] == [{"taskId": 1}, {"taskId": 2}, None]
    assert inputs[1]["statement"] == "Fold paper another way."
    for place, each in zip((2, 3, 5), inputs, strict=True):
        assert each["provenance"] == [
            {
                "line": place,
                "method": "beta = [E1] + 0.5 [E2]",
                "file": {"name": "full_labelset.tsv"},
            }
        ]
        assert each["weightProvenance"] == [
            {
                "line": place,
                "column": "Task Type",
                "file": {"name": "full_labelset.tsv"},
            }
        ]
    assert found["excluded"] == [
        {
            "taskId": 3,
            "statement": "Fold paper 3 times.",
            "reason": "NO_SUCH_RATING",
            "basis": "SAME_ID_SAME_WORDING",
            "task": {"taskId": 3},
        }
    ]


async def test_as_in_release(tmp_path: Path) -> None:
    """The release's tasks and types, weighed by its ratings; each reason is told."""
    found = await exposure(
        serve_joined(tmp_path),
        """value weight isStudyMethod formulaSource { id } difference
        inputs { taskId weight basis
          weightProvenance { line column rater file { name } } }
        excluded { taskId reason statement basis }""",
        f"{BETA}, tasks: AS_IN_RELEASE, weight: IMPORTANCE",
    )
    assert found["value"] == (4 * 1.0 + 4 * 0.5) / 8
    assert (found["isStudyMethod"], found["formulaSource"]) == (False, None)
    assert found["difference"] == 0.125
    assert [(e["taskId"], e["weight"]) for e in found["inputs"]] == [(1, 4.0), (2, 4.0)]
    assert found["inputs"][1]["weightProvenance"] == [
        {
            "line": 6,
            "column": "Data Value",
            "rater": "Occupational Expert",
            "file": {"name": "ratings.txt"},
        }
    ]
    assert [(e["taskId"], e["reason"], e["basis"]) for e in found["excluded"]] == [
        (3, "NO_SUCH_RATING", "SAME_ID_SAME_WORDING"),
        (4, "NOT_RATED_BY_STUDY", None),
    ]


async def test_weights_of_two_ratings(tmp_path: Path) -> None:
    """Importance times relevance stands in two rows; equal weights in none."""
    service = serve_joined(tmp_path)
    fields = "weight inputs { taskId weight weightProvenance { line file { name } } }"
    both = await exposure(service, fields, f"{BETA}, weight: IMPORTANCE_X_RELEVANCE")
    (one,) = both["inputs"]
    assert (one["taskId"], one["weight"]) == (1, 360.0)
    assert [each["line"] for each in one["weightProvenance"]] == [2, 3]
    equal = await exposure(service, fields, f"{BETA}, weight: EQUAL")
    assert [each["weightProvenance"] for each in equal["inputs"]] == [[], [], []]
    core = await exposure(
        service, fields, f"{BETA}, weight: CORE, tasks: AS_IN_RELEASE"
    )
    (source,) = core["inputs"][0]["weightProvenance"]
    assert source == {"line": 2, "file": {"name": "facts.txt"}}


async def test_under_other_weights(tmp_path: Path) -> None:
    """The value under each other weight stands beside it, with how far it moves."""
    found = await exposure(
        serve_joined(tmp_path),
        "value otherWeights { weight value missing difference coverage { used of } }",
    )
    others = {each.pop("weight"): each for each in found["otherWeights"]}
    assert others.keys() == {
        *("EQUAL", "IMPORTANCE", "RELEVANCE", "IMPORTANCE_X_RELEVANCE")
    }
    assert others["EQUAL"]["value"] == 0.5
    assert others["EQUAL"]["difference"] == -0.125
    assert others["IMPORTANCE"] == {
        "value": 0.75,
        "missing": None,
        "difference": 0.125,
        "coverage": {"used": 2, "of": 4},
    }
    assert others["RELEVANCE"]["value"] == 1.0


async def test_what_is_missing_is_refused(tmp_path: Path) -> None:
    """With REFUSE there is no value where an input lacks a score, but all the rest."""
    found = await exposure(
        serve_joined(tmp_path),
        "value missing difference inputs { share } rank { of } published { score }",
        f"{BETA}, missing: REFUSE",
    )
    assert (found["value"], found["missing"]) == (None, "INCOMPLETE")
    assert (found["difference"], found["rank"]) == (None, None)
    assert len(found["inputs"]) == 3
    assert found["published"] == {"score": 0.625}


async def test_why_there_is_no_value(tmp_path: Path) -> None:
    """Labels are no numbers, a release may lack ratings, a study may lack tasks."""
    service = serve_joined(tmp_path, "ABSENT")
    fields = "value missing publishedMissing coverage { share weightShare } rank { of }"
    label = BETA.replace("beta", "exposure")
    found = await exposure(service, f"{fields} excluded {{ reason }}", label)
    assert (found["value"], found["missing"]) == (None, "NO_INPUTS")
    assert found["publishedMissing"] == "NOT_PUBLISHED"
    assert found["coverage"] == {"share": 0.0, "weightShare": 0.0}
    assert [each["reason"] for each in found["excluded"]] == [
        *("LABEL_WITHOUT_SCORE", "LABEL_WITHOUT_SCORE", "NO_SUCH_RATING"),
        "LABEL_WITHOUT_SCORE",
    ]
    found = await exposure(service, fields, f"{BETA}, weight: RELEVANCE")
    assert (found["value"], found["missing"]) == (None, "RATINGS_ABSENT")
    assert found["coverage"]["weightShare"] is None
    found = await exposure(service, fields, code="12-1.00")
    assert (found["value"], found["missing"]) == (None, "NO_INPUTS")
    assert found["coverage"] == {"share": None, "weightShare": None}


@pytest.mark.parametrize(
    ("aggregation", "missing"),
    [
        ("ABILITIES", "ABILITIES_NOT_LOADED"),
        ("SHARED_STATEMENTS", "SHARED_STATEMENTS"),
    ],
)
async def test_what_must_not_be_computed(
    tmp_path: Path, aggregation: str, missing: str
) -> None:
    """A study whose figures cannot be made of its rows gives no aggregate, but why."""
    service = serve_joined(tmp_path, aggregation=aggregation)
    fields = "value missing weight inputs { score } otherWeights { value } rank { of }"
    found = await exposure(service, f"{fields} study {{ aggregation }}")
    assert (found["value"], found["missing"]) == (None, missing)
    assert (found["inputs"], found["otherWeights"], found["rank"]) == ([], [], None)
    assert found["study"] == {"aggregation": aggregation}
    document = (
        f'{{ workActivity(elementId: "A") {{ exposure({BETA}) {{ missing }} }} }}'
    )
    activity = (await ask(service, document))["workActivity"]
    assert activity == {"exposure": {"missing": missing}}


async def test_a_study_without_a_way(tmp_path: Path) -> None:
    """Of a study that makes no figures of occupations all tasks count the same."""
    service = serve_joined(tmp_path, aggregation=None)
    found = await exposure(service, "value weight isStudyMethod study { aggregation }")
    assert (found["weight"], found["isStudyMethod"]) == ("EQUAL", False)
    assert (found["value"], found["study"]) == (0.5, {"aggregation": None})


async def test_several_published_figures(tmp_path: Path) -> None:
    """Where several rows of a study stand for one occupation, none is chosen."""
    labels = read_labels(
        tmp_path / "in", [task(1)], [occupation(SMALL), occupation("13-1.00")]
    )
    joined = join_all(release(), [labels])
    kind = EdgeKind("RatedSubject", "IS_OCCUPATION", "Occupation")
    rows = labels.nodes["RatedSubject"].filter(pl.col("taskId").is_null())
    both = rows.select(start="key", end=pl.lit(f"occupation/{SMALL}"))
    joined = replace(joined, edges={**joined.edges, kind: both})
    service = serve(tmp_path / "graph", joined, labels)
    found = await exposure(service, "published { score } publishedMissing difference")
    assert found == {
        "published": None,
        "publishedMissing": "SEVERAL",
        "difference": None,
    }


async def test_activities(tmp_path: Path) -> None:
    """An activity has the tasks below it, each once, whatever their occupation."""
    service = serve_joined(tmp_path)
    fields = """value weight tasks publishedMissing isStudyMethod rank { of }
      inputs { taskId } excluded { taskId reason }"""
    document = f"""{{ workActivity(elementId: "A") {{ exposure({BETA}) {{ {fields} }}
      narrow: children {{ exposure({BETA}, missing: REFUSE) {{ missing }} }} }} }}"""
    found = (await ask(service, document))["workActivity"]
    one = found["exposure"]
    assert [each["taskId"] for each in one["inputs"]] == [1, 2]
    assert [(e["taskId"], e["reason"]) for e in one["excluded"]] == [
        (3, "NO_SUCH_RATING"),
        (5, "NOT_RATED_BY_STUDY"),
    ]
    assert (one["value"], one["weight"]) == (0.75, "CORE")
    assert (one["tasks"], one["rank"]) == (None, None)
    assert one["publishedMissing"] == "NOT_OF_ACTIVITIES"
    assert found["narrow"] == [{"exposure": {"missing": "INCOMPLETE"}}]


@pytest.mark.parametrize("name", ["study", "rater", "measure"])
async def test_unknown_names_are_errors(tmp_path: Path, name: str) -> None:
    """A name that the release's studies do not have is an error that lists those."""
    service = serve_joined(tmp_path)
    values = {"study": "gpts-are-gpts", "rater": "human", "measure": "beta"}
    asked = ", ".join(f'{k}: "{v}"' for k, v in {**values, name: "nope"}.items())
    document = (
        f"""{{ occupation(code: "{SMALL}") {{ exposure({asked}) {{ value }} }} }}"""
    )
    answer = await service.answer(document)
    assert errors(answer) == [(["occupation", "exposure"], "NOT_FOUND")]


async def test_parts_say_so(tmp_path: Path) -> None:
    """Of labels that were loaded in part nothing is said to be whole."""
    folder = write_labels(tmp_path / "in", [task(1)], [occupation(SMALL)])
    parts = ("full_labelset.tsv", "occ_level.csv")
    labels = read_gpts_are_gpts(open_folder(folder), parts)
    service = serve(tmp_path / "graph", join_all(release(), [labels]), labels)
    part = "in the part of the study's file"
    found = await exposure(
        service,
        """value coverage { used of loaded } rank { population coverage }
        excluded { taskId reason } publishedMissing
        published { rank { population coverage } }""",
        f"{BETA}, tasks: AS_IN_RELEASE",
    )
    assert found["coverage"] == {"used": 1, "of": 4, "loaded": "PART"}
    assert [each["reason"] for each in found["excluded"]] == ["FILE_PART"] * 3
    for rank in (found["rank"], found["published"]["rank"]):
        assert rank["coverage"] == "PART"
        assert part in rank["population"]
    other = BETA.replace("human", "gpt-4-alt-rubric")
    found = await exposure(service, "publishedMissing value", other)
    assert found == {"publishedMissing": "FILE_PART", "value": 0.0}
    strict = await exposure(service, "value missing", f"{BETA}, missing: REFUSE")
    assert strict == {"value": None, "missing": "INCOMPLETE"}


async def test_ranks_of_one_kind_agree(sample_graph: Path) -> None:
    """However an aggregate is made, it is among those that it is ranked among.

    Every weight, set of tasks and rule over the sample: places count down from all.
    """
    service = serve_sample(sample_graph)
    for tasks in ("AS_STUDIED", "AS_IN_RELEASE"):
        for weight in ("CORE", "EQUAL", "IMPORTANCE", "RELEVANCE"):
            for rule in ("EXCLUDE", "REFUSE"):
                asked = f"{BETA}, tasks: {tasks}, weight: {weight}, missing: {rule}"
                document = f"""{{ release {{ occupations {{ exposure({asked}) {{
                  value rank {{ position of tied }} }} }} }} }}"""
                data = await ask(service, document)
                found = [o["exposure"] for o in data["release"]["occupations"]]
                values = [e["value"] for e in found if e["value"] is not None]
                for one in found:
                    if one["value"] is None:
                        assert one["rank"] is None
                        continue
                    assert one["rank"] == {
                        "position": 1 + sum(v > one["value"] for v in values),
                        "of": len(values),
                        "tied": values.count(one["value"]) - 1,
                    }
                assert values or rule == "REFUSE"


async def test_a_task_has_no_rank_among_occupations(tmp_path: Path) -> None:
    """A rating of a task is not ranked: its figure is of another kind."""
    service = serve_joined(tmp_path)
    document = "{ task(taskId: 1) { exposureRatings { rank { of } } } }"
    data = await ask(service, document)
    assert [each["rank"] for each in data["task"]["exposureRatings"]]
    assert not any(each["rank"] for each in data["task"]["exposureRatings"])
