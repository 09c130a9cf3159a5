"""Fixtures shared by all tests."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from .answers import sample_graph
from .any_store import neo4j_store, store
from .neo4j_server.fixtures import empty_neo4j, neo4j_server, neo4j_servers
from .real_graph import real_pair, real_store, task_page, task_page_query
from .sharing_out import SharingOut, long_first
from .switches import require

__all__ = [
    "empty_neo4j",
    "neo4j_server",
    "neo4j_servers",
    "neo4j_store",
    "real_pair",
    "real_store",
    "require",
    "sample_graph",
    "shared",
    "store",
    "task_page",
    "task_page_query",
]

ROOT = Path(__file__).parent.parent

# How long an example takes is the machine's matter, which may do other work as well.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let goldens be written anew, on purpose."""
    parser.addoption(
        "--update-goldens",
        action="store_true",
        help="write the expected answers and the SDL anew instead of comparing",
    )


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Count no lines for what tests do that not everybody can run; order the rest."""
    for item in items:
        if "shared" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.no_cover)
    if hasattr(config, "workerinput"):
        long_first(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> SharingOut:
    """Share the tests out as it is best for these."""
    config.option.loadscopereorder = False  # they are in order
    return SharingOut(config, log)


@pytest.fixture(scope="session")
def update_goldens(request: pytest.FixtureRequest) -> bool:
    """Tell whether goldens are written anew."""
    return bool(request.config.getoption("--update-goldens"))


@pytest.fixture(autouse=True)
def own_threads(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give each test threads of its own: those that a pause met count no lines again.

    Counting pauses for each test that counts none.
    """
    with ThreadPoolExecutor(8) as pool:
        monkeypatch.setattr("workatlas.stores.threads._pool", pool)
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of real releases; tests that need it are skipped without."""
    folder = ROOT.parent / "shared" / "data"
    require(
        met=folder.is_dir(),
        switch="WORKATLAS_REQUIRE_DATA",
        reason="the real releases are not at ../shared/data",
    )
    return folder
