"""How much a client may use in a time."""

from typing import NamedTuple


class Quota(NamedTuple):
    """What a client may use in a window of ``seconds``."""

    name: str
    amount: int
    seconds: int

    @property
    def policy(self) -> str:
        """Give it as an item of the header RateLimit-Policy."""
        return f'"{self.name}";q={self.amount};w={self.seconds}'
