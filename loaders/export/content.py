"""Whether a graph that was read from an export is what its content calls for."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from workatlas.errors import DataError
from workatlas.stores import GraphKind, Subgraph

from ..fingerprint import NOT_CONTENT, fingerprint
from ..join import join_all, joined_to, unjoined
from .manifest import MANIFEST, path_of
from .tables import PLACES, tables_of

_NONE = pl.DataFrame()
TODO = "Export it again: a changed copy passes for no version of the graph."


def refuse_changed(graph: Subgraph, others: Mapping[str, Subgraph], name: str) -> None:
    """Refuse a graph of which not all follows from what it says it is.

    Its own content must have the hash that names it; a release must be joined to
    ``others``, studies and crosswalks, as a load joins it. ``name`` is the format that
    it was read from.

    Raises:
        DataError: it is not so; names the file of the table, if it is one.

    """
    own = _hashed_anew(graph)
    made = own
    if graph.kind is GraphKind.RELEASE:
        named = joined_to(graph)
        lacking = [other for other in named if other not in others]
        if lacking:
            raise _changed(
                f"{graph.id} is joined to {lacking[0]}, which is not in the export."
            )
        joined = [others[other] for other in named]
        made = join_all(
            own,
            [one for one in joined if one.kind is GraphKind.STUDY],
            [one for one in joined if one.kind is GraphKind.CROSSWALK],
        )
    if made.fingerprint != graph.fingerprint:
        raise _changed(
            f"The tables of {graph.id} are not those of its build: their hash is "
            f"{made.fingerprint}, not {graph.fingerprint}."
        )
    given, wanted = _contents(graph), _contents(made)
    for place in PLACES:
        if not given.get(place, _NONE).equals(wanted.get(place, _NONE)):
            raise _changed(
                "It does not hold what a load makes of the other tables.",
                path_of(graph.id, place, name),
            )


def _hashed_anew(graph: Subgraph) -> Subgraph:
    """Give the graph without what is joined to it, named by the hash of its content."""
    own = unjoined(graph)
    label = graph.kind.value.capitalize()
    if label not in own.nodes:
        raise _changed(f"{graph.id} has no {label} among its nodes.")
    about = own.nodes[label]
    bare = about.with_columns(fingerprint=pl.lit(None, pl.String()))
    content = fingerprint({**own.nodes, label: bare}, dict(own.edges))
    nodes = {**own.nodes, label: about.with_columns(fingerprint=pl.lit(content))}
    return replace(own, nodes=nodes, fingerprint=content)


def _contents(graph: Subgraph) -> dict[str, pl.DataFrame]:
    """Give the tables by name, without what is no content."""
    tables = tables_of(graph)
    return {place: table.drop(NOT_CONTENT, strict=False) for place, table in tables}


def _changed(what: str, file: str = MANIFEST) -> DataError:
    return DataError(what, file=file, todo=TODO)
