"""What a client asks, read from a body or an address and found to be well-formed."""

import re
from collections.abc import Iterable
from email.message import Message
from itertools import chain
from typing import Any, NamedTuple, cast
from urllib.parse import parse_qsl

import orjson
from starlette.requests import Request

from .documents import Documents, identifier_of, is_identifier
from .limits import BODY, JSON_DEPTH, JSON_NUMBER
from .replies import JSON, IllFormed, Refusal, UnknownDocument

HOW = f'POST {{"query": "..."}} as {JSON}'
_NAMES = ("query", "documentId", "operationName", "variables", "extensions")
_LONGEST_TYPE = 200
_PARAMETERS = 100
# As many digits as the largest number has, or an exponent; also within texts, where it
# costs no more than a closer look.
_LARGE = re.compile(rb"[0-9]{16}|[0-9][eE]")
_NUMBERS = (int, float)
_NESTING = (dict, list)


class Asked(NamedTuple):
    """What a client asks: a document, its variables, which operation, and its plan.

    ``cost``: it asks what the operation costs, beside its answer.
    """

    document: str
    variables: dict[str, Any] | None
    operation: str | None
    explain: bool = False
    cost: bool = False


async def asked_in_body(request: Request, documents: Documents) -> Asked:
    """Read a POST.

    Raises:
        Refusal: the body is no JSON in UTF-8, too large, or no request of GraphQL.

    """
    declared = request.headers.get("Content-Type", "none/none")
    kind = Message()
    kind["Content-Type"] = declared[:_LONGEST_TYPE]
    if kind.get_content_type() != JSON or len(declared) > _LONGEST_TYPE:
        raise Refusal(415, f"The body must be {JSON}.", HOW)
    if kind.get_content_charset("utf-8") != "utf-8":
        raise Refusal(415, "The body must be in UTF-8.", HOW)
    parsed = _parsed(await _limited_body(request), "The body")
    if not isinstance(parsed, dict):
        raise IllFormed("The body is no JSON object.", HOW)
    return _asked(cast("dict[str, Any]", parsed), documents)


def asked_in_url(request: Request, documents: Documents) -> Asked:
    """Read a GET, whose parameters have the names of a body's members.

    Raises:
        Refusal: they cannot be read, or are no request of GraphQL.

    """
    given: dict[str, Any] = dict(url_parameters(request))
    for name in ("variables", "extensions"):
        given[name] = _parsed(given.get(name) or "null", name)
    given["operationName"] = given.get("operationName") or None
    return _asked(given, documents)


def url_parameters(request: Request) -> dict[str, str]:
    """Give those parameters of the address that GraphQL over HTTP has.

    Raises:
        Refusal: they are no UTF-8, too many, or one stands twice.

    """
    query = bytes(request.scope["query_string"]).decode("latin-1")
    try:
        given = parse_qsl(
            query,
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_PARAMETERS,
        )
    except ValueError as error:
        what = f"The address is no UTF-8, or has more than {_PARAMETERS} parameters."
        raise Refusal(400, what, HOW) from error
    known = [(name, value) for name, value in given if name in _NAMES]
    if len(dict(known)) < len(known):
        raise IllFormed("A parameter stands twice in the address.", "Say it once.")
    return dict(known)


async def _limited_body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY:
            raise Refusal(
                413,
                f"The body is larger than {BODY:,} bytes.",
                "Ask for less at once, or move values into fewer variables.",
            )
    return bytes(body)


def _parsed(text: bytes | str, what: str) -> Any:
    try:
        parsed = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise Refusal(400, f"{what} cannot be read as JSON ({place}).", HOW) from error
    raw = text.encode() if isinstance(text, str) else text
    if raw.count(b"[") + raw.count(b"{") > JSON_DEPTH or _LARGE.search(raw):
        _check_sound(parsed, what)
    return parsed


def _check_sound(parsed: Any, what: str) -> None:
    """Refuse what is nested too deep, or has numbers that other programs get wrong."""
    level, depth = [parsed], 0
    while level:
        if depth > JSON_DEPTH:
            text = f"{what} is nested deeper than {JSON_DEPTH} levels."
            raise Refusal(400, text, "Nest less deep.")
        # Infinity and the like are no JSON, and have been refused.
        if any(abs(n) > JSON_NUMBER for n in level if type(n) in _NUMBERS):
            text = f"{what} has a number beyond {JSON_NUMBER:,}."
            raise Refusal(400, text, "Send large numbers as texts.")
        level = list(chain.from_iterable(map(_within, filter(_nests, level))))
        depth += 1


def _nests(value: Any) -> bool:
    return type(value) in _NESTING


def _within(value: Any) -> Iterable[Any]:
    if type(value) is dict:
        return cast("dict[str, Any]", value).values()
    return cast("list[Any]", value)


def _asked(given: dict[str, Any], documents: Documents) -> Asked:
    variables, operation = given.get("variables"), given.get("operationName")
    extensions = given.get("extensions")
    if not isinstance(variables, dict | None):
        raise IllFormed("variables must be an object.", HOW)
    if not isinstance(operation, str | None):
        raise IllFormed("operationName must be a text.", HOW)
    if not isinstance(extensions, dict | None):
        raise IllFormed("extensions must be an object.", HOW)
    wished = cast("dict[str, Any]", extensions or {})
    identifier = _identifier(given.get("documentId"), wished.get("persistedQuery"))
    document = _document(given.get("query"), identifier, documents)
    return Asked(
        document,
        cast("dict[str, Any] | None", variables),
        operation,
        wished.get("plan") is True,
        wished.get("cost") is True,
    )


def _identifier(own: Any, persisted: Any) -> str | None:
    """Give the identifier of the document, as the draft has it or as Apollo does."""
    if not isinstance(persisted, dict | None):
        raise IllFormed("persistedQuery must be an object.", HOW)
    other = cast("dict[str, Any]", persisted or {}).get("sha256Hash")
    if own is None and persisted is None:
        return None
    identifier = own if own is not None else f"sha256:{other}"
    if not isinstance(identifier, str) or not is_identifier(identifier):
        what = "A document is named by sha256: and 64 lower-case hexadecimal digits."
        raise IllFormed(what, "Hash the document's text in UTF-8.")
    if persisted is not None and identifier != f"sha256:{other}":
        raise IllFormed("Two different documents are named.", "Name one.")
    return identifier


def _document(query: Any, identifier: str | None, documents: Documents) -> str:
    """Give the document that is sent or named; one that is sent may be registered."""
    if query is None and identifier is not None:
        known = documents.text(identifier)
        if known is None:
            raise UnknownDocument
        return known
    if not isinstance(query, str):
        raise IllFormed("query must be a text.", HOW)
    if identifier is None and documents.are_all:
        return query
    own = identifier_of(query)
    if identifier not in {None, own}:
        what = "The hash is not that of the document."
        raise IllFormed(what, "Hash exactly the text that is sent, in UTF-8.")
    if not documents.may_be_asked(own):
        what = "Only documents that this service lists are answered."
        raise Refusal(403, what, "Ask its operator to list the document.")
    if identifier is not None:
        documents.register(own, query)
    return query
