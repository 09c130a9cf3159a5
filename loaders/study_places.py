"""Where the nodes of studies and crosswalks should stand in their files."""

from collections.abc import Iterator, Mapping

import polars as pl

from workatlas.cypher import NODES
from workatlas.stores import Subgraph

from .compare import whole
from .crosswalk_description import crosswalks
from .description import RatedFile, StudyDescription, WeightFile
from .own_study import DESCRIPTION
from .place import Place, Tie, rows_of, unknown
from .study import HAS_RATING
from .study_weights import HAS_WEIGHT, WEIGHS
from .tables import TableSpec

Known = Mapping[str, StudyDescription]
"""How the studies in a graph are described."""


def study_spec(graph: Subgraph, known: Known, owner: str, name: str) -> TableSpec:
    """Give how a file of a study or crosswalk is laid out.

    Raises:
        StoreError: this version knows no such file.

    """
    if owner in crosswalks():
        return crosswalks()[owner].spec
    file = _file(graph, known, owner, name)
    if isinstance(file, RatedFile):
        return file.spec
    return TableSpec({"code": file.code}, separator=",", quoted=True, null_tokens=[""])


def study_places(
    graph: Subgraph, known: Known, owner: str, name: str
) -> Iterator[Place]:
    """Give what should stand in a file of a study or crosswalk.

    Raises:
        StoreError: this version knows no such file.

    """
    if owner in crosswalks():
        pairs = rows_of(graph, "CrosswalkPair").filter(_own(owner, name))
        own = pl.format(f"crosswalkpair/{owner}/{{}}", "line")
        yield Place("CrosswalkPair", pairs, crosswalks()[owner].columns, own)
        return
    if name == DESCRIPTION:
        return
    file = _file(graph, known, owner, name)
    if isinstance(file, RatedFile):
        yield from _rated(graph, owner, file)
    else:
        yield from _weighed(graph, known[owner], file)


def _file(
    graph: Subgraph, known: Known, study: str, name: str
) -> RatedFile | WeightFile:
    """Give how a study's file is described."""
    held = known.get(study)
    if held is not None:
        if held.weights is not None and held.weights.name == name:
            return held.weights
        for file in held.files:
            if file.name == name:
                return file
    raise unknown(graph, f"{name} of {study}")


def _own(study: str, name: str) -> pl.Expr:
    return (pl.col("file") == name) & pl.col("key").str.contains(f"^[a-z]+/{study}/")


def _rated(graph: Subgraph, study: str, file: RatedFile) -> Iterator[Place]:
    subject = pl.format(f"subject/{study}/{file.name}/{{}}", "line")
    columns = {p: c for p, c in file.columns.items() if p in NODES["RatedSubject"]}
    subjects = rows_of(graph, "RatedSubject").filter(_own(study, file.name))
    kind, hidden = pl.lit(file.rates), pl.lit(value=False)
    if file.nothing is not None:
        is_nothing = pl.col(file.columns["statement"]) == file.nothing
        kind = pl.when(is_nothing).then(pl.lit("NOTHING")).otherwise(kind)
    if file.suppressed is not None:
        found = pl.col(file.suppressed.column).cast(pl.Float64, strict=False)
        hidden = found.eq_missing(pl.lit(file.suppressed.value))
    made = {"kind": kind, "suppressed": hidden}
    yield Place("RatedSubject", subjects, columns, subject, made=made)
    ratings = rows_of(graph, "ExposureRating").filter(_own(study, file.name))
    yield from _ratings(ratings, study, file, subject)


def _ratings(
    ratings: pl.DataFrame, study: str, file: RatedFile, subject: pl.Expr
) -> Iterator[Place]:
    who = _who(file)
    for held in file.ratings:
        columns = {"exposureLabel": held.label, "score": held.score}
        # A rating of nobody who rated here stands in no place, and is reported so.
        mine = (pl.col("rater") == held.rater) & (pl.col("measure") == held.measure)
        fixed = {"study": study, "rater": held.rater, "measure": held.measure}
        key = pl.format(f"exposure/{study}/{{}}/{held.rater}/{held.measure}", who)
        yield Place(
            "ExposureRating",
            ratings.filter(mine),
            {p: c for p, c in columns.items() if c},
            key,
            {**fixed, "column": held.column},
            (Tie(HAS_RATING, "end", subject),),
        )


def _who(file: RatedFile) -> pl.Expr:
    """Give what tells apart the ratings of a file by one rater."""
    if file.rates == "STATEMENT":
        return pl.col("line").cast(pl.String)
    published = file.columns[file.subject]
    return whole(published) if file.rates == "TASK" else pl.col(published)


def _weighed(
    graph: Subgraph, described: StudyDescription, file: WeightFile
) -> Iterator[Place]:
    """Give the weights column by column: each is of one activity."""
    study = described.id
    nodes = rows_of(graph, "SubjectWeight").filter(_own(study, file.name))
    codes = _first(graph, described, "code", "SOC_OCCUPATION")
    elements = _first(graph, described, "elementId", "ACTIVITY")
    subject = pl.col(file.code).replace_strict(
        codes, default=None, return_dtype=pl.String
    )
    for (column,), held in nodes.group_by("column", maintain_order=True):
        element = str(column)
        if element not in elements:
            continue  # it stands in no place, and is reported so
        yield Place(
            "SubjectWeight",
            held,
            {"weight": element},
            pl.format(f"weight/{study}/{{}}/{{}}", file.code, pl.lit(element)),
            {"column": element},
            (
                Tie(HAS_WEIGHT, "end", subject),
                Tie(WEIGHS, "start", pl.lit(elements[element])),
            ),
        )


def _first(
    graph: Subgraph, described: StudyDescription, name: str, kind: str
) -> dict[str, str]:
    """Give the first row about each thing of a kind, as the study's files have them."""
    files = [file.name for file in described.files]
    mine = pl.col("key").str.starts_with(f"subject/{described.id}/")
    rows = rows_of(graph, "RatedSubject").filter(mine & (pl.col("kind") == kind))
    ordered = sorted(
        rows.select("file", "line", name, "key").iter_rows(),
        key=lambda row: (files.index(row[0]), row[1]),
    )
    first: dict[str, str] = {}
    for *_, value, key in ordered:
        first.setdefault(value, key)
    return first
