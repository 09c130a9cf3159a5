"""Indexes of releases: each is made of what the store holds, and kept while published.

The texts are read with statements of the catalogue, so that both stores give the same
index. What takes long is done in a thread.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple, TypeVar

from workatlas.cypher import Catalogue
from workatlas.schema.rows import ActivityRow, JobTitleRow, OccupationRow, TaskRow
from workatlas.search import Asked, Hit, Index, Text
from workatlas.stores import PublishedGraph, Reader, Snapshot

_AT_ONCE = 50
"""Of how many occupations the texts are read by one statement."""
INDEXED = frozenset(
    {"release_occupations", "release_activities"}
    | {"occupation_tasks", "occupation_job_titles"}
)
"""The entries of the catalogue that texts are read with."""
_R = TypeVar("_R", bound=tuple[Any, ...])


class Lookup(NamedTuple):
    """What is looked for in the texts of a build's release."""

    prefix: str
    asked: Asked


class Searches:
    """Finds texts of releases; each release is indexed once, when it is first asked."""

    def __init__(self, reader: Reader, catalogue: Catalogue) -> None:
        """Index what ``reader`` reads."""
        self._reader = reader
        self._catalogue = catalogue
        self._version = ""
        self._published: set[str] = set()
        self._indexes: dict[str, Index] = {}
        self._making: dict[str, asyncio.Task[Index]] = {}

    def keep(self, snapshot: Snapshot) -> None:
        """Let go of what is not published any more."""
        if snapshot.version != self._version:
            self._version = snapshot.version
            self._published = {graph.prefix for graph in snapshot.graphs.values()}
            kept = self._indexes.items()
            self._indexes = {p: i for p, i in kept if p in self._published}

    async def find(self, release: PublishedGraph, asked: Asked) -> list[Hit]:
        """Give what is found in a release, best first.

        Raises:
            StoreError: the texts cannot be read.

        """
        index = self._indexes.get(release.prefix) or await self._made(release)
        return await asyncio.to_thread(index.find, asked)

    async def _made(self, release: PublishedGraph) -> Index:
        """Wait for the index; whoever leaves, it is made for all who wait."""
        making = self._making.get(release.prefix)
        if making is None:
            making = asyncio.create_task(self._make(release))
            self._making[release.prefix] = making
        return await asyncio.shield(making)

    async def _make(self, release: PublishedGraph) -> Index:
        try:
            texts = await self._texts(release.key("release"))
            index = await asyncio.to_thread(Index, texts)
            if release.prefix in self._published:
                self._indexes[release.prefix] = index
            return index
        finally:
            del self._making[release.prefix]

    async def _texts(self, key: str) -> list[Text]:
        found = await self._rows("release_occupations", OccupationRow, [key])
        texts = list(chain.from_iterable(map(_of_occupation, _flat(found))))
        activities = await self._rows("release_activities", ActivityRow, [key])
        texts += chain.from_iterable(map(_of_activity, _flat(activities)))
        for keys in _batches([row.key for row in _flat(found)]):
            tasks, titles = await asyncio.gather(
                self._rows("occupation_tasks", TaskRow, keys),
                self._rows("occupation_job_titles", JobTitleRow, keys),
            )
            texts += chain.from_iterable(map(_of_task, _flat(tasks)))
            for occupation, rows in titles.items():
                texts += [_of_title(occupation, row) for row in rows]
        # What a release leaves out is no text.
        return [text for text in texts if text.text]

    async def _rows(
        self, entry: str, row: type[_R], keys: Sequence[str]
    ) -> Mapping[str, list[_R]]:
        statement = self._catalogue[entry].batch
        prefix = keys[0].partition("/")[0]
        found = await self._reader.fetch(prefix, statement, {"keys": keys})
        return {key: [row(*values) for values in rows] for key, rows in found}


def _flat(found: Mapping[str, list[_R]]) -> Iterator[_R]:
    return chain.from_iterable(found.values())


def _batches(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    left = iter(keys)
    while batch := list(islice(left, _AT_ONCE)):
        yield batch


def _of_occupation(row: OccupationRow) -> tuple[Text, Text]:
    return (
        Text("OCCUPATION", "CODE", row.key, row.code),
        Text("OCCUPATION", "TITLE", row.key, row.heading),
    )


def _of_activity(row: ActivityRow) -> tuple[Text, Text]:
    return (
        Text("WORK_ACTIVITY", "CODE", row.key, row.element_id),
        Text("WORK_ACTIVITY", "TITLE", row.key, row.heading),
    )


def _of_task(row: TaskRow) -> tuple[Text, Text]:
    return (
        Text("TASK", "CODE", row.key, str(row.task_id or "")),
        Text("TASK", "STATEMENT", row.key, row.statement),
    )


def _of_title(occupation: str, row: JobTitleRow) -> Text:
    if row.kind == "REPORTED":
        return Text("OCCUPATION", "REPORTED_TITLE", occupation, row.job_title)
    return Text("OCCUPATION", "ALTERNATE_TITLE", occupation, row.job_title)
