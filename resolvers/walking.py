"""Walks: what a field asks for next depends on what it found (``schema/walk.py``)."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import Any

from workatlas.cypher import Catalogue
from workatlas.schema.walk import Ask, Rows, Walk
from workatlas.stores import Row
from workatlas.stores.keys import by_build

from .rows import Fetch
from .statement import Statement
from .steps import Slot


def walked(
    walk: Walk[Any], catalogue: Catalogue, builds: set[str]
) -> Generator[list[Fetch], Sequence[Sequence[Row] | Exception], Any]:
    """Carry a walk to its end; give what it gives, or the error that ended it.

    The builds that it reads are added to ``builds``.
    """
    try:
        asks = next(walk)
        while True:
            each = [list(_fetches(ask, catalogue)) for ask in asks]
            fetches = [fetch for some in each for fetch in some]
            builds.update(fetch.prefix for fetch in fetches)
            found = iter((yield fetches) if fetches else ())
            asks = walk.send(
                [
                    _rows(ask, [next(found) for _ in some])
                    for ask, some in zip(asks, each, strict=True)
                ]
            )
    except StopIteration as end:
        return end.value
    except Exception as error:  # noqa: BLE001 - an error of the answer
        return error


def _fetches(ask: Ask, catalogue: Catalogue) -> Iterator[Fetch]:
    entry, page = catalogue[ask.entry], ask.page
    text = entry.batch if page is None else entry.batch_of(page.choice)
    parameters: Mapping[str, Any] = {} if page is None else page.parameters
    root = Slot(0, entry.child.label, entry, ask.row, is_many=True)
    for prefix, keys in by_build(ask.keys).items():
        yield Fetch(prefix, Statement(text, root, {}), keys, parameters)


def _rows(ask: Ask, found: Sequence[Sequence[Row] | Exception]) -> Rows:
    """Give an ask's rows by key; raise what kept the store from giving them."""
    rows: dict[str, list[Any]] = {key: [] for key in ask.keys}
    for answer in found:
        if isinstance(answer, Exception):
            raise answer
        for key, values in answer:
            rows[key] = [ask.row(*each) for each in values]
    return rows
