"""How time and memory grow: with the objects of an answer, with the graph."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from data import Listed, Source, fill_folder, listed, of_size
from measuring import Result, Settings, ask
from queries import IN_RELEASE, OCCUPATIONS_QUESTION
from sides import Side, running, workatlas

SIZES = (10, 100, 1_000, 10_000)
RELEASES = (1, 4, 16)
WORKERS = (1, 2)


class Grown(NamedTuple):
    """A result, and the number that it grows with."""

    kind: str
    number: int
    result: Result


def by_rows(
    settings: Settings, sides: Sequence[Side], graph: Listed
) -> Iterator[Grown]:
    """Ask for ever more tasks of ever more occupations, one request at a time."""
    for size in SIZES:
        question = OCCUPATIONS_QUESTION._replace(name=f"{size} tasks")
        sets = list(of_size(graph, size))
        for side in sides:
            yield Grown("rows", size, ask(settings, side, question, sets, 1))


def by_releases(settings: Settings, source: Source) -> Iterator[Grown]:
    """Ask for pages of any release of ever larger graphs, by one worker and by two.

    All releases have equal content, so that a page is the same in each.
    """
    for count in RELEASES:
        store = settings.folder / f"releases-{count}"
        fill_folder(store, source, settings.folder / "archive", count)
        pages = _pages(listed(store), store)
        for workers in WORKERS:
            command = workatlas("WorkAtlas", store, workers=workers)
            name = f"{command.name}, {workers} worker{'s' * (workers > 1)}"
            with running(command._replace(name=name), settings.server_cores) as side:
                result = ask(settings, side, IN_RELEASE, pages, 1)
                yield Grown("releases", count, result)


def _pages(graph: Listed, store: Path) -> list[tuple[int, str]]:
    dice = random.Random(4)  # noqa: S311 - the same in every run
    count = int(store.name.rpartition("-")[2])
    names = [f"onet-{50 + n}.0" for n in range(count)]
    if count == 1:
        names = [graph.prefix.partition("@")[0]]
    tasks = dice.sample(graph.tasks, len(graph.tasks))
    return [(task, names[n % count]) for n, task in enumerate(tasks)]
