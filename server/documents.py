"""Documents that are known by their hash, so that a client need not send them.

Those that are listed are there from the start; those that clients send along with their
hash are remembered while there is room, each process for itself.
"""

import hashlib
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, cast

from cachetools import LRUCache

from workatlas.errors import UsageError

Known = Literal["registered", "listed", "only"]
ROOM = 8 * 2**20
"""Bytes of documents that clients registered."""
_PREFIX = "sha256:"
_IDENTIFIER = re.compile(rf"{_PREFIX}[0-9a-f]{{64}}")
_ENDS = {".graphql", ".gql"}


def identifier_of(document: str) -> str:
    """Give the identifier of a document: the SHA-256 of its text, prefixed."""
    digest = hashlib.sha256(document.encode()).hexdigest()
    return f"{_PREFIX}{digest}"


def is_identifier(text: str) -> bool:
    """Tell whether this can be the identifier of a document."""
    return _IDENTIFIER.fullmatch(text) is not None


class Documents:
    """The documents that a process knows, by identifier."""

    def __init__(
        self,
        listed: Mapping[str, str] | None = None,
        known: Known = "registered",
        room: int = ROOM,
    ) -> None:
        """Know the listed ones, and up to ``room`` bytes of others if that is so."""
        self._listed = dict(listed or {})
        self._known = known
        self._registered: LRUCache[str, str] = LRUCache(room, sys.getsizeof)

    def text(self, identifier: str) -> str | None:
        """Give the document of an identifier, if it is known."""
        return self._listed.get(identifier) or self._registered.get(identifier)

    def may_be_asked(self, identifier: str) -> bool:
        """Tell whether a document may be asked that a client sent itself."""
        return self._known != "only" or identifier in self._listed

    @property
    def are_all(self) -> bool:
        """Whether every document may be asked, whatever its identifier."""
        return self._known != "only"

    def register(self, identifier: str, document: str) -> None:
        """Remember a document by the identifier that was found to be its own."""
        fits = sys.getsizeof(document) <= self._registered.maxsize
        if self._known == "registered" and fits:
            self._registered[identifier] = document


def read_documents(place: Path | None) -> dict[str, str]:
    """Read the listed documents: of a folder each file, of a JSON file each member.

    Raises:
        UsageError: there is nothing such, or a text is not what its hash says.

    """
    if place is None:
        return {}
    try:
        if place.is_dir():
            files = sorted(p for p in place.rglob("*") if p.suffix in _ENDS)
            # As they are, line ends too: the hash is that of the bytes.
            texts = [path.read_bytes().decode() for path in files]
            return {identifier_of(text): text for text in texts}
        return _checked(json.loads(place.read_bytes()), place)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"The listed documents cannot be read ({error}).",
            where=str(place),
            todo="Correct the setting `documents`, or the files.",
        ) from error


def _checked(read: Any, place: Path) -> dict[str, str]:
    listed: dict[str, str] = {}
    given = cast("dict[str, Any]", read if isinstance(read, dict) else {"": None})
    for name, text in given.items():
        identifier = f"{_PREFIX}{name.removeprefix(_PREFIX)}"
        if not isinstance(text, str) or identifier_of(text) != identifier:
            raise UsageError(
                f"{name[:80]!r} is not the SHA-256 of a document beside it.",
                where=str(place),
                todo='Write {"HASH": "DOCUMENT"}, the hash that of exactly the text.',
            )
        listed[identifier] = text
    return listed
