"""An index a release: made once for all who wait, and kept while it is published."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from workatlas.cypher import load_catalogue
from workatlas.errors import StoreError
from workatlas.resolvers import Service
from workatlas.resolvers.searches import Searches
from workatlas.search import Asked
from workatlas.stores import Row, Snapshot, open_reader

from .answers import errors, serve
from .any_store import Store
from .mini import release

QUERY = '{ search(query: "fold", kinds: [TASK]) { text } }'
FOLD = Asked("small", 5)


@dataclass
class Slow:
    """A reader that counts what is read, and waits or fails where it is told to."""

    folder: Path
    address: str = "slow"
    read: int = 0
    goes_on: asyncio.Event = field(default_factory=asyncio.Event)
    is_away: bool = False

    def __post_init__(self) -> None:
        """Read what is in the folder."""
        self._reader = open_reader(str(self.folder))

    async def snapshot(self) -> Snapshot:
        """Give what is published."""
        return await self._reader.snapshot()

    async def fetch(
        self, prefix: str, statement: str, parameters: Mapping[str, Any]
    ) -> list[Row]:
        """Read, when it may."""
        await self.goes_on.wait()
        if self.is_away:
            raise StoreError("The store is away.")
        self.read += 1
        return await self._reader.fetch(prefix, statement, parameters)

    async def close(self) -> None:
        """Let go."""
        await self._reader.close()


@pytest.fixture
def slow(tmp_path: Path) -> Slow:
    """Give a reader of a small release."""
    Store(str(tmp_path)).publish(release())
    return Slow(tmp_path)


async def searches_of(slow: Slow) -> tuple[Searches, Snapshot]:
    """Give searches over what is published."""
    searches, snapshot = Searches(slow, load_catalogue(), 1), await slow.snapshot()
    searches.keep(snapshot)
    return searches, snapshot


async def test_an_index_is_made_once_for_all_who_wait(slow: Slow) -> None:
    """One who leaves meanwhile does not stop it, and nothing is read a second time."""
    searches, snapshot = await searches_of(slow)
    build = snapshot.release(None)
    waiting = [asyncio.create_task(searches.find(build, FOLD)) for _ in range(3)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    slow.goes_on.set()
    left, *found = await asyncio.gather(*waiting, return_exceptions=True)
    assert isinstance(left, asyncio.CancelledError)
    read = slow.read
    again = await searches.find(build, FOLD)
    assert found == [again, again]
    assert [hit.text for hit in again] == ["Small folders"]
    assert slow.read == read
    await slow.close()


async def test_a_failure_is_not_kept(slow: Slow) -> None:
    """When the store is back the index is made."""
    searches, snapshot = await searches_of(slow)
    slow.goes_on.set()
    slow.is_away = True
    with pytest.raises(StoreError):
        await searches.find(snapshot.release(None), FOLD)
    slow.is_away = False
    assert await searches.find(snapshot.release(None), FOLD)
    await slow.close()


async def test_an_index_goes_with_its_build(slow: Slow) -> None:
    """What is retired is let go of, and made again for who still asks for it."""
    searches, before = await searches_of(slow)
    slow.goes_on.set()
    old = before.release(None)
    assert await searches.find(old, FOLD)
    read = slow.read
    searches.keep(before)
    assert await searches.find(old, FOLD)
    assert slow.read == read
    Store(str(slow.folder)).publish(release("2.0"), removed=(old.id,))
    searches.keep(await slow.snapshot())
    for times in (2, 3):
        assert await searches.find(old, FOLD)
        assert slow.read == times * read
    await slow.close()


async def test_a_search_that_fails_is_an_error_of_its_field(slow: Slow) -> None:
    """Both executors say so, and neither makes up an empty list."""
    service = Service(slow)
    slow.goes_on.set()
    slow.is_away = True
    for ask in (service.answer, service.reference):
        assert errors(await ask(QUERY)) == [(["search"], "STORE")]
    slow.is_away = False
    found = await service.answer(QUERY)
    assert errors(found) == []
    assert found.body == (await service.reference(QUERY)).body
    await slow.close()


async def test_a_search_is_planned(tmp_path: Path) -> None:
    """The plan says where its hits come from; equal searches are made once."""
    service = serve(tmp_path, release())
    twice = '{ a: search(query: "fold") { text } b: search(query: "fold") { text } }'
    answer = await service.answer(twice, explain=True)
    assert answer.executor == "plan"
    plan = answer.as_dict()["extensions"]["plan"]
    needs = [step["needs"] for step in plan["steps"]]
    assert needs == [[{"entry": "search", "from": "the index of the release"}]] * 2
    assert plan["statements"] == []
    data = answer.as_dict()["data"]
    assert data["a"] == data["b"] != []
    assert [each["id"] for each in answer.sources] == ["onet-1.0"]
