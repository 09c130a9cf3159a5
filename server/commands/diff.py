"""`workatlas diff`: what changed from one release to another."""
# ruff: noqa: PLC0415 - what is heavy to import waits until the command runs

import asyncio
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .asking import ask, data_of
from .options import JsonOption, StoreOption
from .output import tell

if TYPE_CHECKING:
    from workatlas.server.settings import Settings

EXAMPLE = "workatlas diff onet-18.1 onet-29.2 --list reworded"


class Kind(StrEnum):
    """What can be listed."""

    TASK = "task"
    OCCUPATION = "occupation"
    WORK_ACTIVITY = "work-activity"


class Change(StrEnum):
    """The ways in which it can have changed."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    MOVED = "moved"
    TYPE_CHANGED = "type-changed"
    RE_RATED = "re-rated"
    RATINGS_GAINED = "ratings-gained"
    RATINGS_LOST = "ratings-lost"
    LINKS_GAINED = "links-gained"
    LINKS_LOST = "links-lost"
    LABELS_OUTDATED = "labels-outdated"
    REIDENTIFIED = "reidentified"


_WAYS = {
    "added": "added",
    "removed": "removed",
    "reworded": "reworded",
    "moved": "moved to another occupation or parent",
    "typeChanged": "of another type",
    "reRated": "re-rated",
    "ratingsGained": "rated in the second alone",
    "ratingsLost": "rated in the first alone",
    "linksGained": "with new links to activities",
    "linksLost": "without former links to activities",
    "labelsOutdated": "whose label rates other words now",
    "reidentified": "with another identifier",
}
_COUNTS = f"""counts {{ inFrom inTo inBoth {" ".join(_WAYS)}
  notTold {{ change reason release fileName }} }}"""
_ALL = "\n".join(
    f"{kind.name.lower()}: compareReleases(from: $from, to: $to, kind: {kind.name}) "
    f"{{ {_COUNTS} }}"
    for kind in Kind
)
_COUNTED = f"query ($from: String!, $to: String!) {{ {_ALL} }}"
_WORDS = "{ similarity parts { kind text } }"
_LISTED = f"""
query ($from: String!, $to: String!, $kind: ComparedKind!, $change: ReleaseChange!,
  $first: Int!) {{
  compareReleases(from: $from, to: $to, kind: $kind) {{
    changes(change: $change, first: $first) {{
      totalCount
      nodes {{
        changes
        ... on ChangedTask {{
          before {{ id text: statement }} after {{ id text: statement }} words: wording
          {_WORDS} }}
        ... on ChangedOccupation {{
          before {{ id text: title }} after {{ id text: title }}
          words: title {_WORDS} }}
        ... on ChangedActivity {{
          before {{ id text: title }} after {{ id text: title }}
          words: title {_WORDS} }}
      }}
    }}
  }}
}}"""
_MARKS = {"SAME": "{}", "REMOVED": "[-{}-]", "ADDED": "{{+{}+}}"}

Old = Annotated[str, typer.Argument(metavar="FROM", help="A release: onet-18.1.")]
New = Annotated[str, typer.Argument(metavar="TO", help="Another one, or latest.")]
ListOption = Annotated[
    Change | None, typer.Option("--list", help="List what changed in this way.")
]
KindOption = Annotated[Kind, typer.Option("--kind", help="What is listed.")]
FirstOption = Annotated[
    int, typer.Option("--first", min=1, max=100, help="How many are listed at most.")
]


def diff(
    start: Old,
    end: New,
    *,
    change: ListOption = None,
    kind: KindOption = Kind.TASK,
    first: FirstOption = 20,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Count what changed from one release to another, or list what changed in a way."""
    from workatlas.server.settings import load_settings

    settings = load_settings(store=store)
    asked: dict[str, Any] = {"from": start, "to": end}
    if change is None:
        counts = _found(settings, _COUNTED, asked)
        tell(counts, _counted(counts, start, end), as_json=as_json)
        return
    asked |= {"kind": kind.name, "change": change.name, "first": first}
    page = _found(settings, _LISTED, asked)["compareReleases"]["changes"]
    tell(page, _listed(page), as_json=as_json)


def _found(
    settings: "Settings", document: str, variables: dict[str, Any]
) -> Mapping[str, Any]:
    return data_of(asyncio.run(ask(settings, document, variables)))


def _counted(found: Mapping[str, Any], start: str, end: str) -> Iterator[str]:
    for kind in Kind:
        counts = found[kind.name.lower()]["counts"]
        name = "activities" if kind is Kind.WORK_ACTIVITY else f"{kind.value}s"
        yield (
            f"{name}: {counts['inFrom']} in {start}, {counts['inTo']} in {end}, "
            f"{counts['inBoth']} in both"
        )
        for way, words in _WAYS.items():
            if counts[way] is not None:
                yield f"  {counts[way]} {words}"
        for gap in counts["notTold"]:
            why = "in part" if gap["reason"] == "FILE_PART" else "not"
            yield (
                f"  not told, {gap['change']}: {gap['fileName']} of "
                f"{gap['release']} is {why} loaded"
            )


def _listed(page: Mapping[str, Any]) -> Iterator[str]:
    nodes = page["nodes"]
    yield f"{len(nodes)} of {page['totalCount']}"
    for node in nodes:
        sides = [side for side in (node["before"], node["after"]) if side is not None]
        yield " -> ".join(side["id"] for side in sides)
        yield f"  {_text(node, sides[-1]['text'])}"


def _text(node: Mapping[str, Any], text: str) -> str:
    """Give the words of something; with marks where they changed."""
    if node["words"] is None:
        return text
    parts = node["words"]["parts"]
    return " ".join(_MARKS[part["kind"]].format(part["text"]) for part in parts)
