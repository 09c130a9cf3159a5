"""A real Neo4j without Docker: jars from Maven, one Java process, loopback only."""

import os
import re
import secrets
import shutil
import socket
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import trustme
from filelock import FileLock

HERE = Path(__file__).parent
CACHE = HERE.parent.parent / ".cache"
VERSIONS = {"5.26.30": 17, "2026.08.1": 21}
"""Each version of Neo4j that is tested, and the oldest Java that it runs on."""

_SOON_WARM = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Compile once and quickly: tests then take half as long, and long loads longer. What
collects garbage beside the program takes a processor from another test."""

LOCAL_SETTINGS = """
server.bolt.enabled=true
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.cypher.min_replan_interval=1h
server.bolt.tls_level=OPTIONAL
dbms.ssl.policy.bolt.enabled=true
dbms.ssl.policy.bolt.base_directory={home}
dbms.ssl.policy.bolt.client_auth=NONE
"""
"""What depends on the machine; TLS for who asks for it; and, as tests fill and empty a
server again and again, that what was planned is not planned anew whenever there is more
or less to be found."""


@dataclass(frozen=True)
class Neo4jServer:
    """A server that answers at ``address`` to ``user`` and ``password``.

    ``authority`` is the certificate of who signed its own, in PEM, if that is known.
    """

    address: str
    user: str
    password: str = field(repr=False)
    authority: bytes | None = None


def read_settings() -> dict[str, str]:
    """Give the settings of neo4j.conf by name."""
    lines = (HERE / "neo4j.conf").read_text().splitlines()
    pairs = (line.partition("=") for line in lines if line and line[0] != "#")
    return {name: value for name, _, value in pairs}


def find_java(oldest: int) -> Path | None:
    """Find the oldest Java development kit that is ``oldest`` or newer, if any."""
    homes = [Path(home) for home in [os.environ.get("JAVA_HOME")] if home]
    found = {home / "bin" / "java" for home in homes}
    found |= set(Path("/usr/lib/jvm").glob("*/bin/java"))
    if named := shutil.which("java"):
        found.add(Path(named).resolve())
    kits = {java.resolve() for java in found if java.with_name("javac").exists()}
    versions = sorted((_java_version(java), java) for java in kits)
    return next((java for version, java in versions if version >= oldest), None)


def _java_version(java: Path) -> int:
    text = subprocess.run(
        [java, "-version"], capture_output=True, text=True, check=True
    ).stderr
    found = re.search(r'version "(\d+)', text)
    return int(found[1]) if found else 0


def can_start(version: str) -> str | None:
    """Say what is missing here to start a version, or None."""
    if find_java(VERSIONS[version]) is None:
        return f"no Java {VERSIONS[version]} or newer for Neo4j {version}"
    if not (_jars(version).is_dir() or shutil.which("mvn")):
        return f"no Maven to get Neo4j {version} with"
    return None


def _jars(version: str) -> Path:
    return CACHE / f"neo4j-{version}" / "lib"


def resolve_jars(version: str) -> Path:
    """Give the folder of a version's jars, resolved by Maven when it is not there."""
    jars = _jars(version)
    jars.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(jars.with_name("resolve.lock")):
        if not jars.is_dir():
            aside = jars.with_name("aside")
            shutil.rmtree(aside, ignore_errors=True)
            goal = ["dependency:copy-dependencies", f"-DoutputDirectory={aside}"]
            pom = ["-f", HERE / "pom.xml", f"-Dneo4j.version={version}"]
            subprocess.run(["mvn", "-q", "-B", *pom, *goal], check=True)
            aside.rename(jars)
    return jars


class Machine:
    """A server's process and its folder, which outlives the process."""

    def __init__(self, version: str, home: Path) -> None:
        """Have a server of a version in a folder; it does not run yet."""
        self.version = version
        self.port = _free_port()
        address, password = f"bolt://127.0.0.1:{self.port}", secrets.token_hex(12)
        self.server = Neo4jServer(address, "neo4j", password, _certify(home))
        self._home = home

    def start(self) -> None:
        """Start the process, and wait until it answers.

        Raises:
            RuntimeError: it did not come up; the message has its last words.

        """
        is_new = not (self._home / "data").exists()
        password = self.server.password if is_new else ""
        self.process = _start(self.version, self._home, self.port, password)
        if self.process.stdout is None or self.process.stdout.readline() != "ready\n":
            words = (self._home / "start.log").read_text()
            raise RuntimeError(f"Neo4j {self.version} did not start:\n{words}")

    def kill(self) -> None:
        """End the process with signal 9."""
        self.process.kill()
        self.process.communicate()


@contextmanager
def machine(version: str) -> Generator[Machine]:
    """Run an empty server that can be killed and started; nothing of it stays."""
    with TemporaryDirectory(prefix="neo4j-", ignore_cleanup_errors=True) as home:
        made = Machine(version, Path(home))
        try:
            made.start()
            yield made
        finally:
            made.kill()


@contextmanager
def running(version: str) -> Generator[Neo4jServer]:
    """Run an empty server of a version while the block runs; nothing of it stays."""
    with machine(version) as started:
        yield started.server


def _certify(home: Path) -> bytes:
    """Give a server a certificate of its own; give that of who signed it."""
    authority = trustme.CA()
    own = authority.issue_cert("127.0.0.1", key_type=trustme.KeyType.RSA)
    own.private_key_pem.write_to_path(home / "private.key")
    own.cert_chain_pems[0].write_to_path(home / "public.crt")
    return authority.cert_pem.bytes()


def _start(version: str, home: Path, port: int, password: str) -> subprocess.Popen[str]:
    settings = LOCAL_SETTINGS.format(port=port, home=home)
    (home / "neo4j.conf").write_text((HERE / "neo4j.conf").read_text() + settings)
    heap = read_settings()["server.memory.heap.max_size"].lower()
    classes = ["-cp", f"{resolve_jars(version)}/*", HERE / "Start.java"]
    with (home / "start.log").open("w") as words:
        return subprocess.Popen(
            [
                str(find_java(VERSIONS[version])),
                f"-Xmx{heap}",
                *_SOON_WARM,
                *classes,
                home,
            ],
            env={**os.environ, "NEO4J_PASSWORD": password},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=words,
            text=True,
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
