"""Type texts of a full-scale invented release letter by letter, in one process.

    python bench/search.py                       # embedded
    python bench/search.py --store bolt://...    # Neo4j

Prints how long the first search takes, which makes the index, and then median, 99th
percentile and longest of a keystroke in ms: for texts as they are, and with two letters
that changed places. No keystroke is answered from what is kept.
"""

import argparse
import asyncio
import os
import random
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from workatlas.loaders.generate import generate
from workatlas.loaders.load import load
from workatlas.resolvers import Service
from workatlas.stores import open_reader, open_writer

NOW = "2026-01-01T00:00:00Z"
TEXTS = """{ release { occupations { title jobTitles { title }
  tasks { statement workActivities { title } } } } }"""
SEARCH = """query($typed: String!) { search(query: $typed, first: 10) {
  kind field text score reason highlights { start end match }
  node { id ... on Occupation { title } } } }"""
LONGEST = 30


async def texts(service: Service) -> list[str]:
    """Give all texts of the release that are searched."""
    data = (await service.answer(TEXTS)).as_dict()["data"]
    found: set[str] = set()
    for each in data["release"]["occupations"]:
        found.add(each["title"])
        found.update(title["title"] for title in each["jobTitles"])
        for task in each["tasks"]:
            found.add(task["statement"])
            found.update(activity["title"] for activity in task["workActivities"])
    return sorted(found)


def typed(text: str, swapped: int | None) -> Iterator[str]:
    """Give what stands in a search box after each letter, two swapped if so asked."""
    text = text[:LONGEST]
    if swapped is not None:
        at = swapped % max(1, len(text) - 1)
        text = text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
    return (text[:end] for end in range(1, len(text) + 1))


async def measure(service: Service, count: int) -> None:
    """Search as people type, and print what it takes."""
    known = await texts(service)
    begun = time.perf_counter()
    await service.answer(SEARCH, {"typed": "a"})
    print(f"first search {time.perf_counter() - begun:.2f} s, {len(known)} texts")
    chosen = random.Random(1)  # noqa: S311 - the same texts every time
    some = chosen.sample(known, min(count, len(known)))
    for name, is_swapped in (("as they are", False), ("two letters swapped", True)):
        spent: list[float] = []
        for text in some:
            swapped = chosen.randrange(LONGEST) if is_swapped else None
            for so_far in typed(text, swapped):
                begun = time.perf_counter()
                answer = await service.answer(SEARCH, {"typed": so_far})
                spent.append((time.perf_counter() - begun) * 1000)
                assert not answer.result.errors, answer.result.errors
        spent.sort()
        print(
            f"{name}: {len(spent)} keystrokes, p50 {statistics.median(spent):.2f} ms, "
            f"p99 {spent[int(len(spent) * 0.99)]:.2f} ms, longest {spent[-1]:.2f} ms"
        )


async def run(given: argparse.Namespace, folder: Path) -> None:
    """Load a release into an empty store and search it."""
    out = folder / "release"
    generate(out, occupations=given.occupations, tasks=given.tasks, seed=1)
    place = given.store or str(folder / "graph")
    user = os.environ.get("WORKATLAS_NEO4J_USER")
    password = os.environ.get("WORKATLAS_NEO4J_PASSWORD")
    writer = open_writer(place, user=user, password=password)
    load(writer, "onet@99.1", archive=folder / "archive", now=NOW, origin=str(out))
    writer.close()
    reader = open_reader(place, user=user, password=password)
    await measure(Service(reader), given.texts)
    await reader.close()


def main() -> None:
    """Measure with the arguments of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store")
    parser.add_argument("--occupations", type=int, default=1016)
    parser.add_argument("--tasks", type=int, default=18800)
    parser.add_argument("--texts", type=int, default=300)
    given = parser.parse_args()
    with TemporaryDirectory(prefix="workatlas-bench-") as folder:
        asyncio.run(run(given, Path(folder)))


if __name__ == "__main__":
    main()
