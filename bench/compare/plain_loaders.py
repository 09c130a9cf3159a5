"""The data loaders of the plain Strawberry server: one a relationship and request."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, NamedTuple, TypeVar, cast

import strawberry
from strawberry.dataloader import DataLoader

from workatlas.cypher import Choice, Entry, load_catalogue
from workatlas.schema.rows import (
    CategoryRow,
    RelatedRow,
    SourceFileRow,
    StudyFileRow,
)
from workatlas.stores import Reader

Row = TypeVar("Row")
PEERS = "task_related"
CATALOGUE = load_catalogue()
Info = strawberry.Info[Any, None]


class Build(NamedTuple):
    """What describes a build as a whole, and never changes."""

    prefix: str
    files: dict[str, str]
    """Names of files by where the rows that they hold say they are."""
    ratings: str
    """Where the file of ratings is."""
    categories: list[CategoryRow]
    """The categories of frequency, in order."""


async def read_build(reader: Reader, prefix: str) -> Build:
    """Read what describes a build."""

    async def read(name: str, row: Callable[..., Row], place: str) -> list[Row]:
        text, keys = CATALOGUE[name].batch, [f"{prefix}/{place}"]
        found = await reader.fetch(prefix, text, {"keys": keys})
        return [row(*values) for _, some in found for values in some]

    files = await read("release_files", SourceFileRow, "release")
    studies = await read("release_study_files", StudyFileRow, "release")
    categories = await read("scale_categories", CategoryRow, "scale/FT")
    names = [(one.key, one.file_name) for one in (*files, *studies)]
    ratings = next(one.key for one in files if one.contents == "task_ratings")
    return Build(
        prefix,
        {_place(key): name for key, name in names},
        _place(ratings),
        sorted(categories, key=lambda one: one.category),
    )


def _place(key: str) -> str:
    return key.partition("/file/")[2]


class Loaders:
    """The data loaders of one request, each made when it is first needed."""

    def __init__(self, reader: Reader, build: Build) -> None:
        """Load from one build."""
        self.build = build
        self.prefix = build.prefix
        self._reader = reader
        self._made: dict[str, DataLoader[str, list[Any]]] = {}

    def load(self, name: str, row: type[Row], key: str) -> Awaitable[list[Row]]:
        """Give the rows that a relationship finds from a key."""
        loader = self._made.get(name)
        if loader is None:
            loader = DataLoader(partial(self._batch, CATALOGUE[name], row))
            self._made[name] = loader
        return cast("Awaitable[list[Row]]", loader.load(key))

    def related(self, key: str) -> Awaitable[list[RelatedRow]]:
        """Give the twenty tasks that share the rarest activities with a task."""
        loader = self._made.get(PEERS)
        if loader is None:
            loader = self._made[PEERS] = DataLoader(self._peers)
        return cast("Awaitable[list[RelatedRow]]", loader.load(key))

    async def _peers(self, keys: list[str]) -> list[list[Any]]:
        given = {"keys": keys, "first": 20, "last": 0.0}
        narrow = Choice("INFORMATION", is_descending=True, ways=("DETAILED_ACTIVITY",))
        text = CATALOGUE[PEERS].batch_of(narrow)
        found = await self._reader.fetch(self.prefix, text, given)
        rows = {key: [RelatedRow(*values) for values in some] for key, some in found}
        return [rows.get(key, []) for key in keys]

    async def _batch(
        self, entry: Entry, row: Callable[..., Any], keys: list[str]
    ) -> list[list[Any]]:
        found = await self._reader.fetch(self.prefix, entry.batch, {"keys": keys})
        rows = {key: [row(*values) for values in some] for key, some in found}
        return [rows.get(key, []) for key in keys]


def loaders_of(info: Info) -> Loaders:
    """Give the loaders of the request."""
    return cast("Loaders", info.context["loaders"])
