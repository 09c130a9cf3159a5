"""How tests are shared out to several processes (pytest-xdist).

A process gets a file at a time, so that what is made for a file is made once. Tests on
a Neo4j stay together whatever their files, so that each server is started once, and
what takes longest comes first, so that no process is left with it at the end.
"""

import pytest
from xdist.scheduler import (  # pyright: ignore[reportMissingTypeStubs]
    LoadScopeScheduling,
)

from .neo4j_server.fixtures import PLACES

APART = ("tests/test_sameness.py", "tests/test_bench.py")
"""Files whose tests are long, and have next to nothing in common."""
LONG = (
    *PLACES,
    *APART,
    "tests/test_wheel.py",
    "tests/test_ide_browser.py",
    "tests/test_site_browser.py",
    "tests/test_aggregates_real.py",
    "tests/test_examples_typescript.py",
    "tests/test_stores_kill.py",
    "tests/test_examples_notebook.py",
    "tests/test_examples_own_study.py",
    "tests/test_examples_python.py",
    "tests/test_loaders_generate_studies.py",
    "tests/test_loaders_generate_ratings.py",
)
"""What takes longest, as far as that is known; the order is of use only."""


class SharingOut(LoadScopeScheduling):
    """Gives a process all tests of one unit, and then the next."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)


def unit_of(nodeid: str) -> str:
    """Name the tests that stay together: on a Neo4j, of a file, or one alone."""
    file, _, test = nodeid.partition("::")
    on_neo4j = next((place for place in PLACES if place in test), None)
    return on_neo4j or (nodeid if file in APART else file)


def long_first(items: list[pytest.Item]) -> None:
    """Put the tests of units that take long before all others."""
    places = {name: place for place, name in enumerate(LONG)}

    def place(item: pytest.Item) -> int:
        unit = unit_of(item.nodeid)
        return places.get(unit, places.get(unit.partition("::")[0], len(LONG)))

    items.sort(key=place)
