"""Compare the plan with the reference executor over a full-scale invented release.

    python bench/engine.py                       # embedded
    python bench/engine.py --store bolt://...    # Neo4j, already loaded or empty

Prints for each query the median and 99th percentile in ms of a whole answer, made by
the plan and by graphql-core's executor with data loaders over the same statements; what
the store took of it; and what the rest took for each scalar of the answer.
"""

import argparse
import asyncio
import os
import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from workatlas.loaders.generate import generate
from workatlas.loaders.load import load
from workatlas.resolvers import Service
from workatlas.stores import open_reader, open_writer

NOW = "2026-01-01T00:00:00Z"
PAGE = """query Page($taskId: Int!, $accessed: Date!) { task(taskId: $taskId) {
  id taskId statement type occupation { code title taskCount ratedTaskCount }
  importance { ...F rank { position of tied }
    last: rank(direction: ASCENDING) { position } }
  relevance { ...F } frequency { category label ...F }
  workActivities { elementId title level parent { title level parent { title level } } }
  exposureRatings { study { id title } rater { id kind } measure { id title }
    label score basis provenance { ...S } }
  siblings(orderBy: {by: IMPORTANCE, direction: DESCENDING}) {
    taskId statement importance { value } }
  caveats { code text } citations(accessed: $accessed) { style text }
  sources { id title publisher url licence { name url } requiredAttribution } } }
fragment F on Figure { value unit missing n standardError lowerBound upperBound
  boundsMissing recommendSuppress surveyed domainSource provenance { ...S } }
fragment S on Provenance { release { id } file { name url sha256 } line column
  method }"""
OCCUPATION = """query Occupation($code: String!) { occupation(code: $code) {
  code title description tasks { taskId statement type
    importance { ...F } relevance { ...F } frequency { category label ...F }
    workActivities { elementId title level }
    exposureRatings { label score study { id } rater { id } measure { id } } } } }
fragment F on Figure { value n standardError lowerBound upperBound recommendSuppress
  surveyed domainSource provenance { line column } }"""
AGGREGATE = """query Aggregate($code: String!) { occupation(code: $code) {
  exposure(study: "gpts-are-gpts", rater: "human", measure: "beta") {
    value missing formula isStudyMethod difference publishedMissing
    published { score provenance { ...S } } coverage { used of share weightShare }
    inputs { taskId statement score weight share basis provenance { ...S }
      weightProvenance { ...S } task { importance { value } } }
    excluded { taskId reason } otherWeights { weight value difference } } } }
fragment S on Provenance { file { name } line column method }"""
RANK = """query Rank($code: String!) { occupation(code: $code) {
  exposure(study: "gpts-are-gpts", rater: "human", measure: "beta") {
    rank { position of tied percentile population }
    published { rank { position of tied percentile population } } } } }"""
LISTED = "{ release { occupations { code tasks { taskId } } } }"
RELATED = """query Related($id: Int!) { task(taskId: $id) { related(first: 20) {
  via task { taskId statement related(first: 20) { via task { taskId } } } } } }"""
WARM_UP = 20
SMALL = 10
"""Occupations with no more tasks than that are left out."""
Variables = Sequence[Mapping[str, Any]]


def scalars(value: Any) -> int:
    """Count the scalars of an answer."""
    if isinstance(value, dict):
        return sum(map(scalars, cast("dict[str, Any]", value).values()))
    if isinstance(value, list):
        return sum(map(scalars, cast("list[Any]", value)))
    return 1


async def spent(answer: Callable[..., Any], document: str, each: Variables) -> str:
    """Give the median and the 99th percentile of some answers, in ms."""
    found: list[float] = []
    for variables in each:
        begun = time.perf_counter()
        made = await answer(document, variables)
        size = len(made.body)
        found.append((time.perf_counter() - begun) * 1000)
        assert size > 0
        assert not made.result.errors, made.result.errors
    found = sorted(found[WARM_UP:] or found)
    return f"{statistics.median(found):8.2f} {found[int(len(found) * 0.99)]:8.2f}"


async def show(service: Service, name: str, document: str, each: Variables) -> None:
    """Print a line for a query."""
    plan = await spent(service.answer, document, each)
    reference = await spent(service.reference, document, each[: len(each) // 10])
    store: list[float] = []
    rest: list[float] = []
    for variables in each[: len(each) // 4]:
        answer = await service.answer(document, variables, explain=True)
        assert answer.plan is not None
        ran = sum(one["ms"] for one in answer.plan["statements"])
        answer = await service.answer(document, variables)
        count = scalars(answer.as_dict()["data"])
        begun = time.perf_counter()
        assert (await service.answer(document, variables)).body
        whole = (time.perf_counter() - begun) * 1000
        store.append(ran)
        rest.append((whole - ran) * 1000 / max(1, count))
    print(
        f"{name:12} {plan}   {reference}   {statistics.median(store):8.2f}"
        f"   {statistics.median(rest):8.2f}"
    )


async def measure(address: str, count: int) -> None:
    """Answer each query about tasks and occupations all over the release."""
    reader = open_reader(
        address,
        user=os.environ.get("WORKATLAS_NEO4J_USER"),
        password=os.environ.get("WORKATLAS_NEO4J_PASSWORD"),
        timeout=30.0,
    )
    service = Service(reader)
    listed = (await service.answer(LISTED)).as_dict()["data"]["release"]["occupations"]
    choice = random.Random(1)  # noqa: S311 - the same ones in every run
    codes = choice.sample(
        [o["code"] for o in listed if len(o["tasks"]) > SMALL], count // 4
    )
    tasks = choice.sample([t["taskId"] for o in listed for t in o["tasks"]], count)
    pages = [{"taskId": task, "accessed": "2026-01-01"} for task in tasks]
    print(
        f"{'':12} {'plan p50, p99':>17}   {'reference':>17}   {'store':>8}   us/scalar"
    )
    await show(service, "task page", PAGE, pages)
    await show(service, "occupation", OCCUPATION, [{"code": code} for code in codes])
    each = [{"code": code} for code in codes]
    await show(service, "aggregate", AGGREGATE, each)
    begun = time.perf_counter()
    await service.answer(RANK, each[0])
    print(f"{'first rank':12} {(time.perf_counter() - begun) * 1000:8.2f}")
    await show(service, "rank", RANK, each)
    await show(service, "related", RELATED, [{"id": task} for task in tasks])
    await reader.close()


def main() -> None:
    """Fill a store if it is empty, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", help="a folder or a Neo4j; else a folder for now")
    parser.add_argument("--count", type=int, default=1000, help="how many pages")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        store = given.store or str(Path(folder, "graph"))
        fill(store, Path(folder))
        asyncio.run(measure(store, given.count))


def fill(store: str, folder: Path) -> None:
    """Load a release and its labels, unless there is one."""
    writer = open_writer(
        store,
        user=os.environ.get("WORKATLAS_NEO4J_USER"),
        password=os.environ.get("WORKATLAS_NEO4J_PASSWORD"),
    )
    if not writer.snapshot().graphs:
        release = folder / "release"
        generate(release, occupations=1016, tasks=18800, seed=1)
        for source, origin in (
            ("onet", release),
            ("gpts-are-gpts", release / "exposure"),
        ):
            load(
                writer, source, archive=folder / "archive", origin=str(origin), now=NOW
            )
    writer.close()


if __name__ == "__main__":
    main()
