"""The settings of what is seen from outside: slow operations, and traces."""

from pydantic import Field
from pydantic_settings import BaseSettings


class SeenSettings(BaseSettings):
    """What is told about requests, and to whom."""

    slow_seconds: float = Field(
        default=1.0,
        ge=0,
        description="Seconds from which an operation is logged as slow, with its plan.",
    )
    traces_to: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s/?#@]+[^\s?#@]*$",
        description="The collector that spans are sent to, by OTLP over HTTP, as "
        "http://HOST:4318/v1/traces; without it none are made.",
    )
