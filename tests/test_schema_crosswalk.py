"""Crosswalks: what became of each code, counted and listed."""

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from workatlas.loaders.crosswalk_description import crosswalks
from workatlas.resolvers import Service
from workatlas.schema.cursor import Cursor, write_cursor

from .answers import ask, errors, serve, serve_loaded
from .mini_studies import CROSSWALK, crossing

OLD, NEW = "O*NET-SOC 2010 Code", "O*NET-SOC 2019 Code"
SAME, RECODED = ("11-1.00", "11-1.00"), ("11-1.01", "11-2.00")
SPLIT = (("11-3.00", "11-3.00"), ("11-3.00", "11-4.00"))
MERGED = (("11-5.00", "11-6.00"), ("11-6.00", "11-6.00"))
BOTH = (("11-7.00", "11-7.00"), ("11-7.00", "11-8.00"), ("11-8.00", "11-8.00"))
COUNTS = "counts { pairs fromCodes toCodes splits merges }"
PAIRS = f"""query (
  $code: String, $change: CodeChange, $first: Int! = 100, $after: String
) {{
  crosswalks {{
    {COUNTS}
    pairs(code: $code, change: $change, first: $first, after: $after) {{
      totalCount pageInfo {{ hasNextPage endCursor }}
      nodes {{ fromCode toCode change provenance {{ line file {{ name }} }} }}
    }}
  }}
}}"""


def long(pair: tuple[str, str]) -> tuple[str, str]:
    """Write a pair of codes as O*NET-SOC has them."""
    first, second = (code.replace("-", "-202") for code in pair)
    return first, second


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """Serve a crosswalk with a line of every kind."""
    folder = tmp_path_factory.mktemp("crosswalk")
    pairs = map(long, (SAME, RECODED, *SPLIT, *MERGED, *BOTH))
    return serve(folder / "graph", crossing(folder / "in", *pairs))


async def found(service: Service, **variables: Any) -> Any:
    """Ask for lines, by plan and by reference."""
    told = await service.answer(PAIRS, variables)
    assert told.body == (await service.reference(PAIRS, variables)).body
    (crosswalk,) = (await ask(service, PAIRS, **variables))["crosswalks"]
    return crosswalk


async def test_each_line_says_what_became_of_its_code(service: Service) -> None:
    """Seen with all others: the same, another one, of several, one of several, both."""
    crosswalk = await found(service)
    nodes = crosswalk["pairs"]["nodes"]
    assert [node["change"] for node in nodes] == [
        *("SAME", "RECODED", "SPLIT", "SPLIT", "MERGED", "MERGED"),
        *("SPLIT", "SPLIT_AND_MERGED", "MERGED"),
    ]
    assert [node["provenance"]["line"] for node in nodes] == [*range(2, 11)]
    assert crosswalk["counts"] == {
        "pairs": 9,
        "fromCodes": 7,
        "toCodes": 7,
        "splits": 2,
        "merges": 2,
    }


@pytest.mark.parametrize(
    ("asked", "lines"),
    [
        ({"code": "11-2021"}, [2, 3]),
        ({"code": "11-2023.00"}, [4, 5]),
        ({"code": "11-2024"}, [5]),
        ({"change": "RECODED"}, [3]),
        ({"change": "SPLIT"}, [4, 5, 8]),
    ],
)
async def test_lines_are_chosen(
    service: Service, asked: dict[str, str], lines: list[int]
) -> None:
    """By a code on either side, of six or eight digits; by what became of it."""
    pairs = (await found(service, **asked))["pairs"]
    assert [node["provenance"]["line"] for node in pairs["nodes"]] == lines
    assert pairs["totalCount"] == len(lines)


async def test_lines_are_given_in_pages(service: Service) -> None:
    """Each once, in the order of the file; a cursor of another list is refused."""
    lines: list[int] = []
    after, more = None, True
    while more:
        page = (await found(service, first=2, after=after))["pairs"]
        lines += [node["provenance"]["line"] for node in page["nodes"]]
        more, after = page["pageInfo"]["hasNextPage"], page["pageInfo"]["endCursor"]
    assert lines == [*range(2, 11)]
    odd = write_cursor(Cursor("lines of a crosswalk", "a", 1))
    assert (await found(service, after=odd))["pairs"]["nodes"] == []


@pytest.mark.parametrize("code", ["11", "1132021", "11-2021.0", "Chief"])
async def test_what_is_no_code_is_an_error(service: Service, code: str) -> None:
    """Six digits of SOC, or eight of O*NET-SOC."""
    answer = await service.answer(PAIRS, {"code": code})
    assert [kind for _, kind in errors(answer)] == ["USAGE"]


async def test_the_real_crosswalk(shared: Path, tmp_path: Path) -> None:
    """44 codes of 2010 were split, 97 of 2019 are merged, as its file has them."""
    folder = shared / "onet" / "crosswalks"
    service = serve_loaded(tmp_path, (CROSSWALK, folder))
    with (folder / crosswalks()[CROSSWALK].file).open(
        encoding="utf-8", newline=""
    ) as file:
        rows = [(row[OLD], row[NEW]) for row in csv.DictReader(file)]
    old, new = Counter(a for a, _ in rows), Counter(b for _, b in rows)
    crosswalk = await found(service, code="29-1125", first=100)
    assert crosswalk["counts"] == {
        "pairs": 1164,
        "fromCodes": 1110,
        "toCodes": 1012,
        "splits": sum(number > 1 for number in old.values()),
        "merges": sum(number > 1 for number in new.values()),
    }
    assert (crosswalk["counts"]["splits"], crosswalk["counts"]["merges"]) == (44, 97)
    wanted = [(a, b) for a, b in rows if a[:7] == "29-1125" or b[:7] == "29-1125"]
    nodes = crosswalk["pairs"]["nodes"]
    assert [(node["fromCode"], node["toCode"]) for node in nodes] == wanted
    assert wanted
