"""How a field says what it needs: a catalogue entry and a pure function of its rows.

``follows`` is the one declaration of a relationship. An executor fetches the rows of
the entries named in it, for many parents at once, and hands them to the function; the
function does no I/O, so every executor gives the same answer.
"""

import asyncio
import inspect
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

import strawberry
from strawberry.types import Info

from workatlas.cypher import Page
from workatlas.search import Asked, Hit
from workatlas.stores import Snapshot
from workatlas.stores.keys import beside, by_build

from .quick import quick

if TYPE_CHECKING:
    from .walk import Walked

DECLARED = "workatlas.declared"
"""Where a field keeps its declaration among its Strawberry metadata."""


class Context(Protocol):
    """What a request gives its fields."""

    @property
    def snapshot(self) -> Snapshot:
        """The published graphs that this request reads from."""
        ...

    async def fetch(
        self,
        entry: str,
        row: type[tuple[Any, ...]],
        keys: Sequence[str],
        page: Page | None,
    ) -> list[Any]:
        """Give the rows of an entry for some keys, one list in the order of keys.

        With a ``page``, only those that it asks for.
        """
        ...

    async def search(self, release: str, asked: Asked) -> Sequence[Hit]:
        """Give what is found in the texts of a release, named by its node's key."""
        ...


def _always(_: Mapping[str, Any]) -> bool:
    return True


Place = tuple[str, ...]
"""Where a node stands in its build: ``("scale", "IM")``."""
Reads = Collection[str] | None
"""Which columns of a row are read; None where it may be any."""
_T = TypeVar("_T")
Apart: TypeAlias = Mapping[str, list[_T]]
"""Rows of several builds by the prefix of each, in the order of the keys asked for."""


@dataclass(frozen=True)
class Follow:
    """One catalogue entry that a field needs.

    It starts from the parent object's own node; from the node that stands ``at`` a
    place of the parent's build, the same for all parents or put together by each from
    values that it does not look at; from the nodes whose ``keys`` the parent and the
    arguments give; or from nodes of any builds, whose keys ``across`` gives of what is
    published, the parent and the arguments. Then the function gets the rows of each
    build apart (``Apart``), also of one without any.

    ``page`` says of the arguments which page of the rows is needed, or that they are to
    be counted; ``when`` says for which of them the entry is needed at all (without it,
    its rows are an empty list). Both see no object, so that a statement can be put
    together before there is one.

    ``reads`` names the columns that the field's function reads itself; the objects that
    it makes of the rows say what they read on their own. An ``optional`` need has no
    rows where those objects read none of its columns, or of the columns named there.

    ``otherwise`` is a walk to other keys to start from, where those that are given have
    no rows. Nothing of it is done where they have some.

    ``gathers`` makes one thing of all rows of a node, which the function then gets as
    its only row. It is made once and kept with the build: for what compares one node
    with all others of a release.
    """

    entry: str
    row: type[tuple[Any, ...]]
    at: Place | Callable[[Any], Place] | None = None
    keys: Callable[[Any, Mapping[str, Any]], Sequence[str]] | None = None
    across: Callable[[Snapshot, Any, Mapping[str, Any]], Sequence[str]] | None = None
    page: Callable[[Mapping[str, Any]], Page] | None = None
    when: Callable[[Mapping[str, Any]], bool] = field(default=_always)
    reads: Reads = None
    optional: bool | Collection[str] = False
    otherwise: "Walked | None" = None
    gathers: Callable[[list[Any]], Any] | None = None

    @property
    def nothing(self) -> list[Any] | Apart[Any]:
        """What the function gets where it is not needed."""
        return [] if self.across is None else {}

    def gathered(self, rows: list[Any]) -> list[Any]:
        """Give the rows of a node as the function gets them."""
        return rows if self.gathers is None else [self.gathers(rows)]

    @property
    def is_own(self) -> bool:
        """Whether it starts at the parent object itself."""
        return self.at is None and not self.has_keys

    @property
    def has_keys(self) -> bool:
        """Whether it starts at nodes whose keys are given."""
        return self.keys is not None or self.across is not None

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns of its row."""
        row: Any = self.row
        names: tuple[str, ...] = row._fields
        return names

    def can_be_spared(self, reads: Collection[str]) -> bool:
        """Tell whether it can be done without by objects that read some columns."""
        if self.optional is False:
            return False
        useful = self.fields if self.optional is True else self.optional
        return not any(name in useful for name in reads)

    def starts(
        self, snapshot: Snapshot, parent: Any, arguments: Mapping[str, Any]
    ) -> Sequence[str]:
        """Give the keys of the nodes that it starts from."""
        if self.across is not None:
            return self.across(snapshot, parent, arguments)
        if self.keys is not None:
            return self.keys(parent, arguments)
        if self.at is None:
            return (parent.key,)
        place = self.at(parent) if callable(self.at) else self.at
        return (beside(parent.key, *place),)

    @property
    def is_always(self) -> bool:
        """Whether it is needed whatever the arguments are."""
        return self.when is _always


@dataclass(frozen=True)
class Sought:
    """What a field looks for in the texts of a release.

    ``release`` gives the key of the release's node, and ``asked`` says what of the
    arguments is looked for.
    """

    release: Callable[[Any, Mapping[str, Any]], str]
    asked: Callable[[Mapping[str, Any]], Asked]


@dataclass(frozen=True)
class Column:
    """A field that is one column of its object's row."""

    name: str


@dataclass(frozen=True)
class Computed:
    """A field that is a function of its object alone; ``reads`` is of its row.

    ``passes``: it hands the row on to objects, and so reads what they read.
    ``straight``: of an object that has a row it makes another one, of attributes and
    columns that it passes on without looking at any; so an answer may take them from
    where they are, and the object is not made.
    """

    function: Callable[[Any], Any]
    reads: Reads
    passes: bool = False
    straight: bool = False


@dataclass(frozen=True)
class Followed:
    """A field that is a function of its object, of rows, and of its arguments.

    ``reads`` is what the function and the needs' ``keys`` read of the object's row;
    ``shared`` says that it does not look at the object at all, so that equal rows give
    equal values.
    """

    needs: tuple[Follow, ...]
    function: Callable[..., Any]
    reads: Reads
    shared: bool
    sought: Sought | None = None


def follows(
    *needs: Follow,
    reads: Reads = None,
    shared: bool = False,
    sought: Sought | None = None,
) -> Callable[[Callable[..., Any]], Any]:
    """Make a field of a pure function ``(self, rows, …, *, arguments)``.

    The function's first parameters after ``self`` take the rows of ``needs``, in
    order; its keyword-only parameters are the field's GraphQL arguments. What is
    ``sought`` comes before the rows. See ``Followed`` for ``reads`` and ``shared``.
    """

    def declare(function: Callable[..., Any]) -> Any:
        async def resolve(root: Any, info: Info[Any, Any], **arguments: Any) -> Any:
            context: Context = info.context
            # What is wrong with the request is told first, whatever the store says.
            needed = [need.when(arguments) for need in needs]
            pages = [
                need.page(arguments) if need.page is not None and is_needed else None
                for need, is_needed in zip(needs, needed, strict=True)
            ]
            starts = [
                need.starts(context.snapshot, root, arguments) if is_needed else None
                for need, is_needed in zip(needs, needed, strict=True)
            ]
            found: list[Any] = []
            if sought is not None:
                release = sought.release(root, arguments)
                asked = sought.asked(arguments)
                found.append(await context.search(release, asked))
            found += [
                need.nothing
                if keys is None
                else await _rows(context, root, arguments, need, keys=keys, page=page)
                for need, keys, page in zip(needs, starts, pages, strict=True)
            ]
            return function(root, *found, **arguments)

        look_like(resolve, function)
        return strawberry.field(
            resolver=resolve,
            description=inspect.getdoc(function),
            metadata={DECLARED: Followed(needs, function, reads, shared, sought)},
        )

    return declare


async def _rows(
    context: Context,
    root: Any,
    arguments: Mapping[str, Any],
    need: Follow,
    *,
    keys: Sequence[str],
    page: Page | None,
) -> list[Any] | Apart[Any]:
    """Give the rows of a need for one object, as its function gets them."""

    async def some(own: Sequence[str]) -> list[Any]:
        return await context.fetch(need.entry, need.row, own, page)

    if need.across is not None:
        builds = by_build(keys)
        each = await asyncio.gather(*map(some, builds.values()))
        return dict(zip(builds, map(need.gathered, each), strict=True))
    rows = await some(keys)
    if keys and not rows and need.otherwise is not None:
        rows = await some(await need.otherwise.carry_out(root, context, arguments))
    return need.gathered(rows)


def look_like(
    resolve: Callable[..., Any], function: Callable[..., Any], returns: Any = None
) -> None:
    """Give the resolver the function's arguments, which Strawberry reads.

    With ``returns`` it gives another type than the function.
    """
    signature = inspect.signature(function)
    if returns is not None:
        signature = signature.replace(return_annotation=returns)
    arguments = [p for p in signature.parameters.values() if p.kind is p.KEYWORD_ONLY]
    own = list(inspect.signature(resolve).parameters.values())[:2]
    resolve.__signature__ = signature.replace(parameters=[*own, *arguments])  # type: ignore[attr-defined]
    kept = {"return", *(p.name for p in arguments)}
    annotations = {k: v for k, v in function.__annotations__.items() if k in kept}
    if returns is not None:
        annotations["return"] = returns
    resolve.__annotations__ = {**annotations, "info": Info}
    resolve.__name__ = function.__name__
    resolve.__module__ = function.__module__


def column(name: str, description: str) -> Any:
    """Make a field of one column of the object's row; null without a row."""

    def read(root: Any) -> Any:
        return None if root.row is None else getattr(root.row, name)

    return strawberry.field(
        resolver=read, description=description, metadata={DECLARED: Column(name)}
    )


def computed(
    description: str,
    *,
    reads: Reads = None,
    passes: bool = False,
    straight: bool = False,
) -> Callable[[Callable[..., Any]], Any]:
    """Make a field of a function of the object alone; see ``Computed``."""

    def declare(function: Callable[..., Any]) -> Any:
        return strawberry.field(
            resolver=function,
            description=description,
            metadata={DECLARED: Computed(function, reads, passes, straight)},
        )

    return declare


class Late:
    """The constructor of a type whose module needs the caller's module.

    Nodes point at each other in circles; Strawberry's ``lazy`` breaks the circle for
    the types, and this breaks it for the objects.
    """

    def __init__(self, module: str, name: str) -> None:
        """Name what will be there when the first object is made."""
        self._module = module
        self._name = name

    @cached_property
    def _make(self) -> Callable[..., Any]:
        module = import_module(self._module, __package__)
        found: Callable[..., Any] = getattr(module, self._name)
        return quick(found) if isinstance(found, type) else found

    def __call__(self, *values: Any, **fields: Any) -> Any:
        """Make one."""
        return self._make(*values, **fields)

    def of(self, rows: Iterable[Any]) -> list[Any]:
        """Make one of each row."""
        make = self._make
        return [make(row=row) for row in rows]


def only(rows: Iterable[Any]) -> Any:
    """Give the one row of a relationship that always has exactly one."""
    (row,) = rows
    return row
