"""The query of each page: a file of its own, and the fragments that it names."""

from functools import cache
from pathlib import Path

from graphql import DocumentNode, FragmentSpreadNode, Visitor, parse, print_ast, visit
from graphql.language import FragmentDefinitionNode

FOLDER = Path(__file__).parent / "queries"
NAMES = ("task", "occupation", "activity", "search")
_SHARED = "fragments"


@cache
def query_of(page: str) -> str:
    """Give the whole query of a page, as it is sent and as it is shown."""
    text = _read(page)
    known = {
        f.name.value: f
        for f in parse(_read(_SHARED)).definitions
        if isinstance(f, FragmentDefinitionNode)
    }
    parts, named = [text.rstrip()], _spread(parse(text))
    for name in named:  # It grows while fragments name others.
        parts.append(print_ast(known[name]))
        named += [n for n in _spread(known[name]) if n not in named]
    return "\n\n".join(parts) + "\n"


def _read(name: str) -> str:
    return (FOLDER / f"{name}.graphql").read_text(encoding="utf-8")


def _spread(of: DocumentNode | FragmentDefinitionNode) -> list[str]:
    finder = _Spreads()
    visit(of, finder)
    return list(dict.fromkeys(finder.names))


class _Spreads(Visitor):
    """Finds the names of fragments that are used."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: object) -> None:
        self.names.append(node.name.value)
