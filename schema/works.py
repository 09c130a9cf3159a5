"""What is published: releases, studies, and the graph that they make up."""

from typing import Annotated

import strawberry

from workatlas.errors import NotFoundError
from workatlas.stores import GraphKind

from .arguments import InRelease, argument
from .cost import costs
from .crosswalk import Crosswalk
from .explore import Explore, shown
from .follow import Follow, computed, follows, only
from .join_rows import CrosswalkRow
from .release import Release
from .rows import ReleaseRow, StudyRow
from .study import Study

STUDY = "A study such as gpts-are-gpts."


@strawberry.type(description="The published graph as a whole.")
class Graph:
    """What is published."""

    version: str = strawberry.field(
        description="Names the content: equal content has an equal version."
    )
    built_at: str | None = strawberry.field(
        description="When the newest part was published here, ISO 8601 in UTC; null "
        "where nothing is."
    )


@strawberry.type(description="Fields that give published works.")
class Works(Explore):
    """What is published; part of Query."""

    def study_key(self, study: str) -> str:
        """Give the key of a study."""
        found = self.snapshot.graphs.get(study)
        if found is None or found.kind is not GraphKind.STUDY:
            raise NotFoundError(
                f"Study {shown(study)} is not in the graph.",
                todo="`studies` lists what is.",
            )
        return found.key("study", study)

    @computed("What is published now.")
    def graph(self) -> Graph:
        """Give version and date."""
        return Graph(
            version=self.snapshot.version, built_at=self.snapshot.built_at or None
        )

    @follows(
        Follow(
            "release",
            ReleaseRow,
            keys=lambda query, a: (query.snapshot.release(a["id"]).key("release"),),
        )
    )
    def release(
        self,
        rows: list[ReleaseRow],
        *,
        id: InRelease = None,  # noqa: A002
    ) -> Release | None:
        """A release by its identifier; the newest without one."""
        del id  # the key is made of it
        return Release(row=only(rows))

    @costs(size=10)
    @follows(
        Follow(
            "release",
            ReleaseRow,
            keys=lambda query, _: [
                g.key("release") for g in query.snapshot.of(GraphKind.RELEASE)
            ],
        )
    )
    def releases(self, rows: list[ReleaseRow]) -> list[Release]:
        """The published releases, the newest first."""
        return [Release(row=row) for row in rows]

    @follows(
        Follow(
            "study",
            StudyRow,
            keys=lambda query, a: [query.study_key(a["id"])],
        )
    )
    def study(
        self,
        rows: list[StudyRow],
        *,
        id: Annotated[strawberry.ID, argument(STUDY)],  # noqa: A002
    ) -> Study | None:
        """A study by its identifier; an error if it is not loaded."""
        del id  # the key is made of it
        return Study(row=only(rows), snapshot=self.snapshot)

    @follows(
        Follow(
            "study",
            StudyRow,
            keys=lambda query, _: [
                g.key("study", g.id) for g in query.snapshot.of(GraphKind.STUDY)
            ],
        )
    )
    def studies(self, rows: list[StudyRow]) -> list[Study]:
        """The loaded studies, the newest first."""
        return [Study(row=row, snapshot=self.snapshot) for row in rows]

    @follows(
        Follow(
            "crosswalk",
            CrosswalkRow,
            keys=lambda query, _: [
                g.key("crosswalk", g.id) for g in query.snapshot.of(GraphKind.CROSSWALK)
            ],
        )
    )
    def crosswalks(self, rows: list[CrosswalkRow]) -> list[Crosswalk]:
        """The loaded crosswalks between classifications."""
        return [Crosswalk(row=row) for row in rows]
