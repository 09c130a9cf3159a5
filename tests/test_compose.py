"""docker-compose.yml and the Dockerfile keep what they promise."""

import os
import re
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
AUTH_ENABLED = "NEO4J_dbms_security_auth__enabled"
OURS = ("loader", "one", "two")
REPLICAS = ("one", "two")


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
    done = config(compose, WORKATLAS_PORT="8081")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    seen = yaml.safe_load(done.stdout)["services"]
    assert set(seen) == {"neo4j", "accounts", "loader", "one", "two", "proxy"}
    ports = {port["target"]: port["published"] for port in seen["proxy"]["ports"]}
    assert ports == {8080: "8080", 8443: "8081"}
    assert seen["loader"]["environment"]["WORKATLAS_NEO4J_USER"] == "neo4j"
    assert seen["one"]["environment"]["WORKATLAS_NEO4J_USER"] == "atlas"


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
    del given["NEO4J_AUTH_FILE"]
    assert given == tested


def test_secrets_are_files(services: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    """No secret is in the file or the environment; each has only who needs it."""
    document = yaml.safe_load(FILE.read_text())
    for service in services.values():
        for name, value in service.get("environment", {}).items():
            if "PASSWORD" in name or "AUTH" in name:
                assert name.endswith("_FILE") or name == AUTH_ENABLED
                assert name == AUTH_ENABLED or value.startswith("/run/secrets/")
    assert all(services[name]["secrets"] == ["atlas_password"] for name in REPLICAS)
    assert services["proxy"]["secrets"] == ["tls"]
    assert services["loader"]["secrets"] == ["neo4j_password"]
    copy = tmp_path / "ops" / "make_secrets"
    copy.parent.mkdir()
    shutil.copy(ROOT / "ops" / "make_secrets", copy)
    subprocess.run([copy], check=True)
    made = {path: path.read_bytes() for path in (tmp_path / "secrets").iterdir()}
    named = {Path(secret["file"]).name for secret in document["secrets"].values()}
    assert {path.name for path in made} == named
    password = made[tmp_path / "secrets" / "neo4j_password"].decode().strip()
    assert len(password) == 48
    assert made[tmp_path / "secrets" / "neo4j_auth"].decode() == f"neo4j/{password}"
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
    subprocess.run([copy], check=True)
    assert made == {path: path.read_bytes() for path in made}
    assert "secrets/" in (ROOT / ".gitignore").read_text().split()


def test_order_of_start(services: dict[str, dict[str, Any]]) -> None:
    """What is to be there is waited for: a healthy database, accounts, a graph."""
    ready = {"neo4j": {"condition": "service_healthy"}}
    assert services["neo4j"]["healthcheck"]["test"]
    assert services["loader"]["depends_on"] == ready
    assert services["accounts"]["depends_on"] == ready
    for name in REPLICAS:
        waits = services[name]["depends_on"]
        assert set(waits) == {"accounts", "loader"}
        assert all(
            wait == {"condition": "service_completed_successfully"}
            for wait in waits.values()
        )
        assert "/readyz" in services[name]["healthcheck"]["test"][-1]
    assert services["loader"]["restart"] == services["accounts"]["restart"] == "no"


def test_containers_are_closed(services: dict[str, dict[str, Any]]) -> None:
    """Nobody has rights to spare or room without end; only Neo4j writes its files."""
    for name, service in services.items():
        assert service["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in service["security_opt"]
        assert service["pids_limit"] > 0
        assert service["mem_limit"]
        assert name in OURS or not service["user"].startswith("0")
        assert name == "neo4j" or service["read_only"] is True
        assert name == "neo4j" or service["tmpfs"] == ["/tmp"]  # noqa: S108 - in there


def test_only_the_proxy_is_reached(services: dict[str, dict[str, Any]]) -> None:
    """Only it has ports, here of this machine alone; it does not reach the store."""
    assert [name for name, each in services.items() if "ports" in each] == ["proxy"]
    assert all("127.0.0.1}" in port for port in services["proxy"]["ports"])
    assert services["proxy"]["networks"] == ["inside", "outside"]
    networks = yaml.safe_load(FILE.read_text())["networks"]
    assert networks["store"] == {"internal": True}
    assert networks["inside"]["internal"] is True
    for name in (*REPLICAS, "neo4j", "accounts"):
        assert "outside" not in services[name]["networks"]


def test_replicas_believe_the_proxy_alone(services: dict[str, dict[str, Any]]) -> None:
    """What it says of its clients; no other service is in its network with them."""
    inside = yaml.safe_load(FILE.read_text())["networks"]["inside"]
    (subnet,) = (each["subnet"] for each in inside["ipam"]["config"])
    for name in REPLICAS:
        assert services[name]["environment"]["WORKATLAS_TRUSTED_PROXIES"] == subnet
    within = {n for n, each in services.items() if "inside" in each["networks"]}
    assert within == {*REPLICAS, "proxy"}


def test_the_proxy_gets_what_its_file_asks_for(
    services: dict[str, dict[str, Any]],
) -> None:
    """Every place that ops/haproxy.cfg takes from the environment is set there."""
    text = (ROOT / "ops" / "haproxy.cfg").read_text()
    assert set(re.findall(r"\$\{(\w+)\}", text)) == set(
        services["proxy"]["environment"]
    )
    for name in REPLICAS:
        assert f"{name}:8000" in services["proxy"]["environment"].values()


def test_the_page_for_operators_names_what_is_there(
    services: dict[str, dict[str, Any]],
) -> None:
    """Services, files and secrets of docs/operations.md are those that there are."""
    text = (ROOT / "docs" / "operations.md").read_text()
    commands = re.findall(
        r"docker compose (?:run --rm|restart|up)((?: -[^ `\n]+(?: \S+:\S+)?| \w+)+)",
        text,
    )
    named = {
        word
        for words in commands
        for word in re.findall(r"(?<= )[a-z]\w*", words)
        if word not in {"load", "backup", "SOURCE"}
    }
    assert len(named) > 3
    assert named <= services.keys()
    for path in re.findall(r"`(ops/[\w.]+)", text):
        assert (ROOT / path).is_file(), path
    secrets = yaml.safe_load(FILE.read_text())["secrets"].values()
    known = {secret["file"].removeprefix("./") for secret in secrets}
    assert set(re.findall(r"`(secrets/[\w.]+)`", text)) == known


def test_settings_exist(services: dict[str, dict[str, Any]]) -> None:
    """Every variable that is set for the service is one of its settings."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in OURS:
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
