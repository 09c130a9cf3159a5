"""Refuses to build a package that lacks rooms.

The rooms come into ``src/workatlas`` through links. A clone without symbolic links has
small text files in their place, and the wheel would be built without a word about it.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOMS = ("cypher", "loaders", "resolvers", "schema", "server", "stores")


class RoomsHook(BuildHookInterface[Any]):
    """Looks for every room before anything is packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Stop the build when a room is absent."""
        package = Path(self.root) / "src" / "workatlas"
        absent = [r for r in ROOMS if not (package / r / "__init__.py").is_file()]
        if absent:
            message = (
                f"src/workatlas lacks {', '.join(absent)}: its links are broken. "
                "Clone again with `git clone -c core.symlinks=true`."
            )
            raise FileNotFoundError(message)
