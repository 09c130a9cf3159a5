"""Says of everything in a release that a study does not rate why that is so."""

from collections.abc import Iterator

import polars as pl

from workatlas.cypher import EdgeKind
from workatlas.stores import EDGE_SCHEMA, Subgraph, release_number

from .build import Edges, Nodes, edge_table, nodes
from .match_soc import aggregated, codes_of
from .matches import Sides
from .place import rows_of
from .study import HAS_RATING

SUBJECTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "Task": ("TASK", ("TASK", "STATEMENT", "NOTHING")),
    "Occupation": ("OCCUPATION", ("OCCUPATION", "SOC_OCCUPATION")),
    "WorkActivity": ("ACTIVITY", ("ACTIVITY",)),
}
"""What may be rated, its name, and the kinds of a study's rows about it."""

_SCHEMA: dict[str, pl.DataType] = {
    name: pl.String() for name in ("key", "reason", "measures", "subjects", "label")
}
_NO_EDGES = pl.DataFrame(schema=EDGE_SCHEMA)


def unrated(sides: Sides, found: pl.DataFrame) -> tuple[Nodes, Edges]:
    """Give the reasons, and what of the release each one holds for.

    ``found`` has the rows that were joined, as in Matches. Of kinds that a study does
    not rate at all it has no reasons. Reasons, the first that holds: RATING_BLANK (a
    row without a rating), FILE_PART, NO_CROSSWALK (its codes are of another edition),
    AGGREGATED_OCCUPATION (the study gives one score for several), NEWER_THAN_STUDY and
    OLDER_THAN_STUDY (it rated every task of the release that it was made on),
    BELOW_FLOOR and BELOW_FLOOR_OR_ABSENT (it rated those above a floor, and this is
    another release than its own), NOT_RATED_BY_STUDY. Beside those, SUPPRESSED names
    measures that a row has no figure for.
    """
    study = sides.study
    tables = [
        why.with_columns(subjects=pl.lit(SUBJECTS[label][0]), label=pl.lit(label))
        for label in SUBJECTS
        for why in _of_label(sides, found, label)
    ]
    told = pl.concat([pl.DataFrame(schema=_SCHEMA), *tables]).with_columns(
        why=pl.format(f"unrated/{study.id}/{{}}/{{}}", "subjects", "reason")
    )
    reasons = told.unique("why", maintain_order=True).with_columns(key=pl.col("why"))
    return {"Unrated": nodes("Unrated", reasons, study=study.id)}, {
        EdgeKind(label, "UNRATED", "Unrated"): edge_table(
            told.filter(pl.col("label") == label), pl.col("key"), pl.col("why")
        )
        for label in SUBJECTS
    }


def rateable(study: Subgraph, release: Subgraph, label: str) -> pl.DataFrame:
    """Give the nodes of a label that the study could rate: activities of its level."""
    nodes = rows_of(release, label)
    if label != "WorkActivity":
        return nodes
    level: str | None = study.nodes["Study"].item(0, "level")
    return nodes.filter(pl.col("level").eq_missing(pl.lit(level)))


def with_rating(study: Subgraph, found: pl.DataFrame) -> pl.DataFrame:
    """Give those of the joined rows that have a rating."""
    rated = study.edges.get(HAS_RATING, _NO_EDGES).select("start").unique()
    return found.join(rated, on="start", how="semi")


def _of_label(sides: Sides, found: pl.DataFrame, label: str) -> Iterator[pl.DataFrame]:
    """Give key, reason and measures of the nodes of a label."""
    study, kinds = sides.study, SUBJECTS[label][1]
    rows = study.nodes["RatedSubject"].filter(pl.col("kind").is_in(kinds))
    if not rows.height:
        return
    reached = found.join(rows.select(start="key"), on="start", how="semi")
    without = rateable(study, sides.release, label).join(
        with_rating(study, reached), left_on="key", right_on="end", how="anti"
    )
    blank = pl.col("key").is_in(reached["end"].implode())
    reason = (
        pl.when(blank)
        .then(pl.lit("RATING_BLANK"))
        .when(pl.lit(_is_part(study, rows)))
        .then(pl.lit("FILE_PART"))
        .otherwise(_of_kind(sides, rows, label))
    )
    yield without.select("key", reason=reason, measures=pl.lit(None, pl.String))
    yield from _suppressed(study, rows, reached)


def _of_kind(sides: Sides, rows: pl.DataFrame, label: str) -> pl.Expr:
    """Say why something has no row in the study's files, by what it is."""
    other = pl.lit("NOT_RATED_BY_STUDY")
    if label == "Task":
        return pl.lit(_unlisted(sides.study, sides.release))
    if "SOC_OCCUPATION" not in rows["kind"]:
        return other
    codes = codes_of(sides)
    if codes is None:
        return pl.lit("NO_CROSSWALK")
    is_held = pl.col("key").is_in(aggregated(sides, codes).implode())
    return pl.when(is_held).then(pl.lit("AGGREGATED_OCCUPATION")).otherwise(other)


def _is_part(study: Subgraph, rows: pl.DataFrame) -> bool:
    """Tell whether a file with such rows was loaded in part."""
    files = study.nodes["SourceFile"].filter(pl.col("coverage") == "PART")
    return not {*files["fileName"]}.isdisjoint(rows["file"])


def _unlisted(study: Subgraph, release: Subgraph) -> str:
    """Say why a task has no row in the study's files."""
    facts = study.nodes["Study"].row(0, named=True)
    own, theirs = facts["madeOn"], release.id
    if facts["unlisted"] == "BELOW_FLOOR":
        return "BELOW_FLOOR" if own == theirs else "BELOW_FLOOR_OR_ABSENT"
    if facts["unlisted"] != "NOT_IN_ITS_RELEASE" or own is None or own == theirs:
        return "NOT_RATED_BY_STUDY"
    newer = release_number(theirs) > release_number(own)
    return "NEWER_THAN_STUDY" if newer else "OLDER_THAN_STUDY"


def _suppressed(
    study: Subgraph, rows: pl.DataFrame, reached: pl.DataFrame
) -> Iterator[pl.DataFrame]:
    """Give what suppressed rows reach, with the measures that those lack."""
    hidden = rows.filter("suppressed")
    if not hidden.height:
        return
    owners = study.edges.get(HAS_RATING, _NO_EDGES)
    ratings = rows_of(study, "ExposureRating").join(
        owners.rename({"start": "subject", "end": "key"}), on="key"
    )
    is_kept = pl.col("subject").is_in(hidden["key"].implode())
    is_elsewhere = ~pl.col("file").is_in(hidden["file"].implode())
    had = {*ratings.filter(is_kept | is_elsewhere)["measure"]}
    kinds = {*hidden["kind"]}
    names = [
        measure
        for measure, rates in study.nodes["Measure"]
        .sort("position")
        .select("measure", "rates")
        .iter_rows()
        if measure not in had and kinds & {*rates.split()}
    ]
    ends = reached.join(hidden.select(start="key"), on="start", how="semi")
    yield (
        ends.select(key="end")
        .unique(maintain_order=True)
        .with_columns(reason=pl.lit("SUPPRESSED"), measures=pl.lit(" ".join(names)))
    )
