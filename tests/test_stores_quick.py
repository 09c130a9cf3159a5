"""What the embedded store does while the event loop waits, and what in a thread."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .any_store import Store
from .mini import release

TEXT = "UNWIND $keys AS key MATCH (t:Task {key: key}) RETURN key"


async def test_small_and_large_statements(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Known texts are run at once while they are little work, and all are right."""
    monkeypatch.setattr("workatlas.stores.embedded_reader._KNOWN_TEXTS", 1)
    store = Store(str(tmp_path / "graph"))
    graph = store.publish(release()).graphs["onet-1.0"]
    keys = [graph.key("task", number) for number in range(1, 6)]
    async with store.reader() as reader:
        for _ in range(3):
            found = await reader.fetch(graph.prefix, TEXT, {"keys": keys})
            assert [key for (key,) in found] == keys
        many = await reader.fetch(graph.prefix, TEXT, {"keys": keys * 2000})
        assert len(many) == len(keys) * 2000
        other = await reader.fetch(graph.prefix, f"{TEXT}, t.taskId", {"keys": keys})
        assert [number for _, number in other] == [1, 2, 3, 4, 5]


async def test_what_was_too_much_is_left_to_threads_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text that was too much is not tried again and again while others wait."""
    in_threads: list[int] = []

    async def counted(work: Callable[..., Any], *given: Any) -> Any:
        if work.__name__ == "_run":
            in_threads.append(len(given[-2]["keys"]))
        return work(*given)

    monkeypatch.setattr("workatlas.stores.embedded_reader.in_thread", counted)
    monkeypatch.setattr("workatlas.stores.embedded_reader._LEFT_TO_THREADS", 2)
    store = Store(str(tmp_path / "graph"))
    graph = store.publish(release()).graphs["onet-1.0"]
    keys = [graph.key("task", number) for number in range(1, 6)]
    many = keys * 2000
    async with store.reader() as reader:
        for asked in (keys, keys, many, keys, keys, keys, keys):
            found = await reader.fetch(graph.prefix, TEXT, {"keys": asked})
            assert len(found) == len(asked)
    # The first is not known; the large one goes to a thread, and the next two.
    assert in_threads == [len(keys), len(many), len(keys), len(keys)]
