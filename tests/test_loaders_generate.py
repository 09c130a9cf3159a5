"""The generator: its arguments, where it writes, and that it repeats itself."""

import json
import re
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest

from workatlas.errors import UsageError
from workatlas.loaders.generate import FOLDERS, generate
from workatlas.loaders.generate import release as release_module
from workatlas.loaders.generate.vocabulary import vocabulary

from .generated import contents, labels, small, text

__all__ = ["small"]


def test_the_same_arguments_give_the_same_bytes(
    small: dict[str, Path], tmp_path: Path
) -> None:
    """Again is identical; another seed gives another release of the same size."""
    again, other = tmp_path / "again", tmp_path / "other"
    generate(again, occupations=30, tasks=400, seed=7)
    assert contents(again) == contents(small["onet-text-1"])
    generate(other, occupations=30, tasks=400, seed=8)
    name = "Task Statements"
    assert text(other, name).height == 400
    assert not text(other, name).equals(text(again, name))


def test_everything_says_that_it_is_invented(small: dict[str, Path]) -> None:
    """Release and labels carry the marker; the read-me says so and names no release."""
    for layout, folder in small.items():
        facts = {
            "synthetic": True,
            "seed": 7,
            "occupations": 30,
            "tasks": 400,
            "layout": layout,
            "generator": 4,
        }
        for place in (folder, *(folder / name for name in FOLDERS.values())):
            assert json.loads((place / "synthetic.json").read_bytes()) == facts
        read_me = (folder / "Read Me.txt").read_text()
        assert "Everything in these files was invented" in read_me
        assert f"--tasks 400 --seed 7 --layout {layout}" in read_me
        assert not re.match(r"O\*NET \S+ Database", read_me)


def test_the_report_says_what_was_written(tmp_path: Path) -> None:
    """Places, arguments and rows of each file, as plain values and as lines."""
    out = tmp_path / "out"
    report = generate(out, occupations=3, tasks=30, seed=2)
    facts = report.as_dict()
    assert json.loads(json.dumps(facts)) == facts
    rows = {file["name"]: file["rows"] for file in facts["files"]}
    assert rows["Task Statements.txt"] == text(out, "Task Statements").height == 30
    assert rows["Task Ratings.txt"] == text(out, "Task Ratings").height
    studies = {study["id"]: study for study in facts["studies"]}
    assert {name: study["out"] for name, study in studies.items()} == {
        name: str(out / folder) for name, folder in FOLDERS.items()
    }
    exposure = {f["name"]: f["rows"] for f in studies["gpts-are-gpts"]["files"]}
    assert exposure["full_labelset.tsv"] == labels(out / "exposure").height
    lines = report.lines()
    assert lines[0] == f"{out}: an invented release (onet-text-1, seed 2)"
    assert "  Task Statements.txt: 30 rows" in lines
    assert f"{out / 'aioe'}: invented ratings in the form of aioe" in lines


@pytest.mark.parametrize(
    ("sizes", "where"),
    [
        ({"occupations": 0}, "--occupations"),
        ({"occupations": 2501}, "--occupations"),
        ({"occupations": 10, "tasks": 9}, "--tasks"),
        ({"occupations": 10, "tasks": 1001}, "--tasks"),
        ({"layout": "onet-text-9"}, "--layout"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    tmp_path: Path, sizes: dict[str, int], where: str
) -> None:
    """Sizes out of bounds and unknown layouts: an error says what would do."""
    with pytest.raises(UsageError, match=r"cannot be generated|no layout") as caught:
        generate(tmp_path / "out", **sizes)  # type: ignore[arg-type]
    assert caught.value.where == where
    assert re.search(r"from \S+ .*to|Take one of onet-text-1", caught.value.todo)
    assert not (tmp_path / "out").exists()


def test_the_vocabulary_suffices_for_the_largest_size() -> None:
    """Nothing stands twice; there are titles and letters for every size allowed."""
    words = vocabulary()
    verbs = [
        (verb, kind)
        for gwa in words.activities
        for kind, some in gwa.verbs.items()
        for verb in some
    ]
    assert len(verbs) == len(set(verbs)) >= 332
    for kind in words.kinds:
        nouns = [noun for field in words.fields for noun in field.nouns[kind]]
        assert len(nouns) == len(set(nouns))
    titles = [
        f"{specialty} {role}"
        for field in words.fields
        for specialty in field.specialties
        for role in field.roles
    ]
    assert len(titles) == len(set(titles))
    fewest = min(len(f.specialties) * len(f.roles) for f in words.fields)
    assert fewest * len(words.fields) >= 2500 + len(words.fields)
    assert max(sum(map(len, gwa.verbs.values())) for gwa in words.activities) <= 26


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_nothing_is_overwritten(tmp_path: Path, name: str) -> None:
    """A file, a folder with something in it or a zip that is there is refused."""
    out = tmp_path / name
    out.write_text("mine")
    with pytest.raises(UsageError, match="something already"):
        generate(out, occupations=1, tasks=1)
    assert out.read_text() == "mine"
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "mine").touch()
    with pytest.raises(UsageError, match="something already"):
        generate(folder, occupations=1, tasks=1)
    assert [path.name for path in folder.iterdir()] == ["mine"]


@pytest.mark.parametrize("folder", FOLDERS.values())
def test_the_studies_of_a_zip_overwrite_nothing(tmp_path: Path, folder: str) -> None:
    """The zips beside it are looked at before anything is written."""
    (tmp_path / f"out-{folder}.zip").touch()
    with pytest.raises(UsageError) as caught:
        generate(tmp_path / "out.zip", occupations=1, tasks=1)
    assert caught.value.where.endswith(f"out-{folder}.zip")
    assert not (tmp_path / "out.zip").exists()


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    """A folder that is there and empty is taken; folders on the way are made."""
    (tmp_path / "empty").mkdir()
    for out in (tmp_path / "empty", tmp_path / "on" / "the" / "way"):
        report = generate(out, occupations=1, tasks=1)
        assert report.out == str(out)
        assert {path.name for path in out.iterdir()} >= {
            "Task Ratings.txt",
            *FOLDERS.values(),
        }
    assert {path.name for path in tmp_path.iterdir()} == {"empty", "on"}


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_what_is_broken_off_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Ctrl-C while files are written leaves the folder as it was."""

    def stop(path: Path, files: dict[str, bytes], **_: object) -> None:
        path.write_bytes(next(iter(files.values())))
        raise KeyboardInterrupt

    monkeypatch.setattr(release_module, "write_folder", stop)
    monkeypatch.setattr(release_module, "write_zip", stop)
    with pytest.raises(KeyboardInterrupt):
        generate(tmp_path / name, occupations=1, tasks=1)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """The system's refusal becomes an error with the place and what to do."""
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot be written") as caught:
        generate(tmp_path / "file" / "out", occupations=1, tasks=1)
    assert caught.value.where == str(tmp_path / "file" / "out")


def test_a_zip_holds_the_same_files(small: dict[str, Path], tmp_path: Path) -> None:
    """A zip has the release, those beside it studies; from 30.3 on it nests files."""
    for layout, folder in small.items():
        out = tmp_path / f"{layout}.zip"
        generate(out, occupations=30, tasks=400, seed=7, layout=layout)
        inside = f"{layout}/" if layout == "onet-text-2" else ""
        found: dict[str, bytes] = {}
        for path, prefix in (
            (out, ""),
            *((tmp_path / f"{layout}-{n}.zip", f"{n}/") for n in FOLDERS.values()),
        ):
            with ZipFile(path) as archive:
                for member in archive.infolist():
                    assert member.date_time == (1980, 1, 1, 0, 0, 0)
                    assert member.compress_type == ZIP_STORED
                    name = member.filename
                    if not prefix:
                        assert name.startswith(inside)
                    found[prefix + name.removeprefix(inside)] = archive.read(member)
        assert found == contents(folder)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    (tmp_path / "again").mkdir()
    generate(tmp_path / "again" / "onet-text-1.zip", occupations=30, tasks=400, seed=7)
    again = contents(tmp_path / "again")
    assert again == {name: before[name] for name in again}
