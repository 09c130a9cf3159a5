"""The types of the plain Strawberry server, named and shaped as WorkAtlas's.

Values that are at hand are attributes, not resolvers; what is to be loaded is awaited
from a data loader. That is how to make Strawberry quick, short of leaving it.
"""

import asyncio
from typing import Any

import strawberry
from plain_loaders import Info, loaders_of

from workatlas.schema import rows as r
from workatlas.schema.exposure import exposure_ratings
from workatlas.schema.study_enums import BASIS_OF_EDGE

VALUE = "Data Value"
_COLUMNS = (
    "value",
    "n",
    "standard_error",
    "lower_bound",
    "upper_bound",
    "recommend_suppress",
    "surveyed",
    "domain_source",
)


@strawberry.type
class File:
    """A file."""

    name: str


@strawberry.type
class Provenance:
    """Where a value stands."""

    file: File
    line: int | None
    column: str | None


@strawberry.type
class Figure:
    """A value of a rating."""

    value: float | None
    n: int | None
    standard_error: float | None
    lower_bound: float | None
    upper_bound: float | None
    recommend_suppress: bool | None
    surveyed: str | None
    domain_source: str | None
    provenance: Provenance


@strawberry.type
class FrequencyFigure(Figure):
    """A value of a category."""

    category: int
    label: str


@strawberry.type
class Activity:
    """A work activity."""

    key: strawberry.Private[str]
    element_id: str
    title: str
    level: str

    @strawberry.field
    async def parent(self, info: Info) -> "Activity | None":
        """Load the one above."""
        load = loaders_of(info).load
        rows = await load("activity_parent", r.ActivityRow, self.key)
        return _activity(rows[0]) if rows else None


def _activity(row: r.ActivityRow) -> Activity:
    return Activity(
        key=row.key, element_id=row.element_id, title=row.heading, level=row.level
    )


@strawberry.type
class Named:
    """A study, a rater or a measure."""

    id: str


@strawberry.type
class Exposure:
    """What a rater says."""

    study: Named
    rater: Named
    measure: Named
    label: str | None
    score: float | None
    basis: str
    provenance: Provenance


@strawberry.type
class Related:
    """A related task."""

    task: "Task"


@strawberry.type
class Task:
    """A task."""

    row: strawberry.Private[r.TaskRow]
    task_id: int
    statement: str
    type: str

    async def _ratings(self, info: Info) -> list[r.RatingRow]:
        load = loaders_of(info).load
        return await load("task_ratings", r.RatingRow, self.row.key)

    async def _rated(self, info: Info, scale: str) -> Figure:
        rows = [one for one in await self._ratings(info) if one.scale == scale]
        return Figure(**_figure(rows[0] if rows else None, info))

    @strawberry.field
    async def importance(self, info: Info) -> Figure:
        """Load the rating."""
        return await self._rated(info, "IM")

    @strawberry.field
    async def relevance(self, info: Info) -> Figure:
        """Load the rating."""
        return await self._rated(info, "RT")

    @strawberry.field
    async def frequency(self, info: Info) -> list[FrequencyFigure]:
        """Load the ratings."""
        ratings = await self._ratings(info)
        rows = {one.category: one for one in ratings if one.scale == "FT"}
        return [
            FrequencyFigure(
                category=one.category,
                label=one.meaning,
                **_figure(rows.get(one.category), info),
            )
            for one in loaders_of(info).build.categories
        ]

    @strawberry.field
    async def occupation(self, info: Info) -> "Occupation":
        """Load the occupation."""
        load = loaders_of(info).load
        [row] = await load("task_occupation", r.OccupationRow, self.row.key)
        return _occupation(row)

    @strawberry.field
    async def work_activities(self, info: Info) -> list[Activity]:
        """Load the activities."""
        load = loaders_of(info).load
        rows = await load("task_activities", r.ActivityRow, self.row.key)
        return [_activity(row) for row in sorted(rows, key=lambda a: a.element_id)]

    @strawberry.field
    async def exposure_ratings(self, info: Info) -> list[Exposure]:
        """Load the ratings."""
        load = loaders_of(info).load
        rows = await load("task_exposures", r.ExposureRow, self.row.key)
        made = exposure_ratings(rows, study=None, rater=None, measure=None)
        return [_exposure(one.row, info) for one in made]

    @strawberry.field
    async def siblings(self, info: Info) -> list["Task"]:
        """Load the other tasks of the occupation, the most important ones first."""
        load = loaders_of(info).load
        rows = await load("task_siblings", r.TaskRow, self.row.key)
        return [_task(row) for row in sorted(rows, key=_by_importance)]

    @strawberry.field
    async def related(self, info: Info) -> list[Related]:
        """Load twenty tasks that share the rarest detailed activities."""
        rows = await loaders_of(info).related(self.row.key)
        best = sorted(rows, key=lambda row: (-row.score, row.task_id))
        return [Related(task=_task(row.task)) for row in best]


@strawberry.type
class Occupation:
    """An occupation."""

    key: strawberry.Private[str]
    code: str
    title: str
    description: str

    @strawberry.field
    async def tasks(self, info: Info) -> list[Task]:
        """Load the tasks."""
        load = loaders_of(info).load
        rows = await load("occupation_tasks", r.TaskRow, self.key)
        return [_task(row) for row in sorted(rows, key=lambda row: row.task_id)]


def _occupation(row: r.OccupationRow) -> Occupation:
    return Occupation(
        key=row.key, code=row.code, title=row.heading, description=row.description
    )


def _task(row: r.TaskRow) -> Task:
    kind = row.task_type or "NOT_CLASSIFIED"
    return Task(row=row, task_id=row.task_id, statement=row.statement, type=kind)


def _exposure(row: r.ExposureRow, info: Info) -> Exposure:
    return Exposure(
        study=Named(id=row.study),
        rater=Named(id=row.rater),
        measure=Named(id=row.measure),
        label=row.exposure_label,
        score=row.score,
        basis=BASIS_OF_EDGE[row.basis].name,
        provenance=Provenance(
            file=_file(f"{row.study}/{row.file}", info),
            line=row.line,
            column=row.column,
        ),
    )


def _by_importance(row: r.TaskRow) -> tuple[bool, float, int]:
    return (row.importance is None, -(row.importance or 0), row.task_id)


def _file(place: str, info: Info) -> File:
    return File(name=loaders_of(info).build.files[place])


def _figure(row: r.RatingRow | None, info: Info) -> dict[str, Any]:
    """Give the fields of a figure; without a row the file that would hold it."""
    if row is None:
        file = _file(loaders_of(info).build.ratings, info)
        empty = dict.fromkeys(_COLUMNS)
        return {**empty, "provenance": Provenance(file=file, line=None, column=VALUE)}
    values = {name: getattr(row, name) for name in _COLUMNS}
    where = Provenance(file=_file(row.file, info), line=row.line, column=VALUE)
    return {**values, "provenance": where}


@strawberry.type
class Query:
    """What may be asked."""

    @strawberry.field
    async def task(self, info: Info, task_id: int) -> Task | None:
        """Load a task."""
        loaders = loaders_of(info)
        rows = await loaders.load("task", r.TaskRow, f"{loaders.prefix}/task/{task_id}")
        return _task(rows[0]) if rows else None

    @strawberry.field
    async def occupation(self, info: Info, code: str) -> Occupation | None:
        """Load an occupation."""
        return await _occupation_of(info, code)

    @strawberry.field
    async def occupations(
        self, info: Info, codes: list[str]
    ) -> list[Occupation | None]:
        """Load occupations."""
        return await asyncio.gather(*(_occupation_of(info, code) for code in codes))


async def _occupation_of(info: Info, code: str) -> Occupation | None:
    loaders = loaders_of(info)
    key = f"{loaders.prefix}/occupation/{code}"
    rows = await loaders.load("occupation", r.OccupationRow, key)
    return _occupation(rows[0]) if rows else None
