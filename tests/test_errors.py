"""The closed set of errors renders itself in three ways."""

import pytest

from workatlas import errors
from workatlas.errors import DataError, WorkAtlasError


def closed_set() -> list[type[WorkAtlasError]]:
    """Give every error class of the module."""
    return [
        thing
        for thing in vars(errors).values()
        if isinstance(thing, type) and issubclass(thing, WorkAtlasError)
    ]


def test_each_error_has_a_code_and_an_exit_code_of_its_own() -> None:
    """No two errors share a code or an exit code; none is 0 or 1."""
    kinds = closed_set()
    assert len({kind.code for kind in kinds}) == len(kinds)
    assert len({kind.exit_code for kind in kinds} - {0, 1}) == len(kinds)


def test_for_a_person() -> None:
    """Where comes first, the next step on a line of its own."""
    error = WorkAtlasError("It broke.", where="here", todo="Mend it.")
    assert str(error) == "here: It broke.\n  -> Mend it."
    assert str(WorkAtlasError("It broke.")) == "It broke."


def test_for_a_program() -> None:
    """The parts stay apart, beside what holds for every error of the kind."""
    assert WorkAtlasError("It broke.", where="here").as_json() == {
        "code": "INTERNAL",
        "what": "It broke.",
        "where": "here",
        "todo": None,
        "help": WorkAtlasError.help,
    }


@pytest.mark.parametrize(
    ("line", "column", "where"),
    [
        (None, None, "a.txt"),
        (7, None, "a.txt:7"),
        (7, "N", "a.txt:7:N"),
        (None, "N", "a.txt:N"),
    ],
)
def test_data_errors_say_file_line_and_column(
    line: int | None, column: str | None, where: str
) -> None:
    """As much of the place as is known is in the text."""
    error = DataError("Bad.", file="a.txt", line=line, column=column)
    assert error.where == where
    assert (error.file, error.line, error.column) == ("a.txt", line, column)
