"""Words: how a text is taken apart, for the index and for what is looked for alike."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

_WORD = re.compile(r"([^\W_](?:[^\W_]|[\u0300-\u036f])*)(?:['\u2019][sS]\b)?")
"""Letters and digits, with the accents that stand beside them; a genitive's s is left
out of the word."""
_FUZZY = range(4, 33)
"""How long a word is in which typing errors are looked for."""
_LONG = 8
"""From this length on a word may have two errors."""


class Word(NamedTuple):
    """A word in its plain form, and where it stands in the text, in characters."""

    plain: str
    start: int
    end: int


def words_of(text: str) -> Iterator[Word]:
    """Give the words of a text; case and accents do not tell them apart."""
    for found in _WORD.finditer(text):
        plain = _plain(found[1])
        if plain:
            yield Word(plain, *found.span())


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word).casefold()
    return "".join(char for char in parts if char.isalnum())


def split() -> TextAnalyzer:
    """Give what takes plain words apart that stand in one text."""
    return TextAnalyzerBuilder(Tokenizer.whitespace()).build()


def stemmer() -> TextAnalyzer:
    """Give what makes stems of them, by the rules of English."""
    return _with(Filter.stemmer("english"))


def without_stopwords() -> TextAnalyzer:
    """Give what leaves out those that say next to nothing: the, of, ..."""
    return _with(Filter.stopword("english"))


def _with(made: Filter) -> TextAnalyzer:
    return TextAnalyzerBuilder(Tokenizer.whitespace()).filter(made).build()


def errors_allowed(word: str) -> int:
    """Tell how many typing errors a word may have; none in numbers and short words."""
    if len(word) not in _FUZZY or not word.isalpha():
        return 0
    return 1 if len(word) < _LONG else 2


def errors(typed: str, word: str) -> tuple[int, int]:
    """Count the errors between what was typed and a word, and its best beginning.

    One error is a letter too many, too few or wrong, or two that changed places.
    """
    before: list[int] = []
    row = list(range(len(word) + 1))
    for i, letter in enumerate(typed, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(word, 1):
            least = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == word[j - 2] and typed[i - 2] == other:
                least = min(least, older[j - 2] + 1)
            row.append(least)
    return row[-1], min(row)
