"""The words that releases are made of, as read from the files in ``words/``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter


@dataclass(frozen=True)
class Gwa:
    """A generalized activity; ``verbs`` by the kind of thing they are done to."""

    id: str
    name: str
    about: str
    purposes: tuple[str, ...]
    verbs: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Kind:
    """A kind of thing that work is done to, and phrases that fit its nouns."""

    heading: str
    circumstances: tuple[str, ...]
    quoted: tuple[str, ...]


@dataclass(frozen=True)
class Field:
    """A field of work: one major group, with its titles and its nouns by kind."""

    group: int
    sector: str
    specialties: tuple[str, ...]
    roles: tuple[str, ...]
    nouns: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Vocabulary:
    """All words; rows of the reference files as identifier, then bounds, then text."""

    activities: tuple[Gwa, ...]
    fields: tuple[Field, ...]
    kinds: Mapping[str, Kind]
    ranks: tuple[str, ...]
    grades: tuple[str, ...]
    elements: tuple[tuple[str, str, str], ...]
    scales: tuple[tuple[str, int, int, str], ...]
    categories: tuple[tuple[str, int, str], ...]
    job_zones: tuple[tuple[str, str, str, str, str, str, str], ...]


@cache
def vocabulary() -> Vocabulary:
    """Read the words; phrases for all kinds are added to those of each kind."""
    activities = _read("activities")["activity"]
    phrases = _read("phrases")
    words: dict[str, Any] = {
        **phrases,
        **_read("reference"),
        "activities": [
            {"purposes": (), "verbs": {}, **activity} for activity in activities
        ],
        "fields": _read("fields")["field"],
        "kinds": {
            name: {
                **kind,
                "circumstances": phrases["circumstances"] + kind["circumstances"],
            }
            for name, kind in phrases["kinds"].items()
        },
    }
    return TypeAdapter(Vocabulary).validate_python(words)


def _read(name: str) -> dict[str, Any]:
    path = Path(__file__).with_name("words") / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
