"""Values of arguments: those that mean something in a world, and some that do not."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, cast

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    Undefined,
    get_named_type,
    print_ast,
    value_to_literal,  # pyright: ignore[reportUnknownVariableType]
)
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from workatlas.schema.cursor import Cursor, write_cursor

from .world import Focus, World

Strategy = SearchStrategy[Any]
_value_to_literal = cast("Callable[[Any, Any], Any]", value_to_literal)
_NOT_A_VALUE: tuple[Any, ...] = (
    {},
    [[[]]],
    1.5,
    "no such",
    True,
    2**40,
    None,
    [None],
    {"by": 1},
)
_NOWHERE = ("nope", "", "onet-1.0/", "onet-1.0/task/99", "/", "onet-1.0@0/x", 'é"\\\n')
_INTROSPECTED = ("Task", "Node", "TaskOrder", "Unit", "Date", "nope")
_AMOUNTS = (20, 1, 3, 100, 0, 101, -1, 2**31 - 1, -(2**31))
_NARROW = "identical statement, detailed activity"
_USUAL = f"{_NARROW}, intermediate activity"
_DIFFER = "of gpts-are-gpts that differ in exposure by human and gpt-4"
_PAIRS = (("onet-1.0", "onet-28.0"), ("onet-20.1", "onet-30.9"))
_FIGURES = (3.0, 1, 4.5, 99.9)
_ZONES = (4, 2, 5, 0, -1)
_DAYS = ("2026-01-02", "1999-12-31", "0001-01-01")
_PAGES = ("https://example.org/tasks/1", "http://[", "", "é {b}")
_MONTHS = ("2015", "2020-08", "2014-03", "1", "2015-13")
_RATERS = ("human", "gpt-4", "gpt-4-alt-rubric", "user", "ai", "claude", "crowd")
_LABELS = ("E1", "E0", "T2", "nope", "")
_MEASURES = (
    *("exposure", "automation", "alpha", "beta", "gamma"),
    *("share", "applicability", "usage", "learning", "aioe"),
)
_TYPED = ("fold", "paper fo", "papre", "p", "paper and none", "", '"é\0 OR (')
"""What is searched for: words, a beginning, an error, and what finds nothing."""
_ANYTHING = {"Int": _AMOUNTS, "Float": (1.5, -0.0), "Date": _DAYS}
"""Values of arguments that are not known here, by type; else names."""


def of_type(input_type: Any) -> Any:
    """Give what a list or non-null type is of."""
    return input_type.of_type


def is_required(of: Any) -> bool:
    """Tell whether null is no value of the type."""
    return isinstance(of, GraphQLNonNull)


def must_be_given(argument: Any) -> bool:
    """Tell whether an argument, or a field of an input object, may not be left out."""
    return is_required(argument.type) and argument.default_value is Undefined


def holds_more(of: Any) -> bool:
    """Tell whether values of the type have values of other types in them."""
    return isinstance(get_named_type(of), GraphQLInputObjectType)


def literal(value: Any, of: Any) -> str:
    """Write a JSON value as a literal of its type."""
    return print_ast(_value_to_literal(value, of))


def _cursors(focus: Focus) -> list[str]:
    """Give places in every list; those of other lists are refused."""
    tasks, codes = focus.task_ids[:2], focus.codes[:1]
    places = [
        *(Cursor("tasks by task id, ascending", task, task) for task in tasks),
        *(Cursor("tasks by importance, descending", 4.0, task) for task in tasks),
        *(Cursor("tasks by statement, ascending", "Fold", task) for task in tasks),
        *(Cursor("occupations by code, ascending", code, code) for code in codes),
        *(Cursor("occupations by job zone, descending", 4, code) for code in codes),
        *(Cursor("emerging tasks by line", line, line) for line in (2, 3)),
        *(Cursor(f"tasks related by {_USUAL}", 0.415, task) for task in tasks),
        *(Cursor(f"occupations related by {_NARROW}", 0.415, code) for code in codes),
        *(Cursor(f"tasks from {a} to {b} that are MOVED", 1, 1) for a, b in _PAIRS),
        *(Cursor(f"tasks {_DIFFER} by distance, descending", 1, n) for n in tasks),
    ]
    return [write_cursor(place) for place in places]


class Values:
    """JSON values of arguments that fit one release of a world, most of them."""

    def __init__(self, world: World, focus: Focus) -> None:
        """Prefer what is in ``focus``."""
        self._world = world
        self._focus = focus
        self._known: dict[tuple[str, str], Strategy] = {}

    def of(self, of: Any, name: str) -> Strategy:
        """Give values of a type for an argument, which ``name`` tells from others."""
        place = (str(of), name)
        if place not in self._known:
            self._known[place] = self._made(of, name)
        return self._known[place]

    @staticmethod
    def wrong() -> Strategy:
        """Give values that hardly any type takes."""
        return st.sampled_from(_NOT_A_VALUE)

    def _made(self, of: Any, name: str) -> Strategy:
        if not isinstance(of, GraphQLNonNull):
            some = self.of(GraphQLNonNull(of), name)
            # Whether to skip a field may be null by mistake only.
            last = 60 if name == "if" else 5
            # The plain value comes first: an example is shrunk towards it.
            return st.integers(0, last).flatmap(
                lambda n: st.none() if n == last else some
            )
        inner = of_type(of)
        if isinstance(inner, GraphQLList):
            return st.lists(self.of(of_type(inner), name), max_size=3)
        if isinstance(inner, GraphQLInputObjectType):
            return self._object(inner)
        if isinstance(inner, GraphQLEnumType):
            return st.sampled_from(list(inner.values))
        if inner.name == "Boolean":
            return st.booleans()
        known = self._leaves.get(name, _ANYTHING.get(inner.name, _NOWHERE))
        return st.sampled_from(known)

    def _object(self, of: Any) -> Strategy:
        needed: dict[str, Strategy] = {}
        free: dict[str, Strategy] = {}
        for name, field in of.fields.items():
            values = (
                self._seldom(field.type, name)
                if get_named_type(field.type) is of
                else (self.of(field.type, name))
            )
            (needed if must_be_given(field) else free)[name] = values
        return st.fixed_dictionaries(needed, optional=free)

    def _seldom(self, of: Any, name: str) -> Strategy:
        """Give values that may hold the like of themselves; mostly none."""
        some = st.deferred(lambda: self.of(of, name))
        return st.integers(0, 7).flatmap(lambda n: some if n == 7 else st.none())

    @cached_property
    def _leaves(self) -> dict[str, Sequence[Any]]:
        focus, own = self._focus, [self._focus.release]
        others = [f.release for f in self._world.focuses]
        studies = self._world.studies
        releases = [*own * 60, "latest", *others, "nope", "", *studies]
        tasks = [*focus.task_ids * 8, 1, 999_999, 0, -1]
        codes = [*focus.codes * 8, "11-1.00", "", 'x"\\']
        nodes = [*focus.nodes * 2, *others, *studies, *_NOWHERE]
        return {
            "release": releases,
            "release.id": releases,
            "continues.release": [*others, "latest", "nope"],
            "continuedBy.release": [*others, "latest", "nope"],
            "taskId": tasks,
            "taskIds": tasks,
            "code": codes,
            "codes": codes,
            "elementId": [*focus.elements * 8, "A.1", "nope"],
            "study": [*studies, "nope", ""],
            "study.id": [*studies * 3, "nope", *own],
            "node.id": nodes,
            "nodes": nodes,
            "neighbourhood.id": nodes,
            "from": nodes,
            "to": nodes,
            "compareReleases.from": [*others * 8, *releases[-20:]],
            "compareReleases.to": [*others * 8, *releases[-20:]],
            "depth": (1, 2, 3, 1, 2, 0, 4),
            "rater": [*_RATERS * 3, "nope", ""],
            "measure": [*_MEASURES * 3, "nope", ""],
            "between": [*_RATERS * 3, "nope"],
            "byFirst": _LABELS,
            "bySecond": _LABELS,
            "url": _PAGES,
            "query": [*_TYPED, *codes, *map(str, focus.task_ids), *focus.elements],
            "after": [*_cursors(focus), "nope", "", "é"],
            "activity": [*focus.elements, "nope"],
            "surveyedFrom": _MONTHS,
            "surveyedUntil": _MONTHS,
            "label": _LABELS,
            "detailedActivity": [*focus.elements, "nope"],
            "jobZone": _ZONES,
            "minJobZone": _ZONES,
            "maxJobZone": _ZONES,
            "occupation": codes,
            "majorGroup": ("11", "12-0000", "1", ""),
            "relatedTask": tasks,
            "relatedOccupation": codes,
            "codePrefix": ["11", "1", "", "99", "é"],
            "minImportance": _FIGURES,
            "maxImportance": _FIGURES,
            "minRelevance": _FIGURES,
            "maxRelevance": _FIGURES,
            "minScore": (0.0, 0.415, 1, -1, 50.5),
            "__type.name": _INTROSPECTED,
        }
