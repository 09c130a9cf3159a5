"""What pages need and the store does not have, made ready before the first one."""

from collections.abc import Mapping
from typing import Any

from workatlas.resolvers import Service

from .query import query_of
from .render import make_ready

_READ: Mapping[str, Any] = {"accessed": "2026-01-01"}
SAMPLES: Mapping[str, Mapping[str, Any]] = {
    "task": {"taskId": 1, **_READ},
    "occupation": {"code": "", **_READ},
    "activity": {"elementId": "", "within": "", **_READ},
    "search": {"query": ""},
}
"""Variables that the query of each page can have; a plan is the same for all."""


def warm(service: Service) -> None:
    """Plan the pages' queries and compile their templates: about 0.1 s in all.

    The store is not asked: it may be away when a server starts.
    """
    for page, variables in SAMPLES.items():
        service.prepare(query_of(page), variables)
    make_ready()
