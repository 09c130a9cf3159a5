"""`workatlas serve`: the HTTP server."""
# ruff: noqa: PLC0415 - what is heavy to import waits until the command runs

from .options import HostOption, PortOption, StoreOption, WorkersOption

EXAMPLE = "workatlas serve --port 8080 --workers 2"


def serve(
    host: HostOption = None,
    port: PortOption = None,
    workers: WorkersOption = None,
    store: StoreOption = None,
) -> None:
    """Serve the graph over HTTP until stopped; loads meanwhile are picked up."""
    from workatlas.server.serving import run_server
    from workatlas.server.settings import load_settings

    run_server(load_settings(host=host, port=port, workers=workers, store=store))
