"""The index of a release's texts, in memory."""

import time
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import islice
from typing import TypeVar

import tantivy

from .highlight import Highlighter
from .hit import Asked, Field, Hit, Kind, Text
from .ways import Typed, Way, Ways, stem
from .words import split, stemmer, words_of

_MEMORY = 1_000_000_000
"""Room for all texts in one segment, whose order is that of the texts."""
_TEXTS_A_NODE = 16
"""How many are asked for at first: an occupation has sixty titles on average."""
_PIECE = 500
"""How many texts are sorted at once, in less than a millisecond."""
_TURN = 20
"""How many texts are worked on before other threads may go on."""
_T = TypeVar("_T")
_KINDS: tuple[Kind, ...] = ("OCCUPATION", "WORK_ACTIVITY", "TASK")

_Entry = tuple[int, int, str, Field, str, str]
"""How many words a text has, its kind's place, its node's key, its field, the text, and
its words. Python does not look for garbage among plain tuples of plain values: there
are a hundred thousand of them."""


class Index:
    """Finds texts; what is found and in which order depends on the texts alone.

    Any number of threads may ask it.
    """

    def __init__(self, texts: Iterable[Text]) -> None:
        """Index texts; in whatever order they come, the index is the same."""
        self._texts: list[_Entry] = []
        schema = _schema()
        index = tantivy.Index(schema)
        index.register_tokenizer("split", split())
        index.register_tokenizer("stemmed", stemmer())
        writer = index.writer(_MEMORY, num_threads=1)
        for entry in _in_order(texts):
            self._texts.append(entry)
            writer.add_document(_document(entry))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()
        self._ways = Ways(schema, self._searcher)

    def find(self, asked: Asked) -> list[Hit]:
        """Give what is found, best first, each node once; some words only for want.

        Of hits of one score the text of fewer words comes first, then the kind's order
        and the node's key decide.
        """
        typed = Typed(asked.text)
        highlighter = Highlighter(typed, self._ways)
        found: dict[str, Hit] = {}
        for way in self._ways.of(asked, typed):
            if found and way.reason == "SOME_WORDS":
                break
            for score, text in self._all(way, asked.first):
                if text.key not in found:
                    spans = highlighter.spans(way.reason, text)
                    found[text.key] = Hit(
                        text.key,
                        text.kind,
                        text.field,
                        text.text,
                        spans,
                        way.reason,
                        way.score(score),
                    )
                    if len(found) == asked.first:
                        return list(found.values())
        return list(found.values())

    def _all(self, way: Way, first: int) -> Iterator[tuple[float, Text]]:
        """Give what a way finds, as far as it is asked for: a node has many texts."""
        at, size = 0, first * _TEXTS_A_NODE
        while True:
            hits = self._searcher.search(way.query, size, count=False, offset=at).hits
            for score, place in hits:
                _, kind, key, field, text, _ = self._texts[place.doc]
                yield score, Text(_KINDS[kind], field, key, text)
            if len(hits) < size:
                return
            at, size = at + size, size * 8


def _entry(text: Text) -> _Entry:
    words = [word.plain for word in words_of(text.text)]
    size = 0 if text.field == "CODE" else len(words)
    kind = _KINDS.index(text.kind)
    return size, kind, text.key, text.field, text.text, " ".join(words)


def _in_order(texts: Iterable[Text]) -> Iterator[_Entry]:
    """Sort in pieces: a long sort would keep every other thread waiting."""
    left = iter(_in_turn(map(_entry, texts)))
    pieces: list[list[_Entry]] = []
    while piece := sorted(islice(left, _PIECE)):
        pieces.append(piece)
    return _in_turn(merge(*pieces))


def _in_turn(items: Iterable[_T]) -> Iterator[_T]:
    """Give items, and let other threads go on between them."""
    for number, item in enumerate(items):
        if number % _TURN == 0:
            time.sleep(0)
        yield item


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name, tokenizer in (
        ("words", "split"),
        ("stems", "stemmed"),
        ("whole", "raw"),
        ("code", "raw"),
        ("long_code", "raw"),
        ("kind", "raw"),
        ("field", "raw"),
    ):
        builder.add_text_field(name, tokenizer_name=tokenizer, index_option="basic")
    return builder.build()


def _document(entry: _Entry) -> tantivy.Document:
    _, kind, _, field, text, words = entry
    document = tantivy.Document()
    document.add_text("kind", _KINDS[kind])
    document.add_text("field", field)
    if field == "CODE":
        code = text.casefold()
        document.add_text("code", code)
        if not code.isdigit():  # the beginning of a mere number says nothing
            document.add_text("long_code", code)
        return document
    document.add_text("words", words)
    document.add_text("stems", words)
    document.add_text("whole", stem(words))
    return document
