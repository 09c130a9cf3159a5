"""docs/export.md lists the tables of the model, as they are."""

import re
from collections.abc import Iterator
from pathlib import Path

from workatlas.cypher import EDGES, NODES
from workatlas.loaders.export import FORMATS
from workatlas.loaders.export.croissant import CROISSANT
from workatlas.loaders.export.dcat import DCAT
from workatlas.loaders.export.description import ATTRIBUTION
from workatlas.loaders.export.manifest import MANIFEST, path_of
from workatlas.loaders.export.sums import SUMS
from workatlas.loaders.export.tables import place_of

PAGE = Path(__file__).parent.parent / "docs" / "export.md"
TABLES = re.compile(r"(?<=<!-- tables -->\n).*(?=<!-- end of tables -->)", re.DOTALL)


def tables() -> Iterator[str]:
    """Give the lines that list every table with its columns."""
    yield from ("", "| nodes | columns |", "|---|---|")
    for label, properties in NODES.items():
        columns = {"key": "string", **properties}
        told = ", ".join(f"`{name}` {kind}" for name, kind in columns.items())
        yield f"| `{label}` | {told} |"
    yield from ("", "| relationships | from `start` | to `end` |", "|---|---|---|")
    for kind in sorted(EDGES, key=lambda kind: (kind.start, kind)):
        yield f"| `{'-'.join(kind)}` | `{kind.start}` | `{kind.end}` |"
    yield ""


def test_every_table_is_listed_with_its_columns(*, update_goldens: bool) -> None:
    """What a label's or a relationship's table holds is that of cypher/model.py."""
    text, listed = PAGE.read_text(encoding="utf-8"), "\n".join([*tables(), ""])
    if update_goldens:
        PAGE.write_text(TABLES.sub(lambda _: listed, text), encoding="utf-8")
    else:
        [found] = TABLES.findall(text)
        assert found == listed


def test_every_file_is_named() -> None:
    """The page names what is beside the tables, and where tables are."""
    text = PAGE.read_text(encoding="utf-8")
    for name in (MANIFEST, SUMS, ATTRIBUTION, CROISSANT, DCAT):
        assert f"`{name}`" in text
    for name in FORMATS:
        assert f"`{path_of('onet-29.2', place_of('Task'), name)}`" in text
