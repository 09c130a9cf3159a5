"""What the embedded store does while the event loop waits, and what in a thread."""

from pathlib import Path

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
