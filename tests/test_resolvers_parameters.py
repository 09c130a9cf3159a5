"""No statement is built from what a client sends: every value is a parameter."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pytest
from graphql import (
    IntValueNode,
    StringValueNode,
    ValueNode,
    parse,
    print_ast,
    visit,
)
from graphql.language import Visitor
from typing_extensions import override

from workatlas.resolvers import Service
from workatlas.server.site.query import query_of
from workatlas.server.site.warm import SAMPLES
from workatlas.stores import Row
from workatlas.stores.embedded_reader import EmbeddedReader

from .test_ide_examples import EXAMPLES, asked

TEXT = "x'\"}) DETACH DELETE n //"
NUMBER, FEW = 987_654_321, 97
"""The second where a page has so many: not more than 100."""
DATES = {"accessed"}
KEPT = {"release", "study", "between", "rater", "measure", "first", "from", "to"}
"""Variables without which nothing is asked of the store."""
FILTERS = """query($s: String!, $i: ID!, $n: Float!, $t: Int!) {
  taskConnection(first: 97, filter: {any: [{occupation: $i}, {activity: $i},
    {detailedActivity: $i}, {codePrefix: $s}, {majorGroup: "29"}, {relatedTask: $t},
    {minImportance: $n}, {label: {label: $s, by: MODEL}},
    {exposureMissing: {study: $i}}, {not: {jobZone: $t}}]}) {
    totalCount nodes { related(first: 97, minScore: $n) { score } } }
  occupationConnection(first: 97, filter: {all: [{relatedOccupation: $i},
    {codePrefix: $s}]}) { nodes { related(first: 97, minScore: $n) { score } } }
  path(from: $i, to: $i) { length }
  search(query: $s) { text }
}"""


class Recorder(EmbeddedReader):
    """A store that notes what it is asked."""

    def __init__(self, folder: Path) -> None:
        """Read a folder."""
        super().__init__(folder)
        self.texts: list[str] = []
        self.given: list[Mapping[str, Any]] = []

    @override
    async def fetch(
        self, prefix: str, statement: str, parameters: Mapping[str, Any]
    ) -> list[Row]:
        """Note a statement, and run it."""
        self.texts.append(statement)
        self.given.append(parameters)
        return await super().fetch(prefix, statement, parameters)


class Hostile(Visitor):
    """Puts hostile values where a document has its own."""

    def enter_string_value(self, *_: Any) -> ValueNode:
        """Replace a text."""
        return StringValueNode(value=TEXT)

    def enter_int_value(self, *_: Any) -> ValueNode:
        """Replace a number, by one that a page may have."""
        return IntValueNode(value=str(FEW))


def replaced(name: str, value: Any) -> Any:
    """Give a hostile value of the same kind for a variable."""
    if name in DATES | KEPT:
        return FEW if name == "first" else value
    if isinstance(value, str):
        return TEXT
    if isinstance(value, int):
        return NUMBER
    if isinstance(value, list):
        return [replaced(name, each) for each in cast("list[Any]", value)]
    return value


def shipped() -> dict[str, tuple[str, Mapping[str, Any]]]:
    """Give the documents of pages and of the IDE, and one of many filters."""
    return {
        **{page: (query_of(page), given) for page, given in SAMPLES.items()},
        **{path.stem: asked(path, "sample") for path in EXAMPLES},
        "filters": (FILTERS, {"s": "a", "i": "a", "n": 1.0, "t": 1}),
    }


@pytest.mark.parametrize("where", ["variables", "literals"])
async def test_no_value_gets_into_a_statement(sample_graph: Path, where: str) -> None:
    """Neither of a variable nor of a literal; values do get into parameters."""
    reader = Recorder(sample_graph)
    service = Service(reader)
    for document, given in shipped().values():
        text = document
        if where == "literals":
            text = print_ast(visit(parse(document), Hostile()))
        await service.answer(text, {n: replaced(n, v) for n, v in given.items()})
    await reader.close()
    assert len(reader.texts) > 20
    for text in reader.texts:
        assert "DELETE" not in text
        assert str(NUMBER) not in text
        assert str(FEW) not in text
    parameters = repr(reader.given)
    assert repr(TEXT)[1:-1] in parameters or TEXT in parameters
    assert str(NUMBER) in parameters
