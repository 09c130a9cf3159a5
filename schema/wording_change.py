"""How one wording differs from another, word by word."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cached_property

import strawberry

from .change_enums import WordsKind
from .follow import computed

_METHOD = (
    "The words between blanks are aligned by the longest runs of equal words, as in "
    "Ratcliff and Obershelp's gestalt pattern matching; the similarity is twice the "
    "number of aligned words over the number of words of both."
)


@strawberry.type(description="Words that are in both wordings, or in one alone.")
class WordingPart:
    """A part of two wordings."""

    kind: WordsKind = strawberry.field(description="In which of the two they are.")
    text: str = strawberry.field(description="The words, with a blank between two.")


@strawberry.type(description="Two wordings of the same, and how they differ.")
class WordingChange:
    """A change of words."""

    before: str = strawberry.field(description="The wording in `from`.")
    after: str = strawberry.field(description="The wording in `to`.")

    @computed(
        "How alike they are, 0 to 1: 1 where only blanks differ. It is no measure of "
        "meaning.",
        reads=(),
    )
    def similarity(self) -> float:
        """Give the share of words that are aligned."""
        return self._aligned.ratio()

    @computed(
        "All words in their order: those that were removed stand before those that "
        "were added in their place.",
        reads=(),
    )
    def parts(self) -> list[WordingPart]:
        """Give the parts."""
        return [*self._parts()]

    @computed("How it is computed.", reads=())
    def method(self) -> str:
        """Give the method."""
        return _METHOD

    @cached_property
    def _aligned(self) -> "SequenceMatcher[str]":
        words = self.before.split(), self.after.split()
        return SequenceMatcher(None, *words, autojunk=False)

    def _parts(self) -> Iterator[WordingPart]:
        before, after = self.before.split(), self.after.split()
        for tag, start, end, since, until in self._aligned.get_opcodes():
            if tag == "equal":
                yield _part(WordsKind.SAME, before[start:end])
                continue
            if start < end:
                yield _part(WordsKind.REMOVED, before[start:end])
            if since < until:
                yield _part(WordsKind.ADDED, after[since:until])


def wording_change(before: str | None, after: str | None) -> WordingChange | None:
    """Give the change of a wording; None where there is none, or one is missing."""
    if before is None or after is None or before == after:
        return None
    return WordingChange(before=before, after=after)


def _part(kind: WordsKind, words: list[str]) -> WordingPart:
    return WordingPart(kind=kind, text=" ".join(words))
