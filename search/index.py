"""The index of a release's texts, in memory."""

from collections.abc import Iterable, Iterator

import tantivy

from .highlight import Highlighter
from .hit import Asked, Hit, Kind, Text
from .ways import Typed, Way, Ways, stem
from .words import split, stemmer, words_of

_MEMORY = 1_000_000_000
"""Room for all texts in one segment, whose order is that of the texts."""
_TEXTS_A_NODE = 16
"""How many are asked for at first: an occupation has sixty titles on average."""
_KINDS: tuple[Kind, ...] = ("OCCUPATION", "WORK_ACTIVITY", "TASK")


class Index:
    """Finds texts; what is found and in which order depends on the texts alone.

    Any number of threads may ask it.
    """

    def __init__(self, texts: Iterable[Text]) -> None:
        """Index texts; in whatever order they come, the index is the same."""
        counted = [(text, [w.plain for w in words_of(text.text)]) for text in texts]
        counted.sort(key=_place)
        self._texts = [text for text, _ in counted]
        schema = _schema()
        index = tantivy.Index(schema)
        index.register_tokenizer("split", split())
        index.register_tokenizer("stemmed", stemmer())
        writer = index.writer(_MEMORY, num_threads=1)
        for text, words in counted:
            writer.add_document(_document(text, words))
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
                yield score, self._texts[place.doc]
            if len(hits) < size:
                return
            at, size = at + size, size * 8


def _place(counted: tuple[Text, list[str]]) -> tuple[int, int, str, str]:
    text, words = counted
    count = 0 if text.field == "CODE" else len(words)
    return count, _KINDS.index(text.kind), text.key, f"{text.field} {text.text}"


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


def _document(text: Text, words: list[str]) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("kind", text.kind)
    document.add_text("field", text.field)
    if text.field == "CODE":
        code = text.text.casefold()
        document.add_text("code", code)
        if not code.isdigit():  # the beginning of a mere number says nothing
            document.add_text("long_code", code)
        return document
    together = " ".join(words)
    document.add_text("words", together)
    document.add_text("stems", together)
    document.add_text("whole", " ".join(map(stem, words)))
    return document
