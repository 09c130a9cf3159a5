"""The closed set of errors of WorkAtlas.

Each one says what happened, where, and what to do next, and renders itself for a
person (``str``), for JSON (``as_json``) and for a shell (``exit_code``). Nothing else
is raised on purpose across a room's border.
"""

from typing import Any, ClassVar

from typing_extensions import override


class WorkAtlasError(Exception):
    """What every error has: a code, what happened, where, and what to do next."""

    code: ClassVar[str] = "INTERNAL"
    exit_code: ClassVar[int] = 70

    def __init__(self, what: str, *, where: str = "", todo: str = "") -> None:
        """Keep the parts; ``where`` is a file, ``FILE:LINE:COLUMN`` or an address."""
        super().__init__(what)
        self.what = what
        self.where = where
        self.todo = todo

    @override
    def __str__(self) -> str:
        """Render for a person: where, what, and the next step on its own line."""
        place = f"{self.where}: " if self.where else ""
        step = f"\n  -> {self.todo}" if self.todo else ""
        return f"{place}{self.what}{step}"

    @classmethod
    def help_of(cls) -> str:
        """Name the place in the documentation about this kind of error."""
        return f"docs/errors.md#{cls.code.lower().replace('_', '-')}"

    def as_json(self) -> dict[str, Any]:
        """Render for a program: code, what, where, todo, help."""
        return {
            "code": self.code,
            "what": self.what,
            "where": self.where or None,
            "todo": self.todo or None,
            "help": self.help_of(),
        }


class UsageError(WorkAtlasError):
    """A command, setting or argument that cannot be meant."""

    code = "USAGE"
    exit_code = 2


class SourceError(WorkAtlasError):
    """A source of data that cannot be had: absent, unreachable, cut off, unsafe."""

    code = "SOURCE"
    exit_code = 3


class DataError(WorkAtlasError):
    """A source of data that is wrong: file, line and column say where."""

    code = "DATA"
    exit_code = 4

    def __init__(
        self,
        what: str,
        *,
        file: str,
        line: int | None = None,
        column: str | None = None,
        todo: str = "",
    ) -> None:
        """Keep file, line (1-based, header = line 1) and column beside the text."""
        parts = [file, *([str(line)] if line else []), *([column] if column else [])]
        super().__init__(what, where=":".join(parts), todo=todo)
        self.file, self.line, self.column = file, line, column


class StoreError(WorkAtlasError):
    """A graph store that is away, damaged, or failed at a statement."""

    code = "STORE"
    exit_code = 5


class NotFoundError(WorkAtlasError):
    """Something asked for by its identifier that the published graph does not hold."""

    code = "NOT_FOUND"
    exit_code = 6


class BusyError(WorkAtlasError):
    """Another load is writing to this store."""

    code = "BUSY"
    exit_code = 7


class VerificationError(WorkAtlasError):
    """Figures whose recorded source line does not hold their value."""

    code = "VERIFICATION"
    exit_code = 8
