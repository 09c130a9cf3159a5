"""The answer: data, errors that say what to do, and what the data was made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import NoneType
from typing import Any, Literal

import orjson
from graphql import ExecutionResult, GraphQLError, GraphQLSyntaxError

from workatlas.errors import NotFoundError, UsageError, WorkAtlasError

from .made import Made

_TOLD = ("code", "todo", "help", "limit", "most")
"""What clients are told of an error; where it happened is for the log."""
_LONGEST = 500
"""Characters of a message that quotes what was sent."""
_LASTING = (UsageError, NotFoundError)
_EXPECTED = (WorkAtlasError, GraphQLError, NoneType)


@dataclass(frozen=True)
class Answer:
    """What a request is answered with.

    ``statements`` are the catalogue entries that were run, each with how many keys it
    was given; ``version`` is the graph's; ``plan`` is there if it was asked for, and
    ``made`` if there was one; ``cost`` is 0 where costs are not limited.
    """

    result: ExecutionResult
    sources: Sequence[Mapping[str, Any]]
    version: str
    statements: Sequence[tuple[str, int]]
    executor: Literal["plan", "reference"]
    plan: Mapping[str, Any] | None = None
    cost: int = 0
    made: Made | None = None

    def __post_init__(self) -> None:
        """Let go of the frames that expected errors were raised in.

        They hold the request and its rows, and each other, until Python looks for
        garbage. A defect keeps its own, for the log.
        """
        for error in self.result.errors or ():
            if isinstance(error.original_error, _EXPECTED):
                _forget_frames(error)

    @cached_property
    def body(self) -> bytes:
        """The answer as it is sent, in JSON."""
        return orjson.dumps(self.as_dict())

    @property
    def is_request_error(self) -> bool:
        """Whether the document could not be executed at all, so that data is absent."""
        return self.result.data is None and all(
            error.path is None for error in self.result.errors or ()
        )

    @property
    def is_syntax_error(self) -> bool:
        """Whether the document is none at all."""
        errors = self.result.errors or ()
        return any(isinstance(error, GraphQLSyntaxError) for error in errors)

    @property
    def has_errors(self) -> bool:
        """Whether anything could not be answered."""
        return bool(self.result.errors)

    @property
    def unexpected(self) -> list[BaseException]:
        """The errors that are none of the closed set: defects, to be logged."""
        causes = [error.original_error for error in self.result.errors or ()]
        return [
            cause
            for cause in causes
            if cause is not None
            and not isinstance(cause, WorkAtlasError | GraphQLError)
        ]

    @property
    def reasons(self) -> list[str]:
        """Why something failed, for each error: its limit if it has one, or code."""
        return [_reason(error) for error in self.result.errors or ()]

    @property
    def is_lasting(self) -> bool:
        """Whether the same request would get the same answer as long as the graph is.

        What a store that is away or a defect left out may be there the next time.
        """
        causes = [error.original_error for error in self.result.errors or ()]
        return not any(
            cause is not None and not isinstance(cause, (GraphQLError, *_LASTING))
            for cause in causes
        )

    def as_dict(self) -> dict[str, Any]:
        """Give the answer as GraphQL over HTTP wants it."""
        body: dict[str, Any] = {}
        if not self.is_request_error:
            body["data"] = self.result.data
        if self.result.errors:
            # Fields fail in the order in which the store answers; clients see them
            # in the order of the document.
            ordered = sorted(self.result.errors, key=_place)
            body["errors"] = [format_error(error) for error in ordered]
        extensions: dict[str, Any] = {
            "graph": {"version": self.version},
            "sources": list(self.sources),
        }
        if self.plan is not None:
            extensions["plan"] = self.plan
        body["extensions"] = extensions
        return body


def _forget_frames(error: BaseException | None) -> None:
    while error is not None:
        error.__traceback__ = None
        if isinstance(error, GraphQLError):
            _forget_frames(error.original_error)
        error = error.__cause__ or error.__context__


def _place(
    error: GraphQLError,
) -> tuple[list[tuple[int, int]], list[tuple[bool, str | int]]]:
    places = [(place.line, place.column) for place in error.locations or ()]
    return places, [(isinstance(step, str), step) for step in error.path or ()]


def _reason(error: GraphQLError) -> str:
    cause = error.original_error
    code: str = format_error(error)["extensions"]["code"]
    return getattr(cause, "limit", code)


def format_error(error: GraphQLError) -> dict[str, Any]:
    """Give an error with its code; what was not expected is not shown to clients."""
    formatted: dict[str, Any] = dict(error.formatted)
    cause = error.original_error
    if isinstance(cause, WorkAtlasError):
        known = cause.as_json()
        formatted["message"] = cause.what
        extensions = {key: known[key] for key in _TOLD if key in known}
    elif cause is not None and not isinstance(cause, GraphQLError):
        formatted["message"] = "Something went wrong that should not; it was logged."
        extensions = {"code": "INTERNAL"}
    else:
        formatted["message"] = _shortened(error.message)
        extensions = {
            "code": UsageError.code,
            "todo": "Compare the document and its variables with the schema.",
            "help": UsageError.help,
        }
    formatted["extensions"] = extensions
    return formatted


def _shortened(message: str) -> str:
    return message if len(message) <= _LONGEST else f"{message[:_LONGEST]} ..."
