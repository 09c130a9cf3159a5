"""What an aggregate may be made of, found in rows; each is there once.

Either the tasks that a study saw in an occupation; or those that the release has in it
or links to an activity; or the activities that a study weighs in an occupation.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from operator import attrgetter

from .aggregate_enums import InputExcluded
from .aggregate_rows import (
    InputRatingRow,
    InputSubjectRow,
    InputWeightRow,
    StudiedLinkRow,
    WeighedLinkRow,
)
from .enums import FileCoverage
from .rows import TaskRow
from .scores import Names, Said, score_of
from .series import Series
from .study_enums import BASIS_OF_EDGE
from .weighing import Candidate, Facts, Published, Rated

CORE = "CORE"
"""The type of a core task."""
TYPE_COLUMN = "Task Type"
"""Where a task's type stands in the files."""
_by_id = attrgetter("task_id")
_place = attrgetter("file", "line")


_UNRATED = Rated(None, (), None, InputExcluded.NO_SUCH_RATING)


def studied_candidates(
    series: Series,
    subjects: Iterable[InputSubjectRow],
    ratings: Iterable[InputRatingRow],
    links: Iterable[StudiedLinkRow],
) -> list[Candidate]:
    """Give the tasks that the study of a series saw in an occupation.

    Of several rows about a task it is the first that is rated, or else the first.
    """
    rated, now = _rated(series, ratings), {link.rated: link for link in sorted(links)}
    chosen: dict[int, InputSubjectRow] = {}
    for subject in sorted(subjects, key=_place):
        number = subject.task_id or 0  # every one of them has a number
        known = chosen.setdefault(number, subject)
        if subject.rated in rated and known.rated not in rated:
            chosen[number] = subject
    return [
        _studied(number, subject, rated.get(subject.rated, _UNRATED), now)
        for number, subject in sorted(chosen.items())
    ]


def _studied(
    number: int,
    subject: InputSubjectRow,
    rated: Rated,
    links: Mapping[str, StudiedLinkRow],
) -> Candidate:
    now = links.get(subject.rated)
    return Candidate(
        task_id=number,
        element_id=None,
        statement=subject.statement or "",
        node=now and now.key,
        basis=now and BASIS_OF_EDGE[now.basis],
        rated=rated,
        facts=Facts(
            subject.task_type == CORE,
            now and now.importance,
            now and now.relevance,
        ),
        file=("file", subject.study, subject.file),
        line=subject.line,
        column=TYPE_COLUMN,
    )


def release_candidates(
    series: Series,
    tasks: Iterable[TaskRow],
    subjects: Iterable[InputSubjectRow],
    ratings: Iterable[InputRatingRow],
    loaded: FileCoverage,
) -> list[Candidate]:
    """Give the tasks of a release; ``loaded`` is how much is of the study's file."""
    rated = _rated(series, ratings)
    rows = {s.rated: s for s in sorted(subjects, key=_place, reverse=True)}
    is_part = loaded is FileCoverage.PART
    lacking = InputExcluded.FILE_PART if is_part else InputExcluded.NOT_RATED_BY_STUDY
    unknown = _UNRATED._replace(unrated=lacking)
    once = {task.key: task for task in tasks}
    return [
        _of_release(
            task,
            rows.get(task.key),
            rated.get(task.key, _UNRATED if task.key in rows else unknown),
        )
        for task in sorted(once.values(), key=_by_id)
    ]


def _of_release(
    task: TaskRow, subject: InputSubjectRow | None, rated: Rated
) -> Candidate:
    return Candidate(
        task_id=task.task_id,
        element_id=None,
        statement=(subject and subject.statement) or task.statement,
        node=task.key,
        basis=BASIS_OF_EDGE[subject.basis or ""] if subject else None,
        rated=rated,
        facts=Facts(task.task_type == CORE, task.importance, task.relevance),
        file=("file", task.file),
        line=task.line,
        column=TYPE_COLUMN,
    )


def weighed_candidates(
    series: Series,
    weights: Iterable[InputWeightRow],
    ratings: Iterable[InputRatingRow],
    links: Iterable[WeighedLinkRow],
) -> list[Candidate]:
    """Give the activities that the study of a series weighs in an occupation."""
    rated, now = _rated(series, ratings), {link.rated: link for link in sorted(links)}
    once = {row.element_id: row for row in weights}
    return [
        _weighed(row, rated.get(row.rated, _UNRATED), now.get(row.rated))
        for _, row in sorted(once.items())
    ]


def _weighed(
    row: InputWeightRow, rated: Rated, now: WeighedLinkRow | None
) -> Candidate:
    return Candidate(
        task_id=None,
        element_id=row.element_id,
        statement=row.heading,
        node=now and now.activity_key,
        basis=now and BASIS_OF_EDGE[now.basis],
        rated=rated,
        facts=Published(row.weight),
        file=("file", row.study, row.file),
        line=row.line,
        column=row.column,
    )


def _rated(series: Series, rows: Iterable[InputRatingRow]) -> Mapping[str, Rated]:
    """Give what is said of each input in a series, as published or derived."""
    asked = Names(series.rater, series.measure)
    of: defaultdict[str, dict[Names, set[InputRatingRow]]]
    of = defaultdict(lambda: defaultdict(set))
    for row in rows:
        of[row.rated][Names(row.rater, row.measure)].add(row)
    found = {key: _one(asked, said) for key, said in of.items()}
    return {key: rated for key, rated in found.items() if rated is not None}


def _one(asked: Names, rows: Mapping[Names, set[InputRatingRow]]) -> Rated | None:
    first = {names: min(each, key=_place) for names, each in rows.items()}
    said = {n: Said(row.exposure_label, row.score) for n, row in first.items()}
    scored = score_of(asked, said)
    if scored is None:
        return None
    if any(len(rows[names]) > 1 for names in scored.of):
        return _UNRATED._replace(unrated=InputExcluded.SEVERAL_RATINGS)
    return Rated(
        scored.score, tuple(first[names] for names in scored.of), scored.method, None
    )
