"""Activities are one across the change of identifiers, by title or by the table."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from workatlas.loaders.join import join_all
from workatlas.resolvers import Service

from .answers import ask, serve
from .mini import release as small
from .mini_studies import MIGRATION, migrating
from .renamed import (
    NARROW,
    NARROW_NOW,
    NEW,
    OLD,
    SKY,
    TIDE,
    WIDE,
    WIDE_NOW,
    newer,
    older,
)

ALIASES = """query ($id: String!, $release: String) {
  workActivity(elementId: $id, release: $release) { id elementId foundBy { ...A }
    aliases { ...A } } }
  fragment A on ActivityAlias { elementId form bases releases provenance { line } }"""


def serve_both(
    folder: Path, *lines: tuple[str, str, str, str], **titles: str
) -> Service:
    """Serve both, with a table of identifiers if there are lines of one."""
    crosswalks = [migrating(folder / "table", *lines)] if lines else []
    releases = [older(folder / "old"), newer(folder / "new", titles)]
    joined = [join_all(release, [], crosswalks) for release in releases]
    return serve(folder / "graph", *joined, *crosswalks)


async def found(service: Service, element: str, release: str) -> Any:
    """Ask for an activity with its aliases."""
    data = await ask(service, ALIASES, id=element, release=release)
    return data["workActivity"]


async def refused(service: Service, document: str, **variables: str) -> Any:
    """Give the errors of an answer."""
    return (await service.answer(document, variables)).as_dict()["errors"]


def alias(element: str, releases: Sequence[str], *bases: str, line: int | None) -> Any:
    """Give an alias as it is answered."""
    return {
        "elementId": element,
        "form": "OLD" if ".I0" in element else "NEW",
        "bases": list(bases),
        "releases": list(releases),
        "provenance": None if line is None else {"line": line},
    }


@pytest.mark.parametrize("asked", [NARROW, NARROW_NOW])
@pytest.mark.parametrize("release", [OLD, NEW])
async def test_either_identifier_finds_it(
    tmp_path: Path, asked: str, release: str
) -> None:
    """In either release; the other one is told, and whether it was found by that."""
    service = serve_both(tmp_path)
    own, other = (NARROW, NARROW_NOW) if release == OLD else (NARROW_NOW, NARROW)
    there = alias(other, [NEW if release == OLD else OLD], "SAME_TITLE", line=None)
    assert await found(service, asked, release) == {
        "id": f"{release}/activity/{own}",
        "elementId": own,
        "foundBy": None if asked == own else there,
        "aliases": [there],
    }
    document = """query ($id: ID!) { node(id: $id) { id
      ... on WorkActivity { foundBy { elementId } } } }"""
    node = (await ask(service, document, id=f"{release}/activity/{asked}"))["node"]
    assert node["id"] == f"{release}/activity/{own}"
    assert node["foundBy"] == (None if asked == own else {"elementId": other})


async def test_a_level_is_not_another(tmp_path: Path) -> None:
    """A detailed activity may have the title of an intermediate one."""
    service = serve_both(tmp_path, **{"Watch a kite.": SKY})
    wide = await found(service, WIDE_NOW, OLD)
    assert (wide["elementId"], wide["foundBy"]["elementId"]) == (WIDE, WIDE_NOW)
    assert (await found(service, NARROW, OLD))["aliases"] == []
    general = await found(service, "4.A.1.a.1", OLD)
    assert (general["aliases"], general["foundBy"]) == ([], None)


async def test_all_below_is_of_the_release_asked_for(tmp_path: Path) -> None:
    """What is selected of an activity that another identifier found is its own."""
    service = serve_both(tmp_path)
    document = """query ($id: String!) { workActivity(elementId: $id,
      release: "onet-29.2") { tasks { id } parent { elementId } taskCount
      taskConnection(first: 1) { totalCount nodes { taskId } } } }"""
    own, other = [
        await ask(service, document, id=element) for element in (NARROW, NARROW_NOW)
    ]
    assert own == other
    assert own["workActivity"]["tasks"] == [{"id": f"{OLD}/task/1"}]


async def test_what_cannot_be_asked_goes_nowhere(tmp_path: Path) -> None:
    """Neither an identifier of null nor a release that is not there is looked for."""
    service = serve_both(tmp_path)
    document = """query ($id: String = "x", $release: String) {
      workActivity(elementId: $id, release: $release) { id } }"""
    for variables in ({"id": None}, {"id": NARROW, "release": "onet-9"}):
        answer = (await service.answer(document, variables)).as_dict()
        assert len(answer["errors"]) == 1
        assert answer["extensions"]["sources"] == []


@pytest.mark.parametrize("element", ["4.A.1.a.1.I09", "", "a/b", "4.A.1.a.1.q.9"])
async def test_what_no_release_has_is_told(tmp_path: Path, element: str) -> None:
    """The error is that of an unknown identifier, by either way of asking."""
    service = serve_both(tmp_path)
    (error,) = await refused(service, ALIASES, id=element, release=OLD)
    assert error["extensions"]["code"] == "NOT_FOUND"
    assert f"is not in {OLD}" in error["message"]
    document = "query ($id: ID!) { node(id: $id) { id } }"
    for local in (f"activity/{element}", "activity"):
        (error,) = await refused(service, document, id=f"{OLD}/{local}")
        assert "is not in the graph" in error["message"]


async def test_a_title_of_several_leads_nowhere(tmp_path: Path) -> None:
    """In the release asked for, or in the other one: nothing is guessed."""
    service = serve_both(tmp_path, **{TIDE: "Watch a kite."})
    assert (await found(service, NARROW, OLD))["aliases"] == []
    assert (await found(service, NARROW_NOW, NEW))["aliases"] == []
    for element, release in ((NARROW, NEW), (NARROW_NOW, OLD)):
        (error,) = await refused(service, ALIASES, id=element, release=release)
        assert f"{element} is not in {release}" in error["message"]


async def test_the_table_leads_where_no_title_does(tmp_path: Path) -> None:
    """With its line; whether its titles are the releases' is told on either side."""
    line = (WIDE, SKY, WIDE_NOW, "Watch all skies.")
    service = serve_both(tmp_path, line, **{SKY: "Watch any sky."})
    there = alias(WIDE_NOW, [NEW], "MIGRATION_TABLE", line=2)
    old = await found(service, WIDE_NOW, OLD)
    assert (old["foundBy"], old["aliases"]) == (there, [there])
    new = await found(service, WIDE, NEW)
    assert new["foundBy"] == alias(WIDE, [OLD], "MIGRATION_TABLE_RETITLED", line=2)


async def test_the_table_agrees_with_titles(tmp_path: Path) -> None:
    """Both bases are told; the source of the line is the table, as of a release."""
    service = serve_both(tmp_path, (WIDE, SKY, WIDE_NOW, SKY))
    (there,) = (await found(service, WIDE, OLD))["aliases"]
    both = ("SAME_TITLE", "MIGRATION_TABLE")
    assert there == alias(WIDE_NOW, [NEW], *both, line=2)
    document = """{ workActivity(elementId: "4.A.1.a.1.q", release: "onet-30.3") {
      aliases { provenance { file { name } source { id } release { id } } } } }"""
    (told,) = (await ask(service, document))["workActivity"]["aliases"]
    assert told["provenance"] == {
        "file": {"name": "30_3_migration_reference.xlsx"},
        "source": {"id": MIGRATION},
        "release": {"id": NEW},
    }


async def test_the_table_is_enough(tmp_path: Path) -> None:
    """Without a release that has the identifier; then none uses it."""
    table = migrating(tmp_path / "table", (WIDE, SKY, WIDE_NOW, SKY))
    graph = join_all(older(tmp_path / "old"), [], [table])
    service = serve(tmp_path / "graph", graph, table)
    there = alias(WIDE_NOW, [], "MIGRATION_TABLE", line=2)
    activity = await found(service, WIDE_NOW, OLD)
    assert (activity["elementId"], activity["foundBy"]) == (WIDE, there)


async def test_a_table_against_titles_is_told(tmp_path: Path) -> None:
    """Both aliases are there, each with its basis; asked for by it, it is refused."""
    line = (NARROW, "Watch a kite.", "4.A.1.a.1.b.1", TIDE)
    service = serve_both(tmp_path, line)
    assert (await found(service, NARROW, OLD))["aliases"] == [
        alias("4.A.1.a.1.b.1", [NEW], "MIGRATION_TABLE", line=2),
        alias(NARROW_NOW, [NEW], "SAME_TITLE", line=None),
    ]
    (error,) = await refused(service, ALIASES, id="4.A.1.a.1.b.1", release=OLD)
    several = f"leads to several: {NARROW}, 4.A.1.a.1.I02.D01."
    assert error["message"].endswith(several)
    assert error["extensions"]["todo"] == "Ask for one of these."


async def test_releases_are_listed_from_the_newest(tmp_path: Path) -> None:
    """All that use an identifier, but for what is invented."""
    new = [newer(tmp_path / v, version=v) for v in ("30.3", "31.0", "31.1")]
    new[2] = replace(new[2], synthetic=True)
    service = serve(tmp_path / "graph", older(tmp_path / "old"), *new)
    (there,) = (await found(service, WIDE, OLD))["aliases"]
    assert there["releases"] == ["onet-31.0", NEW]
    (error,) = await refused(service, ALIASES, id=WIDE, release="onet-31.1")
    assert "is not in onet-31.1" in error["message"]


async def test_another_form_has_no_name(tmp_path: Path) -> None:
    """An identifier of neither form is an alias like any other."""
    graph = small("2.0")
    of = pl.col("elementId").replace({"A.1.D1": "X"})
    key = pl.col("key").replace({"activity/A.1.D1": "activity/X"})
    nodes = graph.nodes["WorkActivity"].with_columns(elementId=of, key=key)
    edges = {
        kind: table.with_columns(pl.all().replace({"activity/A.1.D1": "activity/X"}))
        for kind, table in graph.edges.items()
    }
    other = replace(graph, nodes={**graph.nodes, "WorkActivity": nodes}, edges=edges)
    service = serve(tmp_path / "graph", small("1.0"), other)
    activity = await found(service, "X", "onet-1.0")
    assert (activity["elementId"], activity["foundBy"]["form"]) == ("A.1.D1", None)


async def test_its_own_identifier_opens_no_other_release(tmp_path: Path) -> None:
    """Nothing of another release is read, though it has the other identifier."""
    service = serve_both(tmp_path, (WIDE, SKY, WIDE_NOW, SKY))
    document = """query ($id: String!) { workActivity(elementId: $id,
      release: "onet-29.2") { elementId foundBy { elementId } } }"""
    sources = [
        (await service.answer(document, {"id": element})).as_dict()["extensions"]
        for element in (WIDE, WIDE_NOW)
    ]
    read = [[each["id"] for each in one["sources"]] for one in sources]
    assert read == [[OLD], [OLD, NEW]]
