"""Whole answers, kept while there is room.

An answer is determined by its document, operation, variables, media type, the graph's
version and the software's: no field reads a clock or anything else that changes. So a
kept answer cannot be wrong; a new graph has a new version, and finds nothing.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from operator import attrgetter
from typing import Any, NamedTuple

import orjson
from cachetools import LRUCache
from typing_extensions import override

_OVERHEAD = 800
"""Bytes that an entry takes beside its texts."""
_SOFTWARE = version("workatlas")


class AnswerKey(NamedTuple):
    """What an answer depends on."""

    document: str
    operation: str | None
    variables: bytes
    media: str
    graph: str
    software: str = _SOFTWARE

    @classmethod
    def of(
        cls,
        document: str,
        operation: str | None,
        variables: Mapping[str, Any] | None,
        media: str,
        graph: str,
    ) -> "AnswerKey":
        """Make the key of a request; the order of its variables does not matter."""
        values = orjson.dumps(variables or {}, option=orjson.OPT_SORT_KEYS)
        return cls(document, operation, values, media, graph)

    @property
    def size(self) -> int:
        """How many bytes it takes, about."""
        texts = len(self.document) + len(self.operation or "")
        return 4 * texts + len(self.variables)


@dataclass(frozen=True)
class KeptAnswer:
    """An answer as it is sent: its bytes, their strong entity tag, and its status."""

    body: bytes
    etag: str
    status: int

    @classmethod
    def of(cls, body: bytes, media: str, status: int) -> "KeptAnswer":
        """Tag an answer; the same bytes of another media type have another tag."""
        digest = hashlib.blake2b(body, digest_size=16, person=media[-16:].encode())
        return cls(body, f'"{digest.hexdigest()}"', status)


@dataclass
class Counts:
    """How often an answer was found, or not, or made room for another."""

    hits: int = 0
    misses: int = 0
    evictions: int = 0


class AnswerCache:
    """Keeps answers, the most recently used ones, up to a limit in bytes."""

    def __init__(self, limit: int) -> None:
        """Keep at most ``limit`` bytes."""
        self.counts = Counts()
        self._kept = _Kept(limit, self.counts)

    @property
    def size(self) -> int:
        """How many bytes are kept, about."""
        return int(self._kept.currsize)

    def get(self, key: AnswerKey) -> KeptAnswer | None:
        """Give an answer if it is kept."""
        found = self.find(key)
        self.counts.misses += found is None
        return found

    def find(self, key: AnswerKey) -> KeptAnswer | None:
        """Give an answer if it is kept; somebody else counts when it is not."""
        found = self._kept.get(key)
        if found is None:
            return None
        self.counts.hits += 1
        return found.answer

    def put(self, key: AnswerKey, answer: KeptAnswer) -> None:
        """Keep an answer, unless it is larger than the limit."""
        size = key.size + len(answer.body) + _OVERHEAD
        if size <= self._kept.maxsize:
            exact = key._replace(variables=_exact(key.variables))
            self._kept[exact] = _Entry(replace(answer, body=_exact(answer.body)), size)


def _exact(made: bytes) -> bytes:
    """Copy what orjson made: it has its buffer behind it, 4 kB for ten bytes."""
    return bytes(memoryview(made))


class _Entry(NamedTuple):
    answer: KeptAnswer
    size: int


class _Kept(LRUCache[AnswerKey, _Entry]):
    def __init__(self, limit: int, counts: Counts) -> None:
        super().__init__(limit, getsizeof=attrgetter("size"))
        self._counts = counts

    @override
    def popitem(self) -> tuple[AnswerKey, _Entry]:
        """Make room."""
        self._counts.evictions += 1
        return super().popitem()
