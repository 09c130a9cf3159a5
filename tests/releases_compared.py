"""Two releases to compare: the sample, and a copy of it in which things changed."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workatlas.resolvers import Service

from .answers import SAMPLE, ask

OLD, NEW = "onet-9.8", "onet-9.9"
COUNTS = """counts { inFrom inTo inBoth added removed reworded moved typeChanged reRated
  ratingsGained ratingsLost linksGained linksLost labelsOutdated reidentified
  combinations { changes count } notTold { change reason release fileName } }"""
COUNTED = f"""query ($from: String!, $to: String!, $kind: ComparedKind! = TASK) {{
  found: compareReleases(from: $from, to: $to, kind: $kind) {{
    kind before {{ id }} after {{ id }} {COUNTS} }}
}}"""
WORDS = "{ before after similarity parts { kind text } method }"
FIGURE = """{ value lowerBound upperBound surveyed scale { id } ... on FrequencyFigure {
  category } provenance { file { name } line release { id } } }"""
CHANGES = f"""query (
  $from: String!, $to: String!, $kind: ComparedKind! = TASK, $change: ReleaseChange!,
  $first: Int! = 100, $after: String
) {{
  found: compareReleases(from: $from, to: $to, kind: $kind) {{
    changes(change: $change, first: $first, after: $after) {{
      totalCount pageInfo {{ hasNextPage endCursor }}
      nodes {{
        __typename changes
        ... on ChangedTask {{
          taskId before {{ id statement type occupation {{ code }} }}
          after {{ id statement type occupation {{ code }} }}
          wording {WORDS} linksGained {{ title id }} linksLost {{ title id }}
          labelsOutdated {{ id }} figures {{
            before {FIGURE} after {FIGURE} difference boundsOverlap }}
        }}
        ... on ChangedOccupation {{
          code before {{ id }} after {{ id }} title {WORDS} description {WORDS} }}
        ... on ChangedActivity {{
          before {{ id elementId title }} after {{ id elementId title }}
          title {WORDS} }}
      }}
    }}
  }}
}}"""
Edit = Callable[[list[list[str]]], list[list[str]]]
"""Changes the rows of a file, the header not among them."""


def altered(folder: Path, **edits: Edit) -> Path:
    """Copy the sample, with files changed by name: ``task_statements`` is a name."""
    shutil.copytree(SAMPLE, folder)
    for name, edit in edits.items():
        words = name.split("_")
        title = " ".join(w if w in {"to", "of"} else w.capitalize() for w in words)
        path = folder / f"{title.replace('Dwas', 'DWAs').replace('Dwa', 'DWA')}.txt"
        header, *lines = path.read_text(encoding="utf-8").splitlines()
        rows = edit([line.split("\t") for line in lines])
        text = "\n".join([header, *("\t".join(row) for row in rows)])
        path.write_text(f"{text}\n", encoding="utf-8")
    return folder


async def counts(service: Service, start: str, end: str, kind: str = "TASK") -> Any:
    """Compare two releases, by plan and by reference; give the counts."""
    variables = {"from": start, "to": end, "kind": kind}
    told = await service.answer(COUNTED, variables)
    assert told.body == (await service.reference(COUNTED, variables)).body
    return (await ask(service, COUNTED, **variables))["found"]["counts"]


async def changes(service: Service, change: str, **variables: Any) -> Any:
    """Give a page of what changed, by plan and by reference."""
    asked = {"from": OLD, "to": NEW, "change": change, **variables}
    told = await service.answer(CHANGES, asked)
    assert told.body == (await service.reference(CHANGES, asked)).body
    return (await ask(service, CHANGES, **asked))["found"]["changes"]
