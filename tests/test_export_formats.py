"""Tables in each format: what was written is read again, and nothing else is."""

import math
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workatlas.errors import DataError, UsageError
from workatlas.loaders.export.formats import FORMATS, Format, chosen_formats
from workatlas.loaders.export.tables import local, schema_of, tables_of
from workatlas.stores import Subgraph

from .odd_graph import BOOLS, FLOATS, INTS, STRINGS, assert_same, odd_graph

SCHEMA: dict[str, pl.DataType] = {
    "key": pl.String(),
    "text": pl.String(),
    "whole": pl.Int64(),
    "number": pl.Float64(),
    "truth": pl.Boolean(),
}
CHARACTERS = st.one_of(
    st.characters(exclude_categories=["Cs"]), st.sampled_from('",\n\r\t\\ \x00\u2028')
)
TEXTS = st.one_of(st.text(CHARACTERS), st.sampled_from([s for s in STRINGS if s]))
ROWS = st.lists(
    st.tuples(
        st.one_of(st.just("k"), TEXTS),
        st.one_of(st.none(), st.just(""), TEXTS),
        st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1)),
        st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False)),
        st.one_of(st.none(), st.booleans()),
    )
)
every_format = pytest.mark.parametrize("known", FORMATS.values(), ids=[*FORMATS])


def again(known: Format, table: pl.DataFrame, folder: Path) -> pl.DataFrame:
    """Write a table and read it."""
    path = folder / "table"
    known.write(table, path)
    return known.read(path, dict(table.schema), "table")


def exactly(table: pl.DataFrame) -> list[tuple[Any, ...]]:
    """Give the rows so that 0.0 and -0.0 differ as well."""
    return [
        tuple(
            (value, math.copysign(1, value)) if isinstance(value, float) else value
            for value in row
        )
        for row in table.rows()
    ]


@every_format
@given(rows=ROWS)
def test_every_value_comes_back(
    known: Format, rows: list[Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Odd texts, null and the empty text, all numbers to the last bit."""
    table = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    found = again(known, table, tmp_path_factory.mktemp("table"))
    assert found.schema == table.schema
    assert exactly(found) == exactly(table)


@every_format
def test_odd_values_one_by_one(known: Format, tmp_path: Path) -> None:
    """Each odd value of the stores' tests comes back beside every other one."""
    rows = [
        (f"{s!r} {i}", s, i, f, b)
        for s in STRINGS
        for i, f, b in zip(INTS, FLOATS, [*BOOLS, *BOOLS, True], strict=False)
    ]
    table = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    assert exactly(again(known, table, tmp_path)) == exactly(table)


@every_format
def test_every_table_of_the_model(known: Format, tmp_path: Path) -> None:
    """A graph with all labels and relationships is the same after it was read."""
    graph = odd_graph()
    read: dict[str, pl.DataFrame] = {}
    for place, table in tables_of(graph):
        keyed = again(known, table, tmp_path)
        assert dict(keyed.schema) == schema_of(place)
        read[place] = local(keyed, place, graph.id, "table")
    nodes = {kind: read[f"nodes/{kind}"] for kind in graph.nodes}
    edges = {kind: read[f"relationships/{'-'.join(kind)}"] for kind in graph.edges}
    found = Subgraph(
        graph.id,
        graph.kind,
        graph.published,
        graph.synthetic,
        graph.fingerprint,
        nodes,
        edges,
    )
    assert len(read) == len(nodes) + len(edges)
    assert_same(found, graph)


@every_format
def test_how_rows_were_handed_over_does_not_matter(
    known: Format, tmp_path: Path
) -> None:
    """A table in one piece and the same in many pieces give the same bytes."""
    rows = [(f"k{i}", f"text {i % 7}", i, i / 7, i % 2 == 0) for i in range(5000)]
    whole = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    pieces = pl.concat(list(whole.iter_slices(311)), rechunk=False)
    assert pieces.n_chunks() > whole.n_chunks()
    for name, table in (("whole", whole), ("pieces", pieces)):
        known.write(table, tmp_path / name)
    assert (tmp_path / "whole").read_bytes() == (tmp_path / "pieces").read_bytes()


def test_csv_tells_null_from_the_empty_text(tmp_path: Path) -> None:
    """An empty cell is null, a pair of quotes is the empty text."""
    table = pl.DataFrame(
        [("a", None, None, None, None), ("b", "", 1, 0.5, True)],
        schema=SCHEMA,
        orient="row",
    )
    FORMATS["csv"].write(table, tmp_path / "table")
    expected = b'key,text,whole,number,truth\na,,,,\nb,"",1,0.5,true\n'
    assert (tmp_path / "table").read_bytes() == expected


HEADER = b"key,text,whole,number,truth\n"
WRONG_CSV = [
    (b"", None, None, "It is no CSV"),
    (b"\xff,text,whole,number,truth\na,\xff,,,\n", None, None, "It is no CSV"),
    (b"key,whole\n", 1, None, "Its columns are key, whole, not key, text"),
    (HEADER + b'"a\n\nb",,,,\nc,,x,,\n', 5, "whole", "'x' is not a whole number"),
    (HEADER + b"a,,1.5,,\n", 2, "whole", "'1.5' is not a whole number"),
    (HEADER + b"a,,9223372036854775808,,\n", 2, "whole", "is not a whole number"),
    (HEADER + b"a,,,,\nb,,,1e,\n", 3, "number", "'1e' is not a number"),
    (HEADER + b"a,,,,True\n", 2, "truth", "'True' is not true or false"),
]
ROW = b'{"key":"a","text":null,"whole":1,"number":0.5,"truth":true}\n'
WRONG_LINES = [
    (ROW + b"\n", 2, None, "It is no JSON"),
    (ROW + ROW[:-3], 2, None, "It is no JSON"),
    (b"[]\n", 1, None, "It is no object with key, text, whole, number, truth"),
    (ROW.replace(b"text", b"test"), 1, None, "It is no object with key, text"),
    (ROW + ROW.replace(b'"a"', b"7"), 2, "key", "7 is not text"),
    (ROW.replace(b":1,", b":1.5,"), 1, "whole", "1.5 is not a whole number"),
    (ROW.replace(b":1,", b":true,"), 1, "whole", "True is not a whole number"),
    (ROW.replace(b":1,", b":%d," % 2**63), 1, "whole", "is not a whole number"),
    (ROW.replace(b"0.5", b"1"), 1, "number", "1 is not a number"),
    (ROW.replace(b"true", b"1"), 1, "truth", "1 is not true or false"),
]


@pytest.mark.parametrize(
    ("name", "content", "line", "column", "what"),
    [("csv", *wrong) for wrong in WRONG_CSV]
    + [("jsonl", *wrong) for wrong in WRONG_LINES]
    + [("parquet", b"PAR1", None, None, "It is no Parquet")],
)
def test_what_is_wrong_is_refused_where_it_stands(
    *,
    tmp_path: Path,
    name: str,
    content: bytes,
    line: int | None,
    column: str | None,
    what: str,
) -> None:
    """No value is turned into another or into null: file, line and column are told."""
    (tmp_path / "table").write_bytes(content)
    with pytest.raises(DataError, match=what) as caught:
        FORMATS[name].read(tmp_path / "table", SCHEMA, "t.x")
    error = caught.value
    assert (error.file, error.line, error.column) == ("t.x", line, column)


def test_parquet_with_other_columns_is_refused(tmp_path: Path) -> None:
    """A column of another type is told with both."""
    table = pl.DataFrame({"key": ["a"], "whole": [1.0]})
    wanted: dict[str, pl.DataType] = {"key": pl.String(), "whole": pl.Int64()}
    FORMATS["parquet"].write(table, tmp_path / "table")
    with pytest.raises(DataError, match="whole Float64, not key String, whole Int64"):
        FORMATS["parquet"].read(tmp_path / "table", wanted, "t.parquet")


@pytest.mark.parametrize("key", ["onet-2.0/task/1", None])
def test_a_key_of_another_graph_is_refused(key: str | None) -> None:
    """Keys begin with the name of their graph; the row is told."""
    schema = schema_of("nodes/JobZone")
    rows = [{"key": "onet-1.0/task/1"}, {"key": key}]
    table = pl.DataFrame(rows, schema={"key": pl.String()}).select(
        pl.col(name) if name == "key" else pl.lit(None, kind).alias(name)
        for name, kind in schema.items()
    )
    with pytest.raises(DataError, match=r"in row 2 is no key of onet-1\.0") as caught:
        local(table, "nodes/JobZone", "onet-1.0", "t.csv")
    assert (caught.value.file, caught.value.column) == ("t.csv", "key")


def test_formats_by_name() -> None:
    """They come once each, in one order; an unknown one is refused with those known."""
    assert [f.name for f in chosen_formats(["jsonl", "csv", "jsonl"])] == [
        "csv",
        "jsonl",
    ]
    with pytest.raises(UsageError, match="'xml' is no format") as caught:
        chosen_formats(["csv", "xml"])
    assert "parquet, csv, jsonl" in caught.value.todo
    with pytest.raises(UsageError, match="No format is named"):
        chosen_formats([])
