"""Finds the occupations of a release that a code of SOC, with six digits, stands for.

O*NET-SOC puts one occupation or several below each code of SOC; a release that was made
on another edition of SOC is reached over a crosswalk between the two.
"""

import polars as pl

from .matches import Matches, Sides, matches
from .place import rows_of
from .study_about import told_aggregates

_DIGITS = 7  # of a code of SOC, 11-1011, in one of O*NET-SOC, 11-1011.00
_BROAD = 6  # what the codes of one broad occupation, 11-1010, have in common


def by_soc(sides: Sides, rows: pl.DataFrame) -> Matches:
    """Match codes of the study's edition of SOC to the occupations of a release."""
    codes = codes_of(sides)
    if codes is None:
        return matches(rows, None, pl.lit("NO_CROSSWALK"))
    led = rows.join(codes, on="code", maintain_order="left")
    parts = codes.group_by("end").agg(parts=pl.col("code").n_unique())
    pairs = led.unique(["start", "end"], maintain_order=True).join(
        parts, on="end", how="left", maintain_order="left"
    )
    is_led, is_split = pl.col("pair").is_not_null(), pl.len().over("start") > 1
    by = (
        pl.when(is_split & is_led)
        .then(pl.lit("BECAME_OCCUPATIONS"))
        .when(is_split)
        .then(pl.lit("HOLDS_OCCUPATIONS"))
        .when(pl.col("parts") > 1)
        .then(pl.lit("MERGED_IN_OCCUPATION"))
        .when(is_led)
        .then(pl.lit("BECAME_OCCUPATION"))
        .otherwise(pl.lit("HOLDS_OCCUPATION"))
    )
    is_held = pl.col("code").is_in(list(_held_by_aggregates(sides, codes)))
    why = pl.when(is_held).then(pl.lit("AGGREGATED_OCCUPATION"))
    return matches(
        rows,
        pairs.with_columns(by=by),
        why.otherwise(pl.lit("OCCUPATION_NOT_IN_RELEASE")),
        led.filter(is_led).select("start", end="pair"),
    )


def codes_of(sides: Sides) -> pl.DataFrame | None:
    """Give the codes that the study's edition of SOC has for a release's occupations.

    They have the ``code``, the occupation's key as ``end``, and the key of the line of
    a crosswalk that says so, ``pair``: null where both are of one edition. None: they
    are not, and no crosswalk leads from one to the other.
    """
    own: str | None = sides.study.nodes["Study"].item(0, "taxonomy")
    theirs: str | None = sides.release.nodes["Release"].item(0, "taxonomy")
    occupations = rows_of(sides.release, "Occupation").select(to="code", end="key")
    if own == theirs:
        code, none = pl.col("to").str.head(_DIGITS), pl.lit(None, pl.String)
        return occupations.select("end", code=code, pair=none)
    for crosswalk in sides.crosswalks:
        facts = crosswalk.nodes["Crosswalk"].row(0, named=True)
        ends = (facts["fromTaxonomy"], facts["toTaxonomy"])
        names = {ends: ("fromCode", "toCode"), ends[::-1]: ("toCode", "fromCode")}
        if (own, theirs) in names:
            start, to = names[own, theirs]
            code = pl.col(start).str.head(_DIGITS)
            lines = crosswalk.nodes["CrosswalkPair"].select(
                code=code, to=to, pair="key"
            )
            return lines.join(occupations, on="to", maintain_order="left").drop("to")
    return None


def aggregated(sides: Sides, codes: pl.DataFrame) -> pl.Series:
    """Give the occupations for which the study has one score for several together.

    ``codes`` has those of the release's occupations, as in ``codes_of``.
    """
    held = {code for of in _held_by_aggregates(sides, codes).values() for code in of}
    return codes.filter(pl.col("code").is_in(sorted(held)))["end"]


def _held_by_aggregates(sides: Sides, codes: pl.DataFrame) -> dict[str, list[str]]:
    """Give the study's codes that stand for several of SOC, each with those.

    It is one of the study's own, or the broad occupation of SOC, which ends in 0.
    """
    rows = rows_of(sides.study, "RatedSubject").filter(
        pl.col("kind") == "SOC_OCCUPATION"
    )
    known = sorted(set(codes["code"]))
    own = told_aggregates(sides.study.nodes["Study"].item(0, "aggregates"))
    broad = {
        code: [one for one in known if one[:_BROAD] == code[:_BROAD]]
        for code in set(rows["code"])
        if code.endswith("0") and code not in known
    }
    return {
        **{code: own[code] for code in set(rows["code"]) if code in own},
        **{code: of for code, of in broad.items() if of},
    }
