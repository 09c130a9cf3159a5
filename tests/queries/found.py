"""Cases that once had other bytes by plan; each is the smallest of its kind."""

from .case import Case, Run

_LIST = """query($end: Direction = ASCENDING) {
  occupation(code: "11-1.00") {
    tasks(orderBy: {by: TASK_ID, direction: $end}) { taskId }
  }
}"""
_CHOICE = "query($is: Boolean = true) { graph { version @include(if: $is) } }"
_NOWHERE = '{ taskConnection(release: "onet-5.0") { totalCount } }'
_NOTHING = """{ task(taskId: 1) {
  relatedConnection(via: [], after: "none") { totalCount } } }"""
_TWICE_WRONG = '{ taskConnection(release: "nope", after: "none") { totalCount } }'
_ONE_OF_MORE = """{ occupationConnection(first: 1, orderBy: {by: JOB_ZONE}) {
  nodes { exposureMissing { reason } } } }"""

FOUND = (
    # An argument that failed stayed left out of the statement.
    Case(_LIST, (Run({"end": None}), Run({}))),
    # A choice of null was taken for false, or could not be planned at all.
    Case(_CHOICE, (Run({"is": None}), Run({"is": False}), Run({}))),
    # A page of a node that the graph does not hold had no rows, not even none.
    Case(_NOWHERE, (Run({}),)),
    # A cursor was read although nothing was asked for after it.
    Case(_NOTHING, (Run({}),)),
    # Of two wrong arguments another one was told.
    Case(_TWICE_WRONG, (Run({}),)),
    # Studies below the row that only tells if there is more were told as sources.
    Case(_ONE_OF_MORE, (Run({}),)),
)
