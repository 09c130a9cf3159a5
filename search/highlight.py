"""Where a text matched, word by word, and how."""

from .hit import Match, Reason, Span, Text
from .ways import Typed, Ways, stem
from .words import errors, errors_allowed, words_of

_LOOSE: tuple[Reason, ...] = ("SPELLING", "SOME_WORDS")


class Highlighter:
    """Finds in texts what was typed."""

    def __init__(self, typed: Typed, ways: Ways) -> None:
        """Look for the words of ``typed``."""
        self._typed = typed
        self._words = set(typed.words)
        self._stems = set(map(stem, typed.words))
        self._misspelt = [w for w in typed.words if ways.is_misspelt(w, typed)]

    def spans(self, reason: Reason, text: Text) -> tuple[Span, ...]:
        """Give the parts of a text that matched; a code matches from its start."""
        if text.field == "CODE":
            size = len(self._typed.code or "")
            match: Match = "SAME" if reason == "CODE" else "BEGINNING"
            return (Span(0, size, match),)
        return tuple(
            Span(_units(text.text, word.start), _units(text.text, word.end), way)
            for word in words_of(text.text)
            if (way := self._match(word.plain, reason)) is not None
        )

    def _match(self, word: str, reason: Reason) -> Match | None:
        if word in self._words:
            return "SAME"
        if stem(word) in self._stems:
            return "OTHER_FORM"
        last = self._typed.last
        if reason in ("BEGINNING", *_LOOSE) and word.startswith(last):
            return "BEGINNING"
        if reason in _LOOSE and any(self._is_meant(w, word) for w in self._misspelt):
            return "SPELLING"
        return None

    def _is_meant(self, typed: str, word: str) -> bool:
        whole, beginning = errors(typed, word)
        least = beginning if typed == self._typed.last else whole
        return least <= errors_allowed(typed)


def _units(text: str, characters: int) -> int:
    """Count the UTF-16 code units of the first characters of a text."""
    before = text[:characters]
    return len(before) if before.isascii() else len(before.encode("utf-16-le")) // 2
