"""What others made: asked about when audited, and listed when released."""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Sequence
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from .switches import require

ROOT = Path(__file__).parent.parent
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
CLEAN_PYTHON: dict[str, Any] = {
    "dependencies": [{"name": "a", "version": "1", "vulns": []}]
}
CLEAN_NPM: dict[str, Any] = {"vulnerabilities": {}}
SKIPPED = {"name": "b", "skip_reason": "Dependency not found on PyPI"}
VULNERABLE: dict[str, Any] = {
    "name": "a",
    "version": "1",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}],
}
VULNERABLE_NPM: dict[str, Any] = {
    "vulnerabilities": {
        "c": {"range": "<3", "via": [{"url": "https://example.org/GHSA-1"}]},
        "d": {"range": "*", "via": ["c"]},
    }
}
BOTH = {("a", "PYSEC-1"): "it is not called", ("c", "GHSA-1"): "it is not called"}


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    """Give ops/audit.py."""
    spec = spec_from_file_location("audit", ROOT / "ops" / "audit.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["audit"] = module  # where a dataclass looks for its types
    spec.loader.exec_module(module)
    return module


def reporting(python: object, npm: object) -> Callable[[Sequence[str], Path], str]:
    """Give programs that print these reports."""

    def run(command: Sequence[str], folder: Path) -> str:
        assert folder.is_dir()
        report = python if "pip_audit" in command else npm
        return report if isinstance(report, str) else json.dumps(report)

    return run


@pytest.mark.parametrize(
    ("python", "npm", "exceptions", "code", "told"),
    [
        (CLEAN_PYTHON, CLEAN_NPM, {}, 0, "no pinned package"),
        ({"dependencies": [VULNERABLE]}, CLEAN_NPM, {}, 1, "a has PYSEC-1 (1; mended"),
        (CLEAN_PYTHON, VULNERABLE_NPM, {}, 1, "c has GHSA-1 (<3 in"),
        ({"dependencies": [VULNERABLE]}, VULNERABLE_NPM, BOTH, 0, "excepted: a"),
        (CLEAN_PYTHON, CLEAN_NPM, BOTH, 1, "a no longer has PYSEC-1"),
        (
            {"dependencies": [*CLEAN_PYTHON["dependencies"], SKIPPED]},
            CLEAN_NPM,
            {},
            1,
            "b of requirements.txt is not known",
        ),
    ],
)
def test_what_is_found_is_told(
    audit: ModuleType,
    capsys: pytest.CaptureFixture[str],
    *,
    python: object,
    npm: object,
    exceptions: dict[tuple[str, str], str],
    code: int,
    told: str,
) -> None:
    """A vulnerability fails, unless it is excepted; an exception has to be needed."""
    assert audit.main(reporting(python, npm), exceptions) == code
    assert told in capsys.readouterr().out


@pytest.mark.parametrize("required", ["", "1"])
@pytest.mark.parametrize(
    ("python", "npm"),
    [
        ({"dependencies": [SKIPPED]}, CLEAN_NPM),
        ("", CLEAN_NPM),
        (CLEAN_PYTHON, {"error": {"code": "ENOAUDIT"}}),
    ],
)
def test_what_was_not_audited_does_not_pass_for_sound(
    audit: ModuleType,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    *,
    required: str,
    python: object,
    npm: object,
) -> None:
    """Where advisories cannot be reached it is said, and fails if they have to be."""
    monkeypatch.setenv("WORKATLAS_REQUIRE_AUDIT", required)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert audit.main(reporting(python, npm), {}) == int(bool(required))
    said = capsys.readouterr().out
    assert "NOT AUDITED" in said
    assert "::warning::" in said
    assert "no pinned package" not in said


def test_every_exception_has_a_reason(audit: ModuleType) -> None:
    """An advisory is passed over only for a reason that is written down."""
    assert all(len(reason) > 20 for reason in audit.excepted().values())


def test_everything_that_is_pinned_is_audited(audit: ModuleType) -> None:
    """No list of pinned packages in the tree is left out."""
    listed = subprocess.run(
        ["git", "ls-files", "*package-lock.json", "requirements*.txt"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    locks = {f"{folder}/package-lock.json" for folder in audit.NPM}
    assert {*listed} == {*audit.PYTHON, *locks}


@pytest.fixture(scope="module")
def boms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Give what the release's command writes, by the name of the file."""
    require(
        met=(ROOT / ".venv" / "dev.stamp").exists(),
        switch="WORKATLAS_REQUIRE_IDE",
        reason="`make` did not set up .venv here",
    )
    out = tmp_path_factory.mktemp("sbom")
    subprocess.run(
        ["make", "-s", "-o", ".venv/dev.stamp", "sbom", f"OUT={out}"],
        cwd=ROOT,
        check=True,
    )
    return {path.name: json.loads(path.read_bytes()) for path in out.iterdir()}


def components(bom: dict[str, Any]) -> set[tuple[str, str]]:
    """Give name and version of each component."""
    return {(each["name"], each["version"]) for each in bom["components"]}


def test_the_bill_of_materials(boms: dict[str, dict[str, Any]]) -> None:
    """Both files are valid CycloneDX and list every pinned package, and no other."""
    from cyclonedx.schema import SchemaVersion  # noqa: PLC0415 - heavy
    from cyclonedx.validation.json import JsonStrictValidator  # noqa: PLC0415

    assert set(boms) == {"workatlas-python.cdx.json", "workatlas-ide.cdx.json"}
    for bom in boms.values():
        version = SchemaVersion.from_version(bom["specVersion"])
        assert JsonStrictValidator(version).validate_str(json.dumps(bom)) is None
    pinned = set(PINNED.findall((ROOT / "requirements.txt").read_text()))
    assert len(pinned) > 30
    assert components(boms["workatlas-python.cdx.json"]) == pinned
    lock = json.loads((ROOT / "ide" / "package-lock.json").read_bytes())["packages"]
    packages = {
        (path.rpartition("node_modules/")[2], package["version"])
        for path, package in lock.items()
        if path
    }
    assert components(boms["workatlas-ide.cdx.json"]) == packages


def test_both_parts_have_the_version_of_the_release(
    boms: dict[str, dict[str, Any]],
) -> None:
    """What a bill of materials is of is the version that pyproject.toml names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for bom in boms.values():
        assert bom["metadata"]["component"]["version"] == project["version"]
