"""The nodes that say what a study is: its terms, files, raters and measures."""

from collections.abc import Collection, Iterable, Mapping

import polars as pl

from workatlas.stores import node_schema

from .build import Nodes
from .description import Invented, Measure, StudyDescription
from .manifest import KnownSource, known_source, manifest
from .source import SourcedFile
from .study_weights import Weights
from .tables import Table


def about(
    study: StudyDescription,
    tables: Mapping[str, Table],
    weights: Iterable[Weights],
    partial: Collection[str],
    *,
    beside: SourcedFile | None,
    synthetic: bool,
) -> Nodes:
    """Make the nodes of a study, its files (``tables`` by name), raters and measures.

    ``partial`` names the files of which only a part is there; ``beside`` is the study's
    own description, if it came with the data. Of invented labels no
    author, version or place of publication is named, and they are under a licence of
    our own.
    """
    read = [(f.contents, tables[f.name]) for f in study.files if f.name in tables]
    read += [(w.file.contents, w.table) for w in weights]
    if synthetic:
        terms = {"authors": "", **invented_facts(study.invented)}
    else:
        terms = _published(study, [table for _, table in read])
    # What is invented is of no classification but its own.
    own = {"taxonomy": None if synthetic else study.taxonomy}
    facts = {**_common(study), **own, **terms}
    licence = {name: facts[name] for name in ("licenceTitle", "licenceUrl")}
    files = [
        {
            **file_facts(study.id, table, what, is_part=table.file.name in partial),
            **licence,
        }
        for what, table in read
    ]
    if beside is not None:
        files.append({**_description_file(study, beside), **licence})
    return {
        "Study": rows_table("Study", [facts]),
        "SourceFile": rows_table("SourceFile", files),
        "Rater": _raters(study, tables),
        "Measure": _measures(study),
    }


def rows_table(label: str, rows: Iterable[Mapping[str, object]]) -> pl.DataFrame:
    """Give a label's table of a few nodes; facts that are not given are null."""
    schema = node_schema(label)
    filled = [{name: row.get(name) for name in schema} for row in rows]
    return pl.DataFrame(filled, schema=schema)


def _published(study: StudyDescription, tables: Iterable[Table]) -> dict[str, object]:
    """Give the facts of the study itself; its heading is that of its first account."""
    version = _version(study, tables)
    accounts = [each for each in (study.article, study.preprint) if each]
    return {
        "synthetic": False,
        "heading": accounts[0].heading if accounts else study.heading,
        "authors": "; ".join(study.authors),
        "published": accounts[0].published if accounts else "",
        **_accounts(study),
        "dataHeading": study.heading,
        "dataPublished": version and version.published,
        "version": version and version.version,
        "madeOn": study.made_on,
        "url": study.url,
        "homepage": study.homepage,
        "publisher": study.publisher,
        "licenceTitle": study.licence_title,
        "licenceUrl": study.licence_url,
        "attribution": study.attribution,
    }


def _accounts(study: StudyDescription) -> dict[str, object]:
    """Give the facts of what describes it: of an article, a preprint, both or none."""
    facts: dict[str, object] = {}
    if study.article:
        facts |= study.article.model_dump(exclude={"heading", "published"})
    if study.preprint:
        facts |= {
            "preprintHeading": study.preprint.heading,
            "preprintPublished": study.preprint.published,
            "arxiv": study.preprint.arxiv,
        }
    return facts


def invented_facts(invented: Invented) -> dict[str, object]:
    """Give the facts of a study or crosswalk that is nobody's."""
    return {
        "synthetic": True,
        "heading": invented.heading,
        "published": "",
        "url": "",
        "homepage": "",
        "publisher": invented.publisher,
        "licenceTitle": invented.licence_title,
        "licenceUrl": invented.licence_url,
        "attribution": invented.attribution,
    }


def _common(study: StudyDescription) -> dict[str, object]:
    return {
        "key": f"study/{study.id}",
        "study": study.id,
        "level": study.level,
        "unlisted": study.unlisted,
        "aggregates": _aggregates(study),
        "aggregation": study.aggregation,
    }


def _aggregates(study: StudyDescription) -> str | None:
    """Give its own codes as text, each with those that it stands for, or None."""
    each = (" ".join((code, *of)) for code, of in study.aggregates.items())
    return "; ".join(each) or None


def told_aggregates(told: str | None) -> dict[str, list[str]]:
    """Give what the text of a Study node's ``aggregates`` says."""
    each = (part.split() for part in (told or "").split("; ") if part)
    return {code: of for code, *of in each}


def _version(study: StudyDescription, tables: Iterable[Table]) -> KnownSource | None:
    """Give the publisher's version if every file is, byte for byte, of that version."""
    if study.id not in manifest():
        return None
    known = known_source(study.id)
    pinned = {file.sha256 for file in known.files}
    same = all(table.file.sha256 in pinned for table in tables)
    return known if same else None


def file_facts(
    owner: str, table: Table, contents: str, *, is_part: bool
) -> dict[str, object]:
    """Give the facts of a file of a study or crosswalk, but for its licence."""
    return {
        "key": f"file/{owner}/{table.file.name}",
        "fileName": table.file.name,
        # The lines of a part are not those of the publisher's file.
        "url": None if is_part else table.file.url,
        "sha256": table.file.sha256,
        "bytes": table.file.bytes,
        "rows": table.frame.height,
        "retrieved": table.file.retrieved,
        "contents": contents,
        "coverage": "PART" if is_part else "WHOLE",
        "nullToken": "",
    }


def _description_file(study: StudyDescription, file: SourcedFile) -> dict[str, object]:
    return {
        "key": f"file/{study.id}/{file.name}",
        "fileName": file.name,
        "url": file.url,
        "sha256": file.sha256,
        "bytes": file.bytes,
        "retrieved": file.retrieved,
        "contents": "description",
        "coverage": "WHOLE",
    }


def _raters(study: StudyDescription, read: Collection[str]) -> pl.DataFrame:
    """Give the raters of the files that were read."""
    ratings = (r for file in study.files if file.name in read for r in file.ratings)
    used = {rating.rater for rating in ratings}
    return rows_table(
        "Rater",
        (
            {
                "key": f"rater/{study.id}/{rater.id}",
                "rater": rater.id,
                "heading": rater.heading,
                "kind": rater.kind,
                "description": rater.description,
                "position": position,
            }
            for position, rater in enumerate(study.raters, start=1)
            if rater.id in used
        ),
    )


def _measures(study: StudyDescription) -> pl.DataFrame:
    return rows_table(
        "Measure",
        (
            {
                "key": f"measure/{study.id}/{measure.id}",
                "measure": measure.id,
                "heading": measure.heading,
                "description": _description(measure),
                "unit": measure.unit,
                "minimum": measure.minimum,
                "maximum": measure.maximum,
                "formula": measure.formula,
                "direction": measure.direction,
                "labels": " ".join(measure.names) or None,
                "labelOrder": " ".join(measure.order) or None,
                "rates": " ".join(_rated(study, measure)),
                "notMeaning": _not_meaning(measure),
                "position": position,
            }
            for position, measure in enumerate(study.measures, start=1)
        ),
    )


def _rated(study: StudyDescription, measure: Measure) -> list[str]:
    """Give the kinds of what has the measure, each once, in the order of the files."""
    kinds = (
        file.rates
        for file in study.files
        if any(rating.measure == measure.id for rating in file.ratings)
    )
    return list(dict.fromkeys(kinds))


def _description(measure: Measure) -> str:
    """Give the description with the meaning of each label that has one."""
    meanings = (f"{x.name}: {x.meaning}" for x in measure.labels if x.meaning)
    return " ".join([measure.description, *meanings])


def _not_meaning(measure: Measure) -> str:
    each = (label.not_meaning for label in measure.labels if label.not_meaning)
    return " ".join([measure.not_meaning, *each])


def count_table(
    study: str, counts: Iterable[tuple[str | None, str, int]]
) -> pl.DataFrame:
    """Give JoinCount nodes: of a file, how many rows for a reason.

    Without a file it is something of the release that is counted.
    """
    return rows_table(
        "JoinCount",
        (
            {
                "key": f"joincount/{study}/{file or '-'}/{reason}",
                "study": study,
                "fileName": file,
                "reason": reason,
                "rows": rows,
            }
            for file, reason, rows in counts
        ),
    )
