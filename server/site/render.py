"""From what a view gives to HTML: templates, and how figures are written in them."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from graphql import GraphQLEnumType
from jinja2 import Environment, PackageLoader, StrictUndefined

from workatlas import __version__
from workatlas.schema import executable_schema
from workatlas.schema.citation.work import MONTHS

from .frame import Frame


def rendered(page: str, frame: Frame, view: Mapping[str, Any]) -> bytes:
    """Give a page as it is sent."""
    template = _templates().get_template(f"{page}.html")
    return template.render(view, frame=frame, version=__version__).encode()


def make_ready() -> None:
    """Compile all templates and make the schema that they quote: 60 ms, once."""
    templates = _templates()
    for name in templates.list_templates():
        templates.get_template(name)
    _schema()


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("workatlas.server.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters |= {
        "meaning": meaning,
        "month": month,
        "written": written,
        "said": said,
        "tier": tier,
    }
    return templates


def meaning(value: str, of: str) -> str:
    """Give what a value of one of the schema's enums stands for, in its own words."""
    known = _schema().type_map[of]
    assert isinstance(known, GraphQLEnumType)  # noqa: S101 - templates name enums
    return known.values[value].description or value


@cache
def _schema() -> Any:
    return executable_schema()


def written(figure: Mapping[str, Any]) -> str:
    """Write a figure that has a value with two decimals, as published."""
    percent = " %" if figure["unit"] == "PERCENT" else ""
    return f"{figure['value']:.2f}{percent}"


def score(value: float) -> str:
    """Write a score with four decimals at most."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def said(rating: Mapping[str, Any]) -> str:
    """Write what a rater says: a label, a score, or a label with its score."""
    label, number = rating["label"], rating["score"]
    if number is None:
        return str(label)
    if label is not None:
        return f"{label} ({score(number)})"
    return (
        f"{score(number)} %"
        if rating["measure"]["unit"] == "PERCENT"
        else score(number)
    )


def tier(value: str) -> str:
    """Write how closely an occupation is related: PRIMARY_SHORT is primary short."""
    return value.lower().replace("_", " ")


def month(date: str) -> str:
    """Write a year, month or day in words: 2022-08 is August 2022."""
    year, *numbers = date.split("-")
    words = [MONTHS[int(number) - 1] for number in numbers[:1]]
    days = [str(int(number)) for number in numbers[1:]]
    return " ".join([*days, *words, year])


def ordinal(number: int) -> str:
    """Write a place: 2 is 2nd."""
    if number % 100 in {11, 12, 13}:
        return f"{number}th"
    return f"{number}{({1: 'st', 2: 'nd', 3: 'rd'}).get(number % 10, 'th')}"
