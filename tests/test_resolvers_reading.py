"""What reading documents leaves behind, and what it takes away."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from graphql import build_schema, parse

from workatlas.resolvers.reading import valid

SCHEMA = build_schema("type Query { a: Int }")


class Ring:
    """Something that only a search for garbage takes away."""

    def __init__(self) -> None:
        """Refer to itself."""
        self.itself = self


@pytest.fixture
def few() -> Iterator[None]:
    """Let older objects be due after two looks at younger ones, and never by itself."""
    before = gc.get_threshold()
    gc.collect()
    gc.set_threshold(1_000_000, 1, 1)
    yield
    gc.set_threshold(*before)


@pytest.mark.parametrize(("age", "documents"), [(0, 1), (1, 3), (2, 60)])
@pytest.mark.usefixtures("few")
def test_garbage_of_any_age_goes_in_the_end(age: int, documents: int) -> None:
    """However many documents come, what became garbage when it was old goes too."""
    ring = Ring()
    seen = weakref.ref(ring)
    for generation in range(age):
        gc.collect(generation)
    del ring
    for number in range(documents):
        assert not valid(SCHEMA, parse(f"{{ a{number}: a }}"))
    assert seen() is None
