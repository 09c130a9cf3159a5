"""What can be set: each setting once, with its default and what it does.

A setting comes from the command line, else from the environment (``WORKATLAS_STORE``),
else from a TOML file (``store = "..."``), else it has its default.
"""

import os
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)
from typing_extensions import override

from workatlas.errors import UsageError

from .http_settings import HttpSettings
from .limit_settings import LimitSettings
from .parted import PARTED
from .rate_settings import RateSettings
from .seen_settings import SeenSettings

PREFIX = "WORKATLAS_"
CONFIG = f"{PREFIX}CONFIG"
SWITCHES = f"{PREFIX}REQUIRE_"
"""Variables of this project's own tests start so."""
CONFIG_FILE = "workatlas.toml"

_ORIGIN = re.compile(r"\*|https?://[^/\s]+")


def data_folder() -> Path:
    """Give the folder that the platform keeps for this program's data."""
    return platformdirs.user_data_path("workatlas", appauthor=False)


def config_path() -> Path:
    """Give the TOML file that is read, whether it is there or not."""
    return Path(os.environ.get(CONFIG) or CONFIG_FILE)


def _archive_beside(data: dict[str, Any]) -> Path:
    store = str(data["store"])
    if "://" in store:
        return data_folder() / "archive"
    folder = Path(store).resolve()
    return folder.with_name(f"{folder.name}-archive")


class Settings(HttpSettings, LimitSettings, RateSettings, SeenSettings):
    """All settings of a process; frozen, so that they are the same all along."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    store: str = Field(
        default_factory=lambda: str(data_folder() / "graph"),
        min_length=1,
        description="Where the graph is: a folder, or neo4j://HOST or bolt://HOST.",
    )
    archive: Path = Field(
        default_factory=_archive_beside,
        description="The folder that keeps a copy of each source file that was loaded.",
    )
    neo4j_user: str = Field(
        default="neo4j", description="The user name for a Neo4j store."
    )
    neo4j_password: SecretStr | None = Field(
        default=None, description="The password for a Neo4j store."
    )
    neo4j_password_file: Path | None = Field(
        default=None,
        description="A file that holds the password; read when none is given itself.",
    )
    neo4j_ca_file: Path | None = Field(
        default=None,
        description="A file in PEM with the certificates that are trusted at "
        "neo4j+s://HOST or bolt+s://HOST, in place of those that the system trusts.",
    )
    host: str = Field(
        default="127.0.0.1", description="The address that the server listens on."
    )
    port: int = Field(
        default=8000, ge=0, le=65535, description="The port; 0 takes any free one."
    )
    public_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s/?#]+[^\s?#]*$",
        description="The address that readers know the service by, which citations on "
        "its pages name; without it, the one that a request was sent to.",
    )
    workers: int = Field(
        default=1, ge=1, le=64, description="How many processes answer requests."
    )
    cors_origins: Annotated[tuple[str, ...], NoDecode, PARTED] = Field(
        default=(),
        description="Origins whose web pages may ask, separated by commas; * is all.",
    )
    log_format: Literal["json", "console"] = Field(
        default="console", description="Log lines as JSON, or laid out for a person."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least important kind of line that is logged."
    )
    answer_cache_bytes: int = Field(
        default=32 * 2**20,
        ge=0,
        description="Bytes of answers that each process keeps; 0 keeps nothing at all, "
        "parsed documents and plans included.",
    )
    open_graph_bytes: int = Field(
        default=3 * 2**30,
        ge=0,
        description="Bytes of an embedded store's files that each process keeps open, "
        "those used last; one is open in any case.",
    )
    prepared_releases: int = Field(
        default=4,
        ge=1,
        description="Of how many releases each process keeps what it made of all of "
        "their rows, for searches and ranks: of those used last.",
    )
    cache_control: str = Field(
        default="no-cache",
        pattern=r"[\x20-\x7e]*",
        description="The Cache-Control header of answers; no-cache lets others keep "
        "them, and ask each time whether they still hold.",
    )
    metrics: bool = Field(
        default=True, description="Whether /metrics tells counters to Prometheus."
    )
    explain: bool = Field(
        default=False,
        description="Whether an answer shows its plan to clients that ask for it.",
    )
    statement_timeout: float = Field(
        default=5.0,
        gt=0,
        le=300,
        description="Seconds that one statement may take in the store.",
    )
    download_timeout: float = Field(
        default=5.0,
        gt=0,
        le=300,
        description="Seconds to wait for a publisher's server to respond.",
    )

    @field_validator("store")
    @classmethod
    def _home(cls, value: str) -> str:
        return value if "://" in value else str(Path(value).expanduser())

    @field_validator("cors_origins")
    @classmethod
    def _origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            if not _ORIGIN.fullmatch(origin):
                text = f"{origin!r} is no origin: give scheme, host and port, no path"
                raise ValueError(text)
        return value

    @field_validator("log_level", "log_format", mode="before")
    @classmethod
    def _lower(cls, value: Any) -> Any:
        return value.lower() if isinstance(value, str) else value

    @override
    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Ask the command line, then the environment, then the TOML file."""
        toml = TomlConfigSettingsSource(settings_cls, toml_file=config_path())
        return init_settings, env_settings, toml

    def password(self) -> str | None:
        """Give the Neo4j password, from the setting or from its file.

        Raises:
            UsageError: the file cannot be read.

        """
        if self.neo4j_password is not None:
            return self.neo4j_password.get_secret_value()
        if self.neo4j_password_file is None:
            return None
        try:
            return self.neo4j_password_file.read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(
                "The file with the password cannot be read.",
                where=str(self.neo4j_password_file),
                todo=f"Correct {PREFIX}NEO4J_PASSWORD_FILE or the rights of the file.",
            ) from error


def load_settings(**given: Any) -> Settings:
    """Read the settings; ``given`` ones go first, those that are None do not count.

    Raises:
        UsageError: a setting that does not exist or cannot be meant, by its name.

    """
    path = config_path()
    if os.environ.get(CONFIG) and not path.is_file():
        raise UsageError(
            "The file with the settings is not there.",
            where=str(path),
            todo=f"Correct {CONFIG}.",
        )
    _refuse_unknown(os.environ)
    options = {k: v for k, v in given.items() if v is not None}
    try:
        return Settings(**options)
    except ValidationError as error:
        raise _refusal(error, options) from error
    except (SettingsError, ValueError, OSError) as error:
        raise UsageError(
            f"The file with the settings cannot be read ({error}).",
            where=str(path),
            todo="Write it as TOML, a line a setting: docs/settings.md.",
        ) from error


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    """Refuse a variable that is spelled like a setting and is none."""
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    for name in environment:
        mine = name.startswith(PREFIX) and not name.startswith(SWITCHES)
        if mine and name not in {*known, CONFIG}:
            raise UsageError(
                f"There is no setting named {name}.",
                where="the environment",
                todo="Unset it, or see docs/settings.md for the names there are.",
            )


def _refusal(error: ValidationError, options: Collection[str]) -> UsageError:
    first = error.errors(include_input=False, include_url=False)[0]
    name = ".".join(map(str, first["loc"]))
    if first["type"] == "extra_forbidden":
        return UsageError(
            f"There is no setting named {name}.",
            where=str(config_path()),
            todo="Take it out, or see docs/settings.md for the names there are.",
        )
    reason = first["msg"].removeprefix("Value error, ")
    if name in options:
        return UsageError(
            f"The option --{name} cannot be used: {reason}.",
            where=f"--{name}",
            todo="`workatlas COMMAND --help` says what it takes.",
        )
    return UsageError(
        f"The setting {name} cannot be used: {reason}.",
        where=f"{PREFIX}{name.upper()}",
        todo="Correct it where it is set, in the environment or the TOML file.",
    )
