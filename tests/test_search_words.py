"""How texts are taken apart, and how typing errors are counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workatlas.search.words import errors, errors_allowed, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Fold paper, twice.", ["fold", "paper", "twice"]),
        ("CREASERS' and folder's AIDE'S", ["creasers", "and", "folder", "aide"]),
        ("K-12 re_fold R&D", ["k", "12", "re", "fold", "r", "d"]),
        ("Café cafe\u0301 STRASSE Straße", ["cafe", "cafe", "strasse", "strasse"]),
        ('"(AND) +* 😀 \0 \ud800', ["and"]),
        ("\ufb01le", ["file"]),
        ("\uff9e", []),
        ("", []),
    ],
)
def test_words_are_letters_and_digits(text: str, words: list[str]) -> None:
    """Case, accents, signs and a genitive's s do not matter; no word is empty."""
    assert [word.plain for word in words_of(text)] == words


@given(st.text())
def test_words_stand_where_they_say(text: str) -> None:
    """The places are in the text as it was, one after the other, whatever it is."""
    end = 0
    for word in words_of(text):
        assert end <= word.start < word.end <= len(text)
        assert word.plain
        assert " " not in word.plain
        assert [w.plain for w in words_of(text[word.start : word.end])] == [word.plain]
        end = word.end


@pytest.mark.parametrize(
    ("typed", "word", "whole", "beginning"),
    [
        ("folder", "folder", 0, 0),
        ("fodler", "folder", 1, 1),
        ("foldr", "folder", 1, 1),
        ("foolder", "folder", 1, 1),
        ("bolder", "folder", 1, 1),
        ("fodl", "folders", 4, 1),
        ("fold", "folders", 3, 0),
        ("ab", "", 2, 2),
    ],
)
def test_errors_are_counted(typed: str, word: str, whole: int, beginning: int) -> None:
    """A letter more, less or other is an error, and so are two that changed places."""
    assert errors(typed, word) == (whole, beginning)


def test_short_words_and_numbers_have_no_errors() -> None:
    """One error is allowed from four letters on, two from eight; never in a number."""
    words = ("abc", "abcd", "abcdefg", "abcdefgh", "2019", "a" * 33)
    assert [errors_allowed(word) for word in words] == [0, 1, 1, 2, 0, 0]
