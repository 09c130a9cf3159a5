"""Processes of a side: which cores they run on, what they take. Linux only (/proc)."""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_CHILD = 1
_USER, _SYSTEM = 11, 12
"""Places of fields in /proc/PID/stat, counted behind the name in brackets."""


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
        return {
            name: sum(map(_pss, _family(pid))) / 1024 for name, pid in self.pids.items()
        }


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _pss(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _family(pid: int) -> list[int]:
    found = [pid]
    for thread in Path(f"/proc/{pid}/task").iterdir():
        for child in (thread / "children").read_text().split():
            found += _family(int(child))
    return found


def descendants(pid: int) -> list[int]:
    """Give a process's descendants."""
    return _family(pid)[_CHILD:]
