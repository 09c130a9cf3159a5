"""Answer pages of distinct tasks of a full-scale invented release, in one process.

    python bench/task_page.py                       # embedded
    python bench/task_page.py --store bolt://...    # Neo4j

Prints median and 99th percentile in ms, statements and bytes a page; the same by the
number of the page's sibling tasks, which must not change the number of statements.
"""

import argparse
import asyncio
import os
import statistics
import time
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

from workatlas.loaders.generate import generate
from workatlas.loaders.load import load
from workatlas.resolvers import Service
from workatlas.stores import open_reader, open_writer

NOW = "2026-01-01T00:00:00Z"
QUERY = Path(__file__).parent.parent / "tests" / "goldens" / "task_page.graphql"
TASKS = "{ release { occupations { tasks { taskId } } } }"
Sample = tuple[int, float, int, int]
"""Siblings, milliseconds, statements and bytes of one page."""


async def pages(service: Service, count: int) -> list[Sample]:
    """Answer the pages of tasks spread over the release; the first 20 are warm-up."""
    listed = (await service.answer(TASKS)).as_dict()["data"]["release"]["occupations"]
    numbers = [
        (task["taskId"], len(one["tasks"]) - 1)
        for one in listed
        for task in one["tasks"]
    ]
    step = max(1, len(numbers) // count)
    document = QUERY.read_text(encoding="utf-8")
    found: list[Sample] = []
    for number, siblings in numbers[::step]:
        variables = {"taskId": number, "accessed": "2026-01-01"}
        begun = time.perf_counter()
        answer = await service.answer(document, variables)
        body = orjson.dumps(answer.as_dict())
        spent = (time.perf_counter() - begun) * 1000
        assert not answer.result.errors, answer.result.errors
        found.append((siblings, spent, len(answer.statements), len(body)))
    return found[20:] or found


def show(samples: list[Sample]) -> None:
    """Print a line for all pages, and one a range of siblings."""
    ranges: defaultdict[str, list[Sample]] = defaultdict(list)
    for sample in samples:
        low = sample[0] // 10 * 10
        ranges[f"{low} to {low + 9} siblings"].append(sample)
    print(f"{'':20} {'pages':>6} {'p50 ms':>8} {'p99 ms':>8} {'statements':>11} bytes")
    for name, some in [
        ("all", samples),
        *sorted(ranges.items(), key=lambda r: r[1][0]),
    ]:
        spent = sorted(sample[1] for sample in some)
        counts = sorted({sample[2] for sample in some})
        size = statistics.median(sample[3] for sample in some)
        p99 = spent[min(len(spent) - 1, int(len(spent) * 0.99))]
        print(
            f"{name:20} {len(some):6} {statistics.median(spent):8.2f} {p99:8.2f} "
            f"{'-'.join(map(str, counts)):>11} {size:.0f}"
        )


async def measure(
    folder: Path, store: str | None, occupations: int, tasks: int, count: int
) -> None:
    """Load a release with labels into an empty store and answer pages."""
    out = folder / "release"
    generate(out, occupations=occupations, tasks=tasks, seed=1)
    place = store or str(folder / "graph")
    user = os.environ.get("WORKATLAS_NEO4J_USER")
    password = os.environ.get("WORKATLAS_NEO4J_PASSWORD")
    writer = open_writer(place, user=user, password=password)
    for source, origin in (("onet@99.1", out), ("gpts-are-gpts", out / "exposure")):
        load(writer, source, archive=folder / "archive", now=NOW, origin=str(origin))
    writer.close()
    reader = open_reader(place, user=user, password=password)
    show(await pages(Service(reader), count))
    await reader.close()


def main() -> None:
    """Measure with the arguments of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store")
    parser.add_argument("--occupations", type=int, default=1016)
    parser.add_argument("--tasks", type=int, default=18800)
    parser.add_argument("--pages", type=int, default=500)
    given = parser.parse_args()
    with TemporaryDirectory(prefix="workatlas-bench-") as folder:
        asyncio.run(
            measure(
                Path(folder), given.store, given.occupations, given.tasks, given.pages
            )
        )


if __name__ == "__main__":
    main()
