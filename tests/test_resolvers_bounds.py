"""What is made of whole releases is kept of a few only, whatever is asked."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from workatlas.loaders.join import join_all
from workatlas.resolvers import Service, searches
from workatlas.search import Index, Text
from workatlas.stores import open_reader

from .any_store import Store
from .mini import release
from .test_schema_aggregates import SMALL, study

ONE, TWO, THREE = RELEASES = ("onet-1.0", "onet-2.0", "onet-3.0")
SEARCH = """query($release: String!) {
  search(query: "fold", release: $release, kinds: [TASK]) { text node { id } } }"""
RANK = f"""query($release: String!) {{
  occupation(code: "{SMALL}", release: $release) {{
    exposure(study: "gpts-are-gpts", rater: "human", measure: "beta") {{
      rank {{ position of }} }} }} }}"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Publish three releases, joined to a study."""
    labels = study(tmp_path)
    versions = [name.removeprefix("onet-") for name in RELEASES]
    joined = [join_all(release(version), [labels]) for version in versions]
    Store(str(tmp_path / "graph")).publish(*joined, labels)
    return tmp_path / "graph"


async def answered(service: Service, document: str, name: str) -> set[str]:
    """Answer about a release as the reference does; name what the store was asked."""
    variables: Mapping[str, Any] = {"release": name}
    found = await service.answer(document, variables)
    assert not found.result.errors
    assert found.executor == "plan"
    assert found.body == (await service.reference(document, variables)).body
    return {name for name, _ in found.statements}


async def test_figures_that_ranks_are_found_among(folder: Path) -> None:
    """Those of the releases used last are there; those of another are read again."""
    reader = open_reader(str(folder))
    service = Service(reader, prepared=2)
    read = [
        "study_inputs" in await answered(service, RANK, name)
        for name in (ONE, TWO, ONE, THREE, ONE, TWO, TWO)
    ]
    assert read == [True, True, False, True, False, True, False]
    await reader.close()


async def test_what_is_kept_of_a_build_outlives_others(
    folder: Path, tmp_path: Path
) -> None:
    """Releases come and go; of one that stays nothing is read a second time."""
    reader = open_reader(str(folder))
    service, store = Service(reader, prepared=2), Store(str(folder))
    assert "study_inputs" in await answered(service, RANK, ONE)
    store.publish(join_all(release("4.0"), [study(tmp_path / "again")]))
    assert "study_inputs" not in await answered(service, RANK, ONE)
    store.publish(removed=(ONE,))
    store.publish(join_all(release("1.0"), [study(tmp_path / "back")]))
    assert "study_inputs" in await answered(service, RANK, "onet-4.0")
    await reader.close()


async def test_indexes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index that made room is made again, and finds the same."""
    reader = open_reader(str(folder))
    service, made = Service(reader, prepared=2), list[int]()

    def counted(texts: Iterable[Text]) -> Index:
        made.append(len(made))
        return Index(texts)

    monkeypatch.setattr(searches, "Index", counted)
    counts: list[int] = []
    for name in (ONE, TWO, ONE, THREE, ONE, TWO, TWO):
        await answered(service, SEARCH, name)
        counts.append(len(made))
    assert counts == [1, 2, 2, 3, 3, 4, 4]
    await reader.close()
