"""The first step of an answer: a text becomes a document that may be executed."""

from functools import lru_cache

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    parse,
    validate,
)

_DOCUMENTS = 128
_LONGEST = 8_000
"""What is remembered is bounded: a parsed document takes about 100 times its text."""


class Operations:
    """Parses and validates documents, each text once while it is remembered."""

    def __init__(self, schema: GraphQLSchema) -> None:
        """Validate against ``schema``."""
        self._schema = schema
        self._remembered = lru_cache(maxsize=_DOCUMENTS)(self._document)

    def document(self, text: str) -> tuple[DocumentNode | None, list[GraphQLError]]:
        """Give the document, or None and why it cannot be executed."""
        if len(text) > _LONGEST:
            return self._document(text)
        return self._remembered(text)

    def _document(self, text: str) -> tuple[DocumentNode | None, list[GraphQLError]]:
        try:
            document = parse(text)
        except GraphQLError as error:
            return None, [error]
        wrong = validate(self._schema, document)
        return (None, wrong) if wrong else (document, [])
