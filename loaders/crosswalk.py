"""Reads a table of which code of one classification became which of another."""

from collections.abc import Collection

import polars as pl

from workatlas.cypher import EdgeKind
from workatlas.errors import DataError
from workatlas.stores import GraphKind, Subgraph

from .build import Edges, Nodes, edge_table, key, nodes
from .crosswalk_description import CrosswalkDescription, crosswalks
from .fingerprint import fingerprint
from .mark import is_synthetic
from .source import Source
from .study_about import file_facts, invented_facts, rows_table
from .tables import Table, read_table


def read_crosswalk(
    name: str, source: Source, partial: Collection[str] = ()
) -> Subgraph:
    """Read a described crosswalk: a row is a pair of codes, one became the other.

    ``partial`` names its file if the source holds a part only.

    Raises:
        DataError: the file is missing or has other columns, a code has another form,
            a row stands twice.

    """
    known = crosswalks()[name]
    found = source.files.get(known.file)
    if found is None:
        raise DataError(
            "The file is missing.",
            file=known.file,
            todo=f"Give a folder that has {known.file}.",
        )
    table = _checked(known, read_table(found, known.spec))
    pairs = table.frame.with_columns(key=key(f"crosswalkpair/{name}", "line"))
    synthetic = is_synthetic(source)
    facts = file_facts(name, table, "crosswalk", is_part=known.file in partial)
    about = _facts(known, synthetic=synthetic)
    licence = {name: about[name] for name in ("licenceTitle", "licenceUrl")}
    made: Nodes = {
        "Crosswalk": rows_table("Crosswalk", [about]),
        "CrosswalkPair": nodes("CrosswalkPair", pairs, file=known.file),
        "SourceFile": rows_table("SourceFile", [{**facts, **licence}]),
    }
    owner = pl.lit(f"crosswalk/{name}")
    edges: Edges = {
        EdgeKind("Crosswalk", edge, label): edge_table(
            made[label], owner, pl.col("key")
        )
        for edge, label in (("HAS_FILE", "SourceFile"), ("HAS_PAIR", "CrosswalkPair"))
    }
    content = fingerprint(made, edges)
    made["Crosswalk"] = made["Crosswalk"].with_columns(fingerprint=pl.lit(content))
    return Subgraph(
        id=name,
        kind=GraphKind.CROSSWALK,
        published="",
        synthetic=synthetic,
        fingerprint=content,
        nodes=made,
        edges=edges,
    )


def _checked(known: CrosswalkDescription, table: Table) -> Table:
    table.required(*known.columns)
    for name, form in known.forms.items():
        wrong = table.frame.filter(~pl.col(name).str.contains(form.pattern))
        table.refuse(wrong, name, f"{{{name}}} is not {form.meaning}.")
    for columns in known.once:
        table.unique(*columns)
    return table


def _facts(known: CrosswalkDescription, *, synthetic: bool) -> dict[str, object]:
    published = {
        "heading": known.heading,
        "published": "",
        "synthetic": False,
        "publisher": known.publisher,
        "homepage": known.homepage,
        "url": known.homepage,
        "licenceTitle": known.licence_title,
        "licenceUrl": known.licence_url,
        "attribution": known.attribution,
    }
    return {
        "key": f"crosswalk/{known.id}",
        "crosswalk": known.id,
        "fromTaxonomy": known.from_taxonomy,
        "toTaxonomy": known.to_taxonomy,
        "subjects": known.subjects,
        **(invented_facts(known.invented) if synthetic else published),
    }
