"""The pages over a store, asked in process."""

import re
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import orjson
import polars as pl
import pytest

from workatlas.server import ide
from workatlas.server.app import create_app
from workatlas.server.settings import Settings
from workatlas.stores import Subgraph, open_writer

from .answers import NOW
from .html_tree import Element, parsed
from .mini import release
from .server_fakes import started

PAGES = (
    "/task/1",
    "/occupation/11-1.00",
    "/activity/A.1",
    "/search?q=fold",
    "/search",
)
OF_SAMPLE = ("/task/97", "/occupation/19-1017.00", "/activity/4.A.4.a.3.I03")
"""Pages of the sample, which has labels of studies."""
HOSTILE = "\"><script>alert('in')</script> & <b>${7*7}</b> {{ 7*7 }}"


@asynccontextmanager
async def visitor_of(store: Path) -> AsyncGenerator[httpx.AsyncClient]:
    """Give a client of the application over a store."""
    async with started(create_app(Settings(store=str(store)))) as client:
        yield client


async def page_of(
    client: httpx.AsyncClient, address: str, status: int = 200
) -> Element:
    """Give a page as a tree."""
    reply = await client.get(address)
    assert reply.status_code == status, reply.text
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    return parsed(reply.text)


def linked(page: Element) -> list[dict[str, Any]]:
    """Give the nodes of a page's JSON-LD."""
    told = orjson.loads(page.one("script", type="application/ld+json").text)
    assert told["@context"] == "https://schema.org"
    nodes: list[dict[str, Any]] = told["@graph"]
    return nodes


def kind(nodes: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """Give the nodes of a type."""
    return [node for node in nodes if node["@type"] == name]


def publish(store: Path, *graphs: Subgraph) -> Path:
    """Publish graphs in a folder."""
    writer = open_writer(str(store))
    with writer.lock():
        writer.publish(graphs, now=NOW)
    return store


def hostile(version: str = "1.0") -> Subgraph:
    """Give the small release with texts that would be markup if they were let."""
    graph = release(version)
    nodes = dict(graph.nodes)
    for label, column in (("Task", "statement"), ("Occupation", "heading")):
        nodes[label] = nodes[label].with_columns(pl.lit(HOSTILE).alias(column))
    return replace(graph, nodes=nodes)


def links(page: Element) -> list[str]:
    """Give where the links of a page's content lead."""
    content = page.one("main")
    return [a["href"] for a in content.all("a") if not re.match("http", a["href"])]


@pytest.fixture
def unbuilt(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Have no build of the IDE, whatever this clone has."""
    monkeypatch.setattr(ide, "FILES", tmp_path / "none")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a store with two releases, the older one without its ratings."""
    older = release("0.9", coverage="ABSENT", published="2024-11")
    return publish(tmp_path_factory.mktemp("site") / "graph", release(), older)


@pytest.fixture
async def client(store: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Give a client of the pages over that store."""
    async with visitor_of(store) as client:
        yield client


@pytest.fixture
async def sample(sample_graph: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Give a client of the pages over the sample."""
    async with visitor_of(sample_graph) as client:
        yield client
