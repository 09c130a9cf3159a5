"""Documents that cost much to read, to check or to answer."""

from collections.abc import Callable, Iterator, Sequence

from .request import Places


def nested(fields: Sequence[str], depth: int, leaf: str = "id") -> str:
    """Nest fields in each other, in turn."""
    way = [fields[level % len(fields)] for level in range(depth)]
    return "{".join([*way, leaf]) + "}" * depth


def aliases(count: int, field: Callable[[int], str]) -> str:
    """Ask a field under many names."""
    return "{" + " ".join(f"a{n}: {field(n)}" for n in range(count)) + "}"


def doubling(levels: int) -> str:
    """Spread each fragment twice in the one before."""
    parts = [
        f"fragment F{n} on Graph {{ ...F{n + 1} ...F{n + 1} }}" for n in range(levels)
    ]
    last = f"fragment F{levels} on Graph {{ version }}"
    return " ".join(["{ graph { ...F0 } }", *parts, last])


def tangled(count: int) -> str:
    """Spread all later fragments in each."""
    parts = [
        f"fragment F{n} on Graph {{ version "
        + " ".join(f"...F{m}" for m in range(n + 1, count))
        + "}"
        for n in range(count)
    ]
    return " ".join(["{ graph { ...F0 } }", *parts])


def hostile_documents(places: Places) -> Iterator[tuple[str, list[str]]]:
    """Give documents that cost much to read, to check or to answer."""
    task = places.tasks[0]
    start = f"task(taskId: {task})"
    around = ["occupation", "tasks"]
    yield (
        "nested cycles",
        [
            "{" + f"{start}{{" + nested(around, depth) + "}}"
            for depth in (8, 12, 40, 400)
        ],
    )
    yield (
        "1,000 aliases",
        [
            aliases(1000, lambda _: "graph { version }"),
            aliases(1000, lambda n: f"task(taskId: {n}) {{ statement }}"),
            aliases(1000, lambda n: f'search(query: "plan {n}") {{ text }}'),
            aliases(1000, lambda _: "__typename"),
        ],
    )
    yield "fragments that double", [doubling(levels) for levels in (10, 20, 40, 400)]
    yield (
        "fragment cycles",
        [
            "{ graph { ...A } } fragment A on Graph { ...A }",
            "{graph{...A}} fragment A on Graph {...B} fragment B on Graph {...A}",
            tangled(150).replace("...F149", "...F149 ...F0"),
        ],
    )
    yield "fragments in a tangle", [tangled(count) for count in (30, 90, 200)]
    yield (
        "the same field",
        ["{" + "graph { version } " * count + "}" for count in (500, 3000)],
    )
    yield (
        "fields that conflict",
        [
            "{" + "".join(f"task(taskId: {n}) {{ s: {f} }} " for n in range(300)) + "}"
            for f in ("statement", "id")
        ],
    )
    yield (
        "fields that are not there",
        [
            "{" + " ".join(f"taskz{n}" for n in range(1500)) + "}",
            "{ graph {" + " ".join(f"versoin{n}" for n in range(1500)) + "} }",
        ],
    )
    yield "fragments inside", ["{ graph {" + "... {" * 900 + "version" + "}" * 902]
    yield (
        "introspection",
        [
            "{ __schema {" + nested(["types", "fields", "type"], n, "name") + "} }"
            for n in (3, 4, 5, 6, 7, 8, 9, 30)
        ],
    )
    of_type = nested(["ofType"], 60, "name")
    yield (
        "introspected types",
        [
            f"{{ __schema {{ types {{ fields {{ type {{ {of_type} }} }} }} }} }}",
            aliases(
                100, lambda _: "__schema { types { fields { name type { name } } } }"
            ),
            aliases(500, lambda _: '__type(name: "Task") { fields { name } }'),
        ],
    )
    yield (
        "directives",
        [
            "{ graph { version " + "@skip(if: false) " * 3000 + "} }",
            "{ graph { version " + "@nope " * 3000 + "} }",
            "query " + "@nope " * 5000 + "{ graph { version } }",
        ],
    )
    yield (
        "operations and variables",
        [
            " ".join(f"query Q{n} {{ graph {{ version }} }}" for n in range(1500)),
            f"query({' '.join(f'$v{n}: Int' for n in range(3000))}) {{ graph {{id}} }}",
            "query($v: " + "[" * 5000 + "Int" + "]" * 5000 + ") { graph { version } }",
        ],
    )
    yield (
        "damaged syntax",
        [
            "{" * 20_000,
            "{ task(taskId: " + "[" * 30_000,
            '{ search(query: """' + "\\" * 30_000,
            '{ search(query: "' + "x" * 90_000 + '") { text } }',
            "{ task(taskId: " + "9" * 50_000 + ") { id } }",
            "{ task(taskId: 1e" + "9" * 5_000 + ") { id } }",
            "#" * 90_000,
            "{" + "a" * 90_000 + "}",
            "\ufeff" * 20_000 + "{ graph { version } }",
            "{ graph { version } }\0",
            "query { \ud83d\ude00 }",
            "",
            "subscription { graph { version } }",
            "mutation { graph { version } }",
        ],
    )
