"""Keys of nodes: ``onet-29.2@1a2b3c/task/392`` inside, without the build outside."""

import hashlib
from collections.abc import Iterable
from typing import NewType

NodeKey = NewType("NodeKey", str)
"""The key of a node of one build of one graph."""
_DIGITS = 16
"""Of a sha256, in the names of texts."""


def prefix_of(key: str) -> str:
    """Give the build that a key belongs to: ``onet-29.2@1a2b3c``."""
    return key.partition("/")[0]


def graph_of(key: str) -> str:
    """Give the release or study that a key belongs to: ``onet-29.2``."""
    return key.partition("@")[0]


def local_of(key: str) -> str:
    """Give what is left of a key without its build: ``task/392``."""
    return key.partition("/")[2]


def by_build(keys: Iterable[str]) -> dict[str, list[str]]:
    """Give keys, each once, by the build that they belong to, in their order."""
    builds: dict[str, list[str]] = {}
    for key in dict.fromkeys(keys):
        builds.setdefault(prefix_of(key), []).append(key)
    return builds


def beside(key: str, *local: str | int) -> NodeKey:
    """Give the key of another node of the same build."""
    prefix = key[: key.index("/")]
    if len(local) == 1:
        return NodeKey(f"{prefix}/{local[0]}")
    return NodeKey("/".join((prefix, *map(str, local))))


def public_id(key: str) -> str:
    """Give the identifier that clients see and may keep: ``onet-29.2/task/392``."""
    return f"{graph_of(key)}/{local_of(key)}"


def text_name(text: str) -> str:
    """Give a text the name that it has in every graph, made of all its characters."""
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def wording(kind: str, text: str) -> tuple[str, str, str]:
    """Give the place in a build of the words that nodes of a kind have.

    Kinds are ``task``, ``occupation``, and the levels of activities: the words of one
    kind are not those of another.
    """
    return "wording", kind, text_name(text)
