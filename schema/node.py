"""What has an identifier of its own."""

from typing import Any

import strawberry

from workatlas.stores.keys import public_id

from .follow import computed, follows
from .page import DATASET, RELEASE
from .rows import DatasetRow, ReleaseRow
from .source import Source, sources_of


@strawberry.interface(
    description="Something with an identifier that can be kept and asked for again."
)
class Node:
    """A node of the graph; ``row`` holds its columns, the first is its key."""

    row: strawberry.Private[Any]

    @property
    def key(self) -> str:
        """The node's key, which names its build too."""
        key: str = self.row.key
        return key

    @computed(
        "The identifier: release and place, as in onet-29.2/task/392.", reads=("key",)
    )
    def id(self) -> strawberry.ID:
        """Give the public identifier."""
        return strawberry.ID(public_id(self.key))

    @follows(RELEASE, DATASET, reads=())
    def sources(
        self, releases: list[ReleaseRow], datasets: list[DatasetRow]
    ) -> list[Source]:
        """The works that it rests on: its release, then the studies that rate it."""
        return sources_of(releases, datasets, [])
