"""Reads the table that leads from O*NET-SOC 2010 to O*NET-SOC 2019."""

from collections.abc import Collection

import polars as pl

from workatlas.cypher import EdgeKind
from workatlas.errors import DataError
from workatlas.stores import GraphKind, Subgraph

from .build import Edges, Nodes, edge_table, key, nodes
from .description import Invented
from .fingerprint import fingerprint
from .mark import is_synthetic
from .source import Source
from .study_about import file_facts, invented_facts, rows_table
from .tables import TableSpec, read_table

CROSSWALK = "onet-soc-2010-to-2019"
FILE = "2010_to_2019_Crosswalk.csv"
COLUMNS = {
    "fromCode": "O*NET-SOC 2010 Code",
    "fromHeading": "O*NET-SOC 2010 Title",
    "toCode": "O*NET-SOC 2019 Code",
    "toHeading": "O*NET-SOC 2019 Title",
}
SPEC = TableSpec(COLUMNS, separator=",", quoted=True, null_tokens=[""])
_CODE = r"^\d\d-\d{4}\.\d\d$"
_TERMS: dict[str, object] = {
    "heading": "O*NET-SOC 2010 to O*NET-SOC 2019 Crosswalk",
    "published": "",
    "synthetic": False,
    "publisher": "National Center for O*NET Development",
    "homepage": "https://www.onetcenter.org/taxonomy.html",
    "url": "https://www.onetcenter.org/taxonomy.html",
    "licenceTitle": "CC BY 4.0",
    "licenceUrl": "https://creativecommons.org/licenses/by/4.0/",
    "attribution": "Contains the crosswalk from O*NET-SOC 2010 to O*NET-SOC 2019 by the"
    " U.S. Department of Labor, Employment and Training Administration, used under the "
    "CC BY 4.0 license. WorkAtlas has changed its form.",
}
_INVENTED = Invented(
    heading="Invented crosswalk in the form of O*NET's",
    attribution="Invented for WorkAtlas; no code became another, and it may be used "
    "without attribution.",
)


def read_crosswalk(source: Source, partial: Collection[str] = ()) -> Subgraph:
    """Read the crosswalk: a row is a pair of codes, of which one became the other.

    ``partial`` names its file if the source holds a part only.

    Raises:
        DataError: the file is missing, a code has another form, a pair stands twice.

    """
    found = source.files.get(FILE)
    if found is None:
        raise DataError(
            "The file is missing.", file=FILE, todo=f"Give a folder that has {FILE}."
        )
    table = read_table(found, SPEC).required(*COLUMNS).unique("fromCode", "toCode")
    for name in ("fromCode", "toCode"):
        wrong = table.frame.filter(~pl.col(name).str.contains(_CODE))
        table.refuse(wrong, name, f"{{{name}}} is not a code like 11-1011.00.")
    pairs = table.frame.with_columns(key=key(f"crosswalkpair/{CROSSWALK}", "line"))
    synthetic = is_synthetic(source)
    facts = file_facts(CROSSWALK, table, "crosswalk", is_part=FILE in partial)
    about = _facts(synthetic=synthetic)
    licence = {name: about[name] for name in ("licenceTitle", "licenceUrl")}
    made: Nodes = {
        "Crosswalk": rows_table("Crosswalk", [about]),
        "CrosswalkPair": nodes("CrosswalkPair", pairs, file=FILE),
        "SourceFile": rows_table("SourceFile", [{**facts, **licence}]),
    }
    owner = pl.lit(f"crosswalk/{CROSSWALK}")
    edges: Edges = {
        EdgeKind("Crosswalk", name, label): edge_table(
            made[label], owner, pl.col("key")
        )
        for name, label in (("HAS_FILE", "SourceFile"), ("HAS_PAIR", "CrosswalkPair"))
    }
    content = fingerprint(made, edges)
    made["Crosswalk"] = made["Crosswalk"].with_columns(fingerprint=pl.lit(content))
    return Subgraph(
        id=CROSSWALK,
        kind=GraphKind.CROSSWALK,
        published="",
        synthetic=synthetic,
        fingerprint=content,
        nodes=made,
        edges=edges,
    )


def _facts(*, synthetic: bool) -> dict[str, object]:
    return {
        "key": f"crosswalk/{CROSSWALK}",
        "crosswalk": CROSSWALK,
        "fromTaxonomy": "SOC 2010",
        "toTaxonomy": "SOC 2018",
        **(invented_facts(_INVENTED) if synthetic else _TERMS),
    }
