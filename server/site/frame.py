"""What is around every page: its links, files, and the query that it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import quote, urlencode

import orjson
from starlette.requests import Request

from .. import ide
from . import static
from .query import query_of


@dataclass(frozen=True)
class Frame:
    """The surroundings of one page.

    Links are relative, because the service may stand below a path of another one:
    ``root`` leads from the page to where it stands. ``script`` is None, and so is
    ``graphiql``, in a build without the IDE. ``pinned`` is the release that the reader
    chose, and ``typed`` what they search for.
    """

    root: str
    pinned: str | None
    typed: str
    style: str
    icon: str
    script: str | None
    graphiql: str | None
    numbers: "count[int]"

    @classmethod
    def of(
        cls,
        request: Request,
        page: str,
        variables: Mapping[str, Any],
        pinned: str | None = None,
    ) -> "Frame":
        """Give the surroundings of a page that is answered by these variables.

        ``pinned`` is a release that is there: links and the form stay with it.
        """
        root = _root(request)
        script = ide.script()
        return cls(
            root=root,
            pinned=pinned,
            typed=request.query_params.get("q", "") if page == "search" else "",
            style=root + static.address("style.css"),
            icon=root + static.address("icon.svg"),
            script=script and root + script,
            graphiql=_graphiql(root, page, variables) if ide.is_built() else None,
            numbers=count(1),
        )

    def link(self, kind: str, name: object, **more: str) -> str:
        """Give the address of another page, of the same release if that was chosen."""
        chosen = {"release": self.pinned} if self.pinned else {}
        asked = urlencode({**chosen, **more})
        place = f"{self.root}{kind}/{quote(str(name), safe='')}"
        return f"{place}?{asked}" if asked else place

    def number(self) -> int:
        """Give a number that nothing else on the page has."""
        return next(self.numbers)


def _root(request: Request) -> str:
    """Lead up from a path as it was sent, in which %2F is no step."""
    above = str(request.scope.get("root_path", "")).count("/")
    return "../" * (bytes(request.scope["raw_path"]).count(b"/") - above - 1)


def _graphiql(root: str, page: str, variables: Mapping[str, Any]) -> str | None:
    if not variables:
        return None
    shown = orjson.dumps(dict(variables), option=orjson.OPT_INDENT_2).decode()
    # As ide/src/share.ts reads it.
    shared = urlencode({"query": query_of(page), "variables": shown})
    return f"{root}ide#{shared}"
