"""The variables that decide which fields are skipped or included."""

from typing import Any

from graphql import DocumentNode
from graphql.language import DirectiveNode, VariableNode, Visitor, visit


def choices(parsed: DocumentNode) -> tuple[str, ...]:
    """Give the variables in @skip and @include, by name."""
    finder = _Choices()
    visit(parsed, finder)
    return tuple(sorted(finder.names))


class _Choices(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
        """Note the variables of a directive."""
        values = [argument.value for argument in node.arguments or ()]
        self.names |= {v.name.value for v in values if isinstance(v, VariableNode)}
