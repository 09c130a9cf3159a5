"""The facts of a page as linked data: JSON-LD in the words of schema.org."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from . import observed
from .derived import Derived
from .frame import Frame
from .render import tier

Data = Mapping[str, Any]
Node = dict[str, Any]


def task(shown: Data, frame: Frame) -> Node:
    """Say what a task is, whose it is, and each figure of its page with its place."""
    subject = shown["task"]
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
        "@id": _id(occupation["id"]),
        "name": occupation["title"],
        "occupationalCategory": f"{occupation['code']} {occupation['title']}",
        "responsibilities": {"@id": about},
        "url": frame.link("occupation", occupation["code"]),
    }
    said = [
        *_of_task(shown),
        *(observed.derived({"@id": work["@id"]}, each) for each in shown["counts"]),
        *_of_course(shown),
        *_of_activities(shown, frame),
        *_of_related(shown, frame),
        *_importance(subject["siblings"], frame),
    ]
    return _page(subject["statement"], [term, work, *said], shown)


def _of_task(shown: Data) -> Iterator[Node]:
    subject = shown["task"]
    about = {"@id": _id(subject["id"])}
    figures = [
        ("Importance", subject["importance"]),
        ("Relevance", subject["relevance"]),
        *((f"Frequency: {f['label']}", f) for f in subject["frequency"]),
    ]
    for name, figure in figures:
        yield from observed.figure(about, name, figure)
    if shown["rank"]:
        yield observed.derived(about, shown["rank"])
    for rating in subject["exposureRatings"]:
        yield observed.rating(about, rating)


def _of_course(shown: Data) -> Iterator[Node]:
    """Tell the importance in each release, and whether it was observed anew."""
    for stop in shown["course"].stops if shown["course"] else ():
        if stop.figured["figure"] is not None:
            about = {"@id": _id(stop.version["task"]["id"])}
            name = f"Importance, {stop.version['release']['title']}"
            told = {"observation": stop.observed}
            yield from observed.figure(about, name, stop.figured["figure"], told)


def _of_activities(shown: Data, frame: Frame) -> Iterator[Node]:
    """Tell of each activity that a task shows how many tasks it has, once."""
    ways = [each for _, way in shown["ways"] for each in way]
    for each in {a["elementId"]: a for a in ways}.values():
        yield from _reach(each, shown, frame)


def _of_related(shown: Data, frame: Frame) -> Iterator[Node]:
    """Tell how much each related task shares with the one of the page, and what."""
    about = {"@id": _id(shown["task"]["id"])}
    statements: dict[str, Derived] = {}
    for each, said, score in shown["related"]:
        other = _task(each["task"], frame)
        yield {**observed.derived(about, score), "valueReference": other}
        statements |= {shared["id"]: count for shared, count in said}
    for name, count in statements.items():
        yield observed.derived({"@id": _id(name)}, count)


def occupation(shown: Data, frame: Frame) -> Node:
    """Say what an occupation is, and each figure of its page with its place."""
    subject = shown["occupation"]
    about = _id(subject["id"])
    term = {
        "@type": "Occupation",
        "@id": about,
        "name": subject["title"],
        "alternateName": [each["title"] for each in subject["jobTitles"]],
        "description": subject["description"],
        "occupationalCategory": f"{subject['code']} {subject['title']}",
        "responsibilities": [_task(each, frame) for each in subject["tasks"]],
    }
    said = [
        *_of_occupation(shown, frame),
        *_importance(subject["tasks"], frame),
        *_of_rows(shown),
    ]
    return _page(subject["title"], [term, *said], shown)


def _of_occupation(shown: Data, frame: Frame) -> Iterator[Node]:
    subject = shown["occupation"]
    about = {"@id": _id(subject["id"])}
    for count in shown["counts"]:
        yield observed.derived(about, count)
    if zone := subject["jobZone"]:
        yield observed.fact(about, "Job zone", zone["number"], zone["provenance"])
    for rating in subject["exposureRatings"]:
        yield observed.rating(about, rating)
    for each in subject["relatedOccupations"]:
        other = {
            "@type": "Occupation",
            "name": each["occupation"]["title"],
            "url": frame.link("occupation", each["occupation"]["code"]),
        }
        name, place = f"Relatedness to {each['occupation']['code']}", each["provenance"]
        told = observed.fact(about, name, tier(each["tier"]), place)
        yield {**told, "valueReference": other}


def _of_rows(shown: Data) -> Iterator[Node]:
    """Tell relevance and labels of the tasks of an occupation."""
    for each, labels in shown["rows"]:
        about = {"@id": _id(each["id"])}
        yield from observed.figure(about, "Relevance", each["relevance"])
        for rating in filter(None, labels):
            yield observed.rating(about, rating)


def activity(shown: Data, frame: Frame) -> Node:
    """Say what an activity is, the way to it, and each figure of its page."""
    subject = shown["activity"]
    about = _id(subject["id"])
    term: Node = {
        "@type": "DefinedTerm",
        "@id": about,
        "name": subject["title"],
        "termCode": subject["elementId"],
        "inDefinedTermSet": _id(shown["released"]["id"]),
    }
    if subject["description"]:
        term["description"] = subject["description"]
    way = _way([*shown["wider"], subject], frame)
    told = shown["information"]
    pages = subject["occupationConnection"]["nodes"]
    tasks = [each for of in pages for each in of["taskConnection"]["nodes"]]
    said = [
        *(
            n
            for each in (subject, *subject["children"])
            for n in _reach(each, shown, frame)
        ),
        *([observed.derived({"@id": about}, told)] if told else []),
        *(observed.rating({"@id": about}, r) for r in subject["exposureRatings"]),
        *_importance(tasks, frame),
    ]
    return _page(subject["title"], [term, way, *said], shown)


def _reach(of: Data, shown: Data, frame: Frame) -> Iterator[Node]:
    about = {
        "@type": "DefinedTerm",
        "@id": _id(of["id"]),
        "name": of["title"],
        "termCode": of["elementId"],
        "url": frame.link("activity", of["elementId"]),
    }
    for count in shown["reach"][of["elementId"]]:
        yield observed.derived(about, count)


def _importance(tasks: Sequence[Data], frame: Frame) -> Iterator[Node]:
    for each in tasks:
        yield from observed.figure(_task(each, frame), "Importance", each["importance"])


def _task(of: Data, frame: Frame) -> Node:
    return {
        "@type": "DefinedTerm",
        "@id": _id(of["id"]),
        "name": of["statement"],
        "termCode": str(of["taskId"]),
        "url": frame.link("task", of["taskId"]),
    }


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


def _page(name: str, nodes: list[Node], shown: Data) -> Node:
    page = {
        "@type": "WebPage",
        "name": name,
        "mainEntity": {"@id": nodes[0]["@id"]},
        "isBasedOn": [{"@id": _id(source["id"])} for source in shown["sources"]],
        "dateModified": shown["graph"]["builtAt"],
    }
    return {
        "@context": "https://schema.org",
        "@graph": [page, *nodes, *map(_work, shown["sources"])],
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


def _id(public: str) -> str:
    return f"urn:workatlas:{public}"
