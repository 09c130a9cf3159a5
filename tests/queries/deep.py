"""Cases of what lies so deep, or is so rare, that drawing alone seldom comes there."""

from workatlas.schema.study_enums import ExposureMissing

from .case import Case, Run

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

DEEP = (
    Case(_ROWS, (Run({}), Run({"release": "onet-20.1"}), Run({"release": "latest"}))),
    Case(f"query($release: String) {{ {_LACKING} }}", (Run({}), Run({"release": "x"}))),
)
