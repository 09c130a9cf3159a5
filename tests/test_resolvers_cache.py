"""Kept answers: never wrong, and never more than there is room for."""

import tracemalloc
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workatlas.resolvers import AnswerCache, AnswerKey, KeptAnswer

JSON = "application/json"


def key(document: str = "{ a }", **other: Any) -> AnswerKey:
    """Make a key that differs from others in what is given."""
    asked: dict[str, Any] = {
        "operation": None,
        "variables": None,
        "media": JSON,
        "graph": "v1",
        **other,
    }
    return AnswerKey.of(document, **asked)


@pytest.mark.parametrize("length", [2, 300, 9_000])
def test_an_answer_takes_no_more_memory_than_is_counted(length: int) -> None:
    """Neither short ones, of which there are many, nor long ones."""
    cache = AnswerCache(10**8)
    tracemalloc.start()
    try:
        for number in range(1000):
            text = orjson.loads(orjson.dumps(f"{{ a }} # {number}"))
            body = orjson.dumps({"data": "a" * length})
            asked = key(text, variables={"number": number})
            cache.put(asked, KeptAnswer.of(body, JSON, 200))
            del text, body, asked
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert 0.5 * cache.size < taken < cache.size


def test_everything_that_an_answer_depends_on_is_in_its_key() -> None:
    """Another document, operation, variable, media type or graph finds nothing."""
    cache = AnswerCache(10_000)
    cache.put(key(), KeptAnswer.of(b"{}", JSON, 200))
    assert cache.get(key()) is not None
    for other in (
        key("{ b }"),
        key(operation="A"),
        key(variables={"x": 1}),
        key(media="text/plain"),
        key(graph="v2"),
        key()._replace(software="0"),
    ):
        assert cache.get(other) is None
    assert (cache.counts.hits, cache.counts.misses) == (1, 6)


def test_all_of_a_key_takes_room() -> None:
    """Document, operation and variables count: none of them fills memory unseen."""
    long = "a" * 1000
    for other in (key(long), key(operation=long), key(variables={"x": long})):
        assert other.size >= key().size + len(long) - len("{ a }")


def test_the_order_of_variables_does_not_matter() -> None:
    """Variables are an object; none are the same as an empty one."""
    one, other = {"x": 1, "y": [2]}, {"y": [2], "x": 1}
    assert key(variables=one) == key(variables=other)
    assert key(variables={}) == key(variables=None)


def test_tags_name_bytes_and_media_type() -> None:
    """Equal answers have equal strong tags; another body or type has another."""
    tag = KeptAnswer.of(b"{}", JSON, 200).etag
    assert tag == KeptAnswer.of(b"{}", JSON, 200).etag
    assert tag.startswith('"')
    assert tag != KeptAnswer.of(b"[]", JSON, 200).etag
    assert tag != KeptAnswer.of(b"{}", "application/graphql-response+json", 200).etag


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 3000), st.booleans()), max_size=60
    )
)
def test_the_limit_holds(steps: list[tuple[int, int, bool]]) -> None:
    """Whatever is put and asked, the size is bounded, and what is found was put."""
    cache, put = AnswerCache(5000), dict[AnswerKey, bytes]()
    for number, size, is_asked in steps:
        this = key(f"{{ a{number} }}")
        if is_asked:
            found = cache.get(this)
            assert found is None or found.body == put[this]
        else:
            put[this] = b"x" * size
            cache.put(this, KeptAnswer.of(put[this], JSON, 200))
        assert 0 <= cache.size <= 5000


def test_the_least_recently_used_makes_room() -> None:
    """Of three answers that do not fit together, the one not asked for goes."""
    cache = AnswerCache(4000)
    for name in "ab":
        cache.put(key(name), KeptAnswer.of(b"x" * 1000, JSON, 200))
    assert cache.get(key("a"))
    cache.put(key("c"), KeptAnswer.of(b"x" * 1000, JSON, 200))
    assert cache.get(key("b")) is None
    assert cache.get(key("a"))
    assert cache.counts.evictions == 1
