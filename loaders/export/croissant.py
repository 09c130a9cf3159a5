"""The file ``croissant.json``: an export described in MLCommons' Croissant 1.0.

Every file is a FileObject with its checksum and size, every table a RecordSet with a
Field a column. Columns are read from the first format that was written; the files of
the others are named as the same.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from workatlas.cypher import EdgeKind
from workatlas.schema.citation import CitationStyle
from workatlas.schema.source import Source

from .description import PUBLISHER, Description, File, cited
from .formats import FORMATS
from .manifest import FORMAT, ExportedGraph
from .tables import PLACES, keys_of, place_of, schema_of

CROISSANT = "croissant.json"
_HERE = "./"
"""The address of an export is where its folder is, wherever that is put."""

_TYPES: dict[pl.DataType, str] = {
    pl.String(): "sc:Text",
    pl.Int64(): "sc:Integer",
    pl.Float64(): "sc:Float",
    pl.Boolean(): "sc:Boolean",
}
_OF_CROISSANT = (
    *("citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty"),
    *("fileObject", "fileSet", "format", "includes", "isLiveDataset", "jsonPath"),
    *("key", "md5", "parentField", "path", "recordSet", "references", "regex"),
    *("repeated", "replace", "samplingRate", "separator", "source", "subField"),
    "transform",
)
_CONTEXT: Mapping[str, object] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{term: f"cr:{term}" for term in _OF_CROISSANT},
}


def croissant(export: Description) -> dict[str, Any]:
    """Describe an export as a data set for machine learning."""
    dated = {"datePublished": export.retrieved} if export.retrieved else {}
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": export.title,
        "description": export.text,
        "url": _HERE,
        # The build part of a semantic version is free: it has the graph's version.
        "version": f"{FORMAT}.0.0+{export.manifest.version}",
        **dated,
        "license": licences(export.sources),
        "creator": [_organisation(name) for name in _publishers(export.sources)],
        "publisher": _organisation(PUBLISHER),
        "citeAs": cited(export.sources, CitationStyle.BIBTEX),
        "isBasedOn": [_work(source) for source in export.sources],
        "distribution": [_file(export, file) for file in export.files],
        "recordSet": [
            _table(export, graph, place)
            for graph in export.manifest.graphs
            for place in graph.tables
        ],
    }


def licences(sources: list[Source]) -> list[str]:
    """Give the licences of works, each once: where it can be read, or its name."""
    named = (source.licence.url or source.licence.name for source in sources)
    return list(dict.fromkeys(licence for licence in named if licence))


def _publishers(sources: list[Source]) -> list[str]:
    return list(dict.fromkeys(source.publisher for source in sources))


def _organisation(name: str) -> dict[str, str]:
    return {"@type": "sc:Organization", "name": name}


def _work(source: Source) -> dict[str, Any]:
    facts = {
        "name": source.title,
        "url": source.url,
        "version": source.version,
        "datePublished": source.published,
        "license": source.licence.url,
        "creditText": source.required_attribution,
    }
    known = {name: value for name, value in facts.items() if value}
    return {"@type": "sc:CreativeWork", "@id": f"source/{source.id}", **known}


def _file(export: Description, file: File) -> dict[str, Any]:
    graph = next(g for g in export.manifest.graphs if g.id == file.graph)
    others = [f.path for f in export.files_of(graph, file.place) if f != file]
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "contentUrl": file.path,
        "contentSize": f"{file.bytes} B",
        "encodingFormat": list(FORMATS[file.format].media_types),
        "sha256": file.sha256,
        **({"sameAs": others} if others else {}),
    }


def _table(export: Description, graph: ExportedGraph, place: str) -> dict[str, Any]:
    name = f"{graph.id}/{place}"
    keys = [{"@id": f"{name}/{key}"} for key in keys_of(place)]
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": described(graph, place),
        "key": keys if len(keys) > 1 else keys[0],
        "field": list(_fields(export, graph, place)),
    }


def _fields(
    export: Description, graph: ExportedGraph, place: str
) -> Iterator[dict[str, Any]]:
    file, *_ = export.files_of(graph, place)
    kind = PLACES[place]
    for column, type_ in schema_of(place).items():
        name = f"{graph.id}/{place}/{column}"
        field = {
            "@type": "cr:Field",
            "@id": name,
            "name": name,
            "description": f"{column} of {graph.id}/{place}",
            "dataType": _TYPES[type_],
            "source": {
                "fileObject": {"@id": file.path},
                "extract": {"column": column},
            },
        }
        if isinstance(kind, EdgeKind):
            end = place_of(kind.start if column == "start" else kind.end)
            field["references"] = {"field": {"@id": f"{graph.id}/{end}/key"}}
        yield field


def described(graph: ExportedGraph, place: str) -> str:
    """Say in a sentence what a table holds."""
    kind, rows = PLACES[place], graph.tables[place]
    if isinstance(kind, EdgeKind):
        return (
            f"The {rows:,} relationships {kind.name} of {graph.id}, from {kind.start} "
            f"to {kind.end}, by the keys of their ends."
        )
    return f"The {rows:,} nodes {kind} of {graph.id}, each with its properties."
