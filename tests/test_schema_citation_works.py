"""Works are cited without a page as they are behind one, with the day of reading."""

import json
from dataclasses import replace

import pytest

from workatlas.schema.citation import CitationStyle
from workatlas.schema.source import Licence

from .cited_works import ACCESSED, DESCRIBED, PAGE, STUDY, alone, cited, source

UNLICENSED = replace(STUDY, licence=Licence(name=None, url=None))


def test_text() -> None:
    """A sentence names the works, and another one the day, if there is one."""
    bare = "Based on Eloundou, Tyna, and others, GPTs are GPTs, 2023, "
    whole = f"{bare}https://doi.org/10.1000/1 (data set, MIT)."
    assert alone(CitationStyle.TEXT, STUDY) == whole
    assert alone(CitationStyle.TEXT, STUDY, accessed=ACCESSED) == (
        f"{whole} Accessed 7 June 2026."
    )


def test_apa() -> None:
    """A line a work; the day stands before the address of data, not of articles."""
    lines = alone(CitationStyle.APA, source(), DESCRIBED, accessed=ACCESSED)
    release, study, article, preprint = lines.splitlines()
    assert release.endswith(
        "Retrieved June 7, 2026, from https://example.org/a_b?x=1&y={2}"
    )
    assert study.endswith("Retrieved June 7, 2026, from https://doi.org/10.1000/1")
    assert "Retrieved" not in article + preprint
    nowhere = replace(STUDY, url=None, doi=None)
    assert alone(CitationStyle.APA, nowhere, accessed=ACCESSED).endswith(
        "OpenAI. Retrieved June 7, 2026."
    )


def test_records_have_the_day_of_their_data() -> None:
    """BibTeX, RIS and CSL-JSON have it where each format has a place for it."""
    of = {style: alone(style, DESCRIBED, accessed=ACCESSED) for style in CitationStyle}
    assert of[CitationStyle.BIBTEX].count("urldate = {2026-06-07},") == 1
    assert of[CitationStyle.RIS].count("Y2  - 2026/06/07\r\n") == 1
    data, *others = json.loads(of[CitationStyle.CSL_JSON])
    assert data["accessed"] == {"date-parts": [[2026, 6, 7]]}
    assert not any("accessed" in each for each in others)


@pytest.mark.parametrize("style", CitationStyle)
def test_without_a_day_there_is_none(style: CitationStyle) -> None:
    """No style makes up a day."""
    text = alone(style, source(), DESCRIBED)
    days = ("Accessed", "Retrieved", "urldate", "Y2  -", '"accessed"')
    assert not any(day in text for day in days)


@pytest.mark.parametrize("style", CitationStyle)
def test_works_are_those_behind_a_page(style: CitationStyle) -> None:
    """A page's citation ends in, or has within it, what its works have alone."""
    works = [source(), replace(DESCRIBED, synthetic=True)]
    whole, text = cited(style, *works), alone(style, *works)
    if style is CitationStyle.CSL_JSON:
        assert json.loads(whole)[1:] == json.loads(text)
    elif style is CitationStyle.TEXT:
        assert f" {text} Accessed" in whole
    else:
        assert whole.endswith(text)
    assert PAGE.id not in text


@pytest.mark.parametrize("style", CitationStyle)
def test_of_nothing_nothing_is_made(style: CitationStyle) -> None:
    """Without works a style is empty, and JSON an array without items."""
    empty = "[]" if style is CitationStyle.CSL_JSON else ""
    assert alone(style, accessed=ACCESSED) == empty


@pytest.mark.parametrize("style", CitationStyle)
def test_a_licence_that_is_not_stated_is_not_made_up(style: CitationStyle) -> None:
    """Every style says that there is none, and names none."""
    for text in (alone(style, UNLICENSED), cited(style, UNLICENSED)):
        assert "no licence stated" in text
        assert "MIT" not in text
        assert "None" not in text
    assert UNLICENSED.licence.stated() is False
    assert STUDY.licence.stated() is True
