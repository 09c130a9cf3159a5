"""Searches over release 29.2, compared with its files as polars reads them."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from workatlas.resolvers import Service
from workatlas.stores import open_reader

from .answers import ask
from .oracle import RECREATIONAL_THERAPISTS, TASK, read_text

CODE = "O*NET-SOC Code"
SEARCH = """query($query: String!, $first: Int! = 20, $kinds: [SearchKind!]) {
  search(query: $query, first: $first, kinds: $kinds) {
    field text reason highlights { start end }
    node { ... on Occupation { code } ... on Task { taskId } } } }"""


@pytest.fixture
async def service(real_store: Path) -> AsyncGenerator[Service]:
    """Serve the real release."""
    reader = open_reader(str(real_store))
    yield Service(reader)
    await reader.close()


@pytest.fixture
def onet(shared: Path) -> Path:
    """Give the folder of release 29.2."""
    return shared / "onet" / "db_29_2_text"


def some(table: pl.DataFrame, *columns: str) -> list[tuple[str, ...]]:
    """Give values of rows spread over a table."""
    return table.select(columns).gather_every(table.height // 40).rows()


async def search(service: Service, query: str, **variables: Any) -> list[Any]:
    """Give the hits of a search."""
    found: list[Any] = (await ask(service, SEARCH, query=query, **variables))["search"]
    return found


async def test_titles_and_statements_are_found_by_their_own_words(
    service: Service, onet: Path
) -> None:
    """Whole, in any case, as the whole text that was typed."""
    for file, column, key in (
        ("Occupation Data.txt", "Title", "code"),
        ("Alternate Titles.txt", "Alternate Title", "code"),
        ("Sample of Reported Titles.txt", "Reported Job Title", "code"),
        ("Task Statements.txt", "Task", "taskId"),
    ):
        place = "Task ID" if key == "taskId" else CODE
        for wanted, text in some(read_text(onet, file), place, column):
            hits = await search(service, text.upper(), first=100)
            found = {str(hit["node"].get(key)) for hit in hits}
            assert wanted in found, text
            assert hits[0]["reason"] == "WHOLE_TEXT", text


async def test_codes_are_found_exactly(service: Service, onet: Path) -> None:
    """First of all, and nothing close to them."""
    for (code,) in some(read_text(onet, "Occupation Data.txt"), CODE):
        (hit,) = await search(service, code)
        assert (hit["reason"], hit["node"]["code"]) == ("CODE", code)
    first, *_ = await search(service, str(TASK))
    assert (first["reason"], first["node"]["taskId"]) == ("CODE", TASK)
    assert await search(service, "29-1125.77") == []


async def test_an_occupation_is_found_while_it_is_typed(service: Service) -> None:
    """From the first letters on, with an error as well, and in another form."""
    for query in (
        "recreational t",
        "recreational the",
        "recreatoinal therapists",
        "recreational therapist",
    ):
        hit, *_ = await search(service, query, kinds=["OCCUPATION"])
        assert hit["node"]["code"] == RECREATIONAL_THERAPISTS, query
        assert hit["field"] == "TITLE"
        cut = [hit["text"][h["start"] : h["end"]] for h in hit["highlights"]]
        assert cut == hit["text"].split()
