"""Small invented files of studies, laid out as each study's description says."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import openpyxl

from workatlas.loaders.crosswalk import read_crosswalk
from workatlas.loaders.crosswalk_description import crosswalks
from workatlas.loaders.description import RatedFile, describe
from workatlas.loaders.source import Source, open_source
from workatlas.loaders.study import read_study
from workatlas.stores import Subgraph

NOW = "2026-01-02T03:04:05Z"
AIOE, AIOE_FILE = "aioe", "AIOE_DataAppendix.xlsx"
WORKING = "working-with-ai"
ACTIVITIES, SOC, SCORES, WEIGHTS = (
    *("iwa_metrics.csv", "soc_metrics.csv", "soc_ai_applicability_scores.csv"),
    "soc_iwa_weights.csv",
)
ECONOMIC = "economic-index"
CROSSWALK = "onet-soc-2010-to-2019"
MIGRATION = "onet-activities-30-3"
SHARES, KINDS = "task_pct_v2.csv", "automation_vs_augmentation_by_task.csv"

Cells = Mapping[str, str]
Files = Mapping[str, Iterable[Cells]]


def described(study: str, name: str) -> RatedFile:
    """Give how a file is described."""
    return next(file for file in describe(study).files if file.name == name)


def rated(study: str, name: str, /, **cells: str) -> Cells:
    """Make a row of a file: cells by our names or by published ones, scores of 0.25."""
    file = described(study, name)
    scores = {rating.column: "0.25" for rating in file.ratings}
    named = {file.columns.get(column, column): cell for column, cell in cells.items()}
    return {**dict.fromkeys(file.columns.values(), ""), **scores, **named}


def write(folder: Path, study: str, files: Files) -> Path:
    """Write files of a study into a folder, and give the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in files.items():
        file = described(study, name)
        if file.sheet is None:
            _delimited(folder / name, list(rows), file.separator)
        else:
            _workbook(folder / name, file.sheet, list(rows))
    return folder


def _delimited(path: Path, rows: list[Cells], separator: str = ",") -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=separator)
        writer.writeheader()
        writer.writerows(rows)


def _workbook(path: Path, sheet: str, rows: list[Cells]) -> None:
    book = openpyxl.Workbook()
    page = book.create_sheet(sheet)
    page.append(list(rows[0]))
    for row in rows:
        page.append([_cell(cell) for cell in row.values()])
    book.save(path)


def _cell(text: str) -> str | float:
    try:
        return float(text)
    except ValueError:
        return text


def opened(folder: Path) -> Source:
    """Open a folder; its archive is beside it."""
    return open_source(str(folder), archive=folder.parent / "archive", now=NOW)


def read(folder: Path, study: str, files: Files) -> Subgraph:
    """Write files of a study into a folder, and read them."""
    graph = read_study(study, opened(write(folder, study, files)))
    graph.check()
    return graph


def aioe(folder: Path, *codes: str) -> Subgraph:
    """Read scores of occupations of SOC 2010."""
    rows = [rated(AIOE, AIOE_FILE, code=code, heading=f"Of {code}") for code in codes]
    return read(folder, AIOE, {AIOE_FILE: rows})


def working(
    folder: Path,
    activities: Mapping[str, str],
    codes: Iterable[str],
    weights: Mapping[str, Mapping[str, str]] | None = None,
) -> Subgraph:
    """Read ratings of activities, by title, and of occupations of SOC 2018.

    Without ``weights`` each activity weighs 1 in each occupation.
    """
    codes = list(codes)
    each = weights or {code: dict.fromkeys(activities, "1") for code in codes}
    folder.mkdir(parents=True, exist_ok=True)
    _delimited(folder / WEIGHTS, [{"SOC Code": c, **of} for c, of in each.items()])
    rows = [
        rated(WORKING, ACTIVITIES, elementId=element, heading=heading)
        for element, heading in activities.items()
    ]
    of_codes = {
        name: [rated(WORKING, name, code=code, heading=f"Of {code}") for code in codes]
        for name in (SOC, SCORES)
    }
    return read(folder, WORKING, {ACTIVITIES: rows, **of_codes})


def share(statement: str, **cells: str) -> Cells:
    """Make a row of the shares of conversations."""
    return rated(ECONOMIC, SHARES, statement=statement, **cells)


def kinds(statement: str, **cells: str) -> Cells:
    """Make a row of the kinds of interaction, filtered in part."""
    return rated(ECONOMIC, KINDS, statement=statement, **cells)


def hidden(statement: str, **cells: str) -> Cells:
    """Make a row of the kinds of interaction of which all was filtered."""
    rule = described(ECONOMIC, KINDS).suppressed
    assert rule is not None
    placeholders = dict.fromkeys(rule.hides, "0.0")
    return kinds(statement, **{**placeholders, rule.column: "1.0", **cells})


def economic(
    folder: Path, shares: Iterable[Cells], interactions: Iterable[Cells]
) -> Subgraph:
    """Read shares and kinds of conversations by statement."""
    return read(folder, ECONOMIC, {SHARES: shares, KINDS: interactions})


def crosswalk_rows(*pairs: tuple[str, str]) -> list[Cells]:
    """Make lines of the crosswalk: codes of 2010 and what they became."""
    old, old_title, new, new_title = crosswalks()[CROSSWALK].columns.values()
    return [
        {old: one, old_title: f"Was {one}", new: other, new_title: f"Is {other}"}
        for one, other in pairs
    ]


def write_crosswalk(folder: Path, *pairs: tuple[str, str]) -> Path:
    """Write the crosswalk into a folder, and give the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _delimited(folder / crosswalks()[CROSSWALK].file, crosswalk_rows(*pairs))
    return folder


def crossing(folder: Path, *pairs: tuple[str, str]) -> Subgraph:
    """Read a crosswalk of codes of 2010 and what they became."""
    graph = read_crosswalk(CROSSWALK, opened(write_crosswalk(folder, *pairs)))
    graph.check()
    return graph


def migrated(*lines: tuple[str, str, str, str]) -> list[Cells]:
    """Make lines of the migration workbook: an identifier and title, and what became.

    Each is the old identifier, its title, the new one and its title.
    """
    columns = list(crosswalks()[MIGRATION].columns.values())
    return [dict(zip(columns, line, strict=True)) for line in lines]


def write_migration(
    folder: Path, rows: Sequence[Cells], sheet: str | None = None
) -> Path:
    """Write the migration workbook into a folder, and give the folder."""
    known = crosswalks()[MIGRATION]
    folder.mkdir(parents=True, exist_ok=True)
    _workbook(folder / known.file, sheet or known.sheet or "", list(rows))
    return folder


def migrating(folder: Path, *lines: tuple[str, str, str, str]) -> Subgraph:
    """Read a migration workbook of some lines."""
    source = opened(write_migration(folder, migrated(*lines)))
    graph = read_crosswalk(MIGRATION, source)
    graph.check()
    return graph
