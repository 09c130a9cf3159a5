"""The file ``dcat.jsonld``: an export described in W3C's DCAT 3, in JSON-LD.

The export is a catalog; every table is a data set in it, and every file of it one of
the data set's distributions. Addresses are relative: they lead to the files from
wherever the export is put.
"""

from collections.abc import Iterator
from typing import Any

from workatlas.schema.citation import CitationStyle
from workatlas.schema.source import Source

from .croissant import described
from .description import ATTRIBUTION, PUBLISHER, UNLICENSED, Description, File, cited
from .formats import FORMATS
from .manifest import ExportedGraph

DCAT = "dcat.jsonld"
_IANA = "https://www.iana.org/assignments/media-types/"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_AGENT = {"@id": "#publisher"}
_Node = dict[str, Any]


def dcat(export: Description) -> _Node:
    """Describe an export as a catalog of data sets."""
    tables = [(g, place) for g in export.manifest.graphs for place in g.tables]
    return {
        "@context": _CONTEXT,
        "@graph": [
            _catalog(export, [_iri(*table) for table in tables]),
            {**_AGENT, "@type": "foaf:Agent", "foaf:name": PUBLISHER},
            *(_work(source) for source in export.sources),
            *(_table(export, *table) for table in tables),
            *_files(export),
        ],
    }


def _iri(graph: ExportedGraph, place: str) -> _Node:
    return {"@id": f"#{graph.id}/{place}"}


def _catalog(export: Description, tables: list[_Node]) -> _Node:
    issued = (
        {"dct:issued": _typed("date", export.retrieved)} if export.retrieved else {}
    )
    return {
        "@id": "./",
        "@type": "dcat:Catalog",
        "dct:title": _text(export.title),
        "dct:description": _text(export.text),
        "dct:identifier": export.manifest.version,
        "dcat:version": export.manifest.version,
        "dct:publisher": _AGENT,
        "dct:license": _licence(export.sources),
        "prov:wasDerivedFrom": [_source(source) for source in export.sources],
        "dcat:dataset": tables,
        **issued,
    }


def _table(export: Description, graph: ExportedGraph, place: str) -> _Node:
    files = export.files_of(graph, place)
    return {
        **_iri(graph, place),
        "@type": "dcat:Dataset",
        "dct:title": _text(f"{graph.id}/{place}"),
        "dct:description": _text(described(graph, place)),
        "dct:identifier": f"{graph.id}@{graph.build}/{place}",
        "dcat:version": graph.build,
        "dct:publisher": _AGENT,
        "prov:wasDerivedFrom": [_source(s) for s in export.about[graph.id].sources],
        "dcat:distribution": [{"@id": f"#{file.path}"} for file in files],
    }


def _files(export: Description) -> Iterator[_Node]:
    for file in export.files:
        licence = _licence(export.about[file.graph].sources)
        yield {**_file(file), "dct:license": licence}


def _file(file: File) -> _Node:
    known = FORMATS[file.format]
    name = known.media_types[0]
    media = {"dcat:mediaType": {"@id": f"{_IANA}{name}", "@type": "dct:MediaType"}}
    return {
        "@id": f"#{file.path}",
        "@type": "dcat:Distribution",
        "dct:title": _text(file.path),
        "dcat:accessURL": {"@id": file.path},
        "dcat:downloadURL": {"@id": file.path},
        "dct:format": {"@type": "dct:MediaTypeOrExtent", "rdfs:label": name},
        **(media if known.registered else {}),
        "dcat:byteSize": _typed("nonNegativeInteger", str(file.bytes)),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": _typed("hexBinary", file.sha256),
        },
    }


def _licence(sources: list[Source]) -> _Node:
    """Give the one licence of all works, or the document that names those of each."""
    found = {source.licence.url or "" for source in sources}
    if len(found) > 1 or "" in found:
        iri, title = ATTRIBUTION, "The licences of the works in this export"
    else:
        iri, title = found.pop(), sources[0].licence.name or UNLICENSED
    return {
        "@id": iri,
        "@type": "dct:LicenseDocument",
        "dct:title": _text(title),
    }


def _source(source: Source) -> _Node:
    return {"@id": f"#source/{source.id}"}


def _work(source: Source) -> _Node:
    facts = {
        "dct:issued": source.published,
        "dcat:version": source.version,
        "dcat:landingPage": source.url
        and {"@id": source.url, "@type": "foaf:Document"},
    }
    return {
        **_source(source),
        "@type": "prov:Entity",
        "dct:title": _text(source.title),
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": source.publisher},
        "dct:license": _licence([source]),
        "dct:rights": {
            "@type": "dct:RightsStatement",
            "rdfs:label": _text(source.required_attribution),
        },
        "dct:bibliographicCitation": cited([source], CitationStyle.APA),
        **{name: value for name, value in facts.items() if value},
    }


def _text(text: str) -> _Node:
    return {"@value": text, "@language": "en"}


def _typed(kind: str, value: str) -> _Node:
    return {"@value": value, "@type": f"xsd:{kind}"}
