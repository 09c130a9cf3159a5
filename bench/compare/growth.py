"""How time and memory grow: with the objects of an answer, with the graph."""

import random
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

from data import Listed, Source, fill_folder, listed, of_size
from measuring import Result, Settings, ask, in_turns
from processes import Held
from queries import IN_RELEASE, OCCUPATIONS_QUESTION, Question
from sides import Ask, Side, ask_ours, running, workatlas

SIZES = (10, 100, 1_000, 10_000)
RELEASES = (1, 4, 16)
WORKERS = 2


class Grown(NamedTuple):
    """A result, and the number that it grows with."""

    kind: str
    number: int
    result: Result


class Worker(NamedTuple):
    """What a process of ``serve --workers`` holds after it answered pages."""

    releases: int
    role: str
    held: Held


def by_rows(
    settings: Settings, sides: Sequence[Side], graph: Listed
) -> Iterator[Grown]:
    """Ask for ever more tasks of ever more occupations, one request at a time."""
    for size in SIZES:
        question = OCCUPATIONS_QUESTION._replace(name=f"{size:,} tasks")
        sets = list(of_size(graph, size))
        for result in in_turns(settings, sides, question, sets, 1):
            yield Grown("rows", size, result)


def fill_stores(settings: Settings, source: Source) -> dict[int, Path]:
    """Load 1, 4 and 16 releases of equal content: a page is the same in each."""
    stores: dict[int, Path] = {}
    for count in RELEASES:
        stores[count] = settings.folder / f"releases-{count}"
        names = [f"onet@{version}" for version in _versions(count)]
        fill_folder(stores[count], source, settings.folder / "archive", names)
    return stores


def by_releases(settings: Settings, stores: dict[int, Path]) -> Iterator[Grown]:
    """Ask for pages of any release of ever larger graphs."""
    pages = _pages(listed(stores[1]))
    with ExitStack() as started:
        sides = [
            started.enter_context(
                running(
                    workatlas(_named(count), store)._replace(ask=_asker(count)),
                    settings.server_cores,
                )
            )
            for count, store in stores.items()
        ]
        for concurrency in settings.concurrencies:
            found = in_turns(settings, sides, IN_RELEASE, pages, concurrency)
            for count, result in zip(stores, found, strict=True):
                yield Grown("releases", count, result)


def workers(settings: Settings, stores: dict[int, Path]) -> Iterator[Worker]:
    """Ask several workers for pages, and tell what each process holds then."""
    pages = _pages(listed(stores[1]))
    for count, store in stores.items():
        command = workatlas(_named(count), store, answers=True, workers=WORKERS)
        asked = command._replace(ask=_asker(count))
        with running(asked, settings.server_cores) as side:
            ask(settings, side, IN_RELEASE, pages, max(settings.concurrencies))
            parent, *others = side.processes.held(asked.name)
            yield Worker(count, "parent", parent)
            for held in others[-WORKERS:]:
                yield Worker(count, "worker", held)


def _named(count: int) -> str:
    return "1 release" if count == 1 else f"{count} releases"


def _versions(count: int) -> list[str]:
    return [f"{50 + number}.0" for number in range(count)]


def _asker(count: int) -> Ask:
    releases = [f"onet-{version}" for version in _versions(count)]

    def ask_in(question: Question, chosen: Any) -> bytes:
        task, number = chosen
        return ask_ours(question, (task, releases[number % count]))

    return ask_in


def _pages(graph: Listed) -> list[tuple[int, int]]:
    dice = random.Random(4)  # noqa: S311 - the same in every run
    tasks = dice.sample(graph.tasks, len(graph.tasks))
    return [(task, number) for number, task in enumerate(tasks)]
