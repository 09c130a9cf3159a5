"""Numbers of a page that are in no file: counted or computed, and from which files."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .render import ordinal

Data = Mapping[str, Any]

_LINKS = ("TASK_ACTIVITIES",)
_HIERARCHY = ("DETAILED_ACTIVITIES", "INTERMEDIATE_ACTIVITIES", "ACTIVITY_HIERARCHY")
_TASKS = ("TASK_STATEMENTS",)
_RATINGS = ("TASK_RATINGS",)
_LINKED = "linked to it or to an activity below it"
_RARITY = "-log2 of the share of the release's linked tasks that are linked to"
_INFORMATION = f"{_RARITY} it or to an activity below it."
_RARITY_OF_WORDS = "-log2 of the share of the release's tasks that have the statement."
_AMOUNT = {"WHOLE": "", "PART": " (a part of it)", "ABSENT": " (not loaded)"}


@dataclass(frozen=True)
class Derived:
    """A number with its method and the files that it was derived from.

    ``name`` says what it is of its subject, and ``text`` how it is written. ``place``
    has the form of a ``Provenance``, without line: the files as a whole are the inputs.
    """

    name: str
    value: float
    text: str
    place: Data
    facts: tuple[tuple[str, Any], ...] = ()


def lacking(released: Data, *contents: str) -> list[Data]:
    """Give the files with such contents that are left out or loaded in part."""
    return [f for f in _holding(released, contents) if f["coverage"] != "WHOLE"]


def is_absent(released: Data, *contents: str) -> bool:
    """Say whether a file with such contents is left out."""
    return any(f["coverage"] == "ABSENT" for f in _holding(released, contents))


def tasks_of(occupation: Data, released: Data) -> list[Derived]:
    """Count the tasks of an occupation, and those with a figure if that is known."""
    tasks, rated = occupation["taskCount"], occupation["ratedTaskCount"]
    place = _place(released, _TASKS, "Counted: its tasks.")
    counts = [Derived("Tasks", tasks, _many(tasks, "task"), place)]
    if not is_absent(released, *_RATINGS):
        method = (
            "Counted: its tasks that have a figure of importance in what is loaded."
        )
        place = _place(released, _RATINGS, method)
        name = "Tasks with a figure of importance"
        counts.append(Derived(name, rated, f"{rated:,}", place))
    return counts


def reach(activity: Data, released: Data) -> list[Derived]:
    """Count the tasks linked to an activity and their occupations, if that is known."""
    if is_absent(released, *_LINKS):
        return []
    tasks, occupations = activity["taskCount"], activity["occupationCount"]
    files = _files_of(activity["level"])
    linked = _place(released, files, f"Counted: tasks {_LINKED}, each once.")
    method = f"Counted: occupations with a task {_LINKED}, each once."
    having = _place(released, (*files, *_TASKS), method)
    return [
        Derived("Tasks", tasks, _many(tasks, "task"), linked),
        Derived("Occupations", occupations, _many(occupations, "occupation"), having),
    ]


def information(activity: Data, released: Data) -> Derived:
    """Say how much it says of a task to be linked to an activity that some task is."""
    bits = activity["information"]
    place = _place(released, _files_of(activity["level"]), _INFORMATION)
    return Derived("Information, in bits", bits, f"{bits:.1f} bits", place)


def same_statement(shared: Data, released: Data) -> Derived:
    """Count the tasks that have a statement."""
    count = shared["taskCount"]
    place = _place(
        released, _TASKS, "Counted: tasks with this statement, to the letter."
    )
    return Derived("Tasks", count, _many(count, "task"), place)


def rank(of: Data, released: Data) -> Derived:
    """Give the place of a figure among those of the same occupation."""
    facts = (
        ("Of", of["of"]),
        ("Tied", of["tied"]),
        ("Among", of["population"]),
        ("Ties", of["tieRule"]),
        ("File is loaded", of["coverage"].lower()),
    )
    place = _place(released, _RATINGS, of["method"])
    return Derived(
        "Rank by importance", of["position"], ordinal(of["position"]), place, facts
    )


def score(related: Data, released: Data) -> Derived:
    """Give how much another task shares with the one of the page, in bits."""
    via, bits = related["via"], related["score"]
    said = via == "IDENTICAL_STATEMENT"
    files = _TASKS if said else _files_of(via.removesuffix("_ACTIVITY"))
    rarity = _RARITY_OF_WORDS if said else f"{_RARITY} the rarest activity shared."
    place = _place(released, files, f"{related['method']}: {rarity}")
    name = f"Relatedness to task {related['task']['taskId']}, in bits"
    return Derived(name, bits, f"{bits:.1f}", place)


def _files_of(level: str) -> tuple[str, ...]:
    return _LINKS if level == "DETAILED" else (*_LINKS, *_HIERARCHY)


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _place(released: Data, contents: tuple[str, ...], method: str) -> Data:
    files = _holding(released, contents)
    names = [f["name"] + _AMOUNT[f["coverage"]] for f in files]
    return {
        "source": {"title": released["title"], "synthetic": released["synthetic"]},
        "file": {"name": ", ".join(names)},
        "line": None,
        "column": None,
        "rater": None,
        "raterMissing": None,
        "date": None,
        "dateMissing": None,
        "method": method,
    }


def _holding(released: Data, contents: tuple[str, ...]) -> list[Data]:
    return [f for f in released["files"] if f["contents"] in contents]
