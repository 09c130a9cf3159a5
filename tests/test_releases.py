"""Many releases in one graph: any of them, in any order, each on its own."""

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from workatlas.loaders.generate import generate, generate_next
from workatlas.loaders.load import load
from workatlas.loaders.retire import retire
from workatlas.resolvers import Service
from workatlas.schema import executable_schema
from workatlas.stores import Writer, open_reader

from .answers import NOW, ask
from .any_store import Store

STUDY = "gpts-are-gpts"
ONE, TWO, THREE = SOURCES = ("onet@1.0", "onet@2.0", "onet@3.0")
NEWEST = "onet-3.0"
ENTRIES = {
    "task": "task(taskId: 1, release: $r) { statement occupation { code } }",
    "tasks": "tasks(taskIds: [1, 2], release: $r) { statement }",
    "occupation": 'occupation(code: "CODE", release: $r) { title }',
    "occupations": 'occupations(codes: ["CODE"], release: $r) { title }',
    "taskConnection": "taskConnection(release: $r) { nodes { id } }",
    "occupationConnection": "occupationConnection(release: $r) { nodes { id } }",
    "emergingTaskConnection": "emergingTaskConnection(release: $r) { nodes { id } }",
    "workActivity": 'workActivity(elementId: "4.A.1.a.1", release: $r) { title }',
    "search": 'search(query: "plan", release: $r) { text node { id } }',
    "disagreements": f"""disagreements(study: "{STUDY}", between: ["human", "gpt-4"],
      release: $r) {{ matrix {{ count }} }}""",
    "rankCorrelation": f"""rankCorrelation(release: $r,
      first: {{ study: "{STUDY}", rater: "human", measure: "beta" }},
      second: {{ study: "{STUDY}", rater: "gpt-4", measure: "beta" }}) {{
      spearman {{ value }} }}""",
}
"""Each field of the query that takes a release, with something that it gives."""


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write three editions of a small release."""
    folder = tmp_path_factory.mktemp("editions")
    generate(folder / ONE, occupations=5, tasks=40, seed=3)
    generate_next(folder / TWO, after=folder / ONE)
    generate_next(folder / THREE, after=folder / TWO)
    return folder


def loaded(writer: Writer, editions: Path, *sources: str) -> None:
    """Load editions, and the study that rated the first one."""
    for source in sources:
        origin = editions / (f"{ONE}/exposure" if source == STUDY else source)
        archive = editions / "archive"
        load(writer, source, archive=archive, now=NOW, origin=str(origin))


def files(folder: Path) -> dict[str, bytes]:
    """Give the bytes of each graph's file, where the store is a folder."""
    return {path.name: path.read_bytes() for path in folder.glob("graph/graphs/*")}


def test_any_order_gives_the_same_graph(editions: Path, tmp_path: Path) -> None:
    """Whichever of three releases and a study is loaded first, the builds are equal."""
    found: set[str] = set()
    for number, order in enumerate(permutations((ONE, THREE, STUDY))):
        with Store(str(tmp_path / str(number))).writer() as writer:
            loaded(writer, editions, *order)
            found.add(writer.snapshot().version)
    assert len(found) == 1


def test_the_others_stay_as_they_are(
    store: Store, editions: Path, tmp_path: Path
) -> None:
    """One release is added, loaded again and retired: the others keep their builds."""
    with store.writer() as writer:
        loaded(writer, editions, THREE, STUDY, ONE)
        before = dict(writer.snapshot().graphs)
        held = files(tmp_path)
        for _ in range(2):
            loaded(writer, editions, TWO)
            graphs = dict(writer.snapshot().graphs)
            assert graphs.pop("onet-2.0").id == "onet-2.0"
            assert graphs == before
            assert held.items() <= files(tmp_path).items()
        retire(writer, TWO, now=NOW)
        assert writer.snapshot().graphs == before
        assert held.items() <= files(tmp_path).items()


async def test_every_entry_knows_the_latest(editions: Path, tmp_path: Path) -> None:
    """Nothing, `latest` and its name are the newest; no older one answers so."""
    fields = executable_schema().query_type
    assert fields is not None
    taking = {name for name, field in fields.fields.items() if "release" in field.args}
    assert taking == ENTRIES.keys()
    store = Store(str(tmp_path / "graph"))
    with store.writer() as writer:
        loaded(writer, editions, THREE, ONE, STUDY, TWO)
    reader = open_reader(store.address)
    service = Service(reader)
    data = await ask(service, '{ release(id: "latest") { id occupations { code } } }')
    assert data["release"]["id"] == NEWEST
    code = data["release"]["occupations"][0]["code"]
    asked = " ".join(f"{name}: {entry}" for name, entry in ENTRIES.items())
    document = f"query($r: String) {{ {asked.replace('CODE', code)} }}"
    found: list[Any] = [
        await ask(service, document, r=release)
        for release in (None, "latest", NEWEST, "onet-1.0")
    ]
    assert found[0] == found[1] == found[2] != found[3]
    assert all(found[0].values())
    await reader.close()
