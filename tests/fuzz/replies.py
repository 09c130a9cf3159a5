"""What may be said of any reply, whatever was asked."""

import json

from workatlas import errors
from workatlas.errors import WorkAtlasError

from ..faulty import Reply

CODES = {
    kind.code
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, WorkAtlasError)
} - {WorkAtlasError.code}
"""The codes of errors that are no defects."""


def assert_graphql(reply: Reply) -> None:
    """Expect an answer, or errors of the closed set and no defect among them."""
    answer = json.loads(reply.body)
    assert reply.status < 500, answer
    assert answer.keys() <= {"data", "errors", "extensions"}
    assert "data" in answer or answer["errors"]
    for error in answer.get("errors", ()):
        assert error["message"]
        assert error["extensions"]["code"] in CODES, error
