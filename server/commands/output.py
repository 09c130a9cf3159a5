"""What commands say: reports on standard output, progress on standard error."""
# ruff: noqa: PLC0415 - what is heavy to import waits until the command runs

import sys
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import orjson
import typer

_WIDE = 1000
"""Columns of a line that is not shown in a terminal."""


def now() -> str:
    """Give the time in UTC, ISO 8601, to the second."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"


def tell(report: Mapping[str, Any], lines: Iterable[str], *, as_json: bool) -> None:
    """Print a report: as one JSON document, or line by line for a person."""
    if as_json:
        tell_json(report)
        return
    for line in lines:
        typer.echo(line)


def tell_json(document: Any) -> None:
    """Print one JSON document."""
    typer.echo(orjson.dumps(document, option=orjson.OPT_INDENT_2))


def tell_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows below the names of their columns."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    # What a program reads, or a file keeps, is in a line however wide that is.
    width = None if sys.stdout.isatty() else _WIDE
    Console(highlight=False, width=width).print(table)


@contextmanager
def progress_bar() -> Generator[Callable[[int, int | None], None]]:
    """Show how far a download is, and its size; nothing while there is none."""
    from rich import progress
    from rich.console import Console

    columns = (
        progress.TextColumn("downloading"),
        progress.BarColumn(),
        progress.DownloadColumn(),
        progress.TransferSpeedColumn(),
    )
    bar = progress.Progress(*columns, console=Console(stderr=True))
    task = bar.add_task("")

    def show(so_far: int, total: int | None) -> None:
        bar.start()
        bar.update(task, completed=so_far, total=total)

    try:
        yield show
    finally:
        # A bar that never started would leave an empty line.
        if bar.live.is_started:
            bar.stop()
