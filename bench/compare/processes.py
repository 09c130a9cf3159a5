"""Processes of a side: which cores they run on, what they take. Linux only (/proc)."""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_TICK = os.sysconf("SC_CLK_TCK")
_CHILD = 1
_USER, _SYSTEM = 11, 12
"""Places of fields in /proc/PID/stat, counted behind the name in brackets."""


class Held(NamedTuple):
    """Memory of one process in MiB."""

    resident: float
    """All of its pages that are in memory."""
    share: float
    """Its own pages and its share of those that others hold as well (PSS)."""
    own: float
    """Pages that would be free if it ended."""


class Processes:
    """The processes of a side by name, each with its descendants."""

    def __init__(self, pids: Mapping[str, int]) -> None:
        """Watch processes by their ids."""
        self.pids = dict(pids)

    def pin(self, cores: Sequence[int]) -> None:
        """Let all their threads run on these cores alone."""
        for pid in self.pids.values():
            for one in _family(pid):
                for thread in Path(f"/proc/{one}/task").iterdir():
                    with suppress(ProcessLookupError):
                        os.sched_setaffinity(int(thread.name), cores)

    def cpu_seconds(self) -> dict[str, float]:
        """Give the CPU time that each has taken until now."""
        return {
            name: sum(
                (int(stat[_USER]) + int(stat[_SYSTEM])) / _TICK
                for stat in map(_stat, _family(pid))
            )
            for name, pid in self.pids.items()
        }

    def memory_mib(self) -> dict[str, float]:
        """Give the memory that each holds now: its own pages and its share of others.

        The share (PSS) counts a page that two processes hold half for each.
        """
        return {name: sum(held.share for held in self.held(name)) for name in self.pids}

    def held(self, name: str) -> list[Held]:
        """Give what each process of a name holds now: its parent, then the others."""
        return [_held(pid) for pid in _family(self.pids[name])]


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _held(pid: int) -> Held:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    words = [line.split() for line in lines]
    mib = {name: int(kib) / 1024 for name, kib, _ in words}
    own = mib["Private_Clean:"] + mib["Private_Dirty:"]
    return Held(mib["Rss:"], mib["Pss:"], own)


def _family(pid: int) -> list[int]:
    found = [pid]
    for thread in Path(f"/proc/{pid}/task").iterdir():
        for child in (thread / "children").read_text().split():
            found += _family(int(child))
    return found


def descendants(pid: int) -> list[int]:
    """Give a process's descendants."""
    return _family(pid)[_CHILD:]
