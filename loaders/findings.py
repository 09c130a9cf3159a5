"""What `verify` reports: what it compared, and what did not hold."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Problem = Literal["VALUE", "MISSING_FILE", "CHANGED_FILE"]


@dataclass(frozen=True)
class Finding:
    """A recorded value that its line does not hold, or a file that cannot be compared.

    ``property`` may also be ``key``, or a relationship: ``recorded`` and ``found`` are
    then its other end as it is and as the node's line, or the nodes together, call for.
    ``found`` is the token on the line, null where there is none; it is null too for a
    file that is gone from the archive or was changed there. ``file`` is null where no
    single line decides.
    """

    graph: str
    file: str | None
    problem: Problem = "VALUE"
    key: str | None = None
    property: str | None = None
    line: int | None = None
    column: str | None = None
    recorded: Any = None
    found: Any = None

    @classmethod
    def beside(
        cls, graph: str, key: str, name: str, recorded: object, found: object
    ) -> "Finding":
        """Say that a node's property is not what other nodes, or no line, call for."""
        return cls(graph, None, key=key, property=name, recorded=recorded, found=found)


@dataclass(frozen=True)
class Checked:
    """How many recorded values of a graph's file were compared with their lines.

    Without a file: relationships, and values that repeat others, compared with the
    nodes that they follow from.
    """

    graph: str
    file: str | None
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
            *(_count(checked) for checked in self.checked),
            *(f"WRONG {_sentence(finding)}" for finding in self.wrong),
            f"{len(self.wrong):,} wrong of {sum(c.values for c in self.checked):,}",
        ]


def _count(checked: Checked) -> str:
    if checked.file is None:
        return f"{checked.graph}: {checked.values:,} relationships and repeated values"
    return f"{checked.graph}: {checked.file}: {checked.values:,} values"


def _sentence(finding: Finding) -> str:
    if finding.problem == "MISSING_FILE":
        return f"{finding.graph}: {finding.file} is not in the archive"
    if finding.problem == "CHANGED_FILE":
        return f"{finding.graph}: {finding.file} in the archive is not what was loaded"
    place = "what is recorded beside it"
    if finding.file is not None:
        place = f"{finding.file}:{finding.line or '-'}:{finding.column or 'the row'}"
    return (
        f"{finding.graph}/{finding.key}: {finding.property} is {finding.recorded!r}, "
        f"{place} has {finding.found!r}"
    )
