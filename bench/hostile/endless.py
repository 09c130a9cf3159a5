"""Endless different requests, which fill whatever keeps something."""

import random
from collections.abc import Iterator

from .request import Places, body


def fillers(places: Places) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Give requests of some kinds, no two of them the same."""
    choice = random.Random(1)  # noqa: S311 - the same ones in every run
    yield (
        "documents, all different",
        (
            body(f"{{ a{n}: task(taskId: {choice.choice(places.tasks)}) {{ type }} }}")
            for n in range(10**6)
        ),
    )
    one = "query($id: Int!) { task(taskId: $id) { statement siblings { statement } } }"
    yield (
        "variables, all different",
        (body(one, id=choice.choice(places.tasks)) for _ in range(10**6)),
    )
    yield (
        "long documents",
        (body(f"{{ graph {{ version }} }} #{n}" + "x" * 7900) for n in range(10**6)),
    )
    yield (
        "plans by skipping",
        (
            body(
                f"query({' '.join(f'$v{n}: Boolean!' for n in range(12))}) {{"
                + " ".join(
                    f"r{n}: releases @skip(if: $v{n}) {{ id }}" for n in range(12)
                )
                + "}",
                **{f"v{n}": bool(number >> n & 1) for n in range(12)},
            )
            for number in range(10**6)
        ),
    )
