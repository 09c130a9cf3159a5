"""Citations are punctuated, escaped and complete in every style."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from workatlas.schema.citation import CitationStyle, Page, cite

from .cited_works import ACCESSED, ARTICLE, PAGE, PREPRINT, STUDY, cited, source

ADDRESS = "https://example.org/tasks/392"


def first_record(style: CitationStyle, text: str) -> str:
    """Give what a reader copies for the page alone."""
    if style is CitationStyle.CSL_JSON:
        return json.dumps(json.loads(text)[0])
    ends = {CitationStyle.BIBTEX: "\n\n", CitationStyle.RIS: "ER  - "}
    return text.split(ends.get(style, "\n"), maxsplit=1)[0]


def test_all_styles_come_in_their_order() -> None:
    """Without a choice every style is given; with one, those in its order."""
    every = cite(PAGE, [source()], ACCESSED, None)
    assert [c.style for c in every] == list(CitationStyle)
    chosen = [CitationStyle.RIS, CitationStyle.TEXT]
    assert [c.style for c in cite(PAGE, [], ACCESSED, chosen)] == chosen


def test_text() -> None:
    """One paragraph: page, what is behind it, when and where it was read."""
    assert cited(CitationStyle.TEXT, source(url=None), STUDY) == (
        "Guide people & paper_boats. WorkAtlas. Based on National Center for O*NET "
        "Development, O*NET Database 29.2, 2025 (data set, CC BY 4.0); Eloundou, "
        "Tyna, and others, GPTs are GPTs, 2023, https://doi.org/10.1000/1 (data set, "
        "MIT). Accessed 7 June 2026: WorkAtlas onet-29.2/task/392"
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
        "29.2) [Data set; licence CC BY 4.0]. https://example.org/a_b?x=1&y={2}",
        "Eloundou, T., Manning, S., & Rock, D. (2023). GPTs are GPTs [Data set; "
        "licence MIT]. OpenAI. https://doi.org/10.1000/1",
    ]


def test_apa_leaves_out_what_is_not_known() -> None:
    """One name, no year, no version; a work by nobody has its title."""
    alone = replace(STUDY, authors=["Plato"], published=None, url=None, doi=None)
    assert cited(CitationStyle.APA, alone).splitlines()[1] == (
        "Plato. (n.d.). GPTs are GPTs [Data set; licence MIT]. OpenAI."
    )
    nobody = replace(alone, authors=[], publisher="")
    assert cited(CitationStyle.APA, nobody).splitlines()[1] == (
        "GPTs are GPTs [Data set; licence MIT]. (n.d.)."
    )
    assert "Based on GPTs are GPTs (data set, MIT)." in cited(
        CitationStyle.TEXT, nobody
    )


def test_apa_shortens_double_names() -> None:
    """Both halves of a double given name keep their initials."""
    double = replace(STUDY, authors=["Doe, Ann-Lee Kim"])
    assert "Doe, A.-L. K. (2023)." in cited(CitationStyle.APA, double)


def test_bibtex() -> None:
    """Entries with keys of their own, special characters escaped, names braced."""
    text = cited(CitationStyle.BIBTEX, source(), STUDY)
    assert r"title = {{Guide people \& paper\_boats}}," in text
    assert "author = {{National Center for O*NET Development}}," in text
    assert "author = {Eloundou, Tyna and Manning, Sam and Rock, Daniel}," in text
    assert "url = {https://example.org/a_b?x=1&y=%7B2%7D}," in text
    assert "urldate = {2026-06-07}," in text
    assert "note = {Based on O*NET Database 29.2; GPTs are GPTs}," in text
    assert "note = {Data set; Licence: CC BY 4.0}," in text


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
    """A record a work, each line a tag, ended by CR and LF; nothing left empty."""
    text = cited(CitationStyle.RIS, replace(STUDY, publisher="", doi=""))
    assert text.count("ER  - \r\n") == 2
    assert text.replace("ER  - \r\n", "").count("  - \r\n") == 0
    assert "AU  - Manning, Sam\r\n" in text
    assert "Y2  - 2026/06/07\r\n" in text


@pytest.mark.parametrize("style", CitationStyle)
def test_identifier_address_and_licences_are_named(style: CitationStyle) -> None:
    """Every style names the page's identifier, its address if any, each licence."""
    bare = cited(style, source(), STUDY)
    placed = cited(style, source(), STUDY, page=replace(PAGE, url=ADDRESS))
    assert PAGE.id in bare
    assert ADDRESS not in bare
    assert PAGE.id in placed
    assert ADDRESS in placed
    assert "CC BY 4.0" in bare
    assert "MIT" in bare


@pytest.mark.parametrize("style", CitationStyle)
def test_what_is_invented_is_called_so(style: CitationStyle) -> None:
    """No style passes invented data for real, not in the page's own record either."""
    text = cited(style, source(synthetic=True))
    alone = first_record(style, text)
    assert "invented" in alone
    assert "invented" in text.replace(alone, "") or style is CitationStyle.TEXT
    assert "invented" not in cited(style, source())


@pytest.mark.parametrize("month", range(1, 13))
def test_months_are_english(month: int) -> None:
    """The month stands in full; years below 1000 keep four digits where due."""
    day = date(999, month, 3)
    assert f"Accessed 3 {day:%B} 999" in cited(CitationStyle.TEXT, accessed=day)
    assert f"Retrieved {day:%B} 3, 999" in cited(CitationStyle.APA, accessed=day)
    assert f"Y2  - 0999/{month:02}/03" in cited(CitationStyle.RIS, accessed=day)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Fold", "Fold. WorkAtlas"),
        ("Fold.", "Fold. WorkAtlas"),
        ("Fold.. .\n", "Fold. WorkAtlas"),
        ("Fold?", "Fold? WorkAtlas"),
        ("Fold?.", "Fold? WorkAtlas"),
        ("Fold!", "Fold! WorkAtlas"),
        ("Say 'Fold.'", "Say 'Fold.' WorkAtlas"),
        ("...", "onet-1/task/1. WorkAtlas"),
        ("", "onet-1/task/1. WorkAtlas"),
    ],
)
def test_one_mark_ends_a_title(title: str, expected: str) -> None:
    """A title's own mark is kept and not doubled; an empty title is replaced."""
    text = cited(CitationStyle.TEXT, page=Page("onet-1/task/1", title))
    assert text.startswith(f"{expected}. Accessed")


def test_joined_characters_stay_joined() -> None:
    """Emoji keep their joiners; what cannot be seen is dropped, breaks are spaces."""
    page = Page("onet-1/task/1", "Fo\u00adld \U0001f469\u200d\U0001f4bb\x00\u2028now")
    found = cited(CitationStyle.TEXT, page=page)
    assert found.startswith("Fold \U0001f469\u200d\U0001f4bb now. ")


@pytest.mark.parametrize("end", [".", "..", "?", "!", "?.", ". "])
@pytest.mark.parametrize("style", [CitationStyle.TEXT, CitationStyle.APA])
def test_no_stop_is_doubled(style: CitationStyle, end: str) -> None:
    """Titles, authors and publishers that end in a mark get no second one."""
    odd = replace(STUDY, title=f"A{end}", authors=[f"B{end}"], publisher=f"C{end}")
    article = replace(ARTICLE, title=f"E{end}", authors=[f"F{end}"])
    odd = replace(odd, publications=[article, replace(PREPRINT, title=f"G{end}")])
    corporate = replace(odd, authors=[])
    text = cited(style, odd, corporate, page=Page("onet-1/task/1", f"D{end}"))
    assert not re.search(r"[.?!]\s*\.", text.replace("n.d.", ""))
