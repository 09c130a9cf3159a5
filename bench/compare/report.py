"""What a run writes: figures as JSON, tables as Markdown, plots as SVG."""

import os
import platform
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from database import VERSION
from growth import WORKERS, Grown, Worker
from measuring import LONGER, Result, Settings
from plot import bars, lines
from sides import LIBRARY, LIBRARY_NAME
from targets import Verdict, judge, judge_growth

CORES = Path("/proc/cpuinfo")
PACKAGES = ("strawberry-graphql", "graphql-core", "uvicorn", "kglite", "neo4j")
THEIRS = ("@neo4j/graphql", "graphql-yoga", "graphql", "neo4j-driver")


class Report(NamedTuple):
    """All of a run."""

    settings: Settings
    results: Sequence[Result]
    grown: Sequence[Grown]
    held: Sequence[Worker]


def write_report(out: Path, report: Report) -> None:
    """Write the figures, the tables and two plots into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "comparison.json").write_bytes(orjson.dumps(_raw(report), option=_OPTIONS))
    (out / "comparison.svg").write_text(_rates(report), encoding="utf-8")
    (out / "growth.svg").write_text(_growth(report), encoding="utf-8")
    tables = "\n".join(_text(report)) + "\n"
    (out / "comparison.md").write_text(tables, encoding="utf-8")
    print(f"Written into {out}: comparison.md, .json and .svg, growth.svg")


def _rates(report: Report) -> str:
    most = max(report.settings.concurrencies)
    rates = {
        (one.question, one.side): one.measured.per_second
        for one in report.results
        if one.concurrency == most
    }
    return bars(f"Answers a second, {most} requests at a time", rates)


def _growth(report: Report) -> str:
    points: dict[str, list[tuple[float, float]]] = {}
    for one in report.grown:
        if one.kind == "rows":
            place = (one.number, one.result.measured.p50_ms)
            points.setdefault(one.result.side, []).append(place)
    return lines("Median time of an answer by its tasks", points, "ms")


_OPTIONS = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS


def _raw(report: Report) -> dict[str, Any]:
    return {
        "machine": _machine(),
        "rounds": report.settings.rounds,
        "seconds": report.settings.seconds,
        "warm_up": report.settings.warm_up,
        "server_cores": report.settings.server_cores,
        "client_cores": report.settings.client_cores,
        "results": [_plain(one) for one in report.results],
        "growth": [
            {"by": one.kind, "number": one.number, **_plain(one.result)}
            for one in report.grown
        ],
        "workers": [
            {"releases": one.releases, "role": one.role, **one.held._asdict()}
            for one in report.held
        ],
    }


def _plain(result: Result) -> dict[str, Any]:
    return {**result._asdict(), "measured": result.measured._asdict()}


def _machine() -> dict[str, Any]:
    names = [line for line in CORES.read_text().splitlines() if "model name" in line]
    lock = orjson.loads((LIBRARY / "package-lock.json").read_bytes())["packages"]
    return {
        "processor": names[0].partition(": ")[2] if names else platform.machine(),
        "cores": os.cpu_count(),
        "Python": platform.python_version(),
        "Node": _output("node", "--version"),
        "Neo4j": VERSION,
        **{name: version(name) for name in PACKAGES},
        **{f"{n} (npm)": lock[f"node_modules/{n}"]["version"] for n in THEIRS},
    }


def _output(*words: str) -> str:
    ran = subprocess.run(words, capture_output=True, text=True, check=True)  # noqa: S603
    return ran.stdout.strip()


def _text(report: Report) -> Iterator[str]:
    given = report.settings
    yield ", ".join(f"{name} {value}" for name, value in _machine().items()) + "."
    yield (
        f"\nServers, Neo4j included, on core {_list(given.server_cores)}, the client "
        f"on core {_list(given.client_cores)}. All sides in turns, in {given.rounds} "
        f"rounds, of which a side's best counts: {given.seconds:g} s after "
        f"{given.warm_up:g} s of warm-up with other requests, {LONGER} times that for "
        "popular pages. p50 and p99 in ms; CPU "
        "in ms a request, and MiB (PSS), of the server and of Neo4j; load is the "
        "machine's load average; times: answers a second against those of "
        f"{LIBRARY_NAME}."
    )
    yield "\n## Targets\n"
    yield from _verdicts(report)
    for concurrency in given.concurrencies:
        yield f"\n## {concurrency} at a time\n"
        yield from _table(
            one for one in report.results if one.concurrency == concurrency
        )
    for kind in dict.fromkeys(one.kind for one in report.grown):
        yield f"\n## Growth with {kind}\n"
        yield from _table(one.result for one in report.grown if one.kind == kind)
    yield f"\n## Memory of `serve --workers {WORKERS}`\n"
    yield from _memory(report.held)


def _list(cores: Iterable[int]) -> str:
    return ", ".join(map(str, cores))


def _verdicts(report: Report) -> Iterator[str]:
    counts = [f"{count} at a time" for count in report.settings.concurrencies]
    yield from _row("answers a second", "target", *counts, "CPU", "reached")
    yield from _row("---", "---", *["---:"] * (len(counts) + 1), "---")
    for one in judge(report.results, report.settings.concurrencies):
        yield from _row(one.name, one.least, *map(_figure, one.ratios), _yes(one))
    yield ""
    yield from _row("growth", "target", "measured", "reached")
    yield from _row(*["---"] * 4)
    for one in judge_growth(report.grown):
        figures = ", ".join(f"{ratio:.2f}" for ratio in one.ratios)
        yield from _row(one.name, one.least, figures, _yes(one))


def _yes(verdict: Verdict) -> str:
    return "yes" if verdict.is_reached else "**no**"


def _table(results: Iterable[Result]) -> Iterator[str]:
    some = list(results)
    named = ("asked", "side", "a second", "p50", "p99", "CPU", "MiB", "load", "times")
    yield from _row(*named)
    yield from _row(*["---"] * 2, *["---:"] * (len(named) - 2))
    for one in some:
        made = one.measured
        yield from _row(
            f"{one.question}, {made.bytes / 1000:.1f} kB",
            one.side,
            _figure(made.per_second),
            _figure(made.p50_ms),
            _figure(made.p99_ms),
            " + ".join(map(_figure, made.cpu_ms.values())),
            " + ".join(f"{held:.0f}" for held in made.memory_mib.values()),
            f"{made.load:.1f}",
            _ratio(one, some),
        )


def _ratio(one: Result, results: Iterable[Result]) -> str:
    """Say how many times as many answers as the library gives to the same."""
    alike = (one.question, LIBRARY_NAME, one.concurrency)
    for other in results:
        if (other.question, other.side, other.concurrency) == alike:
            return _figure(one.measured.per_second / other.measured.per_second)
    return ""


def _memory(workers: Iterable[Worker]) -> Iterator[str]:
    yield from _row("releases", "process", "resident, MiB", "share (PSS)", "own")
    yield from _row("---:", "---", *["---:"] * 3)
    for one in workers:
        figures = (f"{mib:.0f}" for mib in one.held)
        yield from _row(str(one.releases), one.role, *figures)


def _figure(value: float) -> str:
    """Give three digits, or all before the point."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"  # noqa: PLR2004


def _row(*cells: str) -> Iterator[str]:
    yield f"| {' | '.join(cells)} |"
