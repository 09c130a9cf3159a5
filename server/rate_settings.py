"""The settings of rate limits, and of who is believed about where a request is from."""

from typing import Annotated

from limits import RateLimitItem, parse
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode

from .clients import ForwardedHeader, Network
from .parted import PARTED
from .quota import Quota


class RateSettings(BaseSettings):
    """How much a client may ask, who a client is, and where it is counted."""

    rate_limit: str | None = Field(
        default=None,
        description="How many requests a client may send in a time, as in 600/minute; "
        "without it, any number.",
    )
    cost_limit: str | None = Field(
        default=None,
        description="How much a client's operations may cost together in a time, as in "
        "100000/minute; without it, any amount.",
    )
    rate_store: SecretStr | None = Field(
        default=None,
        description="A Redis that all processes count clients in, as redis://HOST:PORT "
        "or rediss://USER:PASSWORD@HOST:PORT; without it each counts for itself.",
    )
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode, PARTED] = Field(
        default=(),
        description="Networks of proxies that are believed about whom they ask for, "
        "separated by commas; of all others a request's own address is the client.",
    )
    forwarded_header: ForwardedHeader = Field(
        default="x-forwarded-for",
        description="The header that trusted proxies add the client's address to; "
        "another one is not read.",
    )

    @field_validator("rate_limit", "cost_limit")
    @classmethod
    def _rate(cls, value: str | None) -> str | None:
        if value is not None and _parsed(value) is None:
            text = f"{value!r} is no rate: give a number and a time, as in 600/minute"
            raise ValueError(text)
        return value

    @field_validator("rate_store")
    @classmethod
    def _redis(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not value.get_secret_value().startswith(("redis://", "rediss://")):
            text = "it is no address of a Redis: give redis://HOST:PORT"
            raise ValueError(text)
        return value

    @property
    def requests_quota(self) -> Quota | None:
        """How many requests a client may send, if that is limited."""
        return _quota("requests", self.rate_limit)

    @property
    def cost_quota(self) -> Quota | None:
        """How much a client's operations may cost, if that is limited."""
        return _quota("cost", self.cost_limit)

    @property
    def rate_store_address(self) -> str | None:
        """Where clients are counted together, with the password that it may hold."""
        return None if self.rate_store is None else self.rate_store.get_secret_value()


def _quota(name: str, text: str | None) -> Quota | None:
    item = _parsed(text) if text else None
    return Quota(name, item.amount, item.get_expiry()) if item else None


def _parsed(text: str) -> RateLimitItem | None:
    try:
        item = parse(text)
    except ValueError:
        return None
    return item if item.amount > 0 else None
