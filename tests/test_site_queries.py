"""A page's query asks for nothing that the page does not use."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import pytest
from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    parse,
)
from typing_extensions import override

from workatlas.server.site import pages
from workatlas.server.site.frame import Frame
from workatlas.server.site.query import NAMES, query_of

from .mini_lacking import lacking
from .site_client import (
    OF_SAMPLE,
    page_of,
    publish,
    store,
    unbuilt,
    visitor_of,
)

__all__ = ["store", "unbuilt"]

pytestmark = pytest.mark.usefixtures("unbuilt")
SMALL = ("/task/1", "/task/2", "/task/4", "/occupation/11-1.00", "/occupation/12-1.00")
FOUND = ("/activity/A", "/activity/A.1.D1", "/search?q=fold", "/search?q=creaser")
Field = tuple[str, str]
"""A field, below the one that it is asked of."""


class Read(dict[str, Any]):
    """An object of an answer that notes which of its fields are read."""

    def __init__(self, of: Mapping[str, Any], name: str, read: set[Field]) -> None:
        """Take over an object, and all that is in it."""
        super().__init__({key: noting(v, key, read) for key, v in of.items()})
        self._name, self._read = name, read

    @override
    def __getitem__(self, key: str) -> Any:
        self._read.add((self._name, key))
        return super().__getitem__(key)

    @override
    def __iter__(self) -> Iterator[str]:
        return super().__iter__()  # So that a copy reads each field by its name.

    @override
    def get(self, key: str, default: Any = None) -> Any:
        self._read.add((self._name, key))
        return super().get(key, default)


def noting(value: Any, name: str, read: set[Field]) -> Any:
    """Have every object in a value note what is read of it."""
    if isinstance(value, dict):
        return Read(cast("dict[str, Any]", value), name, read)
    if isinstance(value, list):
        return [noting(each, name, read) for each in cast("list[Any]", value)]
    return value


def asked(page: str) -> set[Field]:
    """Give the fields that a page's query asks for."""
    definitions = parse(query_of(page)).definitions
    known = {
        d.name.value: d for d in definitions if isinstance(d, FragmentDefinitionNode)
    }

    def below(of: SelectionSetNode | None, name: str) -> Iterator[Field]:
        for each in of.selections if of else ():
            if isinstance(each, FieldNode):
                yield name, each.name.value
                yield from below(each.selection_set, each.name.value)
            elif isinstance(each, FragmentSpreadNode):
                yield from below(known[each.name.value].selection_set, name)
            else:
                assert isinstance(each, InlineFragmentNode)
                yield from below(each.selection_set, name)

    (operation,) = [d for d in definitions if isinstance(d, OperationDefinitionNode)]
    return set(below(operation.selection_set, ""))


def add_what_lacks(page: str, data: Mapping[str, Any]) -> None:
    """Add what no small release has: a study that is silent, many occupations."""
    silent = {
        "reason": "SUPPRESSED",
        "study": {"title": "A study"},
        "measures": ["usage"],
    }
    subject = data.get("workActivity" if page == "activity" else page)
    if subject and "exposureMissing" in subject:
        subject["exposureMissing"].append(silent)
    if page == "activity":
        place = data["workActivity"]["occupationConnection"]["pageInfo"]
        place.update(hasNextPage=True, endCursor="end")


async def test_nothing_is_asked_in_vain(
    store: Path,
    sample_graph: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each field of each query is read by the view, the data or the template."""
    read: dict[str, set[Field]] = {name: set() for name in NAMES}

    def noted(page: str, view: Callable[..., Any]) -> Callable[..., Any]:
        def viewed(data: Mapping[str, Any], frame: Frame) -> Any:
            add_what_lacks(page, data)
            return view(noting(dict(data), "", read[page]), frame)

        return viewed

    views = {page: noted(page, view) for page, view in pages.VIEWS.items()}
    monkeypatch.setattr(pages, "VIEWS", views)
    partial = publish(tmp_path / "graph", lacking("PART"))
    for folder, addresses in (
        (store, (*SMALL, *FOUND)),
        (sample_graph, OF_SAMPLE),
        (partial, SMALL),
    ):
        async with visitor_of(folder) as client:
            for address in addresses:
                await page_of(client, address)
    for page in NAMES:
        assert asked(page) - read[page] == set(), page
