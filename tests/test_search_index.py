"""What an index finds in a few texts, where, why, and in which order."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workatlas.search import Asked, Hit, Index, Text
from workatlas.search.hit import Field, Kind

_TEXTS: tuple[tuple[Kind, Field, str, str], ...] = (
    ("OCCUPATION", "CODE", "o/1", "11-1011.00"),
    ("OCCUPATION", "TITLE", "o/1", "Paper Folders"),
    ("OCCUPATION", "ALTERNATE_TITLE", "o/1", "Paper Folder"),
    ("OCCUPATION", "REPORTED_TITLE", "o/1", "Senior Paper Folder"),
    ("OCCUPATION", "CODE", "o/2", "11-1021.00"),
    ("OCCUPATION", "TITLE", "o/2", "Registered Creasers"),
    ("OCCUPATION", "ALTERNATE_TITLE", "o/2", "Folder of Paper"),
    ("WORK_ACTIVITY", "CODE", "a/1", "4.A.1.b"),
    ("WORK_ACTIVITY", "TITLE", "a/1", "Fold paper."),
    ("TASK", "CODE", "t/392", "392"),
    ("TASK", "STATEMENT", "t/392", "Fold café cards in paper mills. 😀 Fold again."),
    ("TASK", "CODE", "t/3921", "3921"),
    ("TASK", "STATEMENT", "t/3921", "Crease 392 sheets of a customer's cardboard."),
)
TEXTS = [Text(*values) for values in _TEXTS]
INDEX = Index(TEXTS)


def find(query: str, *kinds: str, first: int = 20) -> list[Hit]:
    """Look for a query among some kinds, or all."""
    return INDEX.find(Asked(query, first, frozenset(kinds) if kinds else None))


def parts(hit: Hit) -> list[tuple[str, str]]:
    """Give the highlighted parts of a hit's text as a client cuts them out."""
    units = hit.text.encode("utf-16-le")
    return [
        (units[2 * s.start : 2 * s.end].decode("utf-16-le"), s.match) for s in hit.spans
    ]


def told(query: str) -> list[tuple[str, str, str]]:
    """Give key, reason and field of what is found."""
    return [(hit.key, hit.reason, hit.field) for hit in find(query)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("392", ("t/392", "CODE", "CODE")),
        (" 11-1021.00 ", ("o/2", "CODE", "CODE")),
        ("4.a.1.B", ("a/1", "CODE", "CODE")),
        ("11-10", ("o/1", "BEGINNING", "CODE")),
        ("papers folder", ("o/1", "WHOLE_TEXT", "TITLE")),
        ("paper", ("o/1", "ALL_WORDS", "TITLE")),
        ("folder paper", ("o/1", "ALL_WORDS", "TITLE")),
        ("crea", ("o/2", "BEGINNING", "TITLE")),
        ("registered cr", ("o/2", "BEGINNING", "TITLE")),
        ("regsitered crea", ("o/2", "SPELLING", "TITLE")),
        ("cresers", ("o/2", "SPELLING", "TITLE")),
        ("regsit", ("o/2", "SPELLING", "TITLE")),
        ("a", ("t/3921", "BEGINNING", "STATEMENT")),
        ("the paper", ("o/1", "SOME_WORDS", "TITLE")),
        ("registered unicorns", ("o/2", "SOME_WORDS", "TITLE")),
    ],
)
def test_the_strictest_reason_goes_first(
    query: str, first: tuple[str, str, str]
) -> None:
    """Codes are found as they are, and words in whichever way is the closest."""
    assert told(query)[0] == first


def test_a_code_is_found_exactly() -> None:
    """No other code is close to it, and what looks like one is no misspelt word."""
    assert told("11-1011.01") == []
    assert [key for key, *_ in told("392")] == ["t/392", "t/3921"]
    assert told("392")[1] == ("t/3921", "ALL_WORDS", "STATEMENT")
    assert told("39") == [("t/3921", "BEGINNING", "STATEMENT")]


def test_each_node_is_found_once() -> None:
    """By the text that matched best; looser ways only add what is not there yet."""
    assert told("paper folder") == [
        ("o/1", "WHOLE_TEXT", "TITLE"),
        ("o/2", "ALL_WORDS", "ALTERNATE_TITLE"),
    ]
    assert told("fold") == [
        ("a/1", "ALL_WORDS", "TITLE"),
        ("t/392", "ALL_WORDS", "STATEMENT"),
        ("o/1", "BEGINNING", "TITLE"),
        ("o/2", "BEGINNING", "ALTERNATE_TITLE"),
    ]


def test_equal_hits_are_in_order_of_words_kind_and_key() -> None:
    """The field counts more than closeness; then fewer words, the kind, the key."""
    titles = [
        Text("TASK", "STATEMENT", "t/1", "Nurse"),
        Text("WORK_ACTIVITY", "TITLE", "a/1", "Head nurse"),
        Text("OCCUPATION", "TITLE", "o/2", "Head nurse"),
        Text("OCCUPATION", "TITLE", "o/3", "Deputy head nurse"),
        Text("OCCUPATION", "TITLE", "o/1", "Head nurse"),
        Text("OCCUPATION", "TITLE", "o/4", "Nurses at work"),
        Text("OCCUPATION", "ALTERNATE_TITLE", "o/5", "A nurse"),
    ]
    order = ["t/1", "o/1", "o/2", "a/1", "o/3", "o/4", "o/5"]
    for _ in range(3):
        random.shuffle(titles)
        hits = Index(titles).find(Asked("nurse", 20))
        assert [hit.key for hit in hits] == order
        scores = [hit.score for hit in hits]
        assert scores == [5.625, 4.875, 4.875, 4.875, 4.875, 4.8438, 4.75]


def test_of_some_words_more_are_better() -> None:
    """A word more counts for more than the field; half of them must be there."""
    assert told("the mills of paper folders, and cards") == [
        ("t/392", "SOME_WORDS", "STATEMENT"),
        ("o/1", "SOME_WORDS", "TITLE"),
        ("o/2", "SOME_WORDS", "ALTERNATE_TITLE"),
    ]
    assert find("neither of those is there, paper is") == []


def test_kinds_are_chosen() -> None:
    """Only those, or none at all; each way to find something knows of it."""
    for query in ("paper", "392", "11-10", "pape", "papre", "paper unicorns"):
        for kind in ("TASK", "WORK_ACTIVITY", "OCCUPATION"):
            keys = [hit.key for hit in find(query) if hit.kind == kind]
            assert [hit.key for hit in find(query, kind)] == keys
    assert INDEX.find(Asked("paper", 20, frozenset())) == []


def test_a_node_of_many_titles_hides_no_other() -> None:
    """It is found once, however many of its texts go before the next node's."""
    many = [
        Text("OCCUPATION", "ALTERNATE_TITLE", "o/1", f"Creaser {number}")
        for number in range(300)
    ]
    index = Index([*many, Text("TASK", "STATEMENT", "t/1", "Help a creaser fold.")])
    found = index.find(Asked("creaser", 2))
    assert [hit.key for hit in found] == ["o/1", "t/1"]


@pytest.mark.parametrize(
    ("query", "highlights"),
    [
        (
            "CAFE card mills",
            [("café", "SAME"), ("cards", "OTHER_FORM"), ("mills", "SAME")],
        ),
        ("cards agai", [("cards", "SAME"), ("again", "BEGINNING")]),
        ("crads again", [("cards", "SPELLING"), ("again", "SAME")]),
        ("again crad", [("cards", "SPELLING"), ("again", "SAME")]),
        ("392", [("392", "SAME")]),
    ],
)
def test_highlights_are_places_in_the_text(
    query: str, highlights: list[tuple[str, str]]
) -> None:
    """They are counted in UTF-16 code units, behind an emoji too."""
    (hit,) = (hit for hit in find(query) if hit.key == "t/392")
    assert parts(hit) == highlights


def test_the_beginning_of_a_code_is_highlighted() -> None:
    """As far as it was typed."""
    assert parts(find("4.a.1")[0]) == [("4.A.1", "BEGINNING")]


_ODD = ["AND", '"', "(", "*", "~", "😀", "é", "\0", "\ud800", "title:", "[a TO", "fodl"]
_PIECES = st.sampled_from([w for text in TEXTS for w in text.text.split()] + _ODD)


@settings(deadline=None, max_examples=300)
@given(st.lists(_PIECES, max_size=12).map(" ".join) | st.text(), st.integers(1, 5))
def test_anything_is_answered(query: str, first: int) -> None:
    """With hits in order, each with a place where it matched, and none twice."""
    hits = INDEX.find(Asked(query, first))
    assert len(hits) <= first
    assert len({hit.key for hit in hits}) == len(hits)
    assert [hit.score for hit in hits] == sorted((h.score for h in hits), reverse=True)
    assert all(hit.spans for hit in hits)


@pytest.mark.parametrize(
    "query",
    [
        "a" * 10_000,
        "fold " * 2_000,
        '"' * 10_000,
        "😀" * 10_000,
        " ".join(f"word{number}" for number in range(2_000)),
    ],
)
def test_long_input_is_answered(query: str) -> None:
    """Its beginning is looked at."""
    assert [hit.key for hit in find(query)] in ([], [h.key for h in find(query[:1000])])


def test_nothing_is_found_in_nothing() -> None:
    """An empty index, and what has neither letters nor digits."""
    assert Index([]).find(Asked("paper", 20)) == []
    assert [find(query) for query in ("", " ", "😀", '"(', "\0")] == [[]] * 5
