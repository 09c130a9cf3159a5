"""STUB."""

import strawberry


@strawberry.type(description="x")
class Caveat:
    code: str
    text: str


def caveats_of(*a) -> list[Caveat]:
    return []
