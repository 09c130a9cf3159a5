"""Cases of what lies so deep, or is so rare, that drawing alone seldom comes there."""

from itertools import pairwise

import polars as pl

from workatlas.schema.study_enums import ExposureMissing

from .case import Case, Run
from .world import NEW, OLD, World

_ROWS = """query($release: String) {
  study(id: "aioe") { ...R } other: study(id: "economic-index") { ...R }
  third: study(id: "working-with-ai") { ...R }
  fourth: study(id: "gpts-are-gpts") { ...R }
  crosswalks { id title fromTaxonomy toTaxonomy
    files { name } source { id } sources { id } }
}
fragment R on Study { joinReport(release: $release) {
  release rows matched unmatched
  counts { study fileName rows reason matched
    rowConnection(first: 3) { totalCount edges { cursor } nodes { ...N }
      pageInfo { hasNextPage endCursor hasPreviousPage startCursor } } } } }
fragment N on RatedRow {
  taskId code elementId statement title suppressed rated provenance { line }
  ratings { rater measure label score columnName }
  tasks { taskId } occupations { code } workActivities { elementId }
  crosswalk { fromCode fromTitle toCode toTitle provenance { file { name } } } }"""

_LACKING = " ".join(
    f"t{n}: taskConnection(release: $release, first: 3, filter: {{ exposureMissing: "
    f"{{ reason: {each.name} }} }}) {{ totalCount nodes {{ taskId }} }} "
    f"o{n}: occupationConnection(release: $release, first: 3, filter: {{ "
    f'exposureMissing: {{ reason: {each.name}, study: "aioe" }} }}) {{ totalCount '
    "nodes { code exposureMissing { reason measures study { id } } } }"
    for n, each in enumerate(ExposureMissing)
)

_IDENTIFIERS = """query($one: String!, $two: String!, $release: String, $id: ID!) {
  one: workActivity(elementId: $one, release: $release) { ...A }
  two: workActivity(elementId: $two, release: $release) { ...A children { ...A } }
  node(id: $id) { id ...A }
}
fragment A on WorkActivity { elementId title tasks { taskId }
  foundBy { ...I } aliases { ...I } }
fragment I on ActivityAlias { elementId form bases releases
  provenance { line file { name } source { id } release { id } } }"""


def identifiers(world: World) -> Case:
    """Ask for activities by the identifiers of releases on either side of a change."""
    wide = {
        graph.id: graph.nodes["WorkActivity"]
        .filter(pl.col("level") == "INTERMEDIATE")
        .sort("heading")["elementId"]
        .to_list()
        for graph in world.graphs
        if graph.id in {f"onet-{OLD}", f"onet-{NEW}"}
    }
    return Case(
        _IDENTIFIERS,
        tuple(
            Run(
                {
                    "one": one,
                    "two": two,
                    "release": release,
                    "id": f"{release}/activity/{one}",
                }
            )
            for release in wide
            for elements in wide.values()
            for one, two in pairwise((*elements, "4.A.9.z.9.y", "nope"))
        ),
    )


_EMERGING = """query($release: String, $category: EmergingCategory) {
  emergingTaskConnection(
    release: $release, first: 2, after: null, category: $category
  ) { totalCount edges { cursor node { ...E } } nodes { ...E }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }
  new: emergingTaskConnection(release: $release, category: NEW) { totalCount }
  revised: emergingTaskConnection(release: $release, category: REVISION) { totalCount }
  occupation(code: "11-1.00", release: $release) {
    emergingTasks { ...E } emergingTasksMissing { name coverage } } }
fragment E on EmergingTask { id statement category surveyed domainSource writeInTotal
  provenance { line } release { id } occupation { code } revises { taskId }
  sources { id } promoted { basis release { id } task { id taskId statement } } }"""

_CHANGES = """query($from: String!, $to: String!, $change: ReleaseChange!) {
  compareReleases(from: $from, to: $to, kind: TASK) {
    changes(change: $change, first: 5, after: null) { totalCount nodes { changes
      ... on ChangedTask {
        before { taskId statement } after { taskId statement }
        wording { before after similarity parts { kind text } method }
        linksGained { elementId } linksLost { elementId } labelsOutdated { id }
        figures { before { ...F } after { ...F } difference boundsOverlap } } } } } }
fragment F on Figure { value unit lowerBound scale { id } provenance { line } }"""

_HOLES = """{ occupations(codes: ["11-1.00", "12-1.00"], release: "onet-4.0") {
  code description tasks { taskId provenance { file { name } } } }
  workActivity(elementId: "A.1", release: "onet-4.0") { parent { title }
    children { title } tasks { taskId workActivities { parent { parent { title } } } } }
  top: workActivity(elementId: "A", release: "onet-4.0") { title } }"""

DEEP = (
    Case(_HOLES, (Run({}),)),
    Case(
        _CHANGES,
        tuple(
            Run({"from": start, "to": end, "change": change})
            for start, end in (("onet-1.0", "onet-28.0"), ("onet-20.1", "onet-30.9"))
            for change in ("RE_RATED", "LINKS_LOST", "LABELS_OUTDATED", "ADDED")
        ),
    ),
    Case(
        _EMERGING,
        tuple(
            Run({"release": release, "category": category})
            for release in ("onet-1.0", "onet-3.0", "onet-20.1", "latest", "nope")
            for category in (None, "REVISION")
        ),
    ),
    Case(_ROWS, (Run({}), Run({"release": "onet-20.1"}), Run({"release": "latest"}))),
    Case(f"query($release: String) {{ {_LACKING} }}", (Run({}), Run({"release": "x"}))),
)
