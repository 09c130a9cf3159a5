"""The closed set of errors of WorkAtlas.

Each one says what happened, where, and what to do next, and renders itself for a
person (``str``), for JSON (``as_json``) and for a shell (``exit_code``). ``help`` says
what holds for all errors of its kind, wherever they are read. Nothing else is raised
on purpose across a room's border.
"""

from typing import Any, ClassVar

from typing_extensions import override


class WorkAtlasError(Exception):
    """What every error has: a code, what happened, where, and what to do next."""

    code: ClassVar[str] = "INTERNAL"
    exit_code: ClassVar[int] = 70
    help: ClassVar[str] = (
        "A defect of WorkAtlas. Report it, with the id of the request if it has one."
    )

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

    def as_json(self) -> dict[str, Any]:
        """Render for a program: code, what, where, todo, help."""
        return {
            "code": self.code,
            "what": self.what,
            "where": self.where or None,
            "todo": self.todo or None,
            "help": self.help,
        }


class UsageError(WorkAtlasError):
    """A command, setting or argument that cannot be meant."""

    code = "USAGE"
    exit_code = 2
    help = "Nothing was done. Compare what was asked with the schema, or with --help."


class SourceError(WorkAtlasError):
    """A source of data that cannot be had: absent, unreachable, cut off, unsafe."""

    code = "SOURCE"
    exit_code = 3
    help = "What was published stays. Get the file again, or give a copy with --from."


class DataError(WorkAtlasError):
    """A source of data that is wrong: file, line and column say where."""

    code = "DATA"
    exit_code = 4
    help = "Nothing of the source was loaded. Compare it with the publisher's file."

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
    help = "No answer is made up without the store. Ask again; its log has the cause."


class NotFoundError(WorkAtlasError):
    """Something asked for by its identifier that the published graph does not hold."""

    code = "NOT_FOUND"
    exit_code = 6
    help = (
        "Ask for releases and studies, or for `workatlas status`, to see what is there."
    )


class BusyError(WorkAtlasError):
    """Another load is writing to this store."""

    code = "BUSY"
    exit_code = 7
    help = "Only one load or retirement may write at a time. Wait until it has ended."


class RateLimitError(WorkAtlasError):
    """A client that has asked for more than it may in a time."""

    code = "RATE_LIMITED"
    exit_code = 11
    help = "Nothing was answered. Ask again after the seconds that Retry-After gives."

    def __init__(self, limit: str, what: str, *, seconds: int, todo: str = "") -> None:
        """Keep the limit's name, which is its setting's, and when to ask again."""
        super().__init__(what, todo=todo)
        self.limit, self.seconds = limit, seconds


class VerificationError(WorkAtlasError):
    """Figures whose recorded source line does not hold their value."""

    code = "VERIFICATION"
    exit_code = 8
    help = "The report lists each difference. Load the source again."


class LimitError(WorkAtlasError):
    """A document that asks for more than the service answers at once."""

    code = "LIMIT"
    exit_code = 9
    help = "Nothing was fetched. Ask for less at once; docs/limits.md has each limit."

    def __init__(self, limit: str, what: str, *, most: int, todo: str = "") -> None:
        """Keep the limit's name, which is its setting's, and what it allows at most."""
        super().__init__(what, todo=todo)
        self.limit, self.most = limit, most

    @override
    def as_json(self) -> dict[str, Any]:
        """Render for a program, the limit and its number beside the rest."""
        return {**super().as_json(), "limit": self.limit, "most": self.most}


class OverloadError(WorkAtlasError):
    """A service that has too much to do to answer this request now."""

    code = "OVERLOAD"
    exit_code = 10
    help = "Ask again in a moment, or for less at once. Nothing else is wrong."

    def __init__(self, what: str, *, seconds: int = 1, todo: str = "") -> None:
        """Keep the whole seconds after which to ask again."""
        super().__init__(what, todo=todo)
        self.seconds = seconds
