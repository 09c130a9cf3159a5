"""Ways to find a text: one a reason, from the strictest to the loosest.

Each is a query made of objects, so that nothing that is typed is ever read as an
operator. All scores are sums of sixteenths: they are exact, so that ties are ties on
every machine.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tantivy import Occur, Query, Schema, Searcher

from .hit import Asked, Field, Match, Reason
from .words import errors_allowed, stemmer, without_stopwords, words_of

LONGEST = 1_000
"""How many characters of what is typed are looked at."""
MOST_WORDS = 32
"""How many words of it are looked for."""
WEIGHTS: dict[Field, float] = {
    "CODE": 0.75,
    "TITLE": 0.75,
    "ALTERNATE_TITLE": 0.5,
    "REPORTED_TITLE": 0.5,
    "STATEMENT": 0.25,
}
"""How much it counts in which field a text stands."""
CLOSENESS: dict[Match, float] = {
    "SAME": 1.0,
    "OTHER_FORM": 0.9375,
    "BEGINNING": 0.75,
    "SPELLING": 0.5,
}
"""How much it counts how a word matched."""
BASES: dict[Reason, int] = {
    "CODE": 6,
    "WHOLE_TEXT": 5,
    "ALL_WORDS": 4,
    "BEGINNING": 3,
    "SPELLING": 2,
    "SOME_WORDS": 1,
}
"""Where the scores of each reason begin; all of them are less than one higher."""
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]*")
_LIKE_CODE = re.compile(r"\d.*[.-]|[.-].*\d")
_stemmed = stemmer()
_telling = without_stopwords()
_MUST, _SHOULD = Occur.Must, Occur.Should


class Way(NamedTuple):
    """A query, and the reason for which a text is found by it.

    What it finds has the closeness of each of ``words`` words, and the weight of the
    field as often.
    """

    reason: Reason
    query: Query
    words: int

    def score(self, found: float) -> float:
        """Give the score of a hit."""
        return round(BASES[self.reason] + found / self.words / 2, 4)


class Typed:
    """What was typed, taken apart."""

    def __init__(self, text: str) -> None:
        """Look at the beginning of a text."""
        text = text[:LONGEST]
        self.code = text.strip() if _CODE.fullmatch(text.strip()) else None
        self.all = [word.plain for word in words_of(text)]
        # Of words that are typed twice the last one counts: it may be a beginning.
        self.words = list(dict.fromkeys(reversed(self.all)))[::-1][:MOST_WORDS]
        # The last word may not have been typed to its end yet.
        self.last = self.words[-1] if self.words else ""

    @property
    def is_like_code(self) -> bool:
        """Whether it looks like a code, which is found as it is or not at all."""
        return self.code is not None and _LIKE_CODE.search(self.code) is not None

    @property
    def telling(self) -> list[str]:
        """The words without letters and those that say next to nothing."""
        return [w for w in self.words if len(w) > 1 and _telling.analyze(w)]


class Ways:
    """Makes the ways over one index."""

    def __init__(self, schema: Schema, searcher: Searcher) -> None:
        """Look up in ``searcher`` which words there are."""
        self._schema = schema
        self._searcher = searcher

    def of(self, asked: Asked, typed: Typed) -> Iterator[Way]:
        """Give the ways to find what was typed, the strictest first."""
        kinds = asked.kinds
        if typed.code is not None:
            yield self._code(kinds, typed.code)
        if not typed.words:
            return
        known = [self._known(word) for word in typed.words]
        whole = _worth(self._term("whole", stem(" ".join(typed.all))), 0.0)
        yield self._way("WHOLE_TEXT", kinds, known, whole)
        # What begins with "a" or "the" may become any word.
        if typed.telling or len(typed.words) > 1:
            yield self._way("ALL_WORDS", kinds, known)
        if typed.code is not None and len(typed.code) > 1:
            yield self._code_beginning(kinds, typed.code)
        last = self._beginning(typed.words[-1])
        yield self._way("BEGINNING", kinds, [*known[:-1], last])
        if not typed.is_like_code:
            yield from self._loosely(kinds, typed)

    def _loosely(self, kinds: frozenset[str] | None, typed: Typed) -> Iterator[Way]:
        loose = {word: self._loose(word, typed) for word in typed.words}
        strict = [found for found in loose.values() if found is not None]
        is_misspelt = any(self.is_misspelt(word, typed) for word in typed.words)
        if is_misspelt and len(strict) == len(loose):
            yield self._way("SPELLING", kinds, strict)
        telling = typed.telling or typed.words
        some = [found for w in telling if (found := loose[w]) is not None]
        if len(typed.words) > 1 and some:
            yield self._some(kinds, some, len(telling))

    def is_misspelt(self, word: str, typed: Typed) -> bool:
        """Tell whether no text has a word, but some may have one that is close."""
        return errors_allowed(word) > 0 and not self._is_known(word, typed)

    def _is_known(self, word: str, typed: Typed) -> bool:
        if word == typed.last:
            return bool(self._searcher.terms_with_prefix("words", word, limit=1))
        counted = self._searcher.doc_freq
        return counted("words", word) > 0 or counted("stems", stem(word)) > 0

    def _loose(self, word: str, typed: Typed) -> Query | None:
        """Give what finds a word in any way; None if nothing does."""
        is_last = word == typed.last
        if self._is_known(word, typed):
            known = self._known(word)
            return _best([known, self._beginning(word)]) if is_last else known
        if not errors_allowed(word):
            return None
        return self._misspelt(word, is_last=is_last)

    def _term(self, field: str, value: str) -> Query:
        return Query.term_query(self._schema, field, value, index_option="basic")

    def _known(self, word: str) -> Query:
        same = _worth(self._term("words", word), CLOSENESS["SAME"])
        other = _worth(self._term("stems", stem(word)), CLOSENESS["OTHER_FORM"])
        return _best([same, other])

    def _starting(self, field: str, start: str) -> Query:
        return Query.fuzzy_term_query(
            self._schema, field, start, distance=0, prefix=True
        )

    def _beginning(self, word: str) -> Query:
        return _worth(self._starting("words", word), CLOSENESS["BEGINNING"])

    def _misspelt(self, word: str, *, is_last: bool) -> Query:
        found = Query.fuzzy_term_query(
            self._schema, "words", word, distance=errors_allowed(word), prefix=is_last
        )
        return _worth(found, CLOSENESS["SPELLING"])

    def _code(self, kinds: frozenset[str] | None, code: str) -> Way:
        found = self._term("code", code.casefold())
        return self._way("CODE", kinds, [_worth(found, CLOSENESS["SAME"])])

    def _code_beginning(self, kinds: frozenset[str] | None, code: str) -> Way:
        found = self._starting("long_code", code.casefold())
        # Closer than any words of which the last is a beginning.
        return self._way("BEGINNING", kinds, [_worth(found, CLOSENESS["SAME"])])

    def _some(
        self, kinds: frozenset[str] | None, some: Sequence[Query], words: int
    ) -> Way:
        found = Query.boolean_query(
            [(_SHOULD, each) for each in some],
            minimum_number_should_match=min(len(some), (words + 1) // 2),
        )
        # Here a word more counts for more than any field.
        return Way("SOME_WORDS", self._query(kinds, [found], 1), words)

    def _way(
        self,
        reason: Reason,
        kinds: frozenset[str] | None,
        words: Sequence[Query],
        *others: Query,
    ) -> Way:
        """Give the way to texts that have all words, and of which all else is true."""
        return Way(
            reason, self._query(kinds, [*words, *others], len(words)), len(words)
        )

    def _query(
        self, kinds: frozenset[str] | None, parts: Sequence[Query], times: int
    ) -> Query:
        must = [(_MUST, part) for part in parts]
        if kinds is not None:
            chosen = Query.term_set_query(self._schema, "kind", sorted(kinds))
            must.append((_MUST, _worth(chosen, 0.0)))
        should = [
            (_SHOULD, _worth(self._term("field", field), weight * times))
            for field, weight in WEIGHTS.items()
        ]
        return Query.boolean_query([*must, *should])


def stem(words: str) -> str:
    """Give the stems of plain words, with a space between them."""
    return " ".join(_stemmed.analyze(words))


def _worth(query: Query, score: float) -> Query:
    return Query.const_score_query(query, score)


def _best(queries: Sequence[Query]) -> Query:
    return Query.disjunction_max_query(queries)
