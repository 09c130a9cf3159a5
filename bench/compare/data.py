"""The data of a run: what is loaded, and what is asked for."""

import asyncio
import random
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from sides import Database

from workatlas.loaders.generate import generate
from workatlas.loaders.load import load
from workatlas.resolvers import Service
from workatlas.stores import Writer, open_reader, open_writer

NOW = "2026-01-01T00:00:00Z"
SMALL = 10
"""Occupations with no more tasks than that are not asked for alone."""
FIFTY = 50
LISTED = """{ release { id occupations { code tasks { taskId } } } }"""


class Source(NamedTuple):
    """A release and its labels: folders or zips."""

    release: Path
    labels: Path


class Listed(NamedTuple):
    """What the newest release of a graph holds."""

    prefix: str
    """Its build: the start of the keys of its nodes."""
    tasks: Sequence[int]
    codes: dict[str, int]
    """How many tasks each occupation has."""


def invent(folder: Path, *, quick: bool) -> Source:
    """Generate a release of full scale, or a tenth of it."""
    share = 10 if quick else 1
    generate(folder, occupations=1016 // share, tasks=18800 // share, seed=1)
    return Source(folder, folder / "exposure")


def fill(
    writer: Writer, source: Source, archive: Path, names: Sequence[str] = ("onet",)
) -> None:
    """Load a release under all names wanted, and its labels."""
    for name in names:
        load(writer, name, archive=archive, origin=str(source.release), now=NOW)
    labels = str(source.labels)
    load(writer, "gpts-are-gpts", archive=archive, origin=labels, now=NOW)


def fill_folder(
    store: Path, source: Source, archive: Path, names: Sequence[str] = ("onet",)
) -> None:
    """Load into an embedded store."""
    writer = open_writer(str(store))
    fill(writer, source, archive, names)
    writer.close()


def fill_database(database: Database, source: Source, archive: Path) -> None:
    """Load into a Neo4j, unless it holds something already."""
    user, password = database.user, database.password
    writer = open_writer(database.address, user=user, password=password)
    if not writer.snapshot().graphs:
        fill(writer, source, archive)
    writer.close()


def listed(store: Path) -> Listed:
    """Look up what an embedded store holds."""

    async def ask() -> Listed:
        reader = open_reader(str(store), user=None, password=None, timeout=60)
        found = (await Service(reader).answer(LISTED)).as_dict()["data"]["release"]
        snapshot = await reader.snapshot()
        await reader.close()
        each = found["occupations"]
        return Listed(
            snapshot.graphs[found["id"]].prefix,
            [task["taskId"] for one in each for task in one["tasks"]],
            {one["code"]: len(one["tasks"]) for one in each},
        )

    return asyncio.run(ask())


def chosen(graph: Listed) -> dict[str, Sequence[Any]]:
    """Give what is asked for, in the same random order in every run."""
    dice = random.Random(1)  # noqa: S311 - the same in every run
    large = [code for code, tasks in graph.codes.items() if tasks > SMALL]
    codes = list(graph.codes)
    return {
        "task": dice.sample(graph.tasks, len(graph.tasks)),
        "occupation": dice.sample(large, len(large)),
        "occupations": [dice.sample(codes, min(FIFTY, len(codes))) for _ in range(300)],
    }


def popular(tasks: Sequence[int], count: int) -> list[int]:
    """Choose tasks with popularity as the web has it: the n-th with weight 1 / n."""
    weights = list(accumulate(1 / (n + 1) for n in range(len(tasks))))
    dice = random.Random(2)  # noqa: S311 - the same in every run
    return dice.choices(tasks, cum_weights=weights, k=count)


def of_size(graph: Listed, tasks: int) -> Iterator[list[str]]:
    """Give sets of occupations that together have about as many tasks."""
    dice = random.Random(3)  # noqa: S311 - the same in every run
    for _ in range(300):
        some: list[str] = []
        missing = tasks
        for code in dice.sample(list(graph.codes), len(graph.codes)):
            if graph.codes[code] <= missing + 2:
                some.append(code)
                missing -= graph.codes[code]
            if missing <= 0:
                break
        yield some
