"""Filters of lists, as conditions that the store tests."""

import re
from collections.abc import Iterator
from typing import Any, Protocol

import strawberry

from workatlas.cypher import Combined, Condition, Passes
from workatlas.errors import UsageError

from .cost import costs
from .enums import TaskType
from .study_enums import ExposureMissing, RaterKind

MOST = 20
"""How many tests a filter may have: each makes the statement longer."""
_DEEP = 5
_GROUP = re.compile(r"[0-9]{2}(-0000)?")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")


class _Filter(Protocol):
    """What every filter has besides its own tests."""

    @property
    def all(self) -> list[Any] | None: ...

    @property
    def any(self) -> list[Any] | None: ...

    @property
    def not_(self) -> Any: ...

    def tests(self) -> dict[str, Any]:
        """Give the values that are tested for, by the catalogue's names."""
        ...


@strawberry.input(description="A label that a rater of a study gave.")
class LabelFilter:
    """A condition on labels."""

    label: str = strawberry.field(
        description="The label, as in E1 of exposure or T3 of automation."
    )
    by: RaterKind | None = strawberry.field(
        default=None, description="What kind of rater gave it; any without it."
    )


@strawberry.input(
    description="A study that does not rate it, why it does not, or both."
)
class UnratedFilter:
    """A condition on what is missing."""

    study: strawberry.ID | None = strawberry.field(
        default=None,
        description="The study, as in gpts-are-gpts; without a reason one that has "
        "nothing about it at all. Any without it.",
    )
    reason: ExposureMissing | None = strawberry.field(
        default=None, description="The reason; any without it."
    )


@strawberry.input(
    description="Which tasks; all that is given must hold. A task without a figure "
    "passes no bound on that figure."
)
class TaskFilter:
    """Conditions on tasks."""

    all: list["TaskFilter"] | None = strawberry.field(
        default=None, description="Each of these must hold."
    )
    any: list["TaskFilter"] | None = strawberry.field(
        default=None, description="At least one of these must hold."
    )
    not_: "TaskFilter | None" = strawberry.field(
        name="not", default=None, description="This must not hold."
    )
    type: TaskType | None = strawberry.field(
        default=None, description="The task's type."
    )
    min_importance: float | None = strawberry.field(
        default=None, description="Importance is this or more, on the scale 1 to 5."
    )
    max_importance: float | None = strawberry.field(
        default=None, description="Importance is this or less, on the scale 1 to 5."
    )
    min_relevance: float | None = strawberry.field(
        default=None, description="Relevance is this or more, in percent."
    )
    max_relevance: float | None = strawberry.field(
        default=None, description="Relevance is this or less, in percent."
    )
    detailed_activity: strawberry.ID | None = strawberry.field(
        default=None,
        description="It is linked to the detailed activity with this identifier.",
    )
    activity: strawberry.ID | None = strawberry.field(
        default=None,
        description="It is linked to the activity with this identifier, of any level, "
        "or to one below it.",
    )
    surveyed_from: str | None = strawberry.field(
        default=None,
        description="Its date in the release is this or later: 2015 or 2015-03.",
    )
    surveyed_until: str | None = strawberry.field(
        default=None,
        description="Its date in the release is this or earlier: 2015 or 2015-03.",
    )
    label: LabelFilter | None = strawberry.field(
        default=None, description="Some rater gave it the label."
    )
    rated_by: RaterKind | None = strawberry.field(
        default=None, description="Some rater of this kind rated it."
    )
    exposure_missing: UnratedFilter | None = strawberry.field(
        default=None, description="Some study that rates tasks does not rate it."
    )
    occupation: strawberry.ID | None = strawberry.field(
        default=None, description="Its occupation is the one with this code."
    )
    major_group: str | None = strawberry.field(
        default=None,
        description="Its occupation is of this major group of SOC: 29 or 29-0000.",
    )
    code_prefix: str | None = strawberry.field(
        default=None,
        description="The code of its occupation starts so: 29-11 is the minor group of "
        "those who diagnose or treat.",
    )
    job_zone: int | None = strawberry.field(
        default=None, description="The job zone of its occupation is this, 1 to 5."
    )
    min_job_zone: int | None = strawberry.field(
        default=None, description="The job zone of its occupation is this or higher."
    )
    max_job_zone: int | None = strawberry.field(
        default=None, description="The job zone of its occupation is this or lower."
    )
    # Every task is looked at, from the wrong end.
    related_task: int | None = costs(weight=4500)(
        strawberry.field(
            default=None,
            description="It shares its statement or a detailed activity with the task "
            "that has this task ID; `relatedConnection` of that task is the quicker "
            "way.",
        )
    )

    def tests(self) -> dict[str, object]:
        """Give what is tested for."""
        return {
            "TYPE": None if self.type is None else self.type.value,
            "MIN_IMPORTANCE": self.min_importance,
            "MAX_IMPORTANCE": self.max_importance,
            "MIN_RELEVANCE": self.min_relevance,
            "MAX_RELEVANCE": self.max_relevance,
            "DETAILED_ACTIVITY": self.detailed_activity,
            "ACTIVITY": self.activity,
            "SURVEYED_FROM": _month(self.surveyed_from, "01"),
            "SURVEYED_UNTIL": _month(self.surveyed_until, "12"),
            "OCCUPATION": self.occupation,
            "RELATED_TO": self.related_task,
            "RATED_BY": None if self.rated_by is None else self.rated_by.value,
            **_of_occupation(self),
            **_labelled(self.label),
            **_unrated(self.exposure_missing),
        }


def _month(date: str | None, otherwise: str) -> str | None:
    """Give the month of a date, which may be a year alone.

    Raises:
        UsageError: it is neither.

    """
    if date is None:
        return None
    if not _DATE.fullmatch(date):
        raise UsageError(
            f"{date!r} is no date of a survey.",
            todo="Give a year or a month: 2015 or 2015-03.",
        )
    return date if "-" in date else f"{date}-{otherwise}"


def _labelled(asked: LabelFilter | None) -> dict[str, object]:
    if asked is None:
        return {}
    if asked.by is None:
        return {"LABEL": asked.label}
    return {"LABEL_BY": (asked.label, asked.by.value)}


def _unrated(asked: UnratedFilter | None) -> dict[str, object]:
    """Give what is tested for of reasons.

    Raises:
        UsageError: neither a study nor a reason is given.

    """
    if asked is None:
        return {}
    if asked.reason is None and asked.study is None:
        raise UsageError(
            "The filter `exposureMissing` says nothing.",
            todo="Give a study, a reason, or both.",
        )
    if asked.reason is None:
        return {"LACKED_BY": asked.study}
    if asked.study is None:
        return {"UNRATED": asked.reason.value}
    return {"UNRATED_BY": (asked.reason.value, asked.study)}


@strawberry.input(
    description="Which occupations; all that is given must hold. An occupation without "
    "a job zone passes no bound on it."
)
class OccupationFilter:
    """Conditions on occupations."""

    all: list["OccupationFilter"] | None = strawberry.field(
        default=None, description="Each of these must hold."
    )
    any: list["OccupationFilter"] | None = strawberry.field(
        default=None, description="At least one of these must hold."
    )
    not_: "OccupationFilter | None" = strawberry.field(
        name="not", default=None, description="This must not hold."
    )
    major_group: str | None = strawberry.field(
        default=None, description="It is of this major group of SOC: 29 or 29-0000."
    )
    code_prefix: str | None = strawberry.field(
        default=None,
        description="The code starts so: 29-11 is the minor group of those who "
        "diagnose or treat.",
    )
    job_zone: int | None = strawberry.field(
        default=None, description="Its job zone is this, 1 to 5."
    )
    min_job_zone: int | None = strawberry.field(
        default=None, description="Its job zone is this or higher."
    )
    max_job_zone: int | None = strawberry.field(
        default=None, description="Its job zone is this or lower."
    )
    activity: strawberry.ID | None = strawberry.field(
        default=None,
        description="One of its tasks is linked to the activity with this identifier, "
        "of any level, or to one below it.",
    )
    rated_by: RaterKind | None = strawberry.field(
        default=None, description="Some rater of this kind rated it as a whole."
    )
    exposure_missing: UnratedFilter | None = strawberry.field(
        default=None, description="Some study that rates occupations does not rate it."
    )
    related_occupation: strawberry.ID | None = strawberry.field(
        default=None,
        description="The publisher lists it as related to the occupation with this "
        "code.",
    )

    def tests(self) -> dict[str, object]:
        """Give what is tested for."""
        return {
            "ACTIVITY": self.activity,
            "RELATED_TO": self.related_occupation,
            "RATED_BY": None if self.rated_by is None else self.rated_by.value,
            **_of_occupation(self),
            **_unrated(self.exposure_missing),
        }


def _of_occupation(given: TaskFilter | OccupationFilter) -> dict[str, object]:
    """Give what is tested for of an occupation, or of a task's.

    Raises:
        UsageError: it is of no major group.

    """
    group = given.major_group
    if group is not None and not _GROUP.fullmatch(group):
        raise UsageError(
            f"{group!r} is no major group of SOC.",
            todo="Give its two digits, as in 29 or 29-0000, or ask by codePrefix.",
        )
    return {
        "MAJOR_GROUP": group and f"{group[:2]}-",
        "CODE_PREFIX": given.code_prefix,
        "JOB_ZONE": given.job_zone,
        "MIN_JOB_ZONE": given.min_job_zone,
        "MAX_JOB_ZONE": given.max_job_zone,
    }


def condition_of(
    given: _Filter | None,
) -> tuple[Condition | None, dict[str, Any]]:
    """Give a filter's condition and the values that it takes.

    Raises:
        UsageError: it tests too much, or lies too deep in itself.

    """
    if given is None:
        return None, {}
    values: dict[str, Any] = {}
    made = _combined("all", [given], values, _DEEP)
    if len(values) > MOST:
        raise UsageError(
            f"The filter has {len(values)} tests, and can have {MOST}.",
            todo="Ask in several requests.",
        )
    return made, values


def _combined(how: Any, each: list[Any], values: dict[str, Any], deep: int) -> Combined:
    if deep < 0:
        raise UsageError(
            f"The filter lies more than {_DEEP} deep in itself.",
            todo="Write it with fewer levels.",
        )
    return Combined(how, tuple(_whole(one, values, deep - 1) for one in each))


def _whole(given: _Filter, values: dict[str, Any], deep: int) -> Combined:
    return Combined("all", tuple(_parts(given, values, deep)))


def _parts(given: _Filter, values: dict[str, Any], deep: int) -> Iterator[Condition]:
    for name, value in given.tests().items():
        if value is not None:
            parameter = f"value{len(values)}"
            values[parameter] = value
            yield Passes(name, parameter)
    if given.all is not None:
        yield _combined("all", given.all, values, deep)
    if given.any is not None:
        yield _combined("any", given.any, values, deep)
    if given.not_ is not None:
        yield _combined("not all", [given.not_], values, deep)
