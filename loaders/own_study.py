"""Studies of one's own: the folder of the data holds their description too."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from workatlas.errors import DataError, UsageError
from workatlas.stores import Subgraph

from .description import StudyDescription, describe, described
from .place import rows_of
from .source import Source

DESCRIPTION = "study.toml"
"""The file that describes a study of one's own, beside its data."""

_HOW = (
    "CONTRIBUTING.md shows a description; loaders/studies has those of known studies."
)


def own_study(name: str, source: Source) -> StudyDescription:
    """Read the description that a source of one's own holds.

    Raises:
        UsageError: it holds none, and no study of that name is known.
        DataError: the description is wrong, or that of another study.

    """
    file = source.files.get(DESCRIPTION)
    if file is None:
        raise UsageError(
            f"There is no source {name!r}, and no {DESCRIPTION} that describes it.",
            where=source.location,
            todo=f"Name a known source, or describe your own. {_HOW}",
        )
    study = _parsed(file.path.read_text(encoding="utf-8", errors="replace"))
    if study.id != name:
        raise DataError(
            f"It describes the study {study.id!r}, not {name!r}.",
            file=DESCRIPTION,
            todo=f"Load it as {study.id}, or correct its id.",
        )
    return study


def descriptions(graph: Subgraph, archive: Path) -> Mapping[str, StudyDescription]:
    """Give how each study in a graph is described: here, or in the archive.

    One that is described in neither is left out.
    """
    found: dict[str, StudyDescription] = {}
    for study in rows_of(graph, "Study")["study"]:
        if study in described():
            found[study] = describe(study)
            continue
        for file in rows_of(graph, "SourceFile").to_dicts():
            if file["key"] == f"file/{study}/{DESCRIPTION}":
                path = archive / file["sha256"] / DESCRIPTION
                if path.is_file():
                    found[study] = _parsed(path.read_text(encoding="utf-8"))
    return found


def _parsed(text: str) -> StudyDescription:
    try:
        return StudyDescription.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise DataError(
            f"It is not TOML: {error}.", file=DESCRIPTION, todo=_HOW
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise DataError(
            f"{place or 'The description'}: {first['msg']}.",
            file=DESCRIPTION,
            todo=_HOW,
        ) from error
