"""Columns of objects become columns of the answer, by shape.

Where values must not be null, a null or an error makes an error of what they are in;
see ``failed.py`` for how errors find their place.
"""

from abc import ABC, abstractmethod
from collections.abc import Generator
from itertools import chain
from typing import Any

from graphql import GraphQLError

from .failed import Failed, first_failed
from .steps import Selection, Shape, Step

Values = tuple[list[Any], bool]
"""Values, and whether there may be a None or a Failed among them."""
Completing = Generator[Any, Any, Values]


class Completion(ABC):
    """Completes the values of steps; ``has_failed`` says whether any has failed.

    It is a base and not a part: a part that called back would hold what it is part of,
    and with it all rows of an answer until Python looks for garbage.
    """

    def __init__(self) -> None:
        """Start without a failure."""
        self.has_failed = False

    @abstractmethod
    def objects(self, selection: Selection, objects: list[Any]) -> Completing:
        """Give for each object what is selected of it, or what failed."""

    def completed(self, step: Step, values: list[Any]) -> Completing:
        """Turn the values of a step's function to values of the answer."""
        return self._completed(step, step.shape, values)

    def _completed(self, step: Step, shape: Shape, values: list[Any]) -> Completing:
        if shape.leaf is not None:
            found, is_odd = shape.leaf.column(values)
        elif shape.item is not None:
            found, is_odd = yield from self._lists(step, shape.item, values)
        else:
            found, is_odd = yield from self._selected(step, shape, values)
        if is_odd:
            found = [self._placed(step, shape, value) for value in found]
        return found, is_odd

    def _placed(self, step: Step, shape: Shape, value: Any) -> Any:
        """Give an error its field; a null that must not be is one."""
        if value is None and shape.is_non_null:
            field = f"{step.parent}.{step.asked}"
            error = TypeError(f"Cannot return null for non-nullable field {field}.")
            value = Failed(error)
        if type(value) is not Failed:
            return value
        self.has_failed = True
        return value if value.nodes else Failed(value.cause, step.nodes)

    def _lists(self, step: Step, item: Shape, values: list[Any]) -> Completing:
        lists: list[Any] = [v if type(v) in (list, tuple) else None for v in values]
        flat: list[Any] = list(chain.from_iterable(filter(None, lists)))
        is_fragile = False
        if flat:
            flat, is_odd = yield from self._completed(step, item, flat)
            is_fragile = is_odd and item.is_non_null
        items = iter(flat)
        found: list[Any] = []
        for given, value in zip(lists, values, strict=True):
            if given is None:
                found.append(_no_value(value, f"Expected Iterable for {step.asked}."))
                continue
            made = [next(items) for _ in given]
            failed = first_failed(made) if is_fragile else None
            found.append(made if failed is None else failed)
        return found, is_fragile or None in lists

    def _selected(self, step: Step, shape: Shape, values: list[Any]) -> Completing:
        """Give what is selected of each object, by its class."""
        kinds = set(map(type, values))
        is_odd = not kinds <= shape.selections.keys()
        if len(kinds) == 1 and not is_odd:
            return (yield from self.objects(shape.selections[kinds.pop()], values))
        found: list[Any] = [None] * len(values)
        for place, value in enumerate(values):
            if type(value) not in shape.selections:
                found[place] = _no_value(value, f"Expected an object for {step.asked}.")
        for kind, selection in shape.selections.items():
            places = [i for i, value in enumerate(values) if type(value) is kind]
            if places:
                these = [values[place] for place in places]
                made, is_odd_inside = yield from self.objects(selection, these)
                is_odd = is_odd or is_odd_inside
                for place, value in zip(places, made, strict=True):
                    found[place] = value
        return found, is_odd


def _no_value(value: Any, otherwise: str) -> Any:
    """Give null or the error that stands for a value; anything else is a defect."""
    if value is None or type(value) is Failed:
        return value
    if isinstance(value, Exception):
        return Failed(value)
    return Failed(GraphQLError(otherwise))
