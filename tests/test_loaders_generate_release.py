"""What a generated release of full size holds: occupations, tasks, activities."""

import re
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from .generated import CODE, ID, full, text

__all__ = ["full"]

ZONE_TEXTS = ("Name", "Experience", "Education", "Job Training", "Examples")


def test_a_full_release_has_the_sizes_of_a_real_one(full: Path) -> None:
    """Counts are those of O*NET 29.2, or near them where chance decides."""
    names = ("Occupation Data", "Task Statements", "IWA Reference", "DWA Reference")
    assert [text(full, name).height for name in names] == [1016, 18800, 332, 2087]
    assert text(full, "Task Ratings").height == 161_505
    assert text(full, "Alternate Titles").height == pytest.approx(56_560, rel=0.05)
    reported = text(full, "Sample of Reported Titles")
    assert reported.height == pytest.approx(7796, rel=0.05)
    assert reported[CODE].n_unique() == 901
    assert text(full, "Tasks to DWAs").height == pytest.approx(23_233, rel=0.02)
    elements = text(full, "Content Model Reference")["Element ID"]
    gwas = elements.filter(elements.str.contains(r"^4\.A\.\d\.[a-c]\.\d$"))
    assert len(gwas) == 41
    assert text(full, "Scales Reference").height == 29
    assert text(full, "Task Categories").height == 7


def test_tasks_of_a_full_release(full: Path) -> None:
    """Some occupations have no tasks; identifiers are unique; statements are shared."""
    tasks = text(full, "Task Statements")
    occupations = text(full, "Occupation Data")
    each = Counter(tasks[CODE]).values()
    assert len(each) == 923
    assert set(tasks[CODE]) < set(occupations[CODE])
    assert 4 <= min(each) < 20 < max(each) <= 40
    assert tasks[ID].is_unique().all()
    shared = tasks.filter(tasks["Task"].is_duplicated())
    assert shared.height == pytest.approx(1660, abs=10)
    assert not shared.select(CODE, "Task").is_duplicated().any()
    assert max(Counter(shared["Task"]).values()) == 32


def test_statements_are_sentences(full: Path) -> None:
    """Statements begin with a capital, end with one full stop, and some have quotes."""
    statements = text(full, "Task Statements")["Task"]
    shape = re.compile(r"[A-Z][a-z]+(-[a-z]+)? [^.]*[^.\s]\.")
    assert [s for s in statements if not shape.fullmatch(s)] == []
    assert [s for s in statements if "  " in s or not s.isascii()] == []
    assert statements.str.contains('"', literal=True).sum() == 6
    lengths = [len(s) for s in statements]
    assert min(lengths) > 20
    assert max(lengths) < 330


def test_occupations_have_codes_of_the_taxonomy(full: Path) -> None:
    """Codes have their form, rise, and are in the 23 major groups; titles differ."""
    occupations = text(full, "Occupation Data")
    codes, titles = occupations[CODE], occupations["Title"]
    assert codes.str.contains(r"^\d\d-\d{4}\.\d\d$").all()
    assert codes.is_sorted()
    assert codes.is_unique().all()
    assert codes.str.slice(0, 2).n_unique() == 23
    assert titles.is_unique().all()
    assert {"Secretaries", "Coaches", "Attorneys"} <= {
        word for title in titles for word in title.split()
    }
    assert occupations["Description"].str.contains(r"^[A-Z].*\. .*\.$").all()


def test_job_titles(full: Path) -> None:
    """Titles of an occupation differ; an abbreviation also stands in its title."""
    titles = text(full, "Alternate Titles")
    assert not titles.select(CODE, "Alternate Title").is_duplicated().any()
    short = titles.filter(titles["Short Title"].is_not_null())
    assert short.height / titles.height == pytest.approx(0.06, abs=0.01)
    assert all(
        title.endswith(f" ({abbreviation})")
        for title, abbreviation in short.select(
            "Alternate Title", "Short Title"
        ).iter_rows()
    )
    reported = text(full, "Sample of Reported Titles")
    assert set(reported["Shown in My Next Move"]) == {"Y", "N"}
    known = titles.select(CODE, pl.col("Alternate Title").alias("Reported Job Title"))
    assert reported.join(known, on=known.columns, how="anti").is_empty()


def test_related_occupations(full: Path) -> None:
    """Occupations with tasks have 20 related ones each, as 923 of 29.2 have."""
    related, tasks = text(full, "Related Occupations"), text(full, "Task Statements")
    other = f"Related {CODE}"
    assert set(related[CODE]) == set(tasks[CODE])
    assert set(related[other]) <= set(tasks[CODE])
    assert related.height == 923 * 20
    assert not related.select(CODE, other).is_duplicated().any()
    assert related.filter(pl.col(CODE) == pl.col(other)).is_empty()
    indexes = [str(index) for index in range(1, 21)]
    assert related.sort(CODE, maintain_order=True).equals(related)
    assert related["Index"].to_list() == indexes * 923
    tiers = ["Primary-Short"] * 5 + ["Primary-Long"] * 5 + ["Supplemental"] * 10
    assert related["Relatedness Tier"].to_list() == tiers * 923
    group = pl.col(CODE, other).str.slice(0, 2)
    groups = related.select(group)
    near = groups.filter(pl.col(CODE) == pl.col(other)).height
    assert near / related.height == pytest.approx(0.55, abs=0.02)


def test_job_zones(full: Path) -> None:
    """Occupations with tasks are in job zones, about as many in each as in 29.2."""
    zones, described = text(full, "Job Zones"), text(full, "Job Zone Reference")
    assert zones[CODE].is_unique().all()
    assert set(zones[CODE]) == set(text(full, "Task Statements")[CODE])
    each = Counter(zones["Job Zone"])
    wanted = {"1": 31, "2": 295, "3": 219, "4": 224, "5": 154}
    assert each == {zone: pytest.approx(n, abs=40) for zone, n in wanted.items()}
    assert described["Job Zone"].to_list() == sorted(wanted)
    preliminary = zones.filter(pl.col("Domain Source") == "Analyst - Preliminary")
    assert preliminary.height == pytest.approx(43, abs=20)


def test_emerging_tasks(full: Path) -> None:
    """As many as in 29.2 are new and revise tasks; no statement is a task's already."""
    emerging, tasks = text(full, "Emerging Tasks"), text(full, "Task Statements")
    assert Counter(emerging["Category"]) == {"New": 194, "Revision": 46}
    assert emerging[CODE].is_sorted()
    assert not {*emerging["Task"]} & {*tasks["Task"]}
    original = f"Original {ID}"
    revisions = emerging.filter(pl.col("Category") == "Revision")
    assert revisions[original].is_unique().all()
    of_tasks = revisions.join(tasks, left_on=[CODE, original], right_on=[CODE, ID])
    assert of_tasks.height == revisions.height
    assert emerging[original].null_count() == emerging.height - revisions.height
    experts = emerging.filter(pl.col("Domain Source") == "Occupational Expert")
    assert experts.height == pytest.approx(60, abs=20)


def test_activities(full: Path) -> None:
    """A task has 0 to 5 activities; some have none, some activities no task."""
    tasks, links = text(full, "Task Statements"), text(full, "Tasks to DWAs")
    dwas, iwas = text(full, "DWA Reference"), text(full, "IWA Reference")
    counts = links[ID].value_counts()["count"]
    assert set(counts) == {1, 2, 3, 4, 5}
    assert tasks.height - len(counts) == pytest.approx(301, rel=0.15)
    assert not links.select(ID, "DWA ID").is_duplicated().any()
    unused = set(dwas["DWA ID"]) - set(links["DWA ID"])
    assert 5 <= len(unused) <= 15
    assert set(links["DWA ID"]) <= set(dwas["DWA ID"])
    assert set(dwas["IWA ID"]) == set(iwas["IWA ID"])
    assert dwas["DWA ID"].str.contains(r"^4\.A\.\d\.[a-c]\.\d\.I\d\d\.D\d\d$").all()
    assert dwas["DWA Title"].is_unique().all()
    assert iwas["IWA Title"].is_unique().all()
    both = set(dwas["DWA Title"]) & set(iwas["IWA Title"])
    assert len(both) == 53
    elements = text(full, "Content Model Reference")["Element ID"]
    gwas = {one for one in elements if re.fullmatch(r"4\.A\.\d\.[a-c]\.\d", one)}
    assert gwas - set(iwas["Element ID"]) == {
        *("4.A.3.b.2", "4.A.3.b.5", "4.A.4.b.1", "4.A.4.b.2"),
    }
    assert set(iwas["Element ID"]) < gwas


def test_letters_of_new_identifiers_are_not_the_old_numbers(full: Path) -> None:
    """The letter of an intermediate activity cannot be had from its old number."""
    iwas = text(full, "IWA Reference").sort("Element ID", "IWA Title")
    numbers = iwas["IWA ID"].str.slice(-2).cast(pl.Int64)
    letters = iwas.select(pl.col("IWA ID").cum_count().over("Element ID")).to_series()
    assert 0.1 < (numbers == letters).sum() / iwas.height < 0.9
    assert (letters <= 26).all()


def test_nothing_is_copied_from_real_files(full: Path, shared: Path) -> None:
    """No statement, title of an occupation or activity, or description is O*NET's."""
    real = shared / "onet" / "db_29_2_text"
    for name, column in (
        ("Task Statements", "Task"),
        ("Emerging Tasks", "Task"),
        ("Occupation Data", "Title"),
        ("Occupation Data", "Description"),
        ("DWA Reference", "DWA Title"),
        ("IWA Reference", "IWA Title"),
        ("Content Model Reference", "Element Name"),
        ("Content Model Reference", "Description"),
        ("Scales Reference", "Scale Name"),
        ("Task Categories", "Category Description"),
        *(("Job Zone Reference", column) for column in ZONE_TEXTS),
    ):
        assert not set(text(full, name)[column]) & set(text(real, name)[column])


def test_identifiers_and_bounds_are_real(full: Path, shared: Path) -> None:
    """Scales with their bounds, categories and activities are O*NET's."""
    real = shared / "onet" / "db_29_2_text"
    bounds = ("Scale ID", "Minimum", "Maximum")
    name = "Scales Reference"
    assert text(full, name).select(bounds).equals(text(real, name).select(bounds))
    name, columns = "Task Categories", ("Scale ID", "Category")
    assert text(full, name).select(columns).equals(text(real, name).select(columns))
    name = "Content Model Reference"
    assert set(text(full, name)["Element ID"]) <= set(text(real, name)["Element ID"])
