"""What to cite for nodes of any kind: the works that they rest on, and how."""

from datetime import date

import strawberry

from .citation import CitationStyle, cite_works
from .follow import computed
from .source import Source


@strawberry.type(description="The works that some nodes rest on, and how to cite them.")
class Bibliography:
    """A bibliography in one style."""

    sources: list[Source] = strawberry.field(
        description="The works, each once, with licence and the sentence that it "
        "requires: releases, then studies, each by identifier."
    )
    style: CitationStyle = strawberry.field(description="The style or format.")
    accessed: date | None = strawberry.field(
        description="The day the data were read, as it was given; null if none was."
    )

    @computed(
        "The works in that style, in their order, ready to be copied; what describes a "
        "study stands after its data. Without works there is nothing in it.",
        reads=(),
    )
    def text(self) -> str:
        """Write the works out."""
        return cite_works(self.sources, self.style, self.accessed)
