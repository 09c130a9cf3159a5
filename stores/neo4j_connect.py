"""How a Neo4j is reached, and what its failures are called here."""

import logging
import ssl
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from neo4j import (
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncSession,
    Driver,
    GraphDatabase,
    Query,
    Session,
)
from neo4j.exceptions import ConfigurationError, DriverError, Neo4jError

from workatlas.errors import StoreError, UsageError

# Every failure becomes an error here: the driver need not print it as well.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

CONNECT_SECONDS = 5.0
_FETCH = 10_000
_CREDENTIALS = "Set WORKATLAS_NEO4J_USER and WORKATLAS_NEO4J_PASSWORD."
_CA_FILE = "WORKATLAS_NEO4J_CA_FILE"
_SLOW = "Neo4j took too long to answer."
_LESS = "Ask for less at once."


def check_address(address: str) -> str:
    """Give the address back if it has a host and no credentials.

    Raises:
        UsageError: otherwise; it does not repeat what may be a password.

    """
    try:
        parts = urlsplit(address)
        host = f"{parts.scheme}://{parts.hostname}:{parts.port or 7687}"
    except ValueError as error:
        raise UsageError(
            "The address of Neo4j is not one.", todo="Give neo4j://HOST:PORT."
        ) from error
    if "@" in address:
        raise UsageError(
            "The address of Neo4j holds a user or a password.",
            where=host,
            todo=f"Leave them out of the address. {_CREDENTIALS}",
        )
    if not parts.hostname:
        raise UsageError(
            "The address of Neo4j has no host.",
            where=address,
            todo="Give neo4j://HOST:PORT.",
        )
    return address


def _options(user: str | None, password: str | None) -> Mapping[str, Any]:
    return {
        "auth": None if password is None else (user or "neo4j", password),
        "connection_timeout": CONNECT_SECONDS,
        "connection_acquisition_timeout": CONNECT_SECONDS,
        "max_connection_pool_size": 50,
        "liveness_check_timeout": 60.0,
        "notifications_min_severity": "OFF",
        "telemetry_disabled": True,
    }


@contextmanager
def _checked(address: str) -> Generator[str]:
    try:
        yield check_address(address)
    except ConfigurationError as error:
        raise UsageError(
            f"Neo4j is not reached so ({error}).",
            where=address,
            todo="Give neo4j://HOST:PORT, or neo4j+s:// for an encrypted connection.",
        ) from error


def _trusting(address: str, ca_file: Path | None) -> tuple[str, Mapping[str, Any]]:
    """Give address and options that trust the certificates in a file, and no others."""
    if ca_file is None:
        return address, {}
    scheme, _, rest = address.partition("+s://")
    if not rest:
        raise UsageError(
            f"Nothing is compared with {_CA_FILE} at this address.",
            where=address,
            todo="Give neo4j+s://HOST or bolt+s://HOST, or unset it.",
        )
    try:
        trust = ssl.create_default_context(cafile=str(ca_file))
    except OSError as error:
        raise UsageError(
            "The file with the certificates to trust cannot be read.",
            where=str(ca_file),
            todo=f"Correct {_CA_FILE}: a file in PEM that this user may read.",
        ) from error
    return f"{scheme}://{rest}", {"encrypted": True, "ssl_context": trust}


def open_driver(
    address: str,
    user: str | None,
    password: str | None,
    ca_file: Path | None = None,
) -> Driver:
    """Make the synchronous driver; nothing is connected yet.

    Of ``neo4j+s://`` and ``bolt+s://`` the certificates in ``ca_file`` are trusted, or
    without it those that the system trusts.

    Raises:
        UsageError: the address cannot be one of Neo4j, or holds credentials; or the
            file cannot be read, or is of no use there.

    """
    with _checked(address) as checked:
        target, trust = _trusting(checked, ca_file)
        return GraphDatabase.driver(target, **_options(user, password), **trust)  # pyright: ignore[reportUnknownMemberType]


def open_async_driver(
    address: str,
    user: str | None,
    password: str | None,
    ca_file: Path | None = None,
) -> AsyncDriver:
    """Make the asynchronous driver, as ``open_driver`` makes the other one."""
    with _checked(address) as checked:
        target, trust = _trusting(checked, ca_file)
        return AsyncGraphDatabase.driver(target, **_options(user, password), **trust)  # pyright: ignore[reportUnknownMemberType]


def open_session(driver: Driver) -> Session:
    """Open a session that may write; its results come in portions."""
    return driver.session(fetch_size=_FETCH)  # pyright: ignore[reportUnknownMemberType]


def open_read_session(driver: AsyncDriver) -> AsyncSession:
    """Open a session that may only read; its results come in portions."""
    return driver.session(default_access_mode="READ", fetch_size=_FETCH)  # pyright: ignore[reportUnknownMemberType]


def query(text: str, *, timeout: float | None = None) -> Query:
    """Give a statement that the server stops after ``timeout`` seconds; 0 is never."""
    return Query(text, timeout=timeout)  # pyright: ignore[reportArgumentType]


@contextmanager
def store_errors(address: str) -> Generator[None]:
    """Turn every failure of the driver into a StoreError that says what to do."""
    try:
        yield
    except Neo4jError as error:
        what, todo = _explain(error)
        raise StoreError(what, where=address, todo=todo) from error
    except TimeoutError as error:
        raise StoreError(_SLOW, where=address, todo=_LESS) from error
    except (DriverError, OSError) as error:
        untrusted = _untrusted(error)
        if untrusted is not None:
            raise StoreError(
                f"The certificate of Neo4j is not trusted ({untrusted}).",
                where=address,
                todo=f"Name the certificate of its authority in {_CA_FILE}, and the "
                "host as the certificate names it.",
            ) from error
        raise StoreError(
            "Neo4j does not answer.",
            where=address,
            todo="Is it running, and is this the address of its Bolt port?",
        ) from error


def _untrusted(error: BaseException | None) -> str | None:
    """Say why a certificate was refused, if that is what an error comes from."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    if error is None:
        return None
    behind = (error.__cause__ or error.__context__, *getattr(error, "exceptions", ()))
    return next(filter(None, map(_untrusted, behind)), None)


def _explain(error: Neo4jError) -> tuple[str, str]:
    code = error.code or ""
    if ".Security." in code:
        return f"Neo4j refuses the user or the password ({code}).", _CREDENTIALS
    if ".TransactionTimedOut" in code:
        return _SLOW, _LESS
    what = f"Neo4j could not run a statement ({code})."
    return what, f"{_LESS} If that does not help, report it."
