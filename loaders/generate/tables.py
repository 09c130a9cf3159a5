"""The tables of a release with every column that any edition of it has.

A column whose name starts with ``+`` repeats text that stands beside its identifier in
another table: the text editions leave it out.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .hierarchy import Detailed
from .ratings import ANALYST
from .related import tier_of
from .world import World

Row = Sequence[str | None]
"""The cells of a row, None where a value is missing."""

_CODE, _TITLE = "O*NET-SOC Code", "+Title"
_TASK = ("Task ID", "+Task")
_DATE, _SOURCE = "Date", "Domain Source"


@dataclass(frozen=True)
class Table:
    """A table by its name in the text editions; ``rows`` makes its rows anew."""

    name: str
    columns: Sequence[str]
    rows: Callable[[World], Iterator[Row]]


def _occupations(world: World) -> Iterator[Row]:
    for one in world.occupations:
        yield one.code, one.title, one.description


def _alternate_titles(world: World) -> Iterator[Row]:
    for one in world.occupations:
        for job in one.job_titles:
            yield one.code, one.title, job.title, job.short, job.sources


def _reported_titles(world: World) -> Iterator[Row]:
    for one in world.occupations:
        for job in one.job_titles:
            if job.reported is not None:
                yield one.code, one.title, job.title, "Y" if job.reported else "N"


def _job_zones(world: World) -> Iterator[Row]:
    for one in world.occupations:
        if one.code in world.job_zones:
            assigned = world.job_zones[one.code]
            zone = str(assigned.zone)
            yield one.code, one.title, zone, assigned.date, assigned.source


def _job_zone_reference(world: World) -> Iterator[Row]:
    yield from world.words.job_zones


def _related(world: World) -> Iterator[Row]:
    for one in world.occupations:
        for index, other in enumerate(world.related.get(one.code, ()), 1):
            yield (
                *(one.code, one.title, other.code, other.title),
                *(tier_of(index), str(index)),
            )


def _statements(world: World) -> Iterator[Row]:
    for one in world.tasks:
        task, survey = one.task, one.survey
        yield (
            task.occupation.code,
            task.occupation.title,
            str(task.id),
            task.draft.statement,
            one.rated.type,
            str(survey.responding) if survey.responding else None,
            survey.date,
            survey.source,
        )


def _emerging(world: World) -> Iterator[Row]:
    for one in world.emerging:
        task = one.revises
        yield (
            *(one.occupation.code, one.occupation.title, one.statement),
            "New" if task is None else "Revision",
            None if task is None else str(task.id),
            None if task is None else task.draft.statement,
            *(one.date, one.source),
        )


def _ratings(world: World) -> Iterator[Row]:
    scales = {scale: name for scale, *_, name in world.words.scales}
    for one in world.tasks:
        task, survey = one.task, one.survey
        start = (
            task.occupation.code,
            task.occupation.title,
            str(task.id),
            task.draft.statement,
        )
        for rating in one.rated.rows:
            yield (
                *start,
                rating.scale,
                scales[rating.scale],
                rating.category,
                rating.value,
                rating.n,
                rating.standard_error,
                rating.lower,
                rating.upper,
                rating.suppress,
                survey.date,
                survey.source,
            )


def _links(identifier: Callable[[Detailed], str]) -> Callable[[World], Iterator[Row]]:
    def rows(world: World) -> Iterator[Row]:
        for one in world.tasks:
            task = one.task
            for dwa in task.draft.activities:
                yield (
                    task.occupation.code,
                    task.occupation.title,
                    str(task.id),
                    task.draft.statement,
                    identifier(dwa),
                    dwa.title,
                    "11/2020" if task.id % 8 == 0 else "03/2014",
                    ANALYST,
                )

    return rows


def _iwa_reference(world: World) -> Iterator[Row]:
    for iwa in world.hierarchy.iwas:
        yield iwa.gwa.id, iwa.gwa.name, iwa.id, iwa.title


def _dwa_reference(world: World) -> Iterator[Row]:
    for dwa in world.hierarchy.dwas:
        iwa = dwa.iwa
        yield iwa.gwa.id, iwa.gwa.name, iwa.id, iwa.title, dwa.id, dwa.title


def _activities(world: World) -> Iterator[Row]:
    for dwa in world.hierarchy.dwas:
        iwa = dwa.iwa
        yield iwa.gwa.id, iwa.gwa.name, iwa.new_id, iwa.title, dwa.new_id, dwa.title


def _elements(world: World) -> Iterator[Row]:
    gwas = [(gwa.id, gwa.name, gwa.about) for gwa in world.words.activities]
    yield from sorted([*world.words.elements, *gwas])


def _scales(world: World) -> Iterator[Row]:
    for scale, minimum, maximum, name in world.words.scales:
        yield scale, name, str(minimum), str(maximum)


def _categories(world: World) -> Iterator[Row]:
    scales = {scale: name for scale, *_, name in world.words.scales}
    for scale, category, meaning in world.words.categories:
        yield scale, scales[scale], str(category), meaning


def _titles(name: str, column: str) -> Table:
    columns = (_CODE, _TITLE, column, "Short Title", "Source(s)")
    return Table(name, columns, _alternate_titles)


def _links_by(column: str, identifier: Callable[[Detailed], str]) -> Table:
    columns = (_CODE, _TITLE, *_TASK, column, "+DWA Title", _DATE, _SOURCE)
    return Table("Tasks to DWAs", columns, _links(identifier))


_SAME = (
    Table(
        "Content Model Reference",
        ("Element ID", "Element Name", "Description"),
        _elements,
    ),
    Table(
        "Emerging Tasks",
        (
            *(_CODE, _TITLE, "Task", "Category", "Original Task ID", "+Original Task"),
            *(_DATE, _SOURCE),
        ),
        _emerging,
    ),
    Table(
        "Job Zone Reference",
        (
            *("Job Zone", "Name", "Experience", "Education", "Job Training"),
            *("Examples", "SVP Range"),
        ),
        _job_zone_reference,
    ),
    Table("Job Zones", (_CODE, _TITLE, "Job Zone", _DATE, _SOURCE), _job_zones),
    Table("Occupation Data", (_CODE, "Title", "Description"), _occupations),
    Table(
        "Related Occupations",
        (
            *(_CODE, _TITLE, f"Related {_CODE}", "+Related Title"),
            *("Relatedness Tier", "Index"),
        ),
        _related,
    ),
    Table(
        "Sample of Reported Titles",
        (_CODE, _TITLE, "Reported Job Title", "Shown in My Next Move"),
        _reported_titles,
    ),
    Table(
        "Scales Reference", ("Scale ID", "Scale Name", "Minimum", "Maximum"), _scales
    ),
    Table(
        "Task Categories",
        ("Scale ID", "+Scale Name", "Category", "Category Description"),
        _categories,
    ),
    Table(
        "Task Ratings",
        (
            *(_CODE, _TITLE, *_TASK, "Scale ID", "+Scale Name", "Category"),
            *("Data Value", "N", "Standard Error", "Lower CI Bound", "Upper CI Bound"),
            *("Recommend Suppress", _DATE, _SOURCE),
        ),
        _ratings,
    ),
    Table(
        "Task Statements",
        (
            *(_CODE, _TITLE, "Task ID", "Task", "Task Type", "Incumbents Responding"),
            *(_DATE, _SOURCE),
        ),
        _statements,
    ),
)

UNTIL_30_2 = (
    *_SAME,
    _titles("Alternate Titles", "Alternate Title"),
    Table(
        "DWA Reference",
        ("Element ID", "+Element Name", "IWA ID", "+IWA Title", "DWA ID", "DWA Title"),
        _dwa_reference,
    ),
    Table(
        "IWA Reference",
        ("Element ID", "+Element Name", "IWA ID", "IWA Title"),
        _iwa_reference,
    ),
    _links_by("DWA ID", lambda dwa: dwa.id),
)
"""The tables up to release 30.2."""

FROM_30_3 = (
    *_SAME,
    _titles("Job Titles", "Job Title"),
    Table(
        "GWAs to IWAs to DWAs",
        (
            *("GWA Element ID", "GWA Element Name", "IWA Element ID"),
            *("IWA Element Name", "DWA Element ID", "DWA Element Name"),
        ),
        _activities,
    ),
    _links_by("DWA Element ID", lambda dwa: dwa.new_id),
)
"""The tables from release 30.3 on: one for all activities, and new identifiers."""
