"""How much a source may take: of time, of files and of bytes."""

from dataclasses import dataclass

from workatlas.errors import SourceError

_MIB = 1 << 20
LARGEST = 2**31 - 1
"""The largest whole number that answers can hold (GraphQL's Int); none larger may be
loaded, nor a file of more bytes, rows or lines."""


@dataclass(frozen=True)
class Limits:
    """The bounds of one source; a whole O*NET release is 13 MB zipped, 100 MB not.

    Times are in seconds, sizes in bytes. ``inflation`` is how many times its own size
    a zip may take once inflated; every zip may take ``small_bytes``.
    """

    connect_seconds: float = 4.0
    read_seconds: float = 20.0
    attempts: int = 3
    download_bytes: int = 256 * _MIB
    files: int = 1000
    total_bytes: int = LARGEST
    inflation: int = 50
    small_bytes: int = 16 * _MIB

    def inflated_bytes(self, zipped: int) -> int:
        """Give the most bytes that a zip of ``zipped`` bytes may inflate to."""
        return min(self.total_bytes, max(self.small_bytes, self.inflation * zipped))


DEFAULT = Limits()
"""What holds unless a caller says otherwise."""


class Budget:
    """Bytes that may still be written; one budget serves all files of a source."""

    def __init__(self, limit: int) -> None:
        """Start with ``limit`` bytes."""
        self._limit = self._left = limit

    def spend(self, count: int, where: str) -> None:
        """Take ``count`` bytes away for the file at ``where``.

        Raises:
            SourceError: nothing is left.

        """
        self._left -= count
        if self._left < 0:
            raise SourceError(
                f"The source holds more than the {self._limit:,} bytes allowed for it.",
                where=where,
                todo="Check that this is the file or folder meant; unpack a zip that "
                "you trust, and load the folder.",
            )
