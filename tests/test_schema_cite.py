"""What to cite for nodes: exactly the works that they rest on, each once."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import polars as pl
import pytest

from workatlas.loaders.join import join_all
from workatlas.resolvers import Service
from workatlas.stores import Subgraph, open_reader

from .answers import ask, errors, serve, serve_sample
from .mini import SHARED, release
from .mini_labels import occupation, read_labels, task

STUDY = "gpts-are-gpts"
BOTH = ["onet-1.0", STUDY]
CITE = """query ($nodes: [ID!]!, $style: CitationStyle! = APA, $accessed: Date) {
  cite(nodes: $nodes, style: $style, accessed: $accessed) { style accessed text
    sources { id requiredAttribution licence { name url stated } } } }"""
OF_NODE = "query ($id: ID!) { node(id: $id) { sources { id title } } }"
OF_CITE = "query ($id: ID!) { cite(nodes: [$id]) { sources { id title } } }"


def studied(folder: Path) -> list[Subgraph]:
    """Give two releases and a study that rates a part of the newer one."""
    rows = [task(1), task(2)], [occupation("11-1.00")]
    study = read_labels(folder / "labels", *rows)
    older = release("0.9", published="2024-11")
    return [join_all(release(), [study]), older, study]


def unlicensed(graph: Subgraph) -> Subgraph:
    """Have the study of a graph without a licence."""
    blank = [pl.lit("").alias(name) for name in ("licenceTitle", "licenceUrl")]
    studies = graph.nodes["Study"].with_columns(blank)
    return replace(graph, nodes={**graph.nodes, "Study": studies})


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish them."""
    folder = tmp_path_factory.mktemp("studied")
    serve(folder / "graph", *studied(folder))
    return folder / "graph"


@pytest.fixture
def service(graph: Path) -> Service:
    """Serve them, as if nobody had before."""
    return Service(open_reader(str(graph)))


@pytest.fixture
def sample(sample_graph: Path) -> Service:
    """Serve the sample with its labels."""
    return serve_sample(sample_graph)


def sourced(value: Any) -> Iterator[tuple[str, list[Any]]]:
    """Give identifier and works of every node in an answer, however deep."""
    if isinstance(value, list):
        for each in cast("list[Any]", value):
            yield from sourced(each)
    if isinstance(value, dict):
        node = cast("dict[str, Any]", value)
        if "sources" in node:
            yield node["id"], node["sources"]
        for each in node.values():
            yield from sourced(each)


async def works(service: Service, *nodes: str, **more: Any) -> list[str]:
    """Give the works to cite for nodes."""
    cited = (await ask(service, CITE, nodes=nodes, **more))["cite"]
    return [work["id"] for work in cited["sources"]]


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ("onet-1.0/task/1", BOTH),
        ("onet-1.0/task/5", ["onet-1.0"]),
        ("onet-0.9/task/1", ["onet-0.9"]),
        ("onet-1.0/occupation/11-1.00", BOTH),
        ("onet-1.0/occupation/12-1.00", ["onet-1.0"]),
        ("onet-1.0/activity/A.1", ["onet-1.0"]),
        (f"onet-1.0/{SHARED}", ["onet-1.0"]),
        ("onet-1.0", ["onet-1.0"]),
        ("onet-1.0/release", ["onet-1.0"]),
        (STUDY, [STUDY]),
        (f"onet-1.0/study/{STUDY}", [STUDY]),
    ],
)
async def test_a_node_of_any_kind(
    service: Service, node: str, expected: list[str]
) -> None:
    """A node rests on its release and on the studies that rate it, and on no other."""
    assert await works(service, node) == expected
    (own, cited) = [await ask(service, query, id=node) for query in (OF_NODE, OF_CITE)]
    assert own["node"] == cited["cite"]


async def test_works_come_once_and_in_order(service: Service) -> None:
    """Releases come before studies, each once, however often nodes name them."""
    nodes = [STUDY, "onet-1.0/task/2", "onet-0.9/task/2", "onet-1.0/task/1"]
    expected = ["onet-0.9", *BOTH]
    assert await works(service, *nodes, *nodes) == expected
    assert await works(service, *reversed(nodes)) == expected
    assert await works(service) == []


async def test_every_node_of_a_release_has_what_is_cited(sample: Service) -> None:
    """Over the sample, `sources` of each node and `cite` of it never differ."""
    document = """{ release { id sources { id } studies { id sources { id } }
      occupations { id sources { id } tasks { id sources { id }
        sharedStatement { id sources { id } }
        workActivities { id sources { id } parent { id sources { id } } } } } } }"""
    found = dict(sourced(await ask(sample, document)))
    assert {1, 2} <= {len(works) for works in found.values()}
    names = list(found)
    kinds = {name.split("/")[1] for name in names if "/" in name}
    assert kinds == {"occupation", "task", "statement", "activity"}
    chosen = names[:: len(names) // 40]
    fields = " ".join(
        f'n{place}: cite(nodes: ["{name}"]) {{ sources {{ id }} }}'
        for place, name in enumerate(chosen)
    )
    cited = await ask(sample, f"{{ {fields} }}")
    assert [each["sources"] for each in cited.values()] == [found[n] for n in chosen]


async def test_licence_and_credit(service: Service) -> None:
    """Each work has its licence, where it can be read, and the sentence it requires."""
    cited = (await ask(service, CITE, nodes=["onet-1.0/task/1"]))["cite"]
    assert cited["sources"][0] == {
        "id": "onet-1.0",
        "requiredAttribution": "From the paper database.",
        "licence": {
            "name": "CC BY 4.0",
            "url": "https://example.org/by",
            "stated": True,
        },
    }
    assert cited["style"] == "APA"
    first = cited["text"].splitlines()[0]
    assert first.startswith("Paper Office. (2025). Paper database 1.0")


async def test_the_day_is_the_one_that_was_given(service: Service) -> None:
    """A citation names the day that is told, and without one none: no clock is read."""
    told = {"nodes": ["onet-1.0"], "accessed": "2026-06-07"}
    dated = (await ask(service, CITE, **told))["cite"]
    assert dated["accessed"] == "2026-06-07"
    assert "Retrieved June 7, 2026, from https://example.org/" in dated["text"]
    plain = (await ask(service, CITE, nodes=["onet-1.0"]))["cite"]
    assert plain["accessed"] is None
    assert "Retrieved" not in plain["text"]


async def test_a_work_without_a_licence(tmp_path: Path) -> None:
    """Where a publisher states no licence, nothing is made up, and it is said."""
    joined, _, study = studied(tmp_path)
    service = serve(tmp_path / "graph", unlicensed(joined), unlicensed(study))
    for node in (STUDY, "onet-1.0/task/1"):
        cited = (await ask(service, CITE, nodes=[node], style="TEXT"))["cite"]
        licence = cited["sources"][-1]["licence"]
        assert licence == {"name": None, "url": None, "stated": False}
        assert "(data set, no licence stated)" in cited["text"]


@pytest.mark.parametrize(
    "node",
    ["onet-1.0/task/99", "onet-9.9", "", f"{STUDY}/task/1", "onet-1.0/dataset/onet"],
)
async def test_what_is_not_there_is_not_cited(service: Service, node: str) -> None:
    """One unknown node is an error at the field's path: no list is shown as whole."""
    answer = await service.answer(CITE, {"nodes": ["onet-1.0/task/1", node]})
    assert errors(answer) == [(["cite"], "NOT_FOUND")]
    body = answer.as_dict()
    assert body["data"] == {"cite": None}
    (error,) = body["errors"]
    assert "is not in the graph." in error["message"]
    assert (node.split("/", maxsplit=1)[0] or "''") in error["message"]
    assert error["extensions"]["todo"]


async def test_there_may_be_a_hundred(service: Service) -> None:
    """More identifiers than that are refused, before any is looked for."""
    assert await works(service, *["onet-1.0/task/1"] * 100) == BOTH
    answer = await service.answer(CITE, {"nodes": ["nowhere"] * 101})
    assert errors(answer) == [(["cite"], "USAGE")]
    (error,) = answer.as_dict()["errors"]
    assert "101" in error["message"]
    assert "extensions.sources" in error["extensions"]["todo"]


async def test_it_is_planned(service: Service) -> None:
    """The plan answers, with the bytes of the reference, in a few statements."""
    for nodes in (["onet-1.0/task/1", "onet-0.9/occupation/11-1.00"], ["x"], []):
        answer = await service.answer(CITE, {"nodes": nodes})
        assert answer.executor == "plan"
        assert answer.body == (await service.reference(CITE, {"nodes": nodes})).body
    many = [f"onet-1.0/task/{number}" for number in (1, 2, 3, 4, 5)]
    counts = [
        len((await service.answer(CITE, {"nodes": nodes})).statements)
        for nodes in (many[:1], many)
    ]
    assert counts[0] == counts[1] <= 3


async def test_what_an_answer_was_made_of_can_be_cited(service: Service) -> None:
    """The names in `extensions.sources` of an answer are nodes that can be cited."""
    document = "{ task(taskId: 1) { exposureRatings { label } } }"
    used = (await service.answer(document)).as_dict()["extensions"]["sources"]
    names = [each["id"] for each in used]
    assert sorted(await works(service, *names)) == sorted(names) == sorted(BOTH)
