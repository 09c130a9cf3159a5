"""Studies described as data: what to cite, who rated, what is measured, and where.

A description is a TOML file in ``studies``; its sentences are our own.
"""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from workatlas.errors import UsageError

from .tables import TableSpec

_FOLDER = Path(__file__).with_name("studies")


class _Described(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rater(_Described):
    """Who rated; ``id`` is what people type."""

    id: str
    heading: str
    kind: Literal["PERSON", "EXPERT", "MODEL", "USAGE_LOG"]
    description: str


class Label(_Described):
    """A label of a measure; empty texts where nothing certain can be said."""

    name: str
    meaning: str = ""
    not_meaning: str = ""


class Measure(_Described):
    """What is measured; ``scores`` has the score that each label stands for.

    ``order`` has the labels from the lowest to the highest, where they have an order.
    """

    id: str
    heading: str
    description: str
    unit: str
    minimum: float | None = None
    maximum: float | None = None
    formula: str | None = None
    direction: str
    not_meaning: str
    labels: list[Label] = []
    scores: dict[str, float] = {}
    order: list[str] = []

    @model_validator(mode="after")
    def _orders_its_labels(self) -> Self:
        if self.order and sorted(self.order) != sorted(self.names):
            message = f"order of {self.id} has other labels than {self.names}"
            raise ValueError(message)
        return self

    @property
    def names(self) -> list[str]:
        """The labels' names, in the rubric's order."""
        return [label.name for label in self.labels]


class Rating(_Described):
    """Where a file holds a rater's label, score or both under a measure.

    All are published column names; ``of`` is the label from which a score without a
    label of its own follows.
    """

    rater: str
    measure: str
    label: str | None = None
    score: str | None = None
    of: str | None = None

    @property
    def column(self) -> str:
        """The column that holds it, and that provenance names."""
        return self.label or self.score or ""


class RatedFile(_Described):
    """A file of a study, with quotes as in CSV; a row rates one subject.

    ``subject`` is our name of the column that identifies it: the number of a task or
    the code of an occupation.
    """

    name: str
    contents: str
    subject: Literal["taskId", "code"]
    separator: str
    unread: list[str]
    columns: dict[str, str]
    ratings: list[Rating]

    @property
    def spec(self) -> TableSpec:
        """How to read it; columns of ratings keep their published names."""
        held = [c for r in self.ratings for c in (r.label, r.score) if c]
        return TableSpec(
            columns={**self.columns, **dict(zip(held, held, strict=True))},
            joined=self.unread,
            separator=self.separator,
            quoted=True,
            null_tokens=[""],
        )


class Invented(_Described):
    """What is said of labels that a generator made up."""

    heading: str
    publisher: str
    licence_title: str
    licence_url: str
    attribution: str


class Article(_Described):
    """The article of a study, in a journal."""

    heading: str
    published: str
    journal: str
    volume: str
    issue: str
    pages: str
    doi: str


class Preprint(_Described):
    """The preprint of a study, with its number on arXiv."""

    heading: str
    published: str
    arxiv: str


class StudyDescription(_Described):
    """A study; raters and measures stand in their documented order.

    ``heading`` and ``url`` are those of its data set.
    """

    id: str
    heading: str
    authors: list[str]
    article: Article
    preprint: Preprint
    url: str
    homepage: str
    publisher: str
    licence_title: str
    licence_url: str
    attribution: str
    made_on: str
    invented: Invented
    raters: list[Rater]
    measures: list[Measure]
    files: list[RatedFile]

    def measure(self, name: str) -> Measure:
        """Give a measure by identifier."""
        return next(measure for measure in self.measures if measure.id == name)

    def check_files(self, names: Iterable[str]) -> None:
        """Refuse names that are not those of its files.

        Raises:
            UsageError: there is one; lists the names that there are.

        """
        known = [file.name for file in self.files]
        for name in names:
            if name not in known:
                raise UsageError(
                    f"{name!r} is no file of {self.id}.",
                    todo=f"Its files are {', '.join(known)}.",
                )


def described() -> frozenset[str]:
    """Give the names of all studies that are described."""
    return frozenset(path.stem for path in _FOLDER.glob("*.toml"))


def describe(study: str) -> StudyDescription:
    """Read the description of a study, one of those that are described."""
    text = (_FOLDER / f"{study}.toml").read_text(encoding="utf-8")
    return StudyDescription.model_validate(tomllib.loads(text))
