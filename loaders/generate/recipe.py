"""What an invented release is made from, and how its folder says so."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from workatlas.errors import UsageError

from .edition import next_edition
from .sizes import Sizes
from .world import World, make_world

GENERATOR = 3
"""To be raised when the same arguments give other files than before."""

MARKER = "synthetic.json"
"""The file that says that the files beside it are invented."""


@dataclass(frozen=True)
class Recipe:
    """The size of a first edition, the seeds of it and all after it, and the layout."""

    sizes: Sizes
    seeds: tuple[int, ...]
    layout: str

    @classmethod
    def of(cls, folder: Path) -> "Recipe":
        """Read what a release in a folder was made from.

        Raises:
            UsageError: it holds no release that this generator made.

        """
        try:
            facts = TypeAdapter(_Facts).validate_json((folder / MARKER).read_bytes())
        except (OSError, ValidationError) as error:
            raise _refusal(folder, "There is no invented release") from error
        if facts.generator != GENERATOR:
            raise _refusal(folder, "Another version of the generator made this")
        sizes = Sizes(facts.occupations, facts.tasks)
        return cls(sizes, (*facts.after, facts.seed), facts.layout)

    def world(self) -> World:
        """Invent the first edition, then those after it."""
        first, *others = self.seeds
        world = make_world(self.sizes, first)
        for number, seed in enumerate(others, 1):
            world = next_edition(world, self.sizes, seed, number)
        return world

    def marker(self) -> bytes:
        """Give the content of the file that marks a release and says all of this."""
        *before, seed = self.seeds
        facts: dict[str, Any] = {
            "synthetic": True,
            "seed": seed,
            "occupations": self.sizes.occupations,
            "tasks": self.sizes.tasks,
            "layout": self.layout,
            "generator": GENERATOR,
            **({"after": before} if before else {}),
        }
        return f"{json.dumps(facts, indent=2)}\n".encode()


@dataclass(frozen=True)
class _Facts:
    """A marker: sizes are those of the first edition, ``after`` the seeds before."""

    seed: int
    occupations: int
    tasks: int
    layout: str
    generator: int
    after: tuple[int, ...] = ()


def _refusal(folder: Path, message: str) -> UsageError:
    return UsageError(
        f"{message}.",
        where=str(folder),
        todo="Give the folder of a release that `workatlas generate` wrote.",
    )
