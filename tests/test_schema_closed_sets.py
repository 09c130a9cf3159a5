"""Every value that the code knows is a member, and nothing unknown is an empty text."""

from pathlib import Path

from workatlas.loaders.description import describe, described
from workatlas.loaders.layout import layouts
from workatlas.loaders.matches import BASES, UNMATCHED
from workatlas.loaders.study import BLANK
from workatlas.loaders.unrated import SUBJECTS
from workatlas.resolvers import Service
from workatlas.schema.enums import FileContents
from workatlas.schema.study_enums import (
    BASIS_OF_EDGE,
    RATED_ON,
    Basis,
    JoinReason,
    MeasureUnit,
    RatedKind,
)
from workatlas.stores import open_reader

from .answers import ask, serve, serve_sample
from .mini import release
from .mini_labels import occupation, read_labels, task


def test_all_contents_of_files_are_members() -> None:
    """Each table of a layout and each file of a study, and no other, has a member."""
    tables = {name for layout in layouts().values() for name in layout.tables}
    studies = [describe(name) for name in described()]
    rated = {file.contents for study in studies for file in study.files}
    weights = {study.weights.contents for study in studies if study.weights}
    beside = {"crosswalk", "description"}
    assert {member.value for member in FileContents} == (
        tables | rated | weights | beside
    )


def test_all_units_of_measures_are_members() -> None:
    """The studies use each unit, and no other."""
    units = {m.unit for name in described() for m in describe(name).measures}
    assert {member.value for member in MeasureUnit} == units


def test_all_reasons_of_a_join_are_members() -> None:
    """What joins count by, and what is counted beside that, is a member; no other."""
    beside = {f"RELEASE_{name}_NOT_RATED" for name, _ in SUBJECTS.values()}
    assert {member.value for member in JoinReason} == (
        {*BASES.values(), *UNMATCHED, BLANK} | beside
    )


def test_all_bases_are_members() -> None:
    """Each relationship that joins stands for the basis that is counted by."""
    assert {edge: basis.value for edge, basis in BASIS_OF_EDGE.items()} == BASES
    assert {*RATED_ON} == {*Basis}


def test_all_kinds_of_what_is_rated_are_members() -> None:
    """The studies rate each kind, and no other; a row may also be about nothing."""
    files = [file for name in described() for file in describe(name).files]
    kinds = {file.rates for file in files}
    assert {member.value for member in RatedKind} == kinds | {"NOTHING"}


async def test_what_is_not_known_is_null(sample_graph: Path, tmp_path: Path) -> None:
    """No month of an invented study or release, no address, no time of no build."""
    service = serve_sample(sample_graph)
    document = """{ study(id: "gpts-are-gpts") { published venue doi url version
      source { published url publications { id } } } }"""
    study = (await ask(service, document))["study"]
    assert study.pop("source") == {"published": None, "url": None, "publications": []}
    assert set(study.values()) == {None}
    service = serve(tmp_path / "unknown", release(published=""))
    document = "{ release { published source { published } } }"
    unknown = (await ask(service, document))["release"]
    assert unknown == {"published": None, "source": {"published": None}}


async def test_a_study_says_where_its_article_appeared(tmp_path: Path) -> None:
    """Title, month, place and DOI of a study are those of one work, its article."""
    labels = read_labels(tmp_path / "in", [task(1)], [occupation("11-1.00")])
    service = serve(tmp_path / "graph", labels)
    document = """{ study(id: "gpts-are-gpts") { title published venue doi
      source { title doi publications { title published journal doi } } } }"""
    study = (await ask(service, document))["study"]
    data = study["source"]
    article, preprint = data["publications"]
    assert study["venue"] == "Science 384 (6702), 1306-1308"
    same = ("title", "published", "doi")
    assert [study[name] for name in same] == [article[name] for name in same]
    assert (data["doi"], preprint["doi"], preprint["journal"]) == (None, None, None)
    assert len({data["title"], article["title"], preprint["title"]}) == 3


async def test_an_empty_graph_was_never_built(tmp_path: Path) -> None:
    """Where nothing is published there is no time of publication."""
    service = Service(open_reader(str(tmp_path)))
    assert (await ask(service, "{ graph { builtAt } }"))["graph"] == {"builtAt": None}
