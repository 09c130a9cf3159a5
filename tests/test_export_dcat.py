"""The DCAT description of an export: valid, and true of the files beside it."""

import hashlib
import json
from pathlib import Path
from urllib.parse import urljoin

import pytest
from rdflib import DCAT, DCTERMS, FOAF, PROV, RDF, Graph, Literal, Namespace, URIRef

from workatlas.loaders.export import export_graph
from workatlas.stores import Writer

from .exported import GRAPHS, RELEASE, STUDY, export, filled
from .generated import contents
from .validators import validating, violations

__all__ = ["export", "filled"]

pytestmark = validating

SPDX = Namespace("http://spdx.org/rdf/terms#")
PLACE = "https://data.example.org/atlas/"
"""Where the export is put: the addresses in it are relative."""


def read(folder: Path) -> Graph:
    """Read the description as whoever finds it at an address."""
    graph = Graph()
    text = (folder / "dcat.jsonld").read_text(encoding="utf-8")
    return graph.parse(data=text, format="json-ld", publicID=f"{PLACE}dcat.jsonld")


@pytest.fixture(scope="module")
def described(export: Path) -> Graph:
    """Give the description of all graphs in every format; do not change it."""
    return read(export)


@pytest.fixture(scope="module")
def small(filled: Writer, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """Give the description of a release in one format; leave it as it was."""
    out = tmp_path_factory.mktemp("small") / "out"
    export_graph(filled, out, release=RELEASE, formats=["csv"])
    return read(out)


def test_it_is_valid(described: Graph) -> None:
    """It says everything that DCAT-AP obliges it to say."""
    assert violations(described) == ""


@pytest.mark.parametrize(
    ("subject", "predicate"),
    [
        (URIRef(PLACE), DCTERMS.title),
        (URIRef(PLACE), DCTERMS.publisher),
        (URIRef(f"{PLACE}dcat.jsonld#{RELEASE}/nodes/Task"), DCTERMS.description),
        (URIRef(f"{PLACE}dcat.jsonld#{RELEASE}/nodes/Task"), PROV.wasDerivedFrom),
        (URIRef(f"{PLACE}dcat.jsonld#csv/{RELEASE}/nodes/Task.csv"), DCAT.accessURL),
        (URIRef(f"{PLACE}dcat.jsonld#csv/{RELEASE}/nodes/Task.csv"), SPDX.checksum),
        (URIRef(f"{PLACE}dcat.jsonld#csv/{RELEASE}/nodes/Task.csv"), DCTERMS.license),
        (URIRef(f"{PLACE}dcat.jsonld#source/{STUDY}"), DCTERMS.rights),
    ],
)
def test_what_is_obliged_is_missed(
    small: Graph, subject: URIRef, predicate: URIRef
) -> None:
    """The shapes notice when something that is there is taken away."""
    taken = list(small.triples((subject, predicate, None)))
    assert taken
    small.remove((subject, predicate, None))
    assert violations(small)
    for triple in taken:
        small.add(triple)


def test_every_file_is_described(described: Graph, export: Path) -> None:
    """Each table is a data set, each file of it a distribution with size and sha256."""
    graph, files = described, contents(export)
    found_files: set[str] = set()
    for one in graph.subjects(RDF.type, DCAT.Distribution):
        url = str(graph.value(one, DCAT.downloadURL))
        path = url.removeprefix(PLACE)
        found_files.add(path)
        assert graph.value(one, DCAT.byteSize) == Literal(
            str(len(files[path])),
            datatype=URIRef("http://www.w3.org/2001/XMLSchema#nonNegativeInteger"),
        )
        checksum = graph.value(one, SPDX.checksum)
        assert checksum is not None
        found = graph.value(checksum, SPDX.checksumValue)
        assert isinstance(found, Literal)
        assert found.n3().startswith(f'"{hashlib.sha256(files[path]).hexdigest()}"')
        assert graph.value(one, DCAT.accessURL) == URIRef(urljoin(PLACE, path))
    assert found_files == {path for path in files if "/" in path}
    tables = {str(s).partition("#")[2] for s in graph.subjects(RDF.type, DCAT.Dataset)}
    manifest = json.loads(files["export.json"])
    assert tables == {f"{g['id']}/{p}" for g in manifest["graphs"] for p in g["tables"]}


def test_where_it_comes_from(described: Graph) -> None:
    """Each release and study is named with licence and publisher."""
    graph = described
    works = set(graph.objects(URIRef(PLACE), PROV.wasDerivedFrom))
    assert {str(work).partition("#source/")[2] for work in works} == {*GRAPHS}
    for work in works:
        publisher = graph.value(work, DCTERMS.publisher)
        assert publisher is not None
        assert graph.value(publisher, FOAF.name) == Literal("WorkAtlas")
        licence = URIRef("https://www.apache.org/licenses/LICENSE-2.0")
        assert graph.value(work, DCTERMS.license) == licence


def test_one_format_alone_is_valid(filled: Writer, tmp_path: Path) -> None:
    """A release in JSON Lines, whose media type is not registered, is described too."""
    out = tmp_path / "out"
    export_graph(filled, out, release=RELEASE, formats=["jsonl"])
    graph = read(out)
    assert violations(graph) == ""
    assert not list(graph.triples((None, DCAT.mediaType, None)))
