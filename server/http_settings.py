"""What can be set about HTTP itself: connections, status codes, known documents."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings

from .limits import ConnectionLimits


class HttpSettings(BaseSettings):
    """The part of the settings that is about HTTP."""

    connections: int = Field(
        default=1000,
        ge=1,
        le=100_000,
        description="How many connections each process holds; then the one that has "
        "been waited for longest is closed for a new one.",
    )
    read_timeout: float = Field(
        default=5.0,
        gt=0,
        le=300,
        description="Seconds in which a client must have sent its headers, and then "
        "its body.",
    )
    write_timeout: float = Field(
        default=30.0,
        gt=0,
        le=3600,
        description="Seconds in which a client must have taken its answer.",
    )
    keep_alive_timeout: int = Field(
        default=5,
        ge=0,
        le=3600,
        description="Seconds that an idle connection is kept; more than those of a "
        "proxy before the service.",
    )
    shutdown_timeout: int = Field(
        default=8,
        ge=0,
        le=3600,
        description="Seconds that requests under way get to end when the server is "
        "told to stop.",
    )
    draft_status_codes: bool = Field(
        default=False,
        description="Whether replies have the status codes of the current draft of "
        "GraphQL over HTTP.",
    )
    documents: Path | None = Field(
        default=None,
        description="Documents that clients name by their hash: a folder of .graphql "
        "files, or a JSON file of hashes and texts.",
    )
    documents_known: Literal["registered", "listed", "only"] = Field(
        default="registered",
        description="registered: clients may add documents to the listed ones; listed: "
        "they may not; only: nothing but listed documents is answered.",
    )

    def connection_limits(self) -> ConnectionLimits:
        """Give what connections are held to."""
        return ConnectionLimits(self.connections, self.read_timeout, self.write_timeout)
