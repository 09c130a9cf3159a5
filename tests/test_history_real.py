"""What the real releases 18.1 and 29.2 continue, against the published files alone.

The counts are made with Polars of the raw files, without the loaders.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import polars as pl
import pytest

from workatlas.loaders.load import load
from workatlas.resolvers import Service
from workatlas.stores import open_reader, open_writer

from .real_graph import NOW

OLD = "onet-18.1"
CODES = "{ release(id: %s) { occupations { code } } }"
TASKS = """query($codes: [String!]!) {
  occupations(codes: $codes, release: "onet-18.1") {
    tasks { taskId continuedBy { bases task { taskId } } } } }"""
HISTORIES = """query($codes: [String!]!) {
  occupations(codes: $codes, release: "onet-18.1") {
    tasks { taskId history { changes } } } }"""
OCCUPATIONS = """query($codes: [String!]!) {
  occupations(codes: $codes, release: "onet-18.1") {
    code continuedBy { code bases crosswalk { provenance { line } } } } }"""


@pytest.fixture(scope="module")
def served(
    real_pair: Path, shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """Serve both releases with the crosswalk between them."""
    folder = tmp_path_factory.mktemp("both")
    graph = str(copytree(real_pair, folder / "graph"))
    load(
        open_writer(graph),
        "onet-soc-2010-to-2019",
        archive=folder / "archive",
        now=NOW,
        origin=str(shared / "onet" / "crosswalks"),
    )
    with asyncio.Runner() as runner:
        reader = open_reader(graph, timeout=60.0)
        yield Service(reader)
        runner.run(reader.close())


def raw(shared: Path, release: str, file: str) -> pl.DataFrame:
    """Read a published file as it is; all is text, and nothing is quoted."""
    return pl.read_csv(
        shared / "onet" / release / file,
        separator="\t",
        quote_char=None,
        infer_schema=False,
    )


def statements(shared: Path, release: str) -> pl.DataFrame:
    """Give the number, code and statement of each task."""
    table = raw(shared, release, "Task Statements.txt")
    return table.select(
        number=pl.col("Task ID").cast(pl.Int64),
        code="O*NET-SOC Code",
        statement="Task",
        type="Task Type",
    )


async def ask(service: Service, document: str, **variables: Any) -> Any:
    """Give the data of an answer without errors."""
    told = (await service.answer(document, variables)).as_dict()
    assert "errors" not in told, told["errors"][:1]
    return told["data"]


async def occupations(service: Service, document: str) -> list[Any]:
    """Ask a document of all occupations of 18.1, some at a time."""
    release = (await ask(service, CODES % f'"{OLD}"'))["release"]
    codes = [each["code"] for each in release["occupations"]]
    parts = [
        (await ask(service, document, codes=codes[start : start + 100]))["occupations"]
        for start in range(0, len(codes), 100)
    ]
    return [each for part in parts for each in part]


async def test_each_task_continues_as_the_files_say(
    served: Service, shared: Path
) -> None:
    """By number, by the statement alone, or not at all: every task, every link."""
    old, new = (statements(shared, f"db_{name}_text") for name in ("18_1", "29_2"))
    by_id = {
        number: "SAME_ID" if said == now else "SAME_ID_REWORDED"
        for number, said, now in old.join(new, on="number")
        .select("number", "statement", "statement_right")
        .iter_rows()
    }
    alike = (
        old.join(new, on="statement")
        .filter(pl.col("number") != pl.col("number_right"))
        .select("number", "number_right")
    )
    wanted: Counter[tuple[int, int, str]] = Counter()
    wanted.update((number, number, basis) for number, basis in by_id.items())
    wanted.update((one, other, "SAME_TEXT") for one, other in alike.iter_rows())
    found: Counter[tuple[int, int, str]] = Counter()
    for each in await occupations(served, TASKS):
        for task in each["tasks"]:
            for link in task["continuedBy"]:
                (basis,) = link["bases"]
                found[task["taskId"], link["task"]["taskId"], basis] += 1
    assert found == wanted
    by_text_alone = set(alike["number"]) - by_id.keys()
    lost = old.height - len(by_id) - len(by_text_alone)
    assert (len(by_id), len(by_text_alone), lost) == (15_454, 1_583, 2_413)


async def test_each_task_changed_as_the_files_say(
    served: Service, shared: Path
) -> None:
    """What a history says of 29.2 is what its files say beside those of 18.1."""
    old, new = (statements(shared, f"db_{name}_text") for name in ("18_1", "29_2"))
    both = old.join(new, on="number", how="left", suffix="_new")
    wanted = {
        row["number"]: ["REMOVED"]
        if row["code_new"] is None
        else [
            name
            for name, column in (
                ("REWORDED", "statement"),
                ("MOVED", "code"),
                ("TYPE_CHANGED", "type"),
            )
            if row[column] != row[f"{column}_new"]
        ]
        for row in both.to_dicts()
    }
    found = {
        task["taskId"]: task["history"][1]["changes"]
        for each in await occupations(served, HISTORIES)
        for task in each["tasks"]
    }
    assert found == wanted
    counts = Counter(change for changes in found.values() for change in changes)
    assert counts == {
        "REMOVED": 3_996,
        "TYPE_CHANGED": 3_003,
        "MOVED": 1_962,
        "REWORDED": 1_580,
    }


async def test_the_crosswalk_splits_and_merges_as_it_says(
    served: Service, shared: Path
) -> None:
    """Of its lines 44 older codes are split, and 97 newer ones are merged."""
    table = pl.read_csv(
        shared / "onet" / "crosswalks" / "2010_to_2019_Crosswalk.csv",
        infer_schema=False,
    ).with_row_index("line", offset=2)
    table = table.select("line", old="O*NET-SOC 2010 Code", new="O*NET-SOC 2019 Code")
    table = table.with_columns(
        is_split=pl.len().over("old") > 1, is_merged=pl.len().over("new") > 1
    )
    counts = (
        table.filter("is_split")["old"].n_unique(),
        table.filter("is_merged")["new"].n_unique(),
    )
    assert counts == (44, 97)
    known = set(raw(shared, "db_18_1_text", "Occupation Data.txt")["O*NET-SOC Code"])
    wanted = {
        (row["old"], row["new"]): (row["line"], row["is_split"], row["is_merged"])
        for row in table.filter(pl.col("old").is_in(known)).to_dicts()
    }
    found: dict[tuple[str, str], tuple[int, bool, bool]] = {}
    for each in await occupations(served, OCCUPATIONS):
        for link in each["continuedBy"]:
            if link["crosswalk"] is not None:
                bases = link["bases"]
                is_split = "CROSSWALK_SPLIT" in bases
                is_merged = "CROSSWALK_MERGED" in bases
                assert ("CROSSWALK_ONE" in bases) is not (is_split or is_merged)
                line = link["crosswalk"]["provenance"]["line"]
                found[each["code"], link["code"]] = (line, is_split, is_merged)
    assert found == wanted
