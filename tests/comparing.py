"""Queries that compare raters, and graphs with joins that are hard to compare."""

from dataclasses import replace
from typing import Any

import polars as pl

from workatlas.cypher import EdgeKind
from workatlas.loaders.join import join_all
from workatlas.resolvers import Service
from workatlas.stores import Subgraph

from . import mini
from .answers import ask

STATISTIC = "{ value missing method source }"
SIDE = """{ study { id } rater { id } measure { id } rated derived
  bases { basis count } inSeveralRows inSharedRows }"""
COUNTED = "{ total compared notCompared { first second count } }"
DISAGREEMENTS = f"""query (
  $study: ID! = "gpts-are-gpts", $between: [ID!]! = ["human", "gpt-4"],
  $measure: ID! = "exposure", $over: ComparedOver! = RELEASE_TASKS,
  $where: TaskFilter, $first: Int! = 100, $after: String, $labels: LabelPair
) {{
  found: disagreements(
    study: $study, between: $between, measure: $measure, over: $over, where: $where
  ) {{
    over labels first {SIDE} second {SIDE} population {COUNTED}
    matrix {{ first second count }}
    agreement {STATISTIC} expectedAgreement {STATISTIC} kappa {STATISTIC}
    linearKappa {STATISTIC} quadraticKappa {STATISTIC}
    tasks(first: $first, after: $after, labels: $labels) {{
      totalCount pageInfo {{ hasNextPage endCursor }}
      nodes {{
        taskId distance task {{ taskId statement }}
        first {{ label provenance {{ file {{ name }} line column rater }} }}
        second {{ label provenance {{ file {{ name }} line column rater }} }}
      }}
    }}
  }}
}}"""
CORRELATION = f"""query (
  $first: RatingsOf!, $second: RatingsOf!, $over: RatedNodes! = OCCUPATIONS,
  $where: TaskFilter
) {{
  found: rankCorrelation(
    first: $first, second: $second, over: $over, where: $where
  ) {{
    over first {SIDE} second {SIDE} population {COUNTED}
    spearman {STATISTIC} kendall {STATISTIC}
  }}
}}"""


def ratings_of(
    rater: str, measure: str, study: str = "gpts-are-gpts"
) -> dict[str, str]:
    """Name ratings to be correlated."""
    return {"study": study, "rater": rater, "measure": measure}


def unordered(study: Subgraph) -> Subgraph:
    """Take the order from a study's labels."""
    measures = study.nodes["Measure"].with_columns(labelOrder=pl.lit(None, pl.String))
    return replace(study, nodes={**study.nodes, "Measure": measures})


def joined_more(study: Subgraph, kind: str, *pairs: tuple[str, str]) -> Subgraph:
    """Join more of a study's rows to a small release, as other studies may be."""
    release = join_all(mini.release(), [study])
    label = "Occupation" if kind == "IS_OCCUPATION" else "Task"
    edge = EdgeKind("RatedSubject", kind, label)
    more = pl.DataFrame(pairs, schema=["start", "end"], orient="row")
    edges = {**release.edges, edge: pl.concat([release.edges[edge], more])}
    return replace(release, edges=edges, fingerprint=release.fingerprint[::-1])


async def correlate(service: Service, **variables: Any) -> Any:
    """Correlate two ratings, by plan and by reference."""
    told = await service.answer(CORRELATION, variables)
    assert told.body == (await service.reference(CORRELATION, variables)).body
    return (await ask(service, CORRELATION, **variables))["found"]
