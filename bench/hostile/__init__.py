"""What a hostile client sends: a table of attacks, each some bodies of requests.

All that is sent is GraphQL as JSON, or nearly so; what happens below that, in HTTP, is
not tried here.
"""

from collections.abc import Iterator
from itertools import cycle, islice

from .documents import hostile_documents
from .endless import fillers
from .heavy import heavy
from .request import Attack, Places, body
from .values import hostile_values

__all__ = ["Attack", "Places", "attacks", "body", "heavy"]

FEW, MANY = 1, 50
"""How many are sent at once: hostile documents one by one, the rest as by a crowd."""


def attacks(places: Places, most: int) -> Iterator[Attack]:
    """Give all attacks; those without an end are of ``most`` requests."""
    for name, documents in hostile_documents(places):
        yield Attack(name, [body(document) for document in documents], FEW)
    for name, bodies in hostile_values(places):
        yield Attack(name, bodies, FEW)
    for name, endless in fillers(places):
        yield Attack(name, list(islice(endless, most)), MANY)
    for name, documents in heavy(places).items():
        # A variable that nobody uses makes each one that was never answered before.
        bodies = (body(each, n=n) for n, each in enumerate(cycle(documents)))
        yield Attack(f"{name}, at once", list(islice(bodies, most)), MANY)
