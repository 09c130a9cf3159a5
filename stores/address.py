"""Which store an address means: a folder is embedded, a Bolt address is Neo4j."""
# ruff: noqa: PLC0415 - Neo4j's driver takes 0.15 s to import, which few need

from pathlib import Path

from workatlas.errors import UsageError

from .base import Reader, Writer
from .embedded_check import check_files
from .embedded_open import OPEN_BYTES
from .embedded_reader import EmbeddedReader
from .embedded_writer import EmbeddedWriter

_SCHEMES = ("neo4j", "bolt")


def is_neo4j(address: str) -> bool:
    """Tell whether the address is one of a Neo4j server.

    Raises:
        UsageError: a scheme that no store answers to.

    """
    scheme, found, _ = address.partition("://")
    if not found:
        return False
    if scheme.split("+")[0] in _SCHEMES:
        return True
    raise UsageError(
        f"No store is reached by {scheme}://.",
        where=address,
        todo="Give a folder, or neo4j://HOST or bolt://HOST.",
    )


def check_store(address: str) -> None:
    """Check that what is published in a folder is undamaged; a server sees to its own.

    Raises:
        StoreError: a file is damaged or gone; says what to do.
        UsageError: a scheme that no store answers to.

    """
    if not is_neo4j(address):
        check_files(Path(address))


def open_reader(
    address: str,
    *,
    user: str | None = None,
    password: str | None = None,
    ca_file: Path | None = None,
    timeout: float = 5.0,
    open_bytes: int = OPEN_BYTES,
) -> Reader:
    """Give the serving face of a store; ``timeout`` is in seconds a statement.

    ``ca_file`` has the certificates that are trusted where a Neo4j is reached by TLS.
    Of an embedded store at most ``open_bytes`` of graph files are open at once.
    """
    if is_neo4j(address):
        from .neo4j_reader import Neo4jReader

        return Neo4jReader(
            address, user=user, password=password, ca_file=ca_file, timeout=timeout
        )
    return EmbeddedReader(Path(address), timeout=timeout, open_bytes=open_bytes)


def open_writer(
    address: str,
    *,
    user: str | None = None,
    password: str | None = None,
    ca_file: Path | None = None,
) -> Writer:
    """Give the loading face of a store; ``ca_file`` as ``open_reader`` has it."""
    if is_neo4j(address):
        from .neo4j_writer import Neo4jWriter

        return Neo4jWriter(address, user=user, password=password, ca_file=ca_file)
    return EmbeddedWriter(Path(address))
