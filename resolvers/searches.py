"""Indexes of releases: each is made of what the store holds, and a few are kept.

The texts are read with statements of the catalogue, so that both stores give the same
index. What takes long is done in a thread.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from cachetools import LRUCache

from workatlas.cypher import Catalogue
from workatlas.schema.rows import ActivityRow, JobTitleRow, OccupationRow, TaskRow
from workatlas.search import Asked, Hit, Index, Text
from workatlas.search.hit import Field
from workatlas.stores import PublishedGraph, Reader, Row, Snapshot
from workatlas.stores.keys import prefix_of
from workatlas.stores.threads import in_thread

_AT_ONCE = 50
"""Of how many occupations the texts are read by one statement."""
INDEXED = frozenset(
    {"release_occupations", "release_activities"}
    | {"occupation_tasks", "occupation_job_titles"}
)
"""The entries of the catalogue that texts are read with."""


class Lookup(NamedTuple):
    """What is looked for in the texts of a build's release."""

    prefix: str
    asked: Asked


class Searches:
    """Finds texts of releases; each is indexed when it is asked, once for all who wait.

    The indexes of the releases that were asked last are kept.
    """

    def __init__(self, reader: Reader, catalogue: Catalogue, most: int) -> None:
        """Index what ``reader`` reads, and keep at most so many indexes."""
        self._reader = reader
        self._catalogue = catalogue
        self._version = ""
        self._published: set[str] = set()
        self._indexes: LRUCache[str, Index] = LRUCache(most)
        self._making: dict[str, asyncio.Task[Index]] = {}
        self._turn = asyncio.Lock()

    def keep(self, snapshot: Snapshot) -> None:
        """Let go of what is not published any more."""
        if snapshot.version != self._version:
            self._version = snapshot.version
            self._published = set(snapshot.builds)
            for prefix in self._indexes.keys() - self._published:
                del self._indexes[prefix]

    async def find(self, release: PublishedGraph, asked: Asked) -> list[Hit]:
        """Give what is found in a release, best first.

        Raises:
            StoreError: the texts cannot be read.

        """
        index = self._indexes.get(release.prefix) or await self._made(release)
        return await in_thread(index.find, asked)

    async def _made(self, release: PublishedGraph) -> Index:
        """Wait for the index; whoever leaves, it is made for all who wait."""
        making = self._making.get(release.prefix)
        if making is None:
            making = asyncio.create_task(self._make(release))
            self._making[release.prefix] = making
        return await asyncio.shield(making)

    async def _make(self, release: PublishedGraph) -> Index:
        try:
            # One at a time: each takes more memory while it is made.
            async with self._turn:
                texts = await self._texts(release.key("release"))
                index = await in_thread(Index, texts)
            if release.prefix in self._published:
                self._indexes[release.prefix] = index
            return index
        finally:
            del self._making[release.prefix]

    async def _texts(self, key: str) -> Iterator[Text]:
        """Read the texts of a release; they are only made when they are asked for."""
        activities = await self._rows("release_activities", [key])
        occupations = await self._rows("release_occupations", [key])
        texts = [_texts_of(activities, _of_activity)]
        texts.append(_texts_of(occupations, _of_occupation))
        for keys in _batches([row[0] for _, rows in occupations for row in rows]):
            tasks, titles = await asyncio.gather(
                self._rows("occupation_tasks", keys),
                self._rows("occupation_job_titles", keys),
            )
            texts.append(_texts_of(tasks, _of_task))
            texts.append(_texts_of(titles, _of_title))
        return chain.from_iterable(texts)

    async def _rows(self, entry: str, keys: Sequence[str]) -> list[Row]:
        statement = self._catalogue[entry].batch
        return await self._reader.fetch(prefix_of(keys[0]), statement, {"keys": keys})


def _texts_of(
    found: list[Row], of: Callable[[str, Row], Iterable[Text]]
) -> Iterator[Text]:
    """Give the texts of rows below keys; what a release leaves out is none."""
    texts = (text for key, rows in found for row in rows for text in of(key, row))
    return (text for text in texts if text.text)


def _batches(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    left = iter(keys)
    while batch := list(islice(left, _AT_ONCE)):
        yield batch


def _of_occupation(_: str, values: Row) -> Iterator[Text]:
    row = OccupationRow(*values)
    yield Text("OCCUPATION", "CODE", row.key, row.code)
    yield Text("OCCUPATION", "TITLE", row.key, row.heading)


def _of_activity(_: str, values: Row) -> Iterator[Text]:
    row = ActivityRow(*values)
    yield Text("WORK_ACTIVITY", "CODE", row.key, row.element_id)
    yield Text("WORK_ACTIVITY", "TITLE", row.key, row.heading)


def _of_task(_: str, values: Row) -> Iterator[Text]:
    row = TaskRow(*values)
    yield Text("TASK", "CODE", row.key, str(row.task_id or ""))
    yield Text("TASK", "STATEMENT", row.key, row.statement)


def _of_title(occupation: str, values: Row) -> Iterator[Text]:
    row = JobTitleRow(*values)
    is_reported = row.kind == "REPORTED"
    field: Field = "REPORTED_TITLE" if is_reported else "ALTERNATE_TITLE"
    yield Text("OCCUPATION", field, occupation, row.job_title)
