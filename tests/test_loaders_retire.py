"""Retiring a release or study: it leaves at once, wherever it was."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from workatlas.errors import NotFoundError, UsageError
from workatlas.loaders.generate import FOLDERS, generate
from workatlas.loaders.join import join_all
from workatlas.loaders.load import load
from workatlas.loaders.needed import refuse_release
from workatlas.loaders.retire import retire
from workatlas.resolvers import Service
from workatlas.server.cli import run
from workatlas.stores import Writer

from .answers import NOW, SAMPLE, ask
from .any_store import Store

STUDY, RELEASE, OTHER = "gpts-are-gpts", "onet-9.9", "onet-sample"
OTHERS = FOLDERS.keys() - {STUDY}
DOCUMENT = """{ releases { id studies { id } joinCounts { rows } }
  studies { id }
  release { occupations { exposureRatings { score } tasks {
    exposureRatings { label } exposureMissing { reason } } } } }"""


def loaded(writer: Writer, folder: Path, *sources: str) -> None:
    """Load the sample's release with its labels, or an invented release."""
    out = folder / "written"
    if not out.exists():
        generate(out, occupations=3, tasks=12, seed=3)
    known = {"onet@sample": SAMPLE, "gpts-are-gpts": SAMPLE / "exposure"}
    for source in sources:
        for name in known if source == "sample" else (source,):
            origin = str(known.get(name, out))
            load(writer, name, archive=folder / "archive", now=NOW, origin=origin)


async def test_a_study_leaves_every_release(store: Store, tmp_path: Path) -> None:
    """A running server answers without it; the releases are as if never joined."""
    async with store.reader() as reader:
        with store.writer() as writer:
            loaded(writer, tmp_path, "sample", "onet@9.9")
            service = Service(reader)
            assert (await ask(service, DOCUMENT))["studies"] == [{"id": STUDY}]
            report = retire(writer, STUDY, now=NOW)
            assert report.retired == STUDY
            assert sorted(report.left) == [RELEASE, OTHER]
            assert report.version == writer.snapshot().version
            assert sorted(writer.snapshot().graphs) == [RELEASE, OTHER]
            data = await ask(service, DOCUMENT)
            assert data["studies"] == []
            for release in data["releases"]:
                assert release["studies"] == release["joinCounts"] == []
            for occupation in data["release"]["occupations"]:
                assert occupation["exposureRatings"] == []
                for task in occupation["tasks"]:
                    assert task == {"exposureRatings": [], "exposureMissing": []}
            alone = writer.snapshot().graphs[RELEASE]
            retire(writer, "onet@9.9", now=NOW)
            loaded(writer, tmp_path, "onet@9.9")
            assert writer.snapshot().graphs[RELEASE] == alone


async def test_a_release_leaves_alone(store: Store, tmp_path: Path) -> None:
    """Other releases and the studies stay as they are, until nothing is left."""
    with store.writer() as writer:
        loaded(writer, tmp_path, "sample", "onet@9.9")
        before = writer.snapshot().graphs
        report = retire(writer, "onet@9.9", now=NOW)
        assert (report.retired, report.left) == (RELEASE, [])
        after = writer.snapshot().graphs
        assert after == {name: before[name] for name in (STUDY, OTHER)}
        retire(writer, STUDY, now=NOW)
        retire(writer, OTHER, now=NOW)
        assert writer.snapshot().graphs == {}


def test_what_a_study_needs_stays(tmp_path: Path) -> None:
    """The last release that it is joined to, and the one that it rated."""
    with Store(str(tmp_path / "graph")).writer() as writer:
        loaded(writer, tmp_path, "sample", "onet@9.9")
        retire(writer, "onet@9.9", now=NOW)
        before = writer.snapshot()
        with pytest.raises(UsageError, match="the last release that") as last:
            retire(writer, "onet@sample", now=NOW)
        assert last.value.todo == f"Retire {STUDY} first, or keep {OTHER}."
        loaded(writer, tmp_path, "onet@9.9")
        study = writer.read(STUDY)
        made = study.nodes["Study"].with_columns(madeOn=pl.lit(RELEASE))
        study = replace(study, nodes={**study.nodes, "Study": made})
        release = join_all(writer.read(RELEASE), [study])
        with pytest.raises(UsageError, match=f"the release that {STUDY} rated"):
            refuse_release(release, [OTHER], "here")
        retire(writer, "onet@sample", now=NOW)
        assert before.graphs[STUDY] == writer.snapshot().graphs[STUDY]


def test_what_is_not_there_is_refused(store: Store, tmp_path: Path) -> None:
    """The error lists what there is, and nothing changes."""
    with store.writer() as writer:
        with pytest.raises(NotFoundError) as empty:
            retire(writer, "onet@9.9", now=NOW)
        assert empty.value.todo == "Name what is there: nothing."
        loaded(writer, tmp_path, "sample")
        before = writer.snapshot()
        with pytest.raises(NotFoundError, match=r"onet@9\.8 is not") as other:
            retire(writer, "onet@9.8", now=NOW)
        assert other.value.todo == f"Name what is there: {STUDY}, {OTHER}."
        assert writer.snapshot() == before


def test_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It tells what left, as text or as JSON, and ends with the code of its error."""
    monkeypatch.setenv("WORKATLAS_STORE", str(tmp_path / "graph"))
    assert run(["retire", "onet@9.9", "--json"]) == NotFoundError.exit_code
    error: dict[str, Any] = json.loads(capsys.readouterr().out)["error"]
    assert error["code"] == "NOT_FOUND"
    assert not (tmp_path / "graph").exists()
    assert run(["load", "sample"]) == 0
    capsys.readouterr()
    assert run(["retire", STUDY]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == [f"{STUDY}: retired", f"{OTHER}: published without it"]
    assert run(["retire", "onet@sample"]) == UsageError.exit_code
    assert f"Retire {', '.join(sorted(OTHERS))} first" in capsys.readouterr().err
    for study in OTHERS:
        assert run(["retire", study]) == 0
    capsys.readouterr()
    assert run(["retire", "onet@sample", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["retired"], report["left"]) == (OTHER, [])
