"""The Croissant description of an export: valid, and its records are the tables."""

import hashlib
import json
import math
from pathlib import Path
from typing import Any

import pytest

from workatlas.cypher import NODES
from workatlas.loaders.export import export_graph
from workatlas.stores import Writer, node_schema

from .exported import GRAPHS, RELEASE, SAMPLE, export, filled
from .generated import contents
from .validators import croissant_of, issues_of, validating

__all__ = ["export", "filled"]

pytestmark = validating


def description(folder: Path) -> dict[str, Any]:
    """Give the document."""
    found: dict[str, Any] = json.loads((folder / "croissant.json").read_bytes())
    return found


def test_it_is_valid(export: Path) -> None:
    """MLCommons' own library finds neither errors nor anything to warn of."""
    assert issues_of(export) == set()
    version = json.loads((export / "export.json").read_bytes())["version"]
    assert description(export)["version"] == f"1.0.0+{version}"


def test_what_the_specification_requires(export: Path) -> None:
    """Every property is there that Croissant 1.0 requires of a data set."""
    found = description(export)
    required = {
        *("@context", "@type", "conformsTo", "name", "description", "url"),
        *("license", "creator", "datePublished", "distribution"),
    }
    assert all(found[name] for name in required)
    assert found["datePublished"] == "2026-01-02"
    assert found["license"] == ["https://www.apache.org/licenses/LICENSE-2.0"]
    assert "Invented, and not to be cited" in found["description"]
    assert found["citeAs"].count("@misc{") == len(GRAPHS)


def test_every_file_is_described(export: Path) -> None:
    """Each file of a table has its size and sha256, and is the same as two others."""
    files = contents(export)
    tables = {path for path in files if "/" in path}
    found = {file["@id"]: file for file in description(export)["distribution"]}
    assert found.keys() == tables
    for path, file in found.items():
        assert file["contentUrl"] == path
        assert file["contentSize"] == f"{len(files[path])} B"
        assert file["sha256"] == hashlib.sha256(files[path]).hexdigest()
        stem = path.partition("/")[2].rpartition(".")[0]
        same = {f"{name}/{stem}.{name}" for name in ("parquet", "csv", "jsonl")}
        assert {*file["sameAs"]} == same - {path}


def test_every_column_is_a_field(export: Path) -> None:
    """Fields have the types of the model; the ends of a relationship lead to nodes."""
    types = {"string": "Text", "int": "Integer", "float": "Float", "bool": "Boolean"}
    records = {record["@id"]: record for record in description(export)["recordSet"]}
    for label, properties in NODES.items():
        record = records.get(f"{SAMPLE}/nodes/{label}")
        if record is not None:
            fields = {f["source"]["extract"]["column"]: f for f in record["field"]}
            assert list(fields) == list(node_schema(label))
            for name, kind in properties.items():
                assert fields[name]["dataType"] == f"sc:{types[kind]}"
    start, end = records[f"{SAMPLE}/relationships/Occupation-HAS_TASK-Task"]["field"]
    assert start["references"] == {"field": {"@id": f"{SAMPLE}/nodes/Occupation/key"}}
    assert end["references"] == {"field": {"@id": f"{SAMPLE}/nodes/Task/key"}}


@pytest.mark.parametrize("name", ["csv", "jsonl"])
def test_its_records_are_the_tables(filled: Writer, tmp_path: Path, name: str) -> None:
    """MLCommons' library reads what the store holds, through the description alone."""
    export_graph(filled, tmp_path / "out", release=RELEASE, formats=[name])
    data = croissant_of(jsonld=tmp_path / "out" / "croissant.json")
    place = f"{RELEASE}/nodes/Task"
    tasks = filled.read(RELEASE).nodes["Task"]
    found = list(data.records(place))
    assert len(found) == tasks.height
    for record, row in zip(found, tasks.rows(named=True), strict=True):
        assert record[f"{place}/key"].decode() == f"{RELEASE}/{row['key']}"
        assert record[f"{place}/taskId"] == row["taskId"]
        assert record[f"{place}/statement"].decode() == row["statement"]
        importance, wanted = record[f"{place}/importance"], row["importance"]
        if wanted is None:
            assert importance is None or math.isnan(importance)
        else:  # the library reads CSV to the last digit but one
            assert importance == pytest.approx(wanted, rel=1e-15)
