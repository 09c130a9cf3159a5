"""Commands and servers as processes of their own."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Any

import httpx


def workatlas(environment: dict[str, str], *arguments: str) -> Any:
    """Run a command that reports as JSON, and give the report."""
    done = subprocess.run(
        [sys.executable, "-m", "workatlas", *arguments, "--json"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


@dataclass
class Running:
    """A server that runs: its client, its process, and what it logs."""

    client: httpx.Client
    process: subprocess.Popen[str]
    log: IO[str]

    def stop(self) -> str:
        """Press Ctrl-C, wait, and give what was logged."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=30)
        return _written(self.log)


def _written(log: IO[str]) -> str:
    # Without moving the place in the file, which the server's process shares.
    return os.pread(log.fileno(), 10_000_000, 0).decode()


@contextmanager
def server(environment: dict[str, str], *arguments: str) -> Generator[Running]:
    """Run a server on a free port, until the end at the latest."""
    command = [sys.executable, "-m", "workatlas", *arguments, "--port", "0"]
    with (
        TemporaryFile("w+", encoding="utf-8") as log,
        subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
        ) as process,
    ):
        try:
            assert process.stdout is not None
            told = process.stdout.readline()
            found = re.fullmatch(r"GraphQL endpoint: (http://[0-9.:]+)/graphql\n", told)
            assert found is not None, told + _written(log)
            with httpx.Client(base_url=found[1], timeout=30) as client:
                yield Running(client, process, log)
        finally:
            process.terminate()
