"""The dashboard and the alerts ask for what /metrics tells, and nothing else."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import promql_parser as promql
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from workatlas.server.app import create_app
from workatlas.server.settings import Settings

from .answers import serve_sample
from .server_fakes import FakeBackend, started

ROOT = Path(__file__).parent.parent
OPS = ROOT / "ops"
OF_PROMETHEUS = {"job", "instance"}
"""Labels that Prometheus adds to what it reads."""
QUERIES = (
    "{ taskConnection(first: 2) { edges { node { statement } } } }",
    "{ nothing }",
)


def alerts() -> list[dict[str, Any]]:
    """Give the rules."""
    (group,) = yaml.safe_load((OPS / "alerts.yml").read_text("utf-8"))["groups"]
    rules: list[dict[str, Any]] = group["rules"]
    return rules


def panels() -> list[dict[str, Any]]:
    """Give what the dashboard shows."""
    dashboard = json.loads((OPS / "dashboard.json").read_text("utf-8"))
    found: list[dict[str, Any]] = dashboard["panels"]
    return found


def expressions() -> Iterator[str]:
    """Give every expression, with Grafana's variables as it would fill them in."""
    for rule in alerts():
        yield rule["expr"]
    for panel in panels():
        for target in panel["targets"]:
            asked: str = target["expr"]
            yield asked.replace("$__rate_interval", "1m").replace("$job", "workatlas")


@pytest.fixture
async def told(
    monkeypatch: pytest.MonkeyPatch, sample_graph: Path
) -> dict[str, list[dict[str, str]]]:
    """Give the labels of each sample that a service of the sample tells."""
    fake = FakeBackend.instead_of_the_real_one(monkeypatch)
    service = serve_sample(sample_graph)
    monkeypatch.setattr(FakeBackend, "service", service)
    async with started(create_app(Settings())) as client:
        for query in QUERIES:
            await client.post("/graphql", json={"query": query})
        await client.get("/nothing")
        text = (await client.get("/metrics")).text
    assert fake.closed
    found: dict[str, list[dict[str, str]]] = {"up": [{}]}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found.setdefault(sample.name, []).append(sample.labels)
    return found


def selectors(expression: Any) -> list[Any]:
    """Give every selector of an expression."""
    found: list[Any] = []

    def visit(each: Any) -> None:
        if isinstance(each, promql.VectorSelector):
            found.append(each)

    promql.walk(expression, visit)
    assert found
    return found


def groups(expression: Any) -> set[str]:
    """Give every label that an expression groups by."""
    found: set[str] = set()

    def visit(each: Any) -> None:
        modifier = getattr(each, "modifier", None)
        if isinstance(each, promql.AggregateExpr) and modifier is not None:
            found.update(modifier.labels)

    promql.walk(expression, visit)
    return found


async def test_every_expression_asks_for_what_is_told(
    told: dict[str, list[dict[str, str]]],
) -> None:
    """Names, labels and the values that are looked for exist, so none is empty."""
    for text in expressions():
        parsed = promql.parse(text)
        known: set[str] = set(OF_PROMETHEUS)
        for selector in selectors(parsed):
            assert selector.name in told, f"{selector.name}: {text}"
            samples = told[selector.name]
            known |= {name for labels in samples for name in labels}
            for matcher in selector.matchers.matchers:
                if matcher.name in OF_PROMETHEUS:
                    continue
                values = {labels.get(matcher.name) for labels in samples}
                pattern = matcher.value
                if matcher.op is promql.MatchOp.Equal:
                    pattern = re.escape(pattern)
                assert any(v and re.fullmatch(pattern, v) for v in values), text
        assert groups(parsed) <= known, text


def test_every_alert_says_what_to_do() -> None:
    """docs/observing.md has a row for each alert, and no other."""
    page = (ROOT / "docs" / "observing.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `(WorkAtlas\w+)` \| (.*) \|$", page, re.MULTILINE))
    assert rows.keys() == {rule["alert"] for rule in alerts()}
    for rule in alerts():
        assert rule["annotations"]["summary"].endswith(".")
        assert rule["labels"]["severity"] in {"page", "ticket"}


async def test_every_metric_of_ours_is_on_the_dashboard(
    told: dict[str, list[dict[str, str]]],
) -> None:
    """What is counted is looked at; panels do not lie over each other."""
    texts = "\n".join(expressions())
    ours = {re.sub(r"_(total|bucket|count|sum|created)$", "", name) for name in told}
    unseen = {n for n in ours if n.startswith("workatlas") and n not in texts}
    assert unseen == {"workatlas_kept_evictions"}
    places = [(p["gridPos"]["x"], p["gridPos"]["y"]) for p in panels()]
    assert len(set(places)) == len(places)
