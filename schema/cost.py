"""What a field declares of its cost, where its rows and arguments do not tell.

The unit is an object of an answer: to fetch one, make it and write it takes about 5
microseconds. An answer may have so many before it has to be asked for in parts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

COST = "workatlas.cost"
"""Where a field keeps its cost among its Strawberry metadata."""


@dataclass(frozen=True)
class Cost:
    """``weight``: of its work for each object; ``once``: of its work for all of them.

    ``size``: how long its list is, about. On a field of an input, ``weight`` is what
    it adds to the cost of the field that the input is given to.
    """

    weight: int = 0
    once: int = 0
    size: int | None = None


def costs(
    *, weight: int = 0, once: int = 0, size: int | None = None
) -> Callable[[Any], Any]:
    """Declare the cost of a field, whichever way the field is made."""

    def declare(field: Any) -> Any:
        cost = Cost(weight, once, size)
        field.metadata = MappingProxyType({**field.metadata, COST: cost})
        return field

    return declare
