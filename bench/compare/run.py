"""Compare WorkAtlas with what a user could pick instead, on this machine, in one run.

    python bench/compare/run.py --quick      # minutes: a tenth of the data
    python bench/compare/run.py              # full scale

Needs wrk, Node with `npm ci` done in bench/compare/neo4j_graphql, and Java and Maven
for a Neo4j of its own, or NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD of one that holds
nothing or what this loaded. Writes comparison.md, comparison.json and plots.
"""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
from data import (
    Source,
    chosen,
    fill_database,
    fill_folder,
    invent,
    listed,
    popular,
)
from database import database
from growth import Grown, by_releases, by_rows, fill_stores, workers
from measuring import LONGER, Result, Settings, in_turns
from queries import CONTRACT, PAGE_QUESTION, POPULAR, QUESTIONS, REPEATED
from report import Report, write_report
from same import check
from sides import (
    KEEPING,
    LIBRARY_NAME,
    ON_NEO4J,
    PLAIN,
    READY,
    US,
    Database,
    Side,
    library,
    plain,
    post,
    ready,
    running,
    workatlas,
)

VISITS = 200_000
"""Popular pages that are asked for, before the list is begun again."""


def cold(settings: Settings, sides: Sequence[Side], some: Any) -> Iterator[Result]:
    """Ask each side every question about ever other things; answers are not kept."""
    for question in QUESTIONS:
        about = some[question.about]
        check(question, sides, about)
        for concurrency in settings.concurrencies:
            yield from in_turns(settings, sides, question, about, concurrency)
    ours = [side for side in sides if side.name in {US, ON_NEO4J}]
    for concurrency in settings.concurrencies:
        yield from in_turns(settings, ours, CONTRACT, some["task"], concurrency)


def warm(settings: Settings, sides: Sequence[Side], tasks: Any) -> Iterator[Result]:
    """Ask again and again: one page, and pages as popular as those of the web."""
    # A service that is in use has been asked for popular pages before.
    used = settings._replace(warm_up=LONGER * settings.warm_up)
    for name, asked, how in (
        (REPEATED, tasks[:1], settings),
        (POPULAR, popular(tasks, VISITS), used),
    ):
        question = PAGE_QUESTION._replace(name=name)
        for concurrency in settings.concurrencies:
            yield from in_turns(how, sides, question, asked, concurrency)


def compare(
    settings: Settings, source: Source, server: Database
) -> tuple[list[Result], list[Grown]]:
    """Start all sides and measure them in turns, question by question."""
    store = settings.folder / "graph"
    fill_folder(store, source, settings.folder / "archive")
    fill_database(server, source, settings.folder / "archive")
    graph = listed(store)
    some = chosen(graph)
    with ExitStack() as started:

        def start(command: Any, name: str) -> Side:
            named = command._replace(name=name)
            return started.enter_context(running(named, settings.server_cores))

        us = start(workatlas(US, store), US)
        ours_there = start(workatlas(ON_NEO4J, server), ON_NEO4J)
        other = start(plain(store), PLAIN)
        theirs = start(library(server, graph.prefix), LIBRARY_NAME)
        results = list(cold(settings, [us, ours_there, other, theirs], some))
        answer = settings.folder / "answer.json"
        page = post(us.port, us.ask(PAGE_QUESTION, some["task"][0]))
        answer.write_bytes(orjson.dumps(page))
        keeping = [
            start(workatlas(US, store, answers=True), f"{US}{KEEPING}"),
            start(workatlas(ON_NEO4J, server, answers=True), f"{ON_NEO4J}{KEEPING}"),
            other,
            theirs,
            start(ready(answer), READY),
        ]
        results += warm(settings, keeping, some["task"])
        grown = list(by_rows(settings, [us, ours_there, other, theirs], graph))
    return results, grown


def main() -> None:
    """Measure with the arguments of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the data")
    parser.add_argument("--seconds", type=float, help="of each measurement")
    parser.add_argument("--warm-up", type=float, help="seconds before each")
    parser.add_argument("--rounds", type=int, help="of which the best one counts")
    parser.add_argument("--release", type=Path, help="a real one: a folder or a zip")
    parser.add_argument("--labels", type=Path, help="labels for it")
    parser.add_argument("--server-cores", type=int, nargs="+", default=[0])
    parser.add_argument("--client-cores", type=int, nargs="+", default=[1])
    parser.add_argument("--out", type=Path, default=Path("bench-results"))
    given = parser.parse_args()
    if (given.release is None) != (given.labels is None):
        parser.error("--release and --labels go together")
    with TemporaryDirectory(prefix="workatlas-bench-") as name, database() as server:
        folder = Path(name)
        settings = Settings(
            folder,
            given.seconds or (1 if given.quick else 4),
            given.warm_up or (1 if given.quick else 2),
            given.client_cores,
            given.server_cores,
            given.rounds or (1 if given.quick else 3),
        )
        source = (
            Source(given.release, given.labels)
            if given.release
            else invent(folder / "release", quick=given.quick)
        )
        results, grown = compare(settings, source, server)
        stores = fill_stores(settings, source)
        grown += by_releases(settings, stores)
        held = list(workers(settings, stores))
    write_report(given.out, Report(settings, results, grown, held))


if __name__ == "__main__":
    main()
