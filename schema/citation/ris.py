"""A citation as RIS: a record for the page, and one for each work behind it."""

from datetime import date
from functools import lru_cache

from ..source import Source
from .work import (
    CONTAINER,
    WORKS,
    Name,
    Page,
    bare,
    behind,
    full_note_of,
    name_line,
    names_of,
    one_line,
    year_of,
)

_END = ("ER", "")


def ris(page: Page, sources: list[Source], accessed: date) -> str:
    """Give the records, each line ended by CR and LF as the format has it."""
    own = [
        ("TY", "ELEC"),
        ("ID", f"{CONTAINER.lower()}-{page.id.replace('/', '-')}"),
        ("TI", page.heading),
        ("AU", CONTAINER),
        ("PB", CONTAINER),
        ("Y2", accessed.isoformat().replace("-", "/")),
        ("AN", page.id),
        ("UR", page.url),
        ("N1", behind(sources)),
        _END,
    ]
    records = [own, *(_work(source) for source in sources)]
    return "".join(
        f"{tag}  - {one_line(value or '')}\r\n"
        for record in records
        for tag, value in record
        if value or (tag, value) == _END
    )


@lru_cache(maxsize=WORKS)
def _work(source: Source) -> list[tuple[str, str | None]]:
    return [
        ("TY", "DATA"),
        ("ID", source.id),
        ("TI", bare(source.title) or source.id),
        *(("AU", _author(name)) for name in names_of(source)),
        ("PB", name_line(source.publisher)),
        ("PY", year_of(source)),
        ("ET", source.version),
        ("DO", source.doi),
        ("UR", source.url),
        ("N1", full_note_of(source)),
        _END,
    ]


def _author(name: Name) -> str:
    return ", ".join(part for part in name if part)
