"""Whether the sides answer the same: none is compared that does not."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

from queries import Question
from sides import LIBRARY_NAME, Side, post

SAMPLE = 5
NAMES = ("statement", "standardError")
"""Fields that both shapes have, under one name and in the same places."""


def check(question: Question, sides: Sequence[Side], chosen: Sequence[Any]) -> None:
    """Compare the answers of the sides for some things asked for.

    WorkAtlas and the plain server give the same data; ``@neo4j/graphql`` has a shape of
    its own, of which the statements and standard errors are compared where it does
    not limit lists before they are made distinct and ranked.

    Raises:
        RuntimeError: they differ.

    """
    for one in chosen[:SAMPLE]:
        answers = {
            side.name: post(side.port, side.ask(question, one)) for side in sides
        }
        first = next(iter(answers.values()))["data"]
        for name, answer in answers.items():
            theirs = name == LIBRARY_NAME
            same = (
                _alike(question, first, answer) if theirs else answer["data"] == first
            )
            if answer.get("errors") or not same:
                raise RuntimeError(f"{name} answers {question.name} of {one} otherwise")


def _alike(question: Question, ours: Any, theirs: dict[str, Any]) -> bool:
    if question.name.startswith("related"):
        return bool(theirs["data"]["tasks"])
    return all(set(_each(ours, n)) == set(_each(theirs["data"], n)) for n in NAMES)


def _each(value: Any, name: str) -> Iterator[Any]:
    """Give each value of a field that is there, wherever it is."""
    if isinstance(value, list):
        for one in cast("list[Any]", value):
            yield from _each(one, name)
    elif isinstance(value, dict):
        for key, one in cast("dict[str, Any]", value).items():
            if key == name and one is not None:
                yield one
            else:
                yield from _each(one, name)
