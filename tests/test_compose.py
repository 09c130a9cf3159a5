"""docker-compose.yml and the Dockerfile keep what they promise."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from workatlas.server.settings import PREFIX, Settings

from .switches import require

ROOT = Path(__file__).parent.parent
FILE = ROOT / "docker-compose.yml"
PASSWORD = "only-to-check"  # noqa: S105 - nothing is started with it


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, Any]]:
    """Give the services of the file, each with what it shares with others."""
    services: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text())["services"]
    return services


@pytest.fixture(scope="module")
def compose() -> str:
    """Give a docker-compose, as `.ci/compose_check` leaves one or as installed."""
    cached = sorted(ROOT.glob(".cache/compose/*/docker-compose"))
    found = str(cached[-1]) if cached else shutil.which("docker-compose")
    require(
        met=found is not None,
        switch="WORKATLAS_REQUIRE_COMPOSE",
        reason="there is no docker-compose: .ci/compose_check builds one",
    )
    return str(found)


def config(compose: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Let docker-compose read the file, as it does before it starts anything."""
    return subprocess.run(
        [compose, "--env-file", os.devnull, "-f", str(FILE), "config"],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_compose_accepts_the_file(compose: str) -> None:
    """Docker Compose finds nothing wrong, and sees what the file says."""
    done = config(compose, NEO4J_PASSWORD=PASSWORD, WORKATLAS_PORT="8081")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    seen = yaml.safe_load(done.stdout)["services"]
    assert set(seen) == {"neo4j", "loader", "workatlas"}
    assert seen["workatlas"]["ports"][0]["published"] == "8081"
    assert seen["neo4j"]["environment"]["NEO4J_AUTH"] == f"neo4j/{PASSWORD}"


def test_password_has_no_default(compose: str) -> None:
    """Without a password nothing starts, and the message says where to set it."""
    done = config(compose)
    assert done.returncode != 0
    assert "NEO4J_PASSWORD" in done.stderr
    assert "docker-compose.yml" in done.stderr


def test_neo4j_has_the_settings_that_are_tested(
    services: dict[str, dict[str, Any]],
) -> None:
    """The server in the container is set up like those that the tests start."""
    conf = (ROOT / "tests" / "neo4j_server" / "neo4j.conf").read_text()
    lines = [line for line in conf.splitlines() if line and not line.startswith("#")]
    tested = {
        "NEO4J_" + name.replace("_", "__").replace(".", "_"): value
        for name, _, value in (line.partition("=") for line in lines)
    }
    given = dict(services["neo4j"]["environment"])
    del given["NEO4J_AUTH"]
    assert given == tested


def test_no_secret_is_written_down(services: dict[str, dict[str, Any]]) -> None:
    """Every password is a variable that has to be set."""
    secrets = [
        value
        for service in services.values()
        for name, value in service["environment"].items()
        if name == "NEO4J_AUTH" or name.endswith("PASSWORD")
    ]
    assert len(secrets) == 3
    assert all("${NEO4J_PASSWORD:?" in secret for secret in secrets)


def test_order_of_start(services: dict[str, dict[str, Any]]) -> None:
    """The loader waits for a healthy database, the service for a loaded graph."""
    assert services["neo4j"]["healthcheck"]["test"]
    assert services["loader"]["depends_on"] == {
        "neo4j": {"condition": "service_healthy"}
    }
    assert services["workatlas"]["depends_on"]["loader"] == {
        "condition": "service_completed_successfully"
    }
    assert services["loader"]["restart"] == "no"


def test_containers_are_closed(services: dict[str, dict[str, Any]]) -> None:
    """Our containers write nothing to their own files and have no rights to spare."""
    for name in ("loader", "workatlas"):
        service = services[name]
        assert service["read_only"] is True
        assert service["tmpfs"] == ["/tmp"]  # noqa: S108 - in the container
        assert service["cap_drop"] == ["ALL"]
    for service in services.values():
        assert "no-new-privileges:true" in service["security_opt"]


def test_ports_are_local(services: dict[str, dict[str, Any]]) -> None:
    """Only the service has a port, and only this machine reaches it."""
    ports = {name: service.get("ports", []) for name, service in services.items()}
    assert ports["neo4j"] == ports["loader"] == []
    assert all(port.startswith("127.0.0.1:") for port in ports["workatlas"])


def test_settings_exist(services: dict[str, dict[str, Any]]) -> None:
    """Every variable that is set for the service is one of its settings."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in ("loader", "workatlas"):
        assert set(services[name]["environment"]) <= known


def test_image_runs_as_nobody_in_particular() -> None:
    """The image has its own user, a health check, and only settings that exist."""
    lines = (ROOT / "Dockerfile").read_text().split("\nFROM ")[-1].splitlines()
    assert "USER workatlas" in lines
    assert any(line.startswith("HEALTHCHECK") for line in lines)
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    used = {
        word.split("=")[0]
        for line in lines
        for word in line.split()
        if word.startswith(PREFIX) and "=" in word
    }
    assert used
    assert used <= known


def test_image_gets_what_the_wheel_is_built_from() -> None:
    """The rooms and the package go into the image's build, and no `.env` does."""
    kept = (ROOT / ".dockerignore").read_text().split()
    rooms = [
        link.name
        for link in (ROOT / "src" / "workatlas").iterdir()
        if link.is_symlink()
    ]
    assert kept[kept.index("*") :][0] == "*"
    assert {f"!{room}/" for room in (*rooms, "src")} <= set(kept)
    assert not any(".env" in line for line in kept)
