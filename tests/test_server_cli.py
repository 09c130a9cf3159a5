"""The command line as a whole: help, errors, exit codes, and what it costs to start."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from workatlas import __version__, errors
from workatlas.errors import BusyError, WorkAtlasError
from workatlas.server.cli import exit_codes, main, run
from workatlas.server.commands import schema

COMMANDS = [
    *("up", "load", "export", "import", "serve", "query", "status", "verify"),
    *("releases", "generate", "schema", "diff"),
]
REPORTING = [
    *("load", "export", "import", "status", "verify", "releases", "generate", "diff"),
]
DOCS = Path(__file__).parent.parent / "docs"


def failing(error: BaseException) -> Callable[[], str]:
    """Make a function that fails."""

    def fail() -> str:
        raise error

    return fail


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give help enough room that no line is broken."""
    monkeypatch.setenv("COLUMNS", "300")


def test_every_command_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    """Help lists every command, and so does the program without arguments."""
    assert run(["--help"]) == 0
    told = capsys.readouterr().out
    assert run([]) == 0
    assert capsys.readouterr().out == told
    assert all(f" {command} " in told for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_an_example(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The help of a command ends with an example of it."""
    assert run([command, "--help"]) == 0
    told = capsys.readouterr().out
    assert f"Example: workatlas {command}" in told
    assert ("--json" in told) == (command in REPORTING)


def test_exit_codes_are_documented(capsys: pytest.CaptureFixture[str]) -> None:
    """Help and the page name every exit code, and each error's own is among them."""
    run(["--help"])
    told = capsys.readouterr().out
    page = (DOCS / "exit-codes.md").read_text()
    for code, meaning in exit_codes().items():
        assert f"{code} {meaning.rstrip('.')}" in " ".join(told.split())
        assert any(
            line.startswith(f"| {code} |") and line.endswith(f"| {meaning} |")
            for line in page.splitlines()
        )
    kinds = [k for k in vars(errors).values() if isinstance(k, type)]
    codes = {k.exit_code for k in kinds if issubclass(k, WorkAtlasError)}
    assert codes < set(exit_codes())


def test_error_for_a_person(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An error says where, what, what to do, and what its code means."""
    error = BusyError("Busy.", where="here", todo="Wait.")
    monkeypatch.setattr("workatlas.schema.sdl", failing(error))
    assert run(["schema"]) == BusyError.exit_code
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == f"Error: here: Busy.\n  -> Wait.\n  BUSY: {BusyError.help}\n"


def test_error_for_a_program(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """With --json the error is the one document on standard output."""
    monkeypatch.setenv("WORKATLAS_CONFIG", str(tmp_path / "none.toml"))
    assert run(["status", "--json"]) == 2
    told = capsys.readouterr()
    assert told.err == ""
    assert json.loads(told.out)["error"]["where"] == str(tmp_path / "none.toml")


@pytest.mark.parametrize(
    "arguments",
    [["none"], ["load"], ["serve", "--prot", "1"], ["serve", "--port", "x"]],
)
def test_wrong_use(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A command or option that is none is refused with exit code 2 and a way out."""
    assert run(arguments) == 2
    assert "--help" in capsys.readouterr().err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """It is told on standard output, and nothing else is done."""
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"workatlas {__version__}\n"


def test_defect(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A defect is told with its trace, and has an exit code of its own."""
    monkeypatch.setattr("workatlas.schema.sdl", failing(ValueError("odd")))
    assert run(["schema"]) == 70
    told = capsys.readouterr().err
    assert "Traceback" in told
    assert "(odd)" in told


def test_interrupt(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C ends a command with 130 and one line."""
    monkeypatch.setattr("workatlas.schema.sdl", failing(KeyboardInterrupt()))
    assert run(["schema"]) == 130
    assert capsys.readouterr().err == "Stopped; nothing is left half done.\n"


def test_reader_that_goes_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A pipe whose reader has read enough ends the command without a word."""
    stdout, stderr = sys.stdout, sys.stderr
    monkeypatch.setattr("workatlas.schema.sdl", failing(BrokenPipeError(32, "pipe")))
    with pytest.raises(SystemExit):
        run(["schema"])
    sys.stdout, sys.stderr = stdout, stderr
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "")


def test_main_leaves_with_the_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The program takes its arguments from the shell and gives its exit code back."""
    monkeypatch.setattr(sys, "argv", ["workatlas", "none"])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 2
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    assert capsys.readouterr().out


def test_schema(capsys: pytest.CaptureFixture[str]) -> None:
    """The schema is printed with one final newline."""
    assert run(["schema"]) == 0
    told = capsys.readouterr().out
    assert "\ntype Query {" in told
    assert told.endswith("}\n")
    assert not told.endswith("\n\n")
    assert schema.EXAMPLE.startswith("workatlas schema")


def imported(code: str, heavy: set[str]) -> list[str]:
    """Give which of these modules are there after the code has run."""
    told = f"print(*({heavy!r} & set(sys.modules)), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\n{told}"],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stderr.split()


def test_start_is_cheap() -> None:
    """Help imports none of the heavy libraries, so that it is there at once."""
    heavy = {"polars", "kglite", "neo4j", "strawberry", "uvicorn", "starlette"}
    help_ = "from workatlas.server.cli import run; run(['--help'])"
    assert imported(help_, heavy) == []


def test_load_into_a_folder_imports_no_driver(tmp_path: Path) -> None:
    """What only a server of Neo4j needs, or only pandas, costs a load no time."""
    load_ = (
        "from workatlas.loaders.load import load\n"
        "from workatlas.stores import open_writer\n"
        f"open_writer({str(tmp_path)!r}).snapshot()"
    )
    assert imported(load_, {"neo4j", "numpy", "pandas", "polars"}) == ["polars"]


def test_module_can_be_run() -> None:
    """`python -m workatlas` does what the command does."""
    done = subprocess.run(
        [sys.executable, "-m", "workatlas", "none"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("Error: ")
