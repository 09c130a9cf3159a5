"""The proxy of ops/haproxy.cfg, run by the real HAProxy on loopback."""

import os
import shutil
import socket
import ssl
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import httpx
import trustme

from .switches import require

ROOT = Path(__file__).parent.parent
CONFIG = ROOT / "ops" / "haproxy.cfg"


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Proxy:
    """A proxy that runs: a client that trusts it, its addresses, and what it logs."""

    client: httpx.Client
    plain: str
    tls: str
    trust: ssl.SSLContext
    log: IO[str]

    def logged(self) -> str:
        """Give what was logged so far."""
        return os.pread(self.log.fileno(), 10_000_000, 0).decode()


@contextmanager
def proxy(folder: Path, one: str, two: str) -> Generator[Proxy]:
    """Run the proxy before two replicas, each HOST:PORT, until the end."""
    haproxy = shutil.which("haproxy", path=f"{os.environ['PATH']}:/usr/sbin")
    require(
        met=haproxy is not None,
        switch="WORKATLAS_REQUIRE_COMPOSE",
        reason="there is no haproxy",
    )
    authority = trustme.CA()
    certificate = folder / "tls.pem"
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(
        str(certificate)
    )
    trust = ssl.create_default_context(cadata=authority.cert_pem.bytes().decode())
    plain, tls = (f"127.0.0.1:{free_port()}" for _ in range(2))
    environment = {
        "WORKATLAS_PLAIN": plain,
        "WORKATLAS_TLS": tls,
        "WORKATLAS_CERTIFICATE": str(certificate),
        "WORKATLAS_ONE": one,
        "WORKATLAS_TWO": two,
    }
    with (
        TemporaryFile("w+", encoding="utf-8") as log,
        subprocess.Popen(
            [str(haproxy), "-db", "-f", CONFIG],
            env={**os.environ, **environment},
            stdout=log,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            # Until it listens: each try waits twice as long as the one before.
            transport = httpx.HTTPTransport(verify=trust, retries=8)
            with httpx.Client(
                base_url=f"https://{tls}", transport=transport, timeout=30
            ) as client:
                client.get("/metrics")
                yield Proxy(client, f"http://{plain}", f"https://{tls}", trust, log)
        finally:
            process.kill()
