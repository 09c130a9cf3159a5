"""Occupations: what is published of them, and how their pages are cited."""

from pathlib import Path
from typing import Any

import pytest

from workatlas.resolvers import Service

from .answers import ask, errors, serve_sample, serve_two
from .generated import SAMPLE

CODE = "19-1017.00"
CITED = """citations(accessed: "2026-06-07", styles: [TEXT], url: $url) { text }"""


@pytest.fixture
def service(tmp_path: Path) -> Service:
    """Serve two releases, the older one without its ratings."""
    return serve_two(tmp_path)


@pytest.fixture(scope="module")
def sample(sample_graph: Path) -> Service:
    """Serve the sample."""
    return serve_sample(sample_graph)


async def test_occupations(service: Service) -> None:
    """An occupation has counts, other titles in order, and its place in a file."""
    document = """{ occupations(codes: ["12-1.00", "11-1.00"]) {
      id code title description taskCount ratedTaskCount release { id }
      jobTitles { title shortTitle kind provenance { line file { name } } }
      exposureRatings { score } provenance { line release { id } } } }"""
    large, small = (await ask(service, document))["occupations"]
    assert (large["code"], large["taskCount"], large["ratedTaskCount"]) == (
        "12-1.00",
        1,
        1,
    )
    assert (small["taskCount"], small["ratedTaskCount"]) == (4, 3)
    assert [(t["title"], t["kind"]) for t in small["jobTitles"]] == [
        ("Bender", "ALTERNATE"),
        ("Creaser", "REPORTED"),
    ]
    assert small["id"] == "onet-1.0/occupation/11-1.00"
    assert small["exposureRatings"] == []


async def caveats(service: Service, release: str, code: str) -> set[str]:
    """Give the codes of an occupation's caveats."""
    document = """query ($release: String, $code: String!) {
      occupation(code: $code, release: $release) { caveats { code } } }"""
    data = await ask(service, document, release=release, code=code)
    return {caveat["code"] for caveat in data["occupation"]["caveats"]}


async def test_caveats_are_those_of_its_tasks(service: Service) -> None:
    """The ratings of its own tasks are looked at, and what is loaded of their file."""
    always = {"INVENTED", "ESTIMATES"}
    rated = {*always, "SURVEY_DATE", "RELEVANCE", "RANK"}
    small = {*rated, "EXPERTS_ANSWERED", "SUPPRESS_ADVISED"}
    assert await caveats(service, "onet-1.0", "11-1.00") == small
    assert await caveats(service, "onet-1.0", "12-1.00") == rated
    absent = {*always, "RATINGS_ABSENT"}
    assert await caveats(service, "onet-0.9", "12-1.00") == absent


async def test_scores_of_an_occupation_have_their_caveat(sample: Service) -> None:
    """What studies publish of the occupation as a whole is no forecast either."""
    found = await caveats(sample, "latest", CODE)
    assert "EXPOSURE_NOT_AUTOMATION" in found


async def test_an_occupation_is_cited_by_its_title(sample: Service) -> None:
    """Its page has a title, an identifier and the sources of its tasks' pages."""
    document = f"""query ($url: String) {{ occupation(code: "{CODE}") {{ title
      {CITED} sources {{ id url }} tasks {{ sources {{ id url }} }} }} }}"""
    found = (await ask(sample, document))["occupation"]
    (citation,) = found["citations"]
    assert citation["text"].startswith(f"{found['title']}. WorkAtlas. Based on ")
    assert citation["text"].endswith(f": WorkAtlas onet-sample/occupation/{CODE}")
    names = [source["id"] for source in found["sources"]]
    assert (names[0], names[1:]) == ("onet-sample", sorted(names[1:]))
    assert "gpts-are-gpts" in names
    assert "" not in {source["url"] for source in found["sources"]}
    for task in found["tasks"]:
        of_task = [source["id"] for source in task["sources"]]
        assert {"onet-sample", "gpts-are-gpts"} <= {*of_task}


RELATED = """query ($code: String!, $tiers: [RelatednessTier!]) {
  occupation(code: $code) {
    relatedOccupations(tiers: $tiers) {
      tier index occupation { code title }
      provenance { line column file { name contents } rater dateMissing } }
    relatedOccupationsMissing { name } } }"""


async def test_related_occupations_stand_in_the_published_order(
    sample: Service,
) -> None:
    """Each has its tier and index, and the line that says so; a tier can be chosen."""
    found = (await ask(sample, RELATED, code=CODE))["occupation"]
    related = found["relatedOccupations"]
    assert found["relatedOccupationsMissing"] == []
    assert [one["index"] for one in related] == list(range(1, 11))
    tiers = ["PRIMARY_SHORT"] * 5 + ["PRIMARY_LONG"] * 5
    assert [one["tier"] for one in related] == tiers
    raw = (SAMPLE / "Related Occupations.txt").read_text().splitlines()
    for one in related:
        place = one["provenance"]
        line: int = place["line"]
        code, other, _, index = raw[line - 1].split("\t")
        assert (code, other) == (CODE, one["occupation"]["code"])
        assert index == str(one["index"])
        assert one["occupation"]["title"]
        assert place["file"] == {
            "name": "Related Occupations.txt",
            "contents": "RELATED_OCCUPATIONS",
        }
        assert (place["rater"], place["dateMissing"]) == (None, "NOT_PUBLISHED")
    for asked in ([], ["PRIMARY_LONG"], ["SUPPLEMENTAL", "PRIMARY_SHORT"]):
        data = await ask(sample, RELATED, code=CODE, tiers=asked)
        wanted = [one for one in related if one["tier"] in asked]
        assert data["occupation"]["relatedOccupations"] == wanted


@pytest.mark.parametrize(
    "page",
    [
        "task(taskId: 97)",
        f'occupation(code: "{CODE}")',
        'workActivity(elementId: "4.A.4.a.3.I03")',
    ],
)
async def test_a_page_is_cited_with_its_address(sample: Service, page: str) -> None:
    """The address at which a page is shown stands beside its identifier."""
    document = f"query ($url: String) {{ page: {page} {{ id {CITED} }} }}"
    url = "https://example.org/pages?of=97"
    data: Any = await ask(sample, document, url=url)
    (citation,) = data["page"]["citations"]
    assert citation["text"].endswith(f"{url} (WorkAtlas {data['page']['id']})")


@pytest.mark.parametrize(
    "url", ["", "tasks/97", "https:///97", "javascript:97", "https://e.org/a b\x00"]
)
async def test_what_is_no_address_is_refused(sample: Service, url: str) -> None:
    """A citation never shows what cannot be followed."""
    document = f"query ($url: String) {{ task(taskId: 97) {{ {CITED} }} }}"
    answer = await sample.answer(document, {"url": url})
    assert errors(answer) == [(["task", "citations"], "USAGE")]
