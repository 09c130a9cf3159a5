"""The rows that statements return, by column; a test holds them to the catalogue."""

from typing import Any, NamedTuple


class DatasetRow(NamedTuple):
    """A Dataset node."""

    key: str
    dataset: str
    heading: str
    publisher: str
    homepage: str
    licence_title: str
    licence_url: str
    attribution: str


class ReleaseRow(NamedTuple):
    """A Release node."""

    key: str
    release: str
    heading: str
    version: str
    published: str
    synthetic: bool
    layout: str
    layout_verified: bool
    url: str | None
    fingerprint: str
    taxonomy: str | None


class SourceFileRow(NamedTuple):
    """A SourceFile node."""

    key: str
    file_name: str
    url: str | None
    sha256: str | None
    bytes: int | None
    rows: int | None
    retrieved: str | None
    contents: str
    coverage: str
    null_token: str | None
    licence_title: str | None
    licence_url: str | None


class StudyFileRow(NamedTuple):
    """A file of a study that is joined to a release."""

    key: str
    study: str
    synthetic: bool
    file_name: str
    contents: str
    coverage: str
    rows: int | None


class OccupationRow(NamedTuple):
    """An Occupation node."""

    key: str
    code: str
    heading: str
    description: str
    job_zone: int | None
    task_count: int
    file: str
    line: int


class JobTitleRow(NamedTuple):
    """A JobTitle node."""

    key: str
    job_title: str
    short_title: str | None
    sources: str | None
    kind: str
    file: str
    line: int


class RelatedOccupationRow(NamedTuple):
    """A RelatedOccupation node."""

    key: str
    tier: str
    position: int
    file: str
    line: int


class JobZoneRow(NamedTuple):
    """A JobZone node."""

    key: str
    zone: int
    surveyed: str | None
    domain_source: str | None
    file: str
    line: int


class JobZoneDescriptionRow(NamedTuple):
    """A JobZoneDescription node."""

    key: str
    zone: int
    heading: str
    experience: str | None
    education: str | None
    training: str | None
    examples: str | None
    svp_range: str | None
    file: str
    line: int


class TaskRow(NamedTuple):
    """A Task node."""

    key: str
    task_id: int
    statement: str
    task_type: str | None
    incumbents: int | None
    importance: float | None
    relevance: float | None
    rated_as: str | None
    surveyed: str | None
    domain_source: str | None
    file: str
    line: int


class OwnedTaskRow(NamedTuple):
    """A Task node, and the code of its occupation."""

    key: str
    task_id: int
    statement: str
    task_type: str | None
    incumbents: int | None
    importance: float | None
    relevance: float | None
    rated_as: str | None
    surveyed: str | None
    domain_source: str | None
    file: str
    line: int
    code: str

    @property
    def task(self) -> TaskRow:
        """The task's own columns."""
        columns: tuple[Any, ...] = self[: len(TaskRow._fields)]
        return TaskRow(*columns)


class EmergingTaskRow(NamedTuple):
    """An EmergingTask node."""

    key: str
    code: str
    statement: str
    category: str
    write_ins: int | None
    surveyed: str | None
    domain_source: str | None
    file: str
    line: int


class RatingRow(NamedTuple):
    """A Rating node."""

    key: str
    scale: str
    category: int | None
    value: float | None
    n: int | None
    standard_error: float | None
    lower_bound: float | None
    upper_bound: float | None
    recommend_suppress: bool | None
    surveyed: str | None
    domain_source: str | None
    file: str
    line: int


class ScaleRow(NamedTuple):
    """A Scale node."""

    key: str
    scale: str
    heading: str
    minimum: float
    maximum: float
    file: str
    line: int


class CategoryRow(NamedTuple):
    """A Category node."""

    key: str
    scale: str
    category: int
    meaning: str
    file: str
    line: int


class ActivityRow(NamedTuple):
    """A WorkActivity node."""

    key: str
    element_id: str
    heading: str
    level: str
    description: str | None
    information: float | None
    file: str
    line: int


class ActivityLinkRow(NamedTuple):
    """An ActivityLink node and the activity it links to."""

    key: str
    surveyed: str | None
    domain_source: str | None
    file: str
    line: int
    activity_key: str


class StatementRow(NamedTuple):
    """A Statement node."""

    key: str
    statement: str
    information: float


class RelatedRow(NamedTuple):
    """Another Task node, the bits of the rarest that it shares, and all that it shares.

    Each of the ``reasons`` is the place of a kind among those asked for, an information
    content, and the key of what is shared.
    """

    key: str
    task_id: int
    statement: str
    task_type: str | None
    incumbents: int | None
    importance: float | None
    relevance: float | None
    rated_as: str | None
    surveyed: str | None
    domain_source: str | None
    file: str
    line: int
    score: float
    reasons: list[Any]

    @property
    def task(self) -> TaskRow:
        """The task's own columns."""
        columns: tuple[Any, ...] = self[: len(TaskRow._fields)]
        return TaskRow(*columns)


class SharingOccupationRow(NamedTuple):
    """Another Occupation node, with what is shared as in RelatedRow."""

    key: str
    code: str
    heading: str
    description: str
    job_zone: int | None
    task_count: int
    file: str
    line: int
    score: float
    reasons: list[Any]

    @property
    def occupation(self) -> OccupationRow:
        """The occupation's own columns."""
        columns: tuple[Any, ...] = self[: len(OccupationRow._fields)]
        return OccupationRow(*columns)


class StudyRow(NamedTuple):
    """A Study node."""

    key: str
    study: str
    heading: str
    authors: str
    published: str
    journal: str | None
    volume: str | None
    issue: str | None
    pages: str | None
    doi: str | None
    preprint_heading: str | None
    preprint_published: str | None
    arxiv: str | None
    data_heading: str | None
    data_published: str | None
    version: str | None
    url: str
    synthetic: bool
    made_on: str | None
    taxonomy: str | None
    level: str | None
    unlisted: str
    aggregates: str | None
    aggregation: str | None
    fingerprint: str
    publisher: str
    homepage: str
    licence_title: str | None
    licence_url: str | None
    attribution: str


class RaterRow(NamedTuple):
    """A Rater node."""

    key: str
    rater: str
    heading: str
    kind: str
    description: str
    position: int


class RaterNameRow(NamedTuple):
    """A rater's name and its study's."""

    key: str
    study: str
    rater: str


class MeasureNameRow(NamedTuple):
    """A measure's name and its study's, its unit and labels."""

    key: str
    study: str
    measure: str
    unit: str
    labels: str | None
    label_order: str | None


class MeasureRow(NamedTuple):
    """A Measure node."""

    key: str
    measure: str
    heading: str
    description: str
    unit: str
    minimum: float | None
    maximum: float | None
    formula: str | None
    direction: str
    labels: str | None
    label_order: str | None
    rates: str
    not_meaning: str
    position: int


class ExposureRow(NamedTuple):
    """An ExposureRating node, how it was joined, and what its row says was rated."""

    key: str
    study: str
    rater: str
    measure: str
    exposure_label: str | None
    score: float | None
    column: str
    file: str
    line: int
    basis: str
    rated_statement: str | None
    rated_code: str | None
    rated_heading: str | None


class RatedRow(NamedTuple):
    """What stands in a column of a study's file, and of which ``subjects`` it is said.

    Those are task IDs or codes, each with the line at the same place of ``lines``.
    ``basis`` is None of rows that need not be joined to a release.
    """

    study: str
    exposure_label: str | None
    score: float | None
    basis: str | None
    file: str
    column: str
    subjects: list[Any]
    lines: list[int]


class StudiedRow(NamedTuple):
    """The task IDs, or the codes, of what a study has rows about."""

    study: str
    studied: list[Any]
