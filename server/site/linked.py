"""The facts of a page as linked data: JSON-LD in the words of schema.org."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .frame import Frame
from .render import written

Data = Mapping[str, Any]
Node = dict[str, Any]


def task(subject: Data, graph: Data, frame: Frame) -> Node:
    """Say what a task is, whose it is, and each of its figures with its place."""
    about = _id(subject["id"])
    occupation = subject["occupation"]
    term = {
        "@type": "DefinedTerm",
        "@id": about,
        "name": subject["statement"],
        "termCode": str(subject["taskId"]),
        "inDefinedTermSet": _id(subject["release"]["id"]),
    }
    work = {
        "@type": "Occupation",
        "name": occupation["title"],
        "occupationalCategory": f"{occupation['code']} {occupation['title']}",
        "responsibilities": {"@id": about},
        "url": frame.link("occupation", occupation["code"]),
    }
    figures = [
        ("Importance", subject["importance"]),
        ("Relevance", subject["relevance"]),
    ]
    figures += [(f"Frequency: {f['label']}", f) for f in subject["frequency"]]
    said = [*_figures(about, figures), *_ratings(about, subject["exposureRatings"])]
    return _page(subject["statement"], [term, work, *said], subject["sources"], graph)


def occupation(subject: Data, graph: Data, frame: Frame) -> Node:
    """Say what an occupation is, its tasks, and what studies say of it."""
    about = _id(subject["id"])
    term = {
        "@type": "Occupation",
        "@id": about,
        "name": subject["title"],
        "description": subject["description"],
        "occupationalCategory": f"{subject['code']} {subject['title']}",
        "responsibilities": [
            {
                "@type": "DefinedTerm",
                "name": each["statement"],
                "termCode": str(each["taskId"]),
                "url": frame.link("task", each["taskId"]),
            }
            for each in subject["tasks"]
        ],
    }
    said = _ratings(about, subject["exposureRatings"])
    return _page(subject["title"], [term, *said], subject["sources"], graph)


def activity(subject: Data, wider: Sequence[Data], graph: Data, frame: Frame) -> Node:
    """Say what a work activity is, and the way to it from the widest one."""
    released = subject["provenance"]["release"]
    term: Node = {
        "@type": "DefinedTerm",
        "@id": _id(subject["id"]),
        "name": subject["title"],
        "termCode": subject["elementId"],
        "inDefinedTermSet": _id(released["id"]),
    }
    if subject["description"]:
        term["description"] = subject["description"]
    way = _way([*wider, subject], frame)
    return _page(subject["title"], [term, way], [released["source"]], graph)


def _way(path: Sequence[Data], frame: Frame) -> Node:
    """Lead from the widest activity to the one of the page."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": each["title"],
                "item": frame.link("activity", each["elementId"]),
            }
            for place, each in enumerate(path, start=1)
        ],
    }


def _page(name: str, nodes: list[Node], sources: Sequence[Data], graph: Data) -> Node:
    page = {
        "@type": "WebPage",
        "name": name,
        "mainEntity": {"@id": nodes[0]["@id"]},
        "isBasedOn": [{"@id": _id(source["id"])} for source in sources],
        "dateModified": graph["builtAt"],
    }
    return {
        "@context": "https://schema.org",
        "@graph": [page, *nodes, *map(_work, sources)],
    }


def _work(source: Data) -> Node:
    """Name a published work, its licence and how to credit it."""
    given = {
        "@type": "Dataset",
        "@id": _id(source["id"]),
        "name": source["title"],
        "version": source["version"],
        "datePublished": source["published"],
        "url": source["url"],
        "publisher": {"@type": "Organization", "name": source["publisher"]},
        "license": source["licence"]["url"],
        "creditText": source["requiredAttribution"],
        "creativeWorkStatus": "Invented" if source["synthetic"] else "Published",
    }
    return {name: value for name, value in given.items() if value}


def _figures(about: str, figures: list[tuple[str, Data]]) -> Iterator[Node]:
    """Give an observation for each figure that has a value; none is made up."""
    for name, figure in figures:
        if figure["missing"] is None:
            yield {
                **_observation(about, name, figure["provenance"]),
                "value": figure["value"],
                "unitText": figure["unit"].lower(),
                "description": f"{written(figure)}, {_place(figure['provenance'])}",
            }


def _ratings(about: str, ratings: Sequence[Data]) -> Iterator[Node]:
    """Give an observation for each rating, of its own rater."""
    for rating in ratings:
        name = f"{rating['measure']['title']}, by {rating['rater']['title']}"
        label, score = rating["label"], rating["score"]
        yield {
            **_observation(about, name, rating["provenance"]),
            "value": label if score is None else score,
            **({} if label is None else {"alternateName": label}),
            "description": _place(rating["provenance"]),
        }


def _observation(about: str, name: str, place: Data) -> Node:
    given = {
        "@type": "Observation",
        "name": name,
        "observationAbout": {"@id": about},
        "variableMeasured": {"@type": "StatisticalVariable", "name": name},
        "measurementMethod": place["rater"],
        "observationDate": place["date"],
    }
    return {name: value for name, value in given.items() if value}


def _place(place: Data) -> str:
    where = [place["source"]["title"], place["file"]["name"]]
    where += [f"line {place['line']}"] if place["line"] else []
    where += [f"column {place['column']}"] if place["column"] else []
    return ", ".join(where)


def _id(public: str) -> str:
    return f"urn:workatlas:{public}"
