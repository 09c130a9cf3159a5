"""A data set is cited as one, and what describes it as what it is, in every style."""

import json
from dataclasses import replace

import pytest

from workatlas.schema.citation import CitationStyle

from .cited_works import ARTICLE, DESCRIBED, PREPRINT, cited


def test_text() -> None:
    """The data set, then what describes it; no full stop sticks to an address."""
    assert cited(CitationStyle.TEXT, DESCRIBED) == (
        "Guide people & paper_boats. WorkAtlas. Based on Eloundou, Tyna, and others, "
        "GPTs are GPTs, 2023, https://doi.org/10.1000/1 (data set, MIT), described in "
        "Eloundou, Tyna and Rock, Daniel, Folds & cuts: 5% of {all}, Paper & Fold 3 "
        "(1), 5-9, https://doi.org/10.1000/2 (2024) and in Eloundou, Tyna, Folds?, "
        "preprint arXiv:0000.00001, https://example.org/abs/0000.00001 (2023). "
        "Accessed 7 June 2026: WorkAtlas onet-29.2/task/392"
    )


def test_apa() -> None:
    """Journal, volume, issue and pages of an article; the number of a preprint."""
    lines = cited(CitationStyle.APA, DESCRIBED).splitlines()
    assert "[Data set; licence MIT]" in lines[1]
    assert lines[2:] == [
        "Eloundou, T., & Rock, D. (2024). Folds & cuts: 5% of {all}. Paper & Fold, "
        "3(1), 5\u20139. https://doi.org/10.1000/2",
        "Eloundou, T. (2023). Folds? (arXiv:0000.00001). arXiv. "
        "https://example.org/abs/0000.00001",
    ]


def test_bibtex() -> None:
    """An entry of its own type each, special characters escaped."""
    *_, article, preprint = cited(CitationStyle.BIBTEX, DESCRIBED).split("\n\n")
    assert article.splitlines() == [
        "@article{gpts-are-gpts-article,",
        r"  title = {{Folds \& cuts: 5\% of \textbraceleft{}all\textbraceright{}}},",
        "  author = {Eloundou, Tyna and Rock, Daniel},",
        r"  journal = {Paper \& Fold},",
        "  volume = {3},",
        "  number = {1},",
        "  pages = {5--9},",
        "  year = {2024},",
        "  doi = {10.1000/2},",
        "  url = {https://doi.org/10.1000/2},",
        "}",
    ]
    assert preprint.splitlines() == [
        "@misc{gpts-are-gpts-preprint,",
        "  title = {{Folds?}},",
        "  author = {Eloundou, Tyna},",
        "  year = {2023},",
        "  eprint = {0000.00001},",
        "  archiveprefix = {arXiv},",
        "  url = {https://example.org/abs/0000.00001},",
        "}",
    ]


def test_csl_json() -> None:
    """Each work has the type that its format knows for it, and its own date."""
    _, data, article, preprint = json.loads(cited(CitationStyle.CSL_JSON, DESCRIBED))
    assert data["type"] == "dataset"
    assert "container-title" not in data
    assert article == {
        "id": "gpts-are-gpts/article",
        "type": "article-journal",
        "title": "Folds & cuts: 5% of {all}",
        "author": [
            {"family": "Eloundou", "given": "Tyna"},
            {"family": "Rock", "given": "Daniel"},
        ],
        "container-title": "Paper & Fold",
        "volume": "3",
        "issue": "1",
        "page": "5-9",
        "issued": {"date-parts": [[2024, 6]]},
        "DOI": "10.1000/2",
        "URL": "https://doi.org/10.1000/2",
    }
    assert (preprint["type"], preprint["genre"]) == ("article", "preprint")
    assert preprint["number"] == "arXiv:0000.00001"
    assert preprint["issued"] == {"date-parts": [[2023, 3]]}


def test_ris() -> None:
    """A journal's record has volume, issue and pages, a preprint's its number."""
    text = cited(CitationStyle.RIS, DESCRIBED)
    *_, article, preprint, rest = text.split("ER  - \r\n")
    assert rest == ""
    assert article.splitlines() == [
        "TY  - JOUR",
        "ID  - gpts-are-gpts-article",
        "TI  - Folds & cuts: 5% of {all}",
        "AU  - Eloundou, Tyna",
        "AU  - Rock, Daniel",
        "JO  - Paper & Fold",
        "VL  - 3",
        "IS  - 1",
        "SP  - 5",
        "EP  - 9",
        "PY  - 2024",
        "DO  - 10.1000/2",
        "UR  - https://doi.org/10.1000/2",
    ]
    assert preprint.splitlines() == [
        "TY  - UNPB",
        "ID  - gpts-are-gpts-preprint",
        "TI  - Folds?",
        "AU  - Eloundou, Tyna",
        "PB  - arXiv",
        "AN  - arXiv:0000.00001",
        "PY  - 2023",
        "UR  - https://example.org/abs/0000.00001",
        "N1  - Preprint",
    ]


@pytest.mark.parametrize("style", CitationStyle)
def test_what_is_not_known_is_left_out(style: CitationStyle) -> None:
    """Nobody's publication without a date begins with its title and has no date."""
    works = [replace(w, authors=[], published="") for w in (ARTICLE, PREPRINT)]
    nobody = replace(DESCRIBED, authors=[], publisher="", publications=works)
    text = cited(style, nobody)
    assert "Folds & cuts" in text.replace("\\", "")
    assert not any(word in text for word in ("2024", "Eloundou", "None", "null"))


def test_apa_puts_the_title_before_a_date_that_is_not_known() -> None:
    """Without an author the title comes first; n.d. stands for the year."""
    nobody = replace(ARTICLE, authors=[], published="")
    lines = cited(CitationStyle.APA, replace(DESCRIBED, publications=[nobody]))
    assert lines.splitlines()[2].startswith("Folds & cuts: 5% of {all}. (n.d.). Paper")
