"""What a document says of itself before its schema is looked at."""

from typing import Any

from graphql import DocumentNode, FragmentDefinitionNode
from graphql.language import DirectiveNode, VariableNode, Visitor, visit


def fragments(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    """Give the fragments of a document by name; of a name twice, the last."""
    return {
        each.name.value: each
        for each in document.definitions
        if isinstance(each, FragmentDefinitionNode)
    }


def directives(document: DocumentNode) -> list[DirectiveNode]:
    """Give every directive of a document."""
    finder = _Directives()
    visit(document, finder)
    return finder.found


def choices(document: DocumentNode) -> tuple[str, ...]:
    """Give the variables in @skip and @include, by name."""
    values = [
        argument.value
        for directive in directives(document)
        for argument in directive.arguments or ()
    ]
    return tuple(sorted({v.name.value for v in values if isinstance(v, VariableNode)}))


class _Directives(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[DirectiveNode] = []

    def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
        """Note one."""
        self.found.append(node)
