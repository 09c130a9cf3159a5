"""How an answer was made, for those who look after the service.

Nothing of this is worked out unless it is asked for, as of an answer that took long.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from .explain import Ran, Trace, explained, field_of, steps_of
from .plan import Plan
from .rows import Table


class Stepped(NamedTuple):
    """A step that was taken: of which field, for how many objects, when, how long.

    It began at ``begun`` of ``time.perf_counter``; ``seconds`` are without those of
    what is below it.
    """

    field: str
    objects: int
    begun: float
    seconds: float


@dataclass(frozen=True)
class Made:
    """What an answer was made by and of; ``ran`` are the statements that were run."""

    planned: Plan
    ran: Sequence[Ran]
    tables: Sequence[Table]
    trace: Trace | None = None

    def plan(self) -> Mapping[str, Any]:
        """Give the plan, to look at; times of steps are there if they were noted."""
        return explained(self.planned, self.trace, self.ran, self.tables)

    @property
    def steps(self) -> int:
        """How many steps the plan has."""
        if self.planned.steps is None:
            self.planned.steps = sum(1 for _ in steps_of(self.planned.root))
        return self.planned.steps

    @property
    def rows(self) -> int:
        """How many rows the statements brought, but for those that are kept."""
        return sum(sum(map(len, table.values())) for table in self.tables)

    @property
    def stepped(self) -> Sequence[Stepped]:
        """The steps that were taken, if they were noted."""
        trace = self.trace or Trace()
        return [
            Stepped(field_of(step), trace.objects[step], begun, trace.seconds[step])
            for step, begun in trace.begun.items()
        ]
