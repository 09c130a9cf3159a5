"""Walks: shortest paths and neighbourhoods are those of a plain search of the graph."""

import random
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from workatlas.cypher import EdgeKind
from workatlas.errors import StoreError
from workatlas.resolvers import Service
from workatlas.schema import paths
from workatlas.stores import open_reader

from .answers import ask, serve, serve_sample
from .mini import edges, release

ALL = """{ release { occupations { id
  tasks { id sharedStatement { id } workActivities { id parent { parent {
    id children { id children { id } } } } } } } } }"""
PATHS = """query ($from: ID!, $to: ID!, $first: Int! = 100) {
  path(from: $from, to: $to, first: $first) { length score method
    nodes { __typename id ... on WorkActivity { information }
      ... on SharedStatement { rarity: information } }
    links { source target kind } } }"""
AROUND = """query ($id: ID!, $depth: Int! = 1, $first: Int! = 100) {
  neighbourhood(id: $id, depth: $depth, first: $first) { truncated
    nodes { __typename id } links { source target kind } } }"""
Links = Mapping[str, Mapping[str, tuple[str, str, str]]]
"""For each node its neighbours, each with the link to it."""


async def links_of(service: Service) -> Links:
    """Put the whole release together from plain fields."""
    found: dict[str, dict[str, tuple[str, str, str]]] = {}

    def link(source: str, kind: str, target: str) -> None:
        found.setdefault(source, {})[target] = (source, kind, target)
        found.setdefault(target, {})[source] = (source, kind, target)

    for occupation in (await ask(service, ALL))["release"]["occupations"]:
        for task in occupation["tasks"]:
            link(occupation["id"], "HAS_TASK", task["id"])
            if task["sharedStatement"]:
                link(task["id"], "SAYS", task["sharedStatement"]["id"])
            for detailed in task["workActivities"]:
                link(task["id"], "INVOLVES", detailed["id"])
                widest = detailed["parent"]["parent"]
                for wider in widest["children"]:
                    link(wider["id"], "PART_OF", widest["id"])
                    for narrow in wider["children"]:
                        link(narrow["id"], "PART_OF", wider["id"])
    return found


def layers(links: Links, start: str) -> list[set[str]]:
    """Give the nodes by their distance from one of them."""
    found, seen = [{start}], {start}
    while True:
        farther = {other for node in found[-1] for other in links[node]} - seen
        if not farther:
            return found
        found.append(farther)
        seen |= farther


def shortest(links: Links, start: str, end: str) -> set[tuple[str, ...]]:
    """Give all shortest paths between two nodes, as their nodes."""
    depth = {node: n for n, some in enumerate(layers(links, start)) for node in some}
    found: set[tuple[str, ...]] = set()
    open_ends = [(end,)] if end in depth else []
    while open_ends:
        path = open_ends.pop()
        if path[0] == start:
            found.add(path)
        nearer = (n for n in links[path[0]] if depth[n] == depth[path[0]] - 1)
        open_ends += [(node, *path) for node in nearer]
    return found


def written(links: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    """Give links as the plain search has them."""
    return [(one["source"], one["kind"], one["target"]) for one in links]


async def errors_of(service: Service, document: str, **variables: Any) -> Any:
    """Give the errors of an answer."""
    return (await service.answer(document, variables)).as_dict()["errors"]


@pytest.fixture
def service(sample_graph: Path) -> Service:
    """Serve the bundled sample."""
    return serve_sample(sample_graph)


async def test_paths_are_all_shortest_ones(service: Service) -> None:
    """Between nodes of any kinds; each is a chain of links, the best score first."""
    links = await links_of(service)
    dice = random.Random(7)  # noqa: S311 - the same in every run
    names = sorted(links)
    pairs = [(dice.choice(names), dice.choice(names)) for _ in range(60)]
    lengths: set[int] = set()
    for start, end in pairs:
        wanted = shortest(links, start, end)
        found = (await ask(service, PATHS, **{"from": start, "to": end}))["path"]
        chains = [tuple(node["id"] for node in path["nodes"]) for path in found]
        assert len(set(chains)) == len(chains) == min(len(wanted), 100)
        assert set(chains) <= wanted
        for path, chain in zip(found, chains, strict=True):
            hops = list(pairwise(chain))
            assert written(path["links"]) == [links[a][b] for a, b in hops]
            assert path["length"] == len(hops)
            lengths.add(len(hops))
            some = [n.get("information", n.get("rarity")) for n in path["nodes"]]
            bits = [each for each in some if each is not None]
            assert path["score"] == min(bits, default=None)
            assert path["method"] == "rarest-weakest-link"
        ranks = [(p["score"] is None, -(p["score"] or 0.0)) for p in found]
        assert ranks == sorted(ranks)
    assert len(lengths) > 3


async def test_first_paths_are_the_best(service: Service) -> None:
    """Fewer are the beginning of more, however often they are asked for."""
    links = await links_of(service)
    start, end = next(
        (a, b)
        for a in sorted(links)
        for b in sorted(links)
        if len(shortest(links, a, b)) > 3
    )
    every = (await ask(service, PATHS, **{"from": start, "to": end}))["path"]
    for first in (1, 2, 3):
        asked = {"from": start, "to": end, "first": first}
        assert (await ask(service, PATHS, **asked))["path"] == every[:first]


async def test_nothing_connects_what_is_apart(tmp_path: Path) -> None:
    """No path is an empty list; a node and itself are no link apart."""
    graph = release()
    has_task = EdgeKind("Occupation", "HAS_TASK", "Task")
    alone = edges(("occupation/11-1.00", "task/1"))
    apart = {
        **graph.edges,
        has_task: alone,
        EdgeKind("Task", "INVOLVES", "WorkActivity"): edges(
            ("task/2", "activity/A.1.D1")
        ),
    }
    service = serve(tmp_path, replace(graph, edges=apart))
    asked = {"from": "onet-1.0/task/1", "to": "onet-1.0/activity/A"}
    assert await ask(service, PATHS, **asked) == {"path": []}
    found = await ask(service, PATHS, **{**asked, "to": asked["from"]})
    assert [path["length"] for path in found["path"]] == [0]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"from": "onet-1.0/task/99"}, "onet-1.0/task/99 is not in the graph."),
        ({"to": "nope/task/1"}, "nope is not in the graph."),
        ({"to": "onet-1.0"}, "onet-1.0/release cannot be walked from."),
        ({"to": "onet-2.0/task/1"}, "are not in one release."),
        ({"first": 0}, "first is 0, and can be 1 to 100."),
    ],
)
async def test_what_has_no_paths_is_an_error(
    tmp_path: Path, changed: dict[str, Any], why: str
) -> None:
    """Each says what is wrong with the two nodes that were given."""
    service = serve(tmp_path, release(), release("2.0"))
    asked = {"from": "onet-1.0/task/1", "to": "onet-1.0/task/2", **changed}
    (error,) = await errors_of(service, PATHS, **asked)
    assert why in error["message"]
    assert error["path"] == ["path"]


async def test_too_much_between_is_an_error(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A walk ends before it has read the whole release."""
    monkeypatch.setattr(paths, "_MOST_NODES", 3)
    links = await links_of(service)
    start = min(links)
    far = layers(links, start)[-1]
    (error,) = await errors_of(service, PATHS, **{"from": start, "to": min(far)})
    assert "Too much lies between" in error["message"]


async def test_neighbourhoods_are_all_that_is_near(service: Service) -> None:
    """The nearest first, with every link that leads to them; cut where it is said."""
    links = await links_of(service)
    dice = random.Random(11)  # noqa: S311 - the same in every run
    for start in dice.sample(sorted(links), 20):
        near = layers(links, start)
        for depth in (1, 2, 3):
            found = await ask(service, AROUND, id=start, depth=depth)
            around = found["neighbourhood"]
            names = [node["id"] for node in around["nodes"]]
            wanted = [node for some in near[: depth + 1] for node in some]
            assert names[0] == start
            assert len(set(names)) == len(names) == min(len(wanted), 100)
            assert around["truncated"] == (len(wanted) > 100)
            distance = {n: d for d, some in enumerate(near) for n in some}
            assert [distance[n] for n in names] == sorted(distance[n] for n in names)
            known = set(written(around["links"]))
            assert known == {
                links[a][b]
                for a in names
                for b in links[a].keys() & set(names)
                if min(distance[a], distance[b]) < depth
            }


async def test_a_small_neighbourhood_is_the_nearest(service: Service) -> None:
    """What has no room is left out, and said to be; what fits is whole."""
    links = await links_of(service)
    start = max(sorted(links), key=lambda node: len(links[node]))
    whole = (await ask(service, AROUND, id=start))["neighbourhood"]
    for first in (1, 2, len(links[start]) + 1):
        small = (await ask(service, AROUND, id=start, first=first))["neighbourhood"]
        assert small["nodes"] == whole["nodes"][:first]
        assert small["truncated"] == (first < len(whole["nodes"]))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"depth": 0}, "depth is 0, and can be 1 to 3."),
        ({"depth": 4}, "depth is 4"),
        ({"first": 101}, "first is 101"),
        ({"id": "onet-1.0"}, "cannot be walked from"),
        ({"id": "onet-1.0/task/99"}, "is not in the graph"),
    ],
)
async def test_what_has_no_neighbourhood_is_an_error(
    tmp_path: Path, changed: dict[str, Any], why: str
) -> None:
    """A number out of its range, or a node that is no task, occupation or activity."""
    service = serve(tmp_path, release())
    (error,) = await errors_of(service, AROUND, **{"id": "onet-1.0/task/1", **changed})
    assert why in error["message"]
    assert error["path"] == ["neighbourhood"]


NESTED = """query ($from: ID!, $to: ID!, $first: Int = 1) {
  path(from: $from, to: $to, first: $first) { links { source }
    nodes { id ... on Task { related { task { taskId } } } } } }"""


async def test_what_hangs_below_a_walk_is_fetched(tmp_path: Path) -> None:
    """Once and again, with the reference's bytes; a wrong argument fails alone."""
    service = serve(tmp_path, release())
    asked: dict[str, Any] = {"from": "onet-1.0/task/1", "to": "onet-1.0/task/2"}
    for variables in (asked, asked, {**asked, "first": None}, asked):
        found = await service.answer(NESTED, variables)
        assert found.executor == "plan"
        assert found.body == (await service.reference(NESTED, variables)).body
        assert bool(found.result.errors) == ("first" in variables)


class Failing:
    """A reader that gives nothing of an entry; all else is another's."""

    def __init__(self, reader: Any, text: str) -> None:
        """Fail where a statement has the text."""
        self._reader = reader
        self._text = text

    def __getattr__(self, name: str) -> Any:
        """Give what the other reader has."""
        return getattr(self._reader, name)

    async def fetch(self, prefix: str, statement: str, parameters: Any) -> Any:
        """Fail, or not."""
        if self._text in statement:
            raise StoreError("The store is away.")
        return await self._reader.fetch(prefix, statement, parameters)


async def test_a_store_that_fails_on_the_way_is_an_error(tmp_path: Path) -> None:
    """It is the error of the field, and never a shorter list."""
    serve(tmp_path, release())
    reader: Any = Failing(open_reader(str(tmp_path)), "-[:PART_OF]->")
    service = Service(reader)
    asked = {"from": "onet-1.0/task/1", "to": "onet-1.0/activity/A"}
    found = await service.answer(PATHS, asked)
    assert found.body == (await service.reference(PATHS, asked)).body
    body = found.as_dict()
    assert body["data"] == {"path": None}
    assert body["errors"][0]["extensions"]["code"] == "STORE"
