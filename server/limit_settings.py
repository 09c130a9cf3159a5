"""How much may be asked for at once: the settings behind docs/limits.md."""

from dataclasses import fields

from pydantic import Field
from pydantic_settings import BaseSettings

from workatlas.limits import Limits

_USUAL = Limits()


class LimitSettings(BaseSettings):
    """The settings of limits, each named as the limit is; part of ``Settings``."""

    limit_document_bytes: int = Field(
        default=_USUAL.document_bytes,
        ge=1,
        description="Bytes of a document.",
    )
    limit_tokens: int = Field(
        default=_USUAL.tokens, ge=1, description="Tokens of a document."
    )
    limit_depth: int = Field(
        default=_USUAL.depth, ge=1, description="Fields within each other."
    )
    limit_aliases: int = Field(
        default=_USUAL.aliases,
        ge=0,
        description="Aliases of an operation, with its fragments put in.",
    )
    limit_directives: int = Field(
        default=_USUAL.directives, ge=0, description="Directives of a document."
    )
    limit_fields: int = Field(
        default=_USUAL.fields,
        ge=1,
        description="Fields of an operation, with its fragments put in.",
    )
    limit_repeats: int = Field(
        default=_USUAL.repeats,
        ge=1,
        description="How often one field with a selection or arguments may stand in "
        "one place of an operation.",
    )
    limit_definitions: int = Field(
        default=_USUAL.definitions,
        ge=1,
        description="Operations and fragments of a document.",
    )
    limit_variables: int = Field(
        default=_USUAL.variables, ge=0, description="Variables of an operation."
    )
    limit_cost: int = Field(
        default=_USUAL.cost,
        ge=1,
        description="What an operation may cost: the objects that it can give.",
    )
    limit_heavy_cost: int = Field(
        default=_USUAL.heavy_cost,
        ge=0,
        description="Of operations that cost more, each process answers one at a time.",
    )
    limit_heavy_waiting: int = Field(
        default=_USUAL.heavy_waiting,
        ge=0,
        description="How many of those may wait for each other.",
    )
    limit_heavy_patience: float = Field(
        default=_USUAL.heavy_patience,
        gt=0,
        le=300,
        description="Seconds that one of those may wait.",
    )
    limit_seconds: float = Field(
        default=_USUAL.seconds,
        gt=0,
        le=300,
        description="Seconds that an operation may take once it has begun.",
    )

    def document_limits(self) -> Limits:
        """Give the limits of documents and operations."""
        own = {
            each.name: getattr(self, f"limit_{each.name}") for each in fields(Limits)
        }
        return Limits(**own)
