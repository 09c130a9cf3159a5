"""Compare raters over a full-scale invented release with its labels, in one process.

    python bench/comparing.py

Embedded. Prints for each query median and longest in ms of a whole answer, the median
of its longest statement, and of the time of the processor; nothing is kept.
"""

import argparse
import asyncio
import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from workatlas.loaders.generate import generate
from workatlas.loaders.load import load
from workatlas.resolvers import Service
from workatlas.stores import open_reader, open_writer

_RATERS = 'study: "gpts-are-gpts", between: ["human", "gpt-4"]'
_FIGURES = """{ population { total compared notCompared { first second count } }
  matrix { first second count } agreement { value } kappa { value }
  linearKappa { value } quadraticKappa { value } }"""
_LISTED = """{ tasks(first: 20, after: null) { totalCount
  nodes { distance first { label } second { label } task { statement } } } }"""
_BETAS = """first: { study: "gpts-are-gpts", rater: "human", measure: "beta" }
  second: { study: "gpts-are-gpts", rater: "gpt-4", measure: "beta" }"""
_RANKS = """{ population { total compared } first { bases { basis count } }
  spearman { value } kendall { value } }"""
QUERIES = {
    "labels of a release": f"{{ disagreements({_RATERS}) {_FIGURES} }}",
    "labels of a major group": (
        f'{{ disagreements({_RATERS}, where: {{ majorGroup: "29" }}) {_FIGURES} }}'
    ),
    "rows of the study": (
        f"{{ disagreements({_RATERS}, over: STUDY_ROWS) {_FIGURES} }}"
    ),
    "tasks that differ": f"{{ disagreements({_RATERS}) {_LISTED} }}",
    "ranks of occupations": f"{{ rankCorrelation({_BETAS}) {_RANKS} }}",
    "ranks of tasks": f"{{ rankCorrelation({_BETAS} over: TASKS) {_RANKS} }}",
}


async def measure(service: Service, runs: int) -> None:
    """Ask each query several times, and print what it takes."""
    for name, document in QUERIES.items():
        spent: list[float] = []
        stored: list[float] = []
        processor: list[float] = []
        for run in range(runs + 1):
            begun, worked = time.perf_counter(), time.process_time()
            answer = await service.answer(document, explain=True)
            assert not answer.result.errors, answer.result.errors
            if run:  # the first one plans, and opens the graph
                spent.append((time.perf_counter() - begun) * 1000)
                processor.append((time.process_time() - worked) * 1000)
                stored.append(_stored(answer.as_dict()["extensions"]["plan"]))
        print(
            f"{name}: p50 {statistics.median(spent):.0f} ms, longest {max(spent):.0f} "
            f"ms, the longest statement {statistics.median(stored):.0f} ms, "
            f"of the processor {statistics.median(processor):.0f} ms"
        )


def _stored(plan: Any) -> float:
    """Give the time of the longest statement: they run beside each other."""
    return max(each["ms"] for each in plan["statements"])


def main() -> None:
    """Load a release with labels and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--occupations", type=int, default=1016)
    parser.add_argument("--tasks", type=int, default=18800)
    parser.add_argument("--runs", type=int, default=10)
    given = parser.parse_args()
    with TemporaryDirectory(prefix="workatlas-bench-") as name:
        folder = Path(name)
        out, store = folder / "release", str(folder / "graph")
        generate(out, occupations=given.occupations, tasks=given.tasks, seed=1)
        for source, place in (("onet@99.1", out), ("gpts-are-gpts", out / "exposure")):
            load(
                open_writer(store),
                source,
                archive=folder / "archive",
                now="2026-01-01T00:00:00Z",
                origin=str(place),
            )
        asyncio.run(measure(Service(open_reader(store, timeout=60.0)), given.runs))


if __name__ == "__main__":
    main()
