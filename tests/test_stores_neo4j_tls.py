"""Neo4j over TLS: nothing can be read on the way, and nobody else is taken for it."""

from contextlib import closing
from pathlib import Path

import pytest
import trustme

from workatlas.errors import StoreError, UsageError
from workatlas.server.cli import run
from workatlas.stores import open_reader, open_writer

from .neo4j_server.server import Neo4jServer
from .tcp import Relay

SCHEMES = ("bolt+s", "neo4j+s")


@pytest.fixture
def ca_file(neo4j_server: Neo4jServer, tmp_path: Path) -> Path:
    """Give a file with the authority that signed the server's certificate."""
    if neo4j_server.authority is None:
        pytest.skip("nothing is known of the certificate of the server at NEO4J_URI")
    path = tmp_path / "authority.pem"
    path.write_bytes(neo4j_server.authority)
    return path


def at(server: Neo4jServer, scheme: str) -> str:
    """Give the address of a server by another scheme."""
    return server.address.replace("bolt://", f"{scheme}://")


async def use(
    address: str, server: Neo4jServer, ca_file: Path | None, *, host: str = "127.0.0.1"
) -> None:
    """Ask both faces of the store what is published."""
    address = address.replace("127.0.0.1", host)
    with closing(
        open_writer(
            address, user=server.user, password=server.password, ca_file=ca_file
        )
    ) as writer:
        published = writer.snapshot()
    reader = open_reader(
        address, user=server.user, password=server.password, ca_file=ca_file
    )
    try:
        assert await reader.snapshot() == published
    finally:
        await reader.close()


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_a_named_authority_is_trusted(
    neo4j_server: Neo4jServer, ca_file: Path, scheme: str
) -> None:
    """Both faces connect, whether routed or not."""
    await use(at(neo4j_server, scheme), neo4j_server, ca_file)


@pytest.mark.parametrize("scheme", ["bolt", "bolt+s", "bolt+ssc"])
async def test_nothing_can_be_read_on_the_way(
    neo4j_server: Neo4jServer, ca_file: Path, scheme: str
) -> None:
    """The password goes over an open wire only if the address says nothing of TLS."""
    async with Relay(neo4j_server.address) as relay:
        reader = open_reader(
            relay.address.replace("bolt://", f"{scheme}://"),
            user=neo4j_server.user,
            password=neo4j_server.password,
            ca_file=ca_file if scheme == "bolt+s" else None,
        )
        await reader.snapshot()
        await reader.close()
        is_open = neo4j_server.password.encode() in relay.heard
        assert is_open == (scheme == "bolt")
        assert relay.heard.startswith(b"\x16\x03") == (scheme != "bolt")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("trusted", ["another", "the system's"])
async def test_an_unknown_authority_is_refused(
    neo4j_server: Neo4jServer, ca_file: Path, scheme: str, trusted: str
) -> None:
    """The error says that it is the certificate, and which setting is to name what."""
    other = ca_file.with_name("other.pem")
    trustme.CA().cert_pem.write_to_path(str(other))
    with pytest.raises(StoreError, match="is not trusted") as caught:
        await use(
            at(neo4j_server, scheme),
            neo4j_server,
            other if trusted == "another" else None,
        )
    assert "WORKATLAS_NEO4J_CA_FILE" in caught.value.todo
    assert caught.value.where == at(neo4j_server, scheme)
    assert neo4j_server.password not in str(caught.value)


async def test_another_host_is_refused(
    neo4j_server: Neo4jServer, ca_file: Path
) -> None:
    """A certificate is good for the host that it names, and for no other."""
    with pytest.raises(StoreError, match=r"not trusted .*localhost"):
        await use(at(neo4j_server, "bolt+s"), neo4j_server, ca_file, host="localhost")


@pytest.mark.parametrize("address", ["bolt://h", "neo4j://h", "neo4j+ssc://h"])
def test_a_file_of_no_use_is_refused(address: str, tmp_path: Path) -> None:
    """Nobody is to believe that a certificate is compared where none is."""
    with pytest.raises(UsageError, match="Nothing is compared") as caught:
        open_writer(address, ca_file=tmp_path / "any.pem")
    assert "bolt+s://HOST" in caught.value.todo


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_file_that_cannot_be_read_is_told(
    tmp_path: Path,
    content: str | None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Before anything is served or loaded, by commands too."""
    path = tmp_path / "authority.pem"
    if content is not None:
        path.write_text(content)
    monkeypatch.setenv("WORKATLAS_NEO4J_CA_FILE", str(path))
    for command in ("serve", "status"):
        assert run([command, "--store", "bolt+s://127.0.0.1"]) == 2
        assert str(path) in capsys.readouterr().err
