"""Crosswalks described as data: what to cite, and where which codes stand.

A description is a TOML file in ``crosswalks``; its sentences are our own.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from .description import Invented, Name
from .tables import TableSpec

_FOLDER = Path(__file__).with_name("crosswalks")


class Form(BaseModel):
    """How codes look; ``meaning`` tells it, as in ``a code like 11-1011.00``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pattern: str
    meaning: str


class CrosswalkDescription(BaseModel):
    """A file of which each row is a pair of codes: one became the other.

    It has quotes as in CSV, or is a ``sheet`` of a workbook (.xlsx). ``columns`` has
    the published names of fromCode, fromHeading, toCode and toHeading; those of
    ``unread`` are passed over. No two rows have the same values in the columns of a
    list of ``once``. ``verified``: a published file
    had exactly these columns.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Name
    heading: str
    subjects: Literal["OCCUPATION", "ACTIVITY"]
    from_taxonomy: str
    to_taxonomy: str
    publisher: str = "National Center for O*NET Development"
    homepage: str
    licence_title: str = "CC BY 4.0"
    licence_url: str = "https://creativecommons.org/licenses/by/4.0/"
    attribution: str
    file: str
    sheet: str | None = None
    verified: bool
    columns: dict[str, str]
    unread: list[str] = []
    once: list[list[str]]
    forms: dict[str, Form]
    invented: Invented

    @property
    def spec(self) -> TableSpec:
        """How to read it."""
        here = f"loaders/crosswalks/{self.id}.toml (CONTRIBUTING.md shows how)"
        guess = "Names of its sheet and columns could only be guessed: put your file's"
        newer = "Compare it with the publisher's; put other names of columns"
        return TableSpec(
            self.columns,
            joined=self.unread,
            separator=",",
            quoted=True,
            null_tokens=[""],
            sheet=self.sheet,
            advice=f"{newer if self.verified else guess} into {here}.",
        )


@cache
def crosswalks() -> Mapping[str, CrosswalkDescription]:
    """Read all descriptions, by the name of the crosswalk."""
    found = (
        CrosswalkDescription.model_validate(tomllib.loads(path.read_text("utf-8")))
        for path in sorted(_FOLDER.glob("*.toml"))
    )
    return {crosswalk.id: crosswalk for crosswalk in found}
