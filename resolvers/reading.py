"""How a text becomes a document: parsed and validated, and nothing is left over.

graphql-core links each token to the one before it as well, and what validates keeps
methods of its own: cycles, which go only when Python looks for garbage. In many
different documents they were 50,000 objects a second, and while those were taken away
every request waited, for 25 to 70 ms.
"""

import gc

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    Source,
    Token,
    parse,
    validate,
)
from graphql.language.lexer import Lexer
from graphql.language.parser import Parser
from typing_extensions import override

from workatlas.limits import Limits

from .limits import refused, too_deep

_COMMENTS = 1000
_ABORTED = "Parsing aborted."
"""How graphql-core ends what it says of a text that passes one of its bounds."""
_ERRORS = 10
"""How many errors of a document are told."""
_RARELY = 10
"""How much more rarely than Python would all objects are looked through: 50 ms each."""


def parsed(text: str, limits: Limits | None) -> DocumentNode:
    """Parse a text, but no further than the limits go.

    Raises:
        GraphQLError: it is no document, or passes a limit; then its cause is a
            LimitError.

    """
    if limits is None:
        return parse(text, allow_empty_selection_sets=False)
    if len(text.encode(errors="replace")) > limits.document_bytes:
        most = limits.document_bytes
        raise refused(
            "document_bytes", f"The document is larger than {most:,} bytes.", most
        )
    source = Source(text)
    parser = Parser(
        source,
        lexer=_Lexer(source),
        max_lexical_tokens=limits.tokens,
        max_comments=_COMMENTS,
        allow_empty_selection_sets=False,
    )
    try:
        return parser.parse_document()
    except RecursionError:
        refusal = too_deep(limits.depth)
    except GraphQLSyntaxError as error:
        if _ABORTED not in error.message:
            raise
        most = limits.tokens
        what = f"The document has more than {most:,} tokens, or {_COMMENTS:,} comments."
        refusal = refused("tokens", what, most)
    # Not raised above: its context would keep all that was read.
    raise refusal


class _Lexer(Lexer):
    """Gives tokens that know the next one, and not the one before."""

    @override
    def lookahead(self) -> Token:
        last = super().lookahead()
        token: Token | None = last
        while token:
            before, token.prev = token.prev, None
            token = before
        return last


def valid(schema: GraphQLSchema, document: DocumentNode) -> list[GraphQLError]:
    """Validate a document by all rules of the specification; give what is wrong."""
    wrong = validate(
        schema,
        document,
        max_errors=_ERRORS,
        hide_suggestions=True,
        allow_empty_selection_sets=False,
    )
    _sweep()
    return wrong


def _sweep() -> None:
    """Take away what was left over: of the young objects, and of older ones in turn.

    Python looks through older ones when it looks by itself, and it does not look while
    young ones are looked through here again and again.
    """
    _, young, old = gc.get_count()
    _, most_young, most_old = gc.get_threshold()
    if young <= most_young:
        gc.collect(0)
    elif old <= most_old * _RARELY:
        gc.collect(1)
    else:
        gc.collect()
