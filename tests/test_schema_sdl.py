"""The schema is the one that is written down, and every part of it is described."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphql import (
    GraphQLNamedType,
    build_schema,
    find_breaking_changes,
    is_specified_scalar_type,
)

from workatlas.schema import sdl

ROOT = Path(__file__).parent.parent
SNAPSHOT = ROOT / "schema" / "schema.graphql"
ANNOUNCED = ROOT / "docs" / "sdl-changes.md"


def base() -> str:
    """Give the SDL of the commit before the last, or as written down without one.

    A change is compared with what came before it both until it is committed and after.
    """
    git = shutil.which("git") or "false"
    show = [git, "show", "HEAD^:schema/schema.graphql"]
    done = subprocess.run(show, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout or SNAPSHOT.read_text(encoding="utf-8")


def test_breaking_changes_are_announced() -> None:
    """A change that breaks clients is refused unless docs/sdl-changes.md names it."""
    announced = ANNOUNCED.read_text(encoding="utf-8")
    breaking = find_breaking_changes(build_schema(base()), build_schema(sdl()))
    assert [b.description for b in breaking if b.description not in announced] == []


def test_the_schema_is_the_one_written_down(*, update_goldens: bool) -> None:
    """schema/schema.graphql is what the code serves; --update-goldens rewrites it."""
    if update_goldens:
        SNAPSHOT.write_text(sdl(), encoding="utf-8")
    assert SNAPSHOT.read_text(encoding="utf-8") == sdl()


def described() -> Iterator[tuple[str, str | None]]:
    """Give every type, field, argument and enum value with its description."""
    for name, kind in build_schema(sdl()).type_map.items():
        if not name.startswith("__") and not is_specified_scalar_type(kind):
            yield name, kind.description
            for part, text in parts(kind):
                yield f"{name}.{part}", text


def parts(kind: GraphQLNamedType) -> Iterator[tuple[str, str | None]]:
    """Give the members of a type with their descriptions."""
    members: Any = getattr(kind, "values", None) or getattr(kind, "fields", {})
    for name, member in members.items():
        yield name, member.description
        for argument, given in getattr(member, "args", {}).items():
            yield f"{name}({argument}:)", given.description


def test_everything_is_described() -> None:
    """Types, fields, arguments and enum values all say what they are."""
    assert [name for name, text in described() if not text] == []
