"""Finds the occupations of a release that a code of SOC, with six digits, stands for.

O*NET-SOC puts one occupation or several below each code of SOC; a release that was made
on another edition of SOC is reached over a crosswalk between the two.
"""

from collections.abc import Sequence

import polars as pl

from workatlas.stores import Subgraph

from .matches import Matches, matches

_DIGITS = 7  # of a code of SOC, 11-1011, in one of O*NET-SOC, 11-1011.00
_BROAD = 6  # what the codes of one broad occupation, 11-1010, have in common


def by_soc(
    rows: pl.DataFrame,
    study: Subgraph,
    release: Subgraph,
    crosswalks: Sequence[Subgraph],
) -> Matches:
    """Match codes of the study's edition of SOC to the occupations of a release."""
    own: str | None = study.nodes["Study"].item(0, "taxonomy")
    theirs: str | None = release.nodes["Release"].item(0, "taxonomy")
    occupations = release.nodes["Occupation"].select(to="code", end="key")
    aggregated = aggregates(study)
    if own == theirs:
        codes = occupations.with_columns(code=pl.col("to").str.head(_DIGITS))
        found = rows.join(codes, on="code", maintain_order="left")
        by = (
            pl.when(pl.len().over("start") > 1)
            .then(pl.lit("HOLDS_OCCUPATIONS"))
            .otherwise(pl.lit("HOLDS_OCCUPATION"))
        )
        joined = found.with_columns(by=by)
        return matches(rows, joined, _why(rows, codes["code"], aggregated))
    lines = crossing(crosswalks, own, theirs)
    if lines is None:
        return matches(rows, None, pl.lit("NO_CROSSWALK"))
    led = rows.join(lines, on="code", maintain_order="left").join(
        occupations, on="to", maintain_order="left"
    )
    pairs = led.unique(["start", "end"], maintain_order=True)
    codes = pairs.unique(["code", "end"]).group_by("end").len("codes")
    pairs = pairs.join(codes, on="end", how="left", maintain_order="left")
    way = (
        pl.when(pl.len().over("start") > 1)
        .then(pl.lit("BECAME_OCCUPATIONS"))
        .when(pl.col("codes") > 1)
        .then(pl.lit("MERGED_IN_OCCUPATION"))
        .otherwise(pl.lit("BECAME_OCCUPATION"))
    )
    return matches(
        rows,
        pairs.with_columns(by=way),
        _why(rows, lines["code"], aggregated),
        led.select("start", end="pair", occupation="end"),
    )


def crossing(
    crosswalks: Sequence[Subgraph], own: str | None, theirs: str | None
) -> pl.DataFrame | None:
    """Give the lines that lead from one edition of SOC to another, either way.

    They have the ``code`` of SOC, the code of O*NET-SOC that it leads ``to``, and the
    key of the ``pair``.
    """
    for crosswalk in crosswalks:
        facts = crosswalk.nodes["Crosswalk"].row(0, named=True)
        pairs = crosswalk.nodes["CrosswalkPair"]
        ends = (facts["fromTaxonomy"], facts["toTaxonomy"])
        for (start, end), names in (
            (ends, ("fromCode", "toCode")),
            (ends[::-1], ("toCode", "fromCode")),
        ):
            if (own, theirs) == (start, end):
                return pairs.select(
                    code=pl.col(names[0]).str.head(_DIGITS), to=names[1], pair="key"
                )
    return None


def aggregates(study: Subgraph) -> dict[str, list[str]]:
    """Give a study's own codes that stand for several of SOC, each with those."""
    told: str | None = study.nodes["Study"].item(0, "aggregates")
    split = (each.split() for each in (told or "").split("; ") if each)
    return {code: of for code, *of in split}


def held_by_aggregates(
    rows: pl.Series, codes: pl.Series, aggregated: dict[str, list[str]]
) -> dict[str, list[str]]:
    """Give the codes in ``rows`` that are aggregates, each with its own of ``codes``.

    It is one of the study's own, or the broad occupation of SOC, which ends in 0.
    """
    known = sorted(set(codes))
    there = {code: aggregated[code] for code in rows if code in aggregated}
    broad = {
        code: [one for one in known if one[:_BROAD] == code[:_BROAD]]
        for code in rows
        if code.endswith("0") and code not in known
    }
    return {**there, **{code: of for code, of in broad.items() if of}}


def _why(
    rows: pl.DataFrame, codes: pl.Series, aggregated: dict[str, list[str]]
) -> pl.Expr:
    held = list(held_by_aggregates(rows["code"], codes, aggregated))
    why = pl.when(pl.col("code").is_in(held)).then(pl.lit("AGGREGATED_OCCUPATION"))
    return why.otherwise(pl.lit("OCCUPATION_NOT_IN_RELEASE"))
