"""What a document may ask for, and the refusal of one that asks for more.

Counts are of an operation with its fragments put in wherever they are spread. Each
fragment is counted once and its counts are added up, so that the work is linear in the
document however often they double.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from workatlas.errors import LimitError
from workatlas.limits import Limits

from .syntax import directives, fragments

_NESTED = 100
"""How many braces may stand within each other, those of fragments counted as well."""


def refused(name: str, what: str, most: int, todo: str = "") -> GraphQLError:
    """Say that a limit is passed, as an error of an answer."""
    error = LimitError(
        name, what, most=most, todo=todo or "Ask for it in several requests."
    )
    return GraphQLError(error.what, original_error=error)


def too_deep(most: int) -> GraphQLError:
    """Say that a document is nested deeper than is allowed."""
    return refused(
        "depth",
        f"The document is nested deeper than {most} fields.",
        most,
        "Ask for what is deep down by its identifier.",
    )


class _Size(NamedTuple):
    """What a selection adds up to, all fragments put in."""

    fields: int = 0
    aliases: int = 0
    depth: int = 0

    def beside(self, other: "_Size") -> "_Size":
        """Add what stands beside it."""
        return _Size(
            self.fields + other.fields,
            self.aliases + other.aliases,
            max(self.depth, other.depth),
        )


def check(document: DocumentNode, limits: Limits) -> list[GraphQLError]:
    """Give the first limit that a document passes, if it passes one.

    It need not be valid: what it names may not be there, and fragments may go round in
    circles. That is for validation to tell.
    """
    return list(islice(_Check(document, limits).errors(), 1))


class _Check:
    """One document, looked at once."""

    def __init__(self, document: DocumentNode, limits: Limits) -> None:
        self._document = document
        self._limits = limits
        self._fragments = fragments(document)
        # None while a fragment is being counted: to meet it again is a circle.
        self._sizes: dict[str, _Size | None] = {}
        self._is_circular = False

    def errors(self) -> Iterator[GraphQLError]:
        """Give what is passed, the cheapest to find out first."""
        limits = self._limits
        yield from self._over("definitions", len(self._document.definitions))
        operations = [
            each
            for each in self._document.definitions
            if isinstance(each, OperationDefinitionNode)
        ]
        variables = (len(each.variable_definitions or ()) for each in operations)
        yield from self._over("variables", max(variables, default=0))
        yield from self._over("directives", len(directives(self._document)))
        try:
            sizes = [self._selected(each.selection_set, 0) for each in operations]
            sizes += [self._spread(name, 0) for name in self._fragments]
        except RecursionError:
            sizes = [_Size(depth=limits.depth + 1)]
        total = _Size()
        for size in sizes:
            total = _Size(*map(max, total, size))
        if total.depth > limits.depth:
            yield too_deep(limits.depth)
        yield from self._over("fields", total.fields)
        yield from self._over("aliases", total.aliases)
        if not self._is_circular:
            for each in (*operations, *self._fragments.values()):
                yield from self._repeats([each.selection_set])

    def _over(self, name: str, count: int) -> Iterator[GraphQLError]:
        most: int = getattr(self._limits, name)
        if count > most:
            yield refused(name, f"The document has more than {most} {name}.", most)

    def _selected(self, selected: SelectionSetNode | None, nested: int) -> _Size:
        if nested > _NESTED:
            raise RecursionError
        total = _Size()
        for each in () if selected is None else selected.selections:
            if isinstance(each, FieldNode):
                below = self._selected(each.selection_set, nested + 1)
                own = _Size(1, each.alias is not None, 1)
                # What is asked of the schema itself has a bound of its own kind.
                depth = 0 if each.name.value.startswith("__") else below.depth
                below = below._replace(depth=depth)
                size = _Size(*map(int.__add__, own, below))
            elif isinstance(each, InlineFragmentNode):
                size = self._selected(each.selection_set, nested + 1)
            else:
                assert isinstance(each, FragmentSpreadNode)  # noqa: S101 - the third kind
                size = self._spread(each.name.value, nested + 1)
            total = total.beside(size)
        return total

    def _spread(self, name: str, nested: int) -> _Size:
        if name not in self._fragments:
            # Counted: what doubles it would else double without a bound.
            return _Size(fields=1)
        if name in self._sizes:
            found = self._sizes[name]
            self._is_circular |= found is None
            return found or _Size()
        self._sizes[name] = None
        fragment = self._fragments[name]
        found = self._selected(fragment.selection_set, nested)
        if fragment.type_condition.name.value.startswith("__"):
            found = found._replace(depth=0)
        self._sizes[name] = found
        return found

    def _repeats(
        self, merged: Sequence[SelectionSetNode | None]
    ) -> Iterator[GraphQLError]:
        """Give a field that stands too often in one place of the answer.

        Its fields are at most those that are allowed: that was looked at before.
        """
        by_name: defaultdict[str, list[FieldNode]] = defaultdict(list)
        for field in self._fields(merged):
            by_name[(field.alias or field.name).value].append(field)
        for fields in by_name.values():
            costly = [each for each in fields if each.selection_set or each.arguments]
            if len(costly) > self._limits.repeats:
                most = self._limits.repeats
                name = costly[0].name.value
                text = f"The field {name} stands in one place more than {most} times."
                yield refused("repeats", text, most, "Ask for it once.")
            if costly:
                yield from self._repeats([each.selection_set for each in costly])

    def _fields(self, merged: Sequence[SelectionSetNode | None]) -> Iterator[FieldNode]:
        for selected in merged:
            for each in () if selected is None else selected.selections:
                if isinstance(each, FieldNode):
                    yield each
                elif isinstance(each, InlineFragmentNode):
                    yield from self._fields([each.selection_set])
                else:
                    assert isinstance(each, FragmentSpreadNode)  # noqa: S101 - as above
                    known = self._fragments.get(each.name.value)
                    if known is not None:
                        yield from self._fields([known.selection_set])
