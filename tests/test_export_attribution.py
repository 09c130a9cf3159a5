"""The attributions of an export: the texts that the service gives."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from workatlas.loaders.export import export_graph
from workatlas.loaders.export.dcat import dcat
from workatlas.loaders.export.description import ATTRIBUTION, About, Description
from workatlas.resolvers import Service
from workatlas.stores import Writer, open_reader, open_writer

from . import mini
from .answers import ask
from .exported import RELEASE, SAMPLE, STUDY, export, filled
from .mini_labels import occupation, read_labels, task

__all__ = ["export", "filled"]

SOURCE = """id title publisher licence { name url } requiredAttribution
  synthetic publications { title doi arxiv }"""
DOCUMENT = f"""{{
  releases {{ source {{ {SOURCE} }} }}
  studies {{ source {{ {SOURCE} }} }}
}}"""


async def sources(address: str) -> list[dict[str, Any]]:
    """Ask the service what to cite."""
    data = await ask(Service(open_reader(address)), DOCUMENT)
    return [work["source"] for side in data.values() for work in side]


def section(folder: Path, name: str) -> str:
    """Give what is said of a work."""
    text = (folder / "ATTRIBUTION.txt").read_text(encoding="utf-8")
    [found] = [s for s in text.split("\n\n== ") if s.split()[0] == name]
    return found


async def test_every_work_is_attributed(filled: Writer, export: Path) -> None:
    """Licence, required sentence and title are those of the service's answers."""
    for work in await sources(filled.address):
        text = section(export, work["id"])
        assert f"\nTitle: {work['title']}\n" in text
        assert f"\nPublisher: {work['publisher']}\n" in text
        licence = work["licence"]
        assert f"\nLicence: {licence['name']} {licence['url']}\n" in text
        assert f"\nAttribution: {work['requiredAttribution']}\n" in text
        assert text.startswith(f"{work['id']} (invented)\n")
        assert "[Data set; licence Apache-2.0]" in text
    assert "\nIn: gpts-are-gpts, onet-9.9, onet-sample\n" in section(export, STUDY)
    assert f"\nIn: {SAMPLE}\n" in section(export, SAMPLE)
    assert f"\nIn: {RELEASE}\n" in section(export, RELEASE)


async def test_of_real_works(real_store: Path, tmp_path: Path) -> None:
    """A study's article and preprint are cited beside its data; nothing is invented."""
    out = tmp_path / "out"
    export_graph(open_writer(str(real_store)), out, formats=["parquet"])
    for work in await sources(str(real_store)):
        text = section(out, work["id"])
        assert work["requiredAttribution"] in text
        assert work["licence"]["url"] in text
        assert "(invented)" not in text
        for publication in work["publications"]:
            assert publication["title"] in text
            assert (publication["doi"] or publication["arxiv"]) in text


def test_works_of_several_licences_have_no_one_licence(tmp_path: Path) -> None:
    """A catalog then leads to the page with that of each; real works are cited."""
    study = About.of(read_labels(tmp_path, [task(1)], [occupation("11-1.00")])).sources
    release = About.of(mini.release()).sources
    manifest: Any = SimpleNamespace(graphs=[], version="v", published_version="v")
    alone = Description(manifest, [], {"study": About(study, "")})
    assert "Invented" not in alone.text
    both = Description(manifest, [], {"both": About([*study, *release], "")})
    assert "Invented" in both.text
    for described, page in ((alone, study[0].licence.url), (both, ATTRIBUTION)):
        catalog, *_ = dcat(described)["@graph"]
        assert str(page) in str(catalog["dct:license"])
