"""The path of a generated release: invented, laid out, written aside, put in place."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from ..aside import aside, check_free, is_zip, put
from .delimited import Written
from .layouts import find_layout
from .recipe import MARKER, Recipe
from .sizes import Sizes
from .studies import FOLDERS, study_files
from .write import write_folder, write_zip

_READ_ME = """\
WorkAtlas: an invented release
==============================

Everything in these files was invented by the generator of WorkAtlas: occupations,
tasks, activities, ratings and labels. No person was asked, no model labeled anything,
and nothing here says anything about real work. Only the form of the files, the
identifiers of the generalized activities, and the scales with their bounds are those
of O*NET, which has not made, checked or approved this.

Made by: workatlas generate --occupations {occupations} --tasks {tasks} --seed {seed} \
--layout {layout}
"""
_THEN = """\
Then by: workatlas generate --after EDITION --seed {seed} --layout {layout}
"""


@dataclass(frozen=True)
class FileReport:
    """A file that was written, with its rows below the header."""

    name: str
    rows: int


@dataclass(frozen=True)
class StudyReport:
    """The ratings in the form of one study, and where they were written."""

    id: str
    out: str
    files: Sequence[FileReport]


@dataclass(frozen=True)
class GenerationReport:
    """What was generated: the release in ``out``, and studies that rated it."""

    out: str
    layout: str
    seed: int
    occupations: int
    tasks: int
    files: Sequence[FileReport]
    studies: Sequence[StudyReport]

    def as_dict(self) -> dict[str, Any]:
        """Give the report as plain values."""
        return asdict(self)

    def lines(self) -> list[str]:
        """Give the report as lines of text."""
        lines = [f"{self.out}: an invented release ({self.layout}, seed {self.seed})"]
        lines += _lines(self.files)
        for study in self.studies:
            lines += [f"{study.out}: invented ratings in the form of {study.id}"]
            lines += _lines(study.files)
        return lines


def _lines(files: Sequence[FileReport]) -> list[str]:
    return [f"  {file.name}: {file.rows:,} rows" for file in files]


def generate(
    out: Path,
    *,
    occupations: int = 1016,
    tasks: int = 18800,
    seed: int = 1,
    layout: str = "onet-text-1",
) -> GenerationReport:
    """Write an invented release and studies that rated it, all of it or nothing.

    The same arguments give the same bytes on every machine. A folder ``out`` has the
    files of a study in ``out/exposure`` (those of gpts-are-gpts) or in a folder of the
    study's name; ``out.zip`` has them beside it, in ``out-exposure.zip`` and so on.

    Args:
        out: a folder that is empty or not there, or a ``.zip`` that is not there.
        occupations: how many, 1 to 2,500.
        tasks: how many, 1 to 100 for each occupation.
        seed: any whole number; another one gives another release.
        layout: ``onet-text-1`` (text editions 18.1 to 30.2), ``onet-text-2`` (from
            30.3 on) or ``onet-csv-1`` (the CSV edition of 31.0).

    Raises:
        UsageError: sizes or a layout that cannot be meant; ``out`` is taken or cannot
            be written.

    """
    return _write(out, Recipe(Sizes(occupations, tasks), (seed,), layout))


def generate_next(
    out: Path, *, after: Path, seed: int = 1, layout: str | None = None
) -> GenerationReport:
    """Write the edition after an invented release, all of it or nothing.

    Most of it is as it was; some tasks were added, removed, reworded, moved or linked
    otherwise, and some occupations rated anew. Studies rated the first edition, so
    there are none of this one.

    Args:
        out: a folder that is empty or not there, or a ``.zip`` that is not there.
        after: the folder of the edition before it.
        seed: any whole number; another one changes other things.
        layout: as of ``generate``; else that of the edition before it.

    Raises:
        UsageError: ``after`` holds no release that ``generate`` made, an unknown
            layout; ``out`` is taken or cannot be written.

    """
    before = Recipe.of(after)
    seeds = (*before.seeds, seed)
    return _write(out, replace(before, seeds=seeds, layout=layout or before.layout))


def _write(out: Path, recipe: Recipe) -> GenerationReport:
    chosen = find_layout(recipe.layout)
    out = out.resolve()
    is_first = len(recipe.seeds) == 1
    places = {s: _place(out, folder) for s, folder in FOLDERS.items() if is_first}
    for place in (out, *places.values()):
        check_free(place)
    world = recipe.world()
    files = chosen.files(world)
    studies: Mapping[str, Mapping[str, Written]] = (
        study_files(world, recipe.sizes, recipe.seeds[0]) if is_first else {}
    )
    report = GenerationReport(
        out=str(out),
        layout=recipe.layout,
        seed=recipe.seeds[-1],
        occupations=len(world.occupations),
        tasks=len(world.tasks),
        files=_reports(files),
        studies=[
            StudyReport(study, str(places[study]), _reports(own))
            for study, own in studies.items()
        ],
    )
    marker = {MARKER: recipe.marker()}
    release = {"Read Me.txt": _read_me(recipe), **marker, **_contents(files)}
    inside = out.stem if chosen.nested else ""
    rated = {
        places[study]: {**marker, **_contents(own)} for study, own in studies.items()
    }
    _put(out, release, rated, inside)
    return report


def _put(
    out: Path,
    release: Mapping[str, bytes],
    studies: Mapping[Path, Mapping[str, bytes]],
    inside: str,
) -> None:
    with aside(out) as folder:
        if is_zip(out):
            for place, files in studies.items():
                write_zip(folder / place.name, files)
            write_zip(folder / "release", release, inside=inside)
            for place in studies:
                (folder / place.name).rename(place)
        else:
            write_folder(folder / "release", release)
            for place, files in studies.items():
                write_folder(folder / "release" / place.name, files)
        put(folder / "release", out)


def _place(out: Path, folder: str) -> Path:
    if is_zip(out):
        return out.with_name(f"{out.stem}-{folder}{out.suffix}")
    return out / folder


def _contents(files: Mapping[str, Written]) -> dict[str, bytes]:
    return {name: file.content for name, file in files.items()}


def _reports(files: Mapping[str, Written]) -> list[FileReport]:
    return [FileReport(name, file.rows) for name, file in files.items()]


def _read_me(recipe: Recipe) -> bytes:
    first, *others = recipe.seeds
    sizes, layout = asdict(recipe.sizes), recipe.layout
    made = _READ_ME.format(**sizes, seed=first, layout=layout)
    then = (_THEN.format(seed=seed, layout=layout) for seed in others)
    return "".join([made, *then]).encode()
