"""The page about task 392 as a browser without script gets it, from the real releases.

What it has to say is read from the published files with polars and csv.
"""

import asyncio
import csv
from pathlib import Path

import polars as pl
import pytest

from .html_tree import Element
from .oracle import RECREATIONAL_THERAPISTS, TASK, read_labels, read_text
from .site_client import kind, linked, page_of, visitor_of


@pytest.fixture(scope="module")
def onet(shared: Path) -> Path:
    """Give the folder of release 29.2."""
    return shared / "onet" / "db_29_2_text"


@pytest.fixture(scope="module")
def ratings(onet: Path) -> pl.DataFrame:
    """Give the importance figures of the occupation."""
    figure = pl.col("Data Value").cast(pl.Float64).alias("value")
    return (
        read_text(onet, "Task Ratings.txt")
        .filter(pl.col("O*NET-SOC Code") == RECREATIONAL_THERAPISTS)
        .filter(pl.col("Scale ID") == "IM")
        .select(pl.col("Task ID").cast(pl.Int64), figure, "line", "N", "Domain Source")
    )


async def _page(store: Path, address: str) -> Element:
    async with visitor_of(store) as client:
        return await page_of(client, address)


@pytest.fixture(scope="module")
def page(real_store: Path) -> Element:
    """Give the page."""
    return asyncio.run(_page(real_store, f"/task/{TASK}"))


def test_statement_and_occupation(page: Element, onet: Path) -> None:
    """Rows 1 to 4: its words, that it is a core task, and whose it is."""
    statements = read_text(onet, "Task Statements.txt")
    row = statements.filter(pl.col("Task ID") == str(TASK)).row(0, named=True)
    head = page.one("header", class_="head")
    assert head.one("h1").text == row["Task"]
    assert f"Task {TASK} · core task · O*NET Database 29.2" in head.text
    link = head.one("a")
    assert (link.text, link["href"]) == (
        "Recreational Therapists",
        f"../occupation/{RECREATIONAL_THERAPISTS}",
    )
    assert f"Task Statements.txt, line {row['line']}" in head.place("as published")


def test_importance_and_rank(page: Element, ratings: pl.DataFrame) -> None:
    """Rows 5 to 9: the figure, its line, second of eleven, asked of experts."""
    own = ratings.filter(pl.col("Task ID") == TASK).row(0, named=True)
    figures = page.section("figures")
    place = figures.place(f"{own['value']:.2f}")
    assert f"Task Ratings.txt, line {own['line']}, column Data Value" in place
    assert f"Rater {own['Domain Source']} Date August 2022" in place
    assert (
        f"{own['N']} answers. Asked: Occupational Expert, August 2022." in figures.text
    )
    higher = (ratings["value"] > own["value"]).sum()
    among = f"{1 + higher}nd of {len(ratings)} that are loaded, highest first"
    assert among in figures.seen
    assert "Task Ratings.txt (a part of it) Derived" in figures.place(f"{1 + higher}nd")
    assert (higher, len(ratings)) == (1, 11)
    assert "workers say" not in page.text
    assert "Ties: equal figures share the best place" in figures.text
    assert "89.47 %" in figures.text


def test_frequencies(page: Element, onet: Path) -> None:
    """All seven shares stand with their labels, zeros among them."""
    table = read_text(onet, "Task Ratings.txt").filter(
        (pl.col("Task ID") == str(TASK)) & (pl.col("Scale ID") == "FT")
    )
    shares = [f"{float(value):.2f} %" for value in table["Data Value"]]
    names = read_text(onet, "Task Categories.txt")["Category Description"]
    rows = page.section("frequency").rows()
    assert rows == [[n, s] for n, s in zip(names, shares, strict=True)]


def again_of(shared: Path, number: int) -> str:
    """Give what the model said of automation when it was asked again."""
    path = shared / "exposure" / "gpts-are-gpts" / "automation_gpt4_human_labels.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return next(r["gpt4_automation"] for r in rows if r["Task ID"] == str(number))


def test_raters_side_by_side(page: Element, shared: Path) -> None:
    """Rows 14 to 18: people and models have a column each, and their own labels."""
    files = read_labels(shared / "exposure" / "gpts-are-gpts")
    label = next(row for row in files if float(row["Task ID"]) == TASK)
    section = page.section("exposure")
    heads = [th.text for th in section.one("thead").all("th")][1:]
    assert [head.split()[0] for head in heads] == [
        *("Annotators", "GPT-4", "GPT-4"),
        "GPT-4,",
    ]
    rows = {row[0].split(":")[0]: row[1:] for row in section.rows()}
    assert rows["Exposure to language models"] == [
        label["human_exposure_agg"],
        label["gpt4_exposure"],
        label["gpt4_exposure_alt_rubric"],
        "not rated",
    ]
    assert rows["Exposure to language models"][:3] == ["E1", "E0", "E0"]
    beta = f"{float(label['beta']):g}"
    assert rows["Beta"] == ["1", beta, "0", "not rated"]
    assert rows["Automation potential"] == [
        *("not rated", "T1 (0.25)", "not rated"),
        again_of(shared, TASK),
    ]
    assert f"full_labelset.tsv, line {label['line']}" in section.place("E1")


def test_activities(page: Element, onet: Path) -> None:
    """Rows 12 and 13: three levels, and how many tasks and occupations share them."""
    links = read_text(onet, "Tasks to DWAs.txt")
    own = links.filter(pl.col("Task ID") == str(TASK)).row(0, named=True)
    sharing = links.filter(pl.col("DWA ID") == own["DWA ID"])
    tasks, occupations = (
        sharing[column].n_unique() for column in ("Task ID", "O*NET-SOC Code")
    )
    assert (tasks, occupations) == (8, 6)
    items = [li.seen for li in page.section("activities").all("li")]
    assert items[0] == (
        "Detailed Treat patients using psychological therapies. "
        f"{tasks} tasks in {occupations} occupations; linked"
    )
    assert items[1].endswith(
        "Administer therapeutic treatments. 37 tasks in 27 occupations"
    )
    assert items[2].startswith("Generalized Assisting and Caring for Others")
    assert f"line {own['line']}" in page.section("activities").place("linked")


def test_related_tasks(page: Element, onet: Path) -> None:
    """The seven that share its detailed activity come first, each with the activity."""
    links = read_text(onet, "Tasks to DWAs.txt")
    own = links.filter(pl.col("Task ID") == str(TASK)).row(0, named=True)
    others = links.filter(
        (pl.col("DWA ID") == own["DWA ID"]) & (pl.col("Task ID") != str(TASK))
    )
    table = page.section("related").one("tbody")
    hrefs = [row.all("a")[0]["href"] for row in table.all("tr")]
    assert len(hrefs) == 12
    assert set(hrefs[:7]) == {f"../task/{number}" for number in others["Task ID"]}


def test_siblings(page: Element, ratings: pl.DataFrame, onet: Path) -> None:
    """Rows 19 to 22: ten others, highest first, ties by task number."""
    statements = read_text(onet, "Task Statements.txt")
    words = dict(
        zip(statements["Task ID"].cast(pl.Int64), statements["Task"], strict=True)
    )
    others = ratings.filter(pl.col("Task ID") != TASK).sort(
        "value", "Task ID", descending=[True, False]
    )
    section = page.section("siblings")
    assert section.rows() == [
        [words[number], f"{value:.2f}"]
        for number, value in others.select("Task ID", "value").iter_rows()
    ]
    assert "All tasks of Recreational Therapists: 11 tasks, 11 of them" in section.seen


def test_caveats_sources_and_citations(page: Element) -> None:
    """Rows 11, 16, 23 to 33: what figures do not mean, whose they are, how to cite."""
    caveats = page.section("caveats").text
    assert "does not predict that the task will be automated" in caveats
    assert "not advice" in caveats
    sources = page.section("sources").text
    assert "O*NET Database 29.2 National Center for O*NET Development" in sources
    assert "Licence: CC BY 4.0" in sources
    assert "Contains information from the O*NET 29.2 Database" in sources
    assert "Eloundou, Tyna" in sources
    assert "Licence: MIT" in sources
    cited = page.section("cite").all("pre")
    assert len(cited) == 5
    assert all(".." not in each.text for each in cited)
    address = f"http://127.0.0.1/task/{TASK}?release=onet-29.2"
    assert all(address in each.text.replace("\\", "") for each in cited)


def test_linked_data(page: Element, ratings: pl.DataFrame) -> None:
    """Programs find the same facts: term, occupation, observations, data sets."""
    nodes = linked(page)
    (term,) = kind(nodes, "DefinedTerm")
    assert (term["termCode"], term["name"]) == (str(TASK), page.one("h1").text)
    (work,) = kind(nodes, "Occupation")
    assert work["occupationalCategory"].startswith(RECREATIONAL_THERAPISTS)
    about = {"@id": term["@id"]}
    observed = {
        node["name"]: node
        for node in kind(nodes, "Observation")
        if node["observationAbout"] == about
    }
    own = ratings.filter(pl.col("Task ID") == TASK).row(0, named=True)
    importance = observed["Importance"]
    assert importance["value"] == own["value"]
    assert importance["measurementMethod"] == "Occupational Expert"
    assert importance["observationDate"] == "2022-08"
    assert f"line {own['line']}" in importance["description"]
    said = {n: o["value"] for n, o in observed.items() if n.startswith("Exposure")}
    assert said["Exposure to language models, by Annotators"] == "E1"
    assert said["Exposure to language models, by GPT-4"] == "E0"
    data = kind(nodes, "Dataset")
    assert [each["name"] for each in data] == ["O*NET Database 29.2", "GPTs-are-GPTs"]
    assert data[0]["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert {each["creativeWorkStatus"] for each in data} == {"Published"}


def test_its_occupation(real_store: Path, ratings: pl.DataFrame, shared: Path) -> None:
    """The occupation has its tasks by importance, with the labels of each rater."""
    page = asyncio.run(_page(real_store, f"/occupation/{RECREATIONAL_THERAPISTS}"))
    section = page.section("tasks")
    rows = section.rows()
    order = ratings.sort("value", "Task ID", descending=[True, False])
    assert [row[1] for row in rows] == [f"{value:.2f}" for value in order["value"]]
    files = read_labels(shared / "exposure" / "gpts-are-gpts")
    labels = {int(float(row["Task ID"])): row for row in files}
    columns = ("human_exposure_agg", "gpt4_exposure", "gpt4_exposure_alt_rubric")
    assert [row[3:] for row in rows] == [
        [labels[number][column] for column in columns] for number in order["Task ID"]
    ]
    assert "4 of 5" in page.section("zone").seen
    assert "Occupational Therapists" in page.section("related").text


def test_its_activity(real_store: Path, onet: Path) -> None:
    """The page of its intermediate activity has all of its tasks, over two pages."""
    found: set[str] = set()
    page = asyncio.run(_page(real_store, "/activity/4.A.4.a.5.I02"))
    following = page.one("a", rel="next")["href"]
    pages = [page, asyncio.run(_page(real_store, f"/activity/{following}"))]
    for page in pages:
        rows = page.section("tasks").all("a")
        found |= {a["href"] for a in rows if a["href"].startswith("../task/")}
    activities = read_text(onet, "DWA Reference.txt")
    below = activities.filter(pl.col("IWA ID") == "4.A.4.a.5.I02")["DWA ID"]
    links = read_text(onet, "Tasks to DWAs.txt")
    tasks = links.filter(pl.col("DWA ID").is_in(below.implode()))["Task ID"]
    assert found == {f"../task/{number}" for number in tasks}
    assert (len(found), len(pages)) == (37, 2)
    assert "First page" in pages[1].one("nav", class_="pages").text
    # Both are one page to cite, which begins at its first occupation.
    cited = [[each.text for each in p.section("cite").all("pre")] for p in pages]
    assert cited[0] == cited[1]
    address = "/activity/4.A.4.a.5.I02?release=onet-29.2"
    assert all(address in each.replace("\\", "") for each in cited[0])
    assert all("CC BY 4.0" in each for each in cited[0])
