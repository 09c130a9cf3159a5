"""How a server is started: the port is taken first, then its processes."""

import os
import socket
import sys

import typer
import uvicorn
from typing_extensions import override
from uvicorn.supervisors.multiprocess import Multiprocess

from workatlas.errors import UsageError
from workatlas.stores.address import check_store, open_writer

from .connection import BoundedConfig
from .documents import read_documents
from .protocol import BoundedProtocol
from .settings import PREFIX, Settings

APP = "workatlas.server.app:app_from_environment"
_BACKLOG = 2048
_OTHER_FILES = 512
"""Files that a process has open beside its connections, and more."""


if sys.platform != "win32":  # pragma: no branch
    import resource


class Workers(Multiprocess):
    """Several processes behind one port, which notes how it was stopped."""

    interrupted = False

    @override
    def handle_int(self) -> None:
        """Stop all processes, and remember that it was Ctrl-C."""
        self.interrupted = True
        super().handle_int()


def run_server(settings: Settings) -> None:
    """Serve until the process is told to stop, having printed where.

    Raises:
        UsageError: the host is none of this machine's, the port is taken, or no store
            can be opened with these settings, or no listed documents.
        StoreError: a published file is damaged or gone.
        KeyboardInterrupt: it was stopped with Ctrl-C, after the requests under way.

    """
    # Said here in the error's own words; a worker could only fail to start.
    check_store(settings.store)
    open_writer(
        settings.store,
        user=settings.neo4j_user,
        password=settings.password(),
        ca_file=settings.neo4j_ca_file,
    ).close()
    read_documents(settings.documents)
    allow_files(settings.connections)
    with listen(settings.host, settings.port) as listener:
        # Each process reads its settings anew, and options of the command line are
        # not in the environment yet.
        os.environ[f"{PREFIX}STORE"] = settings.store
        config = BoundedConfig(
            APP,
            BoundedProtocol,
            settings.connection_limits(),
            settings.public_url,
            factory=True,
            workers=settings.workers,
            log_config=None,
            access_log=False,
            server_header=False,
            # Who asks is read in clients.py, from proxies that are trusted by setting.
            proxy_headers=False,
            timeout_keep_alive=settings.keep_alive_timeout,
            timeout_graceful_shutdown=settings.shutdown_timeout,
        )
        typer.echo(f"GraphQL endpoint: {_address(listener)}/graphql")
        if settings.workers == 1:
            uvicorn.Server(config).run(sockets=[listener])
            return
        workers = Workers(config, sockets=[listener])
        workers.run()
        if workers.interrupted:
            raise KeyboardInterrupt


def allow_files(connections: int) -> None:
    """Let this process and its workers open a file for each connection, if they may."""
    if sys.platform != "win32":  # pragma: no branch
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = connections + _OTHER_FILES
        if hard != resource.RLIM_INFINITY:
            wanted = min(wanted, hard)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def listen(host: str, port: int) -> socket.socket:
    """Take a port; who connects from now on waits until the server is up.

    Raises:
        UsageError: the host is none of this machine's, or the port is taken.

    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise UsageError(
            f"Nothing can be served at this address ({error.strerror}).",
            where=f"{host}:{port}",
            todo="Stop what uses the port, or choose another with --port.",
        ) from error


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
