"""Studies described as data: what to cite, who rated, what is measured, and where.

A description is a TOML file in ``studies``; its sentences are our own.
"""

import tomllib
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from workatlas.errors import UsageError

from .tables import TableSpec

Aggregation = Literal[
    "CORE_TASKS", "WEIGHTED_ACTIVITIES", "ABILITIES", "SHARED_STATEMENTS"
]

_FOLDER = Path(__file__).with_name("studies")
_NEWER = "Compare it with the publisher's; a newer one needs loaders/studies."


class _Described(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""What people type, and keys are made of: words of small letters and digits."""


class Rater(_Described):
    """Who rated; ``id`` is what people type."""

    id: Name
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

    ``order`` has the labels from the least to the most, where they are ordered.
    """

    id: Name
    heading: str
    description: str
    unit: str
    minimum: float | None = None
    maximum: float | None = None
    formula: str | None = None
    direction: str
    not_meaning: str
    labels: list[Label] = []
    order: list[str] = []
    scores: dict[str, float] = {}

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


Kind = Literal["TASK", "STATEMENT", "OCCUPATION", "SOC_OCCUPATION", "ACTIVITY"]
"""What the rows of a file are about: tasks by number or by statement, occupations by
the code of O*NET-SOC or of SOC, work activities by identifier."""

_NEEDS: dict[Kind, tuple[str, ...]] = {
    "TASK": ("taskId", "statement"),
    "STATEMENT": ("statement",),
    "OCCUPATION": ("code",),
    "SOC_OCCUPATION": ("code",),
    "ACTIVITY": ("elementId", "heading"),
}
"""Our names of the columns that such rows must have: the first one identifies what they
are about, the other tells whether a release still means the same by it."""


class Suppressed(_Described):
    """Which rows hold a placeholder instead of figures, and in which columns.

    It is so where ``column`` has the number ``value``.
    """

    column: str
    value: float
    hides: list[str]


class RatedFile(_Described):
    """A file of which each row rates one subject.

    It has quotes as in CSV, or is a sheet of a workbook (.xlsx). ``optional``: it may
    be absent. ``nothing`` is the statement of a row that is about no task.
    """

    name: str
    contents: str
    separator: str = ","
    sheet: str | None = None
    unread: list[str] = []
    columns: dict[str, str]
    rates: Kind
    optional: bool = False
    nothing: str | None = None
    suppressed: Suppressed | None = None
    ratings: list[Rating]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        """Refuse what is needed and not named."""
        for name in _NEEDS[self.rates]:
            if name not in self.columns:
                raise ValueError(f"{self.name} names no column for {name}")
        if not all(rating.column for rating in self.ratings):
            raise ValueError(f"a rating of {self.name} names no column")
        hidden, scores = self.suppressed, {rating.score for rating in self.ratings}
        if hidden is not None and not {hidden.column, *hidden.hides} <= scores:
            raise ValueError(f"{self.name} suppresses what is no score of its ratings")
        return self

    @property
    def subject(self) -> str:
        """Our name of the column that identifies what a row is about."""
        return _NEEDS[self.rates][0]

    @property
    def needs(self) -> list[str]:
        """Our names of the columns in which no cell is empty."""
        named = [name for name in ("code",) if name in self.columns]
        return [*dict.fromkeys((*_NEEDS[self.rates], *named))]

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
            sheet=self.sheet,
            advice=_NEWER,
        )


class WeightFile(_Described):
    """A matrix in CSV: how much each activity (a column) counts in an occupation.

    ``code`` is the column of the occupations; 0 is no weight.
    """

    name: str
    contents: str
    code: str


class Invented(_Described):
    """What is said of labels that a generator made up."""

    heading: str = "Invented ratings"
    publisher: str = "WorkAtlas"
    licence_title: str = "Apache-2.0"
    licence_url: str = "https://www.apache.org/licenses/LICENSE-2.0"
    attribution: str = (
        "Invented for WorkAtlas; no person and no model rated anything, and it may be "
        "used without attribution."
    )


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


Taxonomy = Literal["SOC 2010", "SOC 2018"]
"""The classifications of occupations; O*NET-SOC 2010 and 2019 are made on these two."""

Unlisted = Literal["NOT_RATED", "NOT_IN_ITS_RELEASE", "BELOW_FLOOR"]
"""Why something is not in a study's files: the study rated a selection, all that its
release has, or all of that above a floor."""


class StudyDescription(_Described):
    """A study; raters and measures stand in their documented order.

    ``heading`` and ``url`` are those of its data set, which may be under no stated
    licence. ``taxonomy`` is the classification of its codes, ``level`` that of the
    activities that it rates. ``unlisted`` says what it means that it has no row.
    A ``synthetic`` one is invented, as one is whose files are marked so.
    ``aggregates`` has the codes of its own that stand for several of the taxonomy.
    ``aggregation`` says of what it makes its figures of occupations, if it makes any.
    """

    id: Name
    heading: str
    authors: list[str]
    article: Article | None = None
    preprint: Preprint | None = None
    url: str
    homepage: str
    publisher: str
    licence_title: str | None = None
    licence_url: str | None = None
    attribution: str
    made_on: str | None = None
    synthetic: bool = False
    taxonomy: Taxonomy | None = None
    level: Literal["DETAILED", "INTERMEDIATE", "GENERALIZED"] | None = None
    unlisted: Unlisted = "NOT_RATED"
    aggregates: dict[str, list[str]] = {}
    aggregation: Aggregation | None = None
    invented: Invented = Field(default_factory=Invented)
    raters: list[Rater]
    measures: list[Measure]
    files: list[RatedFile]
    weights: WeightFile | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        """Refuse what is named and not described."""
        known = {rater.id for rater in self.raters}, {m.id for m in self.measures}
        for file in self.files:
            for rating in file.ratings:
                if rating.rater not in known[0] or rating.measure not in known[1]:
                    what = f"{rating.rater} or {rating.measure}, of a rating,"
                    raise ValueError(f"{what} is not described")
            if file.rates == "SOC_OCCUPATION" and self.taxonomy is None:
                raise ValueError(f"{file.name} needs the taxonomy of its codes")
            if file.rates == "ACTIVITY" and self.level is None:
                raise ValueError(f"{file.name} needs the level of its activities")
        return self

    @property
    def names(self) -> list[str]:
        """The names of its files."""
        of_weights = [self.weights.name] if self.weights else []
        return [*(file.name for file in self.files), *of_weights]

    def measure(self, name: str) -> Measure:
        """Give a measure by identifier."""
        return next(measure for measure in self.measures if measure.id == name)

    def check_files(self, names: Iterable[str]) -> None:
        """Refuse names that are not those of its files, as ``check_names`` does."""
        check_names(self.id, self.names, names)


def check_names(owner: str, known: Collection[str], names: Iterable[str]) -> None:
    """Refuse names that are not those of the files of a study or crosswalk.

    Raises:
        UsageError: there is one; lists the names that there are.

    """
    for name in names:
        if name not in known:
            raise UsageError(
                f"{name!r} is no file of {owner}.",
                todo=f"Its files are {', '.join(known)}.",
            )


def described() -> frozenset[str]:
    """Give the names of all studies that are described."""
    return frozenset(path.stem for path in _FOLDER.glob("*.toml"))


def describe(study: str) -> StudyDescription:
    """Read the description of a study, one of those that are described."""
    text = (_FOLDER / f"{study}.toml").read_text(encoding="utf-8")
    return StudyDescription.model_validate(tomllib.loads(text))
