"""The documentation names everything that is public, and nothing that is not."""

import re
from pathlib import Path

from workatlas import errors
from workatlas.errors import WorkAtlasError

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), ROOT / "examples" / "README.md"]


def test_every_error_has_its_section() -> None:
    """docs/errors.md has a section for each code, and no other."""
    codes = {
        kind.code
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, WorkAtlasError)
    }
    text = (DOCS / "errors.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^## (\w+)$", text, re.MULTILINE)) == codes


def test_every_section_begins_with_the_help_of_its_error() -> None:
    """What an error says of its kind, anywhere, is what docs/errors.md says first."""
    text = (DOCS / "errors.md").read_text(encoding="utf-8")
    for kind in vars(errors).values():
        if isinstance(kind, type) and issubclass(kind, WorkAtlasError):
            assert f"## {kind.code}\n\n**{kind.help}**\n" in text


def anchors(page: Path) -> set[str]:
    """Give the places of a page that a link can lead to, as GitHub names them."""
    text = re.sub(
        r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    named = set(re.findall(r'<a id="([^"]+)">', text))
    slugs = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return named | {slug.replace(" ", "-") for slug in slugs}


def test_links_lead_somewhere() -> None:
    """Every relative link of the documentation leads to a file, and a place in it."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for target, anchor in re.findall(r"\]\(([^)#:]*)(?:#([^)]*))?\)", text):
            found = (page.parent / target) if target else page
            assert found.exists(), f"{page.name}: {target}"
            assert not anchor or anchor in anchors(found), f"{page.name}: #{anchor}"


def test_every_document_is_listed() -> None:
    """docs/README.md leads to each document that is beside it."""
    listed = re.findall(r"\]\((\S+\.md)\)", (DOCS / "README.md").read_text("utf-8"))
    beside = {page.name for page in DOCS.glob("*.md")} - {"README.md"}
    assert {name for name in listed if "/" not in name} == beside


def test_architecture_names_what_is_there() -> None:
    """Every file that ARCHITECTURE.md names is in the tree."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = re.findall(r"`(\w+/[\w/]+\.\w+)`", text)
    assert named
    assert [path for path in named if not (ROOT / path).is_file()] == []


def test_decisions_say_why_and_what_they_cost() -> None:
    """Each record has context, decision and cost, and is numbered without gaps."""
    records = sorted((DOCS / "decisions").glob("*.md"))
    assert [int(r.name[:4]) for r in records] == list(range(1, len(records) + 1))
    for record in records:
        text = record.read_text(encoding="utf-8")
        parts = ("**Context.**", "**Decision.**", "**Cost.**")
        assert all(part in text for part in parts), record.name
