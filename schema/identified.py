"""Where a query starts from identifiers: a node of any kind, and what to cite."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any

import strawberry

from workatlas.errors import NotFoundError, UsageError
from workatlas.stores import Snapshot
from workatlas.stores.keys import beside, graph_of, public_id

from .activity import WorkActivity, activity_asked
from .alias import same_elsewhere
from .arguments import argument
from .around import kind_of
from .bibliography import Bibliography
from .citation import CitationStyle
from .cost import costs
from .crosswalk import Crosswalk
from .emerging_task import EmergingTask
from .explore import NODE
from .follow import Follow, follows
from .join_rows import CrosswalkRow
from .node import Node
from .occupation import Occupation
from .page import behind, crossed
from .release import Release
from .rows import (
    ActivityRow,
    DatasetRow,
    EmergingTaskRow,
    ExposureRow,
    OccupationRow,
    ReleaseRow,
    StatementRow,
    StudyRow,
    TaskRow,
)
from .source import sources_of
from .statement import SharedStatement
from .study import Study
from .task import Task
from .walk import Walk, Walked
from .works import Works

_NODES: Mapping[str, tuple[str, type[Any], type[Any]]] = {
    "release": ("release", ReleaseRow, Release),
    "study": ("study", StudyRow, Study),
    "occupation": ("occupation", OccupationRow, Occupation),
    "task": ("task", TaskRow, Task),
    "emergingtask": ("emerging_task", EmergingTaskRow, EmergingTask),
    "activity": ("work_activity", ActivityRow, WorkActivity),
    "statement": ("statement", StatementRow, SharedStatement),
    "crosswalk": ("crosswalk", CrosswalkRow, Crosswalk),
}
"""Each kind of node: the entry that finds it, its row, its type."""
_WORKS = ("study", "crosswalk")
"""Kinds of nodes that are works of their own, and not of a release."""
_MOST = 100
_Keys = Callable[["Identified", Mapping[str, Any]], list[str]]


def _node_follow(kind: str) -> Follow:
    def keys(query: "Identified", arguments: Mapping[str, Any]) -> list[str]:
        key = query.node_key(arguments["id"])
        return [key] if kind_of(key) == kind else []

    entry, row, _ = _NODES[kind]
    otherwise = Walked(_elsewhere, across=True) if kind == "activity" else None
    return Follow(entry, row, keys=keys, otherwise=otherwise)


def _elsewhere(
    query: "Identified",
    snapshot: Snapshot,
    id: str,  # noqa: A002 - what clients call it
) -> Walk[list[str]]:
    release = snapshot.graphs[graph_of(query.node_key(id))]
    return same_elsewhere(snapshot, release, _name_of(id))


def _name_of(node_id: str) -> str:
    """Give what the node of an identifier is called: ``392`` of onet-29.2/task/392."""
    return node_id.partition("/")[2].partition("/")[2]


def _cited_of(kind: str) -> _Keys:
    def keys(query: "Identified", arguments: Mapping[str, Any]) -> list[str]:
        return [key for key in query.cited(arguments["nodes"]) if kind_of(key) == kind]

    return keys


def _cited_follow(kind: str) -> Follow:
    entry, row, _ = _NODES[kind]
    # Of a work all is cited; of other nodes it is enough to know that they are there.
    reads = None if kind in _WORKS else ("key",)
    return Follow(entry, row, keys=_cited_of(kind), reads=reads)


def _rating(entry: str, kind: str) -> Follow:
    return Follow(entry, ExposureRow, keys=_cited_of(kind), reads=("study", "basis"))


def _releases(query: "Identified", arguments: Mapping[str, Any]) -> list[str]:
    """Give the releases of the nodes; a study or crosswalk is a work of its own."""
    keys = query.cited(arguments["nodes"])
    of_releases = (key for key in keys if kind_of(key) not in _WORKS)
    return list(dict.fromkeys(beside(key, "release") for key in of_releases))


def _absent(node_id: str) -> NotFoundError:
    return NotFoundError(
        f"{node_id} is not in the graph.",
        todo="Identifiers look like onet-29.2/task/392; see `releases`.",
    )


@strawberry.type(description="Fields that take identifiers of nodes.")
class Identified(Works):
    """What is found by identifiers; part of Query."""

    def cited(self, ids: Sequence[str]) -> list[str]:
        """Give the keys of the nodes to be cited, each once.

        Raises:
            UsageError: there are too many.
            NotFoundError: one is of no published graph.

        """
        if len(ids) > _MOST:
            raise UsageError(
                f"nodes has {len(ids):,} identifiers, and can have {_MOST}.",
                todo="Cite them in parts, or cite the releases and studies that "
                "`extensions.sources` of an answer names.",
            )
        return list(dict.fromkeys(map(self.node_key, ids)))

    @follows(*map(_node_follow, _NODES))
    def node(
        self,
        *rows: list[Any],
        id: Annotated[strawberry.ID, argument(NODE)],  # noqa: A002
    ) -> Node | None:
        """Anything with an identifier; an error if there is nothing of that name.

        An activity is found by its identifiers in other releases too.
        """
        for (_, _, node), found in zip(_NODES.values(), rows, strict=True):
            if found and node is WorkActivity:
                return activity_asked(found[0], _name_of(id))
            if found:
                made: Node = node(row=found[0])
                return made
        raise _absent(id)

    @costs(weight=100)
    @follows(
        *(_cited_follow(kind) for kind in _NODES if kind != "release"),
        _rating("task_exposures", "task"),
        _rating("occupation_exposures", "occupation"),
        _rating("activity_exposures", "activity"),
        Follow("release", ReleaseRow, keys=_releases),
        Follow("release_dataset", DatasetRow, keys=_releases),
        Follow("release_studies", StudyRow, keys=_releases),
        Follow("release_crosswalks", CrosswalkRow, keys=_releases),
        reads=(),
    )
    def cite(
        self,
        *rows: list[Any],
        nodes: Annotated[
            list[strawberry.ID],
            argument(
                f"The identifiers of nodes of any kind and of any release, {_MOST} at "
                "most; also those that `extensions.sources` of an answer names."
            ),
        ],
        style: Annotated[
            CitationStyle, argument("The style or format.")
        ] = CitationStyle.APA,
        accessed: Annotated[
            date | None, argument("The day the data were read, ISO 8601.")
        ] = None,
    ) -> Bibliography | None:
        """How to cite exactly the works that nodes rest on, each once.

        They are those that `sources` of the nodes gives; an error if one is not there.
        """
        *found, releases, datasets, joined, leading = rows
        *found, of_tasks, of_occupations, of_activities = found
        there = {row.key for some in (*found, releases) for row in some}
        for key in self.cited(nodes):
            if key not in there:
                raise _absent(public_id(key))
        own = [row for some in found for row in some if isinstance(row, StudyRow)]
        ratings = [*of_tasks, *of_occupations, *of_activities]
        studies = {row.study: row for row in (*own, *behind(joined, ratings))}
        named = [r for some in found for r in some if isinstance(r, CrosswalkRow)]
        over = {row.crosswalk: row for row in (*named, *crossed(leading, ratings))}
        return Bibliography(
            sources=sources_of(
                releases, datasets, [*studies.values()], [*over.values()]
            ),
            style=style,
            accessed=accessed,
        )
