"""The connections of a process, and who has to go when there are too many."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Protocol

from .limits import HELD


class Member(Protocol):
    """A connection as the crowd knows it."""

    def make_room(self) -> None:
        """End now: somebody else needs the room."""
        ...


class Crowd:
    """Who is waited for, the one that was waited for longest first, and what is held.

    A client that sends nothing, or a byte at a time, costs others nothing: it is the
    one that goes. Those whose requests are being answered never do.
    """

    def __init__(self, most: int) -> None:
        """Hold ``most`` connections."""
        self.most = most
        self._waiting: dict[Member, None] = {}
        self._held: dict[Member, int] = {}
        self._bytes = 0
        self._late: deque[Callable[[], None]] = deque()

    def has_room(self, members: int) -> bool:
        """Make room for the last of ``members`` connections; False if there is none."""
        if members <= self.most:
            return True
        longest = next(iter(self._waiting), None)
        if longest is None:
            return False
        self.answer(longest)
        longest.make_room()
        return True

    def wait(self, member: Member) -> None:
        """Note that a connection is to send something."""
        self._waiting[member] = None

    def answer(self, member: Member) -> None:
        """Note that it is not waited for: its request is being answered, or it left."""
        self._waiting.pop(member, None)

    def hold(self, member: Member, size: int) -> None:
        """Note how many bytes are held for a connection; it holds longest that grows.

        Where all hold too much, those that held first have to go; one alone may.
        """
        self._bytes += size - self._held.pop(member, 0)
        self._held[member] = size
        while self._bytes > HELD and len(self._held) > 1:
            longest = next(iter(self._held))
            self.release(longest)
            longest.make_room()

    def release(self, member: Member) -> None:
        """Note that nothing is held any more."""
        self._bytes -= self._held.pop(member, 0)

    def later(self, start: Callable[[], None]) -> None:
        """Start a request that waited for others of its connection.

        One at each turn of the loop: those who sent many at once wait for those who
        did not.
        """
        self._late.append(start)
        if len(self._late) == 1:
            asyncio.get_running_loop().call_soon(self._start_one)

    def _start_one(self) -> None:
        self._late[0]()
        self._late.popleft()
        if self._late:
            asyncio.get_running_loop().call_soon(self._start_one)
