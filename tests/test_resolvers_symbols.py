"""Objects that are not made: what stands for them, and what is written instead."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from types import SimpleNamespace
from typing import Annotated, Any, NamedTuple

import pytest
from graphql import GraphQLInt, GraphQLString

from workatlas.resolvers.compiled import compiled
from workatlas.resolvers.kept import Kept
from workatlas.resolvers.leaf import Leaf
from workatlas.resolvers.steps import (
    Attribute,
    Need,
    Selection,
    Shape,
    Slot,
    Source,
    Step,
    Typename,
)
from workatlas.resolvers.symbols import (
    Columns,
    StandIn,
    Symbol,
    UnknownError,
    source_of,
)
from workatlas.schema.follow import Column, Computed, Follow, Followed

from .test_resolvers_parts import step


class Row(NamedTuple):
    """A row of four columns."""

    key: str
    words: str
    times: int
    rank: int | None


@dataclass
class Made:
    """What a figure makes of its row."""

    words: str
    place: tuple[str, ...]
    note: str | None = "as published"

    @property
    def louder(self) -> str:
        """Look at a value."""
        return self.words.upper()


@dataclass
class Base:
    """What the two figures have in common."""

    row: Any

    @property
    def key(self) -> str:
        """The key of its row, or one for want of it."""
        return self.row.key if self.row else "r@1/none"

    @property
    def words(self) -> str:
        """A column of its row."""
        words: str = self.row.words
        return words


@dataclass
class Figure(Base):
    """An object that may have a row."""

    row: Annotated[Row | None, "private"]
    extra: str = "x"


@dataclass
class Whole(Base):
    """An object that always has a row."""

    row: Annotated[Row, "private"]
    extra: str = "x"


TEXT, NUMBER = Shape(leaf=Leaf(GraphQLString)), Shape(leaf=Leaf(GraphQLInt))


def made_of(figure: Any) -> Made:
    """Pass a property, an attribute and a constant on, or tell that there is no row."""
    if figure.row is None:
        return Made("nothing", (), None)
    return Made(figure.words, ("file", figure.extra))


def field(name: str, declared: Any, shape: Shape = TEXT) -> Step:
    """Give a step that is declared in some way."""
    asked = step(name, shape)
    asked.declared = declared
    return asked


def function_of(kind: type[Base], *below: Step, make: Any = made_of) -> Any:
    """Give the function of a selection that has an object made straight."""
    inner = Shape(selections={Made: Selection("Made", list(below), kind=Made)})
    steps = [
        field("count", Column("times"), NUMBER),
        field("made", Computed(make, None, straight=True), inner),
    ]
    written = compiled(Selection("Figure", steps, kind=kind))
    assert written is not None
    kept = Kept("")
    kept.rows["file", "r@1/file/MANY"] = ["found"]
    function = written.make(kept, "r@1")

    def call(of: Base) -> Any:
        return function(of, [], {})

    return call


ROW = Row("r@1/figure/1", "many", 7, None)


@pytest.mark.parametrize("kind", [Figure, Whole])
def test_an_object_is_read_from_where_it_would_be_made(kind: type[Base]) -> None:
    """It is not made where there is a row, and made where there is none."""
    calls: list[Base] = []

    def noted(figure: Base) -> Made:
        calls.append(figure)
        return made_of(figure)

    words, note = field("words", Attribute("words")), field("note", Attribute("note"))
    function = function_of(kind, words, note, field("is", Typename("M")), make=noted)
    calls.clear()
    full = {"words": "many", "note": "as published", "is": "M"}
    assert function(kind(ROW)) == {"count": 7, "made": full}
    assert calls == []
    if kind is Figure:
        empty = {"words": "nothing", "note": None, "is": "M"}
        assert function(Figure(None)) == {"count": None, "made": empty}
        assert len(calls) == 1


@pytest.mark.parametrize(
    ("declared", "wanted"),
    [
        (Computed(attrgetter("louder"), None), "MANY"),
        (Followed((), attrgetter("words"), None, shared=False), "many"),
    ],
)
def test_what_needs_the_object_gets_it(declared: Any, wanted: str) -> None:
    """A field below that looks at the object has it made after all."""
    function = function_of(Whole, field("a", declared))
    assert function(Whole(ROW)) == {"count": 7, "made": {"a": wanted}}


def test_a_place_that_is_worked_out_needs_the_object() -> None:
    """What looks at a value to say where a node stands is called with the object."""
    follow = Follow("file", Row, at=lambda made: ("file", made.words.upper()))
    entry: Any = SimpleNamespace(name="file")
    slot = Slot(0, "File", entry, Row, is_many=False)

    def first(_: Any, rows: list[str]) -> str:
        return rows[0]

    declared = Followed((follow,), first, None, shared=True)
    below = field("file", declared)
    below.needs.append(Need(follow, Source.KEPT, slot, slot))
    function = function_of(Whole, below)
    assert function(Whole(ROW)) == {"count": 7, "made": {"file": "found"}}


USES: tuple[Callable[[Any], Any], ...] = (
    bool,
    str,
    hash,
    len,
    list,
    lambda symbol: symbol == "a",
    lambda symbol: symbol != "a",
    lambda symbol: symbol < "a",
    lambda symbol: symbol + "a",
    lambda symbol: f"{symbol}",
    lambda symbol: symbol.upper(),
)


def test_a_symbol_can_only_be_passed_on() -> None:
    """Whatever looks at it fails, so that nothing is concluded from it."""
    for use in USES:
        with pytest.raises((UnknownError, TypeError, AttributeError)):
            use(Symbol("row.n"))


def test_stand_ins_know_properties_attributes_and_columns() -> None:
    """Properties are traced down to the columns that they read."""
    columns = Columns(Whole)
    of: Any = StandIn(Whole, columns)
    assert source_of(of.words) == "c_words"
    assert source_of((of.extra, 1, None)) == "(o.extra, 1, None, )"
    assert source_of(StandIn(None, columns).anything) == "o.anything"
    with pytest.raises(UnknownError):
        source_of([])


def test_few_columns_are_read_one_by_one_and_many_at_once() -> None:
    """Both give nulls where there is no row."""
    few, many, unknown = Columns(Figure), Columns(Figure), Columns(None)
    assert few.lines() == []
    few.is_asked_for = True
    assert few.lines() == ["row = o.row"]
    few.source("rank")
    assert few.lines()[-1] == "c_rank = known.rank"
    for name in ("key", "words", "rank"):
        many.source(name)
        unknown.source(name)
    assert many.lines()[-1].startswith("c_key, c_words, _, c_rank = row or (None, ")
    assert len(unknown.lines()) == 5
