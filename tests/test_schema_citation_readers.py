"""Other programs read every citation, whatever stands in titles and names."""

import json
import re
from dataclasses import replace
from datetime import date
from importlib import import_module
from typing import Annotated, Any, Literal

from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from workatlas.schema.citation import CitationStyle, Page
from workatlas.schema.citation.work import bare, names_of, one_line
from workatlas.schema.publication import Publication
from workatlas.schema.source import Licence, Source

from .cited_works import (
    ARTICLE,
    DESCRIBED,
    PAGE,
    PREPRINT,
    STUDY,
    alone,
    cited,
    source,
)

# None of the three has types.
bibtexparser: Any = import_module("bibtexparser")
middlewares: Any = import_module("bibtexparser.middlewares")
rispy: Any = import_module("rispy")
csl: Any = import_module("citeproc.source.json")


class Strict(BaseModel):
    """CSL-JSON by its specification, as far as it is used; other keys are refused."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Name(Strict):
    """A person's name in two parts, or any name as one."""

    family: str | None = None
    given: str | None = None
    literal: str | None = None


class Date(Strict):
    """One or two dates of one to three numbers."""

    parts: Annotated[
        list[Annotated[list[int], Field(min_length=1, max_length=3)]],
        Field(alias="date-parts", min_length=1, max_length=2),
    ]


class Item(Strict):
    """A work: identifier and type are required, all else is text, name or date."""

    id: str
    kind: Literal["webpage", "dataset", "article-journal", "article"] = Field(
        alias="type"
    )
    title: str
    container: str | None = Field(None, alias="container-title")
    author: list[Name] = []
    publisher: str | None = None
    version: str | None = None
    accessed: Date | None = None
    issued: Date | None = None
    archive_location: str | None = None
    genre: str | None = None
    number: str | None = None
    volume: str | None = None
    issue: str | None = None
    page: str | None = None
    doi: str | None = Field(None, alias="DOI")
    url: str | None = Field(None, alias="URL")
    note: str | None = None


ITEMS = TypeAdapter(list[Item])

_ODD = "{}[]()\\%&#_$~^@\"'=,;.?! \t\r\n\x00\x85\u2028\u200d\u00e9\U0001f469-and"
_TEXTS = st.text(max_size=40) | st.text(st.sampled_from(_ODD), max_size=40)
ODD_IDS = ["gpts-are-gpts/article", "gpts-are-gpts/preprint"]
_YEARS = st.sampled_from(["", "2020", "2020-01", "2020-01-31"])
_PLACES = st.none() | _TEXTS
_ESCAPED = re.compile(
    r"\\(text(?:backslash|brace(?:lef|righ)t|ascii(?:tilde|circum)))\{\}|\\([&%#_$])"
)
_NAMED = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
}


def read(escaped: str) -> str:
    """Read a doubly braced BibTeX value as LaTeX prints it."""
    assert escaped.startswith("{")
    assert escaped.endswith("}")
    plain = _ESCAPED.sub("", escaped[1:-1])
    assert not set(plain) & set("{}\\&%#_$~^")
    return _ESCAPED.sub(lambda m: m[2] or _NAMED[m[1]], escaped[1:-1])


def odd_publications(title: str, name: str) -> list[Publication]:
    """Give an article and a preprint of that title, and with a journal of that name."""
    article = replace(ARTICLE, journal=name, volume=name, pages=f"{name}-{name}")
    odd = [article, replace(PREPRINT, arxiv=name)]
    return [replace(work, title=title, authors=[name]) for work in odd]


def odd_work(title: str, name: str, place: str | None) -> Source:
    """Give a study's data with an article and a preprint, odd wherever they may be."""
    return replace(
        STUDY,
        title=title,
        authors=[name, name],
        publisher=name,
        version=title,
        url=place,
        doi=place,
        licence=Licence(name=name, url=place),
        publications=odd_publications(title, name),
    )


def entries(text: str) -> list[Any]:
    """Parse BibTeX with authors and their names taken apart.

    Every brace counts, escaped or not: BibTeX itself reads them so.
    """
    depths = [text[:i].count("{") - text[:i].count("}") for i in range(len(text) + 1)]
    assert min(depths) == depths[-1] == 0
    library = bibtexparser.parse_string(
        text,
        append_middleware=[
            middlewares.SeparateCoAuthors(),
            middlewares.SplitNameParts(),
        ],
    )
    assert not library.failed_blocks
    return list(library.entries)


def test_other_programs_read_what_is_written() -> None:
    """Readers of BibTeX, RIS and CSL-JSON find every work and its facts."""
    found = entries(cited(CitationStyle.BIBTEX, source(), DESCRIBED))
    assert [entry.key for entry in found] == [
        "workatlas-onet-29.2-task-392",
        "onet-29.2",
        "gpts-are-gpts",
        "gpts-are-gpts-article",
        "gpts-are-gpts-preprint",
    ]
    assert found[2]["doi"] == "10.1000/1"
    assert (found[3].entry_type, found[3]["pages"]) == ("article", "5--9")
    records = rispy.loads(cited(CitationStyle.RIS, source(), DESCRIBED))
    kinds = [record["type_of_reference"] for record in records]
    assert kinds == ["ELEC", "DATA", "DATA", "JOUR", "UNPB"]
    assert records[0]["accession_number"] == PAGE.id
    assert records[2]["authors"] == ["Eloundou, Tyna", "Manning, Sam", "Rock, Daniel"]
    assert (records[3]["start_page"], records[3]["end_page"]) == ("5", "9")
    text = cited(CitationStyle.CSL_JSON, source(), DESCRIBED)
    items = csl.CiteProcJSON(json.loads(text))
    assert items["gpts-are-gpts/article"]["type"] == "article-journal"
    assert items["gpts-are-gpts"]["issued"].year == 2023
    assert items["onet-29.2"]["type"] == "dataset"


@given(title=_TEXTS, name=_TEXTS, place=_PLACES, published=_YEARS)
@example("A & B {c}_%", "Oak and Sons, Ann", "http://e.org/{a\\", "")
@example("", "A, B, C, D, E", None, "2020")
def test_bibtex_is_read_back(
    title: str, name: str, place: str | None, published: str
) -> None:
    """Two entries, the titles as they were, each author as one person."""
    odd = replace(
        STUDY, title=title, authors=[name, name], url=place, published=published
    )
    odd = replace(odd, publications=odd_publications(title, name))
    page = Page("onet-1/task/1", title, place)
    own, work, *others = entries(cited(CitationStyle.BIBTEX, odd, page=page))
    assert read(own["title"]) == page.heading
    assert read(work["title"]) == (bare(title) or odd.id)
    assert len(work["author"]) == len(names_of(odd))
    assert work.fields_dict.get("year", None) is None or published
    assert [read(o["title"]) for o in others] == [bare(title) or o for o in ODD_IDS]


@given(title=_TEXTS, name=_TEXTS, published=_YEARS)
def test_ris_is_read_back(title: str, name: str, published: str) -> None:
    """Two records with the titles as they were, every line a tag and its value."""
    odd = replace(STUDY, title=title, authors=[name], published=published)
    odd = replace(odd, publications=odd_publications(title, name))
    page = Page("onet-1/task/1", title)
    text = cited(CitationStyle.RIS, odd, page=page)
    assert text.endswith("ER  - \r\n")
    lines = text.removesuffix("\r\n").split("\r\n")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
    assert text.splitlines() == lines
    own, work, *others = rispy.loads(text)
    assert own["title"] == page.heading
    assert work["title"] == (bare(title) or odd.id)
    assert len(work["authors"]) == 1
    assert [other["title"] for other in others] == [bare(title) or o for o in ODD_IDS]


@given(title=_TEXTS, name=_TEXTS, place=_PLACES, published=_YEARS)
def test_csl_json_keeps_to_its_specification(
    title: str, name: str, place: str | None, published: str
) -> None:
    """Every item has its identifier, a known type, and values of the right form."""
    odd = replace(STUDY, title=title, authors=[name], url=place, published=published)
    odd = replace(odd, publications=odd_publications(title, name))
    page = Page("onet-1/task/1", title, place)
    text = cited(CitationStyle.CSL_JSON, odd, page=page)
    own, work, article, preprint = ITEMS.validate_json(text)
    assert own.title == page.heading
    assert len(work.author) == 1
    assert (article.kind, preprint.kind) == ("article-journal", "article")
    assert (work.issued is None) == (published == "")
    assert text == cited(CitationStyle.CSL_JSON, odd, page=page)


@given(title=_TEXTS, name=_TEXTS, publisher=_TEXTS, published=_YEARS)
def test_sentences_stay_on_their_lines(
    title: str, name: str, publisher: str, published: str
) -> None:
    """Text is one line and APA a line a work, without control characters."""
    odd = replace(
        STUDY, title=title, authors=[name], publisher=publisher, published=published
    )
    odd = replace(odd, publications=odd_publications(title, name))
    page = Page("onet-1/task/1", title)
    (text,) = cited(CitationStyle.TEXT, odd, page=page).splitlines()
    lines = cited(CitationStyle.APA, odd, page=page).splitlines()
    assert len(lines) == 4
    assert all(line == one_line(line) for line in (text, *lines))


@given(title=_TEXTS, name=_TEXTS, place=_PLACES, accessed=st.none() | st.dates())
def test_works_alone_are_read_back(
    title: str, name: str, place: str | None, accessed: date | None
) -> None:
    """Readers find a release and a study with the day that they were read, if told."""
    works = (source(title=title, publisher=name), odd_work(title, name, place))
    titles = [bare(title) or each for each in ("onet-29.2", STUDY.id, *ODD_IDS)]
    found = entries(alone(CitationStyle.BIBTEX, *works, accessed=accessed))
    assert [read(each["title"]) for each in found] == titles
    assert len({each.key for each in found}) == 4
    days = [accessed.isoformat() if accessed else None] * 2 + [None] * 2
    fields = [each.fields_dict.get("urldate") for each in found]
    assert [field and field.value for field in fields] == days
    records = rispy.loads(alone(CitationStyle.RIS, *works, accessed=accessed))
    assert [each["title"] for each in records] == titles
    read_on = [each.get("access_date") for each in records]
    assert read_on == [day and day.replace("-", "/") for day in days]
    items = ITEMS.validate_json(
        alone(CitationStyle.CSL_JSON, *works, accessed=accessed)
    )
    assert [each.title for each in items] == titles
    assert [each.accessed is not None for each in items] == [bool(day) for day in days]


@given(title=_TEXTS, name=_TEXTS, place=_PLACES, accessed=st.none() | st.dates())
def test_sentences_of_works_stay_on_their_lines(
    title: str, name: str, place: str | None, accessed: date | None
) -> None:
    """Text is one line and APA a line a work, whatever stands in them."""
    odd = odd_work(title, name, place)
    (text,) = alone(CitationStyle.TEXT, odd, accessed=accessed).splitlines()
    lines = alone(CitationStyle.APA, odd, accessed=accessed).splitlines()
    assert len(lines) == 3
    assert all(line == one_line(line) for line in (text, *lines))
