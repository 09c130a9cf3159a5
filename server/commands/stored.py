"""What commands ask a store about what is published in it."""
# ruff: noqa: PLC0415 - what is heavy to import waits until the command runs

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .asking import data_of

if TYPE_CHECKING:
    from workatlas.server.settings import Settings
    from workatlas.stores import Snapshot


async def stored(
    settings: "Settings", document: str
) -> "tuple[Snapshot, Mapping[str, Any]]":
    """Give what is published, and the data of an answer about it.

    Raises:
        StoreError: the store is away, or the answer has errors.

    """
    from workatlas.server.backend import open_backend

    backend = open_backend(settings)
    try:
        snapshot = await backend.reader.snapshot()
        answer = await backend.service.answer(document)
    finally:
        await backend.reader.close()
    return snapshot, data_of(answer, settings.store)
