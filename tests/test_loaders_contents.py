"""Files that were cut or edited: refused, unless they are named as parts."""

import shutil
from pathlib import Path

import pytest

from workatlas.errors import DataError
from workatlas.loaders.contents import content_of, refuse_other
from workatlas.loaders.layout import layouts
from workatlas.loaders.load import load
from workatlas.loaders.manifest import (
    KnownContent,
    KnownFile,
    KnownSource,
    known_source,
)
from workatlas.loaders.verify import verify
from workatlas.resolvers import Service
from workatlas.stores import open_reader, open_writer

from .answers import NOW, ask
from .loader_places import TABLE, Place, sha

LABELS, LINKS, RATINGS = "full_labelset.tsv", "Tasks to DWAs.txt", "Task Ratings.txt"
UNIX = TABLE.replace(b"\r\n", b"\n")
KNOWN = KnownSource(
    contents={"one.txt": KnownContent(len(UNIX), sha(UNIX))},
    files=(KnownFile("https://example.org/two.txt", sha(b"two\n"), 4),),
    id="onet-9.9",
)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Give a folder for sources, and one for the archive."""
    return Place(tmp_path)


@pytest.mark.parametrize("content", [TABLE, UNIX])
def test_line_ends_make_no_other_file(place: Place, content: bytes) -> None:
    """A whole file passes with either line ends; what is not known passes too."""
    place.put("one.txt", content)
    place.put("two.txt", b"two\n")
    place.put("three.txt", b"three\n")
    refuse_other(place.open(str(place.folder)), KNOWN)


@pytest.mark.parametrize("name", ["one.txt", "two.txt"])
@pytest.mark.parametrize("content", [TABLE[:-5], TABLE + b"3\t4\r\n", b"two"])
def test_another_file_is_refused(place: Place, name: str, content: bytes) -> None:
    """A cut or longer file names itself, what was found and expected, and the step."""
    place.put(name, content)
    source = place.open(str(place.folder))
    with pytest.raises(DataError) as caught:
        refuse_other(source, KNOWN)
    found, wanted = content_of(content), KNOWN.whole()[name]
    assert caught.value.file == name
    assert f"{found.bytes} bytes with sha256 {found.sha256}" in caught.value.what
    assert f"{wanted.bytes} bytes with sha256 {wanted.sha256}" in caught.value.what
    assert f"--partial '{name}'" in caught.value.todo
    refuse_other(source, KNOWN, {name})


def test_invented_files_are_not_the_publishers(place: Place) -> None:
    """What the generator marked may have a known name, and any content."""
    place.put("one.txt", b"invented\n")
    place.put("synthetic.json", b'{"synthetic": true}')
    refuse_other(place.open(str(place.folder)), KNOWN)


@pytest.mark.parametrize("version", ["18.1", "29.2"])
def test_whole_files_of_releases_are_known(shared: Path, version: str) -> None:
    """Every whole file at hand that is loaded is known by what it holds."""
    folder = shared / "onet" / f"db_{version.replace('.', '_')}_text"
    files = {t.file for t in layouts()["onet-text-1"].tables.values()} - {RATINGS}
    there = {name for name in files if (folder / name).exists()}
    whole = known_source(f"onet@{version}").whole()
    assert set(whole) == there
    for name, content in whole.items():
        assert content_of((folder / name).read_bytes()) == content, name


def cut(source: Path, target: Path, name: str) -> str:
    """Copy a folder, with the second half of a file's lines left out."""
    shutil.copytree(source, target)
    lines = (target / name).read_bytes().splitlines(keepends=True)
    (target / name).write_bytes(b"".join(lines[: len(lines) // 2]))
    return str(target)


async def test_cut_labels_are_refused_or_said(shared: Path, tmp_path: Path) -> None:
    """Cut labels are refused; named as a part, all that they touch says so."""
    writer, archive = open_writer(str(tmp_path / "graph")), tmp_path / "archive"
    real = shared / "onet" / "db_29_2_text"
    load(
        writer,
        "onet@29.2",
        archive=archive,
        now=NOW,
        origin=str(real),
        partial=[RATINGS],
    )
    before = writer.snapshot()
    labels = cut(shared / "exposure" / "gpts-are-gpts", tmp_path / "cut", LABELS)
    (tmp_path / "cut" / "automation_gpt4_human_labels.tsv").unlink()
    with pytest.raises(DataError, match="cut or edited"):
        load(writer, "gpts-are-gpts", archive=archive, now=NOW, origin=labels)
    assert writer.snapshot() == before
    load(
        writer,
        "gpts-are-gpts",
        archive=archive,
        now=NOW,
        origin=labels,
        partial=[LABELS],
    )
    service = Service(open_reader(str(tmp_path / "graph")))
    document = """{
      study(id: "gpts-are-gpts") { source { version } files { name coverage url } }
      release { occupations { exposureMissing { reason } caveats { code }
        tasks { exposureMissing { reason } caveats { code } } } } }"""
    data = await ask(service, document)
    assert data["study"]["source"]["version"] is None
    part, whole = data["study"]["files"]
    assert part == {"name": LABELS, "coverage": "PART", "url": None}
    assert whole["coverage"] == "WHOLE"
    occupations = data["release"]["occupations"]
    tasks = [task for occupation in occupations for task in occupation["tasks"]]
    for of, reason in ((occupations, "NOT_RATED_BY_STUDY"), (tasks, "FILE_PART")):
        assert {m["reason"] for one in of for m in one["exposureMissing"]} == {reason}
        assert all({"code": "LABELS_PART"} in one["caveats"] for one in of)
    answer = (await service.answer(document)).as_dict()
    lacking = [source["partialFiles"] for source in answer["extensions"]["sources"]]
    assert lacking == [[LABELS], [RATINGS, LABELS]]
    assert verify(writer, archive).wrong == []


async def test_cut_links_are_refused_or_said(shared: Path, tmp_path: Path) -> None:
    """Cut links of tasks to activities are refused, or named in a page's caveats."""
    folder = cut(shared / "onet" / "db_18_1_text", tmp_path / "cut", LINKS)
    writer, archive = open_writer(str(tmp_path / "graph")), tmp_path / "archive"
    titles = ("Alternate Titles.txt", "Sample of Reported Titles.txt")
    related = "Related Occupations.txt"
    without = [RATINGS, *titles, related, "Emerging Tasks.txt"]
    with pytest.raises(DataError, match="not the file of onet"):
        load(
            writer,
            "onet@18.1",
            archive=archive,
            now=NOW,
            origin=folder,
            without=without,
        )
    assert writer.snapshot().graphs == {}
    load(
        writer,
        "onet@18.1",
        archive=archive,
        now=NOW,
        origin=folder,
        without=without,
        partial=[LINKS],
    )
    service = Service(open_reader(str(tmp_path / "graph")))
    document = """{ occupation(code: "11-1011.00") {
      jobTitles { title } jobTitlesMissing { name coverage } caveats { code }
      relatedOccupations { index } relatedOccupationsMissing { name coverage }
      tasks { caveats { code } } } }"""
    occupation = (await ask(service, document))["occupation"]
    assert occupation["jobTitles"] == []
    assert occupation["jobTitlesMissing"] == [
        {"name": name, "coverage": "ABSENT"} for name in titles
    ]
    assert occupation["relatedOccupations"] == []
    lacking = [{"name": related, "coverage": "ABSENT"}]
    assert occupation["relatedOccupationsMissing"] == lacking
    codes = [caveat["code"] for caveat in occupation["caveats"]]
    absent = ["ESTIMATES", "RATINGS_ABSENT", "ACTIVITIES_PART"]
    of_files = ["TITLES_ABSENT", "RELATED_ABSENT", "EMERGING_ABSENT"]
    assert codes == [*absent, *of_files]
    of_tasks = [[c["code"] for c in task["caveats"]] for task in occupation["tasks"]]
    assert all(codes == absent for codes in of_tasks)
