"""The first step of an answer: a text becomes a document that may be executed."""

from functools import lru_cache

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
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
