"""What `verify` reports: what it compared, and what did not hold."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Problem = Literal["VALUE", "MISSING_FILE", "CHANGED_FILE"]


@dataclass(frozen=True)
class Finding:
    """A recorded value that its line does not hold, or a file that cannot be compared.

    ``property`` may also be ``key``, or the relationship that ties the node to what its
    line names. ``found`` is the token on the line, null where there is none; it is null
    too for a file that is gone from the archive or was changed there.
    """

    graph: str
    file: str
    problem: Problem = "VALUE"
    key: str | None = None
    property: str | None = None
    line: int | None = None
    column: str | None = None
    recorded: Any = None
    found: Any = None


@dataclass(frozen=True)
class Checked:
    """How many recorded values of a graph's file were compared with their lines."""

    graph: str
    file: str
    values: int


@dataclass(frozen=True)
class VerifyReport:
    """What was compared, and what was wrong."""

    checked: list[Checked]
    wrong: list[Finding]

    def as_dict(self) -> dict[str, Any]:
        """Give the report as plain values."""
        return asdict(self)

    def lines(self) -> list[str]:
        """Give the report as lines of text."""
        return [
            *(f"{c.graph}: {c.file}: {c.values:,} values" for c in self.checked),
            *(f"WRONG {_sentence(finding)}" for finding in self.wrong),
            f"{len(self.wrong):,} wrong of {sum(c.values for c in self.checked):,}",
        ]


def _sentence(finding: Finding) -> str:
    if finding.problem == "MISSING_FILE":
        return f"{finding.graph}: {finding.file} is not in the archive"
    if finding.problem == "CHANGED_FILE":
        return f"{finding.graph}: {finding.file} in the archive is not what was loaded"
    place = f"{finding.file}:{finding.line or '-'}:{finding.column or 'the row'}"
    return (
        f"{finding.graph}/{finding.key}: {finding.property} is {finding.recorded!r}, "
        f"{place} has {finding.found!r}"
    )
