"""From the data of a page's query to what its template shows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from . import derived, linked
from .course import course_of
from .derived import Derived
from .frame import Frame
from .render import meaning

Data = Mapping[str, Any]
_OWN = {"TITLE", "STATEMENT"}
"""The texts that a hit goes by itself."""


def task(data: Data, frame: Frame) -> dict[str, Any]:
    """Give what the page about a task shows."""
    subject, released = data["task"], data["task"]["release"]
    rank = subject["importance"]["rank"]
    links: list[Data] = subject["activityLinks"]
    ways = [_way(link["activity"]) for link in links]
    view = {
        "task": subject,
        **_rated(subject),
        "counts": derived.tasks_of(subject["occupation"], released),
        "rank": rank and derived.rank(rank, released),
        "ways": list(zip(links, ways, strict=True)),
        # What is shared with another task is on one of the ways.
        "reach": _reach([each for way in ways for each in way], released),
        "related": [_related(each, released) for each in subject["related"]],
        "course": course_of(subject),
        "uncategorised": derived.lacking(released, "TASK_CATEGORIES"),
        "unlinked": derived.lacking(released, "TASK_ACTIVITIES"),
        "graph": data["graph"],
    }
    return {**view, "linked": linked.task(view, frame)}


def _related(
    each: Data, released: Data
) -> tuple[Data, list[tuple[Data, Derived]], Derived]:
    """Give a related task with the statements that it shares, and its score."""
    said = [(s, derived.same_statement(s, released)) for s in each["sharedStatements"]]
    return each, said, derived.score(each, released)


def occupation(data: Data, frame: Frame) -> dict[str, Any]:
    """Give what the page about an occupation shows."""
    subject = data["occupation"]
    labels = [_labels(each["exposureRatings"]) for each in subject["tasks"]]
    raters = {rater: rating for some in labels for rater, rating in some.items()}
    names = sorted(raters, key=lambda name: (name[0], _people_first(raters[name])))
    view = {
        "occupation": subject,
        **_rated(subject),
        "counts": derived.tasks_of(subject, subject["release"]),
        "columns": [raters[name] for name in names],
        "rows": [
            (each, [some.get(name) for name in names])
            for each, some in zip(subject["tasks"], labels, strict=True)
        ],
        "graph": data["graph"],
    }
    return {**view, "linked": linked.occupation(view, frame)}


def _rated(subject: Data) -> dict[str, Any]:
    return {
        "studies": by_study(subject["exposureRatings"]),
        "released": subject["release"],
        "sources": subject["sources"],
    }


def activity(data: Data, frame: Frame) -> dict[str, Any]:
    """Give what the page about a work activity shows."""
    subject = data["workActivity"]
    released = subject["provenance"]["release"]
    is_used = subject["information"] is not None
    view = {
        "graph": data["graph"],
        "activity": subject,
        "wider": _way(subject)[:0:-1],
        "reach": _reach([subject, *subject["children"]], released),
        "information": derived.information(subject, released) if is_used else None,
        "unlinked": derived.lacking(released, "TASK_ACTIVITIES"),
        "studies": by_study(subject["exposureRatings"]),
        "caveats": [{"text": meaning(c, "CaveatCode")} for c in _caveats(released)],
        "released": released,
        "sources": subject["sources"],
    }
    return {**view, "linked": linked.activity(view, frame)}


def _way(activity: Data) -> list[Data]:
    """Lead from an activity to the widest one that it is a part of."""
    above = activity.get("parent")
    return [activity, *(_way(above) if above else [])]


def _reach(activities: Sequence[Data], released: Data) -> dict[str, list[Derived]]:
    return {each["elementId"]: derived.reach(each, released) for each in activities}


def _caveats(released: Data) -> Iterator[str]:
    """Name what the release lacks of what the page of an activity shows."""
    for contents, code in (
        ("TASK_RATINGS", "RATINGS"),
        ("TASK_ACTIVITIES", "ACTIVITIES"),
    ):
        for file in derived.lacking(released, contents):
            yield f"{code}_{file['coverage']}"


def search(data: Data, frame: Frame) -> dict[str, Any]:
    """Give what the page of a search shows."""
    del frame
    released = data["release"]
    return {
        "graph": data["graph"],
        "found": [_hit(hit) for hit in data["search"]],
        "released": released,
        "others": [each for each in data["releases"] if each["id"] != released["id"]],
    }


def _hit(hit: Data) -> dict[str, Any]:
    """Give a hit with its page's kind and name, its own words, and what it is."""
    node, kind = hit["node"], hit["kind"]
    if kind == "TASK":
        of = f"Task {node['taskId']} of {node['occupation']['title']}"
        shown = ("task", node["taskId"], node["statement"], of)
    elif kind == "OCCUPATION":
        of = f"Occupation {node['code']}, {node['taskCount']} tasks"
        shown = ("occupation", node["code"], node["title"], of)
    else:
        of = f"{node['level'].capitalize()} work activity, {node['taskCount']:,} tasks"
        shown = ("activity", node["elementId"], node["title"], of)
    return {
        **hit,
        "shown": shown,
        "parts": marked(hit),
        "is_own": hit["field"] in _OWN,
    }


VIEWS: Mapping[str, Callable[[Data, Frame], dict[str, Any]]] = {
    "task": task,
    "occupation": occupation,
    "activity": activity,
    "search": search,
}


def by_study(ratings: Sequence[Data]) -> list[dict[str, Any]]:
    """Lay out ratings: for each study a row a measure, and a column a rater.

    People come before models, and measures with labels alone before scores. A cell has
    all that a rater says under a measure, of each code that was merged for one; it is
    empty where a rater did not rate.
    """
    studies = {r["study"]["id"]: r["study"] for r in ratings}
    return [
        {"study": study, **_table([r for r in ratings if r["study"]["id"] == name])}
        for name, study in studies.items()
    ]


def _table(ratings: Sequence[Data]) -> dict[str, Any]:
    raters = {r["rater"]["id"]: r["rater"] for r in sorted(ratings, key=_people_first)}
    measures = {r["measure"]["id"]: r["measure"] for r in ratings}
    cells: dict[tuple[str, str], list[Data]] = {}
    for each in ratings:
        cells.setdefault((each["measure"]["id"], each["rater"]["id"]), []).append(each)
    first = sorted(measures, key=lambda m: (measures[m]["unit"] != "LABEL", m))
    rows = [
        (measures[m], [cells.get((m, rater), []) for rater in raters]) for m in first
    ]
    return {"raters": list(raters.values()), "rows": rows}


def _people_first(rating: Data) -> tuple[bool, str]:
    return rating["rater"]["kind"] not in {"PERSON", "EXPERT"}, rating["rater"]["id"]


def _labels(ratings: Sequence[Data]) -> dict[tuple[str, str], Data]:
    """Give what each rater of each study says of exposure, by study and rater."""
    return {
        (r["study"]["id"], r["rater"]["id"]): r
        for r in ratings
        if r["measure"]["id"] == "exposure"
    }


def marked(hit: Data) -> list[tuple[str, bool]]:
    """Cut a text where it matched: its parts, each with whether it matched."""
    # Places are counted in UTF-16 code units, two bytes each.
    text, done = hit["text"].encode("utf-16-le"), 0
    parts: list[tuple[str, bool]] = []
    for place in hit["highlights"]:
        start, end = 2 * place["start"], 2 * place["end"]
        parts += [(_cut(text, done, start), False), (_cut(text, start, end), True)]
        done = end
    parts.append((_cut(text, done, len(text)), False))
    return [part for part in parts if part[0]]


def _cut(text: bytes, start: int, end: int) -> str:
    return text[start:end].decode("utf-16-le")
