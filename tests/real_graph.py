"""Fixtures over the real releases, loaded once a session into the embedded store."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from workatlas.loaders.load import load
from workatlas.resolvers import Service
from workatlas.stores import Writer, open_reader, open_writer

from .made_once import made_once

NOW = "2026-01-02T03:04:05Z"
NOT_IN_18_1 = (
    *("Task Ratings.txt", "Alternate Titles.txt", "Sample of Reported Titles.txt"),
    *("Related Occupations.txt", "Emerging Tasks.txt"),
)
PARTIAL = ("Task Ratings.txt",)
VARIABLES = {"taskId": 392, "release": "onet-29.2", "accessed": "2026-06-07"}


def load_real(writer: Writer, archive: Path, shared: Path) -> None:
    """Load release 29.2, whose ratings are a cut, and the exposure labels."""
    load(
        writer,
        "onet@29.2",
        archive=archive,
        now=NOW,
        origin=str(shared / "onet" / "db_29_2_text"),
        partial=PARTIAL,
    )
    load(
        writer,
        "gpts-are-gpts",
        archive=archive,
        now=NOW,
        origin=str(shared / "exposure" / "gpts-are-gpts"),
    )


@pytest.fixture(scope="session")
def real_store(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an embedded store with the real release and labels; do not change it."""

    def make(folder: Path) -> None:
        load_real(open_writer(str(folder / "graph")), folder / "archive", shared)

    return made_once(tmp_path_factory, "real", make) / "graph"


@pytest.fixture(scope="session")
def real_pair(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an embedded store with 18.1 and 29.2 and labels; do not change it."""

    def make(folder: Path) -> None:
        writer, archive = open_writer(str(folder / "graph")), folder / "archive"
        load(
            writer,
            "onet@18.1",
            archive=archive,
            now=NOW,
            origin=str(shared / "onet" / "db_18_1_text"),
            without=NOT_IN_18_1,
        )
        load_real(writer, archive, shared)

    return made_once(tmp_path_factory, "pair", make) / "graph"


@pytest.fixture(scope="session")
def task_page_query(shared: Path) -> str:
    """Give the contract query."""
    path = shared.parent / "acceptance" / "task_page.graphql"
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def task_page(real_store: Path, task_page_query: str) -> Mapping[str, Any]:
    """Give the data of the page about task 392."""
    service = Service(open_reader(str(real_store)))
    answer = asyncio.run(service.answer(task_page_query, VARIABLES)).as_dict()
    assert "errors" not in answer, answer["errors"]
    data: Mapping[str, Any] = answer["data"]
    return data


async def answer_of(store: Path, document: str) -> dict[str, Any]:
    """Answer a document over the real release."""
    reader = open_reader(str(store))
    answer = (await Service(reader).answer(document)).as_dict()
    await reader.close()
    assert "errors" not in answer, answer["errors"]
    return dict(answer["data"])


async def ask(store: Path, document: str) -> dict[str, Any]:
    """Give the task of an answer over the real release."""
    return dict((await answer_of(store, document))["task"])
