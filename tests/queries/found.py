"""Cases that once had other bytes by plan; each is the smallest of its kind."""

from .case import Case, Run

_LIST = """query($end: Direction = ASCENDING) {
  occupation(code: "11-1.00") {
    tasks(orderBy: {by: TASK_ID, direction: $end}) { taskId }
  }
}"""
_CHOICE = "query($is: Boolean = true) { graph { version @include(if: $is) } }"

FOUND = (
    # An argument that failed stayed left out of the statement.
    Case(_LIST, (Run({"end": None}), Run({}))),
    # A choice of null was taken for false, or could not be planned at all.
    Case(_CHOICE, (Run({"is": None}), Run({"is": False}), Run({}))),
)
