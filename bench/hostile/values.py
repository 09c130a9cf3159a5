"""Requests whose values cost much, or are none."""

from collections.abc import Iterator, Mapping
from itertools import cycle, islice
from typing import Any

from .request import Places, body


def hostile_values(places: Places) -> Iterator[tuple[str, list[bytes]]]:
    """Give requests whose values cost much, or are none."""
    tasks = "query($v: [Int!]!) { tasks(taskIds: $v) { statement } }"
    codes = "query($v: [String!]!) { occupations(codes: $v) { title taskCount } }"
    yield (
        "lists in variables",
        [
            body(tasks, v=[*islice(cycle(places.tasks), 12_000)]),
            body(tasks, v=list(range(10_000_000, 10_009_000))),
            body(codes, v=[*islice(cycle(places.codes), 7_000)]),
            body("query($v: [ID!]!) { cite(nodes: $v) { text } }", v=["x/y"] * 12_000),
            body(tasks, v=[None] * 12_000),
            body(tasks, v=["no number"] * 7_000),
        ],
    )
    page = "query($v: Int!) { taskConnection(first: $v) { nodes { id } } }"
    yield "page sizes", [body(page, v=v) for v in (101, 100_000, 2**31 - 1, -1, 2**63)]
    yield (
        "pages in pages",
        [
            body(f"{{ occupationConnection(first: 100) {{ nodes {{ {inner} }} }} }}")
            for inner in (
                (
                    "taskConnection(first: 100) { nodes { relatedConnection(first: 99) "
                    "{ nodes { task { related(first: 100) { task { id } } } } } } }"
                ),
                "tasks { statement related(first: 100) { task { statement } } }",
                "related(first: 100) { occupation { related(first: 100) { score } } }",
            )
        ],
    )
    yield from _filters()
    yield from _texts()


def _filters() -> Iterator[tuple[str, list[bytes]]]:
    asked = "query($v: TaskFilter) { taskConnection(filter: $v) { totalCount } }"
    plain = {"minImportance": 3.5}
    inner: Mapping[str, Any] = plain
    towers: list[Mapping[str, Any]] = []
    for level in range(1, 301):
        inner = {"not": inner} if level % 2 else {"any": [inner, plain]}
        if level in {10, 30, 100, 300}:
            towers.append(inner)
    yield "deep filters", [body(asked, v=tower) for tower in towers]
    yield (
        "wide filters",
        [
            body(
                asked, v={kind: [{"majorGroup": f"{n % 90:02}"} for n in range(count)]}
            )
            for kind in ("any", "all")
            for count in (100, 3000)
        ],
    )
    plain_text = "{not: {relatedTask: 1}}, "
    yield (
        "filters as text",
        [
            body(
                f"{{ taskConnection(filter: {{any: [{plain_text * count}]}}) "
                "{ totalCount } }"
            )
            for count in (50, 3000)
        ],
    )


def _texts() -> Iterator[tuple[str, list[bytes]]]:
    asked = "query($v: String!) { search(query: $v, first: 100) { text reason } }"
    yield (
        "texts to search",
        [
            body(asked, v=text)
            for text in (
                "plan " * 15_000,
                " ".join(f"w{n}" for n in range(10_000)),
                "x" * 80_000,
                "(a+)+$" * 3_000,
                '" OR (' * 3_000,
                "\0\u202e\ufeff" * 3_000,
                "\u0301" * 20_000,
                "e" * 900 + " " + "e" * 900,
                "a b c d e f g h i j k l m n o p q r s t u v w x y z",
            )
        ],
    )
    cursor = "query($v: String) { taskConnection(after: $v) { nodes { id } } }"
    yield (
        "cursors",
        [
            body(cursor, v=text)
            for text in (
                "",
                "=" * 50_000,
                "A" * 90_000,
                "é" * 9_000,
                "AAAAAFtbW1tb" * 6000,
            )
        ],
    )
    number = "query($v: Int!) { task(taskId: $v) { id } }"
    yield (
        "odd values",
        [body(number, v=v) for v in (True, 1.5, "1", None, [], {}, 2**40, -(2**63))],
    )
    raw = '{"query": "{ graph { version } }", "variables": %s}'
    yield (
        "JSON that is none",
        [
            (raw % text).encode()
            for text in (
                '{"v": ' + "[" * 40_000,
                '{"v": ' + "[" * 1000 + "]" * 1000 + "}",
                '{"v": ' + "9" * 90_000 + "}",
                '{"v": 1e400}',
                '{"v": NaN}',
                '{"v": "\\ud800"}',
                "[]",
                '"x"',
                "{" + ",".join(f'"v{n}": 1' for n in range(7000)) + "}",
            )
        ]
        + [b"", b"[" * 90_000, b"null", b"{}", b"\xff\xfe{}", b'{"query": "\\ud800"}'],
    )
