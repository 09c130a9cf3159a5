"""Objects of types that a single answer has thousands of."""

from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import Any, ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


def quick(kind: Callable[_P, _T]) -> Callable[_P, _T]:
    """Give a function that makes objects as a dataclass does, in a third of the time.

    A class that is called with keywords first puts them into a dict; a function does
    not. It takes keywords only, and sets the fields and nothing else: the class has
    neither a ``__post_init__`` nor default factories.
    """
    of: Any = kind
    known: dict[str, Any] = {"new": of.__new__, "kind": of}
    parameters: list[str] = []
    for each in fields(of):
        if not each.init:
            continue
        default = ""
        if each.default is not MISSING:
            known[f"default_{each.name}"] = each.default
            default = f" = default_{each.name}"
        parameters.append(f"{each.name}{default}")
    lines = [
        f"def make(*, {', '.join(parameters)}):",
        "    made = new(kind)",
        *(f"    made.{each.name} = {each.name}" for each in fields(of) if each.init),
        "    return made",
    ]
    # Nothing but the names of fields is in it.
    exec("\n".join(lines), known)  # noqa: S102
    made: Callable[_P, _T] = known["make"]
    return made
