"""A server that starts makes ready what each of its pages needs beside the store."""

from pathlib import Path
from typing import NoReturn

import pytest
from jinja2 import PackageLoader

from workatlas.resolvers import operation
from workatlas.server.app import create_app
from workatlas.server.settings import Settings
from workatlas.server.site import render
from workatlas.server.site.query import NAMES
from workatlas.server.site.warm import SAMPLES

from .server_fakes import started
from .site_client import PAGES, store

__all__ = ["store"]


def too_late(*_: object) -> NoReturn:
    """Stand in for work that has to be done before."""
    raise AssertionError("this was not made ready")


async def test_the_first_page_finds_all_ready(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the start no query is read or planned, and no template or schema made."""
    render._templates.cache_clear()  # pyright: ignore[reportPrivateUsage]
    render._schema.cache_clear()  # pyright: ignore[reportPrivateUsage]
    app = create_app(Settings(store=str(store)))
    async with started(app) as client:
        monkeypatch.setattr(operation, "plan", too_late)
        monkeypatch.setattr(PackageLoader, "get_source", too_late)
        monkeypatch.setattr(render, "executable_schema", too_late)
        for address in PAGES:
            assert (await client.get(address)).status_code == 200
        documents = app.state.backend.service.documents
        assert (documents.hits, documents.misses) == (len(PAGES), len(NAMES))


async def test_nothing_is_made_ready_to_be_forgotten(store: Path) -> None:
    """Where nothing is remembered no query is planned ahead."""
    app = create_app(Settings(store=str(store), answer_cache_bytes=0))
    async with started(app):
        assert app.state.backend.service.documents.misses == 0


def test_every_page_has_its_sample() -> None:
    """The query of no page is left out."""
    assert set(SAMPLES) == set(NAMES)
