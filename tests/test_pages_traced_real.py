"""What is behind the pages of real releases: every figure's line, every work cited.

The oracle reads the published files without the loaders.
"""

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from workatlas.resolvers import Service
from workatlas.stores import open_reader

from .oracle import RECREATIONAL_THERAPISTS, TASK, sha256
from .real_graph import VARIABLES, answer_of

Page = Mapping[str, Any]
OF_LABELS = {
    "alpha": {"E0": 0.0, "E1": 1.0, "E2": 0.0},
    "beta": {"E0": 0.0, "E1": 1.0, "E2": 0.5},
    "gamma": {"E0": 0.0, "E1": 1.0, "E2": 1.0},
}


@pytest.fixture(scope="module")
def published(shared: Path) -> dict[str, Path]:
    """Give the published files by name."""
    folders = (shared / "onet/db_29_2_text", shared / "exposure/gpts-are-gpts")
    return {path.name: path for folder in folders for path in folder.iterdir()}


@pytest.fixture(scope="module")
def citations(task_page: Page) -> dict[str, str]:
    """Give the citations of the page by style."""
    return {c["style"]: c["text"] for c in task_page["task"]["citations"]}


def figures(task: Page) -> Iterator[tuple[Any, Page, str]]:
    """Give every figure of a page, its provenance, and the measure of a score."""
    for figure in (task["importance"], task["relevance"], *task["frequency"]):
        yield figure["value"], figure["provenance"], ""
    for rating in task["exposureRatings"]:
        value = rating["label"] or rating["score"]
        yield value, rating["provenance"], rating["measure"]["id"]


def cell(path: Path, line: int, column: str) -> str:
    """Read what stands on a line of a published file; no cell of it spans lines."""
    lines = path.read_text(encoding="utf-8").splitlines()
    quoting = csv.QUOTE_NONE if path.suffix == ".txt" else csv.QUOTE_MINIMAL
    chosen = [lines[0], lines[line - 1]]
    (row,) = csv.DictReader(chosen, delimiter="\t", quoting=quoting)
    return str(row[column])


def test_every_figure_is_on_the_line_that_it_names(
    task_page: Page, published: Mapping[str, Path]
) -> None:
    """Row 25: release, file, checksum, line and column of all 23; derived ones too."""
    found = list(figures(task_page["task"]))
    for value, place, measure in found:
        path = published[place["file"]["name"]]
        assert place["release"] == {"id": "onet-29.2"}
        assert place["file"]["sha256"] == sha256(path)
        text = cell(path, place["line"], place["column"])
        if place["method"]:
            assert value == OF_LABELS[measure][text]
        else:
            assert value == (text if isinstance(value, str) else float(text))
    assert len(found) == 23


async def test_the_page_is_a_task_and_leads_to_the_others(
    real_store: Path, task_page: Page
) -> None:
    """Rows 2, 22 and 32: type and identifier, and all tasks of its occupation."""
    task = task_page["task"]
    assert (task["id"], task["taskId"]) == (f"onet-29.2/task/{TASK}", TASK)
    data = await answer_of(
        real_store,
        f"""{{ node(id: "{task["id"]}") {{ __typename id }}
          occupation(code: "{task["occupation"]["code"]}") {{
            tasks {{ taskId statement }} }} }}""",
    )
    assert data["node"] == {"__typename": "Task", "id": task["id"]}
    shown = [task, *task["siblings"]]
    expected = sorted((t["taskId"], t["statement"]) for t in shown)
    found = [(t["taskId"], t["statement"]) for t in data["occupation"]["tasks"]]
    assert found == expected


def test_citations(citations: Mapping[str, str]) -> None:
    """Rows 28 to 33: every style, the sources used, no doubled full stop."""
    assert list(citations) == ["TEXT", "APA", "BIBTEX", "CSL_JSON", "RIS"]
    for style, text in citations.items():
        assert ".." not in text, style
        assert "O*NET" in text.replace("\\", ""), style
        assert "GPTs" in text.replace("{", "").replace("}", ""), style
    assert "2026" in citations["APA"]


def test_sentences_of_a_citation(task_page: Page, citations: Mapping[str, str]) -> None:
    """Rows 28, 29, 31 and 33: statement, works, day and identifier, each once."""
    statement = task_page["task"]["statement"]
    text, apa = citations["TEXT"], citations["APA"].splitlines()
    assert text.startswith(f"{statement} WorkAtlas. Based on National Center for O*NET")
    assert "O*NET Database 29.2, 2025, https://www.onetcenter.org/" in text
    assert text.endswith(f"Accessed 7 June 2026: WorkAtlas onet-29.2/task/{TASK}")
    assert apa[0] == (
        f"WorkAtlas. (n.d.). {statement} Retrieved June 7, 2026, "
        f"from WorkAtlas onet-29.2/task/{TASK}"
    )
    starts = (
        "National Center for O*NET Development. (2025). ",
        *["Eloundou, T., "] * 3,
    )
    assert [a.startswith(s) for a, s in zip(apa[1:], starts, strict=True)] == [True] * 4


def test_records_of_a_citation(task_page: Page, citations: Mapping[str, str]) -> None:
    """Rows 30 and 33: keys from identifiers, bodies whole, one record for each work."""
    works = [s["id"] for s in task_page["task"]["sources"]]
    described = [f"{works[1]}/article", f"{works[1]}/preprint"]
    page = f"onet-29.2/task/{TASK}"
    items = json.loads(citations["CSL_JSON"])
    assert [i["id"] for i in items] == [f"workatlas/{page}", *works, *described]
    assert items[0]["accessed"] == {"date-parts": [[2026, 6, 7]]}
    bibtex, ris = citations["BIBTEX"], citations["RIS"]
    for kept in (f"workatlas-{page}", *works, *described):
        key = kept.replace("/", "-")
        assert f"{{{key},\n" in bibtex
        assert f"ID  - {key}\r\n" in ris
    assert bibtex.startswith("@misc{")
    assert bibtex.count("\n@") == ris.count("\r\nTY  - ") == len(items) - 1
    assert "author = {{WorkAtlas}}" in bibtex
    assert "author = {{National Center for O*NET Development}}" in bibtex
    assert "urldate = {2026-06-07}" in bibtex
    assert "Y2  - 2026/06/07\r\n" in ris


async def test_the_page_of_a_task_names_the_study_that_it_shows(
    real_store: Path, task_page_query: str
) -> None:
    """Beside the data, release and study are named with what was loaded in part."""
    reader = open_reader(str(real_store))
    page = (await Service(reader).answer(task_page_query, VARIABLES)).as_dict()
    await reader.close()
    lacks = {s["id"]: s["partialFiles"] for s in page["extensions"]["sources"]}
    assert lacks == {"gpts-are-gpts": [], "onet-29.2": ["Task Ratings.txt"]}


async def test_the_page_of_an_occupation_is_citable(real_store: Path) -> None:
    """Its title, both data sets with version and licence, article and preprint."""
    data = await answer_of(
        real_store,
        f"""{{ occupation(code: "{RECREATIONAL_THERAPISTS}") {{ title
          caveats {{ code }} sources {{ id title version published doi
            publications {{ kind published doi arxiv }} }}
          citations(accessed: "2026-06-07") {{ style text }} }} }}""",
    )
    occupation = data["occupation"]
    release, labels = occupation["sources"]
    assert (release["id"], release["publications"]) == ("onet-29.2", [])
    assert labels == {
        "id": "gpts-are-gpts",
        "title": "GPTs-are-GPTs",
        "version": "0471612",
        "published": "2025-10",
        "doi": None,
        "publications": [
            {
                "kind": "ARTICLE",
                "published": "2024-06",
                "doi": "10.1126/science.adj0998",
                "arxiv": None,
            },
            {
                "kind": "PREPRINT",
                "published": "2023-03",
                "doi": None,
                "arxiv": "2303.10130",
            },
        ],
    }
    assert {"RATINGS_PART", "EXPERTS_ANSWERED", "EXPOSURE_NOT_AUTOMATION"} <= {
        caveat["code"] for caveat in occupation["caveats"]
    }
    for citation in occupation["citations"]:
        assert occupation["title"] in citation["text"]
        assert "10.1126/science.adj0998" in citation["text"]
        assert "2303.10130" in citation["text"]
        assert "CC BY 4.0" in citation["text"]
        assert ".." not in citation["text"]
