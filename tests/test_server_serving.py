"""Starting a server: the port, the address that is printed, one process or several."""

import os
import resource
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from workatlas.errors import UsageError
from workatlas.server.serving import APP, Workers, allow_files, listen, run_server
from workatlas.server.settings import load_settings


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put back what a server changes in its process: a variable, signal handlers."""
    monkeypatch.setenv("WORKATLAS_STORE", "before")
    before = {each: signal.getsignal(each) for each in signal.valid_signals()}
    yield
    for each, handler in before.items():
        if handler is not None and signal.getsignal(each) is not handler:
            signal.signal(each, handler)


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, uvicorn.Config, Any]]:
    """Note what would have been run instead of running it."""
    runs: list[tuple[str, uvicorn.Config, Any]] = []

    def several(self: Workers) -> None:
        runs.append(("several", self.config, self.sockets[0].getsockname()))

    def one(self: uvicorn.Server, sockets: Any) -> None:
        runs.append(("one", self.config, sockets[0].getsockname()))

    monkeypatch.setattr(Workers, "run", several)
    monkeypatch.setattr(uvicorn.Server, "run", one)
    return runs


def test_one_process(
    ran: list[tuple[str, uvicorn.Config, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """One process serves on the port that was taken, whose address was printed."""
    run_server(load_settings(store="work", port=0))
    ((kind, config, (host, port)),) = ran
    assert (kind, config.app, config.factory) == ("one", APP, True)
    assert not config.proxy_headers, "it would believe who is not trusted"
    assert (
        capsys.readouterr().out == f"GraphQL endpoint: http://{host}:{port}/graphql\n"
    )
    assert os.environ["WORKATLAS_STORE"] == "work"


def test_several_processes(ran: list[tuple[str, uvicorn.Config, Any]]) -> None:
    """Several processes share the port, and find the store in their environment."""
    run_server(load_settings(store="work", port=0, workers=2))
    assert [(kind, config.workers) for kind, config, _ in ran] == [("several", 2)]
    assert os.environ["WORKATLAS_STORE"] == "work"


def test_interrupted_processes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Ctrl-C stops all processes, and is told as in any other command."""
    monkeypatch.setattr(Workers, "run", Workers.handle_int)
    with pytest.raises(KeyboardInterrupt):
        run_server(load_settings(store="work", port=0, workers=2))


def test_settings_are_checked_first(tmp_path: Path) -> None:
    """A store that no server could open is refused before the port is taken."""
    with pytest.raises(UsageError, match="ftp"):
        run_server(load_settings(store="ftp://127.0.0.1", port=0))
    gone = tmp_path / "none"
    with pytest.raises(UsageError, match="password"):
        run_server(load_settings(neo4j_password_file=gone, port=0))


def test_ipv6_address_can_be_opened(
    ran: list[tuple[str, uvicorn.Config, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """An IPv6 address is printed in brackets, as in any URL."""
    run_server(load_settings(host="::1", port=0))
    assert "http://[::1]:" in capsys.readouterr().out
    assert len(ran) == 1


@pytest.mark.parametrize(
    ("soft", "hard", "becomes"),
    [(256, 4096, 1512), (256, 1000, 1000), (256, -1, 1512), (4096, 8192, None)],
)
def test_each_connection_may_have_its_file(
    monkeypatch: pytest.MonkeyPatch, soft: int, hard: int, becomes: int | None
) -> None:
    """As many files may be open as there may be connections, if the system lets it."""
    became: list[tuple[int, int]] = []

    def given(_kind: int) -> tuple[int, int]:
        return soft, hard

    def becoming(_kind: int, limits: tuple[int, int]) -> None:
        became.append(limits)

    monkeypatch.setattr(resource, "getrlimit", given)
    monkeypatch.setattr(resource, "setrlimit", becoming)
    allow_files(1000)
    assert became == ([] if becomes is None else [(becomes, hard)])


def test_taken_port() -> None:
    """A port that is taken is told with its number and what to do."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(UsageError, match="in use") as caught:
            listen("127.0.0.1", port)
    assert caught.value.where == f"127.0.0.1:{port}"
    assert "--port" in caught.value.todo


def test_unknown_host() -> None:
    """A host that is none is told like a port that is taken."""
    with pytest.raises(UsageError) as caught:
        listen("no such host", 0)
    assert caught.value.where == "no such host:0"
