"""The pages' addresses: what a request asks for, and the reply."""

import asyncio
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import structlog
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from workatlas.errors import NotFoundError, StoreError, UsageError, WorkAtlasError
from workatlas.resolvers import Answer, AnswerKey, KeptAnswer

from ..backend import Backend
from ..observing import Operation, answered
from ..replies import defect, status_of
from .frame import Frame
from .query import query_of
from .render import rendered
from .sent import HTML, error_page, page_of
from .views import VIEWS

_NUMBER = re.compile(r"[0-9]{1,9}")
LONGEST_SEARCH = 10_000
"""Characters; a page shows them several times, and is kept."""

_log = structlog.stdlib.get_logger("workatlas.pages")


def today() -> str:
    """Give the day on which a page is read, ISO 8601 in UTC: citations name it."""
    return datetime.now(UTC).date().isoformat()


async def task(request: Request) -> Response:
    """Give the page about a task, by its number."""
    name: str = request.path_params["name"]
    if not _NUMBER.fullmatch(name):
        todo = "Tasks have numbers, as in `/task/392`: search for words of it instead."
        return await _failed(request, NotFoundError(f"{name} is no task.", todo=todo))
    asked = {"taskId": int(name), **_read_at(request, f"task/{int(name)}")}
    return await _page(request, "task", asked)


async def occupation(request: Request) -> Response:
    """Give the page about an occupation, by its code."""
    code: str = request.path_params["name"]
    asked = {"code": code, **_read_at(request, f"occupation/{quote(code, safe='')}")}
    return await _page(request, "occupation", asked)


async def activity(request: Request) -> Response:
    """Give the page about a work activity, by its identifier."""
    name: str = request.path_params["name"]
    after = request.query_params.get("after")
    read_at = _read_at(request, f"activity/{quote(name, safe='')}")
    asked = {"elementId": name, "within": name, "after": after, **read_at}
    return await _page(request, "activity", asked)


async def search(request: Request) -> Response:
    """Give the page with what a search finds; with nothing but the form without one."""
    typed = request.query_params.get("q", "")
    if len(typed) > LONGEST_SEARCH:
        what = f"A search may have {LONGEST_SEARCH:,} characters, not {len(typed):,}."
        return await _failed(request, UsageError(what, todo="Search for fewer words."))
    return await _page(request, "search", {"query": typed})


def _read_at(request: Request, place: str) -> dict[str, str]:
    """Give what a citation of the page has to say: when and where it was read."""
    backend: Backend = request.app.state.backend
    base = backend.public_url or str(request.base_url)
    return {"accessed": today(), "url": f"{base.rstrip('/')}/{place}"}


async def _page(request: Request, name: str, asked: Mapping[str, Any]) -> Response:
    backend: Backend = request.app.state.backend
    pinned = request.query_params.get("release") or None
    try:
        snapshot = await backend.reader.snapshot()
        release = snapshot.release(pinned).id
    except WorkAtlasError as error:
        request.app.state.metrics.refused(error.code)
        return await _failed(request, error)
    variables = _of_release(asked, release)
    document = query_of(name)
    # The chosen release stands where the operation's name does: links stay with it.
    # Nothing else of the address is on a page but what the variables have of it.
    key = AnswerKey.of(document, pinned, variables, HTML, snapshot.version)
    kept = backend.answers.get(key)
    if kept is None:
        operation = Operation(document, variables)
        answer = await answered(request, operation, trusted=True)
        told = answer.as_dict()
        if "errors" in told:
            return await _told(request, answer, told["errors"][0])
        elsewhere = _own_address(request, asked, told["data"])
        if elsewhere is not None:
            return elsewhere
        frame = Frame.of(request, name, variables, pinned)
        # It takes many milliseconds, in which others are answered too.
        page = await asyncio.to_thread(_written, name, frame, told["data"])
        kept = KeptAnswer.of(page, HTML, 200)
        backend.answers.put(key._replace(graph=answer.version), kept)
    return page_of(request, kept, backend.cache_control)


def _own_address(
    request: Request, asked: Mapping[str, Any], data: Mapping[str, Any]
) -> Response | None:
    """Lead to an activity's own page, where another release's identifier found it."""
    if "elementId" not in asked:
        return None
    own: str = data["workActivity"]["elementId"]
    if own == asked["elementId"]:
        return None
    query = f"?{request.url.query}" if request.url.query else ""
    # Another release may be the newest tomorrow.
    headers = {"Cache-Control": "no-store"}
    return RedirectResponse(f"./{quote(own, safe='')}{query}", 307, headers)


def _written(name: str, frame: Frame, data: Any) -> bytes:
    return rendered(name, frame, VIEWS[name](data, frame))


def _of_release(asked: Mapping[str, Any], release: str) -> dict[str, Any]:
    """Name the release in the variables, and in the address that is cited."""
    variables = {**asked, "release": release}
    if "url" in asked:
        variables["url"] = f"{asked['url']}?release={release}"
    return variables


async def _told(request: Request, answer: Answer, error: Mapping[str, Any]) -> Response:
    """Give the page of an error that an answer has: no page is shown without a part."""
    for cause in answer.unexpected:
        _log.error("unexpected", exc_info=cause)
    if answer.unexpected:
        return await _failed(request, defect(request.state.request_id))
    extensions: Mapping[str, str] = error["extensions"]
    status = status_of(extensions["code"])
    return await error_page(request, status, error["message"], extensions.get("todo"))


async def _failed(request: Request, error: WorkAtlasError) -> Response:
    if isinstance(error, StoreError):
        _log.warning("refused", **error.as_json())
    return await error_page(request, status_of(error.code), error.what, error.todo)
