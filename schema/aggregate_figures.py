"""The aggregates of all occupations of a release, among which one of them is ranked.

Computed of the same inputs by the same mean as one of them is (``weighing.py``).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import NamedTuple

from .aggregate_enums import InputWeight, MissingRule, TaskSet
from .aggregate_rows import StudyInputRow, StudySaidRow
from .candidates import CORE
from .scores import Names, Said, measures_behind, raters_behind, score_of
from .universe import Ordered, Standing, ordered
from .weighing import Facts, Published, weighted_mean

_Input = int | str
"""The number of a task, or the identifier of an activity."""
_Inputs = defaultdict[Standing, dict[_Input, Facts | Published]]
"""What the aggregate of each occupation is made of, with what it is weighed by."""


class Aggregation(NamedTuple):
    """How aggregates are made that are compared; without ``tasks`` of activities."""

    names: Names
    by: InputWeight
    tasks: TaskSet | None
    rule: MissingRule


class AggregateFigures:
    """The inputs of the aggregates of all occupations, and those that were asked for.

    An aggregation is computed when it is first asked for, and kept.
    """

    def __init__(self, rows: Iterable[StudyInputRow]) -> None:
        """Gather the rows of a study."""
        self._known: dict[Aggregation, Ordered] = {}
        self._inputs: dict[TaskSet | None, _Inputs] = {
            tasks: defaultdict(dict) for tasks in (*TaskSet, None)
        }
        self._counts: dict[Standing, int] = {}
        self._several: set[Standing] = set()
        for row in rows:
            self._take(row)

    def _take(self, row: StudyInputRow) -> None:
        weights: tuple[float | None, float | None] = (None, None)
        for number, kind, importance, relevance, code, zone, count in row.held_in:
            weights = importance, relevance
            standing = Standing(code, zone)
            self._counts[standing] = count
            facts = Facts(kind == CORE, *weights)
            self._inputs[TaskSet.AS_IN_RELEASE][standing][number] = facts
        for code, zone in row.studied_in:
            tasks = self._inputs[TaskSet.AS_STUDIED][Standing(code, zone)]
            tasks[row.task_id or 0] = Facts(row.task_type == CORE, *weights)
        for code, zone in row.wholes if row.weights else ():
            activities = self._inputs[None][Standing(code, zone)]
            if activities:
                self._several.add(Standing(code, zone))
            activities.update((name, Published(weight)) for name, weight in row.weights)

    def of(self, asked: Aggregation, said: "StudySaid") -> Ordered:
        """Give the aggregates of all occupations, made in one way of what is said."""
        if asked not in self._known:
            scores = dict(said.scores(asked.names))
            self._known[asked] = ordered(self._values(asked, scores))
        return self._known[asked]

    def _values(
        self, asked: Aggregation, scores: Mapping[_Input, float]
    ) -> Iterator[tuple[Standing, float]]:
        for standing, inputs in self._inputs[asked.tasks].items():
            pairs = list(_pairs(inputs, scores, asked))
            is_now = asked.tasks is TaskSet.AS_IN_RELEASE
            count = self._counts[standing] if is_now else len(inputs)
            value = weighted_mean(pairs)
            refused = asked.rule is MissingRule.REFUSE and len(pairs) < count
            several = asked.tasks is None and standing in self._several
            if value is not None and not (refused or several):
                yield standing, value


def _pairs(
    inputs: Mapping[_Input, Facts | Published],
    scores: Mapping[_Input, float],
    asked: Aggregation,
) -> Iterator[tuple[float, float]]:
    for name, facts in inputs.items():
        weight, score = facts.weight(asked.by), scores.get(name)
        if score is None and facts.counts_blank(asked.rule):
            score = 0.0
        if score is not None and weight is not None:
            yield score, weight


class StudySaid:
    """What a study says, by whom and under which measure."""

    def __init__(self, rows: Iterable[StudySaidRow]) -> None:
        """Gather the rows of a study."""
        self._rows: defaultdict[Names, list[StudySaidRow]] = defaultdict(list)
        for row in rows:
            self._rows[Names(row.rater, row.measure)].append(row)

    def scores(self, asked: Names) -> Iterator[tuple[_Input, float]]:
        """Give the score of each input, as published or derived."""
        said: defaultdict[_Input, dict[Names, Said]] = defaultdict(dict)
        for names in product(raters_behind(asked[0]), measures_behind(asked[1])):
            for row in self._rows.get(Names(*names), ()):
                one = Said(row.exposure_label, row.score)
                for name in (*row.task_ids, *row.element_ids):
                    said[name][Names(*names)] = one
        for name, each in said.items():
            scored = score_of(asked, each)
            if scored is not None and scored.score is not None:
                yield name, scored.score
