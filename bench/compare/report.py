"""What a run writes: figures as JSON, tables as Markdown, a plot as SVG."""

import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from growth import Grown
from measuring import Result, Settings
from plot import bars
from sides import LIBRARY

CORES = Path("/proc/cpuinfo")
PACKAGES = ("strawberry-graphql", "graphql-core", "uvicorn", "kglite", "neo4j")
THEIRS = ("@neo4j/graphql", "graphql-yoga", "graphql", "neo4j-driver")


class Report(NamedTuple):
    """All of a run."""

    settings: Settings
    results: Sequence[Result]
    grown: Sequence[Grown]


def write_report(out: Path, report: Report) -> None:
    """Write results.json, results.md and results.svg into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "results.json").write_bytes(orjson.dumps(_raw(report), option=_OPTIONS))
    (out / "results.md").write_text("\n".join(_text(report)) + "\n", encoding="utf-8")
    most = max(report.settings.concurrencies)
    speeds = {
        (one.question, one.side): one.measured.per_second
        for one in report.results
        if one.concurrency == most
    }
    title = f"Answers a second, {most} requests at a time"
    (out / "results.svg").write_text(bars(title, speeds), encoding="utf-8")
    print(f"Written: {out}/results.md, results.json, results.svg")


_OPTIONS = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS


def _raw(report: Report) -> dict[str, Any]:
    return {
        "machine": _machine(),
        "seconds": report.settings.seconds,
        "warm_up": report.settings.warm_up,
        "server_cores": report.settings.server_cores,
        "client_cores": report.settings.client_cores,
        "results": [_plain(one) for one in report.results],
        "growth": [
            {"by": one.kind, "number": one.number, **_plain(one.result)}
            for one in report.grown
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
        "python": platform.python_version(),
        "load": os.getloadavg()[0],
        **{name: version(name) for name in PACKAGES},
        **{f"{n} (npm)": lock[f"node_modules/{n}"]["version"] for n in THEIRS},
    }


def _text(report: Report) -> Iterator[str]:
    given = report.settings
    yield ", ".join(f"{name} {value}" for name, value in _machine().items()) + "."
    yield (
        f"Servers, Neo4j included, on cores {list(given.server_cores)}, the client on "
        f"{list(given.client_cores)}; {given.seconds:g} s after {given.warm_up:g} s of "
        "warm-up with other requests. Latency in ms, CPU in ms a request."
    )
    for concurrency in given.concurrencies:
        yield f"\n## {concurrency} at a time\n"
        some = [one for one in report.results if one.concurrency == concurrency]
        yield from _table(some)
    for kind in dict.fromkeys(one.kind for one in report.grown):
        yield f"\n## Growth: {kind}\n"
        yield from _table([one.result for one in report.grown if one.kind == kind])


def _table(results: Sequence[Result]) -> Iterator[str]:
    yield from _row("asked", "side", "a second", "p50", "p99", "CPU", "MiB", "times")
    yield from _row(*["---"] * 2, *["---:"] * 6)
    for one in results:
        made = one.measured
        yield from _row(
            f"{one.question}, {made.bytes / 1000:.1f} kB",
            one.side,
            _figure(made.per_second),
            _figure(made.p50_ms),
            _figure(made.p99_ms),
            " + ".join(map(_figure, made.cpu_ms.values())),
            " + ".join(f"{held:.0f}" for held in made.memory_mib.values()),
            _ratio(one, results),
        )


def _ratio(one: Result, results: Iterable[Result]) -> str:
    """Say how many times as many answers as @neo4j/graphql gives to the same."""
    for other in results:
        if (other.question, other.side) == (one.question, "@neo4j/graphql"):
            return _figure(one.measured.per_second / other.measured.per_second)
    return ""


def _figure(value: float) -> str:
    """Give three digits, or all before the point."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"  # noqa: PLR2004


def _row(*cells: str) -> Iterator[str]:
    yield f"| {' | '.join(cells)} |"
