"""Reads a release of O*NET: files, checks, and the tables of its graph."""

import calendar
import re
from collections.abc import Collection, Iterable, Mapping

import polars as pl

from workatlas.cypher import EdgeKind
from workatlas.errors import DataError
from workatlas.stores import GraphKind, Subgraph, node_schema

from .build import Edges, Nodes
from .fingerprint import fingerprint
from .layout import Release, layout_of
from .mark import is_synthetic
from .onet_activities import activities
from .onet_emerging import emerging_tasks
from .onet_job_zones import job_zones
from .onet_occupations import occupations, with_copies
from .onet_reference import reference
from .onet_related import related_occupations
from .onet_statements import shared_statements
from .onet_tasks import tasks
from .onet_wordings import wordings
from .source import Source
from .taxonomy import taxonomy_of

_PARTS = (
    *(reference, occupations, related_occupations, job_zones),
    *(tasks, shared_statements, activities, wordings, emerging_tasks),
)
"""What is read, in an order in which each finds what its rows refer to."""
_READ_ME = "Read Me.txt"
_VERSION = re.compile(r"O\*NET (\S+) Database")
_MONTHS = list(calendar.month_name)
_LICENCE = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
_OWN_LICENCE = ("Apache-2.0", "https://www.apache.org/licenses/LICENSE-2.0")
_ATTRIBUTION = (
    "Contains information from the O*NET {version} Database, by the U.S. Department of "
    "Labor, Employment and Training Administration (USDOL/ETA), used under the CC BY "
    "4.0 license. O*NET is a trademark of USDOL/ETA. WorkAtlas has changed its form; "
    "USDOL/ETA has not approved, endorsed or tested these changes."
)
_INVENTED = (
    "Invented by the generator of WorkAtlas: it describes no real occupation, and "
    "needs no attribution."
)


def read_release(
    source: Source,
    version: str,
    *,
    published: str | None = None,
    url: str | None = None,
    without: Collection[str] = (),
    partial: Collection[str] = (),
) -> Subgraph:
    """Read a release from its files, everything in them checked.

    Args:
        source: the opened folder, zip or address.
        version: the publisher's number of the release, as in ``29.2``.
        published: year and month, if known; else taken from the read-me file. Neither
            counts for an invented release, which was never published.
        url: where the publisher offers the release; not so an invented one.
        without: files that the release is loaded without, by name.
        partial: files of which the source holds a part only, by name.

    Raises:
        DataError: anything in the files is missing or wrong.
        UsageError: a file is excused that is unknown or needed.

    """
    release = Release(source, layout_of(source), frozenset(without), frozenset(partial))
    release.check()
    month = _check_read_me(source, version)
    synthetic = is_synthetic(source)
    if synthetic:
        published = month = url = None
    made: Nodes = {}
    edges: Edges = {}
    for part in _PARTS:
        new_nodes, new_edges = part(release, made)
        made.update(new_nodes)
        edges.update(new_edges)
    made["Occupation"] = with_copies(made, edges)
    published = published or month or ""
    made |= _release_nodes(
        release, version, published=published, url=url, synthetic=synthetic
    )
    edges |= _release_edges(made)
    content = fingerprint(made, edges)
    made["Release"] = made["Release"].with_columns(fingerprint=pl.lit(content))
    return Subgraph(
        id=f"onet-{version}",
        kind=GraphKind.RELEASE,
        published=published,
        synthetic=synthetic,
        fingerprint=content,
        nodes=made,
        edges=edges,
    )


def _check_read_me(source: Source, version: str) -> str | None:
    """Give the month that the read-me file names; refuse that of another release."""
    file = source.files.get(_READ_ME)
    if file is None:
        return None
    lines = file.path.read_text(encoding="utf-8", errors="replace").splitlines()
    named = _VERSION.match(lines[0]) if lines else None
    if named and named[1] != version:
        raise DataError(
            f"This is release {named[1]}, not {version}.",
            file=_READ_ME,
            line=1,
            todo=f"Load it as onet@{named[1]}, or give the other release's files.",
        )
    month, _, year = " ".join(lines[1:2]).partition(" ")
    if month not in _MONTHS[1:] or not year[:4].isdigit():
        return None
    return f"{year[:4]}-{_MONTHS.index(month):02}"


def _release_nodes(
    release: Release,
    version: str,
    *,
    published: str,
    url: str | None,
    synthetic: bool,
) -> Nodes:
    layout = release.layout
    licence = _OWN_LICENCE if synthetic else _LICENCE
    dataset: dict[str, object] = {
        "key": "dataset/onet",
        "dataset": "onet",
        "heading": "O*NET Database",
        "publisher": "National Center for O*NET Development",
        "homepage": "https://www.onetcenter.org/database.html",
        "licenceTitle": licence[0],
        "licenceUrl": licence[1],
        "attribution": _ATTRIBUTION.format(version=version),
    }
    if synthetic:
        dataset |= {
            "heading": "Invented database in the layout of O*NET",
            "publisher": "WorkAtlas",
            "homepage": "",
            "attribution": _INVENTED,
        }
    facts = {
        "key": "release",
        "release": f"onet-{version}",
        "heading": f"{dataset['heading']} {version}",
        "version": version,
        "published": published,
        "synthetic": synthetic,
        "layout": layout.id,
        "layoutVerified": layout.verified_for(version, release.without),
        "url": url,
        "taxonomy": None if synthetic else taxonomy_of(f"onet-{version}"),
    }
    files = [_file_facts(release, name, licence) for name in layout.tables]
    return {
        "Dataset": _table("Dataset", [dataset]),
        "Release": _table("Release", [facts]),
        "SourceFile": _table("SourceFile", files),
    }


def _file_facts(
    release: Release, name: str, licence: tuple[str, str]
) -> dict[str, object]:
    file = release.layout.tables[name].file
    facts: dict[str, object] = {
        "key": f"file/{file}",
        "fileName": file,
        "contents": name,
        "coverage": release.coverage(name),
        "nullToken": " ".join(release.layout.null_tokens),
        "licenceTitle": licence[0],
        "licenceUrl": licence[1],
    }
    if facts["coverage"] == "ABSENT":
        return facts
    table = release.needed(name)
    return {
        **facts,
        # The lines of a part are not those of the publisher's file.
        "url": table.file.url if facts["coverage"] == "WHOLE" else None,
        "sha256": table.file.sha256,
        "bytes": table.file.bytes,
        "rows": table.frame.height,
        "retrieved": table.file.retrieved,
    }


def _table(label: str, rows: Iterable[Mapping[str, object]]) -> pl.DataFrame:
    schema = node_schema(label)
    filled = [{column: row.get(column) for column in schema} for row in rows]
    return pl.DataFrame(filled, schema=schema)


def _release_edges(made: Nodes) -> Edges:
    """Give the relationships from the release to what it holds."""
    held = {
        "HAS_FILE": "SourceFile",
        "HAS_OCCUPATION": "Occupation",
        "HAS_ACTIVITY": "WorkActivity",
        "HAS_SCALE": "Scale",
        "HAS_ELEMENT": "ContentElement",
        "OF": "Dataset",
    }
    return {
        EdgeKind("Release", name, label): made[label].select(
            pl.lit("release").alias("start"), pl.col("key").alias("end")
        )
        for name, label in held.items()
    }
