"""Graph files that are damaged: told at once with what to do, never answered from."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from workatlas.errors import StoreError
from workatlas.stores import open_reader
from workatlas.stores.address import check_store
from workatlas.stores.embedded_manifest import MANIFEST

from .any_store import Store
from .faulty import ask, query, started
from .mini import release
from .two_tasks import publish
from .two_tasks import release as small

RELEASE = """query($release: String!) {
  task(taskId: 1, release: $release) { statement } }"""


def cut(whole: bytes) -> bytes:
    """Lose the second half."""
    return whole[: len(whole) // 2]


def flipped(whole: bytes) -> bytes:
    """Change one bit."""
    middle = len(whole) // 2
    return whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]


def empty(_: bytes) -> bytes:
    """Lose everything."""
    return b""


DAMAGES: list[Callable[[bytes], bytes] | None] = [cut, flipped, empty, None]
"""What becomes of the bytes of a file; None is the file's end."""
damages = pytest.mark.parametrize(
    "damage", DAMAGES, ids=["cut", "flipped", "empty", "gone"]
)


def hurt(path: Path, damage: Callable[[bytes], bytes] | None) -> None:
    """Damage a file."""
    whole = path.read_bytes()
    path.unlink()
    if damage is not None:
        path.write_bytes(damage(whole))


def file_of(folder: Path, graph: str) -> Path:
    """Give the file of a graph."""
    (path,) = (folder / "graphs").glob(f"{graph}@*.kgl")
    return path


@damages
async def test_a_damaged_release_is_refused_and_others_go_on(
    tmp_path: Path, damage: Callable[[bytes], bytes] | None
) -> None:
    """Who asks for it is told what to do; another release is answered as ever."""
    publish(tmp_path, release(), small("2.0"))
    hurt(file_of(tmp_path, "onet-2.0"), damage)
    async with started(store=str(tmp_path)) as app:
        refused = await query(app, RELEASE, release="onet-2.0")
        (error,) = json.loads(refused.body)["errors"]
        assert error["extensions"]["code"] == "STORE"
        assert "`workatlas load`" in error["extensions"]["todo"]
        other = json.loads((await query(app, RELEASE, release="onet-1.0")).body)
        assert other["data"]["task"]["statement"]
        assert "errors" not in other


@damages
def test_a_server_does_not_start_over_a_damaged_release(
    tmp_path: Path, damage: Callable[[bytes], bytes] | None
) -> None:
    """It is named, with what to do; once it is retired the others are served."""
    publish(tmp_path, release(), small("2.0"))
    check_store(str(tmp_path))
    hurt(file_of(tmp_path, "onet-2.0"), damage)
    with pytest.raises(StoreError, match=r"those of onet-2\.0\.") as caught:
        check_store(str(tmp_path))
    assert "`workatlas retire`" in caught.value.todo
    publish(tmp_path, removed=("onet-2.0",))
    check_store(str(tmp_path))


@pytest.mark.parametrize("damage", DAMAGES[:3], ids=["cut", "flipped", "empty"])
async def test_a_damaged_list_is_told_by_a_server_that_runs(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    """It is not ready and says why, and so does each answer."""
    publish(tmp_path, release())
    async with started(store=str(tmp_path)) as app:
        assert (await ask(app, "GET", "/readyz")).status == 200
        hurt(tmp_path / MANIFEST, damage)
        ready = await ask(app, "GET", "/readyz")
        assert ready.status == 503
        assert "damaged" in json.loads(ready.body)["reason"]
        reply = await query(app, RELEASE, release="onet-1.0")
        assert (reply.status, reply.codes) == (503, {"STORE"})


def test_serve_tells_of_damage_before_it_takes_a_port(tmp_path: Path) -> None:
    """The command ends with the store's exit code and what to do."""
    publish(tmp_path, release())
    hurt(tmp_path / MANIFEST, flipped)
    done = subprocess.run(
        [sys.executable, "-m", "workatlas", "serve", "--port", "0"],
        env={**os.environ, "WORKATLAS_STORE": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == StoreError.exit_code
    assert done.stdout == ""
    assert "load the sources again" in done.stderr


async def test_no_bit_of_the_list_can_change_unnoticed(tmp_path: Path) -> None:
    """Whichever it is, the list is refused."""
    publish(tmp_path, small())
    path = tmp_path / MANIFEST
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        with pytest.raises(StoreError):
            await open_reader(str(tmp_path)).snapshot()


def test_a_server_of_another_store_sees_to_its_own_files(tmp_path: Path) -> None:
    """An address is not looked at, and a folder that is not there holds no damage."""
    check_store("bolt://127.0.0.1:1")
    check_store(Store(str(tmp_path / "none")).address)
