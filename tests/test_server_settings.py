"""Settings: where they come from, what they refuse, and that each is documented."""

from pathlib import Path

import pytest

from workatlas.errors import UsageError
from workatlas.server.settings import (
    CONFIG,
    CONFIG_FILE,
    PREFIX,
    Settings,
    data_folder,
    load_settings,
)

DOCS = Path(__file__).parent.parent / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Start each test in an empty folder, with no setting in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in (*Settings.model_fields, "config"):
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)


def refused(**given: object) -> UsageError:
    """Give the error that settings are refused with."""
    with pytest.raises(UsageError) as caught:
        load_settings(**given)
    return caught.value


def test_defaults() -> None:
    """Without any setting the platform's folder is used, on this machine only."""
    settings = load_settings()
    assert settings.store == str(data_folder() / "graph")
    assert settings.archive == data_folder() / "graph-archive"
    assert (settings.host, settings.port, settings.cors_origins) == (
        "127.0.0.1",
        8000,
        (),
    )
    assert settings.password() is None


def test_order_of_places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The command line goes before the environment, that before the file."""
    (tmp_path / CONFIG_FILE).write_text('port = 1\nhost = "::1"\nworkers = 3\n')
    monkeypatch.setenv("WORKATLAS_PORT", "2")
    monkeypatch.setenv("WORKATLAS_WORKERS", "4")
    settings = load_settings(port=5, host=None)
    assert (settings.port, settings.workers, settings.host) == (5, 4, "::1")


def test_file_by_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The file may lie elsewhere; one that is named has to be there."""
    other = tmp_path / "other.toml"
    other.write_text('cors_origins = ["http://127.0.0.1:3000"]\n')
    monkeypatch.setenv(CONFIG, str(other))
    assert load_settings().cors_origins == ("http://127.0.0.1:3000",)
    other.unlink()
    error = refused()
    assert error.where == str(other)
    assert CONFIG in error.todo


def test_file_that_is_no_toml(tmp_path: Path) -> None:
    """A file that cannot be read is refused by its name."""
    (tmp_path / CONFIG_FILE).write_text("port: 1\n")
    assert refused().where == CONFIG_FILE


def test_unknown_setting(tmp_path: Path) -> None:
    """A setting that does not exist is refused: it may be a slip of the pen."""
    (tmp_path / CONFIG_FILE).write_text("prot = 1\n")
    error = refused()
    assert "prot" in error.what
    assert error.where == CONFIG_FILE


def test_unknown_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that is spelled like a setting and is none is refused as well."""
    monkeypatch.setenv("WORKATLAS_PRT", "3")
    assert "WORKATLAS_PRT" in refused().what


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "x"),
        ("PORT", "65536"),
        ("WORKERS", "0"),
        ("LOG_FORMAT", "xml"),
        ("LOG_LEVEL", "loud"),
        ("STATEMENT_TIMEOUT", "0"),
        ("CORS_ORIGINS", "http://127.0.0.1/"),
        ("CORS_ORIGINS", "127.0.0.1"),
    ],
)
def test_bad_values_are_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """The error names the setting as it is written in the environment."""
    monkeypatch.setenv(PREFIX + name, value)
    error = refused()
    assert error.where == PREFIX + name
    assert name.lower() in error.what


def test_bad_type_in_the_file(tmp_path: Path) -> None:
    """A value of another type is refused by name too."""
    (tmp_path / CONFIG_FILE).write_text("cors_origins = 3\nlog_level = 4\n")
    assert "cors_origins" in refused().what


def test_empty_store_is_refused() -> None:
    """An empty store on the command line is no folder."""
    assert refused(store="").where == "--store"


def test_an_option_is_blamed_by_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the command line said is told as an option, whatever else is set."""
    monkeypatch.setenv("WORKATLAS_PORT", "8000")
    error = refused(port=70000)
    assert error.where == "--port"
    assert error.what.startswith("The option --port cannot be used: ")
    monkeypatch.setenv("WORKATLAS_PORT", "70000")
    assert refused(host="127.0.0.1").where == "WORKATLAS_PORT"


def test_empty_variables_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty variable is as good as none, as container tools set them."""
    monkeypatch.setenv("WORKATLAS_PORT", "")
    assert load_settings().port == 8000


def test_origins_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several origins stand in one variable."""
    monkeypatch.setenv("WORKATLAS_CORS_ORIGINS", "http://127.0.0.1:1, http://[::1]:2")
    origins = load_settings().cors_origins
    assert origins == ("http://127.0.0.1:1", "http://[::1]:2")


def test_case_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Closed choices may be written in capitals."""
    monkeypatch.setenv("WORKATLAS_LOG_LEVEL", "WARNING")
    monkeypatch.setenv("WORKATLAS_LOG_FORMAT", "JSON")
    settings = load_settings()
    assert (settings.log_level, settings.log_format) == ("warning", "json")


def test_archive_lies_beside_the_store(tmp_path: Path) -> None:
    """Copies of sources lie beside a folder, and with the platform's data for Neo4j."""
    inside = load_settings(store=str(tmp_path / "work"))
    assert inside.archive == tmp_path / "work-archive"
    assert load_settings(store="work").archive == tmp_path / "work-archive"
    server = load_settings(store="neo4j://127.0.0.1")
    assert server.archive == data_folder() / "archive"
    assert load_settings(archive="elsewhere").archive == Path("elsewhere")


def test_home_is_understood(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A tilde in the environment is the home folder, which no shell has put in."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("WORKATLAS_STORE", "~/work")
    assert load_settings().store == str(tmp_path / "work")


def test_password_is_kept_secret(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The password comes from its setting or a file, and is never printed."""
    file = tmp_path / "password"
    file.write_text("from the file\n")
    monkeypatch.setenv("WORKATLAS_NEO4J_PASSWORD_FILE", str(file))
    assert load_settings().password() == "from the file"
    monkeypatch.setenv("WORKATLAS_NEO4J_PASSWORD", "hidden")
    settings = load_settings()
    assert settings.password() == "hidden"
    assert "hidden" not in repr(settings)


def test_password_file_that_is_gone(tmp_path: Path) -> None:
    """A password file that cannot be read is refused by its name."""
    settings = load_settings(neo4j_password_file=tmp_path / "none")
    with pytest.raises(UsageError, match="password cannot be read") as caught:
        settings.password()
    assert caught.value.where == str(tmp_path / "none")


def test_every_setting_is_documented() -> None:
    """The page names each setting, its variable, its default and what it does."""
    rows = [line.split("|") for line in DOCS.read_text().splitlines()]
    page = {row[1].strip(" `"): row for row in rows if len(row) > 4}
    for name, field in Settings.model_fields.items():
        row = page[name]
        assert row[2].strip(" `") == PREFIX + name.upper()
        assert row[4].strip() == field.description
        if field.default_factory is None:
            default = field.default
            assert row[3].strip(" `") == (
                "none" if default in (None, ()) else str(default)
            )
    assert CONFIG in DOCS.read_text()
