"""Fetches the rows of catalogue entries, many keys at a time.

Fields that ask for the same entry and page in the same turn of the
event loop share one statement a build, so the number of statements depends on the
shape of a query and not on how many nodes it meets.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

from strawberry.dataloader import DataLoader

from workatlas.cypher import Catalogue, Choice, Entry, Page
from workatlas.search import Asked, Hit
from workatlas.stores import Reader, Snapshot
from workatlas.stores.keys import by_build, prefix_of

from .notices import OF_STUDIES, Notices, Read
from .searches import Searches

_Batch = tuple[str, Choice | None, tuple[tuple[str, Any], ...]]


class RequestContext:
    """What one request reads: one snapshot, each row once.

    ``statements`` lists the entries that were run and how many keys each was given;
    ``read`` is what was read.
    """

    def __init__(
        self,
        reader: Reader,
        snapshot: Snapshot,
        catalogue: Catalogue,
        notices: Notices,
        searches: Searches,
    ) -> None:
        """Bind a request to a snapshot."""
        self.snapshot = snapshot
        self.statements: list[tuple[str, int]] = []
        self.read = Read()
        self._reader = reader
        self._catalogue = catalogue
        self._notices = notices
        self._searches = searches
        self._builds = snapshot.builds
        self._loaders: dict[_Batch, DataLoader[str, list[Any]]] = {}

    async def fetch(
        self,
        entry: str,
        row: type[tuple[Any, ...]],
        keys: Sequence[str],
        page: Page | None,
    ) -> list[Any]:
        """Give the rows of an entry for some keys, one list in the order of keys.

        Raises:
            StoreError: the store is away, too slow, or failed.

        """
        given = () if page is None else tuple(sorted(page.parameters.items()))
        batch: _Batch = (entry, None if page is None else page.choice, given)
        if batch not in self._loaders:
            self._loaders[batch] = self._loader(self._catalogue[entry], row, page)
        found = await self._loaders[batch].load_many(keys)
        if row in OF_STUDIES:
            for key, rows in zip(keys, found, strict=True):
                self.read.note(key, rows)
        return [item for rows in found for item in rows]

    async def search(self, release: str, asked: Asked) -> list[Hit]:
        """Give what is found in the texts of a release, named by its node's key.

        Raises:
            StoreError: the store is away, too slow, or failed.

        """
        graph = self._builds[prefix_of(release)]
        await self._notices.note(graph)
        self.read.builds.add(graph.prefix)
        return await self._searches.find(graph, asked)

    def _loader(
        self, entry: Entry, row: type[tuple[Any, ...]], page: Page | None
    ) -> DataLoader[str, list[Any]]:
        async def load(keys: list[str]) -> list[list[Any]]:
            found: dict[str, list[Any]] = {}
            for answer in await asyncio.gather(
                *(self._run(entry, p, k, page) for p, k in by_build(keys).items())
            ):
                found.update(answer)
            return [[row(*values) for values in found.get(key, ())] for key in keys]

        return DataLoader(load_fn=load)

    async def _run(
        self,
        entry: Entry,
        prefix: str,
        keys: list[str],
        page: Page | None,
    ) -> dict[str, list[Any]]:
        self.statements.append((entry.name, len(keys)))
        await self._notices.note(self._builds[prefix])
        self.read.builds.add(prefix)
        text = entry.batch if page is None else entry.batch_of(page.choice)
        parameters: dict[str, Any] = {"keys": keys}
        if page is not None:
            parameters |= page.parameters
        rows = await self._reader.fetch(prefix, text, parameters)
        return {key: found for key, found in rows}  # noqa: C416 - rows are lists
