"""Each figure of a page as an observation of schema.org, with what the page says of it.

What schema.org has no word for is a property with the name that the schema gives it.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from .derived import Derived
from .render import meaning, said, written

Data = Mapping[str, Any]
Node = dict[str, Any]


def figure(
    about: Node, name: str, given: Data, more: Data = MappingProxyType({})
) -> Iterator[Node]:
    """Give the observation of a figure, if it has a value: none is made up.

    ``more`` is said of it too.
    """
    if given["missing"] is None:
        interval = _interval(given)
        why = None if interval else meaning(given["boundsMissing"], "BoundsMissing")
        yield {
            **_observation(about, name, written(given), given["provenance"]),
            "value": given["value"],
            "unitText": given["unit"].lower(),
            **interval,
            **_properties(
                n=given["n"],
                recommendSuppress=given["recommendSuppress"],
                boundsMissing=why,
                **more,
            ),
        }


def rating(about: Node, given: Data) -> Node:
    """Give the observation of what one rater of a study says."""
    name = f"{given['measure']['title']}, by {given['rater']['title']}"
    label, score = given["label"], given["score"]
    return {
        **_observation(about, name, said(given), given["provenance"]),
        "value": label if score is None else score,
        **({} if label is None else {"alternateName": label}),
        "measurementQualifier": meaning(given["basis"], "Basis"),
        **_properties(
            study=given["study"]["title"], ratedStatement=given["ratedStatement"]
        ),
    }


def derived(about: Node, given: Derived) -> Node:
    """Give the observation of a number that was counted or computed."""
    return {
        **_observation(about, given.name, given.text, given.place),
        "value": given.value,
        **_properties(**dict(given.facts)),
    }


def fact(about: Node, name: str, value: str | int, place: Data) -> Node:
    """Give the observation of a fact that stands in a file as it is."""
    return {**_observation(about, name, str(value), place), "value": value}


def _observation(about: Node, name: str, text: str, place: Data) -> Node:
    given = {
        "@type": "Observation",
        "name": name,
        "observationAbout": about,
        "variableMeasured": {"@type": "StatisticalVariable", "name": name},
        "measurementMethod": place["rater"],
        "measurementTechnique": place["method"],
        "observationDate": place["date"],
        "description": f"{text}, {_stands(place)}",
    }
    return {name: value for name, value in given.items() if value}


def _interval(figure: Data) -> Node:
    low, high = figure["lowerBound"], figure["upperBound"]
    if low is None or high is None:
        return {}
    return {
        "marginOfError": {
            "@type": "QuantitativeValue",
            "name": "95 % confidence interval",
            "minValue": low,
            "maxValue": high,
        }
    }


def _properties(**given: object) -> Node:
    told = [
        {"@type": "PropertyValue", "name": name, "value": value}
        for name, value in given.items()
        if value is not None
    ]
    return {"additionalProperty": told} if told else {}


def _stands(place: Data) -> str:
    where = [place["source"]["title"]]
    where += [place["file"]["name"]] if place["file"]["name"] else []
    where += [f"line {place['line']}"] if place["line"] else []
    where += [f"column {place['column']}"] if place["column"] else []
    return ", ".join(where)
