"""Status codes of GraphQL over HTTP: the established ones, or those of the draft."""

from graphql import GraphQLError, OperationType, get_operation_ast, parse
from starlette.exceptions import HTTPException

from workatlas.limits import Limits
from workatlas.resolvers import Answer

from .replies import GRAPHQL, JSON, IllFormed, UnknownDocument

_TOKENS = Limits().tokens
"""A longer document is left to the service: the schema has queries only."""


def status_of_answer(answer: Answer, media: str, *, draft: bool) -> int:
    """Give the status of an answer, which the draft has to tell more."""
    if not answer.is_request_error:
        partial = draft and media == GRAPHQL and answer.has_errors
        return 294 if partial else 200
    if draft:
        return 400 if answer.is_syntax_error else 422
    return 400 if media == GRAPHQL else 200


def status_of_refusal(error: HTTPException, media: str, *, draft: bool) -> int:
    """Give the status of a request that was no well-formed one."""
    if draft and isinstance(error, IllFormed):
        return 422
    if not draft and isinstance(error, UnknownDocument) and media == JSON:
        # To an established client it is an answer like any other, which it reads.
        return 200
    return error.status_code


def sent_as(media: str, status: int, *, draft: bool) -> str:
    """Give the media type that is sent: in the draft errors are always GraphQL's."""
    return GRAPHQL if draft and status >= 400 else media  # noqa: PLR2004 - of HTTP


def would_write(document: str, operation: str | None) -> bool:
    """Tell whether an operation is other than a query, which a GET must not ask."""
    if "mutation" not in document and "subscription" not in document:
        return False
    try:
        parsed = parse(document, no_location=True, max_tokens=_TOKENS)
    except GraphQLError:
        return False
    found = get_operation_ast(parsed, operation)
    return found is not None and found.operation is not OperationType.QUERY
