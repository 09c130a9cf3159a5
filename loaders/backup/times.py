"""The file ``backup.json``: when each graph of a backup was built.

An export does not tell it, so that the same graph is always the same bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import orjson
from pydantic import TypeAdapter, ValidationError

from workatlas.errors import DataError

BACKUP = "backup.json"
GRAPH, ARCHIVE = "graph", "archive"
"""The folders of a backup: an export, and the archived files that it names."""
FORMAT = 1
"""To be raised when a backup is laid out otherwise than before."""


@dataclass(frozen=True)
class Times:
    """When each graph was built, by its name; ISO 8601 in UTC."""

    format: int
    built_at: Mapping[str, str]


_ADAPTER = TypeAdapter(Times)


def write_times(folder: Path, built_at: Mapping[str, str]) -> None:
    """Write ``backup.json``."""
    times = Times(FORMAT, dict(sorted(built_at.items())))
    text = orjson.dumps(times, option=orjson.OPT_INDENT_2)
    (folder / BACKUP).write_bytes(text + b"\n")


def read_times(folder: Path) -> Mapping[str, str]:
    """Read ``backup.json``; give when each graph was built.

    Raises:
        DataError: it is damaged, or of another version of this program.

    """
    try:
        times = _ADAPTER.validate_json((folder / BACKUP).read_bytes())
    except ValidationError as error:
        raise DataError(
            f"{error.errors()[0]['msg']}.",
            file=BACKUP,
            todo="Copy the backup again, or use another one.",
        ) from error
    if times.format != FORMAT:
        raise DataError(
            f"It has format {times.format}, this version reads {FORMAT}.",
            file=BACKUP,
            todo="Restore with the version of WorkAtlas that made the backup.",
        )
    return times.built_at
