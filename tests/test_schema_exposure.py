"""What studies say of tasks, over the sample with its invented labels."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from workatlas.errors import UsageError
from workatlas.loaders.load import load
from workatlas.loaders.report import LoadReport
from workatlas.resolvers import Service
from workatlas.stores import open_reader, open_writer

from .answers import NOW, SAMPLE, ask, serve_sample


@pytest.fixture(scope="module")
def service(sample_graph: Path) -> Service:
    """Serve the sample."""
    return serve_sample(sample_graph)


async def tasks(service: Service, fields: str) -> list[Mapping[str, Any]]:
    """Give some fields of every task of the sample."""
    data = await ask(
        service, f"{{ release {{ occupations {{ tasks {{ {fields} }} }} }} }}"
    )
    return [t for o in data["release"]["occupations"] for t in o["tasks"]]


async def test_every_rater_has_every_score(service: Service) -> None:
    """Alpha, beta and gamma follow each rater's own label, published or derived."""
    fields = """exposureRatings { rater { id } measure { id } label score
      provenance { method inputs { column } } }"""
    weights = {"alpha": (1, 0), "beta": (1, 0.5), "gamma": (1, 1)}
    derived = 0
    for task in await tasks(service, fields):
        found = {
            (e["rater"]["id"], e["measure"]["id"]): e for e in task["exposureRatings"]
        }
        labels = {r: e["label"] for (r, m), e in found.items() if m == "exposure"}
        for rater, label in labels.items():
            for measure, (first, second) in weights.items():
                rating = found[rater, measure]
                expected = {"E0": 0, "E1": first, "E2": second}[label]
                assert rating["score"] == expected
                is_derived = rating["provenance"]["method"] is not None
                assert is_derived == (rater != "gpt-4")
                assert len(rating["provenance"]["inputs"]) == is_derived
                derived += is_derived
    assert derived > 100


async def test_labels_of_another_wording_say_so(service: Service) -> None:
    """A reworded task shows the sentence that was rated, any other one does not."""
    fields = "statement exposureRatings { basis ratedStatement }"
    found = await tasks(service, fields)
    ratings = [(t["statement"], e) for t in found for e in t["exposureRatings"]]
    reworded = [(s, e) for s, e in ratings if e["basis"] == "SAME_ID_REWORDED"]
    assert reworded
    assert all(e["ratedStatement"] not in (None, s) for s, e in reworded)
    others = [e for _, e in ratings if e["basis"] == "SAME_ID_SAME_WORDING"]
    assert all(e["ratedStatement"] is None for e in others)


async def test_studies(service: Service) -> None:
    """A study is found by its name and as a node, with raters and measures in order."""
    document = """{
      study(id: "gpts-are-gpts") { id raters { id } measures { id labels } }
      node(id: "gpts-are-gpts") { __typename id } studies { id } }"""
    data = await ask(service, document)
    study = data["study"]
    assert data["node"] == {"__typename": "Study", "id": study["id"]}
    assert {"id": "gpts-are-gpts"} in data["studies"]
    assert [r["id"] for r in study["raters"]] == [
        *("human", "gpt-4", "gpt-4-alt-rubric", "gpt-4-second-run")
    ]
    assert [m["id"] for m in study["measures"]] == [
        "exposure",
        "automation",
        "alpha",
        "beta",
        "gamma",
    ]
    assert study["measures"][0]["labels"] == ["E0", "E1", "E2"]


@pytest.mark.parametrize(
    ("source", "option"),
    [
        ("sample", {"origin": "somewhere"}),
        ("sample", {"without": ["a"]}),
        ("gpts-are-gpts", {"partial": ["a"]}),
        ("gpts-are-gpts", {"without": ["full_labelset.tsv"]}),
    ],
)
def test_options_that_a_source_does_not_take(
    tmp_path: Path, source: str, option: dict[str, Any]
) -> None:
    """Files are excused that there are, of studies none whole; the sample has all."""
    writer = open_writer(str(tmp_path / "graph"))
    with pytest.raises(UsageError):
        load(writer, source, archive=tmp_path / "archive", now=NOW, **option)
    assert writer.snapshot().graphs == {}


async def test_loading_again_changes_nothing(tmp_path: Path) -> None:
    """The order of loads and their number do not matter; equal content is equal."""
    reports: list[LoadReport] = []
    for order in (("sample",), ("sample", "sample")):
        writer = open_writer(str(tmp_path / "-".join(order)))
        for number, source in enumerate(order):
            now = f"2026-01-0{number + 1}T00:00:00Z"
            reports.append(load(writer, source, archive=tmp_path / "a", now=now))
    assert len({report.version for report in reports}) == 1
    assert {g.changed for g in reports[-1].graphs} == {False}
    text = "\n".join(reports[-1].lines())
    assert "nothing changed" in text
    # Reasons that hold for no row are for programs only.
    assert {j.rows > 0 for g in reports[-1].graphs for j in g.joins} == {True, False}
    assert " 0 " not in text
    assert reports[-1].as_dict()["version"] == reports[0].version


async def test_the_order_of_loads_does_not_matter(tmp_path: Path) -> None:
    """A study joins the releases there are, and a release the studies there are."""
    release = ("onet@9.9", str(SAMPLE))
    labels = ("gpts-are-gpts", str(SAMPLE / "exposure"))
    versions: set[str] = set()
    for name, order in (
        ("first", (release, labels)),
        ("second", (labels, release)),
        ("again", (labels, release, labels, release)),
    ):
        writer = open_writer(str(tmp_path / name))
        for source, origin in order:
            archive = tmp_path / "archive"
            load(writer, source, archive=archive, now=NOW, origin=origin)
        versions.add(writer.snapshot().version)
        service = Service(open_reader(str(tmp_path / name)))
        document = "{ release { studies { id } joinCounts { rows } } }"
        data = await ask(service, document)
        assert data["release"]["studies"] == [{"id": "gpts-are-gpts"}]
    assert len(versions) == 1


async def test_invented_and_real_are_never_mixed(tmp_path: Path) -> None:
    """Invented labels do not join a real release, nor replace real labels."""
    real = tmp_path / "real"
    shutil.copytree(SAMPLE, real)
    (real / "synthetic.json").unlink()
    (real / "exposure" / "synthetic.json").unlink()
    (real / "exposure" / "automation_gpt4_human_labels.tsv").unlink()
    writer = open_writer(str(tmp_path / "graph"))
    archive = tmp_path / "archive"
    load(writer, "sample", archive=archive, now=NOW)
    load(writer, "onet@9.9", archive=archive, now=NOW, origin=str(real))
    service = Service(open_reader(str(tmp_path / "graph")))
    document = """{ sample: release(id: "onet-sample") { studies { id } }
      real: release(id: "onet-9.9") { studies { synthetic } } }"""
    data = await ask(service, document)
    assert data["sample"]["studies"]
    assert data["real"]["studies"] == []
    labels = str(real / "exposure")
    files = ("full_labelset.tsv", "occ_level.csv")
    load(
        writer,
        "gpts-are-gpts",
        archive=archive,
        now=NOW,
        origin=labels,
        partial=files,
    )
    data = await ask(service, document)
    assert {"id": "gpts-are-gpts"} not in data["sample"]["studies"]
    assert data["real"]["studies"] == [{"synthetic": False}]
    before = writer.snapshot()
    with pytest.raises(UsageError, match="this one is invented"):
        load(writer, "sample", archive=archive, now=NOW)
    assert writer.snapshot() == before
