"""How long work takes, as it was found to take before."""

LONG_SECONDS = 0.001
"""What may keep the event loop busy at once."""
_UNKNOWN = 1.0
_FADE = 0.5


class Pace:
    """How long the work under a plan takes; what was long stays so for a while."""

    def __init__(self) -> None:
        """Know nothing yet, and expect the worst."""
        self._expected = _UNKNOWN

    @property
    def is_long(self) -> bool:
        """Whether the work may take too long for the event loop."""
        return self._expected > LONG_SECONDS

    def note(self, seconds: float) -> None:
        """Learn how long it took."""
        self._expected = max(seconds, self._expected * _FADE)
