"""What clients send by mistake or on purpose: damaged, random, deep and huge."""

import json
from collections.abc import Sequence
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from workatlas.schema.cursor import Cursor, write_cursor

GOLDENS = Path(__file__).parent.parent / "goldens"
VALID: Sequence[str] = [
    path.read_text(encoding="utf-8") for path in sorted(GOLDENS.glob("*.graphql"))
]
"""Documents that mean something, to be damaged."""
_TOKENS = (
    *("{", "}", "(", ")", "[", "]", ":", "!", "=", "$", "@", "...", "|", "&", ","),
    *("query", "mutation", "subscription", "fragment", "on", "true", "null", "#", '"'),
    *("task", "tasks", "taskId", "occupation", "first", "filter", "all", "__typename"),
    *("__schema", "types", "fields", "skip", "if", "$v", "Int", "-1", "0", "1e999"),
    *("9" * 400, "-" + "9" * 20, "1.5e-400", '"""', "\\", "\\u{110000}", '"\\uD800"'),
    *("\0", "\ufeff", "\u202e", "é", "😀", "\n", " ", "\u2028"),
)
_LISTED = (
    "tasks by task id, ascending",
    "tasks by importance, descending",
    "tasks by statement, ascending",
    "occupations by code, ascending",
    "emerging tasks by line",
)
_NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
_LEAVES = st.none() | st.booleans() | _NUMBERS | st.text(max_size=20)
VALUES: SearchStrategy[object] = st.recursive(
    _LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner)
    ),
    max_leaves=20,
)
"""Any value that JSON can have."""


def soups() -> SearchStrategy[str]:
    """Give tokens in any order."""
    return st.lists(st.sampled_from(_TOKENS), max_size=60).map(" ".join)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Give a valid document with some pieces taken out, doubled or put in."""
    text = draw(st.sampled_from(VALID))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        to = min(len(text), at + draw(st.integers(0, 12)))
        put = draw(st.sampled_from(("", text[at:to] * 2, *_TOKENS)))
        text = text[:at] + put + text[to:]
    return text


@st.composite
def deep(draw: st.DrawFn) -> str:
    """Give something that nests, up to thousands of levels."""
    levels = draw(st.sampled_from((3, 11, 13, 100, 1000, 5000)))
    opened, inner, closed = draw(
        st.sampled_from(
            (
                ("{ task(taskId: 1) ", "{ id }", "}"),
                ("{ release { ", "id", "} }"),
                ("{ ... on Query ", "{ graph { version } }", "}"),
                ("{ tasks(taskIds: [", "1", "]) { id } }"),
                ("[", "1", "]"),
                ("{ a: ", "1", "}"),
                ("{ taskConnection(filter: {not: ", "{}", "}) { totalCount } }"),
            )
        )
    )
    return opened * levels + inner + closed * levels


def documents() -> SearchStrategy[str]:
    """Give documents of every bad kind."""
    return st.text(max_size=200) | soups() | damaged() | deep()


@st.composite
def cursors(draw: st.DrawFn) -> str:
    """Give cursors that were changed, or made by somebody who knows how."""
    value = draw(_NUMBERS | st.text(max_size=10))
    tie = draw(st.integers() | st.text(max_size=10))
    try:
        text = write_cursor(Cursor(draw(st.sampled_from(_LISTED)), value, tie))
    except TypeError:  # a number that no JSON of ours holds
        return str(value)
    at = draw(st.integers(0, len(text)))
    return draw(st.sampled_from((text, text[:at], text[:at] + "A" + text[at:], "é")))


@st.composite
def bodies(draw: st.DrawFn) -> bytes:
    """Give bodies that are no request, or nearly one."""
    if draw(st.booleans()):
        return draw(st.binary(max_size=200))
    names = ("query", "variables", "operationName", "extensions", "other")
    whole = draw(st.dictionaries(st.sampled_from(names), VALUES))
    text = json.dumps(whole).encode()
    at = draw(st.integers(0, len(text)))
    return draw(st.sampled_from((text, text[:at], text[:at] + b"\xff" + text[at:])))
