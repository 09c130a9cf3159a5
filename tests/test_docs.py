"""The documentation names everything that is public, and nothing that is not."""

import re
from pathlib import Path

from workatlas import errors
from workatlas.errors import WorkAtlasError

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]


def test_every_error_has_its_section() -> None:
    """docs/errors.md has a section for each code, and no other."""
    codes = {
        kind.code
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, WorkAtlasError)
    }
    text = (DOCS / "errors.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^## (\w+)$", text, re.MULTILINE)) == codes


def test_links_lead_somewhere() -> None:
    """Every relative link of the documentation points to a file that is there."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_decisions_say_why_and_what_they_cost() -> None:
    """Each record has context, decision and cost, and is numbered without gaps."""
    records = sorted((DOCS / "decisions").glob("*.md"))
    assert [int(r.name[:4]) for r in records] == list(range(1, len(records) + 1))
    for record in records:
        text = record.read_text(encoding="utf-8")
        parts = ("**Context.**", "**Decision.**", "**Cost.**")
        assert all(part in text for part in parts), record.name
