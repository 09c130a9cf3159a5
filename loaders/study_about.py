"""The nodes that say what a study is: its terms, files, raters and measures."""

from collections.abc import Collection, Iterable, Mapping

import polars as pl

from workatlas.stores import node_schema

from .build import Nodes
from .description import Measure, RatedFile, StudyDescription
from .manifest import KnownSource, known_source
from .tables import Table


def about(
    study: StudyDescription,
    tables: Mapping[str, Table],
    partial: Collection[str],
    *,
    synthetic: bool,
) -> Nodes:
    """Make the nodes of a study, its files (``tables`` by name), raters and measures.

    ``partial`` names the files of which only a part is there. Of invented labels no
    author, version or place of publication is named, and they are under a licence of
    our own.
    """
    terms = _invented(study) if synthetic else _published(study, tables)
    facts = {**_common(study), **terms}
    licence = {name: facts[name] for name in ("licenceTitle", "licenceUrl")}
    files = [
        {**_file(study, f, tables[f.name], is_part=f.name in partial), **licence}
        for f in study.files
    ]
    return {
        "Study": rows_table("Study", [facts]),
        "SourceFile": rows_table("SourceFile", files),
        "Rater": _raters(study),
        "Measure": _measures(study),
    }


def rows_table(label: str, rows: Iterable[Mapping[str, object]]) -> pl.DataFrame:
    """Give a label's table of a few nodes; facts that are not given are null."""
    schema = node_schema(label)
    filled = [{name: row.get(name) for name in schema} for row in rows]
    return pl.DataFrame(filled, schema=schema)


def _published(
    study: StudyDescription, tables: Mapping[str, Table]
) -> dict[str, object]:
    """Give the facts of the study itself."""
    article, preprint = study.article, study.preprint
    version = _version(study, tables)
    return {
        "synthetic": False,
        "heading": article.heading,
        "authors": "; ".join(study.authors),
        "published": article.published,
        "journal": article.journal,
        "volume": article.volume,
        "issue": article.issue,
        "pages": article.pages,
        "doi": article.doi,
        "preprintHeading": preprint.heading,
        "preprintPublished": preprint.published,
        "arxiv": preprint.arxiv,
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


def _invented(study: StudyDescription) -> dict[str, object]:
    """Give the facts of labels that are nobody's."""
    return {
        "synthetic": True,
        "heading": study.invented.heading,
        "authors": "",
        "published": "",
        "url": "",
        "homepage": "",
        "publisher": study.invented.publisher,
        "licenceTitle": study.invented.licence_title,
        "licenceUrl": study.invented.licence_url,
        "attribution": study.invented.attribution,
    }


def _common(study: StudyDescription) -> dict[str, object]:
    return {
        "key": f"study/{study.id}",
        "study": study.id,
    }


def _version(
    study: StudyDescription, tables: Mapping[str, Table]
) -> KnownSource | None:
    """Give the publisher's version if every file is, byte for byte, of that version."""
    known = known_source(study.id)
    pinned = {file.sha256 for file in known.files}
    same = all(table.file.sha256 in pinned for table in tables.values())
    return known if same else None


def _file(
    study: StudyDescription, file: RatedFile, table: Table, *, is_part: bool
) -> dict[str, object]:
    return {
        "key": f"file/{study.id}/{file.name}",
        "fileName": file.name,
        # The lines of a part are not those of the publisher's file.
        "url": None if is_part else table.file.url,
        "sha256": table.file.sha256,
        "bytes": table.file.bytes,
        "rows": table.frame.height,
        "retrieved": table.file.retrieved,
        "contents": file.contents,
        "coverage": "PART" if is_part else "WHOLE",
        "nullToken": "",
    }


def _raters(study: StudyDescription) -> pl.DataFrame:
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
                "notMeaning": _not_meaning(measure),
                "position": position,
            }
            for position, measure in enumerate(study.measures, start=1)
        ),
    )


def _description(measure: Measure) -> str:
    """Give the description with the meaning of each label that has one."""
    meanings = (f"{x.name}: {x.meaning}" for x in measure.labels if x.meaning)
    return " ".join([measure.description, *meanings])


def _not_meaning(measure: Measure) -> str:
    each = (label.not_meaning for label in measure.labels if label.not_meaning)
    return " ".join([measure.not_meaning, *each])


def count_table(study: str, counts: Mapping[str, int]) -> pl.DataFrame:
    """Give JoinCount nodes: how many rows for each reason."""
    return rows_table(
        "JoinCount",
        (
            {
                "key": f"joincount/{study}/{reason}",
                "study": study,
                "reason": reason,
                "rows": rows,
            }
            for reason, rows in counts.items()
        ),
    )
