"""Real processes: a server, loads beside it, and Ctrl-C."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from .live_server import server, workatlas

QUERY = "{ graph { version } releases { id synthetic files { name coverage } } }"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Give the environment of processes that share one store."""
    store = {"WORKATLAS_STORE": str(tmp_path / "graph"), "WORKATLAS_LOG_FORMAT": "json"}
    return {**os.environ, **store, "PYTHONUNBUFFERED": "1"}


def generate(environment: dict[str, str], folder: Path, seed: int) -> None:
    """Write a small invented release."""
    sizes = ["--occupations", "4", "--tasks", "40", "--seed", str(seed)]
    workatlas(environment, "generate", *sizes, str(folder))


def test_server_picks_up_a_load(environment: dict[str, str], tmp_path: Path) -> None:
    """A release loaded by another process is served at once; no request fails."""
    for seed in (1, 2):
        generate(environment, tmp_path / f"files{seed}", seed)
    workatlas(environment, "load", "onet@1.1", "--from", str(tmp_path / "files1"))
    with server(environment, "serve") as running:
        client = running.client
        # Also waits until the server is up: a load could be done before that.
        before = client.post("/graphql", json={"query": QUERY}).json()
        seen: list[tuple[int, Any]] = []
        done = threading.Event()

        def ask() -> None:
            while not done.is_set():
                response = client.post("/graphql", json={"query": QUERY})
                seen.append((response.status_code, response.json()))

        asking = threading.Thread(target=ask)
        asking.start()
        try:
            workatlas(
                environment, "load", "onet@1.2", "--from", str(tmp_path / "files2")
            )
        finally:
            done.set()
            asking.join()
        after = client.post("/graphql", json={"query": QUERY}).json()
        ready = client.get("/readyz").json()
    assert {status for status, _ in seen} == {200}
    assert all("errors" not in body for _, body in seen)
    old, new = (body["data"]["graph"]["version"] for body in (before, after))
    assert old != new
    assert {body["data"]["graph"]["version"] for _, body in seen} <= {old, new}
    assert {release["id"] for release in after["data"]["releases"]} == {
        "onet-1.1",
        "onet-1.2",
    }
    assert set(ready["releases"]) == {"onet-1.1", "onet-1.2"}


@pytest.mark.parametrize("workers", ["1", "2"])
def test_server_ends_with_ctrl_c(environment: dict[str, str], workers: str) -> None:
    """One process or several answer, and end with exit code 130 and no trace."""
    with server(environment, "serve", "--workers", workers) as running:
        assert running.client.get("/healthz").status_code == 200
        empty = running.client.get("/readyz")
        assert empty.status_code == 503
        assert empty.json()["reason"] == "No release is loaded."
        told = running.stop()
    assert running.process.returncode == 130
    assert "Traceback" not in told
    assert told.endswith("Stopped; nothing is left half done.\n")


def test_up_without_a_network(environment: dict[str, str]) -> None:
    """With the publisher out of reach one line says so, and the sample is served."""
    proxy = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    with server({**environment, **proxy}, "up") as running:
        body = running.client.post("/graphql", json={"query": QUERY}).json()
        told = running.stop()
    assert [r["synthetic"] for r in body["data"]["releases"]] == [True]
    assert len([line for line in told.splitlines() if "could not be had" in line]) == 1


def test_status_and_query_of_a_loaded_graph(
    environment: dict[str, str], tmp_path: Path
) -> None:
    """Status names the file that was left out; a query is answered without a server."""
    generate(environment, tmp_path / "files", 3)
    given = ["--from", str(tmp_path / "files"), "--without", "Task Ratings.txt"]
    workatlas(environment, "load", "onet@1.1", *given)
    status = workatlas(environment, "status")
    (release,) = status["releases"]
    assert release["notWhole"] == {"Task Ratings.txt": "ABSENT"}
    assert release["synthetic"] is True
    (tmp_path / "q.graphql").write_text(QUERY)
    done = subprocess.run(
        [sys.executable, "-m", "workatlas", "query", str(tmp_path / "q.graphql")],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["data"]["graph"]["version"] == status["version"]
