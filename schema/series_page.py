"""How a store is asked for the figures of a series, and for what they are made of."""

from collections.abc import Mapping
from typing import Any

from workatlas.cypher import Choice, Combined, Condition, Page, Passes

from .scores import measures_behind, raters_behind

Arguments = Mapping[str, Any]


def of_study(arguments: Arguments) -> Page:
    """Ask for what is of the study that the arguments name."""
    condition = Passes("STUDY", "study")
    return Page(Choice(condition=condition), {"study": arguments["study"]})


def of_series(arguments: Arguments) -> Page:
    """Ask for what scores of the series may be made of (``scores.py``)."""
    values = {"study": arguments["study"]}
    parts: list[Condition] = [Passes("STUDY", "study")]
    for name, behind in (
        ("rater", raters_behind(arguments["rater"])),
        ("measure", measures_behind(arguments["measure"])),
    ):
        each = {f"{name}{number}": value for number, value in enumerate(behind)}
        some = tuple(Passes(name.upper(), parameter) for parameter in each)
        parts.append(Combined("any", some))
        values |= each
    return Page(Choice(condition=Combined("all", tuple(parts))), values)


def exactly(arguments: Arguments) -> Page:
    """Ask for what is of the series itself."""
    names = ("study", "rater", "measure")
    parts = tuple(Passes(name.upper(), name) for name in names)
    values = {name: arguments[name] for name in names}
    return Page(Choice(condition=Combined("all", parts)), values)


def everything(_: Arguments) -> Page:
    """Ask for all groups that there are."""
    return Page(Choice(), {})
