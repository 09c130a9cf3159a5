"""Objects that are made quickly are the objects that their class makes."""

from typing import Any

import pytest

from workatlas.schema.figure import FrequencyFigure
from workatlas.schema.provenance import Provenance
from workatlas.schema.quick import quick

SOURCE: dict[str, Any] = {
    "key": "r@1/task/1",
    "file_place": ("file", "a"),
    "line": 2,
    "column": None,
}
FIGURE: dict[str, Any] = {
    "task_key": "r@1/task/1",
    "scale_id": "FT",
    "row": None,
    "files": [],
    "value": None,
    "category": 3,
    "label": "Weekly",
}


def test_objects_are_the_same_with_and_without_defaults() -> None:
    """What is left out has the class's default; inherited fields are set too."""
    make = quick(Provenance)
    assert make(**SOURCE) == Provenance(**SOURCE)
    assert make(**SOURCE, rater="human") == Provenance(**SOURCE, rater="human")
    made = quick(FrequencyFigure)(**FIGURE)
    assert type(made) is FrequencyFigure
    assert vars(made) == vars(FrequencyFigure(**FIGURE))


def test_what_the_class_refuses_is_refused() -> None:
    """A field that is missing, unknown or without its name is an error."""
    make: Any = quick(Provenance)
    with pytest.raises(TypeError, match="line"):
        make(key="", file_place=(), column=None)
    with pytest.raises(TypeError, match="lines"):
        make(**SOURCE, lines=2)
    with pytest.raises(TypeError, match="positional"):
        make("", (), 1, None)
