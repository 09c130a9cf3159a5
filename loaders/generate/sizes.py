"""How much of everything a release of a given size has.

The figures of a full release are those of O*NET 29.2 (18,796 tasks), rounded.
"""

import math
from dataclasses import dataclass

from workatlas.errors import UsageError

MAX_OCCUPATIONS = 2500
"""More would need more titles than the vocabulary has."""

MAX_TASKS_EACH = 100
"""More tasks for an occupation would repeat themselves; the real ones have up to 40."""

_FULL_OCCUPATIONS, _FULL_TASKS = 1016, 18800
_GROUPS, _IWAS, _DWAS = 23, 332, 2087


@dataclass(frozen=True)
class Sizes:
    """The size of a release: how many occupations and tasks it has."""

    occupations: int
    tasks: int

    def __post_init__(self) -> None:
        """Refuse what cannot be generated, with a UsageError."""
        if not 1 <= self.occupations <= MAX_OCCUPATIONS:
            raise UsageError(
                f"{self.occupations:,} occupations cannot be generated.",
                where="--occupations",
                todo=f"Give a number from 1 to {MAX_OCCUPATIONS:,}.",
            )
        most = MAX_TASKS_EACH * self.occupations
        if not self.occupations <= self.tasks <= most:
            raise UsageError(
                f"{self.tasks:,} tasks cannot be generated for {self.occupations:,} "
                "occupations.",
                where="--tasks",
                todo=f"Give a number from {self.occupations:,} (one each) to {most:,} "
                f"({MAX_TASKS_EACH} each).",
            )

    def share(self, of_full: int) -> int:
        """Give what a count in a full release comes to with this many tasks."""
        return (of_full * self.tasks + _FULL_TASKS // 2) // _FULL_TASKS

    @property
    def groups(self) -> int:
        """Major groups that have occupations; few in a small release, so tasks meet."""
        return min(_GROUPS, math.isqrt(self.occupations))

    @property
    def without_tasks(self) -> int:
        """Occupations that have no tasks, as residual ones have none."""
        return self.occupations * 93 // _FULL_OCCUPATIONS

    @property
    def without_reports(self) -> int:
        """Occupations whose workers reported no titles."""
        return self.occupations * 115 // _FULL_OCCUPATIONS

    @property
    def dwas(self) -> int:
        """Detailed activities: two for three tasks, as far as the full number."""
        return min(_DWAS, max(3, self.tasks * 2 // 3))

    @property
    def iwas(self) -> int:
        """Intermediate activities."""
        return min(_IWAS, self.dwas // 2)

    @property
    def general_dwas(self) -> int:
        """Detailed activities whose title is that of their intermediate one."""
        return max(1, self.dwas * 53 // _DWAS)

    @property
    def unused_dwas(self) -> int:
        """Detailed activities that no task has, at least."""
        return self.dwas * 5 // _DWAS
