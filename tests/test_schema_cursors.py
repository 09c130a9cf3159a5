"""Cursors: one goes on where it was given, and only there."""

from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any
from zlib import crc32

import orjson
import pytest

from workatlas.schema.cursor import Cursor, write_cursor

from .answers import ask, errors, serve
from .mini import release

PAGE = """query ($first: Int! = 20, $after: String) {
  taskConnection(first: $first, after: $after) {
    nodes { taskId } pageInfo { endCursor } } }"""


def forged(held: Any) -> str:
    """Give a text with a right checksum that is no cursor of ours."""
    body = orjson.dumps(held)
    return urlsafe_b64encode(crc32(body).to_bytes(4) + body).decode().rstrip("=")


LISTED = "tasks by task id, ascending"
CURSORS = {
    "": "cut or changed",
    "no cursor": "cut or changed",
    "é": "cut or changed",
    write_cursor(Cursor("occupations by code, ascending", "a", "a")): "is of occ",
    write_cursor(Cursor("tasks by importance, ascending", 1, 1)): "and not of tasks by",
    write_cursor(Cursor(LISTED, 1, 1))[:-1]: "cut or changed",
    forged([LISTED, None, 1]): "cut or changed",
    forged([LISTED, 1, 2**60]): "cut or changed",
    forged([LISTED, 1]): "cut or changed",
    forged({"a": 1}): "cut or changed",
}


@pytest.mark.parametrize(("after", "why"), CURSORS.items(), ids=range(len(CURSORS)))
async def test_wrong_cursors_are_refused(tmp_path: Path, after: str, why: str) -> None:
    """A damaged cursor is told from one of another list or order."""
    answer = await serve(tmp_path, release()).answer(PAGE, {"after": after})
    assert errors(answer) == [(["taskConnection"], "USAGE")]
    assert why in answer.as_dict()["errors"][0]["message"]


async def test_cursors_survive_new_data(tmp_path: Path) -> None:
    """One that was given before a load goes on after it."""
    old = serve(tmp_path, release())
    after = (await ask(old, PAGE, first=2))["taskConnection"]["pageInfo"]["endCursor"]
    new = serve(tmp_path, release("2.0", published="2026-01"))
    page = (await ask(new, PAGE, after=after))["taskConnection"]
    assert [task["taskId"] for task in page["nodes"]] == [3, 4, 5]
