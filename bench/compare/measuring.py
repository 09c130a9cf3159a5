"""One measurement: a side, a question, a concurrency."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from client import Load, Measured, measure, wait_for_quiet, write_bodies
from queries import Question
from sides import Side

LONGER = 10
"""How many times as long sides are warmed up with popular pages, every side alike."""


class Settings(NamedTuple):
    """What holds for every measurement of a run."""

    folder: Path
    seconds: float
    warm_up: float
    client_cores: Sequence[int]
    server_cores: Sequence[int]
    rounds: int
    concurrencies: Sequence[int] = (1, 16)


class Result(NamedTuple):
    """What came out."""

    question: str
    side: str
    concurrency: int
    measured: Measured


def in_turns(
    settings: Settings,
    sides: Sequence[Side],
    question: Question,
    chosen: Sequence[Any],
    concurrency: int,
) -> Iterator[Result]:
    """Measure sides in turns, in rounds, about other things in each; give the best.

    Whatever else the machine does slows a round down, and never speeds it up.
    """
    tries: dict[str, list[Result]] = {side.name: [] for side in sides}
    for number in range(settings.rounds):
        start = len(chosen) * number // settings.rounds
        turned = [*chosen[start:], *chosen[:start]]
        for side in sides:
            found = ask(settings, side, question, turned, concurrency)
            tries[side.name].append(found)
    for some in tries.values():
        yield max(some, key=lambda one: one.measured.per_second)


def ask(
    settings: Settings,
    side: Side,
    question: Question,
    chosen: Iterable[Any],
    concurrency: int,
) -> Result:
    """Ask a side a question about what is chosen, one after the other."""
    bodies = settings.folder / "bodies"
    write_bodies(bodies, (side.ask(question, one) for one in chosen))
    load = Load(concurrency, settings.seconds, settings.warm_up, settings.client_cores)
    found = Result(
        question.name,
        side.name,
        concurrency,
        measure(side.port, bodies, load, side.processes),
    )
    show(found)
    wait_for_quiet(side.processes)
    return found


def show(result: Result) -> None:
    """Print a line of what was measured."""
    one = result.measured
    spent = " + ".join(f"{ms:.2f}" for ms in one.cpu_ms.values())
    held = " + ".join(f"{mib:.0f}" for mib in one.memory_mib.values())
    print(
        f"{result.question:24} {result.side:26} c={result.concurrency:<3} "
        f"{one.per_second:9.1f}/s  p50 {one.p50_ms:8.2f}  p99 {one.p99_ms:8.2f} ms  "
        f"CPU {spent} ms  {held} MiB  {one.bytes:.0f} B  load {one.load:.1f}",
        flush=True,
    )
