"""All scores of Working with AI, the real study, computed anew of its activities."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest

from workatlas.cypher import EdgeKind
from workatlas.loaders.source import open_source
from workatlas.loaders.study import read_study
from workatlas.schema.aggregate_enums import (
    InputWeight,
    MissingRule,
)
from workatlas.schema.aggregate_rows import (
    InputRatingRow,
    InputWeightRow,
)
from workatlas.schema.candidates import weighed_candidates
from workatlas.schema.enums import FileCoverage
from workatlas.schema.series import Series
from workatlas.schema.weighing import Loaded, mean_of
from workatlas.stores import Subgraph

from .answers import NOW
from .weighed import EQUAL, OF_ACTIVITIES, SIDES, STUDY

WHOLE = Loaded(FileCoverage.WHOLE, FileCoverage.WHOLE)


@pytest.fixture(scope="module")
def graph(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Subgraph:
    """Give the real study."""
    folder = shared / "exposure" / STUDY
    archive = tmp_path_factory.mktemp("archive")
    return read_study(STUDY, open_source(str(folder), archive=archive, now=NOW))


def pairs(graph: Subgraph, kind: str) -> Mapping[str, str]:
    """Give the other end of each node of a relationship."""
    return dict(graph.edges[EdgeKind(*kind.split())].select("end", "start").iter_rows())


def weights(graph: Subgraph) -> Mapping[str, list[InputWeightRow]]:
    """Give what statements would give of the weights of each code."""
    subjects = {row["key"]: row for row in graph.nodes["RatedSubject"].to_dicts()}
    whole = pairs(graph, "RatedSubject HAS_WEIGHT SubjectWeight")
    edge = graph.edges[EdgeKind("SubjectWeight", "WEIGHS", "RatedSubject")]
    weighed = dict(edge.select("start", "end").iter_rows())
    found: defaultdict[str, list[InputWeightRow]] = defaultdict(list)
    for row in graph.nodes["SubjectWeight"].to_dicts():
        code, one = subjects[whole[row["key"]]]["code"], subjects[weighed[row["key"]]]
        found[code].append(
            InputWeightRow(
                *(STUDY, one["key"], code, one["elementId"], one["heading"]),
                *(row["weight"], row["column"], row["file"], row["line"]),
            )
        )
    return found


def ratings(graph: Subgraph) -> Mapping[str, list[InputRatingRow]]:
    """Give what statements would give of the ratings of each row."""
    rated = pairs(graph, "RatedSubject HAS_RATING ExposureRating")
    found: defaultdict[str, list[InputRatingRow]] = defaultdict(list)
    for row in graph.nodes["ExposureRating"].to_dicts():
        of = rated[row["key"]]
        found[of].append(
            InputRatingRow(
                *(STUDY, of, row["rater"], row["measure"], row["exposureLabel"]),
                *(row["score"], row["column"], row["file"], row["line"]),
            )
        )
    return found


def test_all_scores_of_occupations_are_recomputed(
    graph: Subgraph, shared: Path
) -> None:
    """All 785 scores, and ten more figures of each code, equal the files within 1e-12.

    Counting blanks as 0 is how the study computed them: without it some means differ.
    """
    folder = shared / "exposure" / STUDY
    metrics = pl.read_csv(folder / "soc_metrics.csv")
    scores = pl.read_csv(folder / "soc_ai_applicability_scores.csv")
    published = {
        (code, side, measure): value
        for measure, column in OF_ACTIVITIES.items()
        for side in SIDES
        for code, value in metrics.select("SOC Code", f"{column}_{side}").iter_rows()
    }
    for code, value in scores.select("SOC Code", "ai_applicability_score").iter_rows():
        published[code, "both", "applicability"] = value
    weighed, said = weights(graph), ratings(graph)
    counts = {True: 0, False: 0}
    for (code, rater, measure), value in published.items():
        rows = weighed[code]
        of = [rating for row in rows for rating in said[row.rated]]
        found = weighed_candidates(Series(STUDY, rater, measure), rows, of, ())
        own, less = (
            mean_of(found, InputWeight.PUBLISHED, rule, WHOLE)
            for rule in (MissingRule.AS_STUDY, MissingRule.EXCLUDE)
        )
        assert own.value is not None
        assert abs(own.value - value) <= EQUAL, (code, rater, measure)
        is_same = less.value is not None and abs(less.value - value) <= EQUAL
        assert is_same or any(used.is_blank for used in own.used)
        assert measure not in ("applicability", "coverage") or is_same
        counts[is_same] += 1
    assert len(published) == 785 * 11
    assert counts[False] > 300
