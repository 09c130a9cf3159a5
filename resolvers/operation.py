"""The first step of an answer: a text becomes a document that may be executed."""

from functools import lru_cache

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    parse,
    validate,
)

_DOCUMENTS = 1024


class Operations:
    """Parses and validates documents, each text once while it is remembered."""

    def __init__(self, schema: GraphQLSchema) -> None:
        """Validate against ``schema``."""
        self._schema = schema
        self.document = lru_cache(maxsize=_DOCUMENTS)(self._document)

    def _document(self, text: str) -> tuple[DocumentNode | None, list[GraphQLError]]:
        """Give the document, or None and why it cannot be executed."""
        try:
            document = parse(text)
        except GraphQLError as error:
            return None, [error]
        wrong = validate(self._schema, document)
        return (None, wrong) if wrong else (document, [])


def operation_kind(document: DocumentNode, name: str | None) -> str | None:
    """Give ``query``, ``mutation`` or ``subscription``; None if no operation is meant.

    ``name`` may be left out where the document has one operation only.
    """
    operations = [
        node
        for node in document.definitions
        if isinstance(node, OperationDefinitionNode)
        and (name is None or (node.name and node.name.value == name))
    ]
    return operations[0].operation.value if len(operations) == 1 else None
