"""How much one request may ask for: docs/limits.md tells each of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """How much one request may ask for, and how much is done at once.

    ``repeats`` is of fields that have a selection or arguments: to find out whether
    equal names mean the same takes the square of their number. Of operations that cost
    more than ``heavy_cost`` one is answered at a time; ``heavy_waiting`` may wait, for
    ``heavy_patience`` seconds. None may take longer than ``seconds``.
    """

    document_bytes: int = 20_000
    tokens: int = 2_000
    depth: int = 12
    aliases: int = 30
    directives: int = 50
    fields: int = 500
    repeats: int = 30
    definitions: int = 50
    variables: int = 50
    cost: int = 10_000
    heavy_cost: int = 4_000
    heavy_waiting: int = 16
    heavy_patience: float = 2.0
    seconds: float = 5.0
