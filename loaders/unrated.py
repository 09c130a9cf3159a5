"""Says of everything in a release that a study does not rate why that is so."""

from collections.abc import Iterator

import polars as pl

from workatlas.cypher import EdgeKind
from workatlas.stores import Subgraph, node_schema

from .build import Edges, Nodes, edge_table, nodes
from .match_soc import aggregates, held_by_aggregates
from .release_number import newness
from .study import HAS_RATING

SUBJECTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "Task": ("TASK", ("TASK", "STATEMENT", "NOTHING")),
    "Occupation": ("OCCUPATION", ("OCCUPATION", "SOC_OCCUPATION")),
    "WorkActivity": ("ACTIVITY", ("ACTIVITY",)),
}
"""What may be rated, its name, and the kinds of a study's rows about it."""

_DIGITS = 7  # of a code of SOC in one of O*NET-SOC


def unrated(
    study: Subgraph, release: Subgraph, found: pl.DataFrame
) -> tuple[Nodes, Edges]:
    """Give the reasons, and what of the release each one holds for.

    ``found`` has the rows that were joined, as in Matches. Of kinds that a study does
    not rate at all it has no reasons. Reasons, the first that holds: RATING_BLANK (a
    row without a rating), FILE_PART, AGGREGATED_OCCUPATION (the study gives one score
    for several), NEWER_THAN_STUDY and OLDER_THAN_STUDY (it rated every task of the
    release that it was made on), BELOW_FLOOR and BELOW_FLOOR_OR_ABSENT (it rated those
    above a floor, and this is another release than its own), NOT_RATED_BY_STUDY. Beside
    those, SUPPRESSED names measures that a row has no figure for.
    """
    tables = [
        why.with_columns(subjects=pl.lit(SUBJECTS[label][0]), label=pl.lit(label))
        for label in SUBJECTS
        for why in _of_label(study, release, found, label)
    ]
    schema = dict.fromkeys(
        ("key", "reason", "measures", "subjects", "label"), pl.String()
    )
    told = pl.concat([pl.DataFrame(schema=schema), *tables]).with_columns(
        why=pl.format(f"unrated/{study.id}/{{}}/{{}}", "subjects", "reason")
    )
    reasons = told.unique("why", maintain_order=True).with_columns(key=pl.col("why"))
    return {"Unrated": nodes("Unrated", reasons, study=study.id)}, {
        EdgeKind(label, "UNRATED", "Unrated"): edge_table(
            told.filter(pl.col("label") == label), pl.col("key"), pl.col("why")
        )
        for label in SUBJECTS
    }


def _of_label(
    study: Subgraph, release: Subgraph, found: pl.DataFrame, label: str
) -> Iterator[pl.DataFrame]:
    """Give key, reason and measures of the nodes of a label."""
    rows = study.nodes["RatedSubject"].filter(
        pl.col("kind").is_in(list(SUBJECTS[label][1]))
    )
    if not rows.height:
        return
    all_nodes = release.nodes.get(label, pl.DataFrame(schema=node_schema(label)))
    if label == "WorkActivity":
        level: str | None = study.nodes["Study"].item(0, "level")
        all_nodes = all_nodes.filter(pl.col("level").eq_missing(pl.lit(level)))
    rated = study.edges[HAS_RATING].select("start").unique()
    reached = found.join(rows.select(start="key"), on="start", how="semi")
    with_rating = reached.join(rated, on="start", how="semi")
    without = all_nodes.join(with_rating, left_on="key", right_on="end", how="anti")
    blank = pl.col("key").is_in(reached["end"].implode())
    is_held = pl.lit(value=False)
    if label == "Occupation":
        held = _aggregated(study, rows, all_nodes)
        is_held = pl.col("code").str.head(_DIGITS).is_in(held)
    other = _unlisted(study, release) if label == "Task" else "NOT_RATED_BY_STUDY"
    reason = (
        pl.when(blank)
        .then(pl.lit("RATING_BLANK"))
        .when(pl.lit(_is_part(study, rows)))
        .then(pl.lit("FILE_PART"))
        .when(is_held)
        .then(pl.lit("AGGREGATED_OCCUPATION"))
        .otherwise(pl.lit(other))
    )
    yield without.select("key", reason=reason, measures=pl.lit(None, pl.String))
    yield from _suppressed(study, rows, reached)


def _is_part(study: Subgraph, rows: pl.DataFrame) -> bool:
    """Tell whether a file with such rows was loaded in part."""
    files = study.nodes["SourceFile"].filter(pl.col("coverage") == "PART")
    return not {*files["fileName"]}.isdisjoint(rows["file"])


def _aggregated(
    study: Subgraph, rows: pl.DataFrame, occupations: pl.DataFrame
) -> list[str]:
    """Give the codes of SOC of which the study has a score for several together."""
    codes = rows.filter(pl.col("kind") == "SOC_OCCUPATION")["code"]
    theirs = occupations["code"].str.head(_DIGITS)
    held = held_by_aggregates(codes, theirs, aggregates(study))
    return sorted({code for of in held.values() for code in of})


def _unlisted(study: Subgraph, release: Subgraph) -> str:
    """Say why a task has no row in the study's files."""
    facts = study.nodes["Study"].row(0, named=True)
    own, theirs = facts["madeOn"], release.id
    if facts["unlisted"] == "BELOW_FLOOR":
        return "BELOW_FLOOR" if own == theirs else "BELOW_FLOOR_OR_ABSENT"
    if facts["unlisted"] != "NOT_IN_ITS_RELEASE" or own is None or own == theirs:
        return "NOT_RATED_BY_STUDY"
    return "NEWER_THAN_STUDY" if newness(theirs) > newness(own) else "OLDER_THAN_STUDY"


def _suppressed(
    study: Subgraph, rows: pl.DataFrame, reached: pl.DataFrame
) -> Iterator[pl.DataFrame]:
    """Give what suppressed rows reach, with the measures that those lack."""
    hidden = rows.filter("suppressed")
    if not hidden.height:
        return
    ratings = study.nodes["ExposureRating"].join(
        study.edges[HAS_RATING].rename({"start": "subject", "end": "key"}), on="key"
    )
    of_file = ratings.filter(pl.col("file").is_in(hidden["file"].implode()))
    kept = ratings.join(hidden.select(subject="key"), on="subject", how="semi")
    lost = {*of_file["measure"]} - {*kept["measure"]}
    names = [n for n in study.nodes["Measure"].sort("position")["measure"] if n in lost]
    ends = reached.join(hidden.select(start="key"), on="start", how="semi")
    yield (
        ends.select(key="end")
        .unique(maintain_order=True)
        .with_columns(reason=pl.lit("SUPPRESSED"), measures=pl.lit(" ".join(names)))
    )
