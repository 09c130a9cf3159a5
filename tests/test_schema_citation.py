"""Citations are punctuated, escaped and complete in every style."""

import json
import re
from datetime import date
from importlib import import_module
from typing import Any

import pytest
import strawberry
from hypothesis import given
from hypothesis import strategies as st

from workatlas.schema.citation import CitationStyle, Page, cite
from workatlas.schema.source import Licence, Source

ACCESSED = date(2026, 6, 7)


def source(**facts: Any) -> Source:
    """Make a source: a release, unless told otherwise."""
    facts = {
        "id": strawberry.ID("onet-29.2"),
        "title": "O*NET Database 29.2",
        "publisher": "National Center for O*NET Development",
        "authors": [],
        "version": "29.2",
        "published": "2025-02",
        "url": "https://example.org/a_b?x=1&y={2}",
        "doi": None,
        "licence": Licence(name="CC BY 4.0", url="https://example.org/by"),
        "required_attribution": "From O*NET.",
        "synthetic": False,
        **facts,
    }
    return Source(**facts)


STUDY = source(
    id=strawberry.ID("gpts-are-gpts"),
    title="GPTs are GPTs.",
    publisher="OpenAI",
    authors=["Eloundou, Tyna", "Manning, Sam", "Rock, Daniel"],
    version=None,
    published="2023",
    doi="10.1000/1",
)
PAGE = Page(id="onet-29.2/task/392", title="Guide people & paper_boats.")


def cited(style: CitationStyle, *sources: Source, page: Page = PAGE) -> str:
    """Cite in one style."""
    (found,) = cite(page, list(sources), ACCESSED, [style])
    return found.text


def test_all_styles_come_in_their_order() -> None:
    """Without a choice every style is given; with one, those in its order."""
    every = cite(PAGE, [source()], ACCESSED, None)
    assert [c.style for c in every] == list(CitationStyle)
    chosen = [CitationStyle.RIS, CitationStyle.TEXT]
    assert [c.style for c in cite(PAGE, [], ACCESSED, chosen)] == chosen


def test_text() -> None:
    """One paragraph: page, what is behind it, when and where it was read."""
    assert cited(CitationStyle.TEXT, source(), STUDY) == (
        "Guide people & paper_boats. WorkAtlas. Based on National Center for O*NET "
        "Development, O*NET Database 29.2, 2025; Eloundou, Tyna, and others, GPTs are "
        "GPTs, 2023. Accessed 7 June 2026: WorkAtlas onet-29.2/task/392"
    )


def test_text_names_one_or_two_authors() -> None:
    """Up to two authors are named in full, and a version the title does not have."""
    two = source(authors=["A, B", "C, D"], title="Work", version="3")
    assert "A, B and C, D, Work, 3, 2025" in cited(CitationStyle.TEXT, two)
    assert "Based on" not in cited(CitationStyle.TEXT)


def test_apa() -> None:
    """A line a work, with initials, year or n.d., and a DOI before an address."""
    lines = cited(CitationStyle.APA, source(), STUDY).splitlines()
    assert lines == [
        "WorkAtlas. (n.d.). Guide people & paper_boats. Retrieved June 7, 2026, from "
        "WorkAtlas onet-29.2/task/392",
        "National Center for O*NET Development. (2025). O*NET Database 29.2 (Version "
        "29.2) [Data set]. https://example.org/a_b?x=1&y={2}",
        "Eloundou, T., Manning, S., & Rock, D. (2023). GPTs are GPTs [Data set]. "
        "OpenAI. "
        "https://doi.org/10.1000/1",
    ]
    alone = source(authors=["Plato"], published="", url=None, version=None)
    assert cited(CitationStyle.APA, alone).splitlines()[1] == (
        "Plato. (n.d.). O*NET Database 29.2 [Data set]. National Center for O*NET "
        "Development."
    )


def test_bibtex() -> None:
    """Entries with keys of their own, special characters escaped, names braced."""
    text = cited(CitationStyle.BIBTEX, source(), STUDY)
    assert re.findall(r"@misc\{(.+),", text) == [
        "workatlas-onet-29.2-task-392",
        "onet-29.2",
        "gpts-are-gpts",
    ]
    assert r"title = {{Guide people \& paper\_boats}}," in text
    assert "author = {{National Center for O*NET Development}}," in text
    assert "author = {Eloundou, Tyna and Manning, Sam and Rock, Daniel}," in text
    assert "url = {https://example.org/a_b?x=1&y=%7B2%7D}," in text
    assert "urldate = {2026-06-07}," in text


def test_csl_json() -> None:
    """An array of items with the types and dates that the format has."""
    page, release, study = json.loads(cited(CitationStyle.CSL_JSON, source(), STUDY))
    assert page["type"] == "webpage"
    assert page["accessed"] == {"date-parts": [[2026, 6, 7]]}
    assert page["title"] == "Guide people & paper_boats"
    assert release["issued"] == {"date-parts": [[2025, 2]]}
    assert release["author"] == [{"literal": "National Center for O*NET Development"}]
    assert study["author"][0] == {"family": "Eloundou", "given": "Tyna"}
    assert study["DOI"] == "10.1000/1"


def test_ris() -> None:
    """A record a work, each line a tag, ended by CR and LF."""
    text = cited(CitationStyle.RIS, source(), STUDY)
    assert text.count("ER  - \r\n") == 3
    assert "AU  - Manning, Sam\r\n" in text
    assert "Y2  - 2026/06/07\r\n" in text


def test_what_is_invented_is_called_so() -> None:
    """No style passes an invented release for a real one."""
    for style in CitationStyle:
        assert "invented" in cited(style, source(synthetic=True))


@pytest.mark.parametrize("title", ["Why fold?", "Fold!", "Fold.", "Fold..", "Fold"])
def test_one_mark_ends_a_title(title: str) -> None:
    """A statement's own full stop is not doubled, a question mark not followed."""
    for style in (CitationStyle.TEXT, CitationStyle.APA):
        text = cited(style, STUDY, page=Page("onet-1/task/1", title))
        assert not re.search(r"[.?!] ?\.", text.replace("n.d.", ""))


def test_other_programs_read_what_is_written() -> None:
    """Readers of BibTeX, RIS and CSL-JSON find every work and its facts."""
    # None of the three has types.
    bibtexparser: Any = import_module("bibtexparser")
    rispy: Any = import_module("rispy")
    csl: Any = import_module("citeproc.source.json")
    library = bibtexparser.parse_string(cited(CitationStyle.BIBTEX, source(), STUDY))
    assert not library.failed_blocks
    assert [entry.key for entry in library.entries] == [
        "workatlas-onet-29.2-task-392",
        "onet-29.2",
        "gpts-are-gpts",
    ]
    assert library.entries[2]["doi"] == "10.1000/1"
    records = rispy.loads(cited(CitationStyle.RIS, source(), STUDY))
    assert [record["type_of_reference"] for record in records] == [
        "ELEC",
        "DATA",
        "DATA",
    ]
    assert records[2]["authors"] == ["Eloundou, Tyna", "Manning, Sam", "Rock, Daniel"]
    items = csl.CiteProcJSON(json.loads(cited(CitationStyle.CSL_JSON, source(), STUDY)))
    assert items["gpts-are-gpts"]["issued"].year == 2023
    assert items["onet-29.2"]["type"] == "dataset"


_TITLES = st.text(max_size=60)


def unescaped(text: str) -> str:
    """Take away what BibTeX escapes, so that the braces left must pair up."""
    return re.sub(r"\\(textbackslash|textasciitilde|textasciicircum)\{\}|\\.", "", text)


@given(title=_TITLES, name=_TITLES, year=st.sampled_from(["", "2020", "2020-01-31"]))
def test_any_text_keeps_the_formats_whole(title: str, name: str, year: str) -> None:
    """Whatever stands in a title or name, each format can still be read."""
    page = Page("onet-1/task/1", title)
    odd = source(title=name, authors=[name], publisher=name, published=year)
    lines = cited(CitationStyle.RIS, odd, page=page).split("\r\n")
    assert lines.pop() == ""
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    items = json.loads(cited(CitationStyle.CSL_JSON, odd, page=page))
    assert [set(item) >= {"id", "type"} for item in items] == [True, True]
    depth = 0
    for character in unescaped(cited(CitationStyle.BIBTEX, odd, page=page)):
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    assert "\n" not in cited(CitationStyle.TEXT, odd, page=page)
