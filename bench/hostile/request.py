"""Requests, and what they can ask for."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Places:
    """What the attacked graph holds: releases, the newest first, and nodes of that."""

    releases: Sequence[str]
    tasks: Sequence[int]
    codes: Sequence[str]


@dataclass(frozen=True)
class Attack:
    """Some bodies, sent one after the other, ``at_once`` of them at a time."""

    name: str
    bodies: Sequence[bytes]
    at_once: int


def body(document: str, **variables: Any) -> bytes:
    """Write a request."""
    return json.dumps({"query": document, "variables": variables}).encode()
