"""`workatlas up`: a running service over a graph, from nothing."""
# ruff: noqa: PLC0415 - what is heavy to import waits until the command runs

from typing import TYPE_CHECKING

import typer

from workatlas.errors import DataError, SourceError, WorkAtlasError

from .load import opened
from .options import HostOption, PortOption, StoreOption, WorkersOption
from .output import now, progress_bar

if TYPE_CHECKING:
    from workatlas.loaders.limits import Limits
    from workatlas.server.settings import Settings
    from workatlas.stores import Snapshot, Writer

EXAMPLE = "workatlas up --port 8080"
_RELEASE, _LABELS, _SAMPLE = "onet", "gpts-are-gpts", "sample"
_CHECKED = "onet@29.2"
"""The newest release whose layout was compared with published files."""
_INVENTED = "the invented sample is loaded instead"


def up(
    host: HostOption = None,
    port: PortOption = None,
    workers: WorkersOption = None,
    store: StoreOption = None,
) -> None:
    """Serve the graph; when there is none yet, load one first.

    The current release and its labels come from their publishers. When those
    cannot be had, a small sample is loaded, and every answer says that it is
    invented.
    """
    from workatlas.server.serving import run_server
    from workatlas.server.settings import load_settings

    settings = load_settings(host=host, port=port, workers=workers, store=store)
    with opened(settings) as writer:
        fill(writer, settings)
        typer.echo(served(writer.snapshot()), err=True)
    run_server(settings)


def served(snapshot: "Snapshot") -> str:
    """Say what is served, and how to come from invented data to real ones."""
    names = ", ".join(sorted(snapshot.graphs)) or "nothing"
    if not any(graph.synthetic for graph in snapshot.graphs.values()):
        return f"Serving {names}."
    return (
        f"Serving {names}; some of it is invented. Real data: `workatlas load onet`, "
        "then `workatlas load gpts-are-gpts`."
    )


def fill(writer: "Writer", settings: "Settings") -> None:
    """Load something when no release is published."""
    from workatlas.stores import GraphKind

    if writer.snapshot().of(GraphKind.RELEASE):
        return
    if _release_loaded(writer, settings):
        _loaded(writer, settings, _LABELS, "the release is served without it")
    else:
        _load(writer, settings, _SAMPLE)


def _release_loaded(writer: "Writer", settings: "Settings") -> bool:
    """Load the current release, or a checked one if its layout is not as described."""
    try:
        _load(writer, settings, _RELEASE)
    except SourceError as error:
        _tell(_RELEASE, error, _INVENTED)
        return False
    except DataError as error:
        _tell(_RELEASE, error, f"{_CHECKED} is loaded instead")
        return _loaded(writer, settings, _CHECKED, _INVENTED)
    return True


def _loaded(writer: "Writer", settings: "Settings", source: str, instead: str) -> bool:
    try:
        _load(writer, settings, source)
    except (SourceError, DataError) as error:
        _tell(source, error, instead)
        return False
    return True


def _tell(source: str, error: WorkAtlasError, instead: str) -> None:
    why = error.what.rstrip(".")
    typer.echo(f"{source} could not be had ({why}): {instead}.", err=True)


def _load(writer: "Writer", settings: "Settings", source: str) -> None:
    from workatlas.loaders.load import load

    with progress_bar() as progress:
        report = load(
            writer,
            source,
            archive=settings.archive,
            origin=None,
            without=(),
            partial=(),
            now=now(),
            progress=progress,
            limits=_impatient(settings.download_timeout),
        )
    for line in report.lines():
        typer.echo(line, err=True)


def _impatient(seconds: float) -> "Limits":
    """Bound a download that somebody waits for: a silent publisher is given up soon."""
    from workatlas.loaders.limits import Limits

    return Limits(connect_seconds=seconds, read_seconds=seconds, attempts=1)
